package desk

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/whosaid/whosaid/desk/correct"
	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/output"
)

// amendView is an article with its statements as they stand, to be corrected.
type amendView struct {
	*index.Article
	State              *correct.State
	Paragraphs         []paragraph
	Entries            []amendEntry
	Empty              amendEntry // to add one
	Names              []string   // of the article's entities
	Types, Acts, Kinds []string
	AllRight           int // articles of the corpus that are called right
}

// amendEntry is a statement as a form has it.
type amendEntry struct {
	correct.Entry
	Number               int
	Class                string
	Words, CueAt, Source string
	Near                 int // where its words begin
}

func (d *Desk) amend(_ http.ResponseWriter, r *http.Request) (*view, error) {
	a, state, all, err := d.amended(r)
	if err != nil {
		return nil, err
	}
	v := &amendView{Article: a, State: state, Types: correct.Types(), Acts: correct.Acts(), Kinds: correct.Kinds()}
	text := *a.Doc.Article.Text
	rows := rowsOf(text, state)
	colour := coloursOf(rows)
	v.Paragraphs = marked(text, rows, colour)
	runes := []rune(text)
	for i, e := range state.Entries {
		v.Entries = append(v.Entries, amendEntry{
			Entry: e, Number: i, Class: colourClass(colour[i]), Near: e.Content[0][0],
			Words: wordsAt(runes, e.Content, "\n"), CueAt: wordsAt(runes, e.Cue, " "), Source: wordsAt(runes, e.Attribution.Source, " "),
		})
	}
	v.Empty = amendEntry{Number: -1, Near: -1, Entry: correct.Entry{Attribution: eval.Attribution{Type: "indirect", Act: "statement", Kind: "person"}}}
	seen := map[string]bool{}
	for i := range a.Entities {
		if name := a.Entities[i].Name; !seen[name] {
			seen[name] = true
			v.Names = append(v.Names, name)
		}
	}
	v.AllRight = calledRight(all)
	return &view{Template: "correct", Title: "Correct", Tab: "/search", Data: v}, nil
}

// amended reads an article and how its statements stand.
func (d *Desk) amended(r *http.Request) (*index.Article, *correct.State, []correct.Correction, error) {
	n, err := strconv.ParseInt("0"+r.FormValue("n"), 10, 64)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%w: n=%q is not a number", errBadRequest, r.FormValue("n"))
	}
	a, err := d.x.Article(r.Context(), r.FormValue("id"), n)
	if err != nil {
		return nil, nil, nil, err
	}
	if a.Doc.Article.Text == nil {
		return nil, nil, nil, fmt.Errorf("%w: the text of this article is not stored (--no-text), so there is nothing to mark", errBadRequest)
	}
	all, err := d.corrections.All()
	if err != nil {
		return nil, nil, nil, err
	}
	return a, correct.Lay(&a.Doc.Article, a.Quotes, all), all, nil
}

// rowsOf are statements as rows, for the marks of a text.
func rowsOf(text string, s *correct.State) []output.QuoteRow {
	at := make([]int32, 0, len(text)+1) // byte of every code point
	for i := range text {
		at = append(at, int32(i))
	}
	at = append(at, int32(len(text)))
	byteAt := func(i int) *int32 { v := at[min(max(i, 0), len(at)-1)]; return &v }
	rows := make([]output.QuoteRow, len(s.Entries))
	for i, e := range s.Entries {
		q := &rows[i]
		q.SpeakerID = e.Kind + ":" + strings.ToLower(e.Name)
		if e.Name == "" {
			q.SpeakerID = ""
		}
		for _, c := range e.Content {
			q.Parts = append(q.Parts, output.PartRow{ByteStart: *byteAt(c[0]), ByteEnd: *byteAt(c[1])})
		}
		q.ByteStart, q.ByteEnd = *byteAt(e.Content[0][0]), *byteAt(e.Content[len(e.Content)-1][1])
		if len(e.Cue) > 0 {
			q.CueByteStart, q.CueByteEnd = byteAt(e.Cue[0][0]), byteAt(e.Cue[len(e.Cue)-1][1])
		}
		if src := e.Attribution.Source; len(src) > 0 {
			q.SourceByteStart, q.SourceByteEnd = byteAt(src[0][0]), byteAt(src[len(src)-1][1])
		}
	}
	return rows
}

