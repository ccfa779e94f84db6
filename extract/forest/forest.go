// Package forest ranks candidates by a sum of small regression trees.
//
// In go the measurements of each candidate, a row of numbers; out comes a
// score for each, whose softmax over the candidates is a probability. A model
// also holds tables that turn the winner's raw probability into a calibrated
// one. It knows nothing of what is measured, does no I/O and is read-only once
// made: coref and attribution fill the rows, extract/train grows the trees.
//
// All trees are laid out to one depth, several are walked at a time (eight in
// assembly on amd64, where they have five levels), and a candidate that has fallen far behind after a round of trees
// meets no more of them.
package forest

import "math"

// Node sends a candidate left when its measurement is at most Cut, else to
// the right; a leaf has Left 0 and gives Value.
type Node struct {
	Feature     uint8
	Left, Right uint16
	Cut, Value  float32
}

// Tree is a binary tree of decisions on measurements, root first.
type Tree struct{ Nodes []Node }

// Table maps a raw probability to a calibrated one by straight lines between
// points; At and To rise together.
type Table struct{ At, To []float32 }

// Model is a trained ranker.
type Model struct {
	Width       int // length of a row
	Trees       []Tree
	Calibration []Table

	depth  int
	nodes  []flat    // 1<<depth of each tree, the first of them unused
	leaves []float32 // 1<<depth of each tree
}

// flat sends a candidate down to the left when its measurement is below cut,
// which is the number next above that of the node. The children of node i are 2i
// (right) and 2i+1 (left); the root is node 1.
type flat struct {
	cut     float32
	feature uint32
}

// levels of a tree are what the trained forests have; flatter ones are laid out to
// as many.
const levels = 5

// Lay makes the model ready to score.
func (m *Model) Lay() {
	m.depth = levels
	for t := range m.Trees {
		m.depth = max(m.depth, m.Trees[t].depth(0))
	}
	size := 1 << m.depth
	m.nodes = make([]flat, size*len(m.Trees))
	m.leaves = make([]float32, size*len(m.Trees))
	for t := range m.Trees {
		m.fill(m.Trees[t].Nodes, 0, 1, m.depth, m.nodes[t*size:(t+1)*size], m.leaves[t*size:(t+1)*size])
	}
}

// depth is the number of decisions on the longest way down from node n.
func (t *Tree) depth(n uint16) int {
	if t.Nodes[n].Left == 0 {
		return 0
	}
	return 1 + max(t.depth(t.Nodes[n].Left), t.depth(t.Nodes[n].Right))
}

// fill puts node n of a tree at place at, with so many levels left below; a
// leaf that comes early gives its value to every leaf below its place.
func (m *Model) fill(tree []Node, n uint16, at, levels int, nodes []flat, leaves []float32) {
	node := &tree[n]
	if levels == 0 {
		leaves[at-1<<m.depth] = node.Value
		return
	}
	left, right := node.Left, node.Right
	if left == 0 {
		left, right = n, n
	} else {
		nodes[at] = flat{math.Nextafter32(node.Cut, math.MaxFloat32), uint32(node.Feature)}
	}
	m.fill(tree, left, 2*at+1, levels-1, nodes, leaves)
	m.fill(tree, right, 2*at, levels-1, nodes, leaves)
}

// A candidate that has fallen behind the best by hopeless after a round of
// trees meets no more of them: none so far behind came back on the sets that
// the models are tuned on, and most of thirty candidates are out after the
// first round.
const (
	round    = 16
	hopeless = 4
	maxLive  = 64
)

// Score writes to out the sum of the trees' values for each row, as far as it
// matters; rows[k*Width:] is candidate k's. At most 64 candidates.
func (m *Model) Score(rows []float32, out []float32) {
	clear(out)
	var buffer [maxLive]uint8
	live := buffer[:len(out)]
	for k := range live {
		live[k] = uint8(k)
	}
	size := 1 << m.depth
	for t := 0; t < len(m.nodes); t += round * size {
		if t > 0 && len(live) > 1 {
			live = drop(live, out)
		}
		end := min(t+round*size, len(m.nodes))
		for _, k := range live {
			out[k] = m.sum(t, end, rows[int(k)*m.Width:(int(k)+1)*m.Width], out[k])
		}
	}
}

