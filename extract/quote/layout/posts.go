package layout

import (
	"strconv"
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
		if from == k-1 {
			from = x.postStart(k - 1)
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

// postStart is where the post begins that paragraph k ends: while a first person goes
// on to speak, without marks.
func (x *reader) postStart(k int) int {
	from := x.thread(k)
	for ; from > 0 && from > k-maxPost; from-- {
		p := x.d.Paragraphs[from-1]
		if x.done[from-1] || !x.speaksFirst(x.d.Paragraphs[from]) || !x.speaksFirst(p) || x.marked(p) || !x.stopped(p) {
			break
		}
	}
	return from
}

// thread is where a row of numbered posts begins whose last is paragraph k: 1/ …
func (x *reader) thread(k int) int {
	from := k
	for n := x.number(k); n > 1 && from > 0 && !x.done[from-1] && x.number(from-1) == n-1; n-- {
		from--
	}
	return from
}

// number is the number that post k of a thread begins with (2/, 2/7), or 0.
func (x *reader) number(k int) int {
	w := x.d.Word(x.d.Paragraphs[k].First)
	if n, _, ok := strings.Cut(w, "/"); ok {
		w = n
	} else if next := x.d.Paragraphs[k].First + 1; next >= x.d.Paragraphs[k].End || x.d.Word(next) != "/" {
		return 0
	}
	n, err := strconv.Atoi(w)
	if err != nil {
		return 0
	}
	return n
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
		if isHandle(x.d.Word(i)) {
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
		handle = handle || isHandle(w)
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
