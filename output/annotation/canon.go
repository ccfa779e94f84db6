package annotation

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/eval"
)

// skipper tells of what cannot be carried.
type skipper func(where, reason string)

// canonical brings d to the form that every format carries. where names the
// document for messages. Attributes that a reader did not find stay empty, but
// for the type, which is read off the marks of the text.
func (d *Document) canonical(where string, skip skipper) error {
	if !utf8.ValidString(d.Text) {
		return fmt.Errorf("%s: the text is not valid UTF-8", where)
	}
	if d.ID == "" {
		return fmt.Errorf("%s: a document has no id", where)
	}
	x := newIndex(d.Text)
	ids := newIDs(d.Statements)
	kept, again := d.Statements[:0], false
	for i := range d.Statements {
		s := d.Statements[i]
		at := fmt.Sprintf("%s: statement %s", where, cmp.Or(s.ID, strconv.Itoa(i+1)))
		for _, r := range roles {
			spans, err := x.tidy(*s.spans(r), string(r), func(reason string) { skip(at, reason) })
			if err != nil {
				return fmt.Errorf("%s: %w", at, err)
			}
			*s.spans(r) = spans
		}
		if len(s.Content)+len(s.Cue)+len(s.Source) == 0 {
			skip(at, "a statement without a content, a cue or a source")
			continue
		}
		if s.Type == "" && len(s.Content) > 0 {
			s.Type = eval.TypeOf(d.Text, ranges(s.Content))
		}
		if len(s.Aliases) == 0 {
			s.Aliases = nil
		}
		if s.ID, again = ids.unique(s.ID); again {
			skip(at, "an id that another statement has; this one got a new one")
		}
		kept = append(kept, s)
	}
	if d.Statements = kept; len(kept) == 0 {
		d.Statements = nil
	}
	return nil
}

// ids gives every statement of a document an id of its own.
type ids struct {
	given, used map[string]bool
	next        int
}

func newIDs(statements []Statement) *ids {
	d := &ids{given: map[string]bool{}, used: map[string]bool{}}
	for i := range statements {
		d.given[statements[i].ID] = true
	}
	return d
}

// unique is id, or the next free number where id is empty, or used before,
// which again tells.
func (d *ids) unique(id string) (_ string, again bool) {
	again = d.used[id]
	for id == "" || d.used[id] {
		d.next++
		if id = "E" + strconv.Itoa(d.next); d.given[id] {
			id = ""
		}
	}
	d.used[id] = true
	return id, again
}

// tidy checks, trims, sorts and merges the spans of one role.
func (x *index) tidy(spans []Span, role string, skip func(reason string)) ([]Span, error) {
	var out []Span
	for _, s := range spans {
		if !x.has(s) {
			return nil, x.outside(role, s.Start, s.End)
		}
		if s = x.trim(s); s.Start == s.End {
			skip("a " + role + " without a word")
			continue
		}
		out = append(out, s)
	}
	slices.SortFunc(out, compareSpans)
	n := 0
	for _, s := range out {
		if n > 0 && s.Start < out[n-1].End {
			if s != out[n-1] {
				skip("a " + role + " that overlaps another of the same statement: the two became one")
			}
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out[n] = s
		n++
	}
	return out[:n], nil
}

// trim takes white space off both ends.
func (x *index) trim(s Span) Span {
	for s.Start < s.End && isSpace(x.runeAt(s.Start)) {
		s.Start++
	}
	for s.Start < s.End && isSpace(x.runeAt(s.End-1)) {
		s.End--
	}
	return s
}

func compareSpans(a, b Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

func ranges(spans []Span) []eval.Range {
	out := make([]eval.Range, len(spans))
	for i, s := range spans {
		out[i] = eval.Range{s.Start, s.End}
	}
	return out
}

// clone is a copy whose statements can be changed.
func (d *Document) clone() *Document {
	c := *d
	c.Statements = slices.Clone(d.Statements)
	return &c
}

// maxFile is the largest file of one document, or line of a file of several,
// that is read: far above any article, far below what would hurt. maxSheet is
// that of a spreadsheet, unpacked, which holds all of them: some 500,000
// statements with their articles.
const (
	maxFile  = 256 << 20
	maxSheet = 1 << 30
)

// tooLarge is the error of what is larger.
func tooLarge(limit int64) error {
	return fmt.Errorf("larger than the limit of %d MiB", limit>>20)
}
