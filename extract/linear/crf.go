package linear

import (
	"math"
	"slices"
)

// Stride is the number of labels a weight row holds; a model with fewer
// leaves the rest of each row zero. Eight quantised weights fill 8 bytes, so a
// row never straddles a cache line.
const Stride = 8

// Row is one feature's weights, one a label.
type Row [Stride]float32

// Sequence is one input of a linear-chain model: Feats[Bounds[i]:Bounds[i+1]]
// are the weight rows that fire at position i, and Classes[i] picks the
// transition matrix that leads into position i.
type Sequence struct {
	Slots   *Slots   // finds the rows of features; nil: only Hashes are kept
	Hashes  []uint64 // all features in order, kept only without Slots
	Feats   []uint32
	Bounds  []int32
	Classes []uint8
}

// Len is the number of positions.
func (s *Sequence) Len() int { return len(s.Classes) }

// Reset empties s and keeps its memory.
func (s *Sequence) Reset() {
	s.Hashes, s.Feats, s.Classes = s.Hashes[:0], s.Feats[:0], s.Classes[:0]
	s.Bounds = append(s.Bounds[:0], 0)
}

// Add ends a position with the given features and transition class.
func (s *Sequence) Add(hashes []uint64, class uint8) {
	if s.Slots == nil {
		s.Hashes = append(s.Hashes, hashes...)
	} else {
		s.Slots.fetch(hashes)
		n := len(s.Feats)
		s.Feats = slices.Grow(s.Feats, len(hashes))
		k := s.Slots.Rows(hashes, s.Feats[n:n+len(hashes)])
		s.Feats = s.Feats[:n+k]
	}
	s.Bounds = append(s.Bounds, int32(len(s.Feats)))
	s.Classes = append(s.Classes, class)
}

// Transitions holds the scores of moving between labels, one matrix for each
// class of position: score [class][from][to]. Position 0 moves from label
// Labels, the row for "start".
type Transitions struct {
	Labels  int
	Weights []float32 // classes × (Stride+1) × Stride
}

// NewTransitions has zero weights for the given numbers of labels (at most
// Stride) and classes.
func NewTransitions(labels, classes int) *Transitions {
	return &Transitions{Labels: labels, Weights: make([]float32, classes*(Stride+1)*Stride)}
}

// into is the matrix of a class, (Stride+1) rows of Stride.
func (t *Transitions) into(class uint8) []float32 {
	const n = (Stride + 1) * Stride
	return t.Weights[int(class)*n : int(class+1)*n]
}

