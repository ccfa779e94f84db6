package attribution

import (
	"sort"
	"strings"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// measureQuote fills what all candidates of q share.
func (w *walker) measureQuote(q int, p *place, words news.TokenRange, f []float32) {
	s, quote, c := &w.sources[q], &w.quotes[q], &w.cues[q]
	f[fForm], f[fClass], f[fPlural], f[fArticle] = float32(s.form), float32(s.class), flag(s.plural), s.article
	if s.form == news.Name { // most Lowlanders, the Finches
		f[fPlural] = flag(w.Tag(s.head) == news.TagNNPS || w.Tag(s.head) == news.TagNNS)
		switch {
		case w.Is(s.first, coref.Definite):
			f[fArticle] = 2
		case w.Is(s.first, coref.Many):
			f[fArticle] = 4
		case w.Is(s.first, coref.Indefinite):
			f[fArticle] = 1
		}
	}
	f[fProper], f[fSeveral], f[fNegative] = flag(s.proper), flag(s.several), flag(s.negative)
	f[fSourceWords] = float32(min(s.tokens.Len(), 20))
	if s.form == news.Nominal && s.head >= 0 {
		f[fHeadSort] = w.HeadSort(s.head)
	}
	f[fHasCue], f[fCue], f[fImplied] = flag(!quote.Cue.Empty()), c.form, s.implied
	f[fAsked], f[fManner], f[fReplies] = flag(c.asks), c.manner, c.replies
	f[fAt], f[fKind] = float32(min(p.from, 30)), float32(quote.Kind)
	f[fMarksFirst] = flag(s.head >= 0 && quote.Parts[0].Span.Start < s.words.Start)
	f[fHeading] = flag(w.Has(p.at, coref.Heading))
	f[fSourceQuoted] = flag(s.head >= 0 && w.Has(s.head, coref.Quoted))
	f[fPossessive] = flag(s.form == news.Pronoun && w.Tag(s.head) == news.TagPRPS)
	f[fCapsLabel] = flag(s.head >= 0 && w.Has(s.head, coref.AllCaps) && w.Low(s.tokens.End) == ":")
	f[fNested], f[fBare] = flag(w.nested[q]), flag(quote.Source.Empty() && quote.Cue.Empty())
	f[fLength] = coref.Log(int32(words.Len()))
	f[fQuestion] = flag(w.asksAt(words))
	f[fWholeParagraph] = flag(!words.Empty() && w.fillsParagraph(words))
	f[fHasOutlet] = flag(w.outlet >= 0)
	f[fInside], f[fVoice] = flag(w.within[q] >= 0), w.voice
	f[fGapBefore] = 20
	n := len(w.spoken)
	if n == 0 {
		f[fFirstQuote] = 1
		return
	}
	before := int(w.spoken[n-1])
	r := w.TokensIn(w.quotes[before].Extent())
	f[fQuestionBefore] = flag(w.asksAt(r))
	last := max(r.End-1, w.done[before].anchor)
	f[fGapBefore] = float32(max(-1, min(p.from-w.sentenceAt(last), 20)))
	f[fSameParagraph] = flag(w.paragraphAt(p.at) == w.paragraphAt(last))
	f[fContinues] = flag(quote.Group >= 0 && quote.Group == w.quotes[before].Group)
	if c := w.done[before].choice; c >= 0 {
		f[fUnnamedLast] = flag(w.Entities[c].Class != coref.NoClass)
	}
}

// asksAt reports whether a quotation ends with a question mark.
func (w *walker) asksAt(r news.TokenRange) bool {
	for i := r.End - 1; i >= r.First && i >= r.End-3; i-- {
		if w.Low(i) == "?" {
			return true
		}
	}
	return false
}

// measureEntity fills what belongs to entity e.
func (w *walker) measureEntity(f []float32, e *coref.Entity, id int32, q int, p *place) {
	s := &w.sources[q]
	f[fType] = coref.EntityType(e)
	f[fHead] = w.namedBy(s, e, id)
	w.measureMemory(f, e, id, p)
	w.measureSentences(f, id, q, p)
	w.measureDialogue(f, e, id, q, p)
	w.measureAgreement(f, e, id, s, p)
	f[fBasis] = e.Basis()
	f[fTitled], f[fKin], f[fHasGiven] = flag(e.Titled), flag(e.IsKin), flag(e.Given != "")
	f[fNameWords], f[fOutlet], f[fPaper] = float32(min(len(e.Words), 9)), flag(w.isOutlet(e)), flag(w.isPaper(e))
	f[fAhead] = flag(p.next == id)
	w.measureSource(f, id, s)
	if e.Kind == news.Person && e.Class == coref.NoClass {
		f[fRivals] = float32(min(max(len(w.Surnames(e.Last0()))-1, 0), 5))
	}
	if before := sort.Search(len(e.Full), func(k int) bool { return w.Mentions[e.Full[k]].First >= p.at }); before > 0 {
		f[fSinceFull] = float32(max(0, min(p.from-w.Toks[w.Mentions[e.Full[before-1]].First].Sent, 40)))
	}
}

// namedBy tells how the source names e.
func (w *walker) namedBy(s *source, e *coref.Entity, id int32) float32 {
	switch {
	case s.name >= 0 && w.Mentions[s.name].Entity == id:
		return 3
	case s.mention >= 0 && s.form == news.Nominal && w.Mentions[s.mention].Entity == id:
		return 3
	case s.name >= 0:
		if m := &w.Mentions[s.name]; m.End-m.First == 1 && e.Last0() != "" && e.Last0() == w.Low(m.First) {
			return 2
		}
	}
	if s.head >= 0 && s.form == news.Nominal && w.Has(s.head, coref.Cap) && e.Last0() == w.Low(s.head) {
		return 2
	}
	for i := s.tokens.First; i < s.tokens.End; i++ {
		if m := w.MentionAt(i); m >= 0 && w.Mentions[m].Entity == id {
			return 1
		}
	}
	return 0
}

// measureSource fills where the source names e.
func (w *walker) measureSource(f []float32, id int32, s *source) {
	for i := s.tokens.First; i < s.tokens.End; i++ {
		k := w.NameAt(i)
		if k < 0 || w.Mentions[k].Entity != id {
			continue
		}
		m := &w.Mentions[k]
		for t := m.First; t < m.End; t++ {
			if h := w.Doc.Tokens[t].Head; h < s.tokens.First || h >= s.tokens.End {
				f[fTreeHead] = 1
			}
		}
		before := w.before(m)
		if m.End >= s.last {
			f[fEnds] = 1
			if w.Is(before-1, coref.To) || w.Tag(before-1) == news.TagPOS || w.Tag(before-1) == news.TagCC {
				f[fEnds] = 0.5
			}
		}
		if before <= s.first {
			f[fBegins] = 1
		}
		if m.End == s.head && !w.Has(s.head, coref.Cap) {
			f[fCompound] = 1
		}
		if before > s.first && (w.Low(before-1) == "," || w.Tag(before-1) == news.TagCOLON) || s.head >= 0 && w.inApposition(s.head) == k {
			f[fApposed] = 1
		}
		i = m.End - 1
	}
}

// measureMemory fills how much e is in the reader's mind.
func (w *walker) measureMemory(f []float32, e *coref.Entity, id int32, p *place) {
	if e.SoFar > 0 {
		f[fSentences] = float32(max(0, min(p.from-e.LastSent, 40)))
		f[fLastGram], f[fLastForm], f[fLastQuoted] = float32(e.LastGram), float32(e.LastForm), flag(w.Has(e.Last, coref.Quoted))
	} else if e.Head >= 0 {
		f[fUntil] = float32(max(0, min(w.Toks[w.Mentions[e.Head].First].Sent-p.sent, 20)))
	}
	if e.LastTold >= 0 {
		f[fTold], f[fToldGram] = float32(max(0, min(p.from-w.sentenceAt(e.LastTold), 40))), float32(e.ToldGram)
		f[fReported] = flag(w.Has(e.Last, coref.Reported))
	}
	for k, r := range w.state.Recent {
		if r == id {
			f[fRank] = float32(k)
			break
		}
	}
	f[fSoFar], f[fTotal] = coref.Log(e.SoFar), coref.Log(e.Names)
	if e.Class == coref.NoClass {
		f[fTop] = float32(min(w.state.TopRank[id], 40))
	}
}

// measureSentences fills where e stands in the quotation's sentence and those
// beside it.
func (w *walker) measureSentences(f []float32, id int32, q int, p *place) {
	r := w.Doc.Sentences[p.sent]
	for i := max(r.First, p.at-100); i < min(r.End, p.at+100); i++ {
		m := w.ByToken[i]
		if m < 0 || w.Mentions[m].Entity != id || w.Mentions[m].First != i || w.Mentions[m].Quoted {
			continue
		}
		v := 1 + flag(w.Mentions[m].Gram == coref.Subject)
		if i < p.at {
			f[fBeforeHere] = max(f[fBeforeHere], v)
		} else if i > p.at {
			f[fAfterHere] = max(f[fAfterHere], v)
		}
	}
	f[fSubjectHere], f[fNextSubject], f[fPrevSubject] = w.state.IsSubject(p.sent, id), w.state.IsSubject(p.to+1, id), w.state.IsSubject(p.from-1, id)
	f[fBefore2] = w.state.IsSubject(p.from-2, id)
	w.measureParagraph(f, id, p)
	c := &w.cues[q]
	if m := w.MentionAt(c.control); m >= 0 {
		f[fControls] = flag(w.Mentions[m].Entity == id)
	}
	if o := w.Child(c.head, news.RelObj, news.RelIobj); o >= 0 {
		if m := w.MentionAt(o); m >= 0 {
			f[fAddressee] = flag(w.Mentions[m].Entity == id)
		}
	}
	if w.cues[q].asks || w.cues[q].form == cueNoun || w.sources[q].head < 0 {
		f[fForum] = flag(w.forum(&w.Entities[id], id, p.sent))
	}
}

// measureParagraph fills whether the paragraph has mentioned e before, and how
// often the sentences before have.
func (w *walker) measureParagraph(f []float32, id int32, p *place) {
	first := w.Doc.Paragraphs[w.paragraphAt(p.at)].First
	for k := len(w.state.Latest) - 1; k >= 0; k-- {
		m := &w.Mentions[w.state.Latest[k]]
		if w.Toks[m.First].Sent < p.from-5 {
			break
		}
		if m.Entity != id {
			continue
		}
		f[fLately]++
		if m.First >= first {
			f[fParagraph] = 1 + flag(w.state.IsSubject(w.sentenceAt(first), id) > 0)
		}
	}
}

// measureDialogue fills the course of what was said.
func (w *walker) measureDialogue(f []float32, e *coref.Entity, id int32, q int, p *place) {
	for k, n := len(w.spoken)-1, 1; k >= max(0, len(w.spoken)-12) && n <= 3; k-- {
		switch c := w.done[w.spoken[k]].choice; {
		case c == id:
			f[fLastSpeaker] = float32(4 - n)
			n = 4
		case c == nobody:
		default:
			n++
		}
	}
	f[fQuotes] = coref.Log(e.Quotes)
	f[fOthersSpoke] = coref.Log(int32(len(w.spoken)))
	if e.Quotes > 0 {
		f[fOthersSpoke] = coref.Log(int32(len(w.spoken)) - e.LastTurn)
	}
	if e.LastQuote >= 0 {
		f[fSinceQuote] = float32(max(0, min(p.from-e.LastQuote, 20)))
	}
	f[fTurn], f[fAsks] = flag(w.turn[q] == id), flag(w.outlet == id)
	f[fSources], f[fPrevNamed] = coref.Log(w.sourcesOf[id]), flag(p.last == id)
	switch id {
	case p.named:
		f[fNextNamed] = 2
	case p.soon:
		f[fNextNamed] = 1
	}
	switch id {
	case p.topic:
		f[fTopic] = 2
	case p.before:
		f[fTopic] = 1
	}
	f[fInterviewed] = flag(w.interviewed[id])
	f[fSigns] = flag(w.signed != nil && w.signed[q] == id)
	if b := w.within[q]; b >= 0 {
		outer := w.namedIn(int(b))
		if w.done[b].made {
			outer = w.done[b].choice
		}
		f[fWithin] = flag(outer == id)
	}
}

// measureAgreement fills how the source's pronoun, description or title agrees
// with e.
func (w *walker) measureAgreement(f []float32, e *coref.Entity, id int32, s *source, p *place) {
	if s.owner >= 0 {
		if m := w.MentionAt(s.owner); m >= 0 {
			f[fOwner] = flag(w.Mentions[m].Entity == id)
			f[fOwned] = flag(w.belongs(e, w.Mentions[m].Entity))
		}
	}
	sex := s.sex
	switch s.form {
	case news.Name:
		if s.name >= 0 {
			for i := w.Mentions[s.name].Title.First; i < w.Mentions[s.name].Title.End; i++ {
				f[fTitleSex] = coref.SameSex(w.SexOf(i), e.Sex)
			}
			f[fNearSex] = coref.SameSex(p.sex, e.Sex)
		}
	case news.Pronoun:
		f[fAgrees] = coref.Agrees(s.class, s.sex, e)
		if s.class == coref.Relative && s.head >= 0 {
			f[fRelative] = flag(w.state.RelativeHead(s.head) == id)
		}
	case news.Nominal:
		if s.head >= 0 {
			fit := w.Describes(s.tokens.First, s.head+1, s.head, s.class, s.plural, s.sex, e)
			f[fRole], f[fOver], f[fMiss] = fit.Role, fit.Over, fit.Miss
			f[fSameHead] = flag(w.state.ByHead(w.Low(s.head)) == id)
		}
	}
	if sex == 0 {
		return
	}
	f[fSex] = coref.SameSex(sex, e.Sex)
	switch v := (e.Votes + 2*e.Spoken) * int32(sex); {
	case v > 0:
		f[fVotes] = 1
	case v < 0:
		f[fVotes] = -1
	}
}

// belongs reports whether e belongs to an owner by its name: kin of one
// surname, a body named for its leader.
func (w *walker) belongs(e *coref.Entity, owner int32) bool {
	if owner < 0 {
		return false
	}
	o := &w.Entities[owner]
	if o.Last0() == "" || o == e {
		return false
	}
	if e.Kind == news.Organization {
		for _, word := range e.Words {
			if word == o.Last0() {
				return true
			}
		}
		return false
	}
	return e.Last0() != "" && shareSurname(o.Last0(), e.Last0())
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

// sexAfter is the gender of the first "he" or "she" that follows a source in
// its sentence, outside of marks: most often the source's own.
func (w *walker) sexAfter(s *source) int8 {
	if s.head < 0 {
		return 0
	}
	for i, end := s.tokens.End, min(w.Sentence(s.head).End, s.tokens.End+60); i < end; i++ {
		m := w.MentionAt(i)
		if m < 0 || w.Mentions[m].Quoted {
			continue
		}
		mm := &w.Mentions[m]
		if mm.Class == coref.HeShe {
			return mm.Sex
		}
		if mm.Form == news.Name && mm.Entity >= 0 && w.Entities[mm.Entity].Kind == news.Person {
			return 0
		}
	}
	return 0
}
