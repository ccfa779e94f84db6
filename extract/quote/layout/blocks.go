package layout

import (
	"sort"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// maxPost is the most paragraphs of a post or a block.
const maxPost = 12

// posts takes the words before a signature: — Name (@handle) date.
func (x *reader) posts() {
	for k, p := range x.d.Paragraphs {
		if x.postedBy(k, p) || x.card(k) {
			continue
		}
		source, ok := x.signature(p)
		if !ok || k == 0 || x.done[k] {
			continue
		}
		from := k - 1
		for j := k - 1; j >= 0 && j >= k-maxPost; j-- {
			q := x.d.Paragraphs[j]
			if x.done[j] {
				break
			}
			if x.d.Word(q.End-1) == ":" { // introduces all between
				from = j + 1
				break
			}
			if _, signed := x.signature(q); signed {
				break
			}
		}
		var s statement.Statement
		for j := from; j < k; j++ {
			if r := x.posted(x.d.Paragraphs[j]); !x.done[j] && !r.Empty() {
				s.Parts = append(s.Parts, r)
				x.done[j] = true
			}
		}
		x.done[k] = true
		if len(s.Parts) > 0 {
			s.Source, s.Spoken = source, true
			x.add(s)
		}
	}
}

// postedBy takes a post of one paragraph with its signature behind it, or with a name
// and a handle before it: Name (@handle): words.
func (x *reader) postedBy(k int, p news.TokenRange) bool {
	if x.done[k] || !x.handle(p) {
		return false
	}
	s := statement.Statement{Spoken: true}
	if l, ok := x.label(p); ok && x.handle(l.source) {
		s.Parts, s.Source = []news.TokenRange{x.posted(news.TokenRange{First: l.body, End: p.End})}, l.source
		s.Cue, s.Lemma = news.TokenRange{First: l.colon, End: l.colon + 1}, ":"
	}
	for i := p.End - 1; len(s.Parts) == 0 && i > x.unlined(p).First && i > p.End-maxLabel; i-- {
		if !isDash(x.d.Word(i)) {
			continue
		}
		source, ok := x.signature(news.TokenRange{First: i, End: p.End})
		if !ok {
			return false
		}
		s.Parts, s.Source = []news.TokenRange{x.posted(news.TokenRange{First: p.First, End: i})}, source
	}
	if len(s.Parts) == 0 || s.Parts[0].Empty() {
		return false
	}
	x.add(s)
	x.done[k] = true
	return true
}

// handle reports whether an @handle stands in r.
func (x *reader) handle(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if strings.HasPrefix(x.d.Word(i), "@") {
			return true
		}
	}
	return false
}

// signature is the name and the handle in a post's signature.
func (x *reader) signature(p news.TokenRange) (source news.TokenRange, ok bool) {
	p = x.unlined(p)
	if !isDash(x.d.Word(p.First)) {
		return source, false
	}
	handle := false
	for i := p.First + 1; i < p.End && i < p.First+maxLabel; i++ {
		w := x.d.Word(i)
		handle = handle || strings.HasPrefix(w, "@")
		if w == ")" && handle {
			return news.TokenRange{First: p.First + 1, End: i + 1}, true
		}
	}
	return source, false
}

// posted is the words of a post without the address of its picture, and what of
// a quoted line (>) is not the mark.
func (x *reader) posted(p news.TokenRange) news.TokenRange {
	p = x.unlined(p)
	for p.End > p.First && isAddress(x.d.Word(p.End-1)) {
		p.End--
		for p.End > p.First && !statement.IsWord(x.d.Word(p.End-1)) && !marks.Terminal(x.d.Word(p.End-1)) && !marks.IsMark(x.d.Word(p.End-1)) {
			p.End--
		}
	}
	return p
}

// unlined is p without the ">" of a quoted line.
func (x *reader) unlined(p news.TokenRange) news.TokenRange {
	for p.Len() > 1 && x.d.Word(p.First) == ">" {
		p.First++
	}
	return p
}

// isAddress reports a web address: a point between letters and a slash behind.
func isAddress(w string) bool {
	point := strings.IndexByte(w, '.')
	return point > 0 && strings.IndexByte(w[point:], '/') > 0 && len(w) > point+2
}

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

// from is r without "From", "And from" or "Reaction from" before it.
func (x *reader) from(r news.TokenRange) news.TokenRange {
	i := r.First
	if x.w.And.Has(x.low(i)) {
		i++
	}
	if i+2 < r.End && x.w.BlockCarriers.Has(x.low(i)) && x.w.AuthorLinks.Has(x.low(i+1)) {
		i++
	}
	if i < r.End && x.w.AuthorLinks.Has(x.low(i)) && r.End-i < 2*maxLabel {
		r.First = i + 1
	}
	return r
}
