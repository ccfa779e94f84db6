package layout

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

const (
	// maxHeadline is the most tokens of a line that is a headline.
	maxHeadline = 24
	// maxTail is the most tokens behind a comma of who says what stands before it.
	maxTail = 7
	// minTold is the least tokens of what is said.
	minTold = 2
)

// tails takes what stands before a comma and who says it: Ferry to close, ministry
// confirms; Ferry unsafe, says mate. Taggers take the last word for a noun, in sentences
// as well: He will not stand, her office confirms.
func (x *reader) tails() {
	head := true // no sentence yet: other lines lead to other articles
	for k, p := range x.d.Paragraphs {
		line := !x.stopped(p)
		head = head && line
		switch {
		case x.done[k]:
		case !line:
			x.sentences(p)
			x.notes(p)
		case head && p.Len() <= maxHeadline:
			s, ok := x.tail(p)
			if !ok {
				s, ok = x.remarked(p)
			}
			if !ok && p.Len() > minTold {
				s, ok = x.sourced(p)
			}
			if ok {
				x.add(s)
				x.done[k] = true
			}
		}
	}
}

// sentences takes the sentences of p whose last word, for a tagger a noun, tells that
// somebody says what stands before.
func (x *reader) sentences(p news.TokenRange) {
	for t := x.d.SentenceAt(p.First); t < len(x.d.Sentences) && x.d.Sentences[t].First < p.End; t++ {
		r := x.d.Sentences[t]
		if r.Len() > minTold && x.d.Word(r.End-1) == "." {
			r.End--
		}
		last := r.End - 1
		if i := x.opening(r); i > r.First+1 { // rivals claim (he says not)
			if r.End, last = i, i-1; !x.w.affirms.Has(x.d.Word(last)) {
				continue
			}
		} else if !x.d.Tokens[last].Tag.Noun() || !x.w.verbs.Has(x.d.Word(last)) {
			continue
		}
		if x.m.Inside[last] >= 0 {
			continue
		}
		if s, ok := x.tail(r); ok && x.clause(s.Parts[0]) {
			x.add(s)
		}
	}
}

// opening is the bracket that opens what r ends with, or 0.
func (x *reader) opening(r news.TokenRange) int32 {
	if bracket(x.d.Word(r.End-1)) >= 0 {
		return 0
	}
	depth := 0
	for i := r.End - 1; i > r.First && r.End-i <= maxAside; i-- {
		if depth += bracket(x.d.Word(i)); depth == 0 {
			return i
		}
	}
	return 0
}

// tail reads r as words, a comma, and who says them: the ministry confirms; says mate.
func (x *reader) tail(r news.TokenRange) (s statement.Statement, ok bool) {
	said, who := x.parted(r)
	if who.Len() < 2 || said.Len() < minTold || x.m.Inside[who.First] >= 0 {
		return s, false
	}
	last := x.d.Word(who.End - 1)
	s = statement.Statement{
		Parts: []news.TokenRange{said}, Cue: news.TokenRange{First: who.End - 1, End: who.End}, Source: news.TokenRange{First: who.First, End: who.End - 1},
	}
	if !x.w.reports.Has(last) && !x.w.Hearing.Has(last) {
		s.Cue, s.Source = news.TokenRange{First: who.First, End: who.First + 1}, news.TokenRange{First: who.First + 1, End: who.End}
		ok = x.w.reports.Has(x.d.Word(who.First))
	} else {
		ok = true
	}
	s.Lemma = x.w.lemma(x.d.Word(s.Cue.First), news.TagVBZ)
	if !ok || x.finite(s.Source) || x.marked(s.Source) || !x.phrased(s.Source) {
		return s, false
	}
	if x.w.asked.Has(last) || x.w.Hearing.Has(last) {
		s.Source = news.TokenRange{} // a court told: who spoke is not said
	}
	return s, true
}

