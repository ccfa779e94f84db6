package train

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/syntax"
)

// QuoteOptions are the settings of Quote. The zero value takes those that the
// shipped model was made with, but for Words, which is needed.
type QuoteOptions struct {
	Words    *syntax.Parser // annotated the cases, or one that knows the same words
	Folds    int            // articles are held out in this many parts for what the second tagger learns from; 0 means 5
	Passes   int            // over the data, for the first tagger; 0 means 5
	Passes2  int            // for the second; 0 means 3
	Runs     int            // trainings of either on all articles, in other orders, whose mean is taken; 0 means 3
	Rate     float64        // AdaGrad's step; 0 means 0.01
	L2       float64        // weight decay; 0 means 0.001
	Dropout  float64        // share of the features left out at a time; 0 means 0.1
	Rows     int            // features with weights, for each tagger; 0 means 1,000,000
	Seed     uint64
	Parallel int // trainings at once; 0 means 1. The result does not depend on it
	Progress func(string)

	// Part names the part that an article is held out with; nil: one of Folds
	// parts by a hash of its name. Held is given, part by part, the detector
	// that was trained without it; nil: nobody wants them.
	Part func(article string) int
	Held func(part int, f *model.File) error
}

func (o *QuoteOptions) fill() {
	set := func(p *int, v int) {
		if *p == 0 {
			*p = v
		}
	}
	set(&o.Folds, 5)
	set(&o.Passes, 5)
	set(&o.Passes2, 3)
	set(&o.Runs, 3)
	set(&o.Rows, 1_000_000)
	set(&o.Parallel, 1)
	if o.Rate == 0 {
		o.Rate = 0.01
	}
	if o.Dropout == 0 {
		o.Dropout = 0.1
	}
	if o.L2 == 0 {
		o.L2 = 0.001
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	if o.Part == nil {
		o.Part = func(article string) int { return foldOf(article, o.Folds) }
	}
}

// QuoteCase is one article to learn from: annotated, by a parser that has not
// learned from it, with its gold in bytes.
type QuoteCase struct {
	Name string
	Doc  *news.Document
	Gold []QuoteGold

	labels []uint8
	marks  marks.Marks
	firsts detect.FirstPass
}

// QuoteGold is one gold attribution in bytes of the text.
type QuoteGold struct{ Content, Cue, Source []news.Span }

// NewQuoteCase pairs a document with its gold.
func NewQuoteCase(g *eval.Gold, d *news.Document) QuoteCase {
	c := QuoteCase{Name: g.Doc, Doc: d}
	at := byteOffsets(g.Text)
	spans := func(rs []eval.Range) (out []news.Span) {
		for _, r := range rs {
			out = append(out, news.Span{Start: at[r[0]], End: at[r[1]]})
		}
		return out
	}
	for i := range g.Attributions {
		a := &g.Attributions[i]
		c.Gold = append(c.Gold, QuoteGold{spans(a.Content), spans(a.Cue), spans(a.Source)})
	}
	return c
}

// mark labels the tokens of window that lie in the spans, in y, which has an
// entry a token of the window. A token belongs to a span that holds its first
// byte; spans are cut at paragraphs.
func mark(d *news.Document, window news.TokenRange, y []uint8, spans []news.Span, begin uint8) {
	for _, s := range spans {
		fresh := true
		for i := window.First; i < window.End; i++ {
			t := d.Tokens[i].Span
			if t.Start >= s.End {
				break
			}
			if t.Start < s.Start {
				continue
			}
			y[i-window.First] = begin + 1
			if fresh {
				y[i-window.First] = begin
			}
			fresh = false
		}
	}
}

// labelAll labels all tokens of the article for the first tagger. Sources and
// cues win over the contents they interrupt.
func (c *QuoteCase) labelAll() {
	all := news.TokenRange{End: int32(len(c.Doc.Tokens))}
	c.labels = make([]uint8, len(c.Doc.Tokens))
	for _, g := range c.Gold {
		mark(c.Doc, all, c.labels, g.Content, detect.LabelBQ)
	}
	for _, g := range c.Gold {
		mark(c.Doc, all, c.labels, g.Source, detect.LabelBS)
		mark(c.Doc, all, c.labels, g.Cue, detect.LabelBC)
	}
}

// labelsFor labels a window for an anchor: the attribution whose cue holds it,
// nothing where none does.
func (c *QuoteCase) labelsFor(window news.TokenRange, anchor int32) []uint8 {
	y := make([]uint8, window.Len())
	t := c.Doc.Tokens[anchor].Span
	for _, g := range c.Gold {
		for _, s := range g.Cue {
			if s.Contains(t) {
				mark(c.Doc, window, y, g.Content, detect.LabelBQ)
				mark(c.Doc, window, y, g.Source, detect.LabelBS)
				mark(c.Doc, window, y, g.Cue, detect.LabelBC)
				return y
			}
		}
	}
	return y
}

// quoteTrainer holds what the steps of Quote share.
type quoteTrainer struct {
	o     QuoteOptions
	cases []QuoteCase
	f     *detect.Featurizer
}

// Quote trains the two taggers of detect.Detector, as a model file. Cases must
// be in an order that does not change, and annotated. The same cases and options give the
// same bytes.
func Quote(ctx context.Context, cases []QuoteCase, o QuoteOptions) (*model.File, error) {
	o.fill()
	t := &quoteTrainer{o: o, cases: cases}
	for i := range cases {
		cases[i].labelAll()
	}
	t.f = detect.NewFeaturizer(english.Language(), reportersOf(cases), o.Words)
	for i := range cases {
		cases[i].marks = t.f.Pair(cases[i].Doc)
	}
	fingerprint, err := detect.Fingerprint(o.Words, english.Language())
	if err != nil {
		return nil, err
	}
	file := model.New()
	file.Stamp(fingerprint)
	held := make([]*model.File, o.Folds)
	for i := range held {
		held[i] = model.New()
		held[i].Stamp(fingerprint)
		detect.EncodeReporters(held[i], t.f.Reporters)
	}
	detect.EncodeReporters(file, t.f.Reporters)

	o.Progress("first tagger: features")
	checks := t.census(t.first)
	slots := linear.NewSlots(checks)
	folds, all := t.examples(slots, t.first)
	crf, err := t.held(ctx, "first tagger", folds, all, o.Passes, slots, checks, func(c *linear.CRF, fold int) {
		t.readFirsts(c, slots, fold)
		if o.Held != nil {
			detect.EncodeTagger(held[fold], "first", checks, c, keptSlots, limitOfRows(c.Rows))
		}
	})
	if err != nil {
		return nil, err
	}
	detect.EncodeTagger(file, "first", checks, crf, keptSlots, limitOfRows(crf.Rows))

	o.Progress("second tagger: features")
	checks = t.census(t.second)
	slots = linear.NewSlots(checks)
	folds, all = t.examples(slots, t.second)
	read := make([][]heldAnchor, o.Folds)
	crf, err = t.held(ctx, "second tagger", folds, all, o.Passes2, slots, checks, func(c *linear.CRF, fold int) {
		read[fold] = t.read(c, slots, fold)
		if o.Held != nil {
			detect.EncodeTagger(held[fold], "second", checks, c, keptSlots, limitOfRows(c.Rows))
		}
	})
	if err != nil {
		return nil, err
	}
	detect.EncodeTagger(file, "second", checks, crf, keptSlots, limitOfRows(crf.Rows))
	rankers, calibration, err := t.rank(ctx, slices.Concat(read...))
	if err != nil {
		return nil, err
	}
	detect.EncodeRankers(file, &rankers[o.Folds])
	detect.EncodeCalibration(file, &calibration[o.Folds])
	if o.Held != nil {
		for part, f := range held {
			detect.EncodeRankers(f, &rankers[part])
			detect.EncodeCalibration(f, &calibration[part])
			if err := o.Held(part, f); err != nil {
				return nil, err
			}
		}
	}
	return file, nil
}

// remaining is the confidence of statements that only marks show: the share
// of those that PolNeAR's annotators marked too is 0.65 on dev.
const remaining = 0.65

// visit is called with every sequence of an article and its gold labels.
type visit func(c *QuoteCase, seq *linear.Sequence, each func(gold []uint8))

func (t *quoteTrainer) first(c *QuoteCase, seq *linear.Sequence, each func(gold []uint8)) {
	t.f.Prepare(c.Doc, &c.marks)
	detect.EachParagraph(c.Doc, func(k int, sentences []news.TokenRange) {
		seq.Reset()
		t.f.First(c.Doc, k, sentences, seq)
		p := c.Doc.Paragraphs[k]
		each(c.labels[p.First:p.End])
	})
}

func (t *quoteTrainer) second(c *QuoteCase, seq *linear.Sequence, each func(gold []uint8)) {
	t.f.Prepare(c.Doc, &c.marks)
	t.anchors(c, seq, func(window news.TokenRange, _ []news.TokenRange, a detect.Anchor) { each(c.labelsFor(window, a.Token)) })
}

// anchors makes the sequence of every anchor of c; Prepare has been called.
func (t *quoteTrainer) anchors(c *QuoteCase, seq *linear.Sequence, each func(window news.TokenRange, sentences []news.TokenRange, a detect.Anchor)) {
	var anchors []detect.Anchor
	detect.EachParagraph(c.Doc, func(k int, sentences []news.TokenRange) {
		anchors = t.f.Anchors(c.Doc, &c.firsts, c.Doc.Paragraphs[k], detect.LearnAnchors, anchors[:0])
		for a := range anchors {
			window, inside := detect.Window(sentences, anchors[a].Token)
			seq.Reset()
			t.f.Anchored(c.Doc, &c.firsts, window, inside, anchors, a, seq)
			each(window, inside, anchors[a])
		}
	})
}

// leastSeenQuote is how often a feature must occur in training to get a weight.
const leastSeenQuote = 3

// The slots of a tagger while it learns and when it is used: of four features
// the one whose weights differ most is kept. Learning with half the slots in
// place of this costs half a point of PolNeAR's pairs; this, a third at most.
const (
	learnedSlots = 1 << 21
	keptSlots    = 1 << 19
)

// census chooses the features that get weights.
func (t *quoteTrainer) census(v visit) []uint16 {
	c := linear.NewCensus(learnedSlots)
	var seq linear.Sequence
	for _, look := range []func([]uint64){c.Count, c.Claim} {
		for i := range t.cases {
			v(&t.cases[i], &seq, func([]uint8) { look(seq.Hashes) })
		}
	}
	return c.Checks(leastSeenQuote, t.o.Rows)
}

// examples makes all training sequences, and tells each one's fold.
func (t *quoteTrainer) examples(slots *linear.Slots, v visit) (folds []int, all []linear.Example) {
	seq := linear.Sequence{Slots: slots}
	for i := range t.cases {
		fold := t.o.Part(t.cases[i].Name)
		v(&t.cases[i], &seq, func(gold []uint8) {
			all = append(all, linear.Example{Sequence: linear.Sequence{
				Feats:   append([]uint32(nil), seq.Feats...),
				Bounds:  append([]int32(nil), seq.Bounds...),
				Classes: append([]uint8(nil), seq.Classes...),
			}, Gold: gold})
			folds = append(folds, fold)
		})
	}
	return folds, all
}

// held trains a model without each fold in turn, hands it to use, and returns
// the model trained on all.
func (t *quoteTrainer) held(ctx context.Context, name string, folds []int, all []linear.Example, passes int, slots *linear.Slots, checks []uint16, use func(*linear.CRF, int)) (*linear.CRF, error) {
	var whole *linear.CRF
	var wait sync.WaitGroup
	var turn sync.Mutex
	room := make(chan struct{}, t.o.Parallel)
	for fold := t.o.Folds; fold >= 0; fold-- { // the longest first
		wait.Add(1)
		room <- struct{}{}
		go func() {
			defer func() { <-room; wait.Done() }()
			if ctx.Err() != nil {
				return
			}
			var examples []linear.Example
			for i := range all {
				if folds[i] != fold {
					examples = append(examples, all[i])
				}
			}
			runs := 1
			if fold == t.o.Folds {
				runs = t.o.Runs
			}
			crf := linear.TrainCRF(examples, linear.TrainOptions{Labels: int(detect.NumLabels), Classes: detect.Classes,
				Passes: passes, Runs: runs, Rows: slots.Taken() + 1, Rate: t.o.Rate, L2: t.o.L2, Dropout: t.o.Dropout, Seed: t.o.Seed + uint64(fold)})
			linear.Prune(checks, crf.Rows, keptSlots)
			turn.Lock()
			defer turn.Unlock()
			if fold == t.o.Folds {
				t.o.Progress(name + ": all articles")
				whole = crf
			} else {
				t.o.Progress(fmt.Sprintf("%s: without part %d of %d", name, fold+1, t.o.Folds))
				use(crf, fold)
			}
		}()
	}
	wait.Wait()
	return whole, ctx.Err()
}

// readFirsts lets a first tagger label the articles of the fold it has not
// learned from.
func (t *quoteTrainer) readFirsts(crf *linear.CRF, slots *linear.Slots, fold int) {
	var l linear.Lattice
	l.Exponentiate(crf.Trans)
	seq := linear.Sequence{Slots: slots}
	for i := range t.cases {
		c := &t.cases[i]
		if t.o.Part(c.Name) != fold {
			continue
		}
		c.firsts.Reset()
		t.first(c, &seq, func([]uint8) {
			crf.Emit(&seq, &l)
			c.firsts.Append(crf.Trans, &seq, &l)
		})
	}
}

// limitOfRows is limitOf over all weights of a tagger.
func limitOfRows(rows []linear.Row) float32 {
	flat := make([]float32, 0, len(rows)*linear.Stride)
	for _, r := range rows {
		flat = append(flat, r[:]...)
	}
	return limitOf(flat)
}
