package linear

import (
	"math"
	"math/rand/v2"
)

// Example is a training sequence with its gold labels.
type Example struct {
	Sequence
	Gold []uint8
}

// TrainOptions are the settings of TrainCRF.
type TrainOptions struct {
	Labels, Classes int
	Rows            int     // of weights; row 0 stays unused
	Passes          int     // over the data, in a new random order each
	Rate            float64 // AdaGrad's step
	L2              float64 // weight decay a touch, relative to the step
	Dropout         float64 // share of the features left out, others in each pass
	Runs            int     // trainings, with other orders, of whose weights the mean is taken; 0 means 1
	Seed            uint64
}

// CRF is a trained linear-chain conditional random field (Lafferty, McCallum
// and Pereira 2001) with float weights, as training leaves it.
type CRF struct {
	Rows  []Row
	Trans *Transitions
}

// Emit fills l.Emit with the sums of the rows that fire.
func (c *CRF) Emit(s *Sequence, l *Lattice) {
	n := s.Len()
	l.Emit = grow(l.Emit, n)
	for i := 0; i < n; i++ {
		var e Row
		for _, f := range s.Feats[s.Bounds[i]:s.Bounds[i+1]] {
			r := &c.Rows[f]
			for y := range e {
				e[y] += r[y]
			}
		}
		l.Emit[i] = e
	}
}

// TrainCRF fits a CRF by AdaGrad (Duchi, Hazan and Singer 2011) on the log
// likelihood, one sequence a step. The same examples, options and seed give
// the same weights.
func TrainCRF(examples []Example, o TrainOptions) *CRF {
	mean := trainOnce(examples, o, 0)
	for run := 1; run < o.Runs; run++ {
		mean.add(trainOnce(examples, o, run), run)
	}
	return mean
}

func trainOnce(examples []Example, o TrainOptions, run int) *CRF {
	c := &CRF{Rows: make([]Row, o.Rows), Trans: NewTransitions(o.Labels, o.Classes)}
	sq := make([]Row, o.Rows)
	tsq := make([]float32, len(c.Trans.Weights))
	tgrad := make([]float64, len(c.Trans.Weights))
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(o.Seed, uint64(run)))
	var l Lattice
	var dropped thinned
	mean := &CRF{Rows: make([]Row, o.Rows), Trans: NewTransitions(o.Labels, o.Classes)}
	for pass := 0; pass < o.Passes; pass++ {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			ex := &examples[k]
			if o.Dropout > 0 {
				ex = dropped.of(ex, rng, o.Dropout)
			}
			c.Emit(&ex.Sequence, &l)
			l.exponentiateUsed(c.Trans, ex.Classes)
			l.Marginals(c.Trans, ex.Classes)
			c.step(ex, &l, sq, tsq, tgrad, o)
		}
		mean.add(c, pass)
	}
	if o.Dropout > 0 { // all features are there again, and must not say more together
		for i := range mean.Rows {
			for y := range mean.Rows[i] {
				mean.Rows[i][y] *= float32(1 - o.Dropout)
			}
		}
	}
	return mean
}

// thinned is an example with some of its features.
type thinned struct{ ex Example }

// of leaves out each feature of ex with probability p (Srivastava and others
// 2014), so that features learn to do without each other.
func (t *thinned) of(ex *Example, rng *rand.Rand, p float64) *Example {
	t.ex.Gold, t.ex.Classes = ex.Gold, ex.Classes
	t.ex.Feats, t.ex.Bounds = t.ex.Feats[:0], append(t.ex.Bounds[:0], 0)
	limit := uint32(p * (1 << 32))
	for i := range ex.Gold {
		for _, f := range ex.Feats[ex.Bounds[i]:ex.Bounds[i+1]] {
			if rng.Uint32() >= limit {
				t.ex.Feats = append(t.ex.Feats, f)
			}
		}
		t.ex.Bounds = append(t.ex.Bounds, int32(len(t.ex.Feats)))
	}
	return &t.ex
}

// add makes m the mean of itself, weighted n, and c.
func (m *CRF) add(c *CRF, n int) {
	k := 1 / float32(n+1)
	for i := range m.Rows {
		for y := range m.Rows[i] {
			m.Rows[i][y] += k * (c.Rows[i][y] - m.Rows[i][y])
		}
	}
	for i := range m.Trans.Weights {
		m.Trans.Weights[i] += k * (c.Trans.Weights[i] - m.Trans.Weights[i])
	}
}

// exponentiateUsed refreshes only the matrices that the sequence needs.
func (l *Lattice) exponentiateUsed(t *Transitions, classes []uint8) {
	l.trans = grow(l.trans, len(t.Weights)/block)
	var seen [256]bool
	for _, c := range classes {
		if !seen[c] {
			seen[c] = true
			l.trans[c].fill(t.into(c))
		}
	}
}

func (c *CRF) step(ex *Example, l *Lattice, sq []Row, tsq []float32, tgrad []float64, o TrainOptions) {
	rate, l2 := float32(o.Rate), float32(o.L2)
	var used [256]bool
	prev := Stride
	for i, gold := range ex.Gold {
		var g Row
		big := false
		for y := 0; y < o.Labels; y++ {
			g[y] = -l.Post[i][y]
		}
		g[gold] += 1
		for y := 0; y < o.Labels; y++ {
			if g[y] > 1e-4 || g[y] < -1e-4 {
				big = true
			}
		}
		if big {
			for _, f := range ex.Feats[ex.Bounds[i]:ex.Bounds[i+1]] {
				w, s := &c.Rows[f], &sq[f]
				for y := 0; y < o.Labels; y++ {
					d := g[y] - l2*w[y]
					s[y] += d * d
					w[y] += rate * d / (sqrt32(s[y]) + 1e-6)
				}
			}
		}
		base := int(ex.Classes[i]) * block
		used[ex.Classes[i]] = true
		tgrad[base+prev*Stride+int(gold)]++
		if i == 0 {
			for y := 0; y < o.Labels; y++ {
				tgrad[base+Stride*Stride+y] -= float64(l.Post[0][y])
			}
		} else {
			for x := 0; x < o.Labels; x++ {
				for y := 0; y < o.Labels; y++ {
					tgrad[base+x*Stride+y] -= l.edge(ex.Classes, i, x, y)
				}
			}
		}
		prev = int(gold)
	}
	for class := 0; class < o.Classes; class++ {
		if !used[class] {
			continue
		}
		for i := class * block; i < (class+1)*block; i++ {
			d := float32(tgrad[i]) - l2*c.Trans.Weights[i]
			tgrad[i] = 0
			if d != 0 {
				tsq[i] += d * d
				c.Trans.Weights[i] += rate * d / (sqrt32(tsq[i]) + 1e-6)
			}
		}
	}
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }
