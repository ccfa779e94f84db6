package linear

import "fmt"

// Index finds the row of a feature by its hash: an open-addressed table with
// linear probing, at most half full, that is built once and then only read.
// Row 0 is "not there"; real rows count from 1.
type Index struct {
	mask uint64
	keys []uint64 // 0 is an empty slot
	rows []uint32
}

// NewIndex gives the hashes rows 1, 2, … in their order. It returns an error
// when two of them are equal or one is 0: then the features cannot be told
// apart.
func NewIndex(hashes []uint64) (*Index, error) {
	size := 16
	for size < 2*len(hashes) {
		size *= 2
	}
	x := &Index{mask: uint64(size - 1), keys: table[uint64](size), rows: table[uint32](size)}
	for i, h := range hashes {
		slot := x.find(h)
		if h == 0 || x.keys[slot] == h {
			return nil, fmt.Errorf("index %d features: hash %#x is taken", len(hashes), h)
		}
		x.keys[slot], x.rows[slot] = h, uint32(i+1)
	}
	return x, nil
}

// Row is the row of a hash, 0 when it has none.
func (x *Index) Row(h uint64) uint32 {
	if slot := x.find(h); x.keys[slot] == h {
		return x.rows[slot]
	}
	return 0
}

// find returns the slot that holds h, or the empty one where it would be.
func (x *Index) find(h uint64) uint64 {
	slot := h & x.mask
	for x.keys[slot] != h && x.keys[slot] != 0 {
		slot = (slot + 1) & x.mask
	}
	return slot
}
