package linear

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestLattice compares both decoders with the sum and the best over all ways
// to label short sequences.
func TestLattice(t *testing.T) {
	const labels, classes = 3, 2
	random := rand.New(rand.NewPCG(1, 0))
	for range 200 {
		trans := NewTransitions(labels, classes)
		for i := range trans.Weights {
			trans.Weights[i] = float32(4 * random.NormFloat64())
		}
		var l Lattice
		var into []uint8
		for range 1 + random.IntN(5) {
			var e Row
			for y := range labels {
				e[y] = float32(6 * random.NormFloat64())
			}
			l.Emit = append(l.Emit, e)
			into = append(into, uint8(random.IntN(classes)))
		}
		n := len(into)
		best, most, all := []uint8(nil), math.Inf(-1), 0.0
		post := make([][labels]float64, n)
		edges := make([][labels][labels]float64, n)
		for code := range int(math.Pow(labels, float64(n))) {
			way := make([]uint8, n)
			score, from := 0.0, Stride
			for i, c := 0, code; i < n; i, c = i+1, c/labels {
				y := c % labels
				way[i] = uint8(y)
				score += float64(trans.into(into[i])[from*Stride+y]) + float64(l.Emit[i][y])
				from = y
			}
			if score > most {
				best, most = way, score
			}
			p := math.Exp(score)
			all += p
			for i, y := range way {
				post[i][y] += p
				if i > 0 {
					edges[i][way[i-1]][y] += p
				}
			}
		}
		if got := l.Viterbi(trans, into, []uint8{9}); string(got[1:]) != string(best) || got[0] != 9 {
			t.Fatalf("labels %v, want %v", got[1:], best)
		}
		l.Exponentiate(trans)
		l.Marginals(trans, into)
		near := func(what string, got, want float64) {
			if math.Abs(got-want/all) > 1e-6 {
				t.Fatalf("%s: %g, want %g", what, got, want/all)
			}
		}
		for i := range n {
			for y := range labels {
				near("label", float64(l.Post[i][y]), post[i][y])
				if i == 0 {
					near("first", l.edge(into, 0, 0, y), post[0][y])
					continue
				}
				for x := range labels {
					near("edge", l.edge(into, i, x, y), edges[i][x][y])
				}
			}
		}
	}
}

// FuzzLattice compares the loops over eight labels at a time with the plain
// ones, bit by bit.
func FuzzLattice(f *testing.F) {
	f.Add(uint64(1), uint8(40), uint8(7), float32(6))
	f.Add(uint64(2), uint8(1), uint8(1), float32(900))
	f.Add(uint64(3), uint8(9), uint8(8), float32(0))
	f.Fuzz(func(t *testing.T, seed uint64, length, labels uint8, scale float32) {
		if length == 0 || labels == 0 || labels > Stride || !(scale >= 0 && scale < 1e6) {
			return
		}
		const classes = 3
		random := rand.New(rand.NewPCG(seed, 2))
		trans := NewTransitions(int(labels), classes)
		for i := range trans.Weights {
			trans.Weights[i] = float32(3 * random.NormFloat64())
		}
		var fast, plain Lattice
		var into []uint8
		for range length {
			var e Row
			for y := range labels {
				e[y] = scale * float32(random.NormFloat64())
			}
			fast.Emit = append(fast.Emit, e)
			into = append(into, uint8(random.IntN(classes)))
		}
		n := len(into)
		fast.Exponentiate(trans)
		fast.Marginals(trans, into)
		path := fast.Viterbi(trans, into, nil)

		plain.Emit, plain.trans = fast.Emit, fast.trans
		plain.alpha, plain.beta = make([][Stride]float64, n), make([][Stride]float64, n)
		plain.scale, plain.Post, plain.best = make([]float64, n), make([]Row, n), make([]Row, n)
		plain.forward(into, int(labels))
		plain.backward(into)
		plain.best[0] = fast.best[0]
		plain.viterbi(trans, into)
		for i := range n {
			for y := range labels {
				if math.Float32bits(fast.Post[i][y]) != math.Float32bits(plain.Post[i][y]) {
					t.Fatalf("position %d of %d, label %d: probability %v, want %v", i, n, y, fast.Post[i][y], plain.Post[i][y])
				}
				if fast.best[i][y] != plain.best[i][y] {
					t.Fatalf("position %d of %d, label %d: best %v, want %v", i, n, y, fast.best[i][y], plain.best[i][y])
				}
			}
		}
		if len(path) != n {
			t.Fatalf("%d labels for %d positions", len(path), n)
		}
	})
}

func TestExpNeg(t *testing.T) {
	for x := 0.0; x < 720; x += 0.0137 {
		if got, want := expNeg(x), math.Exp(-x); math.Abs(got-want) > 2e-8*want+1e-304 {
			t.Fatalf("exp(-%g) = %g, want %g", x, got, want)
		}
	}
}

func BenchmarkLattice(b *testing.B) {
	const n = 60
	random := rand.New(rand.NewPCG(1, 0))
	trans := NewTransitions(7, 1)
	for i := range trans.Weights {
		trans.Weights[i] = float32(random.NormFloat64())
	}
	l := Lattice{Emit: make([]Row, n)}
	for i := range l.Emit {
		for y := range 7 {
			l.Emit[i][y] = float32(3 * random.NormFloat64())
		}
	}
	into := make([]uint8, n)
	l.Exponentiate(trans)
	b.Run("Viterbi", func(b *testing.B) {
		var path []uint8
		for b.Loop() {
			path = l.Viterbi(trans, into, path[:0])
		}
	})
	b.Run("Marginals", func(b *testing.B) {
		for b.Loop() {
			l.Marginals(trans, into)
		}
	})
}
