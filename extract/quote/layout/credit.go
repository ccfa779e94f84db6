package layout

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
)

// maxBracket is the most tokens of who stands in brackets, and what is told there of
// them.
const maxBracket = 20

// credit is who stands in brackets behind words.
type credit struct {
	source news.TokenRange // without how, where and when it was said
	close  int32           // the bracket that closes
	dated  bool            // a date or a year stands there too
	told   bool            // how, where or when it was said stands there too
}

// credit is who is named in the brackets that open before token i, without a verb or
// marks.
func (x *reader) credit(i, end int32) (c credit, ok bool) {
	c.close = i
	for depth := 0; ; c.close++ {
		if c.close >= end || c.close > i+maxBracket {
			return c, false
		}
		if depth += bracket(x.d.Word(c.close)); depth < 0 {
			break
		}
	}
	r := news.TokenRange{First: i, End: c.close}
	if r.Len() > 1 && x.w.CreditLinks.Has(x.low(r.First)) {
		r.First++ // via @olevey
	}
	r = x.unmarked(x.clauseFrom(r.First, r.End))
	if r.Empty() || x.w.NoSpeakers.Has(x.low(r.First)) {
		return c, false
	}
	x.withoutManner(&c, r)
	return c, !c.source.Empty() && !x.counts(c.source) && !x.acts(x.main(c.source))
}

// unmarked is r up to the comma before what holds marks; nothing where there is none:
// Ole Vey, quoted in “Wet Ink”.
func (x *reader) unmarked(r news.TokenRange) news.TokenRange {
	comma := r.First
	for i := r.First; i < r.End; i++ {
		if x.m.Inside[i] >= 0 || marks.IsMark(x.d.Word(i)) && x.d.Tokens[i].Tag != news.TagPOS {
			return news.TokenRange{First: r.First, End: comma}
		}
		if x.d.Word(i) == "," {
			comma = i
		}
	}
	return r
}

// withoutManner is c with what of r is left without how, where and when something was
// said: Ole Vey, by e-mail; The Lamp, 2 June.
func (x *reader) withoutManner(c *credit, r news.TokenRange) {
	c.source = r
	for i, depth := r.First, 0; i+1 < r.End; i++ {
		depth += bracket(x.d.Word(i))
		if x.d.Word(i) != "," || depth > 0 {
			continue
		}
		next := x.item(i+1, r.End)
		switch date := x.date(next); {
		case date, x.w.Manners.Has(x.low(next.First)), x.isTime(x.d.Word(next.First)), x.stands(next):
			c.dated, c.told = c.dated || date, true
			c.source.End = min(c.source.End, i)
		}
	}
	if c.dated {
		c.source = x.item(c.source.First, c.source.End) // and where it is printed
	}
}

// acts reports whether somebody does something in r: a finite verb or a cue that is no
// participle behind a comma, as in Ole Vey, retired teacher.
func (x *reader) acts(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		participle := i > r.First && x.d.Word(i-1) == "," && x.d.Tokens[i].Tag == news.TagVBD && (i+1 == r.End || x.d.Tokens[i+1].Tag == news.TagNN)
		if !participle && x.finite(news.TokenRange{First: i, End: i + 1}) {
			return true
		}
	}
	return false
}

// item is what stands from token i up to the next comma, or end.
func (x *reader) item(i, end int32) news.TokenRange {
	r := news.TokenRange{First: i, End: i + 1}
	for r.End < end && x.d.Word(r.End) != "," {
		r.End++
	}
	return r
}

// stands reports from where somebody in no town speaks: from the stand.
func (x *reader) stands(r news.TokenRange) bool {
	return r.Len() > 1 && x.w.AuthorLinks.Has(x.low(r.First)) && !x.named(r)
}

// date reports a year, or a number beside a word written big: 1911; 2 June; May 8.
func (x *reader) date(r news.TokenRange) bool {
	big := false
	number := 0 // digits of the longest
	for i := r.First; i < r.End; i++ {
		switch w := x.d.Word(i); {
		case digits(w, 1, 4):
			number = max(number, len(w))
		case marks.Capital(w):
			big = true
		default:
			return false
		}
	}
	return number == 4 || number > 0 && big && r.Len() <= 3
}

// counts reports a number in r that is nobody's age.
func (x *reader) counts(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if w := x.d.Word(i); w[0] >= '0' && w[0] <= '9' && (len(w) > 2 || i == r.First || x.d.Word(i-1) != ",") {
			return true
		}
	}
	return false
}

// main is r up to a relative clause: Ana Reyes, who lives there.
func (x *reader) main(r news.TokenRange) news.TokenRange {
	for i := r.First + 1; i < r.End; i++ {
		if t := x.d.Tokens[i].Tag; t == news.TagWP || t == news.TagWDT || t == news.TagWPS {
			return news.TokenRange{First: r.First, End: i}
		}
	}
	return r
}
