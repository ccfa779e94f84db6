package index

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"maps"
	"math/bits"
	"slices"
)

// chunkBits says how many statements a chunk of sets has: 1<<chunkBits. Tests
// have fewer, so that small corpora have many chunks.
var chunkBits = maxChunkBits

const maxChunkBits = 16

func chunkOf(n int64) int64 { return n >> chunkBits }

// bitset is some of the statements of a chunk: bit i is statement
// chunk<<chunkBits + i.
type bitset [1 << maxChunkBits / 64]uint64

// fill puts in statements from to below end.
func (b *bitset) fill(from, end int64) {
	for i := from; i < end; i++ {
		b[i/64] |= 1 << (i % 64)
	}
}

func (b *bitset) add(i int64) { b[i/64] |= 1 << (i % 64) }

// and keeps what is in o as well.
func (b *bitset) and(o *bitset) {
	for i := range b {
		b[i] &= o[i]
	}
}

// without drops what is in o.
func (b *bitset) without(o *bitset) {
	for i := range b {
		b[i] &^= o[i]
	}
}

func (b *bitset) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// all visits what is in b, in order.
func (b *bitset) all(yield func(int64) bool) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			if !yield(int64(i*64 + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// bounds are the first and last in b, which must not be empty.
func (b *bitset) bounds() (first, last int64) {
	for i := range b {
		if b[i] != 0 {
			first = int64(i*64 + bits.TrailingZeros64(b[i]))
			break
		}
	}
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] != 0 {
			return first, int64(i*64 + 63 - bits.LeadingZeros64(b[i]))
		}
	}
	return first, first
}

// wholeBytes is the size of a stored set that is a bit a statement; shorter ones
// are lists of two bytes a statement.
const wholeBytes = 1 << maxChunkBits / 8

// packSet stores a set, whose members ascend, in the shorter of the two ways.
func packSet(members []uint16) []byte {
	if 2*len(members) < wholeBytes {
		out := make([]byte, 0, 2*len(members))
		for _, m := range members {
			out = binary.LittleEndian.AppendUint16(out, m)
		}
		return out
	}
	out := make([]byte, wholeBytes)
	for _, m := range members {
		out[m/8] |= 1 << (m % 8)
	}
	return out
}

// or puts in a stored set.
func (b *bitset) or(stored []byte) error {
	if len(stored) == wholeBytes {
		for i := range b {
			b[i] |= binary.LittleEndian.Uint64(stored[8*i:])
		}
		return nil
	}
	if len(stored)%2 != 0 || len(stored) > wholeBytes {
		return fmt.Errorf("a set has %d bytes", len(stored))
	}
	for i := 0; i < len(stored); i += 2 {
		b.add(int64(binary.LittleEndian.Uint16(stored[i:])))
	}
	return nil
}

const insertSet = `INSERT INTO sets VALUES (?, ?, ?)`

// setWriter gathers the sets of one chunk after the other.
type setWriter struct {
	insert  *sql.Stmt
	chunk   int64
	members map[string][]uint16
}

// add puts statement n into the set of a token. Statements come in order.
func (w *setWriter) add(n int64, token string) error {
	if c := chunkOf(n); c != w.chunk {
		if err := w.flush(); err != nil {
			return err
		}
		w.chunk = c
	}
	w.members[token] = append(w.members[token], uint16(n&(1<<chunkBits-1)))
	return nil
}

// flush writes the sets of the chunk.
func (w *setWriter) flush() error {
	for _, token := range slices.Sorted(maps.Keys(w.members)) {
		if _, err := w.insert.Exec(w.chunk, token, packSet(w.members[token])); err != nil {
			return err
		}
	}
	clear(w.members)
	return nil
}