// Lattice is the scratch memory of one worker for scoring sequences.
type Lattice struct {
	Emit  []Row     // log scores of labels at each position
	Post  []Row     // marginal probabilities after Marginals
	Ends  []float32 // Ends[i]: probability that a segment ends after position i (set by callers)
	alpha [][Stride]float64
	beta  [][Stride]float64
	scale []float64
	back  [][Stride]uint8
	trans []float64 // exponentiated transitions, cached by the owner
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// Viterbi finds the best label of every position of seq under the emissions
// in l.Emit, appending to path. Ties go to the lower label.
func (l *Lattice) Viterbi(t *Transitions, classes []uint8, path []uint8) []uint8 {
	n := len(classes)
	if n == 0 {
		return path
	}
	l.back = grow(l.back, n)
	var cur, next [Stride]float32
	m := t.into(classes[0])
	for y := 0; y < t.Labels; y++ {
		cur[y] = m[Stride*Stride+y] + l.Emit[0][y]
	}
	for i := 1; i < n; i++ {
		m := t.into(classes[i])
		back := &l.back[i]
		for y := 0; y < t.Labels; y++ {
			best, from := cur[0]+m[y], 0
			for x := 1; x < t.Labels; x++ {
				if s := cur[x] + m[x*Stride+y]; s > best {
					best, from = s, x
				}
			}
			next[y] = best + l.Emit[i][y]
			back[y] = uint8(from)
		}
		cur = next
	}
	best := 0
	for y := 1; y < t.Labels; y++ {
		if cur[y] > cur[best] {
			best = y
		}
	}
	start := len(path)
	path = append(path, make([]uint8, n)...)
	y := uint8(best)
	for i := n - 1; i >= 0; i-- {
		path[start+i] = y
		y = l.back[i][y]
	}
	return path
}

// Exponentiate caches the exponentials of t for Marginals; call it again
// whenever t's weights change.
func (l *Lattice) Exponentiate(t *Transitions) {
	l.trans = grow(l.trans, len(t.Weights))
	for i, w := range t.Weights {
		l.trans[i] = math.Exp(float64(w))
	}
}

// Marginals runs the scaled forward-backward algorithm over the emissions in
// l.Emit, fills l.Post with the probability of each label at each position,
// and returns the log of the partition function.
func (l *Lattice) Marginals(t *Transitions, classes []uint8) float64 {
	n := len(classes)
	if n == 0 {
		return 0
	}
	const block = (Stride + 1) * Stride
	l.alpha, l.beta = grow(l.alpha, n), grow(l.beta, n)
	l.scale, l.Post = grow(l.scale, n), grow(l.Post, n)
	logZ := 0.0
	labels := t.Labels
	// The emissions are exponentiated relative to each position's largest,
	// which keeps every factor in [0, 1].
	for i := 0; i < n; i++ {
		top := l.Emit[i][0]
		for y := 1; y < labels; y++ {
			top = max(top, l.Emit[i][y])
		}
		logZ += float64(top)
		for y := 0; y < labels; y++ {
			l.beta[i][y] = math.Exp(float64(l.Emit[i][y] - top)) // emission until the backward pass
		}
	}
	for i := 0; i < n; i++ {
		m := l.trans[int(classes[i])*block : int(classes[i])*block+block]
		sum := 0.0
		for y := 0; y < labels; y++ {
			v := 0.0
			if i == 0 {
				v = m[Stride*Stride+y]
			} else {
				for x := 0; x < labels; x++ {
					v += l.alpha[i-1][x] * m[x*Stride+y]
				}
			}
			v *= l.beta[i][y]
			l.alpha[i][y] = v
			sum += v
		}
		l.scale[i] = sum
		logZ += math.Log(sum)
		inv := 1 / sum
		for y := 0; y < labels; y++ {
			l.alpha[i][y] *= inv
		}
	}
	var b, nb [Stride]float64
	for y := 0; y < labels; y++ {
		b[y] = 1
		l.Post[n-1][y] = float32(l.alpha[n-1][y])
	}
	for i := n - 1; i > 0; i-- {
		m := l.trans[int(classes[i])*block : int(classes[i])*block+block]
		for y := 0; y < labels; y++ {
			l.beta[i][y] *= b[y] / l.scale[i] // emission times backward
		}
		for x := 0; x < labels; x++ {
			v := 0.0
			for y := 0; y < labels; y++ {
				v += m[x*Stride+y] * l.beta[i][y]
			}
			nb[x] = v
			l.Post[i-1][x] = float32(l.alpha[i-1][x] * v)
		}
		b = nb
	}
	for y := 0; y < labels; y++ {
		l.beta[0][y] *= 1 / l.scale[0]
	}
	l.beta[0] = mul(l.beta[0], b)
	return logZ
}

func mul(a, b [Stride]float64) [Stride]float64 {
	for i := range a {
		a[i] *= b[i]
	}
	return a
}

// edge is the marginal probability of the labels (x, y) at positions i-1 and
// i, valid after Marginals.
func (l *Lattice) edge(classes []uint8, i, x, y int) float64 {
	const block = (Stride + 1) * Stride
	m := l.trans[int(classes[i])*block:]
	if i == 0 {
		return m[Stride*Stride+y] * l.beta[0][y]
	}
	return l.alpha[i-1][x] * m[x*Stride+y] * l.beta[i][y]
}