// sum adds to s what the trees whose nodes stand in [t, end) say of a row.
func (m *Model) sum(t, end int, row []float32, s float32) float32 {
	t, s = m.sumSome(t, end, row, s)
	size := 1 << m.depth
	if fours := (end - t) / (4 * size); fours > 0 {
		s = m.walkFours(t, fours, row, s)
		t += fours * 4 * size
	}
	for ; t < end; t += size {
		i := 1
		for range m.depth {
			i = step(m.nodes[t:t+size], i, row)
		}
		s += m.leaves[t+i-size]
	}
	return s
}

// walkFours adds to s what so many fours of trees from t on say of a row, in the
// trees' order.
func (m *Model) walkFours(t, fours int, row []float32, s float32) float32 {
	size := 1 << m.depth
	for ; fours > 0; fours-- {
		a, b, c, d := m.nodes[t:t+size], m.nodes[t+size:t+2*size], m.nodes[t+2*size:t+3*size], m.nodes[t+3*size:t+4*size]
		i, j, k, l := 1, 1, 1, 1
		for range m.depth {
			i, j, k, l = step(a, i, row), step(b, j, row), step(c, k, row), step(d, l, row)
		}
		s += m.leaves[t+i-size]
		s += m.leaves[t+j]
		s += m.leaves[t+k+size]
		s += m.leaves[t+l+2*size]
		t += 4 * size
	}
	return s
}

// step is the child of node i to which a row leads.
func step(nodes []flat, i int, row []float32) int {
	n := &nodes[i]
	if row[n.feature] >= n.cut {
		return 2 * i
	}
	return 2*i + 1
}

// drop leaves the candidates that may still win.
func drop(live []uint8, out []float32) []uint8 {
	best := out[live[0]]
	for _, k := range live {
		best = max(best, out[k])
	}
	kept := live[:0]
	for _, k := range live {
		if out[k] >= best-hopeless {
			kept = append(kept, k)
		}
	}
	return kept
}

// Weight is one measurement's share in a score.
type Weight struct {
	Feature int
	Points  float32
}

// Explain splits a row's score over its measurements: at every decision the
// change in the mean value of the leaves below goes to what was measured
// there. The shares and the trees' means add up to the score.
func (m *Model) Explain(row []float32) []Weight {
	out := make([]Weight, m.Width)
	for f := range out {
		out[f].Feature = f
	}
	size := 1 << m.depth
	mean := make([]float32, 2*size)
	for t := 0; t < len(m.nodes); t += size {
		copy(mean[size:], m.leaves[t:t+size])
		for i := size - 1; i > 0; i-- {
			mean[i] = (mean[2*i] + mean[2*i+1]) / 2
		}
		i := 1
		for range m.depth {
			n := step(m.nodes[t:t+size], i, row)
			out[m.nodes[t+i].feature].Points += mean[n] - mean[i]
			i = n
		}
	}
	return out
}

// Calibrate maps the raw probability p of a winner by table k.
func (m *Model) Calibrate(k int, p float32) float32 {
	if k >= len(m.Calibration) {
		return p
	}
	return m.Calibration[k].at(p)
}

// at is the table's value at p.
func (t *Table) at(p float32) float32 {
	n := len(t.At)
	switch {
	case n == 0:
		return p
	case p <= t.At[0]:
		return t.To[0]
	case p >= t.At[n-1]:
		return t.To[n-1]
	}
	k := 1
	for t.At[k] < p {
		k++
	}
	w := (p - t.At[k-1]) / float32(math.Max(1e-9, float64(t.At[k]-t.At[k-1])))
	return t.To[k-1] + w*(t.To[k]-t.To[k-1])
}

// Softmax turns scores into probabilities.
func Softmax(scores []float32, p []float64) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	sum := 0.0
	for k, s := range scores {
		p[k] = 0
		if x := float64(s - top); x > -40 { // less adds nothing
			p[k] = math.Exp(x)
			sum += p[k]
		}
	}
	for k := range p[:len(scores)] {
		p[k] /= sum
	}
}
