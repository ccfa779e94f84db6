package quote

import (
	"fmt"
	"sync"

	"whosaid/extract/linear"
	"whosaid/extract/model"
	"whosaid/extract/news"
	"whosaid/extract/syntax"
)

// Learned finds quotations of all kinds by two trained taggers and the marks.
// It is safe for concurrent use.
//
// The first tagger labels every token of a paragraph as source, cue, content
// or none of them. Every place where it sees a cue, if only a possible one,
// becomes an anchor; the second tagger reads the paragraph again for each
// anchor by itself, knowing how every token stands to it, and labels the
// cue, the source and the content of that one attribution. So what belongs
// together is known from the start, and a wrong cue is one for which the
// second tagger finds nothing. Quotations in marks that no anchor claimed are
// added as statements without a cue (remain.go).
type Learned struct {
	first, second *linear.Tagger
	reporters     Reporters
	calibration   Calibration
	scratch       sync.Pool // *worker
}

// worker is the scratch memory of one Detect.
type worker struct {
	f       Featurizer
	seq     linear.Sequence
	lattice linear.Lattice
	firsts  Firsts
	anchors []Anchor
	found   []Found
	taken   []int32 // by token: 1 + index into found of whose content it is
}

// Load makes a detector of the embedded English model.
func Load() (*Learned, error) {
	f, err := model.English("quote")
	if err != nil {
		return nil, err
	}
	return NewLearned(f)
}

// NewLearned makes a detector of a model file as train.Quote makes it.
func NewLearned(f *model.File) (*Learned, error) {
	l := new(Learned)
	var err error
	if l.first, err = decodeTagger(f, "first"); err != nil {
		return nil, err
	}
	if l.second, err = decodeTagger(f, "second"); err != nil {
		return nil, err
	}
	if l.reporters, err = decodeReporters(f); err != nil {
		return nil, err
	}
	if l.calibration, err = decodeCalibration(f); err != nil {
		return nil, err
	}
	l.scratch.New = func() any {
		return &worker{f: Featurizer{Reporters: l.reporters, Lemma: syntax.Lemma}}
	}
	return l, nil
}

// Detect finds the quotations of a tagged and parsed document, in text order.
// Long documents are read piece by piece (pieces.go), so that memory does not
// grow with them.
func (l *Learned) Detect(d *news.Document) []news.Quote {
	w := l.scratch.Get().(*worker)
	defer l.scratch.Put(w)
	var out []news.Quote
	groups := int32(0)
	eachPiece(d, func(p *news.Document) {
		base := int32(len(out))
		found, used := l.detect(p, w)
		for _, q := range found {
			if q.Parent >= 0 {
				q.Parent += base
			}
			if q.Group >= 0 {
				q.Group += groups
			}
			out = append(out, q)
		}
		groups += used
	})
	return out
}

// detect finds the quotations of one piece, and tells how many group numbers
// it may have used.
func (l *Learned) detect(d *news.Document, w *worker) ([]news.Quote, int32) {
	w.f.Prepare(d, Pair(d))
	l.label(d, w)
	l.read(d, w)
	Settle(d, &w.f.marks, &w.taken, &w.found)
	w.inherit(d)
	return assemble(d, w.f.marks, w.found, w.taken, l.calibration)
}

// label runs the first tagger over all paragraphs.
func (l *Learned) label(d *news.Document, w *worker) {
	w.seq.Slots = l.first.Slots
	w.lattice.Exponentiate(l.first.Trans)
	w.firsts.Reset()
	EachParagraph(d, func(k int, sentences []news.TokenRange) {
		w.seq.Reset()
		w.f.First(d, k, sentences, &w.seq)
		l.first.Emit(&w.seq, &w.lattice)
		w.firsts.Append(l.first.Trans, &w.seq, &w.lattice)
	})
}

// read runs the second tagger for every anchor and keeps what it finds.
func (l *Learned) read(d *news.Document, w *worker) {
	w.seq.Slots = l.second.Slots
	w.lattice.Exponentiate(l.second.Trans)
	w.found = w.found[:0]
	EachParagraph(d, func(k int, sentences []news.TokenRange) {
		w.anchors = w.f.Anchors(d, &w.firsts, d.Paragraphs[k], w.anchors[:0])
		for a := range w.anchors {
			window, inside := Window(sentences, w.anchors[a].Token)
			w.seq.Reset()
			w.f.Anchored(d, &w.firsts, window, inside, w.anchors, a, &w.seq)
			l.second.Emit(&w.seq, &w.lattice)
			if f, ok := Read(l.second.Trans, &w.seq, &w.lattice, window, w.anchors[a]); ok {
				w.found = append(w.found, f)
			}
		}
	})
}

