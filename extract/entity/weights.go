package entity

import (
	"encoding/binary"
	"fmt"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
)

// weights are one pass's: for every slot of a table, led to by the upper bits
// of a feature's hash, a byte of its lower bits to tell the feature that owns
// the slot from others, and a byte for each label.
type weights struct {
	shift  uint
	checks []uint8
	cells  []uint64 // two a slot, eight labels each
	scale  float32
	moves  Moves
	exp    *Moves
}

const (
	flip  = 0x8080808080808080 // int8 to int8+128
	evens = 0x00ff00ff00ff00ff
)

// asked are the features of a token that have weights, by their hashes.
type asked struct {
	n      int
	hashes [256]uint64
}

// ask notes in a which of the features, at most 255, own their slots, and asks
// memory for their weights, without waiting for them. It does without a branch,
// which nothing could foretell, so that the loads of many checks overlap.
func (w *weights) ask(features []uint64, a *asked) {
	known, checks, shift := uint8(0), w.checks, w.shift&63
	for _, h := range features {
		a.hashes[known] = h
		own := uint8(0)
		if checks[h>>shift] == uint8(h) {
			own = 1
		}
		known += own
	}
	a.n = int(known)
	linear.Touch(w.cells, w.shift-1, a.hashes[:known])
}

// sum adds up the weights of the features asked for.
func (w *weights) sum(a *asked, out *Row) {
	var e0, o0, e1, o1 uint64
	cells, shift := w.cells, w.shift&63
	for _, h := range a.hashes[:a.n] {
		row := cells[2*(h>>shift):][:2]
		x, y := row[0], row[1]
		e0 += x & evens
		o0 += x >> 8 & evens
		e1 += y & evens
		o1 += y >> 8 & evens
	}
	bias := 128 * int32(a.n)
	for k := range 4 {
		out[2*k] = w.scale * float32(int32(e0>>(16*k)&0xffff)-bias)
		out[2*k+1] = w.scale * float32(int32(o0>>(16*k)&0xffff)-bias)
		out[8+2*k] = w.scale * float32(int32(e1>>(16*k)&0xffff)-bias)
		out[9+2*k] = w.scale * float32(int32(o1>>(16*k)&0xffff)-bias)
	}
}

// PutWeights puts a pass's weights into a model file: of the features (hashes)
// that fall on one of the slots, the one whose weights differ most keeps them.
// slots must be a power of two; weights beyond limit are cut.
func PutWeights(f *model.File, name string, hashes []uint64, rows []Row, moves *Moves, slots int, limit float32) {
	shift := shiftOf(slots)
	owner := make([]int32, slots)
	spread := make([]float32, slots)
	for i, h := range hashes {
		low, high := rows[i][0], rows[i][0]
		for _, v := range rows[i] {
			low, high = min(low, v), max(high, v)
		}
		if at := h >> shift; high-low > spread[at] {
			spread[at], owner[at] = high-low, int32(i)+1
		}
	}
	scale := limit / 127
	planes := make([]byte, slots*(Labels+1))
	for at, i := range owner {
		if i == 0 {
			continue
		}
		for y, v := range rows[i-1] {
			planes[y*slots+at] = byte(quantised(v / scale))
		}
		planes[Labels*slots+at] = byte(hashes[i-1])
	}
	f.Put(name+".planes", planes)
	flat := []float32{scale}
	for _, m := range moves {
		flat = append(flat, m[:]...)
	}
	f.Put(name+".moves", model.EncodeFloats(flat))
}

// quantised rounds x to the nearest int8, halves away from zero.
func quantised(x float32) int8 {
	if x < 0 {
		return int8(max(x-0.5, -127))
	}
	return int8(min(x+0.5, 127))
}

func shiftOf(n int) uint {
	bits := uint(0)
	for 1<<bits < n {
		bits++
	}
	return 64 - bits
}

func decodeWeights(f *model.File, name string) (*weights, error) {
	planes, err := f.Get(name + ".planes")
	if err != nil {
		return nil, err
	}
	b, err := f.Get(name + ".moves")
	if err != nil {
		return nil, err
	}
	flat, err := model.DecodeFloats(b)
	if err != nil {
		return nil, fmt.Errorf("section %q: %w", name+".moves", err)
	}
	n := len(planes) / (Labels + 1)
	if n < 2 || n&(n-1) != 0 || n*(Labels+1) != len(planes) || len(flat) != 1+(Labels+1)*Labels {
		return nil, fmt.Errorf("read %s: %w: %d bytes of weights, %d moves", name, model.ErrDamaged, len(planes), len(flat))
	}
	w := &weights{shift: shiftOf(n), checks: planes[Labels*n:], cells: make([]uint64, 2*n), scale: flat[0]}
	for at := range n {
		var c [Labels]byte
		for y := range c {
			c[y] = planes[y*n+at]
		}
		w.cells[2*at] = binary.LittleEndian.Uint64(c[:8]) ^ flip
		w.cells[2*at+1] = binary.LittleEndian.Uint64(c[8:]) ^ flip
	}
	for x := range w.moves {
		copy(w.moves[x][:], flat[1+x*Labels:])
	}
	w.exp = w.moves.Exp()
	return w, nil
}
