package speaker

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// maxHops bounds the way up the parse from a cue to the verb whose subject is
// also the cue's.
const maxHops = 5

// nearby is the tokens of token i's sentence that stand close enough to it to be
// looked at: a list of a thousand items is no grammar.
func (a *analysis) nearby(i int32) news.TokenRange {
	s := a.sentence(i)
	return news.TokenRange{First: max(s.First, i-100), End: min(s.End, i+100)}
}

// subjectOver is the subject of token i or of the nearest verb that it hangs
// on as the second of two verbs, a participle or an infinitive, and the number
// of steps up to that verb: in "X left, saying that …" it is X, one step up;
// in "X pressed Y to apologise" it is Y. -1 for none.
func (a *analysis) subjectOver(i int32) (subj int32, hops int) {
	s := a.sentence(i)
	for ; hops < maxHops && s.Contains(i); hops++ {
		if k := a.subjectOf(i); k >= 0 {
			return k, hops
		}
		t := &a.doc.Tokens[i]
		if up := a.speechOver(i); up >= 0 {
			i = up
			continue
		}
		switch t.Rel {
		case news.RelAcl: // a man saying that
			if s.Contains(t.Head) && a.low(i-1) != "," && a.maySpeak(t.Head) {
				return t.Head, hops + 1
			}
		case news.RelXcomp: // X pressed Y to apologise
			if o := a.childOf(t.Head, news.RelObj); o >= 0 && o < i && a.maySpeak(o) {
				return o, hops + 1
			}
		}
		i = t.Head
	}
	return -1, 0
}

// speechOver is the verb of speech to which token i belongs where it hangs on
// the clause that this verb reports: another verb of speech (X said Y would
// stay and said …), or a participle after a comma (X said Y would stay,
// citing …). -1 otherwise.
func (a *analysis) speechOver(i int32) int32 {
	h := a.doc.Tokens[i].Head
	if h < 0 || a.doc.Tokens[h].Rel != news.RelCcomp || !a.is(a.doc.Tokens[h].Head, lexSay) {
		return -1
	}
	up := a.doc.Tokens[h].Head
	switch a.doc.Tokens[i].Rel {
	case news.RelConj:
		if a.is(i, lexSay) && !a.is(h, lexSay) && a.tag(up) == a.tag(i) {
			return up
		}
	case news.RelAdvcl:
		if a.tag(i) == news.TagVBG && a.low(i-1) == "," {
			return up
		}
	}
	return -1
}

// subjectOf is the subject of token i, -1 for none.
func (a *analysis) subjectOf(i int32) int32 {
	return a.childOf(i, news.RelNsubj, news.RelNsubjPass, news.RelNsubjOuter)
}

// childOf is the first token of the sentence that hangs on token i by one of
// the relations, -1 for none.
func (a *analysis) childOf(i int32, rels ...news.Rel) int32 {
	if i < 0 {
		return -1
	}
	s := a.nearby(i)
	for k := s.First; k < s.End; k++ {
		if t := &a.doc.Tokens[k]; t.Head == i && slices.Contains(rels, t.Rel) {
			return k
		}
	}
	return -1
}

// besides reports whether the verb at i describes the circumstances of another.
func (a *analysis) besides(i int32) bool {
	r := a.doc.Tokens[i].Rel
	return (r == news.RelAdvcl || r == news.RelAcl) && a.subjectOf(i) < 0
}

// agentOf is who does what the passive verb at i says: the head of its "by"
// phrase, which the parse may hang on what the verb makes of its subject (was
// called a folly by X). -1 for none.
func (a *analysis) agentOf(i int32) int32 {
	s := a.nearby(i)
	for k := i + 1; k < s.End; k++ {
		if a.low(k) != "by" || a.doc.Tokens[k].Rel != news.RelCase {
			continue
		}
		agent := a.doc.Tokens[k].Head
		if agent < k {
			continue
		}
		h := a.doc.Tokens[agent].Head
		if h == i || h > i && a.doc.Tokens[h].Head == i && a.doc.Tokens[h].Rel == news.RelXcomp {
			return agent
		}
	}
	return -1
}

