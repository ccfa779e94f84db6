package near

import (
	"math/bits"
	"sync/atomic"
)

// Sketch remembers in a fixed amount of memory which hashes came more than
// once. It may take a hash for another, never the other way around.
type Sketch struct {
	once, twice []uint32
	shift       int
}

// NewSketch makes a sketch for about so many hashes that takes at most memory bytes.
func NewSketch(hashes, memory int64) *Sketch {
	// Two bits a hash, and at least twice as many places as hashes while the memory lasts.
	size := uint64(1) << 12
	for size < 2*uint64(hashes) && size*2/4 <= uint64(memory) {
		size *= 2
	}
	return &Sketch{once: make([]uint32, size/32), twice: make([]uint32, size/32), shift: 64 - bits.TrailingZeros64(size)}
}

// Add counts a hash. Safe for concurrent use; the order makes no difference.
func (k *Sketch) Add(hash uint64) {
	at := hash >> k.shift
	bit := uint32(1) << (at & 31)
	if atomic.LoadUint32(&k.once[at>>5])&bit != 0 || atomic.OrUint32(&k.once[at>>5], bit)&bit != 0 {
		atomic.OrUint32(&k.twice[at>>5], bit)
	}
}

// Meet counts a hash if it was added before, by whichever item, and tells
// whether it was. Not together with Add.
func (k *Sketch) Meet(hash uint64) bool {
	at := hash >> k.shift
	bit := uint32(1) << (at & 31)
	if k.once[at>>5]&bit == 0 {
		return false
	}
	if atomic.LoadUint32(&k.twice[at>>5])&bit == 0 {
		atomic.OrUint32(&k.twice[at>>5], bit)
	}
	return true
}

// Repeated tells whether a hash came more than once.
func (k *Sketch) Repeated(hash uint64) bool {
	at := hash >> k.shift
	return k.twice[at>>5]&(1<<(at&31)) != 0
}

// Tally counts some hashes, as far as it makes a difference: in a group of more
// items than allPairs, hashes of a weight below 2 (Value) make no pairs.
type Tally map[uint64]*atomic.Int32

// Follow lets a hash be counted.
func (t Tally) Follow(hash uint64) {
	if t[hash] == nil {
		t[hash] = new(atomic.Int32)
	}
}

// Few counts a hash, and tells whether the item that has it may still be in a
// group that makes pairs. Hashes that are not followed are in none. Safe for
// concurrent use, other than with Follow.
func (t Tally) Few(hash uint64) bool {
	n := t[hash]
	return n != nil && n.Load() <= allPairs && n.Add(1) <= allPairs+1
}
