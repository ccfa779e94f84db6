package linear

import (
	"fmt"
	"math"
	"slices"
)

// Tagger is a trained linear-chain model, laid out for reading: one slot of
// eight bytes for each value of a hash's upper bits holds all that there is
// to know of the feature which owns it, seven weights of one byte each and,
// in the uppermost byte, the lowest eight bits of its hash. So a feature
// costs one read of memory, whether it has weights or not. One feature in 256
// without weights is taken for the owner of its slot, which does no harm that
// could be measured. A Tagger is read-only and safe for concurrent use.
type Tagger struct {
	Trans *Transitions
	shift uint
	slots []uint64
	scale float32
	moves []moves // exponentials of Trans
}

// MaxLabels is how many labels a Tagger can tell apart.
const MaxLabels = 7

// NewTagger makes a tagger of planes: for n slots, n int8 for each of seven
// labels, then n bytes of checks. A slot without owner is all zero. n must be
// a power of two and at least two.
func NewTagger(planes []byte, scale float32, trans *Transitions) (*Tagger, error) {
	n := len(planes) / Stride
	if n < 2 || n&(n-1) != 0 || len(planes)%Stride != 0 {
		return nil, fmt.Errorf("tagger: %d bytes of weights, want %d times a power of two above one", len(planes), Stride)
	}
	if !(scale > 0 && scale < math.MaxFloat32) {
		return nil, fmt.Errorf("tagger: scale %g, want a positive number", scale)
	}
	for _, w := range trans.Weights {
		if !(w > -math.MaxFloat32 && w < math.MaxFloat32) {
			return nil, fmt.Errorf("tagger: a transition weighs %g", w)
		}
	}
	if trans.Labels > MaxLabels {
		return nil, fmt.Errorf("tagger: %d labels, want at most %d", trans.Labels, MaxLabels)
	}
	t := &Tagger{Trans: trans, shift: shiftOf(n), slots: table[uint64](n), scale: scale, moves: exponentials(trans)}
	p0, p1, p2, p3 := planes[:n], planes[n:2*n], planes[2*n:3*n], planes[3*n:4*n]
	p4, p5, p6, p7 := planes[4*n:5*n], planes[5*n:6*n], planes[6*n:7*n], planes[7*n:]
	for i := range t.slots {
		// 128 is added to each weight, so that sums of lanes never borrow.
		t.slots[i] = flip>>8 ^ (uint64(p0[i]) | uint64(p1[i])<<8 | uint64(p2[i])<<16 | uint64(p3[i])<<24 |
			uint64(p4[i])<<32 | uint64(p5[i])<<40 | uint64(p6[i])<<48 | uint64(p7[i])<<56)
	}
	return t, nil
}

// Prune leaves weights only to one feature in each of n groups of slots that
// follow one another, the one whose weights differ most; the others' rows, as
// Slots counts them for checks, become zero. The groups are the slots of a table
// that is shorter by as much: what a feature's hash says of it stays true. n must
// be a power of two.
func Prune(checks []uint16, rows []Row, n int) {
	group := max(len(checks)/n, 1)
	row := 0
	for i := 0; i < len(checks); i += group {
		best, most := 0, float32(-1)
		for _, c := range checks[i : i+group] {
			if c == 0 {
				continue
			}
			row++
			r := rows[row][:MaxLabels]
			if s := slices.Max(r) - slices.Min(r); s > most {
				if best > 0 {
					rows[best] = Row{}
				}
				best, most = row, s
			} else {
				rows[row] = Row{}
			}
		}
	}
}

// Planes lays the weights of a trained model, after Prune to n slots, out for
// NewTagger: rows as Slots counts them for checks, in steps of scale. Weights
// beyond 127 steps are cut.
func Planes(checks []uint16, rows []Row, n int, scale float32) []byte {
	group := max(len(checks)/n, 1)
	n = len(checks) / group
	planes := make([]byte, Stride*n)
	row := 0
	for i, c := range checks {
		if c == 0 {
			continue
		}
		row++
		if rows[row] == (Row{}) {
			continue
		}
		at := i / group
		for y := range MaxLabels {
			planes[y*n+at] = byte(quantised(rows[row][y] / scale))
		}
		planes[MaxLabels*n+at] = byte(c)
	}
	return planes
}

// quantised rounds x to the nearest int8, halves away from zero.
func quantised(x float32) int8 {
	if x < 0 {
		return int8(max(x-0.5, -127))
	}
	return int8(min(x+0.5, 127))
}

// Touch asks memory for what Emit will read of these features, and does not
// wait for it.
func (t *Tagger) Touch(hashes []uint64) {
	if vectors && len(hashes) > 0 {
		touch64(&t.slots[0], uint64(t.shift), &hashes[0], len(hashes))
	}
}

// Emit is the log scores of all labels for a position with these features, at
// most MaxFeatures.
func (t *Tagger) Emit(hashes []uint64) (e Row) {
	if vectors && len(hashes) >= 4 {
		emit(&t.slots[0], uint64(t.shift), &hashes[0], len(hashes), t.scale, &e)
		return e
	}
	return t.plainEmit(hashes)
}

// plainEmit is Emit without the processor's vectors.
func (t *Tagger) plainEmit(hashes []uint64) (e Row) {
	// Reading comes first, in a loop of few instructions: the processor then
	// waits for many slots at a time. Four labels in a word, as in sumAllowed.
	// Which features are known is as good as random, so there is no branch on it.
	var even, odd, known uint64
	slots, shift := t.slots, t.shift&63
	var part [together]uint64
	for len(hashes) > 0 {
		some := hashes[:min(len(hashes), together)]
		hashes = hashes[len(some):]
		for i, h := range some {
			part[i] = slots[h>>shift]
		}
		for i, h := range some {
			x := part[i]
			owner := uint64(0)
			if uint8(x>>56) == uint8(h) {
				owner = ^uint64(0)
			}
			x &= owner
			even += x & evens
			odd += x >> 8 & (evens >> 16) // without the check
			known += owner & 1
		}
	}
	bias := int64(128 * known)
	for y := 0; y < MaxLabels-1; y += 2 {
		e[y] = t.scale * float32(int64(even&0xffff)-bias)
		e[y+1] = t.scale * float32(int64(odd&0xffff)-bias)
		even, odd = even>>16, odd>>16
	}
	e[MaxLabels-1] = t.scale * float32(int64(even&0xffff)-bias)
	return e
}
