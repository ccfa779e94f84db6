package speaker

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// measure fills the measurements of every candidate of quotation q.
func (w *walker) measure(q int, at int32, ids []int32) []Choice {
	a, s, quote := w.a, &w.sources[q], &w.quotes[q]
	var base [numFeatures]float32
	content := quote.Extent()
	first := a.tokensIn(content)
	sent := a.toks[min(at, int32(len(a.toks)-1))].sent
	// the reader's memory counts from where the quotation begins, not from where
	// its source stands, which may be sentences later
	place := where{at: at, sent: sent, from: sent, to: sent}
	if !first.Empty() {
		place.from, place.to = min(sent, a.toks[first.First].sent), max(sent, a.toks[first.End-1].sent)
	}
	if s.name >= 0 {
		place.sex = a.sexAfter(s)
	}
	w.measureQuote(q, at, place.from, &base)
	out := w.vectors[:0]
	agreeRank, bestSalience := 0, float32(-1e9)
	rivals, bestRole := 0, float32(0)
	for _, id := range ids {
		c := Choice{Entity: id, Features: base}
		f := &c.Features
		switch id {
		case ownPhrase:
			f[fType] = 6
			c.Kind = w.ownKind(q)
			c.Name = w.ownName(q)
		case nobody:
			f[fType] = 7
		case authorSelf:
			f[fType] = 8
			c.Kind = news.Author
		default:
			e := &a.ents[id]
			c.Name, c.Kind = e.name, e.kind
			w.measureEntity(f, e, id, q, place)
			if s.form == news.Nominal && f[fRole] > 0 {
				rivals++
			}
			bestRole = max(bestRole, f[fRole])
			if f[fRank] < 30 {
				if f[fSalience] > bestSalience && (s.form != news.Pronoun || f[fAgrees] >= 0) {
					bestSalience = f[fSalience]
				}
			}
		}
		out = append(out, c)
	}
	// what needs all candidates
	for _, id := range w.recent {
		for k := range out {
			if out[k].Entity == id && out[k].Features[fAgrees] >= 0 {
				out[k].Features[fRankAgree] = float32(agreeRank)
				agreeRank++
			}
		}
	}
	for i := first.First; i < first.End && i < first.First+400; i++ {
		m := a.byToken[i]
		if m < 0 || a.mentions[m].form != news.Name {
			continue
		}
		if i >= s.tokens.First && i < s.tokens.End {
			continue
		}
		for k := range out {
			if out[k].Entity == a.mentions[m].ent && out[k].Entity >= 0 {
				out[k].Features[fInContent] = 1
			}
		}
	}
	for k := range out {
		f := &out[k].Features
		f[fRoleRivals] = float32(rivals)
		f[fRoleGap] = bestRole - f[fRole]
		if out[k].Entity >= 0 && bestSalience > -1e8 {
			f[fSalienceGap] = bestSalience - f[fSalience]
		}
		f[fGuess] = guess(f)
	}
	w.vectors = out
	return out
}

// measureQuote fills what all candidates of q share.
func (w *walker) measureQuote(q int, at, from int32, f *[numFeatures]float32) {
	a, s, quote := w.a, &w.sources[q], &w.quotes[q]
	flag := func(k feature, b bool) {
		if b {
			f[k] = 1
		}
	}
	f[fForm], f[fClass] = float32(s.form), float32(s.class)
	flag(fPlural, s.plural)
	flag(fDefinite, s.definite)
	flag(fProper, s.proper)
	flag(fSeveral, s.several)
	flag(fHasCue, !quote.Cue.Empty())
	f[fCue], f[fImplied] = w.cues[q].form, s.implied
	flag(fAsked, w.cues[q].asks)
	f[fManner] = w.cues[q].manner
	f[fAt] = float32(min(from, 30))
	f[fKind] = float32(quote.Kind)
	flag(fMarksFirst, s.head >= 0 && quote.Parts[0].Span.Start < s.words.Start)
	in := min(at, int32(len(a.toks)-1))
	flag(fHeadline, a.headline[a.toks[in].sent])
	flag(fSourceQuoted, s.head >= 0 && a.has(s.head, inMarks))
	flag(fPossessive, s.form == news.Pronoun && a.tag(s.head) == news.TagPRPS)
	flag(fCapsSource, s.head >= 0 && a.has(s.head, isAllCaps) && a.low(s.tokens.End) == ":")
	f[fGapBefore], f[fSinceQuote] = 20, 20
	if n := len(w.speaker); n > 0 {
		p := int(w.speaker[n-1])
		last := a.tokenAt(max(w.quotes[p].Extent().End-1, 0))
		last = max(last, w.done[p].anchor)
		d := from - a.toks[min(last, int32(len(a.toks)-1))].sent
		f[fGapBefore] = float32(max(-1, min(d, 20)))
		flag(fSameParagraph, a.toks[in].par == a.toks[min(last, int32(len(a.toks)-1))].par)
		flag(fContinues, quote.Group >= 0 && quote.Group == w.quotes[p].Group)
	} else {
		f[fFirstQuote] = 1
	}
	f[fSentences], f[fRank], f[fRankAgree], f[fTop] = 40, 40, 40, 40
	f[fAgrees], f[fSalience], f[fSalienceGap] = -1, -30, 30
}

