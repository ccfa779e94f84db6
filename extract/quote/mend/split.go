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
	for n, p := range s.Parts {
		i := p.First + 1
		if n > 0 {
			i = s.Parts[n-1].End
		}
		for ; i+3 < p.End; i++ {
			if x.d.Word(i) == ";" && x.m.Inside[i] < 0 {
				break
			}
		}
		q := i + 1
		for q < p.End && x.m.Inside[q] < 0 {
			q++
		}
		if i+3 >= p.End || q >= p.End {
			continue
		}
		o := &x.m.Quotations[x.m.Inside[q]]
		if more, ok = x.clause(i+1, q); !ok || o.Open != q || more.Cue == s.Cue {
			return more, false
		}
		more.Parts, more.Quotation, more.Exact = append([]news.TokenRange{o.Tokens()}, s.Parts[n+1:]...), x.m.Inside[q], true
		more.Confidence = s.Confidence
		s.Parts = s.Parts[:n+1]
		if p.End = i; i <= p.First {
			s.Parts = s.Parts[:n]
		} else {
			s.Parts[n] = p
		}
		if s.Quotation == more.Quotation {
			s.Quotation = statement.None
		}
		return more, true
	}
	return more, false
}

// clause reads a subject and a verb of saying in [from, to), which what is said
// follows.
func (x *mender) clause(from, to int32) (s statement.Statement, ok bool) {
	s = statement.Statement{Quotation: statement.None, Parent: statement.None, Group: statement.None}
	for v := from + 1; v < to && v <= from+maxSubject; v++ {
		if !x.d.Tokens[v].Tag.Finite() {
			continue
		}
		s.Source, s.Cue = news.TokenRange{First: from, End: v}, news.TokenRange{First: v, End: v + 1}
		s.Lemma = x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)
		if v+1 < to && x.w.Phrasal.Has(x.d.Word(v)+" "+x.d.Word(v+1)) {
			s.Cue.End++
			return s, true
		}
		return s, x.w.verbs.Has(x.d.Word(v)) && x.nominal(s.Source)
	}
	return s, false
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
	first := map[int32]int{} // where statements in marks begin: 1 + index
	taken := map[int32]bool{}
	for i := range all {
		for _, p := range all[i].Parts {
			taken[p.First] = true
		}
		if s := &all[i]; s.Quotation >= 0 && !s.Cue.Empty() {
			first[s.Parts[0].First] = i + 1
		}
	}
	for k := range x.m.Quotations {
		q := &x.m.Quotations[k]
		if q.Level > 0 || q.Open < 0 || q.Close < 0 || q.Words.Empty() || taken[q.Open] || x.d.Word(q.Close-1) != "," {
			continue
		}
		next := q.Close + 1
		for int(next) < len(x.d.Tokens) && next <= q.Close+maxSubject && x.m.Inside[next] < 0 {
			next++
		}
		if int(next) == len(x.d.Tokens) || first[next] == 0 || x.sentence(next) != x.sentence(q.Close) || !x.says(q.Close+1, next) {
			continue
		}
		s := &all[first[next]-1]
		s.Parts = append([]news.TokenRange{q.Tokens()}, s.Parts...)
		s.Quotation = int32(k)
	}
}

// says reports whether the words between two pieces of a quotation hold a verb of
// saying, and no other.
func (x *mender) says(from, to int32) bool {
	said := false
	for i := from; i < to; i++ {
		switch {
		case x.w.cues.Has(x.d.Word(i)):
			said = true
		case x.d.Tokens[i].Tag.Finite():
			return false
		}
	}
	return said
}

// addressed takes from s who is told, where a clause follows: told MPs the bridge was
// safe.
func (x *mender) addressed(s *statement.Statement) {
	if len(s.Parts) == 0 || !x.w.Telling.Has(s.Lemma) || s.Parts[0].First != s.Cue.End || x.m.Inside[s.Cue.End] >= 0 {
		return
	}
	p := s.Parts[0]
	i := p.First
	for i < p.End && (x.d.Tokens[i].Tag == news.TagDT || x.d.Tokens[i].Tag == news.TagPRPS || x.d.Tokens[i].Tag == news.TagJJ || x.d.Tokens[i].Tag == news.TagJJR) {
		i++
	}
	noun := i
	for i < p.End && x.d.Tokens[i].Tag.Noun() && !(i > noun && x.w.Nobody.Has(x.d.Word(i))) && !(i > noun && noun > p.First && x.d.Tokens[i].Tag == news.TagNNP && x.d.Tokens[i-1].Tag != news.TagNNP) {
		i++ // told the jury Reyes had slept
	}
	if i == noun || i+1 >= p.End {
		return
	}
	clause := x.w.Complementizers.Has(x.d.Word(i)) || x.w.Nobody.Has(x.d.Word(i))
	switch x.d.Tokens[i].Tag {
	case news.TagDT, news.TagPRP, news.TagPRPS, news.TagEX, news.TagNNP:
		clause = true
	}
	if clause && x.finite(i, p.End) {
		s.Parts[0].First = i
	}
}
