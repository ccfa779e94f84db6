package speaker

// forest is a model's trees laid out for speed: every tree filled up to one
// depth, its nodes in the order of a heap (the children of i are 2i+1 and
// 2i+2), so that a candidate goes down without looking up where to and
// without a branch that the processor could guess wrong.
type forest struct {
	depth  int
	nodes  []flatNode // 1<<depth of each tree, the last of them unused
	leaves []float32  // 1<<depth of each tree
}

// flatNode sends a candidate to the right when its measurement is above cut.
type flatNode struct {
	cut     float32
	feature uint32
}

// lay lays a model's trees out. A nil model gives nil.
func lay(m *Model) *forest {
	if m == nil {
		return nil
	}
	f := &forest{}
	for t := range m.Trees {
		f.depth = max(f.depth, m.Trees[t].depth(0))
	}
	size := 1 << f.depth
	f.nodes = make([]flatNode, size*len(m.Trees))
	f.leaves = make([]float32, size*len(m.Trees))
	for t := range m.Trees {
		f.fill(m.Trees[t].Nodes, 0, 0, f.depth, f.nodes[t*size:(t+1)*size], f.leaves[t*size:(t+1)*size])
	}
	return f
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
func (f *forest) fill(tree []Node, n uint16, at, levels int, nodes []flatNode, leaves []float32) {
	node := &tree[n]
	if levels == 0 {
		leaves[at-(1<<f.depth-1)] = node.Value
		return
	}
	left, right := node.Left, node.Right
	if left == 0 {
		left, right = n, n
	} else {
		nodes[at] = flatNode{node.Cut, uint32(node.Feature)}
	}
	f.fill(tree, left, 2*at+1, levels-1, nodes, leaves)
	f.fill(tree, right, 2*at+2, levels-1, nodes, leaves)
}

// A candidate that has fallen behind the best by hopeless after a round of
// trees meets no more of them: on PolNeAR dev, the world news and our own
// stories none so far behind came back, and most of thirty candidates are out
// after the first round.
const (
	round    = 16
	hopeless = 4
)

// score adds the sum of the trees' values for each candidate to out, as far
// as it matters. Each candidate goes down four trees at a time, so that none
// waits for another's loads.
func (f *forest) score(choices []Choice, out []float32) {
	var buffer [maxCandidates]uint8
	live := buffer[:len(choices)]
	for k := range live {
		live[k] = uint8(k)
	}
	size := 1 << f.depth
	for t := 0; t < len(f.nodes); t += round * size {
		if t > 0 && len(live) > 1 {
			live = drop(live, out)
		}
		end := min(t+round*size, len(f.nodes))
		for _, k := range live {
			out[k] = f.sum(t, end, &choices[k].Features, out[k])
		}
	}
}

// sum adds to s what the trees whose nodes stand in [t, end) say of a
// candidate.
func (f *forest) sum(t, end int, row *[numFeatures]float32, s float32) float32 {
	size := 1 << f.depth
	for ; t+4*size <= end; t += 4 * size {
		a, b, c, d := f.nodes[t:t+size], f.nodes[t+size:t+2*size], f.nodes[t+2*size:t+3*size], f.nodes[t+3*size:t+4*size]
		var i, j, k, l int
		for range f.depth {
			i, j, k, l = step(a, i, row), step(b, j, row), step(c, k, row), step(d, l, row)
		}
		t := t + 1 - size
		s += f.leaves[t+i]
		s += f.leaves[t+j+size]
		s += f.leaves[t+k+2*size]
		s += f.leaves[t+l+3*size]
	}
	for ; t < end; t += size {
		i := 0
		for range f.depth {
			i = step(f.nodes[t:t+size], i, row)
		}
		s += f.leaves[t+i+1-size]
	}
	return s
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

// step is the child of node i to which measurements f lead.
func step(nodes []flatNode, i int, f *[numFeatures]float32) int {
	n := &nodes[i]
	right := 0
	if f[n.feature] > n.cut {
		right = 1
	}
	return 2*i + 1 + right
}
