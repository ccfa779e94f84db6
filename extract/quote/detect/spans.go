package detect

import (
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
	sureEdge   = 0.97 // of one beside which no other is
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
	for i := range f.proposals {
		if meet(f.proposals[i].Cue, g.Cue) {
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
