package forest

import (
	"math"
	"math/rand/v2"
	"testing"
)

// random grows a tree of at most so many levels.
func random(r *rand.Rand, t *Tree, width, levels int) uint16 {
	n := uint16(len(t.Nodes))
	t.Nodes = append(t.Nodes, Node{Feature: uint8(r.IntN(width)), Cut: r.Float32(), Value: r.Float32()})
	if levels > 0 && r.IntN(5) > 0 {
		left := random(r, t, width, levels-1)
		right := random(r, t, width, levels-1)
		t.Nodes[n].Left, t.Nodes[n].Right = left, right
	}
	return n
}

// plain is the value of the leaf to which a row leads, by the tree as it is
// trained.
func (t *Tree) plain(row []float32) float32 {
	n := &t.Nodes[0]
	for n.Left != 0 {
		next := n.Left
		if row[n.Feature] > n.Cut {
			next = n.Right
		}
		n = &t.Nodes[next]
	}
	return n.Value
}

// TestScore holds the walk of trees laid flat to that of the trees as they are.
func TestScore(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, levels := range []int{0, 1, 4, 5, 6, 8} {
		for _, trees := range []int{1, 3, 4, 16, 23, 70} {
			m := Model{Width: 1 + r.IntN(200)}
			for range trees {
				var tree Tree
				random(r, &tree, m.Width, levels)
				m.Trees = append(m.Trees, tree)
			}
			m.Lay()
			row, score := make([]float32, m.Width), make([]float32, 1)
			for range 20 {
				for k := range row {
					if row[k] = r.Float32(); r.IntN(4) == 0 { // a cut itself, or no number
						row[k] = m.Trees[r.IntN(trees)].Nodes[0].Cut
					} else if r.IntN(50) == 0 {
						row[k] = float32(math.NaN())
					}
				}
				want := float32(0)
				for k := range m.Trees {
					want += m.Trees[k].plain(row)
				}
				if m.Score(row, score); score[0] != want {
					t.Fatalf("%d trees of %d levels: %v, want %v", trees, levels, score[0], want)
				}
				if got := m.walkFours(0, trees/4, row, 0); got != m.sum(0, trees/4*4<<m.depth, row, 0) {
					t.Fatalf("%d trees of %d levels: the plain walk gives another sum", trees, levels)
				}
			}
		}
	}
}

// BenchmarkScore ranks candidates as they come in an article: sixteen, most of
// them out after the first round.
func BenchmarkScore(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	m := Model{Width: 42}
	for range 200 {
		var tree Tree
		random(r, &tree, m.Width, 5)
		m.Trees = append(m.Trees, tree)
	}
	m.Lay()
	const candidates = 16
	rows, scores := make([]float32, 64*candidates*m.Width), make([]float32, candidates)
	for i := range rows {
		rows[i] = r.Float32()
	}
	i := 0
	for b.Loop() {
		m.Score(rows[i%64*candidates*m.Width:][:candidates*m.Width], scores)
		i++
	}
}
