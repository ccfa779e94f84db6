package eval

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The kinds of mistake.
const (
	Missed   = "missed"   // nothing found here
	Spurious = "spurious" // found where the gold has nothing
	Edges    = "edges"    // the content begins or ends elsewhere
	Source   = "source"   // the source is another span
	Cue      = "cue"      // the cue is another span
	Speaker  = "speaker"  // another speaker, or none, or one too many
)

// Mistake is one gold attribution that was not met exactly, or one prediction
// too many. Gold or Pred is nil where there is none.
type Mistake struct {
	Doc   string       `json:"doc"`
	Kinds []string     `json:"kinds"` // at least one, in the order of the constants
	Gold  *Attribution `json:"gold"`
	Pred  *Prediction  `json:"pred"`
	page  *page
	at    int // where it starts, for order
}

// Mistakes lists everything that is not as the gold has it, article by
// article, in text order. Gold and predicted contents that overlap by less
// than a match are shown together, as edges.
func (r *Report) Mistakes() []Mistake {
	var out []Mistake
	for i := range r.docs {
		ms := r.docs[i].mistakes()
		slices.SortStableFunc(ms, func(a, b Mistake) int { return cmp.Compare(a.at, b.at) })
		out = append(out, ms...)
	}
	return out
}

func (d *docReport) mistakes() []Mistake {
	var out []Mistake
	shown := make([]bool, len(d.pred))
	for i := range d.gold {
		g := &d.gold[i]
		j := g.match
		if j < 0 {
			j = d.nearest(g, shown)
		}
		m := Mistake{Doc: d.name, Gold: g.a, page: d.page, at: g.a.Content[0][0]}
		if j < 0 {
			m.Kinds = []string{Missed}
			out = append(out, m)
			continue
		}
		shown[j] = true
		m.Pred = d.pred[j].p
		if m.Kinds = d.differences(g, &d.pred[j]); len(m.Kinds) > 0 {
			out = append(out, m)
		}
	}
	for j := range d.pred {
		if !shown[j] && d.pred[j].match < 0 {
			p := d.pred[j].p
			out = append(out, Mistake{Doc: d.name, Kinds: []string{Spurious}, Pred: p, page: d.page, at: p.Content[0][0]})
		}
	}
	return out
}

// nearest is the unmatched prediction that overlaps g most; -1 for none.
func (d *docReport) nearest(g *goldItemReport, shown []bool) int {
	best, at := 0, -1
	for j := range d.pred {
		if d.pred[j].match >= 0 || shown[j] {
			continue
		}
		if n := overlap(g.tokens[roleContent], d.pred[j].tokens[roleContent]); n > best {
			best, at = n, j
		}
	}
	return at
}

func (d *docReport) differences(g *goldItemReport, p *predItemReport) []string {
	var kinds []string
	for _, x := range []struct {
		role role
		kind string
	}{{roleContent, Edges}, {roleSource, Source}, {roleCue, Cue}} {
		if !slices.Equal(g.frags[x.role], p.frags[x.role]) {
			kinds = append(kinds, x.kind)
		}
	}
	if g.a.Kind != "" && !speakerRight(g.a, p.p) {
		kinds = append(kinds, Speaker)
	}
	return kinds
}

// around is how many characters of context a mistake is shown in.
const around = 60

// String is the mistake for people to read: what, where, the line it stands
// in, and both sides.
func (m *Mistake) String() string {
	var b strings.Builder
	id := "-"
	if m.Gold != nil {
		id = m.Gold.ID
	}
	fmt.Fprintf(&b, "%s %s: %s\n", m.Doc, id, strings.Join(m.Kinds, ", "))
	fmt.Fprintf(&b, "  text       %s\n", m.context())
	if g := m.Gold; g != nil {
		m.side(&b, "gold", g.Type, g.Content, g.Source, g.Cue, g.Kind, g.Name)
	}
	if p := m.Pred; p != nil {
		m.side(&b, "predicted", p.Type, p.Content, p.Source, p.Cue, p.Kind, p.Name)
	}
	return b.String()
}

func (m *Mistake) side(b *strings.Builder, who, typ string, content, source, cue []Range, kind, name string) {
	fmt.Fprintf(b, "  %-9s  %-8s [%s]\n", who, typ, m.page.words(content))
	fmt.Fprintf(b, "  %-9s  source [%s] cue [%s]", "", m.page.words(source), m.page.words(cue))
	if kind != "" {
		fmt.Fprintf(b, " speaker %s", kind)
		if name != "" {
			fmt.Fprintf(b, " %q", name)
		}
	}
	b.WriteByte('\n')
}

// context is the text from before the first to after the last word concerned,
// on one line, its middle left out where it is long.
func (m *Mistake) context() string {
	lo, hi := len(m.page.text), 0
	grow := func(rs []Range) {
		for _, r := range rs {
			a, z := m.page.clamp(r)
			lo, hi = min(lo, a), max(hi, z)
		}
	}
	if g := m.Gold; g != nil {
		grow(g.Content)
		grow(g.Source)
		grow(g.Cue)
	}
	if p := m.Pred; p != nil {
		grow(p.Content)
		grow(p.Source)
		grow(p.Cue)
	}
	a, z := max(0, lo-around), min(len(m.page.text), hi+around)
	if z-a <= 8*around {
		return squeeze(string(m.page.text[a:z]))
	}
	return squeeze(string(m.page.text[a:a+4*around])) + " […] " + squeeze(string(m.page.text[z-4*around:z]))
}
