package train

import (
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
)

// judge lets a second tagger read the articles of the fold it has not learned
// from, and judges what it finds.
func (t *quoteTrainer) judge(crf *linear.CRF, slots *linear.Slots, fold int) (out []detect.Judged) {
	var l linear.Lattice
	l.Exponentiate(crf.Trans)
	seq := linear.Sequence{Slots: slots}
	for i := range t.cases {
		c := &t.cases[i]
		if t.o.Part(c.Name) != fold {
			continue
		}
		var found []detect.Candidate
		t.f.Prepare(c.Doc, &c.marks)
		t.anchors(c, &seq, func(window news.TokenRange, a detect.Anchor) {
			crf.Emit(&seq, &l)
			if f, ok := detect.Decode(crf.Trans, &seq, &l, window, a); ok {
				found = append(found, f)
			}
		})
		t.f.Complete(c.Doc, &c.firsts, found)
		t.f.Measure(c.Doc, found)
		for _, f := range found {
			j := detect.Judged{Candidate: f}
			j.Content, j.Pair = c.right(&f)
			out = append(out, j)
		}
	}
	return out
}

// right reports whether a gold content overlaps f's by at least one half of
// the tokens of both, and whether its source overlaps too, or both have none.
func (c *QuoteCase) right(f *detect.Candidate) (content, pair bool) {
	tokens := func(in func(news.Span) bool) map[int32]bool {
		m := map[int32]bool{}
		for i, t := range c.Doc.Tokens {
			if in(t.Span) {
				m[int32(i)] = true
			}
		}
		return m
	}
	for _, g := range c.Gold {
		near := false
		for _, s := range g.Content {
			for _, r := range f.Content {
				near = near || s.Overlaps(c.Doc.Span(r))
			}
		}
		if !near {
			continue
		}
		gold := tokens(func(t news.Span) bool {
			for _, s := range g.Content {
				if s.Overlaps(t) {
					return true
				}
			}
			return false
		})
		both, mine := 0, 0
		for _, r := range f.Content {
			for i := r.First; i < r.End; i++ {
				mine++
				if gold[i] {
					both++
				}
			}
		}
		if 2*both >= mine+len(gold)-both {
			if f.Source.Empty() {
				return true, len(g.Source) == 0
			}
			for _, s := range g.Source {
				pair = pair || s.Overlaps(c.Doc.Span(f.Source))
			}
			return true, pair
		}
	}
	return false, false
}
