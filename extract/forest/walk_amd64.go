package forest

// sumFours adds to s what so many fours of trees from t on say of a row.
func (m *Model) sumFours(t, fours int, row []float32, s float32) float32 {
	n := fours * 4 << m.depth
	return walk(&m.nodes[t:][:n][0], &m.leaves[t:][:n][0], fours, 1<<m.depth, &row[:m.Width][0], s)
}

// walk is walkFours. It trusts its arguments: every tree has size nodes and
// leaves, and the row every measurement that a node asks for.
//
//go:noescape
func walk(nodes *flat, leaves *float32, fours, size int, row *float32, s float32) float32
