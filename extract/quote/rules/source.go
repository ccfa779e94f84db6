package rules

import "github.com/whosaid/whosaid/extract/news"

// maxAside units make an apposition or a relative clause between a source and
// its cue at most.
const maxAside = 45

// subject is the units [a, b) of the subject of the verb at unit v; both are v
// where there is none. It looks no further back than unit low.
func (s *stretch) subject(v, low int) (a, b int) {
	v0 := v
	for s.written(v-1, timesWord) && v-1 > low { // Mr. Vey on Tuesday said
		v--
		if s.is(v-1, beforeTimesWord) {
			v--
		}
	}
	verb := v
	if i := v - 1; i > low && s.is(i, infinitiveWord) { // went on to say, took to Twitter to say
		verb = -1
		for k := i - 1; k > low && k > i-maxChain && !s.isQ(k) && s.word(k) != ","; k-- {
			if s.tag(k).Finite() || s.tag(k) == news.TagVBN {
				for k > low && s.auxiliary(k-1) {
					k--
				}
				verb = k
				break
			}
		}
		if verb < 0 {
			return v0, v0
		}
	}
	a = s.subjectStart(verb, low)
	if a >= verb {
		return v0, v0
	}
	return a, s.trimComma(verb, a)
}

// maxChain units lie at most between a verb and the infinitive it governs.
const maxChain = 8

// subjectStart is where the subject right before the verb at unit v begins; v
// where there is none.
func (s *stretch) subjectStart(v, low int) int {
	i := v - 1
	// “and added”, “, adding”: the subject of the verb before.
	if i >= low && s.is(i, andWord|butWord|orWord) || s.tag(v) == news.TagVBG && (s.word(i) == "," || i < low) {
		return v
	}
	if i >= low && s.word(i) == "," { // an aside
		if j := s.asideStart(i, low); j > low {
			i = j - 1
		} else {
			return v
		}
	}
	start := s.phraseStart(i, v, low)
	// A phrase does not begin with a preposition, an adverb or a conjunction.
	for start < v {
		switch t := s.tag(start); {
		case t == news.TagIN || t == news.TagTO || t == news.TagRB || t == news.TagCC || t == news.TagPOS, s.word(start) == ",":
			start++
		default:
			return start
		}
	}
	return v
}

// phraseStart is where the words that a subject may hold begin, which end at unit
// i, before the verb at unit v; v where there are none.
func (s *stretch) phraseStart(i, v, low int) (start int) {
	start = v
	for i >= low {
		if s.isQ(i) {
			if start == i+1 && s.nickname(i) {
				start, i = i, i-1
				continue
			}
			break
		}
		t, w := s.tag(i), s.word(i)
		if w == ")" || w == "]" {
			j := i
			for j > low && s.word(j) != "(" && s.word(j) != "[" {
				j--
			}
			start, i = j, j-1
			continue
		}
		if !s.inPhrase(i) {
			if w == "," && s.listed(i, low) {
				start, i = i, i-1
				continue
			}
			break
		}
		if (t == news.TagIN || t == news.TagTO) && !s.nounPhrase(i-1) && !s.tag(i-1).Noun() && s.word(i-1) != ")" {
			break // a preposition without a noun before it begins an adverbial
		}
		start, i = i, i-1
		if t == news.TagPRP && !s.is(i+1, expletivesWord) || s.is(i+1, relativesWord) {
			break
		}
	}
	return start
}

// nickname reports a quotation, unit i, that stands inside a name.
func (s *stretch) nickname(i int) bool {
	return s.tag(i-1).Noun() && s.tag(i+1).Noun() && s.x.m.Quotations[s.u[i].q].Words.Len() <= 3
}

// inPhrase reports a word, unit i, that a subject may hold.
func (s *stretch) inPhrase(i int) bool {
	t, w := s.tag(i), s.word(i)
	switch t {
	case news.TagDT, news.TagPDT, news.TagCD, news.TagJJ, news.TagJJR, news.TagJJS, news.TagPOS, news.TagPRP, news.TagPRPS,
		news.TagWP, news.TagWDT, news.TagFW, news.TagHYPH, news.TagSYM, news.TagDOLLAR, news.TagVBN, news.TagEX:
		return !s.is(i, complementizersWord) || t == news.TagDT || t == news.TagWDT
	case news.TagIN, news.TagTO:
		return s.is(i, subjectLinksWord)
	case news.TagCC:
		return s.is(i, andWord) || w == "&"
	}
	return t.Noun() || w == "&" || w == "-"
}

