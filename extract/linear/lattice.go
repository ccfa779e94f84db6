package linear

import "math"

// Lattice is the scratch memory of one worker for scoring sequences.
type Lattice struct {
	Emit  []Row // log scores of labels at each position
	Post  []Row // marginal probabilities after Marginals
	alpha [][Stride]float64
	beta  [][Stride]float64
	scale []float64
	best  []Row   // scores of the best ways that end in each label
	trans []moves // exponentiated transitions of each class
}

// moves are the exponentials of a transition matrix.
type moves struct {
	from [block]float64           // as the matrix, the last row from the start
	to   [Stride * Stride]float64 // turned over: [to][from]
}

// exponentials are the moves of every class.
func exponentials(t *Transitions) []moves {
	all := make([]moves, len(t.Weights)/block)
	for class := range all {
		all[class].fill(t.into(uint8(class)))
	}
	return all
}

func (m *moves) fill(weights *[block]float32) {
	for i, w := range weights {
		e := math.Exp(float64(w))
		m.from[i] = e
		if i < len(m.to) {
			m.to[i%Stride*Stride+i/Stride] = e
		}
	}
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// Viterbi finds the best label of every position of a sequence with these
// classes under the emissions in l.Emit, appending to path. Ties go to the
// lower label.
func (l *Lattice) Viterbi(t *Transitions, classes []uint8, path []uint8) []uint8 {
	n := len(classes)
	if n == 0 {
		return path
	}
	l.best = grow(l.best, n)
	m := t.into(classes[0])
	for y := range t.Labels {
		l.best[0][y] = m[Stride*Stride+y] + l.Emit[0][y]
	}
	if vectors {
		viterbi(&l.best[0], &l.Emit[0], &t.Weights[0], &classes[0], n, t.Labels)
	} else {
		l.viterbi(t, classes)
	}
	y := 0
	for z := 1; z < t.Labels; z++ {
		if l.best[n-1][z] > l.best[n-1][y] {
			y = z
		}
	}
	start := len(path)
	path = append(path, classes...) // for its length
	for i := n - 1; ; i-- {
		path[start+i] = uint8(y)
		if i == 0 {
			return path
		}
		m, before := t.into(classes[i]), &l.best[i-1]
		from := 0
		for x := 1; x < t.Labels; x++ {
			if before[x]+m[x*Stride+y] > before[from]+m[from*Stride+y] {
				from = x
			}
		}
		y = from
	}
}

// viterbi fills l.best from position 1 on.
func (l *Lattice) viterbi(t *Transitions, classes []uint8) {
	for i := 1; i < len(classes); i++ {
		m, before, emit := t.into(classes[i]), &l.best[i-1], &l.Emit[i]
		// Which way a score came is found again on the way back, for the one
		// label of each position that is on the best way.
		now := Row{}
		for y := range now {
			now[y] = before[0] + m[y]
		}
		for x := 1; x < t.Labels; x++ {
			b, row := before[x], (*Row)(m[x*Stride:])
			now[0] = max(now[0], b+row[0])
			now[1] = max(now[1], b+row[1])
			now[2] = max(now[2], b+row[2])
			now[3] = max(now[3], b+row[3])
			now[4] = max(now[4], b+row[4])
			now[5] = max(now[5], b+row[5])
			now[6] = max(now[6], b+row[6])
			now[7] = max(now[7], b+row[7])
		}
		for y := range now {
			now[y] += emit[y]
		}
		l.best[i] = now
	}
}

// Exponentiate makes l ready for Marginals with t; it must be called again
// whenever t's weights change.
func (l *Lattice) Exponentiate(t *Transitions) { l.trans = exponentials(t) }

// Use makes l ready for Marginals with the transitions of a Tagger.
func (l *Lattice) Use(t *Tagger) { l.trans = t.moves }

// Marginals runs the scaled forward-backward algorithm (Rabiner 1989) over
// the emissions in l.Emit and fills l.Post with the probability of each label
// at each position.
func (l *Lattice) Marginals(t *Transitions, classes []uint8) {
	n := len(classes)
	if n == 0 {
		return
	}
	l.alpha, l.beta = grow(l.alpha, n), grow(l.beta, n)
	l.scale, l.Post = grow(l.scale, n), grow(l.Post, n)
	if vectors {
		forward(&l.alpha[0], &l.beta[0], &l.scale[0], &l.Emit[0], &l.trans[0], &classes[0], n, &labelMasks[t.Labels], &powers)
		backward(&l.alpha[0], &l.beta[0], &l.scale[0], &l.Post[0], &l.trans[0], &classes[0], n)
		return
	}
	l.forward(classes, t.Labels)
	l.backward(classes)
}

// labelMasks[n] has all bits set for the first n labels.
var labelMasks = func() (m [Stride + 1][Stride]int32) {
	for n := range m {
		for y := range n {
			m[n][y] = -1
		}
	}
	return m
}()

// forward fills alpha and scale, and puts the exponentials of the emissions,
// relative to the largest of their position, into beta.
func (l *Lattice) forward(classes []uint8, labels int) {
	for i, class := range classes {
		m := &l.trans[class].from
		var a [Stride]float64
		if i == 0 {
			a = [Stride]float64(m[Stride*Stride:])
		} else {
			for x, v := range &l.alpha[i-1] {
				r := (*[Stride]float64)(m[x*Stride:])
				a[0] += v * r[0]
				a[1] += v * r[1]
				a[2] += v * r[2]
				a[3] += v * r[3]
				a[4] += v * r[4]
				a[5] += v * r[5]
				a[6] += v * r[6]
				a[7] += v * r[7]
			}
		}
		// Emissions are exponentiated relative to the position's largest,
		// which keeps every factor in [0, 1]; they stay in beta until the
		// backward pass.
		emit := &l.Emit[i]
		top := emit[0]
		for _, e := range emit[1:labels] {
			top = max(top, e)
		}
		b := &l.beta[i]
		*b = [Stride]float64{}
		for y, e := range emit[:labels] {
			b[y] = expNeg(float64(top - e))
		}
		sum := 0.0
		for y := range a { // labels that there are not come to 0
			a[y] *= b[y]
			sum += a[y]
		}
		l.scale[i] = 1 / sum
		for y := range a {
			a[y] *= l.scale[i]
		}
		l.alpha[i] = a
	}
}

// backward turns what forward left in beta into emission times backward, and
// fills Post.
func (l *Lattice) backward(classes []uint8) {
	b := [Stride]float64{1, 1, 1, 1, 1, 1, 1, 1}
	for i := len(classes) - 1; ; i-- {
		a, e, post := &l.alpha[i], &l.beta[i], &l.Post[i]
		for y := range b {
			post[y] = float32(a[y] * b[y])
			e[y] *= b[y] * l.scale[i] // emission times backward
		}
		if i == 0 {
			return
		}
		m := &l.trans[classes[i]].from
		for x := range b {
			r := (*[Stride]float64)(m[x*Stride:])
			b[x] = r[0]*e[0] + r[1]*e[1] + r[2]*e[2] + r[3]*e[3] + r[4]*e[4] + r[5]*e[5] + r[6]*e[6] + r[7]*e[7]
		}
	}
}

// edge is the marginal probability of the labels (x, y) at positions i-1 and
// i, valid after Marginals.
func (l *Lattice) edge(classes []uint8, i, x, y int) float64 {
	m := &l.trans[classes[i]].from
	if i == 0 {
		return m[Stride*Stride+y] * l.beta[0][y]
	}
	return l.alpha[i-1][x] * m[x*Stride+y] * l.beta[i][y]
}

// expNeg is exp(-x) for x of 0 or more, to eight digits: a power of two, one
// of 32 steps between two powers, and a polynomial for the rest.
func expNeg(x float64) float64 {
	if x > 700 {
		return 0
	}
	n := int(x * (expSteps / math.Ln2))
	r := float64(n)*(math.Ln2/expSteps) - x // in (-ln2/32, 0]
	p := 1 + r*(1+r*(0.5+r*(1.0/6+r*(1.0/24))))
	return p * powers[n%expSteps] * math.Float64frombits(uint64(1023-n/expSteps)<<52)
}

const expSteps = 32

// powers[i] is 2 to the power of -i/32.
var powers = func() (p [expSteps]float64) {
	for i := range p {
		p[i] = math.Exp2(-float64(i) / expSteps)
	}
	return p
}()
