package detect

import (
	"cmp"
	"math"
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// propose finds and measures the spans that the candidate may have in a role, the
// tagger's own alone where it is sure of both edges. What it gives is valid until the
// next call.
func (s *spanner) propose(role int) Alternatives {
	s.out = Alternatives{Parts: s.out.Parts[:0], Rows: s.out.Rows[:0]}
	base := s.g.spans(role)
	if len(base) == 0 {
		return s.out
	}
	b := begins[role]
	s.mass[0] = 0
	for i := range s.w.Len() {
		s.mass[i+1] = s.mass[i] + s.within(s.w.First+int32(i), b)
	}
	s.put(role, base, slices.Clone(base))
	if len(base) == 1 && s.starting(base[0].First, b) > sureEdge && s.ending(base[0].End, b) > sureEdge {
		return s.out
	}
	s.edges(role, base)
	s.pair(role, base)
	for _, p := range s.pairs {
		s.put(role, base, s.carve(role, p.r, base))
	}
	if n := len(base); n > 1 && n <= maxDropped {
		for i := range base {
			s.put(role, base, []news.TokenRange{base[i]})
		}
		s.put(role, base, slices.Clone(base[1:]))
		s.put(role, base, slices.Clone(base[:n-1]))
	}
	return s.out
}

// edges finds where spans of a role may begin and end.
func (s *spanner) edges(role int, base []news.TokenRange) {
	b := begins[role]
	s.begins, s.ends = s.begins[:0], s.ends[:0]
	for i := s.w.First; i < s.w.End; i++ {
		if p := s.starting(i, b); p > leastEdge {
			s.begins = append(s.begins, edge{i, p})
		}
		if p := s.ending(i+1, b); p > leastEdge {
			s.ends = append(s.ends, edge{i + 1, p})
		}
	}
	s.begins, s.ends = likeliestEdges(s.begins, maxBegins), likeliestEdges(s.ends, maxEnds)
	s.begin(base[0].First)
	s.end(base[len(base)-1].End)
	switch role {
	case RoleSource:
		for _, h := range [2]int32{s.f.tree.Actor(s.head), s.f.tree.Head(s.g.Source)} {
			if h >= 0 {
				s.around(s.f.tree.Extent(h))
				s.around(s.f.tree.Phrase(h))
			}
		}
	case RoleContent:
		for c := range s.f.tree.Children(s.head) {
			if holdsClause(s.d.Tokens[c].Rel) {
				s.branch(s.f.tree.Extent(c))
			}
		}
		s.end(s.home.End)
		s.end(s.home.End - 1)
	}
}

// holdsClause reports the relations by which what is said may hang on its cue.
func holdsClause(r news.Rel) bool {
	switch r {
	case news.RelCcomp, news.RelXcomp, news.RelObj, news.RelAdvcl, news.RelAcl, news.RelNmod, news.RelParataxis, news.RelObl:
		return true
	}
	return false
}

// branch takes the edges of r with and without the punctuation there.
func (s *spanner) branch(r news.TokenRange) {
	s.around(r)
	if r.Len() < 2 {
		return
	}
	if s.d.Tokens[r.First].Tag == news.TagCOMMA {
		s.begin(r.First + 1)
	}
	if t := s.d.Tokens[r.End-1].Tag; t == news.TagCOMMA || t == news.TagPERIOD {
		s.end(r.End - 1)
	}
}

func (s *spanner) around(r news.TokenRange) {
	s.begin(r.First)
	s.end(r.End)
}

func (s *spanner) begin(at int32) {
	if s.w.Contains(at) && !slices.ContainsFunc(s.begins, func(e edge) bool { return e.at == at }) {
		s.begins = append(s.begins, edge{at: at})
	}
}

func (s *spanner) end(at int32) {
	if s.w.Contains(at-1) && !slices.ContainsFunc(s.ends, func(e edge) bool { return e.at == at }) {
		s.ends = append(s.ends, edge{at: at})
	}
}

func likeliestEdges(es []edge, n int) []edge {
	slices.SortFunc(es, func(a, b edge) int { return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.at, b.at)) })
	return es[:min(n, len(es))]
}

// pair makes the spans of which begin and end go together, the most probable ones.
func (s *spanner) pair(role int, base []news.TokenRange) {
	b := begins[role]
	s.pairs = s.pairs[:0]
	for _, from := range s.begins {
		first := math.Log(float64(s.starting(from.at, b)) + 0.003)
		for _, to := range s.ends {
			r := news.TokenRange{First: from.at, End: to.at}
			if r.Empty() || !s.fits(role, r, base) {
				continue
			}
			mean := (s.mass[to.at-s.w.First] - s.mass[from.at-s.w.First]) / float32(r.Len())
			s.pairs = append(s.pairs, pair{r, first + math.Log(float64(s.ending(to.at, b))+0.003) + math.Log(float64(max(mean, 0))+0.01)})
		}
	}
	slices.SortFunc(s.pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.r.First, y.r.First), cmp.Compare(x.r.End, y.r.End))
	})
	s.pairs = s.pairs[:min(maxPairs, len(s.pairs))]
}

// fits reports whether r may be a span of a role: a cue holds its anchor, a content
// does not unless it is around it, a source has no word of the cue.
func (s *spanner) fits(role int, r news.TokenRange, base []news.TokenRange) bool {
	h := s.g.Anchor.Token
	switch role {
	case RoleSource:
		return r.Len() <= maxSource && !meet(r, s.g.Cue)
	case RoleCue:
		return r.Len() <= maxSource && r.Contains(h)
	}
	return r.Len() <= maxSpan && (!r.Contains(h) || hull(base).Contains(h))
}

// carve is r without what interrupts base, and without the candidate's cue and source
// where it is a content.
func (s *spanner) carve(role int, r news.TokenRange, base []news.TokenRange) []news.TokenRange {
	parts := []news.TokenRange{r}
	for i := 1; i < len(base); i++ {
		parts = without(parts, news.TokenRange{First: base[i-1].End, End: base[i].First})
	}
	if role == RoleContent {
		parts = without(without(parts, s.g.Cue), s.g.Source)
	}
	return parts
}

// without is parts without the tokens of hole.
func without(parts []news.TokenRange, hole news.TokenRange) []news.TokenRange {
	if hole.Empty() || !overlapsAny(hole, parts) {
		return parts
	}
	var out []news.TokenRange
	for _, p := range parts {
		for _, q := range [2]news.TokenRange{{First: p.First, End: min(p.End, hole.First)}, {First: max(p.First, hole.End), End: p.End}} {
			if !q.Empty() {
				out = append(out, q)
			}
		}
	}
	return out
}

// put adds and measures one alternative, unless it is there.
func (s *spanner) put(role int, base, parts []news.TokenRange) {
	if len(parts) == 0 {
		return
	}
	if role == RoleContent {
		g := Candidate{Anchor: s.g.Anchor, Content: parts}
		complete(s.f.marks, &g)
		parts = g.Content
	}
	if slices.ContainsFunc(s.out.Parts, func(p []news.TokenRange) bool { return slices.Equal(p, parts) }) {
		return
	}
	s.out.Parts = append(s.out.Parts, parts)
	row := s.measure(role, parts, base)
	s.out.Rows = append(s.out.Rows, row[:]...)
}
