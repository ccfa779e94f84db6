package linear

// Census counts features before training and chooses which of them get
// weights: for every slot the most frequent one of those that fall on it.
// Count sees every feature of the training data first, then Bid sees them
// all again.
type Census struct {
	counts []uint16 // by the upper bits of the hash; large enough to share rarely
	shift  uint
	most   []uint16 // per slot, the count of
	owner  []uint64 // the hash that leads
}

// censusBits is the size of the table of counts: 128 MB, for the some ten
// million different features of a million tokens.
const censusBits = 26

// NewCensus returns a census for the given number of slots, a power of two.
func NewCensus(slots int) *Census {
	return &Census{
		counts: make([]uint16, 1<<censusBits),
		shift:  shiftOf(slots),
		most:   make([]uint16, slots),
		owner:  make([]uint64, slots),
	}
}

// Count counts each of the features once.
func (c *Census) Count(hashes []uint64) {
	for _, h := range hashes {
		if n := &c.counts[h>>(64-censusBits)]; *n < 1<<16-1 {
			*n++
		}
	}
}

// Bid lets each of the features have its slot if none more frequent wants
// it; of two as frequent the larger hash.
func (c *Census) Bid(hashes []uint64) {
	for _, h := range hashes {
		slot, n := h>>c.shift, c.counts[h>>(64-censusBits)]
		if n > c.most[slot] || n == c.most[slot] && h > c.owner[slot] {
			c.most[slot], c.owner[slot] = n, h
		}
	}
}

// Checks returns what NewSlots needs: for every slot its owner's check and
// 1<<12, or 0 where no feature was seen least times. At most rows slots are
// given away, which may raise least.
func (c *Census) Checks(least, rows int) []uint16 {
	taken := func(least int) (n int) {
		for _, m := range c.most {
			if int(m) >= least {
				n++
			}
		}
		return n
	}
	for taken(least) > rows {
		least++
	}
	checks := make([]uint16, len(c.most))
	for i, m := range c.most {
		if m > 0 && int(m) >= least {
			checks[i] = uint16(c.owner[i]&(1<<checkBits-1)) | 1<<checkBits
		}
	}
	return checks
}
