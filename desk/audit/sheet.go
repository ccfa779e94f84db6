package audit

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// columns of a sheet: first those that judges fill, then what they need to see,
// then what a report needs to know.
var columns = []string{
	"row", "judge", "statement", "speaker_is", "wrong", "missed", "note",
	"title", "before", "text", "after", "speaker", "cue", "source",
	"outlet", "published", "type", "confidence", "speaker_confidence", "article_id", "id", "stratum", "stratum_size", "statements", "seed", "by", "total",
}

// Rows of a sheet are of two kinds.
const (
	rowStatement = "statement"
	rowArticle   = "article"
)

// WriteSheet writes a sample as a CSV sheet for a judge to fill. Each statement
// of an article that is read in full is marked [1 …] in its text.
func WriteSheet(w io.Writer, s *Sample) error {
	c := csv.NewWriter(w)
	if err := c.Write(columns); err != nil {
		return err
	}
	write := func(cells map[string]string) error {
		row := make([]string, len(columns))
		for i, name := range columns {
			row[i] = escapeCell(cells[name])
		}
		return c.Write(row)
	}
	design := func(cells map[string]string) map[string]string {
		cells["seed"], cells["by"], cells["total"] = strconv.FormatUint(s.Design.Seed, 10), s.Design.By, strconv.FormatInt(s.Design.Total, 10)
		return cells
	}
	for i := range s.Items {
		t := &s.Items[i]
		if err := write(design(map[string]string{
			"row": rowStatement, "title": t.Title, "before": t.Before, "text": t.Text, "after": t.After, "speaker": t.Speaker, "cue": t.Cue, "source": t.Source,
			"outlet": t.Outlet, "published": t.Published, "type": t.Type, "confidence": decimals(t.Confidence), "speaker_confidence": decimals(t.Sure),
			"article_id": t.ArticleID, "id": t.ID, "stratum": t.Stratum, "stratum_size": strconv.FormatInt(t.Size, 10),
		})); err != nil {
			return err
		}
	}
	for i := range s.Readings {
		a := &s.Readings[i]
		if err := write(design(map[string]string{
			"row": rowArticle, "title": a.Title, "text": a.Text, "article_id": a.ID, "statements": strconv.Itoa(len(a.Statements)),
		})); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func decimals(p float64) string { return strconv.FormatFloat(p, 'f', 4, 64) }

// escapeCell is text that no spreadsheet runs as a formula.
func escapeCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Sheets are what filled sheets say together.
type Sheets struct {
	Sample
	Judgements []Judgement
	// Empty is how many rows nobody has filled.
	Empty int
}

// ReadSheet adds a filled sheet. Rows without a judge in them are those of a
// judge named as the file. An error names the row, counted from 1 with the
// header.
func (s *Sheets) ReadSheet(name string, r io.Reader) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	header, err := c.Read()
	if err != nil {
		return fmt.Errorf("read %s: no header: %w", name, err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	at := map[string]int{}
	for i, h := range header {
		at[strings.ToLower(strings.TrimSpace(h))] = i
	}
	for _, needed := range []string{"row", "statement", "speaker_is", "missed", "id", "article_id", "stratum", "stratum_size", "confidence"} {
		if _, ok := at[needed]; !ok {
			return fmt.Errorf("read %s: there is no column %q; fill the sheet that whosaid audit sample wrote, and keep its columns (as CSV with commas)", name, needed)
		}
	}
	for n := 2; ; n++ {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = s.row(name, n, func(column string) string {
				i, ok := at[column]
				if !ok || i >= len(record) {
					return ""
				}
				return strings.TrimSpace(strings.TrimPrefix(record[i], "'"))
			})
		}
		if err != nil {
			return fmt.Errorf("read %s, row %d: %w", name, n, err)
		}
	}
}

// row takes one row in.
func (s *Sheets) row(name string, n int, cell func(string) string) error {
	if cell("id")+cell("article_id") == "" {
		return nil // a line that a spreadsheet added
	}
	for _, text := range []string{"text", "title", "note", "judge"} {
		if !utf8.ValidString(cell(text)) {
			return errors.New("it is not UTF-8; save the sheet as CSV UTF-8")
		}
	}
	if seed, err := strconv.ParseUint(cell("seed"), 10, 64); err == nil {
		s.Design.Seed, s.Design.By = seed, cell("by")
	}
	if total, err := strconv.ParseInt(cell("total"), 10, 64); err == nil {
		s.Design.Total = total
	}
	j := Judgement{Judge: cell("judge"), Note: cell("note")}
	if j.Judge == "" {
		j.Judge = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	switch cell("row") {
	case rowStatement:
		return s.statementRow(j, cell)
	case rowArticle:
		return s.articleRow(j, cell)
	default:
		return fmt.Errorf("row %q is not %s or %s", cell("row"), rowStatement, rowArticle)
	}
}

func (s *Sheets) statementRow(j Judgement, cell func(string) string) error {
	item := Item{ID: cell("id"), ArticleID: cell("article_id"), Text: cell("text"), Type: cell("type"), Speaker: cell("speaker"), Stratum: cell("stratum")}
	var err error
	if item.Confidence, err = fraction(cell("confidence")); err != nil {
		return err
	}
	if item.Sure, err = fraction(cell("speaker_confidence")); err != nil {
		return err
	}
	if item.Size, err = strconv.ParseInt(cell("stratum_size"), 10, 64); err != nil {
		return fmt.Errorf("stratum_size %q is not a number", cell("stratum_size"))
	}
	if !slices.ContainsFunc(s.Items, func(i Item) bool { return i.ID == item.ID }) {
		s.Items = append(s.Items, item)
	}
	j.Item, j.Statement, j.Speaker = item.ID, strings.ToLower(cell("statement")), strings.ToLower(cell("speaker_is"))
	if j.Statement == "" {
		if j.Speaker != "" {
			return errors.New("speaker_is is filled, and statement is not")
		}
		s.Empty++
		return nil
	}
	if err := j.Check(); err != nil {
		return err
	}
	s.Judgements = append(s.Judgements, j)
	return nil
}

func (s *Sheets) articleRow(j Judgement, cell func(string) string) error {
	shown, err := strconv.Atoi(cell("statements"))
	if err != nil || shown < 0 {
		return fmt.Errorf("statements %q is not a number", cell("statements"))
	}
	if !slices.ContainsFunc(s.Readings, func(r Reading) bool { return r.ID == cell("article_id") }) {
		s.Readings = append(s.Readings, Reading{ID: cell("article_id"), Title: cell("title"), Statements: make([]string, shown)})
	}
	if cell("missed") == "" {
		if cell("wrong") != "" {
			return errors.New("wrong is filled, and missed is not (0 where nothing was missed)")
		}
		s.Empty++
		return nil
	}
	j.Reading = cell("article_id")
	if j.Missed, err = listed(cell("missed"), maxMissed); err != nil {
		return fmt.Errorf("missed: %w", err)
	}
	if j.Wrong, err = listed(cell("wrong"), shown); err != nil {
		return fmt.Errorf("wrong: %w", err)
	}
	if err := j.Check(); err != nil {
		return err
	}
	s.Judgements = append(s.Judgements, j)
	return nil
}

// listed reads how many there are, or the words of each with | between.
func listed(cell string, most int) ([]string, error) {
	if cell == "" {
		return nil, nil
	}
	if n, err := strconv.Atoi(cell); err == nil {
		if n < 0 || n > most {
			return nil, fmt.Errorf("%d is not a number from 0 to %d", n, most)
		}
		return make([]string, n), nil
	}
	out := strings.Split(cell, "|")
	if len(out) > most {
		return nil, fmt.Errorf("%d of them, and there are %d at most", len(out), most)
	}
	return out, nil
}

func fraction(cell string) (float64, error) {
	p, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64) // as some spreadsheets save it
	if err != nil || !(p >= 0 && p <= 1) {
		return 0, fmt.Errorf("confidence %q is not a number from 0 to 1", cell)
	}
	return p, nil
}
