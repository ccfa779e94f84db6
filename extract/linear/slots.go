package linear

// Features reach their weights by their hash alone: the upper bits choose a
// slot, a few lower bits must agree with the feature that owns the slot.
// Owners are chosen before training, the most frequent feature of each slot
// (Census); all others have no weights. So rare features neither disturb
// nor cost memory, and tables stay small enough for the cache.

const (
	checkBits = 12
	rowBits   = 32 - checkBits

	// MaxRows is the largest number of rows that Slots can tell apart.
	MaxRows = 1 << rowBits
)

// Slots give owning features a row of weights: each holds 12 bits of the
// owner's hash and its row. Rows count from 1 in the order of the slots;
// row 0 is for features without weights and holds zeros.
type Slots struct {
	shift uint
	slots []uint32
}

// NewSlots makes slots from what Checks returned: 0 for a free slot, else
// the owner's check and 1<<12. Their number must be a power of two, and no
// more than MaxRows-1 may be taken.
//
// A free slot has row 0 and check 0, which does no harm: row 0 holds zeros.
func NewSlots(checks []uint16) *Slots {
	x := &Slots{shift: shiftOf(len(checks)), slots: table[uint32](len(checks))}
	row := uint32(0)
	for i, c := range checks {
		if c != 0 {
			row++
			x.slots[i] = uint32(c)<<rowBits | row // the 1<<12 falls off
		}
	}
	return x
}

// Taken is the number of features that own a slot.
func (x *Slots) Taken() int {
	n := uint32(0)
	for _, s := range x.slots {
		n = max(n, s&(1<<rowBits-1))
	}
	return int(n)
}

// shiftOf is by how much a hash is shifted to index n slots.
func shiftOf(n int) uint {
	bits := uint(0)
	for 1<<bits < n {
		bits++
	}
	return 64 - bits
}

// Rows puts the rows of those features that have weights into rows, which
// must be as long as hashes, and returns how many they are.
func (x *Slots) Rows(hashes []uint64, rows []uint32) int {
	// Reading comes first, in a loop of few instructions: the processor then
	// waits for many slots at a time.
	slots, shift, rows := x.slots, x.shift&63, rows[:len(hashes)]
	for i, h := range hashes {
		rows[i] = slots[h>>shift]
	}
	k := 0
	for i, h := range hashes {
		slot := rows[i]
		rows[k] = slot & (1<<rowBits - 1)
		// Counting without a branch: which features are known is as good
		// as random.
		hit := 0
		if slot>>rowBits == uint32(h)&(1<<checkBits-1) {
			hit = 1
		}
		k += hit
	}
	return k
}

// Place is l.Place of values, and asks memory for the slots that they lead to,
// without waiting for them.
func (x *Slots) Place(l *Layout, values []uint64) { l.placeIn(x.slots, x.shift, values) }

// RowsOf is Rows, and asks memory for the rows' cells, 64 bytes each, without
// waiting for them.
func (x *Slots) RowsOf(cells []byte, hashes []uint64, rows []uint32) int {
	if !vectors || len(hashes) == 0 {
		return x.Rows(hashes, rows)
	}
	rows = rows[:len(hashes)]
	return rowsTouch(&hashes[0], len(hashes), &x.slots[0], uint64(x.shift), &rows[0], &cells[0])
}

// Triples is a table of three weights a feature for decisions between three
// actions. Each slot is one uint32: three int8 with 128 added, and above
// them 8 bits of the owner's hash.
type Triples struct {
	shift uint
	slots []uint32
}

// NewTriples makes the table from planes: for n slots, n bytes of checks, then
// n int8 for each of the three actions.
func NewTriples(planes []byte) *Triples {
	n := len(planes) / 4
	f := &Triples{shift: shiftOf(n), slots: table[uint32](n)}
	check, a, b, c := planes[:n], planes[n:2*n], planes[2*n:3*n], planes[3*n:]
	for i := range f.slots {
		f.slots[i] = (uint32(a[i]) | uint32(b[i])<<8 | uint32(c[i])<<16) ^ 0x808080 | uint32(check[i])<<24
	}
	return f
}

// MaxTriples is how many features Sum takes at a time.
const MaxTriples = 128

// Place is l.Place of values, and asks memory for the slots that they lead to,
// without waiting for them.
func (f *Triples) Place(l *Layout, values []uint64) { l.placeIn(f.slots, f.shift, values) }

// Sum adds up the weights of at most MaxTriples features. Lane i, 16 bits each,
// is the sum of action i, with 128 added for every feature found.
func (f *Triples) Sum(hashes []uint64) uint64 {
	if vectors && len(hashes) >= 8 {
		return triplesSum(&f.slots[0], uint64(f.shift), &hashes[0], len(hashes))
	}
	return f.plainSum(hashes)
}

// plainSum is Sum without the processor's vectors.
func (f *Triples) plainSum(hashes []uint64) (sum uint64) {
	// As in Rows, reading comes first.
	slots, shift := f.slots, f.shift&63
	var part [together]uint32
	for len(hashes) > 0 {
		some := hashes[:min(len(hashes), together)]
		hashes = hashes[len(some):]
		for i, h := range some {
			part[i] = slots[h>>shift]
		}
		for i, h := range some {
			x := uint64(part[i])
			found := uint64(0)
			if uint8(x>>24) == uint8(h) {
				found = ^uint64(0)
			}
			x &= found
			sum += x&0xff | x&0xff00<<8 | x&0xff0000<<16
		}
	}
	return sum
}

// together is how many slots the plain loops read before they look at them.
const together = 32
