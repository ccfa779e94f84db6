package detect

import (
	"math"

	"github.com/whosaid/whosaid/extract/internal/probe"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
	"github.com/whosaid/whosaid/extract/syntax"
)

// Fingerprint is that of the features of both taggers on the probe document,
// those that look at the parser's clusters of words among them; of what is
// measured of spans and of attributions there; of what the rules find; and of
// what the stages of the detector read of the language.
func Fingerprint(words *syntax.Parser, l *lang.Language) (model.Fingerprint, error) {
	d, err := probe.Document()
	if err != nil {
		return nil, err
	}
	f := NewFeaturizer(l, Reporters{"say": 3, "tell": 3, "warn": 2, "refuse": 2, "claim": 1, "report": 1, "to": 1}, words)
	m := f.Pair(d)
	f.Prepare(d, &m)
	first := probeFirst(d)
	var features model.Sum
	seq := linear.Sequence{Hashes: make([]uint64, 0, 1<<16)}
	add := func() {
		features.Add(seq.Hashes...)
		for _, c := range seq.Classes {
			features.Add(uint64(c))
		}
		seq.Reset()
	}
	var anchors []Anchor
	var found []Candidate
	var spans sumOfRows
	r := Reading{F: f, Doc: d, First: first, Trans: linear.NewTransitions(int(NumLabels), Classes), Seq: &seq}
	seen := 0
	EachParagraph(d, func(k int, sentences []news.TokenRange) {
		seq.Reset()
		f.First(d, k, sentences, &seq)
		add()
		anchors = f.Anchors(d, first, d.Paragraphs[k], LearnAnchors, anchors[:0])
		for a := range anchors {
			if seen++; seen%6 != 0 { // a few are enough, and programs start with this
				continue
			}
			window, inside := Window(sentences, anchors[a].Token)
			f.Anchored(d, first, window, inside, anchors, a, &seq)
			r.Window, r.Sentences = window, inside
			r.Lattice = &linear.Lattice{Emit: first.Post[window.First:window.End], Post: first.Post[window.First:window.End]}
			g := probeCandidate(window, anchors[a])
			for _, alternatives := range r.Alternatives(&g) {
				spans.add(alternatives.Rows)
			}
			found = append(found, g)
			add()
		}
	})
	f.Complete(d, first, found)
	f.Measure(d, found)
	for i := range found {
		row := found[i].Judged()
		spans.add(row[:])
	}
	return model.Fingerprint{"features": uint64(features), "spans": uint64(spans.sum), "rules": sumOfRules(f.proposals), "words": LanguageData(l)}, nil
}

// probeFirst is what a first tagger might say of d: that verbs are cues, now more
// now less, and of the rest something else at every token.
func probeFirst(d *news.Document) *FirstPass {
	t := new(FirstPass)
	for i := range d.Tokens {
		var row linear.Row
		label := uint8(i/3) % NumLabels
		row[label] = [...]float32{0.3, 0.6, 0.9, 0.97}[i%4]
		row[(label+2)%NumLabels] = 1 - row[label]
		if d.Tokens[i].Tag.Verb() {
			row = linear.Row{LabelBC: [...]float32{0.2, 0.5, 0.9}[i%3], LabelO: 0.1}
			label = LabelBC
		}
		t.Post = append(t.Post, row)
		t.Labels = append(t.Labels, label)
		t.levels = append(t.levels, levelsOf(&row))
	}
	return t
}

// probeCandidate is what a second tagger might read for an anchor: the word before it
// says what stands behind.
func probeCandidate(w news.TokenRange, a Anchor) Candidate {
	g := Candidate{Anchor: a, P: a.P, Cue: news.TokenRange{First: a.Token, End: a.Token + 1}, Content: []news.TokenRange{{First: a.Token + 1, End: w.End}}}
	if a.Token > w.First {
		g.Source = news.TokenRange{First: a.Token - 1, End: a.Token}
	}
	if a.Token+1 == w.End {
		g.Content[0] = news.TokenRange{First: w.First, End: a.Token}
	}
	return g
}

// sumOfRows sums measurements up, rounded: logarithms differ in their last digits from
// one processor to another.
type sumOfRows struct{ sum model.Sum }

func (s *sumOfRows) add(row []float32) {
	for _, v := range row {
		s.sum.Add(uint64(int64(math.Round(float64(v) * 16))))
	}
}

func sumOfRules(found []statement.Statement) uint64 {
	var sum model.Sum
	add := func(r news.TokenRange) { sum.Add(uint64(r.First), uint64(r.End)) }
	for i := range found {
		s := &found[i]
		add(s.Cue)
		add(s.Source)
		sum.Add(uint64(len(s.Parts)))
		for _, r := range s.Parts {
			add(r)
		}
	}
	return uint64(sum)
}