// where tells a quotation's place: the token at which it is decided, that
// token's sentence, the first and last sentence of quotation and token, and the
// gender that follows its source.
type where struct {
	at, sent, from, to int32
	sex                int8
}

// measureEntity fills what belongs to entity e.
func (w *walker) measureEntity(f *[numFeatures]float32, e *entity, id int32, q int, place where) {
	a, s := w.a, &w.sources[q]
	at, sent, from := place.at, place.sent, place.from
	f[fType] = entityType(e)
	if s.form == news.Nominal && s.class == bodyOne && s.definite && !s.plural && e.class == noClass && len(e.words) > 1 && e.words[len(e.words)-1] == a.low(s.head) && len(w.byRole[a.low(s.head)]) == 1 {
		f[fHead] = 2 // the council, where the article has one
		if a.low(s.head) == "police" {
			f[fHead] = 3 // police by themselves are those of the place
		}
	}
	if s.name >= 0 {
		m := &a.mentions[s.name]
		switch {
		case m.ent == id:
			f[fHead] = 3
		case m.end-m.first == 1 && e.surname != "" && e.surname == a.low(m.first):
			f[fHead] = 2
		}
	}
	if s.mention >= 0 && s.form == news.Nominal && a.mentions[s.mention].ent == id {
		f[fHead] = 3
	}
	if f[fHead] == 0 {
		for i := s.tokens.First; i < s.tokens.End; i++ {
			if m := a.byToken[i]; m >= 0 && a.mentions[m].ent == id {
				f[fHead] = 1
				break
			}
		}
	}
	if id == w.turn[q] {
		f[fTurn] = 1
	}
	if id == w.outlet {
		f[fAsks] = 1
	}
	if w.signed != nil && w.signed[q] == id {
		f[fWithin] = 1
	}
	if p := w.within[q]; p >= 0 && w.done[p].made && w.done[p].choice == id {
		f[fWithin] = 1
	}
	if f[fType] == 0 {
		if f[fKin] = 0; e.kin {
			f[fKin] = 1
		}
		f[fSinceFull] = 40
		if l := a.lastFull(e, a.mentionBefore(at)); l >= 0 {
			f[fSinceFull] = float32(max(0, min(from-a.toks[a.mentions[l].first].sent, 40)))
		}
		f[fRivals] = float32(min(len(a.surnames[e.surname])-1, 5))
		if s.name >= 0 {
			h := a.entitySex(e)
			f[fTitleSex] = sameSex(a.titleSex(&a.mentions[s.name]), h)
			if f[fRivals] > 0 {
				f[fNearSex] = sameSex(place.sex, h)
			}
		}
	}
	if s.owner >= 0 && a.mentions[s.owner].ent == id {
		f[fOwner] = 1
	}
	if s.class == relative && s.form == news.Pronoun && w.relativeHead(s.head) == id {
		f[fRelative] = 1
	}
	if w.cues[q].asks && s.head < 0 && w.forum(e, id, sent) {
		f[fForum] = 1
	}
	if e.soFar == 0 && e.head >= 0 {
		f[fUntil] = float32(max(0, min(a.toks[a.mentions[e.head].first].sent-sent, 20)))
	}
	if e.soFar > 0 {
		f[fSentences] = float32(max(0, min(from-e.lastSent, 40)))
		f[fGram], f[fLastForm] = float32(e.lastGram), float32(e.lastForm)
		if a.has(e.last, inMarks) {
			f[fLastQuoted] = 1
		}
	}
	rank := slices.Index(w.recent, id)
	if rank >= 0 {
		f[fRank] = float32(rank)
		f[fSalience] = salience(e, rank, from)
	}
	f[fSoFar], f[fTotal] = a.lex.logOf(e.soFar), a.lex.logOf(e.names)
	if e.class == noClass {
		f[fTop] = float32(min(w.topRank[id], 40))
	}
	r := a.doc.Sentences[sent]
	for i := r.First; i < r.End; i++ {
		m := a.byToken[i]
		if m < 0 || a.mentions[m].ent != id || a.mentions[m].first != i || a.mentions[m].quoted {
			continue
		}
		v := float32(1)
		if a.mentions[m].gram == subject {
			v = 2
		}
		if i < at {
			f[fBeforeHere] = max(f[fBeforeHere], v)
		} else if i > at {
			f[fAfterHere] = max(f[fAfterHere], v)
		}
	}
	subjectOf := func(t int32) float32 {
		if t < 0 || int(t) >= len(w.subject) || w.subject[t] < 0 {
			return 0
		}
		if a.mentions[w.subject[t]].ent == id {
			return 1
		}
		return 0
	}
	f[fSubjectHere], f[fNextSubject], f[fPrevSubject] = subjectOf(sent), subjectOf(place.to+1), subjectOf(from-1)
	if c := w.cues[q].control; c >= 0 && a.byToken[c] >= 0 && a.mentions[a.byToken[c]].ent == id {
		f[fControls] = 1
	}
	for k, n := len(w.speaker)-1, 1; k >= max(0, len(w.speaker)-12) && n <= 3; k, n = k-1, n+1 {
		if w.done[w.speaker[k]].choice == nobody {
			n--
			continue
		}
		if w.done[w.speaker[k]].choice == id {
			f[fLastSpeaker] = float32(4 - n)
			break
		}
	}
	f[fQuotes] = a.lex.logOf(e.quotes)
	if e.lastQuote >= 0 {
		f[fSinceQuote] = float32(max(0, min(from-e.lastQuote, 20)))
	}
	if s.sex != 0 {
		if g := a.entitySex(e); g != 0 {
			f[fSex] = -1
			if g == s.sex {
				f[fSex] = 1
			}
		} else if e.spoken != 0 {
			f[fSex] = -0.5
			if (e.spoken > 0) == (s.sex > 0) {
				f[fSex] = 0.5
			}
		}
	}
	if s.form == news.Pronoun {
		f[fAgrees] = float32(w.agrees(s.class, s.sex, e))
		if s.class == speakerI {
			f[fAgrees] = 0
		}
	}
	if s.form == news.Nominal && s.head >= 0 {
		role, over, miss := w.descMatch(s.tokens.First, s.head+1, s.head, s.class, s.sex, e)
		if w.ownedBy(s, e) {
			over += 2
		}
		if kinWord(a.low(s.head)) && f[fType] == 0 && role >= 0 && w.related(s, e) {
			role = max(role, 2)
		}
		f[fRole], f[fOver], f[fMiss] = role, float32(over), float32(miss)
	}
	if a.inTitle[id] {
		f[fInTitle] = 1
	}
	if e.given != "" {
		f[fHasSurname] = 1
	}
	f[fNameWords] = float32(len(e.words))
}

