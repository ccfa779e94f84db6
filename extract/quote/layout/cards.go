package layout

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// card takes a post as it is copied from a page: a name, its handle, the words, the
// date, each on lines of their own; a handle alone needs a date.
func (x *reader) card(k int) bool {
	source, body, ok := x.cardHead(k)
	if !ok {
		return false
	}
	end, dated := body+1, false
	for j := body + 1; j < len(x.d.Paragraphs) && j < k+maxPost && !dated; j++ {
		if dated = x.dated(x.d.Paragraphs[j]); dated {
			end = j
		} else if _, _, next := x.cardHead(j); next || x.done[j] {
			break
		}
	}
	if body == k+1 && source == x.d.Paragraphs[k] && !dated {
		return false
	}
	if dated && !x.done[end] {
		x.silence(end)
	}
	if x.startsWith(x.d.Paragraphs[body], x.w.Replying) > 0 && !x.stopped(x.d.Paragraphs[body]) && body+1 < len(x.d.Paragraphs) && !x.done[body+1] {
		body++
		end = max(end, body+1)
	}
	s := statement.Statement{Source: source, Spoken: true}
	for j := body; j < end; j++ {
		if r := x.posted(x.d.Paragraphs[j]); !r.Empty() {
			s.Parts = append(s.Parts, r)
		}
		x.done[j] = true
	}
	for ; k < body; k++ {
		x.done[k] = true
	}
	if len(s.Parts) > 0 {
		x.add(s)
	}
	return true
}

// cardHead is whose the card is that begins with paragraph k, and the paragraph where
// its words begin.
func (x *reader) cardHead(k int) (source news.TokenRange, body int, ok bool) {
	alone := func(k int) bool {
		if k >= len(x.d.Paragraphs) || x.done[k] {
			return false
		}
		p := x.d.Paragraphs[k]
		return p.Len() <= 3 && isHandle(x.d.Word(p.First)) && !x.stopped(p)
	}
	if k+2 >= len(x.d.Paragraphs) || x.done[k] || x.done[k+1] {
		return source, 0, false
	}
	name := x.d.Paragraphs[k]
	if r := x.byline(name); !r.Empty() {
		return r, k + 1, true
	}
	if alone(k) {
		return name, k + 1, true
	}
	if !alone(k+1) || name.Len() > maxSomeone || !x.named(name) || x.finite(name) || x.stopped(name) || x.marked(name) {
		return source, 0, false
	}
	return name, k + 2, true
}

// byline is the name and the handle of a card that stand on one line with how long ago
// it was: Ana Reyes @reyes · 3h.
func (x *reader) byline(p news.TokenRange) (r news.TokenRange) {
	for i := p.First + 1; i+2 < p.End && i <= p.First+maxSomeone; i++ {
		if !isHandle(x.d.Word(i)) {
			continue
		}
		if w := x.d.Word(i + 1); p.End <= i+maxSomeone && (w == "·" || w == "•") && !x.stopped(p) {
			return news.TokenRange{First: p.First, End: i + 1}
		}
		break
	}
	return r
}

// dated reports a short line with a time of day or a year, and no sentence.
func (x *reader) dated(p news.TokenRange) bool {
	if p.Len() > maxHeading || x.stopped(p) || x.marked(p) {
		return false
	}
	for i := p.First; i < p.End; i++ {
		if w := x.d.Word(i); x.isTime(w) || len(w) == 4 && digits(w, 4, 4) {
			return true
		}
	}
	return false
}
