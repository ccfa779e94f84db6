package detect

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/rules"
)

// What the rules find is read by both taggers: rules know no topic and no
// country, and where they are right in the training articles the taggers learn
// to follow them.

// rule marks, for every token, its role in what the rules found: 0 nothing, 1
// source, 2 cue, 3 content. Sources and cues win over the contents around
// them.
func (f *Featurizer) rule(d *news.Document) {
	f.proposals = rules.Propose(d, f.marks, f.words.rules)
	clear(f.ruled)
	for i := range f.proposals {
		for _, p := range f.proposals[i].Parts {
			paint(f.ruled, p, 3)
		}
	}
	for i := range f.proposals {
		paint(f.ruled, f.proposals[i].Source, 1)
		paint(f.ruled, f.proposals[i].Cue, 2)
	}
}

func paint(y []uint8, r news.TokenRange, role uint8) {
	for i := r.First; i < r.End; i++ {
		y[i] = role
	}
}

// around packs the roles y of tokens i, i-1 and i+1 into width bits each; none
// stands for those outside of r.
func around(y []uint8, r news.TokenRange, i int32, none uint64, width uint) uint64 {
	before, after := none, none
	if i > r.First {
		before = uint64(y[i-1])
	}
	if i+1 < r.End {
		after = uint64(y[i+1])
	}
	return uint64(y[i]) | before<<width | after<<(2*width)
}

// ruledFor marks the tokens of window w by their role in what the rules found
// for the cue that holds token h: 1 to 3 as rule has them, 4 to 7 the role (0 to
// 3) of others; 8 to 11 where the rules know no such cue.
func (f *Featurizer) ruledFor(w news.TokenRange, h int32) {
	known := uint8(4)
	if f.ruled[h] != 2 {
		known = 8
	}
	for i := w.First; i < w.End; i++ {
		f.seen[i] = known + f.ruled[i]
	}
	if known == 8 {
		return
	}
	inside := func(r news.TokenRange, role uint8) {
		paint(f.seen, news.TokenRange{First: max(r.First, w.First), End: min(r.End, w.End)}, role)
	}
	for i := range f.proposals {
		g := &f.proposals[i]
		if !g.Cue.Contains(h) {
			continue
		}
		for _, p := range g.Parts {
			inside(p, 3)
		}
		inside(g.Source, 1)
		inside(g.Cue, 2)
	}
}
