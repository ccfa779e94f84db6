package mend

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// maxBetween is the most tokens between a verb and "that": a vote, a day.
const maxBetween = 6

// clauses adds the statements that a sentence makes by its own plain shape, a
// subject, a verb that takes a clause, "that", where nobody took its words: The
// court ruled 2–1 on Friday that …
func (x *mender) clauses(found []statement.Statement, turns []news.TokenRange) []statement.Statement {
	taken := make([]bool, len(x.d.Tokens))
	for i := range found {
		s := &found[i]
		if s.Cue.Empty() || s.Lemma == ":" { // a quotation without a cue is a part of it, it a part of a turn
			continue
		}
		for _, p := range s.Parts {
			fill(taken, p)
		}
		fill(taken, s.Cue)
	}
	var more []statement.Statement
	within := make([]bool, len(x.d.Tokens)) // more of these words
	for _, t := range x.d.Sentences {
		for len(turns) > 0 && turns[0].End <= t.First {
			turns = turns[1:]
		}
		turn := len(turns) > 0 && turns[0].First < t.End
		if turn {
			t.First = max(t.First, turns[0].First) // behind the label
		}
		add := func(s statement.Statement) {
			more = append(more, s)
			fill(within, s.Parts[0])
		}
		if s, ok := x.like(t); ok && !taken[s.Cue.First] != (s.Parent >= 0) {
			add(s)
		}
		if s, ok := x.read(t, taken, turn); ok {
			add(s)
			fill(taken, s.Cue)
			fill(taken, s.Parts[0])
		}
	}
	if len(more) == 0 {
		return found
	}
	kept := found[:0]
	for i := range found {
		if p := &found[i]; !p.Cue.Empty() || p.Spoken || !within[p.Parts[0].First] || !within[p.Parts[len(p.Parts)-1].End-1] {
			kept = append(kept, *p)
		}
	}
	return append(kept, more...)
}

// read is the first statement that sentence t makes by its shape and whose words nobody
// took; turn tells that it is part of one.
func (x *mender) read(t news.TokenRange, taken []bool, turn bool) (s statement.Statement, ok bool) {
	for _, shape := range [...]func(news.TokenRange) (statement.Statement, bool){
		x.that, x.second, x.refused, x.tail, x.view, x.announced,
		func(t news.TokenRange) (statement.Statement, bool) { return x.rumoured(t, taken) },
		func(t news.TokenRange) (statement.Statement, bool) {
			if !turn {
				return statement.Statement{}, false
			}
			return x.told(t)
		},
	} {
		if s, ok = shape(t); ok && !taken[s.Cue.First] && !some(taken, s.Parts[0]) {
			return s, true
		}
	}
	return s, false
}

func fill(taken []bool, r news.TokenRange) {
	for i := r.First; i < r.End; i++ {
		taken[i] = true
	}
}

func some(taken []bool, r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if taken[i] {
			return true
		}
	}
	return false
}

// that reads the sentence t as subject, verb, "that" and clause.
func (x *mender) that(t news.TokenRange) (s statement.Statement, ok bool) {
	v := x.clauseVerb(t)
	if v == 0 {
		return s, false
	}
	c := x.complementizer(v, t.End)
	if c == 0 || c+2 >= t.End || x.d.Tokens[c+1].Tag.Finite() || x.d.Tokens[c].Tag == news.TagDT && !x.finite(c+1, t.End) {
		return s, false
	}
	cue := news.TokenRange{First: v, End: v + 1}
	if v > t.First+1 && x.d.Tokens[v-1].Tag.Finite() {
		cue.First-- // has ruled
	}
	subject := news.TokenRange{First: t.First, End: cue.First}
	for subject.Len() > 1 && x.d.Tokens[subject.End-1].Tag == news.TagRB {
		subject.End--
	}
	end := t.End
	for end > c && (x.d.Word(end-1) == "." || x.d.Word(end-1) == ";") {
		end--
	}
	s = statement.Statement{
		Parts: []news.TokenRange{{First: c, End: end}}, Source: subject, Cue: cue,
		Lemma: x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag), Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
	}
	for i := c; i < end; i++ {
		if x.d.Word(i) == ";" && x.m.Inside[i] < 0 {
			return s, false
		}
	}
	return s, x.nominal(s.Source) && x.finite(c+1, end)
}

