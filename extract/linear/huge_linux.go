package linear

import (
	"syscall"
	"unsafe"
)

// hugePage is the size of the pages that tables are asked to live on.
const hugePage = 2 << 20

// table makes a slice of n words for a table that is read at random. The
// system is asked for huge pages: with small ones the processor looks up a
// page's place nearly as often as it reads a weight. Where it has none to
// give, the table works as any other.
func table[T uint8 | uint32 | uint64](n int) []T {
	size := int(unsafe.Sizeof(T(0)))
	if n*size < hugePage {
		return make([]T, n)
	}
	pages := (n*size + hugePage - 1) / hugePage
	all := make([]T, (pages+1)*hugePage/size)
	skip := -int(uintptr(unsafe.Pointer(&all[0]))) & (hugePage - 1)
	x := all[skip/size:][:n:n]
	_ = syscall.Madvise(unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), pages*hugePage), syscall.MADV_HUGEPAGE)
	return x
}
