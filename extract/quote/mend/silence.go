package mend

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// unanswered reads in the sentence t who does not answer, where nobody took the words:
// Reyes did not return a message seeking comment; could not be reached for comment.
func (x *mender) unanswered(t news.TokenRange, taken []bool) (s statement.Statement, ok bool) {
	for not := t.First + 2; not+2 < t.End; not++ {
		if taken[not] || !x.w.Not.Has(x.d.Word(not)) || !x.d.Tokens[not-1].Tag.Finite() || x.m.Inside[not] >= 0 {
			continue
		}
		v := not + 1
		for v+1 < t.End && (x.d.Tokens[v].Tag == news.TagRB || x.d.Tokens[v].Tag == news.TagVB && x.w.Reachable.Has(x.d.Word(v+1))) {
			v++ // immediately; be
		}
		lemma := x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)
		if !x.w.Reachable.Has(x.d.Word(v)) && !x.w.Answering.Has(lemma) {
			continue
		}
		cue := news.TokenRange{First: not - 1, End: v + 1}
		if x.d.Tokens[min(cue.End, t.End-1)].Tag == news.TagTO {
			cue.End++
		}
		said := news.TokenRange{First: cue.End, End: cue.End}
		for said.End < t.End && statement.IsWord(x.d.Word(said.End)) && x.m.Inside[said.End] < 0 {
			said.End++
		}
		s = statement.Statement{
			Parts: []news.TokenRange{said}, Source: x.subject(news.TokenRange{First: t.First, End: cue.First}), Cue: cue,
			Lemma: lemma, Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
		}
		if !s.Source.Empty() && x.inquires(said) && !some(taken, said) {
			return s, true
		}
	}
	return s, false
}

// subject is the noun phrase that r ends with, behind a comma or a conjunction where the
// whole is none.
func (x *mender) subject(r news.TokenRange) news.TokenRange {
	for !r.Empty() && !x.nominal(r) {
		for r.First++; !r.Empty() && x.d.Word(r.First-1) != "," && x.d.Tokens[r.First-1].Tag != news.TagCC; {
			r.First++
		}
	}
	return r
}

// inquires reports whether r names what is asked or sent: a request for comment, calls.
func (x *mender) inquires(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if x.w.Inquiries.Has(strings.ToLower(x.d.Word(i))) {
			return true
		}
	}
	return false
}

// like reads the sentence t as a quotation behind somebody and "is like": They were like,
// “Why should we go?”
func (x *mender) like(t news.TokenRange) (s statement.Statement, ok bool) {
	for i := t.First + 2; i+2 < t.End; i++ {
		if !x.w.Like.Has(x.d.Word(i)) || !x.d.Tokens[i-1].Tag.Finite() || !x.w.Being.Has(x.w.lemma(x.d.Word(i-1), x.d.Tokens[i-1].Tag)) {
			continue
		}
		q := i + 1
		if w := x.d.Word(q); w == "," || w == ":" {
			q++
		}
		k := x.m.Inside[q]
		if k < 0 || x.m.Quotations[k].Open != q || x.m.Quotations[k].Close < 0 || x.m.Quotations[k].Parent != x.m.Inside[i] {
			continue
		}
		s = statement.Statement{
			Parts: []news.TokenRange{x.m.Quotations[k].Tokens()}, Source: x.before(i-1, t.First), Cue: news.TokenRange{First: i - 1, End: i + 1},
			Lemma: x.d.Word(i), Quotation: k, Parent: x.m.Quotations[k].Parent, Group: statement.None, Exact: true,
		}
		return s, !s.Source.Empty()
	}
	return s, false
}

// before is the noun phrase that ends before token i, in the same marks, from first on.
func (x *mender) before(i, first int32) news.TokenRange {
	r := news.TokenRange{First: i, End: i}
	for noun := false; r.First > first && x.m.Inside[r.First-1] == x.m.Inside[i]; r.First-- {
		switch t := x.d.Tokens[r.First-1].Tag; {
		case t.Noun() || t == news.TagPRP:
			noun = true
			continue
		case noun && (t == news.TagDT || t == news.TagPRPS || t == news.TagJJ || t == news.TagCD || t == news.TagPOS):
			continue
		}
		break
	}
	return r
}

// counted gives s the name before its source where that is a number alone: (Ana Reyes,
// 19) says.
func (x *mender) counted(s *statement.Statement) {
	if s.Source.Empty() || s.Source.First < 2 || x.d.Word(s.Source.First-1) != "," {
		return
	}
	if _, ok := x.bracket(s.Source.First); !ok {
		return
	}
	for i := s.Source.First; i < s.Source.End; i++ {
		if w := x.d.Word(i); statement.IsWord(w) && (w[0] < '0' || w[0] > '9') {
			return
		}
	}
	r := news.TokenRange{First: s.Source.First - 1, End: s.Source.First - 1}
	for r.First > 0 && x.d.Tokens[r.First-1].Tag.Noun() {
		r.First--
	}
	if !r.Empty() {
		s.Source = r
	}
}

// listed takes from s a later part behind a semicolon whose own cue stands behind it, and
// gives that: (“a mess,” Reyes said; “a ruin,” according to her son).
func (x *mender) listed(s *statement.Statement) (more statement.Statement, ok bool) {
	for n := 1; n < len(s.Parts); n++ {
		p := s.Parts[n]
		if x.m.Inside[p.First] < 0 || x.d.Word(p.First-1) != ";" || s.Cue.Empty() || s.Cue.First > p.First {
			continue
		}
		r := news.TokenRange{First: p.End, End: p.End}
		for r.End < x.sentence(p.First).End && x.m.Inside[r.End] < 0 && (statement.IsWord(x.d.Word(r.End)) || x.d.Word(r.End) == ",") {
			r.End++
		}
		if more, ok = x.tag(r); !ok {
			continue
		}
		more.Parts, more.Quotation, more.Confidence = []news.TokenRange{p}, x.m.Inside[p.First], s.Confidence
		s.Parts = append(s.Parts[:n:n], s.Parts[n+1:]...)
		return more, true
	}
	return more, false
}

