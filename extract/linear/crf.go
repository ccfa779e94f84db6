package linear

import "slices"

// Stride is the number of labels a weight row holds; a model with fewer
// leaves the rest of each row zero. Eight quantised weights fill 8 bytes, so a
// row never straddles a cache line.
const Stride = 8

// Row is one feature's weights, one a label.
type Row [Stride]float32

// Sequence is one input of a linear-chain model: Feats[Bounds[i]:Bounds[i+1]]
// are the weight rows that fire at position i, and Classes[i] picks the
// transition matrix that leads into position i.
type Sequence struct {
	Tagger  *Tagger  // scores positions as they are added; else
	Slots   *Slots   // finds the rows of features; nil: only Hashes are kept
	Hashes  []uint64 // all features in order, kept only without Tagger and Slots
	Feats   []uint32
	Bounds  []int32
	Classes []uint8

	emit    []Row           // the Tagger's log scores of all positions but the last ones,
	waiting [ahead][]uint64 // whose features are on their way from memory, by position
	buffers *[ahead + 1][1 << 8]uint64
}

// ahead is how many positions wait for their features while those of the next
// one are made.
const ahead = 2

// Len is the number of positions.
func (s *Sequence) Len() int { return len(s.Classes) }

// Reset empties s and keeps its memory.
func (s *Sequence) Reset() {
	s.emit = s.emit[:0]
	s.Hashes, s.Feats, s.Classes = s.Hashes[:0], s.Feats[:0], s.Classes[:0]
	s.Bounds = append(s.Bounds[:0], 0)
}

// Features is room for the features of the next position, at most MaxFeatures.
// It has as many places as a uint8 has values, so that writing needs no look at
// its length.
func (s *Sequence) Features() *[1 << 8]uint64 {
	if s.buffers == nil {
		s.buffers = new([ahead + 1][1 << 8]uint64)
	}
	return &s.buffers[s.Len()%(ahead+1)]
}

// Add ends a position with the given features and transition class. The
// features must not change until they are scored, if there is a Tagger: those
// that Features made room for do not.
func (s *Sequence) Add(hashes []uint64, class uint8) {
	switch {
	case s.Tagger != nil:
		s.score(s.Len() - ahead + 1)
		s.Tagger.Touch(hashes)
		s.waiting[s.Len()%ahead] = hashes
	case s.Slots != nil:
		n := len(s.Feats)
		s.Feats = slices.Grow(s.Feats, len(hashes))
		k := s.Slots.Rows(hashes, s.Feats[n:n+len(hashes)])
		s.Feats = s.Feats[:n+k]
	default:
		s.Hashes = append(s.Hashes, hashes...)
	}
	s.Bounds = append(s.Bounds, int32(len(s.Feats)))
	s.Classes = append(s.Classes, class)
}

// score scores the positions before position n that wait for it.
func (s *Sequence) score(n int) {
	for i := len(s.emit); i < n; i++ {
		s.emit = append(s.emit, s.Tagger.Emit(s.waiting[i%ahead]))
	}
}

// Emit is the Tagger's log scores of all positions, valid until Reset.
func (s *Sequence) Emit() []Row {
	s.score(s.Len())
	return s.emit
}

// Transitions holds the scores of moving between labels, one matrix for each
// class of position: score [class][from][to]. Position 0 moves from label
// Labels, the row for "start".
type Transitions struct {
	Labels  int
	Weights []float32 // classes × (Stride+1) × Stride
}

// NewTransitions has zero weights for the given numbers of labels (at most
// Stride) and classes.
func NewTransitions(labels, classes int) *Transitions {
	return &Transitions{Labels: labels, Weights: make([]float32, classes*(Stride+1)*Stride)}
}

// Score is that of moving between two labels, Stride for the start, into a position of
// a class.
func (t *Transitions) Score(class uint8, from, to int) float32 {
	return t.into(class)[from*Stride+to]
}

// block is the number of weights of one class.
const block = (Stride + 1) * Stride

// into is the matrix of a class.
func (t *Transitions) into(class uint8) *[block]float32 {
	return (*[block]float32)(t.Weights[int(class)*block:])
}
