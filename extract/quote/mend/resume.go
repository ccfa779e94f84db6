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

// resumed joins to a statement the next one, in its sentence, that goes on with its
// quotation behind a pronoun that resumes: “If,” Reyes said, “if they had come,” she went
// on, “we would sail.”
func (x *mender) resumed(all []statement.Statement) []statement.Statement {
	begins := map[int32]int{} // where statements begin that resume: 1 + index
	for i := range all {
		if s := &all[i]; s.Quotation >= 0 && !s.Cue.Empty() && s.Source.Len() == 1 && x.w.Resuming.Has(s.Lemma) && x.d.Tokens[s.Source.First].Tag == news.TagPRP {
			begins[s.Parts[0].First] = i + 1
		}
	}
	if len(begins) == 0 {
		return all
	}
	gone := map[int]bool{}
	for i := range all {
		for !gone[i] {
			k := x.resumes(&all[i], begins, all)
			if k < 0 || k == i || gone[k] {
				break
			}
			s := &all[i]
			s.Parts = append(s.Parts[:len(s.Parts):len(s.Parts)], all[k].Parts...)
			gone[k] = true
		}
	}
	return left(all, gone)
}

// resumes is the index of the statement that goes on with s, or -1.
func (x *mender) resumes(s *statement.Statement, begins map[int32]int, all []statement.Statement) int {
	last := s.Parts[len(s.Parts)-1].End
	if s.Cue.Empty() || s.Cue.First >= last || last < 2 || x.m.Inside[last-1] < 0 || x.d.Word(last-2) != "," {
		return -1
	}
	next := last
	for int(next)+1 < len(x.d.Tokens) && next <= last+maxSubject && x.m.Inside[next] < 0 {
		next++
	}
	k := begins[next] - 1
	if k < 0 || all[k].Cue.First < last || all[k].Cue.End > next || x.sentence(next) != x.sentence(last) || marks.Capital(x.d.Word(next+1)) {
		return -1
	}
	return k
}

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

// swallowed ends the clause behind a noun that reports before a second finite verb that
// nothing joins to the first: his assurance that the boat was safe | did little.
func (x *mender) swallowed(s *statement.Statement) {
	if s.Cue.Empty() || len(s.Parts) != 1 || !x.d.Tokens[s.Cue.End-1].Tag.Noun() {
		return
	}
	p := &s.Parts[0]
	if p.First != s.Cue.End || !x.w.Complementizers.Has(x.d.Word(p.First)) {
		return
	}
	verb := false
	for i := p.First + 1; i < p.End; i++ {
		switch t := x.d.Tokens[i].Tag; {
		case x.m.Inside[i] >= 0, t == news.TagCC, t == news.TagIN, t == news.TagWDT, t == news.TagWP, t == news.TagWPS, t == news.TagWRB, t == news.TagCOLON, t == news.TagCOMMA, opensBracket(x.d.Word(i)):
			verb = false
		case t.Finite() && verb:
			p.End = i
			return
		case t.Finite():
			verb = !x.speaks(i) && !x.relative(news.TokenRange{First: p.First + 1, End: i})
		}
	}
}

// relative reports whether r, up to a verb, holds two subjects, the second of a relative
// clause without its pronoun: the man he.
func (x *mender) relative(r news.TokenRange) bool {
	for i := r.First + 1; i < r.End; i++ {
		if t := x.d.Tokens[i].Tag; x.d.Tokens[i-1].Tag.Noun() && (t == news.TagPRP || t == news.TagDT || t == news.TagPRPS) {
			return true
		}
	}
	return false
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

// silent gives the cue of somebody who refuses to say its verb: refused to say | who had
// paid.
func (x *mender) silent(s *statement.Statement) {
	if len(s.Parts) == 0 || s.Cue.Empty() || !x.w.Refusing.Has(s.Lemma) {
		return
	}
	p := &s.Parts[0]
	if p.First == s.Cue.End && p.Len() > 3 && x.d.Tokens[p.First].Tag == news.TagTO && x.w.Saying.Has(x.d.Word(p.First+1)) && x.w.QuestionOpeners.Has(x.d.Word(p.First+2)) {
		p.First += 2
		s.Cue.End = p.First
	}
}
