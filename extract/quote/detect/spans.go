package detect

import (
	"cmp"
	"math"
	"slices"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// The second tagger sees tokens, and its best labelling may cut a clause in two or
// swallow the next one. So each of the three roles of an attribution is looked at
// again as a whole: beside the tagger's own span stand others, whose edges are
// those that the tagger thinks possible and those that the tree shows, and a forest
// that has learned from articles that the tagger has not ranks them by what
// spanmeasure.go measures.

// The roles of an attribution.
const (
	RoleSource = iota
	RoleCue
	RoleContent
	NumRoles
)

// begins is the label that a role's spans begin with.
var begins = [NumRoles]uint8{LabelBS, LabelBC, LabelBQ}

// Alternatives are the spans that a candidate may have in one role, the tagger's own
// first; none where it has none. Row k*NumSpanMeasures on measures the k-th.
type Alternatives struct {
	Parts [][]news.TokenRange
	Rows  []float32
}

const (
	leastEdge  = 0.02 // probability of an edge that is worth a look
	maxBegins  = 4    // edges that the tagger thinks possible
	maxEnds    = 5
	maxPairs   = 14 // spans, the most probable ones
	maxSpan    = 150
	maxSource  = 60
	maxDropped = 8 // parts of which a content may lose one
)

// Reading is the second tagger's reading of one anchor: the sentences of the window
// that Seq and Lattice are of.
type Reading struct {
	F         *Featurizer
	Doc       *news.Document
	First     *FirstPass
	Trans     *linear.Transitions
	Seq       *linear.Sequence
	Lattice   *linear.Lattice
	Window    news.TokenRange
	Sentences []news.TokenRange

	spans spanner
}

// ready makes g whole (complete.go) and looks at it.
func (r *Reading) ready(g *Candidate) {
	complete(r.F.marks, g)
	r.spans.read(r, g)
}

// spanner proposes and measures the spans of one candidate. It is scratch memory.
type spanner struct {
	f    *Featurizer
	d    *news.Document
	t    *FirstPass
	g    *Candidate
	w    news.TokenRange
	sent []news.TokenRange // of the window
	home news.TokenRange   // the cue's sentence
	head int32             // of the cue

	trans     *linear.Transitions
	classes   []uint8
	emit      []linear.Row
	post      []linear.Row
	labels    []uint8   // of the candidate as it is
	sums      []float32 // log score of labels up to each token of the window
	trial     []uint8
	mass      []float32 // probability of the role up to each token
	commas    []uint8   // commas and tokens in marks up to each token
	marked    []uint8
	proposals []int32 // of the rules, whose cue meets the candidate's

	begins, ends []edge
	pairs        []pair
	out          Alternatives
}

// edge is where a span may begin or end, and how probable the tagger thinks it.
type edge struct {
	at int32
	p  float32
}

type pair struct {
	r     news.TokenRange
	score float64
}

// read makes s ready for g, which was Decoded from r.
func (s *spanner) read(r *Reading, g *Candidate) {
	f, d, w := r.F, r.Doc, r.Window
	s.f, s.d, s.t, s.g, s.w, s.sent = f, d, r.First, g, w, r.Sentences
	s.trans, s.classes, s.emit, s.post = r.Trans, r.Seq.Classes, r.Lattice.Emit, r.Lattice.Post
	s.head, s.home = f.cueHead(d, g), news.TokenRange{}
	for _, x := range s.sent {
		if x.Contains(s.head) {
			s.home = x
		}
	}
	n := w.Len()
	s.labels = slices.Grow(s.labels[:0], n)[:n]
	s.trial = slices.Grow(s.trial[:0], n)[:n]
	s.sums = slices.Grow(s.sums[:0], n+1)[:n+1]
	s.mass = slices.Grow(s.mass[:0], n+1)[:n+1]
	s.commas = slices.Grow(s.commas[:0], n+1)[:n+1]
	s.marked = slices.Grow(s.marked[:0], n+1)[:n+1]
	s.label(s.labels, w, NumRoles, nil)
	s.sums[0], s.commas[0], s.marked[0] = 0, 0, 0
	for i := range n {
		s.sums[i+1] = s.sums[i] + s.step(s.labels, i)
		a := &f.a[w.First+int32(i)]
		s.commas[i+1], s.marked[i+1] = s.commas[i], s.marked[i]
		if news.Tag(a.tag-1) == news.TagCOMMA {
			s.commas[i+1]++
		}
		if a.state != outside {
			s.marked[i+1]++
		}
	}
	s.proposals = s.proposals[:0]
	for i := range f.proposals.Statements {
		if meet(f.proposals.Statements[i].Cue, g.Cue) {
			s.proposals = append(s.proposals, int32(i))
		}
	}
}

// spans is the candidate's spans of a role.
func (g *Candidate) spans(role int) []news.TokenRange {
	switch role {
	case RoleSource:
		if g.Source.Empty() {
			return nil
		}
		return []news.TokenRange{g.Source}
	case RoleCue:
		return []news.TokenRange{g.Cue}
	}
	return g.Content
}

// label labels the tokens of r with the candidate's spans, in y, which has an entry a
// token of the window; those of one role are parts instead.
func (s *spanner) label(y []uint8, r news.TokenRange, role int, parts []news.TokenRange) {
	clear(y[r.First-s.w.First : r.End-s.w.First])
	for k := RoleContent; k >= 0; k-- { // sources and cues win over contents
		spans := parts
		if k != role {
			spans = s.g.spans(k)
		}
		for _, p := range spans {
			for i := max(p.First, r.First); i < min(p.End, r.End); i++ {
				y[i-s.w.First] = begins[k] + 1
			}
			if r.Contains(p.First) {
				y[p.First-s.w.First] = begins[k]
			}
		}
	}
	for i := r.First - s.w.First; i < r.End-s.w.First; i++ {
		if b := y[i]; b != LabelO && b%2 == 0 && (i == 0 || y[i-1] != b && y[i-1] != b-1) {
			y[i]-- // it begins again behind what interrupts it
		}
	}
}

// step is the log score of label i of y behind the one before.
func (s *spanner) step(y []uint8, i int) float32 {
	from := linear.Stride // the start
	if i > 0 {
		from = int(y[i-1])
	}
	return s.emit[i][y[i]] + s.trans.Score(s.classes[i], from, int(y[i]))
}

// delta is how much higher the tagger scores the candidate with these parts of a role
// than as it is.
func (s *spanner) delta(role int, parts []news.TokenRange) float32 {
	r := hull(parts)
	if b := s.g.spans(role); len(b) > 0 {
		h := hull(b)
		r = news.TokenRange{First: min(r.First, h.First), End: max(r.End, h.End)}
	}
	r = news.TokenRange{First: max(r.First, s.w.First), End: min(r.End+2, s.w.End)} // what follows may begin again
	lo, hi := int(r.First-s.w.First), int(r.End-s.w.First)
	if lo > 0 {
		s.trial[lo-1] = s.labels[lo-1]
	}
	s.label(s.trial, r, role, parts)
	sum := float32(0)
	for i := lo; i < hi; i++ {
		sum += s.step(s.trial, i)
	}
	return sum - (s.sums[hi] - s.sums[lo])
}

// hull is from the first to the last token of parts.
func hull(parts []news.TokenRange) news.TokenRange {
	return news.TokenRange{First: parts[0].First, End: parts[len(parts)-1].End}
}

// within is the probability that the token at i is of the role that begins with b.
func (s *spanner) within(i int32, b uint8) float32 {
	if !s.w.Contains(i) {
		return 0
	}
	p := &s.post[i-s.w.First]
	return p[b] + p[b+1]
}

// starting and ending are the probabilities that a span of the role begins with the
// token at i, and that one ends before it.
func (s *spanner) starting(i int32, b uint8) float32 {
	if !s.w.Contains(i) {
		return 0
	}
	return s.post[i-s.w.First][b]
}

func (s *spanner) ending(i int32, b uint8) float32 {
	p := s.within(i-1, b)
	if s.w.Contains(i) {
		p -= s.post[i-s.w.First][b+1]
	}
	return max(p, 0)
}

// propose finds and measures the spans that the candidate may have in a role. What it
// gives is valid until the next call.
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
	s.edges(role, base)
	s.pair(role, base)
	s.put(role, base, slices.Clone(base))
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
