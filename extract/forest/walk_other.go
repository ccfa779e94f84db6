//go:build !amd64

package forest

// sumFours adds to s what so many fours of trees from t on say of a row.
func (m *Model) sumFours(t, fours int, row []float32, s float32) float32 {
	return m.walkFours(t, fours, row, s)
}
