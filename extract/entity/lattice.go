package entity

import "math"

// Row is the scores of all labels.
type Row [Labels]float32

// Moves are the scores of moving from a label to another; row Labels is the
// start. Moves that no label may make are not looked at.
type Moves [Labels + 1]Row

// Lattice finds the best labels of a sequence, and their probabilities, under a
// linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).
type Lattice struct {
	Emit []Row // log scores of the labels at each position: to be filled
	Post []Row // probabilities of the labels, after Marginals

	alpha, beta []Row
	best        []Row
	from        [][Labels]uint8
}

// Resize makes room for n positions.
func (l *Lattice) Resize(n int) {
	if cap(l.Emit) < n {
		m := n + n/2
		l.Emit, l.Post = make([]Row, m), make([]Row, m)
		l.alpha, l.beta, l.best = make([]Row, m), make([]Row, m), make([]Row, m)
		l.from = make([][Labels]uint8, m)
	}
	l.Emit, l.Post = l.Emit[:n], l.Post[:n]
	l.alpha, l.beta, l.best, l.from = l.alpha[:n], l.beta[:n], l.best[:n], l.from[:n]
}

const never = -1e30

// Viterbi writes the best labels into path, which is as long as Emit. Ties go
// to the lower label.
func (l *Lattice) Viterbi(m *Moves, path []uint8) {
	n := len(l.Emit)
	if n == 0 {
		return
	}
	for y := range uint8(Labels) {
		l.best[0][y] = never
		if mayStart(y) {
			l.best[0][y] = m[Labels][y] + l.Emit[0][y]
		}
	}
	for i := 1; i < n; i++ {
		was, now := &l.best[i-1], &l.best[i]
		for y := range now {
			top, at := float32(2*never), uint8(0)
			for _, x := range before[y] {
				if s := was[x] + m[x][y]; s > top {
					top, at = s, x
				}
			}
			now[y], l.from[i][y] = top+l.Emit[i][y], at
		}
	}
	y := uint8(0)
	for z := range uint8(Labels) {
		if mayEnd(z) && l.best[n-1][z] > l.best[n-1][y] {
			y = z
		}
	}
	for i := n - 1; i >= 0; i-- {
		path[i] = y
		y = l.from[i][y]
	}
}

// Exp are the exponentials of moves, zero for those that may not be made.
func (m *Moves) Exp() *Moves {
	e := new(Moves)
	for x := range m {
		for y := range uint8(Labels) {
			if x == Labels && mayStart(y) || x < Labels && mayFollow(uint8(x), y) {
				e[x][y] = float32(math.Exp(float64(m[x][y])))
			}
		}
	}
	return e
}

// Marginals fills Post by the scaled forward-backward algorithm (Rabiner 1989);
// e are the exponentials of the moves.
func (l *Lattice) Marginals(e *Moves) {
	n := len(l.Emit)
	if n == 0 {
		return
	}
	for i := range n {
		top := l.Emit[i][0]
		for _, v := range l.Emit[i] {
			top = max(top, v)
		}
		sum := float32(0)
		for y := range uint8(Labels) {
			l.best[i][y] = float32(math.Exp(float64(l.Emit[i][y] - top)))
			a := float32(0)
			if i == 0 {
				a = e[Labels][y]
			} else {
				for _, x := range before[y] {
					a += l.alpha[i-1][x] * e[x][y]
				}
			}
			if i == n-1 && !mayEnd(y) {
				a = 0
			}
			a *= l.best[i][y]
			l.alpha[i][y] = a
			sum += a
		}
		scale := 1 / max(sum, 1e-30)
		for y := range l.alpha[i] {
			l.alpha[i][y] *= scale
			l.best[i][y] *= scale // the emission, scaled alike
		}
	}
	for y := range uint8(Labels) {
		l.beta[n-1][y] = 0
		if mayEnd(y) {
			l.beta[n-1][y] = 1
		}
	}
	for i := n - 1; i > 0; i-- {
		b := &l.beta[i-1]
		*b = Row{}
		for y := range uint8(Labels) {
			v := l.best[i][y] * l.beta[i][y]
			if v == 0 {
				continue
			}
			for _, x := range before[y] {
				b[x] += e[x][y] * v
			}
		}
	}
	for i := range n {
		for y := range l.Post[i] {
			l.Post[i][y] = l.alpha[i][y] * l.beta[i][y]
		}
	}
}

// Edge is the probability of labels x and y at positions i-1 and i, after
// Marginals.
func (l *Lattice) Edge(e *Moves, i int, x, y uint8) float32 {
	return l.alpha[i-1][x] * e[x][y] * l.best[i][y] * l.beta[i][y]
}

// Before lists the labels that may stand right before label y.
func Before(y uint8) []uint8 { return before[y] }
