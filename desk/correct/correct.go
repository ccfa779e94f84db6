// Package correct keeps what people correct in a corpus as a layer of its own
// over the tables, and gives it back as gold.
//
// In go an article's rows and corrections of them: a statement set to other
// words, type, speaker, cue or source, one added, one removed, the last taken
// back, or the whole article called right. Out come the article's statements as
// they stand then (State), and gold as package eval reads and writes it. The
// tables are never changed: corrections are lines of a file, to which lines are
// only added.
//
// How: a correction names its article by id and by the hash of its text, so that
// it is never laid over another text, and its statement by an id: that of the
// quotes table, or one of its own for statements that were added. Corrections
// are laid over the rows in their order. Words are found in the text near where
// they stood before (locate.go), white space aside, so that nobody has to count
// characters.
package correct

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
)

// What a correction does.
const (
	Set    = "set"    // a statement is as given, whether it was there or not
	Remove = "remove" // it is none
	Undo   = "undo"   // the last correction of the article never was
	Done   = "done"   // the article is right as it stands now
)

// Correction is one line of the layer.
type Correction struct {
	At        string            `json:"at"` // RFC 3339
	By        string            `json:"by,omitempty"`
	ArticleID string            `json:"article_id"`
	TextHash  string            `json:"text_sha256"`
	Do        string            `json:"do"`
	ID        string            `json:"id,omitempty"` // of the statement
	Statement *eval.Attribution `json:"statement,omitempty"`
}

// Types, Acts and Kinds are the values that a statement can have.
func Types() []string {
	return []string{news.Direct.String(), news.Indirect.String(), news.Mixed.String()}
}

// Acts are the values of act.
func Acts() []string { return []string{news.Statement.String(), news.Attitude.String()} }

// Kinds are the kinds of speaker.
func Kinds() []string {
	var out []string
	for _, k := range []news.SpeakerKind{news.Person, news.Organization, news.Group, news.DocumentKind, news.Unnamed, news.Author, news.Unknown} {
		out = append(out, k.String())
	}
	return out
}

const maxName = 300

// Check reports a correction that makes no sense for a text.
func (c *Correction) Check(text string) error {
	switch {
	case c.ArticleID == "" && c.TextHash == "":
		return fmt.Errorf("a correction is of an article")
	case !slices.Contains([]string{Set, Remove, Undo, Done}, c.Do):
		return fmt.Errorf("%q is nothing that a correction does", c.Do)
	case (c.Do == Set || c.Do == Remove) && c.ID == "":
		return fmt.Errorf("a correction needs its statement")
	case c.Do != Set:
		return nil
	case c.Statement == nil || len(c.Statement.Content) == 0:
		return fmt.Errorf("a statement has words")
	}
	s := c.Statement
	n := utf8.RuneCountInString(text)
	for _, role := range [][]eval.Range{s.Content, s.Cue, s.Source} {
		last := 0
		for _, r := range role {
			if r[0] < last || r[1] <= r[0] || r[1] > n {
				return fmt.Errorf("the place %d to %d is not in the text, or overlaps one before", r[0], r[1])
			}
			last = r[1]
		}
	}
	switch {
	case !slices.Contains(Types(), s.Type):
		return fmt.Errorf("type %q is not one of %s", s.Type, strings.Join(Types(), ", "))
	case !slices.Contains(Acts(), s.Act):
		return fmt.Errorf("act %q is not one of %s", s.Act, strings.Join(Acts(), ", "))
	case !slices.Contains(Kinds(), s.Kind):
		return fmt.Errorf("kind %q is not one of %s", s.Kind, strings.Join(Kinds(), ", "))
	case len(s.Name) > maxName || !utf8.ValidString(s.Name):
		return fmt.Errorf("a name has up to %d characters", maxName)
	case (s.Kind == news.Person.String() || s.Kind == news.Organization.String()) && strings.TrimSpace(s.Name) == "":
		return fmt.Errorf("a person or an organization has a name")
	}
	return nil
}

// Entry is a statement as it stands.
type Entry struct {
	eval.Attribution
	Changed bool // by a correction, or added
	Added   bool
}

// State is an article's statements with all corrections laid over them.
type State struct {
	Entries []Entry // in text order
	Removed int
	// Corrections is how many hold, and Done whether somebody called the article
	// right after the last.
	Corrections int
	Done        bool
}

// Lay lays corrections over an article's statements. Those of other articles,
// and of other texts under the same id, are passed over.
func Lay(a *output.ArticleRow, quotes []output.QuoteRow, all []Correction) *State {
	var hold []Correction
	for _, c := range all {
		if c.ArticleID != a.ArticleID || c.TextHash != a.TextSHA256 {
			continue
		}
		if c.Do != Undo {
			hold = append(hold, c)
		} else if len(hold) > 0 {
			hold = hold[:len(hold)-1]
		}
	}
	s := &State{Corrections: len(hold)}
	at := map[string]int{}
	for i := range quotes {
		at[quotes[i].QuoteID] = len(s.Entries)
		s.Entries = append(s.Entries, Entry{Attribution: attributionOf(&quotes[i])})
	}
	for _, c := range hold {
		i, there := at[c.ID]
		switch {
		case c.Do == Done:
			s.Done = true
			continue
		case c.Do == Remove && there:
			s.Entries[i].Content = nil
			s.Removed++
		case c.Do == Set && c.Statement != nil:
			e := Entry{Attribution: *c.Statement, Changed: true, Added: !there}
			e.ID = c.ID
			if there {
				e.Added = s.Entries[i].Added
				if len(s.Entries[i].Content) == 0 {
					s.Removed--
				}
				s.Entries[i] = e
			} else {
				at[c.ID] = len(s.Entries)
				s.Entries = append(s.Entries, e)
			}
		}
		s.Done = false
	}
	s.Entries = slices.DeleteFunc(s.Entries, func(e Entry) bool { return len(e.Content) == 0 })
	slices.SortStableFunc(s.Entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Content[0][0], b.Content[0][0]), cmp.Compare(b.Content[len(b.Content)-1][1], a.Content[len(a.Content)-1][1]))
	})
	return s
}

// attributionOf is a row of the quotes table as gold.
func attributionOf(q *output.QuoteRow) eval.Attribution {
	a := eval.Attribution{ID: q.QuoteID, Type: q.Type, Act: q.Act, Kind: q.SpeakerKind, Name: q.Speaker}
	for _, p := range q.Parts {
		a.Content = append(a.Content, eval.Range{int(p.Start), int(p.End)})
	}
	if q.CueStart != nil && q.CueEnd != nil {
		a.Cue = []eval.Range{{int(*q.CueStart), int(*q.CueEnd)}}
	}
	if q.SourceStart != nil && q.SourceEnd != nil {
		a.Source = []eval.Range{{int(*q.SourceStart), int(*q.SourceEnd)}}
	}
	return a
}

// Gold is an article as it stands, as gold.
func (s *State) Gold(a *output.ArticleRow) eval.Gold {
	g := eval.Gold{Doc: a.ArticleID, Outlet: a.Outlet, Attributions: []eval.Attribution{}}
	if a.Text != nil {
		g.Text = *a.Text
	}
	for _, e := range s.Entries {
		g.Attributions = append(g.Attributions, e.Attribution)
	}
	return g
}
