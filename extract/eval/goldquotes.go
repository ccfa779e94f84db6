package eval

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// GoldQuotes are the gold attributions of g as a detector would report them, in
// text order of their first part: to measure a speaker resolver by itself, on
// perfect statements and sources. order[i] is the attribution that quote i is
// made from; attributions without content are left out. A source or cue in
// fragments becomes the span from its first to its last.
func GoldQuotes(g *Gold) (quotes []news.Quote, order []*Attribution) {
	p := newPage(g.Text)
	at := byteIndex(g.Text)
	inside := insideMarks(p.text)
	hull := func(rs []Range) news.Span {
		f := p.fragments(rs)
		if len(f) == 0 {
			return news.Span{}
		}
		return news.Span{Start: at(f[0][0]), End: at(f[len(f)-1][1])}
	}
	for i := range g.Attributions {
		a := &g.Attributions[i]
		q := news.Quote{
			Kind: kindOf(a.Type), Cue: hull(a.Cue), Source: hull(a.Source),
			Confidence: 1, Group: -1, Parent: -1,
		}
		if a.Act == news.Attitude.String() {
			q.Act = news.Attitude
		}
		for _, f := range p.fragments(a.Content) {
			for _, part := range p.pieces(f, inside, a.Type) {
				q.Parts = append(q.Parts, news.Part{
					Span:   news.Span{Start: at(part.span[0]), End: at(part.span[1])},
					Quoted: part.quoted,
				})
			}
		}
		if q.Parts = disjoint(q.Parts); len(q.Parts) == 0 {
			continue
		}
		if q.Kind == news.Mixed && !q.Parts[0].Quoted {
			q.Form = news.Fragment
		}
		quotes, order = append(quotes, q), append(order, a)
	}
	sortTogether(quotes, order)
	for i := range quotes {
		quotes[i].Parent = parentOf(quotes, i)
	}
	return quotes, order
}

func kindOf(typ string) news.Kind {
	switch typ {
	case "direct":
		return news.Direct
	case "mixed":
		return news.Mixed
	}
	return news.Indirect
}

type piece struct {
	span   Range
	quoted bool
}

// pieces cuts a fragment of a mixed content where quotation marks begin and
// end; the marks belong to the quoted side. Other contents stay whole.
func (p *page) pieces(f Range, inside []bool, typ string) []piece {
	if typ != "mixed" {
		return []piece{{f, typ == "direct"}}
	}
	var out []piece
	for a := f[0]; a < f[1]; {
		quoted := inside[a] || isMark(p.text[a])
		b := a + 1
		for b < f[1] && (inside[b] || isMark(p.text[b])) == quoted {
			b++
		}
		l, r := a, b
		for l < r && isSpace(p.text[l]) {
			l++
		}
		for l < r && isSpace(p.text[r-1]) {
			r--
		}
		if l < r {
			out = append(out, piece{Range{l, r}, quoted})
		}
		a = b
	}
	return out
}

func isMark(r rune) bool { return strings.ContainsRune("\"“”`", r) }

// disjoint drops parts that overlap one before: annotators sometimes took a
// place twice.
func disjoint(parts []news.Part) []news.Part {
	var out []news.Part
	for _, p := range parts {
		if len(out) == 0 || out[len(out)-1].Span.End <= p.Span.Start {
			out = append(out, p)
		}
	}
	return out
}

// sortTogether puts quotes in text order, outer ones first, order along.
func sortTogether(quotes []news.Quote, order []*Attribution) {
	idx := make([]int, len(quotes))
	for i := range idx {
		idx[i] = i
	}
	slices.SortStableFunc(idx, func(a, b int) int {
		x, y := quotes[a].Extent(), quotes[b].Extent()
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
	})
	q, o := slices.Clone(quotes), slices.Clone(order)
	for to, from := range idx {
		quotes[to], order[to] = q[from], o[from]
	}
}

// parentOf is the smallest quotation before i that a part of which holds all of
// i; -1 for none.
func parentOf(quotes []news.Quote, i int) int32 {
	inner := quotes[i].Extent()
	best := int32(-1)
	for k := range i {
		for _, p := range quotes[k].Parts {
			if p.Span.Contains(inner) && p.Span != inner && (best < 0 || quotes[k].Extent().Len() < quotes[best].Extent().Len()) {
				best = int32(k)
			}
		}
	}
	return best
}

// Resolved turns what a speaker resolver makes of GoldQuotes into predictions
// whose spans are the gold's, so that only speakers are left to differ.
func Resolved(order []*Attribution, r *news.Result) []Prediction {
	out := FromResult(r)
	for i, a := range order {
		out[i].Type, out[i].Content, out[i].Cue, out[i].Source = a.Type, a.Content, a.Cue, a.Source
	}
	return out
}