// wordsAt are the words of ranges. Pieces that only white space parts are one.
func wordsAt(text []rune, ranges []eval.Range, between string) string {
	var b strings.Builder
	last := -1
	for _, r := range ranges {
		if r[0] < 0 || r[1] > len(text) || r[0] > r[1] {
			continue
		}
		if last >= 0 {
			if gap := string(text[min(last, r[0]):r[0]]); strings.TrimSpace(gap) == "" {
				b.WriteString(gap)
			} else {
				b.WriteString(between)
			}
		}
		b.WriteString(string(text[r[0]:r[1]]))
		last = r[1]
	}
	return b.String()
}

// amendSave keeps a correction and shows the article again.
func (d *Desk) amendSave(w http.ResponseWriter, r *http.Request) (*view, error) {
	a, state, _, err := d.amended(r)
	if err != nil {
		return nil, err
	}
	row := &a.Doc.Article
	c := correct.Correction{At: d.o.Now().UTC().Format(time.RFC3339), By: strings.TrimSpace(r.PostFormValue("by")), ArticleID: row.ArticleID, TextHash: row.TextSHA256, Do: r.PostFormValue("do"), ID: r.PostFormValue("statement")}
	if len(c.By) > 60 || len(c.ID) > 60 {
		return nil, fmt.Errorf("%w: a name of up to 60 characters", errBadRequest)
	}
	if c.Do == correct.Undo && state.Corrections == 0 {
		return nil, fmt.Errorf("%w: there is nothing to take back", errBadRequest)
	}
	at := ""
	if c.Do == correct.Set {
		if c.ID == "" {
			c.ID = "added-" + strings.ToLower(rand.Text()[:12])
		}
		if c.Statement, err = statementOf(r, *row.Text); err != nil {
			return nil, err
		}
		c.Statement.ID = c.ID
		at = "#e-" + c.ID
	}
	if err := c.Check(*row.Text); err != nil {
		return nil, fmt.Errorf("%w: %w", errBadRequest, err)
	}
	if err := d.corrections.Add(c); err != nil {
		return nil, err
	}
	http.Redirect(w, r, query("/correct", "id", row.ArticleID, "n", a.Head.N)+at, http.StatusSeeOther)
	return nil, nil
}

// statementOf reads a statement from its form: words, which are found in the
// text.
func statementOf(r *http.Request, text string) (*eval.Attribution, error) {
	near, err := strconv.Atoi(r.PostFormValue("near"))
	if err != nil {
		near = -1
	}
	s := &eval.Attribution{Type: r.PostFormValue("type"), Act: r.PostFormValue("act"), Kind: r.PostFormValue("kind"), Name: strings.Join(strings.Fields(r.PostFormValue("name")), " ")}
	var errs []error
	find := func(field, words string, near int) (out []eval.Range) {
		out, err := correct.LocateAll(text, words, near)
		if err != nil {
			errs = append(errs, fmt.Errorf("%w: %s: %w", errBadRequest, field, err))
		}
		return out
	}
	if strings.TrimSpace(r.PostFormValue("words")) == "" {
		return nil, fmt.Errorf("%w: a statement has words", errBadRequest)
	}
	if s.Content = find("words", r.PostFormValue("words"), near); len(s.Content) > 0 {
		near = s.Content[0][0]
	}
	for field, to := range map[string]*[]eval.Range{"cue": &s.Cue, "source": &s.Source} {
		if words := r.PostFormValue(field); strings.TrimSpace(words) != "" {
			*to = find(field, words, near)
		}
	}
	return s, errors.Join(errs...)
}

// goldFile gives the articles that somebody called right as gold JSON Lines.
func (d *Desk) goldFile(w http.ResponseWriter, r *http.Request) {
	all, err := d.corrections.All()
	var golds []eval.Gold
	if err == nil {
		golds, _, err = Gold(r.Context(), d.x, all)
	}
	if err != nil {
		status, message := d.explained(r, err)
		d.refuse(w, r, status, message)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set("Content-Disposition", `attachment; filename="gold.jsonl"`)
	_ = eval.WriteGold(w, golds)
}
