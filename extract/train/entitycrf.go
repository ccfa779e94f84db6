package train

import (
	"math"
	"math/rand/v2"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
)

// nameSequence is one window of an article with the rows of its features and
// its gold labels.
type nameSequence struct {
	feats  []uint32
	bounds []int32
	gold   []uint8
	weight float32
	of     int             // index of its case
	at     news.TokenRange // in the case's document
}

// nameCRF is a linear-chain conditional random field with float weights.
type nameCRF struct {
	rows, squares []entity.Row
	moves, moved  entity.Moves
}

func newNameCRF(rows int) *nameCRF {
	return &nameCRF{rows: make([]entity.Row, rows), squares: make([]entity.Row, rows)}
}

// emit fills the lattice with the sums of the rows that fire.
func (c *nameCRF) emit(s *nameSequence, l *entity.Lattice) {
	l.Resize(len(s.gold))
	for i := range s.gold {
		var e entity.Row
		for _, f := range s.feats[s.bounds[i]:s.bounds[i+1]] {
			r := &c.rows[f]
			for y := range e {
				e[y] += r[y]
			}
		}
		l.Emit[i] = e
	}
}

// crfSettings are how a field is fitted.
type crfSettings struct {
	passes  int
	rate    float32
	l2      float32
	dropout float64
	seed    uint64
}

// fit goes on fitting c by AdaGrad (Duchi, Hazan and Singer 2011) on the log
// likelihood, one sequence a step, and returns the mean of its weights after
// each pass. Weights are drawn back to those that c began with.
func (c *nameCRF) fit(sequences []nameSequence, o crfSettings) *nameCRF {
	start := &nameCRF{rows: append([]entity.Row(nil), c.rows...)}
	mean := newNameCRF(len(c.rows))
	mean.squares = c.squares
	order := make([]int, len(sequences))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(o.seed, 11))
	var l entity.Lattice
	var thin nameSequence
	for pass := range o.passes {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			s := &sequences[k]
			if o.dropout > 0 {
				thin.thinned(s, rng, o.dropout)
				s = &thin
			}
			c.step(s, &l, start, o)
		}
		k := 1 / float32(pass+1)
		for i := range mean.rows {
			for y := range mean.rows[i] {
				mean.rows[i][y] += k * (c.rows[i][y] - mean.rows[i][y])
			}
		}
		for x := range mean.moves {
			for y := range mean.moves[x] {
				mean.moves[x][y] += k * (c.moves[x][y] - mean.moves[x][y])
			}
		}
	}
	mean.moved = c.moved
	return mean
}

// thinned makes t the sequence s with each feature left out with probability p
// (Srivastava and others 2014).
func (t *nameSequence) thinned(s *nameSequence, rng *rand.Rand, p float64) {
	t.gold, t.weight = s.gold, s.weight
	t.feats, t.bounds = t.feats[:0], append(t.bounds[:0], 0)
	limit := uint32(p * (1 << 32))
	for i := range s.gold {
		for _, f := range s.feats[s.bounds[i]:s.bounds[i+1]] {
			if rng.Uint32() >= limit {
				t.feats = append(t.feats, f)
			}
		}
		t.bounds = append(t.bounds, int32(len(t.feats)))
	}
}

func (c *nameCRF) step(s *nameSequence, l *entity.Lattice, start *nameCRF, o crfSettings) {
	c.emit(s, l)
	e := c.moves.Exp()
	l.Marginals(e)
	var active [entity.Labels]uint8
	for i, gold := range s.gold {
		g, n := l.Post[i], 0
		for y := range g {
			g[y] = -g[y]
		}
		g[gold]++
		for y := range g {
			if g[y] > 2e-3 || g[y] < -2e-3 {
				active[n] = uint8(y)
				n++
			}
			g[y] *= s.weight
		}
		for _, f := range s.feats[s.bounds[i]:s.bounds[i+1]] {
			w, q, w0 := &c.rows[f], &c.squares[f], &start.rows[f]
			for _, y := range active[:n] {
				d := g[y] - o.l2*(w[y]-w0[y])
				q[y] += d * d
				w[y] += o.rate * d / (float32(math.Sqrt(float64(q[y]))) + 1e-6)
			}
		}
	}
	c.stepMoves(s, l, e, o)
}

func (c *nameCRF) stepMoves(s *nameSequence, l *entity.Lattice, e *entity.Moves, o crfSettings) {
	var g entity.Moves
	prev := uint8(entity.Labels)
	for i, gold := range s.gold {
		g[prev][gold]++
		for y := range uint8(entity.Labels) {
			if i == 0 {
				g[entity.Labels][y] -= l.Post[0][y]
				continue
			}
			for _, x := range entity.Before(y) {
				g[x][y] -= l.Edge(e, i, x, y)
			}
		}
		prev = gold
	}
	for x := range g {
		for y, d := range g[x] {
			if d *= s.weight; d != 0 {
				c.moved[x][y] += d * d
				c.moves[x][y] += o.rate * d / (float32(math.Sqrt(float64(c.moved[x][y]))) + 1e-6)
			}
		}
	}
}

// label writes the best labels of a sequence.
func (c *nameCRF) label(s *nameSequence, l *entity.Lattice, path []uint8) {
	c.emit(s, l)
	l.Viterbi(&c.moves, path)
}
