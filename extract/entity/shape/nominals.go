package shape

import (
	"github.com/whosaid/whosaid/extract/news"
)

// cover notes for each token the mention that covers it: the name where there
// is one, else the description or pronoun.
func (a *analysis) cover() {
	for i := range a.byToken {
		a.byToken[i] = -1
	}
	for _, names := range []bool{true, false} {
		for m := range a.mentions {
			mm := &a.mentions[m]
			if (mm.form == news.Name) != names {
				continue
			}
			for i := mm.first; i < mm.end; i++ {
				if a.byToken[i] < 0 {
					a.byToken[i] = int32(m)
				}
			}
		}
	}
}

// sameBody reports whether two nouns may be one body of a candidate's.
func (l *lexicon) sameBody(a, b string) bool {
	return (a == "campaign" || a == "team" || a == "camp") && (b == "campaign" || b == "team" || b == "camp")
}
