//go:build !amd64

package linear

// Without kernels_amd64.s the plain loops do the work, and nothing calls these.
const vectors = false

func touch64(*uint64, uint64, *uint64, int)                       { panic("no vectors") }
func emit(*uint64, uint64, *uint64, int, float32, *Row)           { panic("no vectors") }
func triplesSum(*uint32, uint64, *uint64, int) uint64             { panic("no vectors") }
func placeTouch(*uint64, int, *uint64, *uint64, *uint32, uint64)  { panic("no vectors") }
func rowsTouch(*uint64, int, *uint32, uint64, *uint32, *byte) int { panic("no vectors") }
func bestOf64(*byte, *uint32, int, uint64) int                    { panic("no vectors") }
func bestOf32(*byte, *uint32, int, uint64) int                    { panic("no vectors") }
func viterbi(*Row, *Row, *float32, *uint8, int, int)              { panic("no vectors") }
func forward(*[Stride]float64, *[Stride]float64, *float64, *Row, *moves, *uint8, int, *[Stride]int32, *[expSteps]float64) {
	panic("no vectors")
}
func backward(*[Stride]float64, *[Stride]float64, *float64, *Row, *moves, *uint8, int) {
	panic("no vectors")
}