// tag reads r as who says what stands before it: Reyes said; said Reyes; according to
// Reyes.
func (x *mender) tag(r news.TokenRange) (s statement.Statement, ok bool) {
	s = statement.Statement{Parent: statement.None, Group: statement.None, Exact: true}
	if r.Len() < 2 {
		return s, false
	}
	last := r.End - 1
	switch first := strings.ToLower(x.d.Word(r.First)); {
	case x.speaks(last):
		s.Source, s.Cue = news.TokenRange{First: r.First, End: last}, news.TokenRange{First: last, End: r.End}
	case x.speaks(r.First):
		s.Source, s.Cue = news.TokenRange{First: r.First + 1, End: r.End}, news.TokenRange{First: r.First, End: r.First + 1}
	case r.Len() > 2 && x.w.According.Has(first+" "+x.d.Word(r.First+1)):
		s.Source, s.Cue = news.TokenRange{First: r.First + 2, End: r.End}, news.TokenRange{First: r.First, End: r.First + 2}
	default:
		return s, false
	}
	s.Lemma = x.w.lemma(x.d.Word(s.Cue.First), x.d.Tokens[s.Cue.First].Tag)
	return s, x.nominal(s.Source)
}

// came reads the sentence t as a quotation and what kind of answer it was: “No,” came the
// reply from the bridge.
func (x *mender) came(t news.TokenRange) (s statement.Statement, ok bool) {
	k := x.m.Inside[t.First]
	if k < 0 || x.m.Quotations[k].Open != t.First || x.m.Quotations[k].Close < 0 {
		return s, false
	}
	o := &x.m.Quotations[k]
	v := o.Close + 1
	if v+2 >= t.End || !x.w.Coming.Has(x.d.Word(v)) || x.d.Tokens[v+1].Tag != news.TagDT && x.d.Tokens[v+1].Tag != news.TagPRPS {
		return s, false
	}
	n := v + 2
	for n+1 < t.End && n < v+maxReply && !x.w.Replies.Has(x.d.Word(n)) {
		n++
	}
	if !x.w.Replies.Has(x.d.Word(n)) {
		return s, false
	}
	source := news.TokenRange{}
	if from := n + 1; from+1 < t.End && x.d.Tokens[from].Tag == news.TagIN {
		source = news.TokenRange{First: from + 1, End: from + 1}
		for source.End < t.End && (statement.IsWord(x.d.Word(source.End)) || x.d.Word(source.End)[0] == '@') && x.d.Tokens[source.End].Tag != news.TagIN {
			source.End++
		}
	}
	return statement.Statement{
		Parts: []news.TokenRange{o.Tokens()}, Source: source, Cue: news.TokenRange{First: v, End: n + 1},
		Lemma: x.d.Word(n), Quotation: k, Parent: statement.None, Group: statement.None, Exact: true,
	}, true
}

// maxReply is the most tokens up to the noun for an answer.
const maxReply = 5

// tail reads the sentence t as a clause, a comma, and who says or is told so: The boat had
// sunk, a court heard; he left, an inquest was told; it sails at noon, the town confirms.
func (x *mender) tail(t news.TokenRange) (s statement.Statement, ok bool) {
	end := t.End
	for end > t.First && x.d.Tokens[end-1].Tag == news.TagPERIOD {
		end--
	}
	v := end - 1
	if v < t.First+minClause || x.m.Inside[t.First] >= 0 || x.m.Inside[v] >= 0 {
		return s, false
	}
	cue, audience := news.TokenRange{First: v, End: end}, true
	lemma := x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)
	switch {
	case x.w.Hearing.Has(x.d.Word(v)):
		lemma = x.w.lemma(x.d.Word(v), news.TagVBD) // the tagger takes it for a noun
	case x.w.Telling.Has(lemma) && x.d.Tokens[v-1].Tag.Finite() && x.w.Being.Has(x.w.lemma(x.d.Word(v-1), x.d.Tokens[v-1].Tag)):
		cue.First--
	case x.speaks(v):
		audience = false
	default:
		return s, false
	}
	c := cue.First - 2
	for c > t.First && cue.First-c <= maxSubject && x.d.Word(c) != "," {
		c--
	}
	by := news.TokenRange{First: c + 1, End: cue.First}
	clause := news.TokenRange{First: t.First, End: c}
	switch x.d.Tokens[t.First].Tag {
	case news.TagIN, news.TagWRB, news.TagWP, news.TagWDT, news.TagVBG, news.TagVBN, news.TagTO, news.TagCC:
		return s, false
	}
	if x.d.Word(c) != "," || clause.Len() < minClause || x.d.Tokens[by.First].Tag == news.TagWDT || x.d.Tokens[by.First].Tag == news.TagWP || !x.nominal(by) || !x.finite(clause.First, clause.End) {
		return s, false
	}
	s = statement.Statement{
		Parts: []news.TokenRange{clause}, Source: by, Cue: cue, Lemma: lemma,
		Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
	}
	if audience {
		s.Source = news.TokenRange{} // who spoke is not told
	}
	return s, true
}

// minClause is the least tokens of a clause before such an end.
const minClause = 3
