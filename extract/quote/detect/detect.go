package detect

import (
	"fmt"
	"sync"

	"github.com/whosaid/whosaid/extract/idle"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// Detector finds quotations of all kinds by two trained taggers and the marks.
// It is safe for concurrent use.
//
// Both taggers read, beside words, trees and marks, what the rules find
// (Rules, ruled.go). The first labels every token of a paragraph as source,
// cue, content or none of them. Every place where it sees a cue, if only a
// possible one, becomes an anchor; the second tagger reads the paragraph again
// for each anchor by itself, knowing how every token stands to it, and labels
// the cue, the source and the content of that one attribution. Each of the three
// is then looked at as a whole: a forest ranks it among spans with other edges
// (spans.go). So what belongs together is known from the start, and a wrong cue
// is one for which the second tagger finds nothing, or an attribution that two
// more forests do not believe in (calibration.go). Quotations in marks that no anchor claimed are added as
// statements without a cue (assemble.go).
type Detector struct {
	Cores *idle.Cores // that help with long documents; nil: none

	first, second *linear.Tagger
	reporters     Reporters
	rankers       Rankers
	calibration   Calibration
	scratch       sync.Pool // *worker
}

// worker is the scratch memory of one Detect.
type worker struct {
	f       *Featurizer
	piece   news.Document // of a long document
	seq     linear.Sequence
	lattice linear.Lattice
	firsts  FirstPass
	anchors []Anchor
	found   []Candidate
	taken   []int32 // by token: 1 + index into found of whose content it is
	reading Reading
}

// Load makes a detector of a set of models for a language; nil is the embedded
// set, which is for English: for any other it is an error.
func Load(models *model.Set, l *lang.Language) (*Detector, error) {
	f, err := models.Get("quote")
	if err != nil {
		return nil, err
	}
	words, err := syntax.LoadFrom(models)
	if err != nil {
		return nil, err
	}
	if models == nil && l.Code == model.EmbeddedLanguage { // held to the fingerprint by train's TestFingerprints
		return decode(f, words, l)
	}
	return New(f, words, l)
}

// New makes a detector of a model file as train.Quote makes it with the
// same parser and the same language.
func New(f *model.File, words *syntax.Parser, language *lang.Language) (*Detector, error) {
	program, err := Fingerprint(words, language)
	if err != nil {
		return nil, err
	}
	if err := f.Check(program); err != nil {
		return nil, fmt.Errorf("load quotation model: %w", err)
	}
	return decode(f, words, language)
}

// decode is New, but for the fingerprint.
func decode(f *model.File, words *syntax.Parser, language *lang.Language) (l *Detector, err error) {
	l = new(Detector)
	if l.first, err = decodeTagger(f, "first"); err != nil {
		return nil, err
	}
	if l.second, err = decodeTagger(f, "second"); err != nil {
		return nil, err
	}
	if l.reporters, err = decodeReporters(f); err != nil {
		return nil, err
	}
	if l.rankers, err = decodeRankers(f); err != nil {
		return nil, err
	}
	if l.calibration, err = decodeCalibration(f); err != nil {
		return nil, err
	}
	l.scratch.New = func() any {
		return &worker{f: NewFeaturizer(language, l.reporters, words)}
	}
	return l, nil
}

// Detect finds the quotations of a tagged and parsed document, in text order.
// Long documents are read piece by piece (pieces.go), so that memory does not
// grow with them, by as many goroutines as Cores has for them.
func (l *Detector) Detect(d *news.Document) []news.Quote {
	cuts := pieces(d)
	if cuts == nil {
		w := l.scratch.Get().(*worker)
		defer l.scratch.Put(w)
		out, _ := l.detect(d, w)
		return out
	}
	found, used := make([][]news.Quote, len(cuts)), make([]int32, len(cuts))
	l.Cores.Each(len(cuts), func(i int) {
		w := l.scratch.Get().(*worker)
		defer l.scratch.Put(w)
		cuts[i].cut(d, &w.piece)
		found[i], used[i] = l.detect(&w.piece, w)
	})
	var out []news.Quote
	groups := int32(0)
	for i, quotes := range found {
		before := int32(len(out))
		for _, q := range quotes {
			if q.Parent >= 0 {
				q.Parent += before
			}
			q.Move(cuts[i].base)
			if q.Group >= 0 {
				q.Group += groups
			}
			out = append(out, q)
		}
		groups += used[i]
	}
	return out
}

// detect finds the quotations of one piece, and tells how many group numbers
// it may have used.
func (l *Detector) detect(d *news.Document, w *worker) ([]news.Quote, int32) {
	m := w.f.Pair(d)
	w.f.Prepare(d, &m)
	l.label(d, w)
	l.read(d, w)
	w.f.Complete(d, &w.firsts, w.found)
	w.f.Measure(d, w.found)
	l.calibration.Settle(d, &w.taken, &w.found)
	return w.f.assemble(d, w.found, w.taken, &l.calibration)
}

// label runs the first tagger over all paragraphs.
func (l *Detector) label(d *news.Document, w *worker) {
	w.seq.Tagger = l.first
	w.lattice.Use(l.first)
	w.firsts.Reset()
	EachParagraph(d, func(k int, sentences []news.TokenRange) {
		w.seq.Reset()
		w.f.First(d, k, sentences, &w.seq)
		w.lattice.Emit = w.seq.Emit()
		w.firsts.Append(l.first.Trans, &w.seq, &w.lattice)
	})
}

// read runs the second tagger for every anchor and keeps what it finds.
func (l *Detector) read(d *news.Document, w *worker) {
	w.seq.Tagger = l.second
	w.lattice.Use(l.second)
	w.found = w.found[:0]
	w.reading.F, w.reading.Doc, w.reading.First = w.f, d, &w.firsts
	w.reading.Trans, w.reading.Seq, w.reading.Lattice = l.second.Trans, &w.seq, &w.lattice
	EachParagraph(d, func(k int, sentences []news.TokenRange) {
		w.anchors = w.f.Anchors(d, &w.firsts, d.Paragraphs[k], readAnchors, w.anchors[:0])
		for a := range w.anchors {
			window, inside := Window(sentences, w.anchors[a].Token)
			w.seq.Reset()
			w.f.Anchored(d, &w.firsts, window, inside, w.anchors, a, &w.seq)
			w.lattice.Emit = w.seq.Emit()
			if f, ok := Decode(l.second.Trans, &w.seq, &w.lattice, window, w.anchors[a]); ok && !w.f.words.namesStandard(d, &f) {
				w.reading.Window, w.reading.Sentences = window, inside
				w.reading.refine(&l.rankers, &f)
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

// The parts of a model file: for each tagger NAME.planes (its features' weights
// and checks, linear.NewTagger), NAME.scale, NAME.transitions; reporters.words
// and reporters.levels; spans.ROLE and judge.NAME, which are forests, and judge.remaining.

func decodeTagger(f *model.File, name string) (*linear.Tagger, error) {
	part := func(suffix string, to *[]byte) (err error) {
		*to, err = f.Get(name + suffix)
		return err
	}
	var planes, scale, moves []byte
	for _, p := range []struct {
		suffix string
		to     *[]byte
	}{{".planes", &planes}, {".scale", &scale}, {".transitions", &moves}} {
		if err := part(p.suffix, p.to); err != nil {
			return nil, err
		}
	}
	scales, err := model.DecodeFloats(scale)
	if err != nil {
		return nil, err
	}
	if len(scales) != 1 {
		return nil, fmt.Errorf("%w: %d scales in %s", model.ErrDamaged, len(scales), name)
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
	t, err := linear.NewTagger(planes, scales[0], trans)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", model.ErrDamaged, err)
	}
	return t, nil
}

// EncodeTagger puts a trained tagger into a model file: the rows of c belong
// to the owners that checks names (linear.Slots), are pruned to that many slots
// (linear.Prune), and are cut at limit.
func EncodeTagger(f *model.File, name string, checks []uint16, c *linear.CRF, slots int, limit float32) {
	scale := limit / 127
	f.Put(name+".planes", linear.Planes(checks, c.Rows, slots, scale))
	f.Put(name+".scale", model.EncodeFloats([]float32{scale}))
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