// EachParagraph calls do for every paragraph that has tokens, with its
// sentences.
func EachParagraph(d *news.Document, do func(k int, sentences []news.TokenRange)) {
	s := 0
	for k, p := range d.Paragraphs {
		for s < len(d.Sentences) && d.Sentences[s].First < p.First {
			s++
		}
		from := s
		for s < len(d.Sentences) && d.Sentences[s].First < p.End {
			s++
		}
		if from < s {
			do(k, d.Sentences[from:s])
		}
	}
}

// The parts of a model file: for each tagger NAME.checks (which features have
// weights), NAME.rows (their weights), NAME.transitions; reporters.words and
// reporters.levels; calibration.

func decodeTagger(f *model.File, name string) (*linear.Tagger, error) {
	part := func(suffix string, to *[]byte) (err error) {
		*to, err = f.Get(name + suffix)
		return err
	}
	var checks, rows, moves []byte
	for _, p := range []struct {
		suffix string
		to     *[]byte
	}{{".checks", &checks}, {".rows", &rows}, {".transitions", &moves}} {
		if err := part(p.suffix, p.to); err != nil {
			return nil, err
		}
	}
	n := len(checks) / 2
	if n < 2 || n&(n-1) != 0 || len(checks)%2 != 0 { // one slot leaves no bits to shift by
		return nil, fmt.Errorf("%w: %d checks in %s", model.ErrDamaged, n, name)
	}
	list := make([]uint16, n)
	taken := 0
	for i := range list {
		list[i] = uint16(checks[2*i]) | uint16(checks[2*i+1])<<8
		if list[i] != 0 {
			taken++
		}
	}
	if taken >= linear.MaxRows {
		return nil, fmt.Errorf("%w: %d features in %s", model.ErrDamaged, taken, name)
	}
	table, err := model.DecodeTable(rows, linear.Stride)
	if err != nil {
		return nil, err
	}
	if len(table.Scales) != 1 {
		return nil, fmt.Errorf("%w: %d scales in %s", model.ErrDamaged, len(table.Scales), name)
	}
	weights, err := model.DecodeFloats(moves)
	if err != nil {
		return nil, err
	}
	trans := linear.NewTransitions(int(NumLabels), Classes)
	if len(weights) != len(trans.Weights) {
		return nil, fmt.Errorf("%w: %d transitions in %s", model.ErrDamaged, len(weights), name)
	}
	copy(trans.Weights, weights)
	t, err := linear.NewTagger(linear.NewSlots(list), table.Cells, table.Scale(0), trans)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", model.ErrDamaged, err)
	}
	return t, nil
}

// EncodeTagger puts a trained tagger into a model file.
func EncodeTagger(f *model.File, name string, checks []uint16, c *linear.CRF, limit float32) {
	b := make([]byte, 2*len(checks))
	for i, x := range checks {
		b[2*i], b[2*i+1] = byte(x), byte(x>>8)
	}
	flat := make([]float32, 0, len(c.Rows)*linear.Stride)
	for _, r := range c.Rows {
		flat = append(flat, r[:]...)
	}
	table := model.Quantise(flat, len(c.Rows), linear.Stride, limit)
	f.Put(name+".checks", b)
	f.Put(name+".rows", table.Encode())
	f.Put(name+".transitions", model.EncodeFloats(c.Trans.Weights))
}

func decodeReporters(f *model.File) (Reporters, error) {
	b, err := f.Get("reporters.words")
	if err != nil {
		return nil, err
	}
	words, err := model.DecodeStrings(b)
	if err != nil {
		return nil, err
	}
	levels, err := f.Get("reporters.levels")
	if err != nil {
		return nil, err
	}
	if len(levels) != len(words) {
		return nil, fmt.Errorf("%w: %d levels for %d reporting words", model.ErrDamaged, len(levels), len(words))
	}
	r := make(Reporters, len(words))
	for i, w := range words {
		r[w] = levels[i]
	}
	return r, nil
}

// EncodeReporters puts the reporting words into a model file.
func EncodeReporters(f *model.File, r Reporters) {
	words := sortedWords(r)
	levels := make([]byte, len(words))
	for i, w := range words {
		levels[i] = r[w]
	}
	f.Put("reporters.words", model.EncodeStrings(words))
	f.Put("reporters.levels", levels)
}
