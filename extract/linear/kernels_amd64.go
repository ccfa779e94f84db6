package linear

import "golang.org/x/sys/cpu"

// vectors tells whether the processor has the instructions of kernels_amd64.s
// and lattice_amd64.s.
var vectors = cpu.X86.HasAVX2 && cpu.X86.HasBMI2

// The functions in assembly trust their arguments: shift must lead into slots,
// rows into cells, classes into trans, and slices must be as long as is said.

// touch64 asks memory for the slots of n hashes, and does not wait.
//
//go:noescape
func touch64(slots *uint64, shift uint64, hashes *uint64, n int)

// emit is Tagger.Emit of four hashes or more.
//
//go:noescape
func emit(slots *uint64, shift uint64, hashes *uint64, n int, scale float32, e *Row)

// triplesSum is Triples.Sum of eight hashes or more.
//
//go:noescape
func triplesSum(slots *uint32, shift uint64, hashes *uint64, n int) uint64

// placeTouch is Layout.Place of n values; it asks memory for the slots that
// they lead to, and does not wait.
//
//go:noescape
func placeTouch(values *uint64, n int, base, size *uint64, slots *uint32, shift uint64)

// rowsTouch is Slots.Rows of n hashes; it asks memory for the rows' cells, 64
// bytes each, and does not wait.
//
//go:noescape
func rowsTouch(hashes *uint64, n int, slots *uint32, shift uint64, rows *uint32, cells *byte) int

// bestOf64 is BestSum of n rows: the column and, in the upper 16 of 32 bits, by
// how much its sum falls short of 32767.
//
//go:noescape
func bestOf64(cells *byte, rows *uint32, n int, allowed uint64) int

// bestOf32 is bestOf64 of n rows where none but the first 32 columns are allowed.
//
//go:noescape
func bestOf32(cells *byte, rows *uint32, n int, allowed uint64) int

// viterbi is Lattice.viterbi.
//
//go:noescape
func viterbi(best, emit *Row, weights *float32, classes *uint8, n, labels int)

// forward is Lattice.forward.
//
//go:noescape
func forward(alpha, beta *[Stride]float64, scale *float64, emit *Row, trans *moves, classes *uint8, n int, mask *[Stride]int32, powers *[expSteps]float64)

// backward is Lattice.backward.
//
//go:noescape
func backward(alpha, beta *[Stride]float64, scale *float64, post *Row, trans *moves, classes *uint8, n int)
