package train

import (
	"slices"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
)

// heldAnchor is what a second tagger that has not learned from an article reads there
// for one anchor.
type heldAnchor struct {
	c    *QuoteCase
	fold int
	detect.Candidate
	spans [detect.NumRoles]detect.Alternatives
	right [detect.NumRoles]int // which of them is the gold's; -1: none
}

// read lets a second tagger read the articles of the fold it has not learned from.
func (t *quoteTrainer) read(crf *linear.CRF, slots *linear.Slots, fold int) (out []heldAnchor) {
	var l linear.Lattice
	l.Exponentiate(crf.Trans)
	seq := linear.Sequence{Slots: slots}
	for i := range t.cases {
		c := &t.cases[i]
		if t.o.Part(c.Name) != fold {
			continue
		}
		gold := c.spans()
		r := detect.Reading{F: t.f, Doc: c.Doc, First: &c.firsts, Trans: crf.Trans, Seq: &seq, Lattice: &l}
		t.f.Prepare(c.Doc, &c.marks)
		t.anchors(c, &seq, func(window news.TokenRange, sentences []news.TokenRange, a detect.Anchor) {
			crf.Emit(&seq, &l)
			f, ok := detect.Decode(crf.Trans, &seq, &l, window, a)
			if !ok {
				return
			}
			r.Window, r.Sentences = window, sentences
			h := heldAnchor{c: c, fold: fold, spans: r.Alternatives(&f)}
			h.Candidate = f
			h.match(gold)
			out = append(out, h)
		})
	}
	return out
}

// goldSpans is one gold attribution in tokens, by role.
type goldSpans [detect.NumRoles][]news.TokenRange

// spans is the gold in tokens, as mark has it.
func (c *QuoteCase) spans() (out []goldSpans) {
	all := news.TokenRange{End: int32(len(c.Doc.Tokens))}
	y := make([]uint8, len(c.Doc.Tokens))
	runs := func(spans []news.Span) (rs []news.TokenRange) {
		clear(y)
		mark(c.Doc, all, y, spans, 1)
		for i := int32(0); i < all.End; i++ {
			if y[i] == 0 {
				continue
			}
			r := news.TokenRange{First: i, End: i + 1}
			for r.End < all.End && y[r.End] == 2 {
				r.End++
			}
			rs = append(rs, r)
			i = r.End - 1
		}
		return rs
	}
	for _, g := range c.Gold {
		out = append(out, goldSpans{runs(g.Source), runs(g.Cue), runs(g.Content)})
	}
	return out
}

// match finds which alternatives are those of the gold attribution whose cue holds the
// anchor, or else of the one whose content overlaps most, by one half at least.
func (h *heldAnchor) match(gold []goldSpans) {
	h.right = [detect.NumRoles]int{-1, -1, -1}
	best, most := -1, 0.5
	for i := range gold {
		for _, r := range gold[i][detect.RoleCue] {
			if r.Contains(h.Anchor.Token) {
				best, most = i, 2
			}
		}
		if o := common(gold[i][detect.RoleContent], h.Content); o >= most && o > 0 {
			best, most = i, o
		}
	}
	if best < 0 {
		return
	}
	for role := range h.right {
		h.right[role] = slices.IndexFunc(h.spans[role].Parts, func(p []news.TokenRange) bool { return slices.Equal(p, gold[best][role]) })
	}
}

// common is the tokens that both have, of those that either has.
func common(a, b []news.TokenRange) float64 {
	both, all := 0, 0
	for _, p := range a {
		all += p.Len()
		for _, r := range b {
			both += int(max(0, min(p.End, r.End)-max(p.First, r.First)))
		}
	}
	for _, r := range b {
		all += r.Len()
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(all-both)
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
