package attribution

import (
	"slices"
	"sort"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// measureQuote fills what all candidates of q share.
func (w *walker) measureQuote(q int, words news.TokenRange, f []float32) {
	s, quote := &w.sources[q], &w.quotes[q]
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
	f[fSeveral], f[fSourceWords] = flag(s.several), float32(min(s.tokens.Len(), 20))
	if s.form == news.Nominal && s.head >= 0 {
		f[fHeadSort] = w.HeadSort(s.head)
	}
	f[fHasCue], f[fManner] = flag(!quote.Cue.Empty()), w.cues[q].manner
	f[fBare] = flag(quote.Source.Empty() && quote.Cue.Empty())
	f[fKind], f[fLength] = float32(quote.Kind), coref.Log(int32(words.Len()))
	f[fQuestion] = flag(w.asksAt(words))
	f[fWholeParagraph] = flag(!words.Empty() && w.fillsParagraph(words))
	f[fVoice] = w.voice
	if n := len(w.spoken); n > 0 {
		f[fQuestionBefore] = flag(w.asksAt(w.TokensIn(w.quotes[w.spoken[n-1]].Extent())))
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
	f[fType], f[fHead] = coref.EntityType(e), w.namedBy(s, e, id)
	w.measureMemory(f, e, id, p)
	w.measureAgreement(f, e, id, s)
	f[fPrevSubject], f[fSubjectHere] = w.state.IsSubject(p.from-1, id), w.state.IsSubject(p.sent, id)
	f[fTitled], f[fHasGiven], f[fOutlet] = flag(e.Titled), flag(e.Given != ""), flag(w.isOutlet(e))
	f[fNameWords], f[fSources] = float32(min(len(e.Words), 9)), coref.Log(w.sourcesOf[id])
	f[fInterviewed], f[fSigns] = flag(slices.Contains(w.interviewed, id)), flag(w.signed != nil && w.signed[q] == id)
	f[fOthersSpoke] = coref.Log(int32(len(w.spoken)))
	if e.Quotes > 0 {
		f[fOthersSpoke] = coref.Log(int32(len(w.spoken)) - e.LastTurn)
	}
	if e.LastQuote >= 0 {
		f[fSinceQuote] = since(p, e.LastQuote, 20)
	}
}

// since is the sentences from an earlier one to the quotation, so many at most.
func since(p *place, sent, most int32) float32 { return float32(max(0, min(p.from-sent, most))) }

// namedBy tells how the source names e.
func (w *walker) namedBy(s *source, e *coref.Entity, id int32) float32 {
	switch {
	case s.name >= 0 && w.Mentions[s.name].Entity == id:
		return 3
	case s.mention >= 0 && s.form == news.Nominal && w.Mentions[s.mention].Entity == id:
		return 3
	case s.name >= 0:
		if m := &w.Mentions[s.name]; m.End-m.First == 1 && e.Surname != "" && e.Surname == w.Low(m.First) {
			return 2
		}
	}
	if s.head >= 0 && s.form == news.Nominal && w.Has(s.head, coref.Cap) && e.Surname == w.Low(s.head) {
		return 2
	}
	for i := s.tokens.First; i < s.tokens.End; i++ {
		if m := w.MentionAt(i); m >= 0 && w.Mentions[m].Entity == id {
			return 1
		}
	}
	return 0
}

// measureMemory fills how much e is in the reader's mind.
func (w *walker) measureMemory(f []float32, e *coref.Entity, id int32, p *place) {
	if e.SoFar > 0 {
		f[fSentences] = since(p, e.LastSent, 40)
	} else if e.Head >= 0 {
		f[fUntil] = float32(max(0, min(w.Toks[w.Mentions[e.Head].First].Sent-p.sent, 20)))
	}
	if k := slices.Index(w.state.Recent, id); k >= 0 {
		f[fRank] = float32(k)
	}
	f[fSoFar] = coref.Log(e.SoFar)
	if e.Class == coref.NoClass {
		f[fTop] = float32(min(w.state.TopRank[id], 40))
	}
	if before := sort.Search(len(e.Full), func(k int) bool { return w.Mentions[e.Full[k]].First >= p.at }); before > 0 {
		f[fSinceFull] = since(p, w.Toks[w.Mentions[e.Full[before-1]].First].Sent, 40)
	}
}

// measureAgreement fills how the source's pronoun or description agrees with e.
func (w *walker) measureAgreement(f []float32, e *coref.Entity, id int32, s *source) {
	switch s.form {
	case news.Pronoun:
		f[fAgrees] = coref.Agrees(s.class, s.sex, e)
		if s.class == coref.Relative && s.head >= 0 {
			f[fRelative] = flag(w.state.RelativeHead(s.head) == id)
		}
	case news.Nominal:
		if s.head >= 0 {
			fit := w.Describes(s.tokens.First, s.head+1, s.head, s.class, s.plural, s.sex, e)
			f[fRole], f[fOver] = fit.Role, fit.Over
		}
	}
	f[fSex] = coref.SameSex(s.sex, e.Sex)
}