// listed reports a comma inside a list of names: A, B and C said.
func (s *stretch) listed(i, low int) bool {
	return i-1 > low && s.tag(i-1).Noun() && s.tag(i-1) == s.tag(i+1) && (s.is(i+2, andWord) || s.is(i+3, andWord))
}

// asideStart is the comma that opens the aside which the comma at unit i
// closes, or -1.
func (s *stretch) asideStart(i, low int) int {
	best := -1
	for j := i - 1; j > low && i-j <= maxAside; j-- {
		if s.isQ(j) && j > low+1 && !s.tag(j-1).Noun() && s.x.m.Quotations[s.u[j].q].Words.Len() > 4 {
			break
		}
		if s.word(j) == ";" || s.word(j) == ":" {
			break
		}
		if s.word(j) != "," {
			continue
		}
		// A comma that opens an aside stands behind a noun and before what
		// describes it.
		if !s.tag(j-1).Noun() && s.word(j-1) != ")" && s.tag(j-1) != news.TagCD && s.tag(j-1) != news.TagPRP {
			continue
		}
		best = j
		if !s.goesOn(j, low) {
			break
		}
	}
	return best
}

// goesOn reports whether the words before the comma at j are themselves part
// of an aside: Hansen, a director of X, who met Y, said.
func (s *stretch) goesOn(j, low int) bool {
	if !s.is(j+1, asideBeginningsWord) {
		return false
	}
	for k := j - 1; k > low && j-k < maxAside; k-- {
		if s.isQ(k) || s.tag(k).Finite() {
			return false
		}
		if s.word(k) == "," {
			t := s.tag(k + 1)
			return s.tag(k-1).Noun() && (t == news.TagDT || t == news.TagJJ || t == news.TagNN || t == news.TagPRPS || t == news.TagCD)
		}
	}
	return false
}

// phraseEnd is the end of the noun phrase, with its apposition, that begins at
// unit i behind a cue: said Jane Roe, a lawyer for the family.
func (s *stretch) phraseEnd(i int, according bool) int {
	end := s.end()
	j := i
	apposed := false
	for ; j < end; j++ {
		switch {
		case s.isQ(j):
			if j > i && s.nickname(j) {
				continue
			}
		case s.word(j) == ",":
			if !apposed && s.apposes(j, according) {
				apposed = true
				continue
			}
		case !s.leavesPhrase(i, j, apposed, according):
			continue
		}
		break
	}
	for j > i && (s.word(j-1) == "," || s.tag(j-1) == news.TagIN || s.tag(j-1) == news.TagCC || s.tag(j-1) == news.TagRB) {
		j--
	}
	return j
}

// apposes reports a comma, unit j, behind which more about a source follows.
func (s *stretch) apposes(j int, according bool) bool {
	switch s.tag(j + 1) {
	case news.TagDT, news.TagJJ, news.TagNN, news.TagNNS, news.TagPRPS, news.TagCD, news.TagNNP:
		return !s.isQ(j+1) && !(according && s.hasFiniteBefore(j+1)) // according to him, the plan failed
	}
	return false
}

// leavesPhrase reports a word, unit j, that the phrase of a source from unit i on
// does not hold.
func (s *stretch) leavesPhrase(i, j int, apposed, according bool) bool {
	w, t := s.word(j), s.tag(j)
	switch {
	case w == ";" || w == ":" || s.isDash(j) || w == ".",
		t.Finite() && !(apposed && s.relative(i, j)) || t == news.TagWRB || s.is(j, complementizersWord|sourceEndsWord):
		return true
	case j == i:
		return false
	case s.written(j, timesWord) && t != news.TagPOS || t == news.TagVBG && !apposed || t == news.TagPRP:
		return true
	case apposed:
		return false
	case t == news.TagIN:
		return !s.is(j, sourceLinksWord) && (!according || s.is(j, objectEndsWord))
	}
	return t == news.TagTO
}

// relative reports whether a relative pronoun stands between units i and j.
func (s *stretch) relative(i, j int) bool {
	for k := j; k > i; k-- {
		if t := s.tag(k); t == news.TagWP || t == news.TagWDT || t == news.TagWPS {
			return true
		}
		if s.word(k) == "," {
			return false
		}
	}
	return false
}

// hasFiniteBefore reports a finite verb between unit i and the next comma.
func (s *stretch) hasFiniteBefore(i int) bool {
	for ; i < s.end() && s.word(i) != ","; i++ {
		if s.tag(i).Finite() && !s.relative(0, i) {
			return true
		}
	}
	return false
}
