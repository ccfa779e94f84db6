package detect

import (
	"math"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// Measures is what Calibration sees of an attribution.
type Measures [numMeasures]float32

const (
	measureBias    = iota
	measureCue     // log odds that the anchor is in a cue, by the second tagger
	measureAnchor  // the same by the first
	measureContent // log odds of its content's tokens, their mean probability
	measureBegin   // of the least sure beginning of a part
	measureEnd     // of the least sure end
	measureSource  // of the source's tokens, where the tagger found them
	measureWords   // logarithm of the content's length in tokens
	measureNobody  // no source
	measureParse   // the source is from the parse
	measureRules   // the source is from the rules
	measureParts   // more than one part
	measureMarked  // share of the content in quotation marks
	measureMark    // any of it
	measureLength  // logarithm of the anchor's sentence's length
	measureStart   // the sentence begins with the anchor
	measureNew     // the rules know no such cue
	measureSame    // they do, and have the same source
	measureNone    // they do, and have no source
	measureAgree   // overlap (intersection over union) with their content
	measureExact   // it is the same
	measureForced  // the second tagger's best labelling has no content
	numMeasures
)

// Measure measures every candidate, which Complete has made whole, and changes
// nothing else of it.
func (f *Featurizer) Measure(d *news.Document, found []Candidate) {
	for i := range found {
		found[i].measures = f.measure(d, &found[i])
	}
}

func (f *Featurizer) measure(d *news.Document, g *Candidate) Measures {
	m := Measures{measureBias: 1, measureCue: logit(g.P), measureAnchor: logit(g.Anchor.P),
		measureContent: logit(g.inside), measureBegin: logit(g.begin), measureEnd: logit(g.end)}
	switch g.origin {
	case fromTagger:
		m[measureSource] = logit(g.sourced)
	case fromTree:
		m[measureParse] = 1
	case fromRules:
		m[measureRules] = 1
	case fromNowhere:
		m[measureNobody] = 1
	}
	words, marked := 0, 0
	for _, r := range g.Content {
		for i := r.First; i < r.End; i++ {
			words++
			if f.a[i].state != outside {
				marked++
			}
		}
	}
	m[measureWords] = float32(math.Log(float64(words)))
	m[measureMarked] = float32(marked) / float32(words)
	m[measureMark] = truth(marked > 0)
	m[measureParts] = truth(len(g.Content) > 1)
	m[measureForced] = truth(g.forced)
	s := d.Sentences[d.SentenceAt(g.Anchor.Token)]
	m[measureLength] = float32(math.Log(float64(s.Len())))
	m[measureStart] = truth(g.Anchor.Token == s.First)
	f.compare(g, &m, words)
	return m
}

// compare measures how g stands to what the rules propose for its cue.
func (f *Featurizer) compare(g *Candidate, m *Measures, words int) {
	m[measureNew] = 1
	for i := range f.proposals {
		x := &f.proposals[i]
		if !meet(x.Cue, g.Cue) {
			continue
		}
		m[measureNew] = 0
		switch {
		case x.Source.Empty():
			m[measureNone] = 1
		case int32(i) != g.proposal && meet(x.Source, g.Source):
			m[measureSame] = 1
		}
		both, all := 0, words
		for _, p := range x.Parts {
			all += p.Len()
			for _, r := range g.Content {
				both += int(max(0, min(p.End, r.End)-max(p.First, r.First)))
			}
		}
		m[measureAgree] = max(m[measureAgree], float32(both)/float32(all-both))
	}
	m[measureExact] = truth(m[measureAgree] == 1)
}

// sure is how sure the second tagger is of what it read, whose marginals are in
// l.
func (f *Candidate) sure(l *linear.Lattice, window news.TokenRange) {
	at := func(i int32) *linear.Row { return &l.Post[i-window.First] }
	mean := func(r news.TokenRange, begin uint8) (sum float32) {
		for i := r.First; i < r.End; i++ {
			sum += at(i)[begin] + at(i)[begin+1]
		}
		return sum
	}
	words := int32(0)
	f.inside, f.begin, f.end = 0, 1, 1
	for _, r := range f.Content {
		f.inside += mean(r, LabelBQ)
		words += int32(r.Len())
		f.begin = min(f.begin, at(r.First)[LabelBQ])
		if r.End < window.End {
			f.end = min(f.end, 1-at(r.End)[LabelIQ])
		}
	}
	f.inside /= float32(max(words, 1))
	if !f.Source.Empty() {
		f.sourced = mean(f.Source, LabelBS) / float32(f.Source.Len())
	}
}

func logit(p float32) float32 {
	q := min(max(float64(p), 1e-3), 1-1e-3)
	return float32(math.Log(q / (1 - q)))
}

func truth(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
