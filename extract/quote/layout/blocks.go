package layout

import (
	"sort"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// blocks takes the paragraphs behind one that introduces them with a cue, or an
// author, and a colon.
func (x *reader) blocks() {
	x.few = x.fewInner()
	for k := 0; k+1 < len(x.d.Paragraphs); k++ {
		if x.done[k] || x.done[k+1] {
			continue
		}
		s, author, ok := x.introduction(k)
		if !ok {
			continue
		}
		end := x.block(k, author)
		if end == k+1 {
			continue
		}
		for j := k + 1; j < end; j++ {
			s.Parts = append(s.Parts, x.posted(x.d.Paragraphs[j]))
			x.done[j] = true
		}
		x.add(s)
	}
}

// block is the paragraph behind the block that paragraph k introduces; k+1 where
// there is none. One in marks is left to the cue that introduces it, unless the
// introduction names its author.
func (x *reader) block(k int, author bool) int {
	next := x.d.Paragraphs[k+1]
	if isBullet(x.d.Word(next.First)) || x.d.Word(next.End-1) == ":" {
		return k + 1
	}
	if _, listed := x.introduced(k+1, next); listed {
		return k + 1
	}
	if x.m.Inside[next.First] >= 0 {
		if author && x.whole(next) {
			return k + 2
		}
		return k + 1
	}
	set := x.inner(k+1) && !x.inner(k)
	if !set && (!x.stopped(next) || x.quotesOut(next)) {
		return k + 1
	}
	end := k + 2
	for end < len(x.d.Paragraphs) && end < k+maxPost && !x.done[end] {
		p := x.d.Paragraphs[end]
		if set != x.inner(end) || x.m.Inside[p.First] >= 0 || !set && (!x.speaksFirst(p) || !x.stopped(p) || x.quotesOut(p)) {
			break
		}
		end++
	}
	return end
}

// quotesOut reports whether p looks like narration: a quotation in it, closed by a
// comma.
func (x *reader) quotesOut(p news.TokenRange) bool {
	for i := p.First; i < p.End; i++ {
		q := x.m.Outermost(i)
		if q < 0 {
			continue
		}
		o := &x.m.Quotations[q]
		if o.Close > 0 && x.d.Word(o.Close-1) == "," {
			return true
		}
	}
	return false
}

// indented reports whether paragraph k stands in from the line's beginning.
func (x *reader) indented(k int) bool {
	start := x.d.Tokens[x.d.Paragraphs[k].First].Span.Start
	line := x.d.Text[:start]
	line = line[strings.LastIndexByte(line, '\n')+1:]
	return strings.TrimSpace(line) == "" && (len(line) >= 2 || line == "\t")
}

// whole reports whether p is one quotation in marks.
func (x *reader) whole(p news.TokenRange) bool {
	q := x.m.Outermost(p.First)
	return q >= 0 && x.m.Quotations[q].Tokens() == p
}

// inner reports whether paragraph k is set in, or a quoted line.
func (x *reader) inner(k int) bool { return x.indented(k) || x.d.Word(x.d.Paragraphs[k].First) == ">" }

// introduction is the cue and the source of paragraph k, which introduces a block.
// author tells that it names who wrote what follows. Where the article sets few
// paragraphs in, a first person in them needs no introduction; its source stands
// somewhere before.
func (x *reader) introduction(k int) (s statement.Statement, author, ok bool) {
	s = statement.Statement{Spoken: true}
	p := x.d.Paragraphs[k]
	if source, ok := x.author(k); ok {
		s.Source = source
		return s, true, true
	}
	if p.Len() < 3 {
		return s, false, false
	}
	if x.d.Word(p.End-1) != ":" {
		return s, false, x.few && x.inner(k+1) && !x.inner(k) && x.speaksFirst(x.d.Paragraphs[k+1])
	}
	from := x.lastSentence(p)
	for v := p.End - 2; v > from; v-- {
		if x.m.Inside[v] >= 0 || !x.reports(v) {
			continue
		}
		first := v
		for first > from && (x.d.Tokens[first-1].Tag.Verb() || x.d.Tokens[first-1].Tag == news.TagMD || x.d.Tokens[first-1].Tag == news.TagRB) && !marks.Capital(x.d.Word(first-1)) {
			first--
		}
		source := x.subject(from, first)
		if source.Empty() {
			continue
		}
		s.Cue, s.Source = news.TokenRange{First: first, End: v + 1}, source
		s.Lemma = x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)
		if by := x.signedBy(v+1, p.End-1); !by.Empty() {
			s.Source, author = by, true
		}
		return s, author, true
	}
	return s, false, false
}

