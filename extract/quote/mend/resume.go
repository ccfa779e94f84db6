package mend

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// maxDashed is the most tokens between two dashes that are an aside within a clause.
const maxDashed = 14

// dashed lets what is said behind its cue run on over an aside between dashes, where the
// rest of the sentence has a verb: claims they were so scared - it was May - that they
// fled.
func (x *mender) dashed(s *statement.Statement) {
	if s.Cue.Empty() || len(s.Parts) != 1 {
		return
	}
	p := &s.Parts[0]
	t := x.sentence(s.Cue.First)
	if p.First < s.Cue.End || !t.Contains(p.End) || x.m.Inside[p.End] >= 0 || !isDash(x.d.Word(p.End)) {
		return
	}
	close := p.End + 2
	for close < t.End && close <= p.End+maxDashed && !isDash(x.d.Word(close)) {
		close++
	}
	if close+2 >= t.End || !isDash(x.d.Word(close)) || !x.finite(close+1, t.End) || x.cueIn(news.TokenRange{First: p.End, End: t.End}) {
		return
	}
	p.End = t.End
	for x.d.Tokens[p.End-1].Tag == news.TagPERIOD {
		p.End--
	}
}

func isDash(w string) bool { return w == "-" || w == "–" || w == "—" || w == "--" }

// participles joins to a quotation the next piece of it in its sentence, where a participle
// between them was taken for that piece's cue: “We sail,” Reyes said, pointing to the boat,
// “or we drown.”
func (x *mender) participles(all []statement.Statement) []statement.Statement {
	gone := map[int]bool{}
	for i := range all {
		s := &all[i]
		if s.Cue.Empty() || s.Parts[0].First < s.Cue.End || s.Cue.First == 0 || x.d.Tokens[s.Cue.First].Tag != news.TagVBG || x.d.Word(s.Cue.First-1) != "," || !x.inMarks(s) {
			continue
		}
		q := s.Parts[0].First
		if x.m.Inside[q] < 0 || x.m.Quotations[x.m.Inside[q]].Open != q || marks.Capital(x.d.Word(q+1)) {
			continue
		}
		for k := range all {
			a := &all[k]
			last := a.Parts[len(a.Parts)-1].End
			if k != i && !gone[k] && !a.Cue.Empty() && last >= 2 && last <= a.Cue.First && a.Cue.First < s.Cue.First && x.inMarks(a) && x.d.Word(last-2) == "," && x.sentence(last-1) == x.sentence(q) {
				a.Parts = append(a.Parts[:len(a.Parts):len(a.Parts)], s.Parts...)
				gone[i] = true
				break
			}
		}
	}
	return left(all, gone)
}

// left is all without those that are gone.
func left(all []statement.Statement, gone map[int]bool) []statement.Statement {
	if len(gone) == 0 {
		return all
	}
	kept := all[:0]
	for i := range all {
		if !gone[i] {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// verbless lets a clause that ends with a closing mark before it has a verb run on where
// its verb follows: said that the sign “plainly and wrongly” | tells boats to stop.
func (x *mender) verbless(s *statement.Statement) {
	if s.Cue.Empty() || len(s.Parts) == 0 {
		return
	}
	p := &s.Parts[len(s.Parts)-1]
	if p.First < s.Cue.End || int(p.End) >= len(x.d.Tokens) || x.m.Inside[p.First] >= 0 || x.m.Inside[p.End-1] < 0 || !x.w.Complementizers.Has(x.d.Word(p.First)) {
		return
	}
	t := x.sentence(p.First)
	if !t.Contains(p.End) || !x.d.Tokens[p.End].Tag.Finite() || x.finite(p.First+1, p.End) {
		return
	}
	for p.End = t.End; p.End > p.First && x.d.Tokens[p.End-1].Tag == news.TagPERIOD; {
		p.End--
	}
}

// maxTag is the most tokens of a sentence that is a subject and a verb of saying alone.
const maxTag = 8

// tagged gives a quotation without a cue the sentence behind it that is a subject and a
// verb of saying, and nothing else: 'It will do.' Ole Vey replied.
func (x *mender) tagged(all []statement.Statement) {
	for i := range all {
		s := &all[i]
		last := s.Parts[len(s.Parts)-1].End
		if !s.Cue.Empty() || !s.Source.Empty() || s.Quotation < 0 || int(last) >= len(x.d.Tokens) || x.m.Inside[last] >= 0 || x.d.ParagraphAt(last) != x.d.ParagraphAt(last-1) {
			continue
		}
		t := x.sentence(last)
		v := t.End - 2
		if t.First > last || t.End-last > maxTag || v <= last || x.d.Tokens[t.End-1].Tag != news.TagPERIOD || !x.w.cues.Has(x.d.Word(v)) || !x.nominal(news.TokenRange{First: last, End: v}) {
			continue
		}
		s.Source, s.Cue = news.TokenRange{First: last, End: v}, news.TokenRange{First: v, End: v + 1}
		s.Lemma = x.w.lemma(x.d.Word(v), x.d.Tokens[v].Tag)
	}
}
