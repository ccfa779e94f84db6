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
