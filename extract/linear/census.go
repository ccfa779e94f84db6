package linear

// Census chooses, before training, which features get weights: for every
// slot the most frequent one of those that fall on it. It sees all features
// of the training data twice. The first time (Count) each slot holds a vote
// in the manner of Boyer and Moore: a feature that outnumbers the others on
// its slot wins; among many as rare as each other any may. The second time
// (Claim) the winners are counted. So it takes no more memory than the slots,
// however many features there are.
type Census struct {
	shift    uint
	slots    []candidate
	counting bool
}

type candidate struct {
	hash  uint64
	votes uint32 // then, how often it was seen
}

// NewCensus returns a census for the given number of slots, a power of two.
func NewCensus(slots int) *Census {
	return &Census{shift: shiftOf(slots), slots: make([]candidate, slots)}
}

// Count lets each of the features vote for itself.
func (c *Census) Count(hashes []uint64) {
	for _, h := range hashes {
		switch s := &c.slots[h>>c.shift]; {
		case s.hash == h:
			s.votes++
		case s.votes == 0:
			s.hash, s.votes = h, 1
		default:
			s.votes--
		}
	}
}

// Claim counts those of the features that won. The first Claim ends the vote.
func (c *Census) Claim(hashes []uint64) {
	if !c.counting {
		c.counting = true
		for i := range c.slots {
			c.slots[i].votes = 0
		}
	}
	for _, h := range hashes {
		if s := &c.slots[h>>c.shift]; s.hash == h {
			s.votes++
		}
	}
}

// Checks returns what NewSlots needs: for every slot its owner's check and
// 1<<12, or 0 where no feature was seen least times. At most rows slots are
// given away, which may raise least.
func (c *Census) Checks(least, rows int) []uint16 {
	taken := func(least int) (n int) {
		for _, s := range c.slots {
			if int(s.votes) >= least {
				n++
			}
		}
		return n
	}
	for taken(least) > rows {
		least++
	}
	checks := make([]uint16, len(c.slots))
	for i, s := range c.slots {
		if s.votes > 0 && int(s.votes) >= least {
			checks[i] = uint16(s.hash&(1<<checkBits-1)) | 1<<checkBits
		}
	}
	return checks
}
