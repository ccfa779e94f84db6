package train

import (
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/quote/detect"
)

// reportersOf compiles how often each lemma stands in a cue.
func reportersOf(cases []QuoteCase) detect.Reporters {
	type count struct{ all, cue int }
	counts := map[string]*count{}
	for i := range cases {
		c := &cases[i]
		for k, t := range c.Doc.Tokens {
			lemma := english.Language().Lemma(c.Doc.Word(int32(k)), t.Tag)
			n := counts[lemma]
			if n == nil {
				n = new(count)
				counts[lemma] = n
			}
			n.all++
			if y := c.labels[k]; y == detect.LabelBC || y == detect.LabelIC {
				n.cue++
			}
		}
	}
	r := detect.Reporters{}
	for lemma, n := range counts {
		// Rarer ones would tell the tagger of the very places it learns from.
		if n.cue < 4 {
			continue
		}
		switch share := float64(n.cue) / float64(n.all); {
		case share > 0.5:
			r[lemma] = 3
		case share > 0.2:
			r[lemma] = 2
		case share > 0.05:
			r[lemma] = 1
		}
	}
	return r
}
