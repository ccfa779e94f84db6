package statement

import (
	"github.com/whosaid/whosaid/extract/news"
)

// join makes one quotation of the pieces that are one statement: those of a
// group, which paragraphs cut, as long as no more than one of them has a cue.
// The first piece takes the others' parts, and the cue and the source where it
// has none. It keeps its group, and shares it with what was not joined. Quotes
// are in text order.
func join(quotes []news.Quote) []news.Quote {
	last := map[int32]int{} // group: where its statement is in out
	out := quotes[:0]
	for _, q := range quotes {
		at, again := last[q.Group]
		if q.Group < 0 || !again || !out[at].Cue.Empty() && !q.Cue.Empty() || q.Extent().Start < out[at].Extent().End {
			if q.Group >= 0 {
				last[q.Group] = len(out)
			}
			out = append(out, q)
			continue
		}
		o := &out[at]
		o.Parts = append(o.Parts, q.Parts...)
		if o.Cue.Empty() {
			o.Cue, o.CueTokens, o.CueLemma = q.Cue, q.CueTokens, q.CueLemma
		}
		if o.Source.Empty() {
			o.Source, o.SourceTokens = q.Source, q.SourceTokens
		}
		if o.Kind != q.Kind {
			o.Kind = news.Mixed
		}
		if q.Form == news.Unclosed {
			o.Form = q.Form
		}
	}
	return out
}
