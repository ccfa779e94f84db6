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
// trees meets no more of them: on PolNeAR dev none so far behind comes back, and
// most of thirty candidates are out after the first round.
const (
	round    = 16
	hopeless = 5
)

// score adds the sum of the trees' values for each candidate to out, as far
// as it matters. It goes tree by tree, so that a tree stays in the nearest
// cache for all candidates, and takes four of them at a time, so that none
// waits for another's loads.
func (f *forest) score(choices []Choice, out []float32) {
	size := 1 << f.depth
	var buffer [maxCandidates]uint8
	live := buffer[:0]
	for k := range choices {
		live = append(live, uint8(k))
	}
	for t := 0; t < len(f.nodes); t += size {
		if n := t / size; n > 0 && n%round == 0 && len(live) > 1 {
			live = drop(live, out)
		}
		nodes, leaves := f.nodes[t:t+size], f.leaves[t:t+size]
		k := 0
		for ; k+4 <= len(live); k += 4 {
			w, x, y, z := live[k], live[k+1], live[k+2], live[k+3]
			a, b, c, d := &choices[w].Features, &choices[x].Features, &choices[y].Features, &choices[z].Features
			var i, j, l, m uint
			for range f.depth {
				i, j, l, m = step(nodes, i, a), step(nodes, j, b), step(nodes, l, c), step(nodes, m, d)
			}
			first := uint(size) - 1
			out[w] += leaves[i-first]
			out[x] += leaves[j-first]
			out[y] += leaves[l-first]
			out[z] += leaves[m-first]
		}
		for ; k < len(live); k++ {
			i, a := uint(0), &choices[live[k]].Features
			for range f.depth {
				i = step(nodes, i, a)
			}
			out[live[k]] += leaves[i+1-uint(size)]
		}
	}
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
func step(nodes []flatNode, i uint, f *[numFeatures]float32) uint {
	n := &nodes[i]
	right := uint(0)
	if f[n.feature] > n.cut {
		right = 1
	}
	return 2*i + 1 + right
}
