package mend

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// maxSubject is the most tokens of a subject that is looked for.
const maxSubject = 12

// replied cuts s at a semicolon behind which a quotation has its own cue and
// subject, and gives that: argued that x; Vey replied, “Q”.
func (x *mender) replied(s *statement.Statement) (more statement.Statement, ok bool) {
	if len(s.Parts) == 0 {
		return more, false
	}
	n := len(s.Parts) - 1
	p := s.Parts[n]
	for i := p.First + 1; i+3 < p.End; i++ {
		if x.d.Word(i) != ";" || x.m.Inside[i] >= 0 {
			continue
		}
		q := i + 1
		for q < p.End && x.m.Inside[q] < 0 {
			q++
		}
		if q == p.End {
			return more, false
		}
		if more, ok = x.clause(i+1, q); !ok || x.m.Quotations[x.m.Inside[q]].Open != q {
			return more, false
		}
		o := &x.m.Quotations[x.m.Inside[q]]
		more.Parts, more.Quotation, more.Exact = []news.TokenRange{o.Tokens()}, x.m.Inside[q], true
		s.Parts[n].End = i
		if s.Quotation == more.Quotation {
			s.Quotation = statement.None
		}
		return more, true
	}
	return more, false
}

// clause reads a subject and a verb of saying in [from, to), which a quotation
// follows.
func (x *mender) clause(from, to int32) (s statement.Statement, ok bool) {
	s = statement.Statement{Quotation: statement.None, Parent: statement.None, Group: statement.None}
	for v := from + 1; v < to && v <= from+maxSubject; v++ {
		if !x.d.Tokens[v].Tag.Finite() {
			continue
		}
		if !x.w.cues.Has(x.d.Word(v)) {
			return s, false
		}
		s.Source, s.Cue = news.TokenRange{First: from, End: v}, news.TokenRange{First: v, End: v + 1}
		s.Lemma = x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)
		return s, true
	}
	return s, false
}

// later takes from s the parts of later sentences that stand in marks behind that
// sentence's own verb and "that", and gives them.
func (x *mender) later(s *statement.Statement) (out []statement.Statement) {
	if len(s.Parts) < 2 || s.Cue.Empty() {
		return nil
	}
	home := x.sentence(s.Cue.First)
	kept := s.Parts[:0:0]
	for _, p := range s.Parts {
		t := x.sentence(p.First)
		c := p.First - 1
		if t == home || c <= t.First+1 || x.m.Inside[p.First] < 0 || !x.w.Complementizers.Has(x.d.Word(c)) {
			kept = append(kept, p)
			continue
		}
		v := c - 1
		if !x.d.Tokens[v].Tag.Finite() {
			kept = append(kept, p)
			continue
		}
		out = append(out, statement.Statement{
			Parts: []news.TokenRange{{First: c, End: p.End}}, Source: news.TokenRange{First: t.First, End: v}, Cue: news.TokenRange{First: v, End: c},
			Lemma: x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag), Quotation: x.m.Inside[p.First], Parent: statement.None, Group: statement.None, Exact: true, Confidence: s.Confidence,
		})
	}
	s.Parts = kept
	return out
}

// fronted gives s the subject that its cue cuts off: The statute, she wrote,
// “speaks of doors”.
func (x *mender) fronted(s *statement.Statement) {
	if len(s.Parts) == 0 || s.Cue.Empty() || s.Source.Empty() || s.Source.First > s.Cue.First || s.Source.End > s.Cue.First {
		return
	}
	p := s.Parts[0]
	t := x.sentence(s.Cue.First)
	comma := s.Source.First - 1
	if p.First < s.Cue.End || comma <= t.First || comma-t.First > maxSubject || x.d.Word(comma) != "," || x.d.Word(p.First-1) != "," || x.sentence(p.First) != t || x.m.Inside[comma] >= 0 {
		return
	}
	v := p.First
	if x.m.Inside[v] >= 0 {
		v++
	}
	if v >= p.End || !x.d.Tokens[v].Tag.Finite() || marks.Capital(x.d.Word(v)) {
		return
	}
	r := news.TokenRange{First: t.First, End: comma}
	if !x.nominal(r) {
		return
	}
	s.Parts = append([]news.TokenRange{r}, s.Parts...)
	s.Quotation = statement.None
}

// nominal reports whether r is a noun phrase.
func (x *mender) nominal(r news.TokenRange) bool {
	noun := false
	for i := r.First; i < r.End; i++ {
		switch t := x.d.Tokens[i].Tag; {
		case x.m.Inside[i] >= 0:
			return false
		case t.Noun() || t == news.TagPRP:
			noun = true
		case t == news.TagIN && i == r.First, t.Verb() && t != news.TagVBN, t == news.TagRB && i == r.First, t == news.TagWRB, t == news.TagTO, t == news.TagCC && i == r.First:
			return false
		}
	}
	return noun
}

// leading gives the first piece of a quotation that a cue splits to the statement
// of that cue where nobody took it: “If,” he said, “if they come”.
func (x *mender) leading(all []statement.Statement) {
	ends := map[int32]int32{} // where quotations end: index
	for i := range x.m.Quotations {
		q := &x.m.Quotations[i]
		if q.Level == 0 && q.Close >= 0 && q.Open >= 0 && q.Words.Len() > 0 {
			ends[q.Close+1] = int32(i)
		}
	}
	if len(ends) == 0 {
		return
	}
	taken := map[int32]bool{}
	for i := range all {
		for _, p := range all[i].Parts {
			taken[p.First] = true
		}
	}
	for i := range all {
		s := &all[i]
		if s.Cue.Empty() || s.Source.Empty() || s.Quotation < 0 {
			continue
		}
		from := min(s.Cue.First, s.Source.First)
		k, ok := ends[from]
		if !ok || s.Parts[0].First < from || taken[x.m.Quotations[k].Open] || x.d.Word(x.m.Quotations[k].Close-1) != "," || x.sentence(s.Parts[0].First) != x.sentence(s.Cue.First) {
			continue
		}
		s.Parts = append([]news.TokenRange{x.m.Quotations[k].Tokens()}, s.Parts...)
		s.Quotation = k
	}
}