// ownedBy reports whether e belongs to the possessor in the source: his
// campaign, Oakes's wife.
func (w *walker) ownedBy(s *source, e *entity) bool {
	if s.owner < 0 || w.a.mentions[s.owner].ent < 0 {
		return false
	}
	owner := &w.a.ents[w.a.mentions[s.owner].ent]
	if owner.surname == "" || owner == e {
		return false
	}
	return e.kind == news.Organization && len(e.words) > 1 && contains(e.words, owner.surname) || e.kin && e.surname == owner.surname
}

// related reports whether e may be the kin of the possessor in the source: her
// husband, where the text has a man of her surname or one introduced as kin.
func (w *walker) related(s *source, e *entity) bool {
	if s.owner < 0 || w.a.mentions[s.owner].ent < 0 || s.sex == 0 || w.a.entitySex(e) != s.sex {
		return false
	}
	owner := &w.a.ents[w.a.mentions[s.owner].ent]
	return owner != e && owner.surname != "" && shareSurname(owner.surname, e.surname)
}

// shareSurname reports whether two surnames have a part in common: Finch and
// Delacroix-Finch.
func shareSurname(a, b string) bool {
	for x := range strings.SplitSeq(a, "-") {
		for y := range strings.SplitSeq(b, "-") {
			if x == y && len(x) > 2 {
				return true
			}
		}
	}
	return false
}

// mentionBefore is the number of mentions that begin before token at.
func (a *analysis) mentionBefore(at int32) int32 {
	k, _ := slices.BinarySearchFunc(a.mentions, at, func(m mention, at int32) int { return int(m.first - at) })
	return int32(k)
}

// entityType is the sort of entity as a measurement.
func entityType(e *entity) float32 {
	switch {
	case e.class == noClass && e.kind == news.Person:
		return 0
	case e.class == noClass && e.place:
		return 2
	case e.class == noClass:
		return 1
	case e.kind == news.Group:
		return 3
	case e.kind == news.Unnamed:
		return 4
	}
	return 5
}
