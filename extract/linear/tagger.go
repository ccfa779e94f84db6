package linear

import "fmt"

// Tagger is a trained linear-chain model with weights of one byte each, ready
// to label sequences. It is read-only and safe for concurrent use.
type Tagger struct {
	Slots *Slots // give it to the sequences that Emit is to score
	Trans *Transitions
	cells []byte
	scale float32
}

// NewTagger makes a tagger of the rows of a table: Stride int8 cells a row,
// row 0 all zero, one scale for all.
func NewTagger(slots *Slots, cells []byte, scale float32, trans *Transitions) (*Tagger, error) {
	if len(cells)%Stride != 0 || len(cells) == 0 {
		return nil, fmt.Errorf("tagger: %d cells do not make rows of %d", len(cells), Stride)
	}
	if n := slots.Taken(); n >= len(cells)/Stride {
		return nil, fmt.Errorf("tagger: %d features for %d rows", n, len(cells)/Stride)
	}
	return &Tagger{Slots: slots, Trans: trans, cells: cells, scale: scale}, nil
}

// Emit fills l.Emit with the log scores of every label at every position of s,
// whose features must have been added with t.Slots.
func (t *Tagger) Emit(s *Sequence, l *Lattice) {
	n := s.Len()
	l.Emit = grow(l.Emit, n)
	var sums [Stride / 4]uint64
	for i := range n {
		rows := s.Feats[s.Bounds[i]:s.Bounds[i+1]]
		fetchRows(t.cells, rows)
		SumRows(t.cells, rows, sums[:])
		for y := range Stride {
			l.Emit[i][y] = t.scale * float32(Lane(sums[:], y, len(rows)))
		}
	}
}

// Waiting for memory is most of the work of a feature. fetch and fetchRows
// read a part of every line that the loop after them needs, with so few
// instructions a feature that the processor waits for many lines at a time.
// What they return only keeps the compiler from leaving the reading out.

//go:noinline
func (x *Slots) fetch(hashes []uint64) (all uint32) {
	slots, shift := x.slots, x.shift
	for _, h := range hashes {
		all |= slots[h>>shift]
	}
	return all
}

//go:noinline
func fetchRows(cells []byte, rows []uint32) (all byte) {
	for _, r := range rows {
		all |= cells[int(r)*Stride]
	}
	return all
}
