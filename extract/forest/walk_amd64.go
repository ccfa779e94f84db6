package forest

// walked is how many trees are walked at a time in assembly, each of levels.
const walked = 8

// sumSome adds to s what the trees whose nodes stand in [t, end) say of a row, as
// far as they are walked in assembly, and tells where those end.
func (m *Model) sumSome(t, end int, row []float32, s float32) (int, float32) {
	eights := (end - t) / (walked << levels)
	if m.depth != levels || eights == 0 {
		return t, s
	}
	n := eights * walked << levels
	return t + n, walk(&m.nodes[t:][:n][0], &m.leaves[t:][:n][0], eights, &row[:m.Width][0], s)
}

// walk adds to s what so many eights of trees say of a row, in the trees' order. It
// trusts its arguments: every tree has the nodes and leaves of levels, and the row
// every measurement that a node asks for.
//
//go:noescape
func walk(nodes *flat, leaves *float32, eights int, row *float32, s float32) float32
