package annotation

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// FromRows is an article of the tables, with its statements, as a document.
func FromRows(a *output.ArticleRow, quotes []output.QuoteRow) *Document {
	statements := make([]Statement, len(quotes))
	for i := range quotes {
		statements[i] = statementOf(&quotes[i])
	}
	return documentOf(a, statements)
}

func documentOf(a *output.ArticleRow, statements []Statement) *Document {
	d := &Document{ID: a.ArticleID, Meta: Meta{Title: a.Title, URL: a.URL, Outlet: a.Outlet}, Statements: statements}
	if a.Text != nil {
		d.Text = *a.Text
	}
	if a.Published != nil {
		d.Published = a.Published.String()
	}
	if len(a.Authors) > 0 {
		d.Authors = a.Authors
	}
	return d
}

func statementOf(q *output.QuoteRow) Statement {
	s := Statement{ID: q.QuoteID, Cue: oneSpan(q.CueStart, q.CueEnd), Source: oneSpan(q.SourceStart, q.SourceEnd)}
	for _, p := range q.Parts {
		s.Content = append(s.Content, Span{int(p.Start), int(p.End)})
	}
	s.Type, s.Form, s.Act, s.Polarity, s.Modality = q.Type, q.Form, q.Act, q.Polarity, q.Modality
	s.SpeakerKind, s.Speaker = q.SpeakerKind, q.Speaker
	s.SpeakerTitle, s.SpeakerGender, s.Group, s.Parent = q.SpeakerTitle, q.SpeakerGender, q.GroupID, q.ParentQuoteID
	detect, speaker := round(q.DetectConfidence), round(q.SpeakerConfidence)
	s.DetectConfidence, s.SpeakerConfidence = &detect, &speaker
	return s
}

// round is f with the digits that a float32 has.
func round(f float32) float64 {
	d, err := strconv.ParseFloat(strconv.FormatFloat(float64(f), 'g', -1, 32), 64)
	if err != nil { // what was formatted can be parsed
		return float64(f)
	}
	return d
}

func oneSpan(start, end *int32) []Span {
	if start == nil || end == nil {
		return nil
	}
	return []Span{{int(*start), int(*end)}}
}

// tables reads an output folder, unit by unit.
func (r *reader) tables(path string) error {
	if st, err := os.Stat(path); err != nil || !st.IsDir() {
		return fmt.Errorf("read %s: not an output folder of whosaid extract; name the folder that holds articles and quotes", path)
	}
	if _, err := os.Stat(filepath.Join(path, "articles.jsonl")); err == nil {
		return r.unit(filepath.Join(path, "articles.jsonl"), filepath.Join(path, "quotes.jsonl"))
	}
	var units []string
	err := filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(e.Name(), ".") && e.IsDir() && file != path {
			return filepath.SkipDir
		}
		if e.Type().IsRegular() && output.IsPart(e.Name()) && strings.HasPrefix(file, filepath.Join(path, string(output.Articles))+string(filepath.Separator)) {
			units = append(units, file)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if len(units) == 0 {
		return fmt.Errorf("read %s: neither articles/part-*.parquet nor articles.jsonl; whosaid extract writes them with --format parquet or jsonl", path)
	}
	for _, articles := range units {
		// Parts of one unit have its name and a hash of their own, in the same
		// place below the folders of their tables.
		name := filepath.Base(articles)
		if i := strings.LastIndexByte(name, '-'); i > 0 {
			name = name[:i] + "-*" + filepath.Ext(name)
		}
		within := strings.TrimPrefix(filepath.Dir(articles), filepath.Join(path, string(output.Articles)))
		quotes, err := filepath.Glob(escapeGlob(filepath.Join(path, string(output.Quotes))+within) + string(filepath.Separator) + name)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		if len(quotes) != 1 {
			return fmt.Errorf("read %s: %d parts of quotes go with it, not one; was the folder written without the table of quotes? (whosaid verify tells more)", articles, len(quotes))
		}
		if err := r.unit(articles, quotes[0]); err != nil {
			return err
		}
	}
	return nil
}

// escapeGlob makes a path match itself alone.
func escapeGlob(path string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(path)
}

// unit reads the articles and quotes of one unit.
func (r *reader) unit(articles, quotes string) error {
	of := map[string][]Statement{} // by article
	err := eachRow(quotes, func(q *output.QuoteRow) error {
		of[q.ArticleID] = append(of[q.ArticleID], statementOf(q))
		return nil
	})
	if err != nil {
		return err
	}
	err = eachRow(articles, func(a *output.ArticleRow) error {
		statements := of[a.ArticleID]
		delete(of, a.ArticleID)
		where := articles + ": " + a.ArticleID
		switch {
		case a.Status != string(output.StatusOK):
			r.skip(where, "an article that was "+a.Status)
			return nil
		case a.Text == nil:
			r.skip(where, "an article without its text: extract was told --no-text")
			return nil
		}
		return r.document("read "+where, documentOf(a, statements))
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(of)) {
		r.skip(quotes+": "+id, "statements of an article that is not in the table of articles")
	}
	return nil
}

// eachRow visits the rows of a table in Parquet or JSON Lines.
func eachRow[T output.Row](path string, visit func(*T) error) error {
	if filepath.Ext(path) != ".jsonl" {
		_, err := output.ReadFile(path, visit)
		return err
	}
	return eachLine(path, func(where string, line []byte) error {
		var row T
		if err := unmarshal(line, &row); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		return visit(&row)
	})
}
