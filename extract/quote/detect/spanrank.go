package detect

import (
	"fmt"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// Rankers rank the spans that a candidate may have, by role.
type Rankers [NumRoles]*forest.Model

// rankerNames are those of their sections in the model file.
var rankerNames = [NumRoles]string{"spans.source.", "spans.cue.", "spans.content."}

// Choice is the spans of one role that a ranker likes best.
type Choice struct {
	parts   []news.TokenRange
	p, next float32 // how probable they are, and the next best
	row     SpanMeasures
}

// Choose ranks a candidate's spans of a role.
func (r *Rankers) Choose(role int, a *Alternatives) (c Choice) {
	n := len(a.Parts)
	if n == 0 {
		return c
	}
	var scores [maxAlternatives]float32
	var p [maxAlternatives]float64
	best := 0
	r[role].Score(a.Rows, scores[:n])
	forest.Softmax(scores[:n], p[:n])
	for k := range n {
		if scores[k] > scores[best] {
			best = k
		}
	}
	for k, q := range p[:n] {
		if k != best {
			c.next = max(c.next, float32(q))
		}
	}
	c.parts, c.p = a.Parts[best], float32(p[best])
	copy(c.row[:], a.Rows[best*NumSpanMeasures:])
	return c
}

// maxAlternatives is the most spans of a role: the tagger's own, pairs of edges, those
// that lack parts.
const maxAlternatives = 1 + maxPairs + maxDropped + 2

// Take gives the candidate the spans chosen. Words that its cue or its source take are
// no content any more.
func (g *Candidate) Take(c *[NumRoles]Choice) {
	for role := range c {
		g.ranked[role] = [2]float32{c[role].p, c[role].next}
	}
	g.content = c[RoleContent].row
	if p := c[RoleSource].parts; len(p) > 0 {
		g.Source = p[0]
	}
	if p := c[RoleCue].parts; len(p) > 0 && !meet(p[0], g.Source) {
		g.Cue = p[0]
	}
	parts := without(c[RoleContent].parts, g.Cue)
	if left := without(parts, g.Source); len(left) > 0 {
		parts = left
	}
	if len(parts) > 0 {
		g.Content = parts
	}
}

// Alternatives are the spans that g, which was just Decoded, may have in each role; it
// is made whole (complete.go) first.
func (r *Reading) Alternatives(g *Candidate) (all [NumRoles]Alternatives) {
	r.ready(g)
	for role := range all {
		a := r.spans.propose(role)
		all[role] = Alternatives{Parts: append([][]news.TokenRange(nil), a.Parts...), Rows: append([]float32(nil), a.Rows...)}
	}
	return all
}

// refine gives g, which was just Decoded, the spans that are ranked first.
func (r *Reading) refine(rankers *Rankers, g *Candidate) {
	r.ready(g)
	var chosen [NumRoles]Choice
	for role := range chosen {
		a := r.spans.propose(role)
		chosen[role] = rankers.Choose(role, &a)
	}
	g.Take(&chosen)
}

// EncodeRankers puts r into a model file.
func EncodeRankers(f *model.File, r *Rankers) {
	for role, m := range r {
		m.Put(f, rankerNames[role])
	}
}

func decodeRankers(f *model.File) (r Rankers, err error) {
	for role := range r {
		if r[role], err = forest.Get(f, rankerNames[role], NumSpanMeasures); err != nil {
			return r, fmt.Errorf("%w: %w", model.ErrDamaged, err)
		}
	}
	return r, nil
}
