package rules

import (
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// leading takes the words behind cue h: she said that …; she said: “…”; she
// called it “…”. later are the cues after it.
func (s *stretch) leading(h *match, later []match, taken []bool) {
	end := s.end()
	f := s.proposal(h, news.TokenRange{})
	if h.according {
		stop := s.phraseEnd(h.to, true)
		f.Source = s.tokens(h.to, stop)
		if s.word(stop) == "," {
			stop++
		}
		if stop < end {
			s.put(f, stop, s.cut(stop, end, later), taken)
		}
		return
	}
	f.Source = s.tokens(s.subject(h.from, 0))
	if f.Source.Empty() {
		if f.Source = s.shared(h); f.Source.Empty() && !s.isQ(h.to) {
			return // no subject: a false cue, or one we do not understand
		}
	}
	i := s.behind(h)
	if c := s.colon(i, end, later); c > 0 {
		s.put(f, c+1, end, taken)
		return
	}
	switch {
	case i >= end:
		return
	case s.word(i) == ":":
		if i+1 < end {
			s.put(f, i+1, end, taken)
		}
	case s.isQ(i):
		s.put(f, i, s.quotedEnd(i, end, later), taken)
	case s.word(i) == "," && s.isQ(i+1):
		s.put(f, i+1, s.quotedEnd(i+1, end, later), taken)
	case s.takes(h, i, end):
		s.put(f, i, s.cut(i, end, later), taken)
	default:
		s.further(f, i, s.cut(i, end, later), later, taken)
	}
}

// behind is the unit behind cue h, its adverbials and the person told, where its
// words may begin.
func (s *stretch) behind(h *match) int {
	i := s.skipAdverbials(h.to)
	if h.takes&(lang.Addressee|lang.Listener) != 0 {
		i = s.skipAddressee(i)
	}
	return s.skipAdverbials(i)
}

// takes reports whether cue h takes the words without marks at unit i.
func (s *stretch) takes(h *match, i, end int) bool {
	switch {
	case s.is(i, complementizersWord|clauseOpenersWord) && h.takes&(lang.Clause|lang.Addressee) != 0,
		s.is(i, questionOpenersWord|clauseOpenersWord) && h.takes&lang.Question != 0:
		return true
	case s.nounPhrase(i) && s.object(h, i, end),
		h.demands && s.nounPhrase(i),
		s.is(i, infinitiveWord) && h.takes&lang.Infinitive != 0 && s.tag(i+1) == news.TagVB:
		return true
	}
	return h.takes&lang.Clause != 0 && s.clauseFollows(i) && s.finiteSoon(i, end)
}

// further takes a quotation further on in the phrase [i, to) of f's verb: called
// the vote “a farce”, spoke of “…”.
func (s *stretch) further(f statement.Statement, i, to int, later []match, taken []bool) {
	q := -1
	for j := i; j < to; j++ {
		if s.isQ(j) && !taken[j] {
			q = j
			break
		}
	}
	if q < 0 || f.Source.Empty() {
		return
	}
	if s.word(q-1) == ":" || s.word(q-1) == "," && s.whole(q) {
		s.put(f, q, to, taken)
		return
	}
	s.put(f, i, s.quotedEnd(q, to, later), taken)
}

// colon is a colon with a quotation behind it that the cue before unit i leads
// to: answered the question with: “…”. It is 0 where a verb stands between.
func (s *stretch) colon(i, end int, later []match) int {
	if len(later) > 0 {
		end = min(end, later[0].from)
	}
	for j := i; j < end; j++ {
		if s.isQ(j) || s.tag(j).Finite() {
			return 0
		}
		if s.word(j) == ":" && s.isQ(j+1) {
			return j
		}
	}
	return 0
}

// object reports the preposition behind an object that cue h takes: the "of" of
// accused them of lying.
func (s *stretch) object(h *match, i, end int) bool {
	w := s.x.w.ObjectPrepositions[h.lemma]
	if w == "" {
		return false
	}
	for j := i; j < end && j < i+12 && s.word(j) != ","; j++ {
		if s.word(j) == w {
			return true
		}
	}
	return false
}

func (s *stretch) whole(i int) bool { return statement.Whole(s.x.d, s.x.m, s.u[i].q) }

// put records finding f with the words [a, b).
func (s *stretch) put(f statement.Statement, a, b int, taken []bool) {
	if a >= b {
		return
	}
	s.take(&f, a, b, taken)
	s.keep(f)
}

// quotedEnd is the end of words that begin with the quotation at unit i: the
// quotation alone where a clause of its own follows, more where the sentence
// goes on in narration.
func (s *stretch) quotedEnd(i, end int, later []match) int {
	j := i + 1
	if j >= end || s.word(j) == "," || s.word(j) == ";" || s.isDash(j) || s.word(j) == "." || s.endsOpen(s.u[j-1].q) {
		return j
	}
	return s.cut(j, end, later)
}

// cut is where the words that begin at unit i end: at the end of the stretch,
// or before the next cue's own clause.
func (s *stretch) cut(i, end int, later []match) int {
	for k := range later {
		h := &later[k]
		if h.from <= i {
			continue
		}
		if h.from >= end {
			break
		}
		j := h.from - 1
		switch {
		case h.according:
			return s.trimComma(h.from, i)
		case s.tag(h.verb) == news.TagVBG && s.word(j) == ",":
			return j
		case s.is(j, andWord|butWord):
			return s.trimComma(j, i)
		}
		// ", and she said", ", she said"
		if a, _ := s.subject(h.from, i); a < h.from && a > i+1 {
			b := a - 1
			if s.is(b, andWord|butWord) && s.word(b-1) == "," {
				return b - 1
			}
			if s.word(b) == "," && s.closesClause(h.to) && !s.clauseBehind(h, end) {
				return b
			}
		}
	}
	return end
}

// finiteSoon reports whether the clause at unit i has its verb before the next
// quotation or the end.
func (s *stretch) finiteSoon(i, end int) bool {
	for j := i; j < end; j++ {
		if s.isQ(j) {
			// A quotation may hold the verb: said the plan “will fail”.
			return s.whole(j) || j > i
		}
		if s.tag(j).Finite() {
			return true
		}
	}
	return false
}

// shared is the subject of the clause before, for “…, adding that” and “and
// said”.
func (s *stretch) shared(h *match) news.TokenRange {
	n := len(s.x.proposals)
	if n > 0 {
		if f := &s.x.proposals[n-1]; !f.Source.Empty() && f.Source.First >= s.u[0].first && f.Source.End <= s.u[h.from].first {
			return f.Source
		}
	}
	for i := 0; i < h.from; i++ {
		if s.tag(i).Finite() {
			from := i
			for from > 0 && s.auxiliary(from-1) {
				from--
			}
			return s.tokens(s.subject(from, 0))
		}
	}
	return news.TokenRange{}
}

// skipAddressee passes the person told: told reporters, told her, told the BBC.
func (s *stretch) skipAddressee(i int) int {
	if s.isQ(i) || s.is(i, complementizersWord) || s.word(i) == ":" || s.word(i) == "," {
		return i
	}
	if s.tag(i) == news.TagPRP {
		if s.is(i, objectsWord) {
			return i + 1
		}
		return i
	}
	j := i
	noun := false
	for ; j < len(s.u); j++ {
		t := s.tag(j)
		switch {
		case t.Noun() || t == news.TagPOS:
			if noun && t != news.TagPOS && s.tag(j-1) == news.TagNNS {
				return j
			}
			noun = t != news.TagPOS
			continue
		case !noun && describes(t):
			continue
		case noun && t == news.TagIN && s.is(j, addresseeLinksWord):
			noun = false
			continue
		case noun && t == news.TagCC && s.tag(j+1).Noun():
			noun = false
			continue
		}
		break
	}
	return j
}

// describes reports a tag of a word that may stand before a noun in its phrase.
func describes(t news.Tag) bool {
	switch t {
	case news.TagDT, news.TagJJ, news.TagPRPS, news.TagCD, news.TagVBN, news.TagVBG:
		return true
	}
	return false
}
