package train

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/model"
)

// rankings are decisions between candidates of three measurements: the right one
// has the largest first measurement where the second, which all share, is up,
// else the smallest.
func rankings(n int) (groups []rankGroup) {
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range n {
		g := rankGroup{n: 5, fold: i % 2, weight: 1}
		up := rng.IntN(2)
		for k := range g.n {
			row := []float32{float32(rng.IntN(100)), float32(up), float32(rng.IntN(9))}
			g.rows = append(g.rows, row...)
			if r := g.rows[g.right*3]; up == 1 && row[0] > r || up == 0 && row[0] < r {
				g.right = k
			}
		}
		groups = append(groups, g)
	}
	return groups
}

// Growing is a function of data and seed, learns to rank, survives the model's
// file, and stops when it is told to.
func TestGrow(t *testing.T) {
	o := growOptions{Trees: 80, Depth: 4, Rate: 0.2, Lambda: 1, MinHess: 1, RowShare: 0.8, FeatShare: 1, Seed: 5}
	groups := rankings(600)
	a, err := grow(context.Background(), groups, 3, o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := grow(context.Background(), groups, 3, o)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Fatal("same data and seed, two forests")
	}
	m := newForest(a, 3)
	m.Calibration = []forest.Table{{At: []float32{0.2, 0.8}, To: []float32{0.1, 0.9}}}
	p := model.Fingerprint{"features": 7}
	back, err := forest.Decode(m.File(p), p, 3)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(m, back) {
		t.Fatal("the file changes the model")
	}
	if _, err := forest.Decode(m.File(p), model.Fingerprint{"features": 8}, 3); err == nil {
		t.Error("a model of other measurements is read")
	}
	right := 0
	test := rankings(900)[600:]
	for i := range test {
		g := &test[i]
		scores := make([]float32, g.n)
		back.Score(g.rows, scores)
		best := 0
		for k, s := range scores {
			if s > scores[best] {
				best = k
			}
		}
		if best == g.right {
			right++
		}
	}
	if right < 240 {
		t.Errorf("%d of 300 right", right)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := grow(ctx, groups, 3, o); err == nil {
		t.Error("cancelled, and it grows")
	}
}

// The shares of an explanation add up to the difference of two scores.
func TestExplain(t *testing.T) {
	groups := rankings(200)
	trees, err := grow(context.Background(), groups, 3, growOptions{Trees: 20, Depth: 3, Rate: 0.2, Lambda: 1, MinHess: 1, RowShare: 1, FeatShare: 1})
	if err != nil {
		t.Fatal(err)
	}
	m := newForest(trees, 3)
	rows := groups[0].rows[:6]
	scores := make([]float32, 2)
	m.Score(rows, scores)
	diff := float32(0)
	for f, w := range m.Explain(rows[:3]) {
		diff += w.Points - m.Explain(rows[3:6])[f].Points
	}
	if d := diff - (scores[0] - scores[1]); d > 1e-3 || d < -1e-3 {
		t.Errorf("shares differ by %g, scores by %g", diff, scores[0]-scores[1])
	}
}