// complementizer is the "that" behind the verb v, or 0 where another clause
// begins before it.
func (x *mender) complementizer(v, end int32) int32 {
	for c := v + 1; c < end && c <= v+maxBetween+1; c++ {
		if x.w.Complementizers.Has(x.d.Word(c)) {
			return c
		}
		if tag := x.d.Tokens[c].Tag; c > v+maxBetween || x.m.Inside[c] >= 0 || tag.Verb() || tag == news.TagMD || x.d.Word(c) == "," || x.d.Word(c) == ";" {
			return 0
		}
	}
	return 0
}

// view reads the sentence t as what something is for somebody, in that one's words:
// For the union, it is “a bad joke”.
func (x *mender) view(t news.TokenRange) (s statement.Statement, ok bool) {
	if !x.w.For.Has(strings.ToLower(x.d.Word(t.First))) {
		return s, false
	}
	c := t.First + 1
	for c < t.End && c <= t.First+maxSubject && x.d.Word(c) != "," {
		c++
	}
	q := c + 3
	if q+1 >= t.End || x.d.Word(c) != "," || x.d.Tokens[c+1].Tag != news.TagPRP && x.d.Tokens[c+1].Tag != news.TagDT || !x.d.Tokens[c+2].Tag.Finite() || x.m.Inside[q] < 0 || x.m.Inside[c+2] >= 0 {
		return s, false
	}
	o := &x.m.Quotations[x.m.Inside[q]]
	if o.Open != q || o.Close < 0 {
		return s, false
	}
	s = statement.Statement{
		Parts: []news.TokenRange{{First: c + 1, End: o.Close + 1}}, Source: news.TokenRange{First: t.First + 1, End: c}, Cue: news.TokenRange{First: t.First, End: t.First + 1},
		Lemma: strings.ToLower(x.d.Word(t.First)), Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
	}
	return s, x.nominal(s.Source)
}

// told reads the sentence t, of a turn, as somebody else's subject, a verb of
// saying, and a clause: My sister told me the boat was lost.
func (x *mender) told(t news.TokenRange) (s statement.Statement, ok bool) {
	v := t.First + 1
	for v < t.End && v <= t.First+maxSubject && !x.d.Tokens[v].Tag.Finite() {
		v++
	}
	if v+2 >= t.End || v > t.First+maxSubject || x.m.Inside[v] >= 0 || x.w.Speaker.Has(strings.ToLower(x.d.Word(v-1))) {
		return s, false
	}
	lemma := x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)
	c := v + 1
	switch {
	case x.w.Saying.Has(lemma):
	case x.w.Telling.Has(lemma) && x.d.Tokens[c].Tag == news.TagPRP:
		c++
	default:
		return s, false
	}
	end := t.End
	for end > c && x.d.Word(end-1) == "." {
		end--
	}
	for i := c + 2; i+1 < end; i++ {
		if x.d.Word(i) == "," && x.d.Tokens[i+1].Tag == news.TagCC || x.d.Word(i) == ";" {
			end = i
		}
	}
	switch x.d.Tokens[c].Tag {
	case news.TagDT, news.TagPRP, news.TagPRPS, news.TagNN, news.TagNNS, news.TagNNP, news.TagJJ, news.TagEX:
	default:
		return s, false
	}
	s = statement.Statement{
		Parts: []news.TokenRange{{First: c, End: end}}, Source: news.TokenRange{First: t.First, End: v}, Cue: news.TokenRange{First: v, End: v + 1},
		Lemma: lemma, Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
	}
	return s, x.m.Inside[c] < 0 && x.nominal(s.Source) && x.finite(c, end)
}