// implied is the phrase that names the speaker of a statement without source
// by the syntax of its cue: the subject of an active verb, even one that it
// shares with another verb (X denied it and blamed Y), or that the sentence
// before has (And called for …); the "by" phrase of a passive; the owner of a
// noun (X's pledge). Empty when the syntax names none.
func (a *analysis) implied(c *reading, cue news.TokenRange) news.TokenRange {
	subj := int32(-1)
	switch {
	case c.head < 0 || c.manner < 0 && c.form != cuePassive:
	case c.asks && a.besides(c.head): // asked whether …, X said: not X
		subj = a.agentOf(c.head)
	case c.form == cueVerb || c.form == cuePart:
		subj = c.control
		if subj < 0 && c.form == cueVerb {
			subj = a.subjectBefore(c.head)
		}
		if m := a.nameAt(c.head + 1); subj < 0 && m >= 0 && a.is(c.head, lexSay) && a.near(c.head+1) && a.mentions[m].person > 2 {
			subj = a.mentions[m].head // Said X:
		}
	case c.form == cuePassive:
		subj = a.agentOf(c.head)
	case c.form == cueNoun:
		subj = a.childOf(c.head, news.RelNmodPoss)
	}
	if subj < 0 || cue.Contains(subj) && c.form != cueNoun || !a.maySpeak(subj) {
		return news.TokenRange{}
	}
	return a.phraseOf(subj, cue)
}

// maySpeak reports whether token i heads a name, a personal pronoun or a
// description of people or a body.
func (a *analysis) maySpeak(i int32) bool {
	if a.byToken[i] < 0 {
		return false
	}
	switch m := &a.mentions[a.byToken[i]]; m.form {
	case news.Name:
		return true
	default:
		switch m.class {
		case roleOne, roleMany, bodyOne, heShe, theyAll, speakerI, relative:
			return true
		}
	}
	return false
}

// subjectBefore is the subject of the sentence before that of the verb at i,
// when the verb heads a sentence that has dropped it: "Also called for …". -1
// otherwise.
func (a *analysis) subjectBefore(i int32) int32 {
	s := a.sentence(i)
	opens := a.afterAnd(i) // whatever tag and parse say
	if t := a.tag(i); a.doc.Tokens[i].Head >= 0 && !opens || t != news.TagVBD && t != news.TagVBZ && !(opens && t == news.TagVBN) || i > s.First+2 || a.toks[i].sent == 0 {
		return -1
	}
	before := a.doc.Sentences[a.toks[i].sent-1]
	if a.toks[before.First].par+1 < a.toks[i].par {
		return -1
	}
	for k := before.First; k < min(before.End, before.First+200); k++ {
		if a.doc.Tokens[k].Head < 0 && a.tag(k) != news.NoTag {
			if subj := a.subjectOf(k); subj >= 0 {
				return subj
			}
		}
	}
	return -1
}

// afterAnd reports whether the verb at i follows the "and" or "but" that opens
// its sentence: "And called for …".
func (a *analysis) afterAnd(i int32) bool {
	s := a.sentence(i)
	return i == s.First+1 && (a.low(s.First) == "and" || a.low(s.First) == "but")
}

// phraseOf is the noun phrase of the head at i without the cue, without the
// clauses that follow it and, where i names somebody, without the description
// behind the name.
func (a *analysis) phraseOf(i int32, cue news.TokenRange) news.TokenRange {
	s := a.nearby(i)
	r := news.TokenRange{First: i, End: i + 1}
	named := a.byToken[i] >= 0 && a.mentions[a.byToken[i]].form == news.Name
	for k := s.First; k < s.End; k++ {
		if !a.under(k, i) || cue.Contains(k) || named && k > i && a.behind(k, i) {
			continue
		}
		r.First, r.End = min(r.First, k), max(r.End, k+1)
	}
	if cue.First > i {
		r.End = min(r.End, cue.First)
	} else {
		r.First = max(r.First, min(cue.End, i))
	}
	return r
}

// behind reports whether token k of the phrase headed by i belongs to an
// apposition to i, or is a mark before or behind one.
func (a *analysis) behind(k, i int32) bool {
	for n := 0; n < 8 && k >= 0 && k != i; n++ {
		t := &a.doc.Tokens[k]
		if t.Head == i && (t.Rel == news.RelAppos || t.Rel == news.RelPunct) {
			return true
		}
		k = t.Head
	}
	return false
}

// under reports whether token k belongs to the phrase headed by i, relative
// and other clauses aside.
func (a *analysis) under(k, i int32) bool {
	for n := 0; n < 8 && k >= 0; n++ {
		if k == i {
			return true
		}
		switch t := &a.doc.Tokens[k]; t.Rel {
		case news.RelAcl, news.RelAclRelcl, news.RelCcomp, news.RelParataxis, news.RelAdvcl:
			return false
		default:
			k = t.Head
		}
	}
	return false
}