// parted is r before and behind its last comma outside of marks, or the closing mark of
// what r begins with.
func (x *reader) parted(r news.TokenRange) (said, who news.TokenRange) {
	if o := x.opened(r.First); o != nil {
		said = o.Tokens()
		return said, news.TokenRange{First: said.End, End: r.End}
	}
	if r.Len() <= minTold+2 {
		return said, who
	}
	c := r.End - 2
	for c > r.First && r.End-c <= maxTail+1 && x.d.Word(c) != "," {
		c--
	}
	if x.d.Word(c) != "," || x.m.Inside[c] >= 0 {
		return said, who
	}
	return news.TokenRange{First: r.First, End: c}, news.TokenRange{First: c + 1, End: r.End}
}

// sourced reads a headline as a sentence, or words some of which stand in marks, and the
// noun for somebody who reports behind a colon or a dash: Ferry was unsafe: police.
func (x *reader) sourced(p news.TokenRange) (s statement.Statement, ok bool) {
	c := p.End - 2
	for c > p.First && p.End-c <= maxTail+1 && x.d.Word(c) != ":" && !isDash(x.d.Word(c)) {
		c--
	}
	said, who := news.TokenRange{First: p.First, End: c}, news.TokenRange{First: c + 1, End: p.End}
	if w := x.d.Word(c); w != ":" && !isDash(w) || said.Len() < minTold || x.m.Inside[c] >= 0 || !x.clause(said) && !x.marked(said) {
		return s, false
	}
	if !x.w.sources.Has(x.w.lemma(x.low(who.End-1), news.TagNNS)) || x.finite(who) || x.marked(who) || !x.phrased(who) {
		return s, false
	}
	s = statement.Statement{Parts: []news.TokenRange{said}, Source: who}
	if x.d.Word(c) == ":" {
		s.Cue, s.Lemma = news.TokenRange{First: c, End: c + 1}, ":"
	}
	return s, true
}

// remarked reads p as words in marks, a dash, and nouns for who says them: ‘No more
// boats’ – harbour chief.
func (x *reader) remarked(p news.TokenRange) (s statement.Statement, ok bool) {
	o := x.opened(p.First)
	if o == nil {
		return s, false
	}
	who := news.TokenRange{First: o.Close + 2, End: p.End}
	if who.Empty() || who.Len() > maxTail || !isDash(x.d.Word(o.Close+1)) || !x.remark(o) {
		return s, false
	}
	for i := who.First; i < who.End; i++ {
		if !statement.IsWord(x.d.Word(i)) && x.d.Tokens[i].Tag != news.TagPOS {
			return s, false
		}
	}
	return statement.Statement{Parts: []news.TokenRange{o.Tokens()}, Source: who}, !x.finite(who) && x.phrased(who)
}

// phrased reports whether r may be a noun phrase: no small word opens or ends it.
func (x *reader) phrased(r news.TokenRange) bool {
	if x.d.Word(r.End-1) == "," { // it closes an apposition
		r.End--
	}
	if r.Empty() {
		return false
	}
	for _, i := range [...]int32{r.First, r.End - 1} {
		switch x.d.Tokens[i].Tag {
		case news.TagIN, news.TagTO, news.TagCC, news.TagRB, news.TagWRB, news.TagWP, news.TagWDT, news.TagCOMMA, news.TagCOLON, news.TagMD:
			return false
		}
	}
	last := x.d.Tokens[r.End-1].Tag
	return statement.IsWord(x.d.Word(r.First)) && last != news.TagDT && last != news.TagCD
}

// clause reports whether r may be a sentence by itself.
func (x *reader) clause(r news.TokenRange) bool {
	switch x.d.Tokens[r.First].Tag {
	case news.TagIN, news.TagWRB, news.TagWP, news.TagWDT, news.TagVBG, news.TagVBN, news.TagTO, news.TagCC:
		return false
	}
	return x.finite(r)
}
