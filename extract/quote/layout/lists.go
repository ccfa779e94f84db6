package layout

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

const (
	// maxSigner is the most tokens of who stands beside a quotation in a list.
	maxSigner = 20
	// minListed words make a quotation that a name alone may stand beside; fewer
	// may be the title of a work.
	minListed = 3
)

// lists takes quotations with no verb beside them: one with its author behind a
// dash, behind a name and a colon, before a name in brackets.
func (x *reader) lists() {
	for k, p := range x.d.Paragraphs {
		if x.done[k] {
			continue
		}
		if x.heads(k) {
			x.silence(k)
			continue
		}
		r := p
		if r.Len() > 1 && isBullet(x.d.Word(r.First)) {
			r.First++
		}
		if s, ok := x.signedOff(r); ok {
			x.add(s)
			x.done[k] = true
			continue
		}
		if s, ok := x.introduced(k, r); ok {
			x.add(s)
			x.done[k] = true
			continue
		}
		if s, ok := x.signedBelow(k, r); ok {
			x.add(s)
			x.done[k], x.done[k+1] = true, true
			continue
		}
		x.bracketed(p)
		x.asides(p)
		x.inserted(p)
	}
}

// signedOff reads “…” – Name, role.
func (x *reader) signedOff(p news.TokenRange) (s statement.Statement, ok bool) {
	o := x.opened(p.First)
	if o == nil || o.Close+2 >= p.End || !x.remark(o) && x.d.Word(o.Close-1) != "," {
		return s, false
	}
	r := news.TokenRange{First: o.Close + 2, End: p.End}
	switch w := x.d.Word(o.Close + 1); {
	case isDash(w):
	case len(w) > 1 && w[0] == '-' && marks.Capital(w[1:]):
		r.First--
	default:
		return s, false
	}
	for r.Len() > 1 && x.d.Word(r.End-1) == "." {
		r.End--
	}
	if r.Len() > maxSigner || !x.named(r) && !x.handle(r) || x.finite(r) || x.marked(r) {
		return s, false
	}
	return statement.Statement{Parts: []news.TokenRange{o.Tokens()}, Source: r}, true
}

// heads reports whether paragraph k is the heading of a list: What they said:
func (x *reader) heads(k int) bool {
	p := x.d.Paragraphs[k]
	if t := x.d.Tokens[p.First].Tag; t != news.TagWP && t != news.TagWRB || x.d.Word(p.End-1) != ":" || k+1 >= len(x.d.Paragraphs) || x.marked(p) {
		return false
	}
	next := x.d.Paragraphs[k+1]
	if next.Len() > 1 && isBullet(x.d.Word(next.First)) {
		next.First++
	}
	_, off := x.signedOff(next)
	_, in := x.introduced(k+1, next)
	return off || in
}

// signedBelow reads a quotation with its author on the next line: Name, role.
func (x *reader) signedBelow(k int, p news.TokenRange) (s statement.Statement, ok bool) {
	if k+1 >= len(x.d.Paragraphs) || !x.whole(p) || x.done[k+1] {
		return s, false
	}
	r := x.d.Paragraphs[k+1]
	comma := r.First
	for comma < r.End && marks.Capital(x.d.Word(comma)) {
		comma++
	}
	if comma < r.First+2 || comma+1 >= r.End || x.d.Word(comma) != "," || r.Len() > maxHeading || x.stopped(r) || x.finite(r) || x.marked(r) || x.d.Word(r.End-1) == ":" {
		return s, false
	}
	return statement.Statement{Parts: []news.TokenRange{p}, Source: r}, true
}

// introduced reads Name, role: “…” and From Name: “…”.
func (x *reader) introduced(k int, p news.TokenRange) (s statement.Statement, ok bool) {
	if t, set := x.stamp(p); set {
		p.First = t.End
	}
	c := p.First
	for c < p.End && c <= p.First+maxSigner && x.d.Word(c) != ":" {
		c++
	}
	if c == p.First || c+2 >= p.End || x.d.Word(c) != ":" {
		return s, false
	}
	q := x.m.Inside[c+1]
	if q < 0 || x.m.Quotations[q].Open != c+1 || x.m.Quotations[q].Tokens().End != p.End || !x.remark(&x.m.Quotations[q]) {
		return s, false
	}
	p.First = x.latest(news.TokenRange{First: p.First, End: c})
	r := x.from(news.TokenRange{First: p.First, End: c})
	s.Parts, s.Source = []news.TokenRange{x.m.Quotations[q].Tokens()}, r
	if r.Empty() || !x.named(r) && (r.First == p.First || !x.d.Tokens[r.End-1].Tag.Noun()) || x.marked(r) || x.finite(r) || k == 0 {
		return s, false
	}
	last := r.End - 1
	if w := x.d.Word(last); r.Len() > 1 && !marks.Capital(w) && x.w.BlockCues.Has(x.w.lemma(w, news.TagVBZ)) && x.w.lemma(w, news.TagVBZ) != w {
		s.Source.End--
		s.Cue, s.Lemma = news.TokenRange{First: last, End: last + 1}, x.w.lemma(w, news.TagVBZ)
		return s, true
	}
	if r.First == p.First {
		s.Cue, s.Lemma = news.TokenRange{First: c, End: c + 1}, ":"
	}
	return s, true
}

// latest is where the last sentence of r begins: Goal! Commentator Reyes: “…”
func (x *reader) latest(r news.TokenRange) int32 {
	for i := r.First; i+1 < r.End; i++ {
		if w := x.d.Word(i); w == "!" || w == "?" || w == "." && x.d.SentenceAt(i) != x.d.SentenceAt(i+1) {
			r.First = i + 1
		}
	}
	return r.First
}

// phrase reports whether quotation o may be what somebody said and not the title
// of a work: words enough, some of them small.
func (x *reader) phrase(o *marks.Quotation) bool {
	words, big := 0, 0
	for i := o.Words.First; i < o.Words.End; i++ {
		if w := x.d.Word(i); statement.IsWord(w) {
			words++
			if marks.Capital(w) && !news.InCapitals(w) && len(w) > minListed {
				big++
			}
		}
	}
	return words >= minListed && 2*big <= words
}

// remark reports whether o may be what a critic says: a phrase, or one or two words
// with a small one or a mark of their own.
func (x *reader) remark(o *marks.Quotation) bool {
	if x.phrase(o) {
		return true
	}
	last := o.Words.End - 1
	return o.Words.Len() > 1 && o.Words.Len() <= minListed && (marks.Terminal(x.d.Word(last)) || !marks.Capital(x.d.Word(last)))
}

// marked reports whether r holds a quotation mark.
func (x *reader) marked(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if x.m.Inside[i] >= 0 {
			return true
		}
	}
	return false
}
