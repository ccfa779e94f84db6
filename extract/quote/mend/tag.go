package mend

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

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