// sourced gives s the source that was cut: all of a name with its role behind the
// cue, and a subject with an apposition before it.
func (x *mender) sourced(s *statement.Statement) {
	if s.Cue.Empty() {
		return
	}
	if s.Source.Empty() {
		t := x.sentence(s.Cue.First)
		r := news.TokenRange{First: t.First, End: s.Cue.First}
		if !r.Empty() && len(s.Parts) > 0 && s.Parts[0].First == s.Cue.End && x.w.Complementizers.Has(x.d.Word(s.Cue.End)) && r.Len() <= maxSubject && x.d.Word(r.End-1) == "," && x.nominal(r) {
			s.Source = r
		}
		return
	}
	if s.Source.First != s.Cue.End || !x.d.Tokens[s.Source.End-1].Tag.Noun() && x.d.Tokens[s.Source.End-1].Tag != news.TagJJ || marks.Capital(x.d.Word(s.Source.End-1)) {
		return
	}
	end := s.Source.End
	for int(end) < len(x.d.Tokens) && end < s.Source.End+maxRole {
		t := x.d.Tokens[end].Tag
		if !t.Noun() && t != news.TagJJ && t != news.TagVBG || x.m.Inside[end] >= 0 {
			break
		}
		end++
	}
	if end > s.Source.End && marks.Capital(x.d.Word(end-1)) && int(end) < len(x.d.Tokens) && !statement.IsWord(x.d.Word(end)) {
		s.Source.End = end
	}
}

// bare takes from the source of s the mark of a list that it begins with, and gives to
// its cue an adverb between them: Vale Grain | today announced.
func (x *mender) bare(s *statement.Statement) {
	for s.Source.Len() > 1 && !statement.IsWord(x.d.Word(s.Source.First)) && x.m.Inside[s.Source.First] < 0 && x.d.Word(s.Source.First)[0] != '@' {
		s.Source.First++
	}
	for s.Source.Len() > 1 && s.Source.End == s.Cue.First {
		last := s.Source.End - 1
		if x.d.Tokens[last].Tag != news.TagRB && !x.w.Days.Has(x.d.Word(last)) || x.m.Inside[last] >= 0 {
			return
		}
		s.Source.End, s.Cue.First = last, last
	}
}

// maxRole is the most tokens of a role and a name that a source goes on with.
const maxRole = 6

// finite reports whether a finite verb stands in [from, to).
func (x *mender) finite(from, to int32) bool {
	for i := from; i < to; i++ {
		if t := x.d.Tokens[i].Tag; t.Finite() {
			return true
		}
	}
	return false
}

// verbsOf is the lemmas of r that is takes.
func verbsOf(r lang.Reporting, is func(*lang.Entry) bool) lang.Set {
	out := lang.Set{}
	for i := range r {
		if is(&r[i]) {
			out[r[i].Lemma] = struct{}{}
		}
	}
	return out
}

// finiteForms is the finite forms of verbs.
func finiteForms(l *lang.Language, lemmas lang.Set) lang.Set {
	out := lang.Set{}
	for lemma := range lemmas {
		f := l.Forms(lemma)
		for _, form := range append([]string{f.Present}, f.Past...) {
			out[form] = struct{}{}
		}
	}
	return out
}

// rumoured reads the sentence t as what nobody in particular reports, up to what
// somebody else's statement takes: There are reports that …
func (x *mender) rumoured(t news.TokenRange, taken []bool) (s statement.Statement, ok bool) {
	if x.d.Tokens[t.First].Tag != news.TagEX {
		return s, false
	}
	c := t.First + 2
	for c+2 < t.End && c <= t.First+maxSubject && !x.w.Complementizers.Has(x.d.Word(c)) {
		c++
	}
	if c+2 >= t.End || !x.w.Complementizers.Has(x.d.Word(c)) || !x.w.Rumours.Has(x.w.lemma(x.d.Word(c-1), x.d.Tokens[c-1].Tag)) {
		return s, false
	}
	end := c
	for end < t.End && !taken[end] {
		end++
	}
	for end > c && (x.d.Tokens[end-1].Tag == news.TagPERIOD || x.d.Tokens[end-1].Tag == news.TagCC || x.d.Word(end-1) == ",") {
		end--
	}
	s = statement.Statement{
		Parts: []news.TokenRange{{First: c, End: end}}, Cue: news.TokenRange{First: c - 1, End: c},
		Lemma: x.w.lemma(x.d.Word(c-1), x.d.Tokens[c-1].Tag), Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
	}
	return s, x.m.Inside[c] < 0 && x.finite(c+1, end)
}
