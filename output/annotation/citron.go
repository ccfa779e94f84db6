package annotation

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// BBC Citron's annotation format: a JSON object a document, with its text and
// its quotes, each with one cue, an array of sources and one of contents.
// Offsets are code points. What Citron does not know stands beside it, under
// "whosaid", where Citron does not look. Citron cannot do without a cue:
// statements that have none are under "whosaid" as a whole.

type citronDoc struct {
	Text    *string        `json:"text"`
	Quotes  []citronQuote  `json:"quotes"`
	Groups  any            `json:"coreference_groups,omitempty"`
	Whosaid *citronWhosaid `json:"whosaid,omitempty"`
}

type citronWhosaid struct {
	Doc string `json:"doc"`
	Meta
	Statements []citronQuote `json:"statements_without_cue,omitempty"`
}

type citronQuote struct {
	ID           any              `json:"id,omitempty"`
	Cue          *citronSpan      `json:"cue,omitempty"`
	Sources      []citronSpan     `json:"sources"`
	Contents     []citronSpan     `json:"contents"`
	Coreferences []citronSpan     `json:"coreferences,omitempty"`
	Confidence   any              `json:"confidence,omitempty"` // a number, or one in quotation marks
	Whosaid      *citronStatement `json:"whosaid,omitempty"`
}

// citronStatement is what Citron does not know of a quote.
type citronStatement struct {
	Place int    `json:"place"`         // among the statements of the document
	Cue   []Span `json:"cue,omitempty"` // the pieces of a cue that has several
	ID    string `json:"id,omitempty"`
	Attributes
}

type citronSpan struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

type citronEncoder struct{ folder *folder }

func newCitron(f *folder, _ Options) (encoder, error) { return citronEncoder{f}, nil }

func (citronEncoder) close() error { return nil }

func (e citronEncoder) encode(d *Document, x *index) error {
	out := citronDoc{Text: &d.Text, Quotes: []citronQuote{}, Whosaid: &citronWhosaid{Doc: d.ID, Meta: d.Meta}}
	spans := func(of []Span) []citronSpan {
		list := []citronSpan{}
		for _, s := range of {
			list = append(list, citronSpan{s.Start, s.End, x.slice(s)})
		}
		return list
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		q := citronQuote{ID: s.ID, Sources: spans(s.Source), Contents: spans(s.Content)}
		q.Whosaid = &citronStatement{Place: i, ID: s.ID, Attributes: s.Attributes}
		if s.DetectConfidence != nil {
			q.Confidence = number(s.DetectConfidence)
		}
		if n := len(s.Cue); n > 0 {
			q.Cue = &spans([]Span{{s.Cue[0].Start, s.Cue[n-1].End}})[0]
			if n > 1 {
				q.Whosaid.Cue = s.Cue
			}
			out.Quotes = append(out.Quotes, q)
		} else {
			out.Whosaid.Statements = append(out.Whosaid.Statements, q)
		}
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	return e.folder.put(e.folder.names.name(d.ID)+".json", string(b)+"\n")
}

func (r *reader) citron(path string) error {
	b, err := load(path, maxFile)
	if err != nil {
		return err
	}
	var in citronDoc
	if err := unmarshal(b, &in); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if in.Text == nil {
		return fmt.Errorf(`read %s: no "text": this is no document of Citron`, path)
	}
	known, err := r.registered(path)
	if err != nil {
		return err
	}
	d := &Document{ID: known.Doc, Meta: known.Meta, Text: *in.Text}
	quotes := in.Quotes
	if in.Whosaid != nil {
		d.ID, d.Meta = in.Whosaid.Doc, in.Whosaid.Meta
		quotes = append(quotes, in.Whosaid.Statements...)
	}
	if in.Groups != nil {
		r.skip(path, "coreference groups")
	}
	if d.Statements, err = r.citronStatements(path, quotes, newIndex(d.Text)); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return r.document("read "+path, d)
}

func (r *reader) citronStatements(path string, quotes []citronQuote, x *index) ([]Statement, error) {
	type placed struct {
		Statement
		place int
	}
	var out []placed
	for i := range quotes {
		q := &quotes[i]
		where := fmt.Sprintf("quotes[%d]", i)
		s := Statement{}
		switch id := q.ID.(type) {
		case string:
			s.ID = id
		case float64:
			s.ID = strconv.FormatFloat(id, 'f', -1, 64)
		}
		for _, part := range []struct {
			name string
			list []citronSpan
			to   *[]Span
		}{{"contents", q.Contents, &s.Content}, {"sources", q.Sources, &s.Source}, {"cue", cueOf(q), &s.Cue}} {
			for k, c := range part.list {
				span := Span{c.Start, c.End}
				if !x.has(span) {
					return nil, fmt.Errorf("%s.%s[%d]: %w", where, part.name, k, x.outside("the span", c.Start, c.End))
				}
				if c.Text != "" && oneLine(c.Text) != oneLine(x.slice(span)) {
					return nil, fmt.Errorf("%s.%s[%d]: it says %.60q where the text has %.60q; was the text changed after it was annotated?", where, part.name, k, c.Text, x.slice(span))
				}
				*part.to = append(*part.to, span)
			}
		}
		if len(q.Coreferences) > 0 {
			r.skip(path+": "+where, "coreferences of a source")
		}
		place := len(quotes)
		if w := q.Whosaid; w != nil {
			place = w.Place
			s.ID, s.Speaker, s.Extra = w.ID, w.Speaker, w.Extra
			for _, c := range choices() {
				r.choose(path+": "+where, c, &s.Attributes, *c.of(&w.Attributes))
			}
			if n := len(w.Cue); n > 1 && len(s.Cue) == 1 && s.Cue[0] == (Span{w.Cue[0].Start, w.Cue[n-1].End}) {
				s.Cue = w.Cue // else the cue was changed since
			}
		} else if f, err := strconv.ParseFloat(fmt.Sprint(q.Confidence), 64); err == nil {
			s.DetectConfidence = &f
		}
		out = append(out, placed{s, place})
	}
	// Statements go back to their places; those without one come last.
	slices.SortStableFunc(out, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	statements := make([]Statement, len(out))
	for i := range out {
		statements[i] = out[i].Statement
	}
	return statements, nil
}

func cueOf(q *citronQuote) []citronSpan {
	if q.Cue == nil {
		return nil
	}
	return []citronSpan{*q.Cue}
}
