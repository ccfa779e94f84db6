package mend

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// refused reads the sentence t as somebody who refuses to say, and an indirect
// question: He refused to say who had paid.
func (x *mender) refused(t news.TokenRange) (s statement.Statement, ok bool) {
	v := t.First + 1
	for v < t.End && v <= t.First+maxSubject && !x.d.Tokens[v].Tag.Finite() {
		v++
	}
	if v+4 >= t.End || v > t.First+maxSubject || x.m.Inside[v] >= 0 || !x.w.Refusing.Has(x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)) || x.d.Tokens[v+1].Tag != news.TagTO {
		return s, false
	}
	c := v + 3
	if !x.w.Saying.Has(x.d.Word(v+2)) || !x.w.QuestionOpeners.Has(x.d.Word(c)) {
		return s, false
	}
	end := t.End
	for end > c && x.d.Word(end-1) == "." {
		end--
	}
	s = statement.Statement{
		Parts: []news.TokenRange{{First: c, End: end}}, Source: news.TokenRange{First: t.First, End: v}, Cue: news.TokenRange{First: v, End: c},
		Lemma: x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag), Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
	}
	return s, x.nominal(s.Source) && x.finite(c, end)
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
