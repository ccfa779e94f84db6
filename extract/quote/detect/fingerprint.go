package detect

import (
	"github.com/whosaid/whosaid/extract/internal/probe"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/rules"
	"github.com/whosaid/whosaid/extract/syntax"
)

// Fingerprint is that of the features of both taggers on the probe document,
// those that look at the parser's clusters of words among them; of what the
// rules find there; and of what the stages of the detector
// read of the language.
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
			add()
		}
	})
	return model.Fingerprint{"features": uint64(features), "rules": sumOfRules(&f.proposals), "words": LanguageData(l)}, nil
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

func sumOfRules(p *rules.Proposals) uint64 {
	var sum model.Sum
	add := func(r news.TokenRange) { sum.Add(uint64(r.First), uint64(r.End)) }
	for i := range p.Statements {
		s := &p.Statements[i]
		add(s.Cue)
		add(s.Source)
		sum.Add(uint64(len(s.Parts)))
		for _, r := range s.Parts {
			add(r)
		}
	}
	return uint64(sum)
}
