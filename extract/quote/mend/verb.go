package mend

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// clauseVerb is the first finite verb of sentence t, where it is one that takes a
// clause and reports words, or 0.
func (x *mender) clauseVerb(t news.TokenRange) int32 {
	v := t.First + 1
	for v+1 < t.End && v <= t.First+maxSubject && !x.d.Tokens[v].Tag.Finite() && !(x.d.Tokens[v].Tag == news.TagNNS && x.w.Complementizers.Has(x.d.Word(v+1)) && x.rules(v)) {
		v++ // the tagger takes "the report states that" for a noun
	}
	if v+1 < t.End && v <= t.First+maxSubject && x.w.Having.Has(x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)) && x.d.Tokens[v+1].Tag.Verb() {
		v++ // has ruled
	}
	if p := x.participle(t.First, min(v, t.First+maxSubject)); p > 0 {
		v = p
	}
	if v >= t.End || v > t.First+maxSubject || x.m.Inside[v] >= 0 || !x.rules(v) {
		return 0
	}
	return v
}

// participle is the word in [from, to) that the tagger takes for a participle and that is
// the verb: a judge held on Monday that; 0 without any.
func (x *mender) participle(from, to int32) int32 {
	for v := from + 1; v < to; v++ {
		if t := x.d.Tokens[v].Tag; t == news.TagVBN && x.rules(v) && x.d.Tokens[v-1].Tag.Noun() && x.complementizer(v, to) > 0 {
			return v
		}
	}
	return 0
}

// rules reports whether token v is a form of a verb that takes a clause and reports words;
// the tagger takes "states" for a noun.
func (x *mender) rules(v int32) bool {
	t := x.d.Tokens[v].Tag
	if t == news.TagNNS {
		t = news.TagVBZ
	}
	return t.Verb() && x.w.ruling.Has(x.w.lemma(x.d.Word(v), t))
}

// second reads what the subject of the sentence t says by a second verb, which "that"
// follows: reversed it, holding that …; was tired but held that …
func (x *mender) second(t news.TokenRange) (s statement.Statement, ok bool) {
	v := t.First + 1
	for v < t.End && v <= t.First+maxSubject && !x.d.Tokens[v].Tag.Finite() {
		v++
	}
	s.Source = news.TokenRange{First: t.First, End: v}
	if v >= t.End || v > t.First+maxSubject || !x.nominal(s.Source) {
		return s, false
	}
	for v += 2; v+3 < t.End; v++ {
		if x.m.Inside[v] >= 0 || !x.w.Complementizers.Has(x.d.Word(v+1)) {
			continue
		}
		tag, join := x.d.Tokens[v].Tag, x.d.Tokens[v-1].Tag
		if !(tag == news.TagVBG && x.d.Word(v-1) == "," || tag.Finite() && join == news.TagCC) || !x.rules(v) {
			continue
		}
		end := t.End
		for end > v+2 && x.d.Tokens[end-1].Tag == news.TagPERIOD {
			end--
		}
		s = statement.Statement{
			Parts: []news.TokenRange{{First: v + 1, End: end}}, Source: s.Source, Cue: news.TokenRange{First: v, End: v + 1},
			Lemma: x.w.lemma(x.d.Word(v), tag), Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
		}
		return s, x.finite(v+2, end)
	}
	return s, false
}

// announced reads the sentence t as what gives the words of the sentence before it to
// somebody: The lights go out tonight. | Ada Reyes made the announcement on Friday.
func (x *mender) announced(t news.TokenRange) (s statement.Statement, ok bool) {
	v := t.First + 1
	for v < t.End && v <= t.First+maxSubject && !x.d.Tokens[v].Tag.Finite() {
		v++
	}
	if t.First == 0 || v+2 >= t.End || v > t.First+maxSubject || x.m.Inside[v] >= 0 || !x.w.Announcing.Has(x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)) {
		return s, false
	}
	if x.d.Tokens[v+1].Tag != news.TagDT || len(x.d.Word(v+1)) < 3 || !x.w.Announcements.Has(x.d.Word(v+2)) || x.w.Complementizers.Has(x.d.Word(v+3)) {
		return s, false // made an announcement; made the promise that
	}
	p := x.sentence(t.First - 1)
	for p.End > p.First && x.d.Tokens[p.End-1].Tag == news.TagPERIOD {
		p.End--
	}
	s = statement.Statement{
		Parts: []news.TokenRange{p}, Source: news.TokenRange{First: t.First, End: v}, Cue: news.TokenRange{First: v, End: v + 3},
		Lemma: x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag), Quotation: statement.None, Parent: statement.None, Group: statement.None, Exact: true,
	}
	return s, !p.Empty() && x.m.Inside[p.First] < 0 && x.nominal(s.Source) && x.finite(p.First, p.End)
}
