package annotation

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/whosaid/whosaid/extract/eval"
)

// Gold is what eval and train read (eval.ReadGold describes it): an article a
// line. Beside their fields stand, where they are known, those of Meta and of
// Attributes under their own names, which the two pass over.

type goldLine struct {
	Doc string `json:"doc"`
	Meta
	Text         string     `json:"text"`
	Attributions []goldItem `json:"attributions"`
}

type goldItem struct {
	ID       string  `json:"id"`
	Type     string  `json:"type"`
	Act      string  `json:"act,omitempty"`
	Form     string  `json:"form,omitempty"`
	Polarity string  `json:"polarity,omitempty"`
	Modality string  `json:"modality,omitempty"`
	Content  []Span  `json:"content"`
	Cue      []Span  `json:"cue"`
	Source   []Span  `json:"source"`
	Kind     *string `json:"kind"`
	Name     *string `json:"name"`
	Extra
}

type goldEncoder struct{ *stream }

func newGold(f *folder, _ Options) (encoder, error) {
	s, err := f.stream("gold.jsonl")
	return goldEncoder{s}, err
}

func (e goldEncoder) encode(d *Document, _ *index) error {
	line := goldLine{Doc: d.ID, Meta: d.Meta, Text: d.Text, Attributions: []goldItem{}}
	for i := range d.Statements {
		s := &d.Statements[i]
		line.Attributions = append(line.Attributions, goldItem{
			ID: s.ID, Type: s.Type, Act: s.Act, Form: s.Form, Polarity: s.Polarity, Modality: s.Modality,
			Content: orEmpty(s.Content), Cue: orEmpty(s.Cue), Source: orEmpty(s.Source),
			Kind: ref(s.SpeakerKind), Name: ref(s.Speaker), Extra: s.Extra,
		})
	}
	b, err := marshal(line)
	if err != nil {
		return err
	}
	_, err = e.Write(append(b, '\n'))
	return err
}

func (r *reader) gold(path string) error {
	if isPolnear(path) {
		golds, err := eval.ReadPolnear(path, r.Speakers)
		if err != nil {
			return err
		}
		for i := range golds {
			if err := r.goldDocument(path, &golds[i]); err != nil {
				return err
			}
		}
		return nil
	}
	return eachLine(path, func(where string, line []byte) error {
		var g goldLine
		if err := unmarshal(line, &g); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		if g.Attributions == nil {
			return fmt.Errorf(`read %s: no "attributions": this is not gold as eval and train read it`, where)
		}
		d := &Document{ID: g.Doc, Meta: g.Meta, Text: g.Text}
		for _, a := range g.Attributions {
			s := Statement{ID: a.ID, Content: a.Content, Cue: a.Cue, Source: a.Source}
			s.Speaker, s.Extra = deref(a.Name), a.Extra
			given := []string{a.Type, a.Form, a.Act, a.Polarity, a.Modality, deref(a.Kind)}
			for i, c := range choices() {
				r.choose(where+": "+a.ID, c, &s.Attributes, given[i])
			}
			d.Statements = append(d.Statements, s)
		}
		return r.document("read "+where, d)
	})
}

// goldDocument hands on an article of PolNeAR.
func (r *reader) goldDocument(path string, g *eval.Gold) error {
	d := &Document{ID: g.Doc, Meta: Meta{Outlet: g.OutletOf()}, Text: g.Text}
	for i := range g.Attributions {
		a := &g.Attributions[i]
		s := Statement{ID: a.ID, Content: spansOf(a.Content), Cue: spansOf(a.Cue), Source: spansOf(a.Source)}
		s.Type, s.Act, s.SpeakerKind, s.Speaker = a.Type, a.Act, a.Kind, a.Name
		d.Statements = append(d.Statements, s)
	}
	return r.document("read "+filepath.Join(path, g.Doc), d)
}

// isPolnear reports whether path is a folder such as eval reads: texts, and
// attributions in brat's standoff beside them.
func isPolnear(path string) bool {
	for _, sub := range []string{"text", "attributions"} {
		if st, err := os.Stat(filepath.Join(path, sub)); err != nil || !st.IsDir() {
			return false
		}
	}
	return true
}

func spansOf(rs []eval.Range) (out []Span) {
	for _, r := range rs {
		out = append(out, Span{r[0], r[1]})
	}
	return out
}

func orEmpty(s []Span) []Span {
	if s == nil {
		return []Span{}
	}
	return s
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func ref(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
