package layout

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// card takes a post as it is copied from a page: a name, its handle, the words, the
// date, each on lines of their own.
func (x *reader) card(k int) bool {
	if k+2 >= len(x.d.Paragraphs) || x.done[k] || x.done[k+1] {
		return false
	}
	name, handle := x.d.Paragraphs[k], x.d.Paragraphs[k+1]
	if name.Len() > maxSomeone || handle.Len() > 3 || !isHandle(x.d.Word(handle.First)) || !x.named(name) || x.finite(name) || x.stopped(name) || x.marked(name) {
		return false
	}
	end := k + 3
	for j := k + 3; j < len(x.d.Paragraphs) && j < k+maxPost && !x.done[j]; j++ {
		if x.dated(x.d.Paragraphs[j]) {
			end = j
			x.silence(j)
			break
		}
	}
	s := statement.Statement{Source: name, Spoken: true}
	for j := k + 2; j < end; j++ {
		if r := x.posted(x.d.Paragraphs[j]); !r.Empty() {
			s.Parts = append(s.Parts, r)
		}
		x.done[j] = true
	}
	x.done[k], x.done[k+1] = true, true
	if len(s.Parts) > 0 {
		x.add(s)
	}
	return true
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
