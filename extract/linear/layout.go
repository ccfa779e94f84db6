package linear

import "math/bits"

// Layout gives each template of features a region of the slots of its own, as
// large as it needs. Features of few values, such as pairs of tags, then lie
// close together and stay in the cache, where one table for all would spread
// them over as many lines as there are features; and templates of many values
// do not crowd them out.
type Layout struct {
	base, size []uint64 // of each region, in fractions of 1<<64
}

// NewLayout shares the slots out by needs: about how many features of each
// template there are. A need of 0 counts as 1.
func NewLayout(needs []uint32) *Layout {
	l := &Layout{make([]uint64, len(needs)), make([]uint64, len(needs))}
	sum := uint64(0)
	for _, n := range needs {
		sum += uint64(max(n, 1))
	}
	at := uint64(0)
	for i, n := range needs {
		l.base[i] = at
		l.size[i] = ^uint64(0) / sum * uint64(max(n, 1))
		at += l.size[i]
	}
	return l
}

// Place turns the values of a decision's features, one a template in their
// order, into hashes: the upper bits lead to the template's region.
func (l *Layout) Place(values []uint64) {
	base, size := l.base[:len(values)], l.size[:len(values)]
	for i, v := range values {
		place, _ := bits.Mul64(v*mul1, size[i])
		values[i] = base[i] + place
	}
}

// placeIn is Place, and asks memory for those of slots that the values lead to,
// without waiting for them.
func (l *Layout) placeIn(slots []uint32, shift uint, values []uint64) {
	if !vectors || len(values) == 0 {
		l.Place(values)
		return
	}
	placeTouch(&values[0], len(values), &l.base[:len(values)][0], &l.size[:len(values)][0], &slots[0], uint64(shift))
}

// Demand finds out what templates need from the features of the training
// data. It follows one feature in demandShare, chosen by its hash.
type Demand struct{ seen []map[uint64]uint8 }

const demandShare = 16

// NewDemand is for a number of templates.
func NewDemand(templates int) *Demand {
	d := &Demand{make([]map[uint64]uint8, templates)}
	for i := range d.seen {
		d.seen[i] = map[uint64]uint8{}
	}
	return d
}

// See takes the values of one decision's features, before Place.
func (d *Demand) See(values []uint64) {
	for i, v := range values {
		if v*mul2>>32%demandShare == 0 {
			if n := d.seen[i][v]; n < 255 {
				d.seen[i][v] = n + 1
			}
		}
	}
}

// Needs is what NewLayout takes: about how many features of each template
// are among the slots most frequent of all.
func (d *Demand) Needs(slots int) []uint32 {
	needs := make([]uint32, len(d.seen))
	for least := 1; least <= 255; least++ {
		sum := 0
		for i, seen := range d.seen {
			needs[i] = demandShare // for what the sample did not hold
			for _, n := range seen {
				if int(n) >= least {
					needs[i] += demandShare
				}
			}
			sum += int(needs[i])
		}
		if sum <= slots {
			break
		}
	}
	return needs
}