// fewInner reports whether less than half of the paragraphs are set in.
func (x *reader) fewInner() bool {
	n := 0
	for k := range x.d.Paragraphs {
		if x.inner(k) {
			n++
		}
	}
	return 2*n < len(x.d.Paragraphs)
}

// reports reports whether token v is a verb that introduces a block.
func (x *reader) reports(v int32) bool {
	w, t := x.d.Word(v), x.d.Tokens[v].Tag
	if marks.Capital(w) || t == news.TagVBG {
		return false
	}
	if !t.Verb() { // the tagger takes "the statement reads" for a noun
		if t != news.TagNNS && t != news.TagNN || w == x.w.lemma(w, news.TagVBZ) {
			return false
		}
		t = news.TagVBZ
	}
	return x.w.BlockCues.Has(x.w.lemma(w, t))
}

// lastSentence is where the last sentence of p begins.
func (x *reader) lastSentence(p news.TokenRange) int32 {
	k := sort.Search(len(x.d.Sentences), func(k int) bool { return x.d.Sentences[k].First >= p.End })
	if k == 0 {
		return p.First
	}
	return max(p.First, x.d.Sentences[k-1].First)
}

// subject is the subject of the verb at token v in the sentence that begins at
// from: all before it, without a time, and without a phrase that is set before.
func (x *reader) subject(from, v int32) news.TokenRange {
	for from < v && (x.isTime(x.d.Word(from)) || isZone(x.d.Word(from))) {
		from++
	}
	switch x.d.Tokens[from].Tag {
	case news.TagIN, news.TagTO, news.TagVBG, news.TagVBN, news.TagRB, news.TagWRB:
		i := from
		for i < v && x.d.Word(i) != "," {
			i++
		}
		if i == v {
			return news.TokenRange{}
		}
		from = i + 1
	}
	end := v
	for end > from && x.d.Word(end-1) == "," {
		end--
	}
	r := news.TokenRange{First: from, End: end}
	for i := from; i < end; i++ {
		if x.m.Inside[i] >= 0 || x.d.Tokens[i].Tag.Finite() && !marks.Capital(x.d.Word(i)) && x.d.Word(end-1) != "," && x.d.Word(v-1) != "," {
			return news.TokenRange{}
		}
	}
	return r
}

// signedBy is the author behind a preposition between from and the colon at end,
// where the verb's object carries words: this statement from Bo Lindqvist.
func (x *reader) signedBy(from, end int32) news.TokenRange {
	for i := from; i+1 < end; i++ {
		if !x.w.BlockCarriers.Has(x.low(i)) {
			continue
		}
		if r := (news.TokenRange{First: i + 2, End: end}); x.w.AuthorLinks.Has(x.low(i+1)) && !r.Empty() && x.named(r) {
			return r
		}
	}
	return news.TokenRange{}
}

// author is the author that all of paragraph k is about: From Name: and From the
// desk of Name.
func (x *reader) author(k int) (source news.TokenRange, ok bool) {
	p := x.d.Paragraphs[k]
	if e := x.startsWith(p, x.w.Desks); e > 0 {
		r := news.TokenRange{First: e, End: p.End}
		for !r.Empty() && (marks.Terminal(x.d.Word(r.End-1)) || x.d.Word(r.End-1) == ":") {
			r.End--
		}
		return r, !r.Empty() && x.named(r) && !x.finite(r)
	}
	if x.d.Word(p.End-1) != ":" {
		return source, false
	}
	r := x.from(news.TokenRange{First: p.First, End: p.End - 1})
	return r, r.First > p.First && !r.Empty() && x.named(r) && !x.finite(r)
}

// maxArrival is the most tokens before "from" that tell how words came.
const maxArrival = 3

// from is r without "From", "And from", "And this from", "Reaction from" or "Just in
// from" before it.
func (x *reader) from(r news.TokenRange) news.TokenRange {
	i := r.First
	for i+2 < r.End && i < r.First+maxArrival && !x.w.AuthorLinks.Has(x.low(i)) {
		switch x.d.Tokens[i].Tag {
		case news.TagCC, news.TagRB, news.TagIN, news.TagRP, news.TagDT, news.TagJJR, news.TagRBR:
		default:
			if !x.w.BlockCarriers.Has(x.low(i)) {
				return r
			}
		}
		i++
	}
	if i < r.End && x.w.AuthorLinks.Has(x.low(i)) && r.End-i < 2*maxLabel {
		r.First = i + 1
	}
	return r
}
