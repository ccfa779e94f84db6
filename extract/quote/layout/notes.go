package layout

import (
	"github.com/whosaid/whosaid/extract/news"
)

// maxInquiry is the most tokens of what was left with somebody, and maxKind of what
// stands before the word for it.
const (
	maxInquiry = 30
	maxKind    = 4
)

// notes takes what a newsroom notes of those who did not answer: Messages left for the
// board were not returned.
func (x *reader) notes(p news.TokenRange) {
	for k := x.d.SentenceAt(p.First); k < len(x.d.Sentences) && x.d.Sentences[k].First < p.End; k++ {
		t := x.d.Sentences[k]
		for i := t.First + 2; i < t.End && i <= t.First+maxInquiry; i++ {
			cue, ok := x.unreturned(i, t)
			if !ok {
				continue
			}
			said := news.TokenRange{First: t.First, End: cue.First}
			if by := x.inquired(said); !by.Empty() {
				x.add(x.told(said, cue, by))
			}
			break
		}
	}
}

// unreturned is the verb with its "not" at token i, in the sentence t, which tells that
// something was not answered: were not immediately returned.
func (x *reader) unreturned(i int32, t news.TokenRange) (cue news.TokenRange, ok bool) {
	if !x.w.Nots.Has(x.d.Word(i)) || !x.d.Tokens[i-1].Tag.Finite() {
		return cue, false
	}
	v := i + 1
	for v+1 < t.End && (x.d.Tokens[v].Tag == news.TagRB || x.w.Being.Has(x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag))) {
		v++ // immediately; been
	}
	if v >= t.End || !participle(x.d.Tokens[v].Tag) || !x.w.Returned.Has(x.w.lemma(x.d.Word(v), news.TagVBD)) {
		return cue, false
	}
	return news.TokenRange{First: i - 1, End: v + 1}, true
}

// participle reports the tag of one, or of the past that taggers take it for.
func participle(t news.Tag) bool { return t == news.TagVBN || t == news.TagVBD }

// inquired is with whom r was left: messages left for the board on Friday.
func (x *reader) inquired(r news.TokenRange) (by news.TokenRange) {
	i := r.First
	for i < r.End && i < r.First+maxKind && !x.w.Inquiries.Has(x.low(i)) {
		i++
	}
	if i+2 >= r.End || !x.w.Inquiries.Has(x.low(i)) || x.marked(r) || x.finite(news.TokenRange{First: i + 2, End: r.End}) {
		return by
	}
	for i++; i+1 < r.End; i++ {
		to := x.w.Inquired.Has(x.d.Word(i)) || x.d.Tokens[i].Tag == news.TagIN && participle(x.d.Tokens[i-1].Tag) // left for
		if to && !x.w.Inquiries.Has(x.low(i+1)) && x.d.Tokens[i+1].Tag != news.TagVBG {
			by = news.TokenRange{First: i + 1, End: i + 2}
			break
		}
	}
	for by.End > by.First && by.End < r.End && x.d.Tokens[by.End].Tag != news.TagVBG && !x.w.Manners.Has(x.d.Word(by.End)) && !x.w.Inquired.Has(x.d.Word(by.End)) {
		by.End++
	}
	if by.Empty() || !x.phrased(by) {
		return news.TokenRange{}
	}
	return by
}
