//go:build !linux

package linear

// table makes a slice of n words for a table that is read at random.
func table[T uint8 | uint32 | uint64](n int) []T { return make([]T, n) }
