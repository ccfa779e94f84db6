package speaker

import (
	"github.com/whosaid/whosaid/extract/news"
)

// source is what the words that name a quotation's speaker come to.
type source struct {
	tokens   news.TokenRange
	words    news.Span // the same in bytes
	implied  float32   // 0 when the text marks it as the source; else 1 more than the steps up the parse that lead to it
	form     news.MentionForm
	class    class
	head     int32 // token of the head; -1 without a source
	name     int32 // mention that names the head itself or stands in apposition to it; -1
	mention  int32 // mention of the head when it is a pronoun or description; -1
	sex      int8
	plural   bool
	definite bool
	several  bool  // X and Y
	proper   bool  // the description holds a name
	neg      bool  // "no one", "neither"
	owner    int32 // mention of the possessor before the head; -1
}

// readSource takes a source span apart without a parse: the noun phrase up to
// its first comma, preposition, relative or verb holds the head; a name after
// the comma that a singular role calls for stands in apposition to it.
func (a *analysis) readSource(sp news.Span) source {
	s := source{tokens: a.tokensIn(sp), words: sp, head: -1, name: -1, mention: -1, owner: -1}
	i, end := s.tokens.First, s.tokens.End
	for i < end && a.toks[i].flags&isWord == 0 && !isNumber(a.low(i)) && a.low(i) != "%" && a.tag(i) != news.TagCD {
		i++
	}
	for end > i && (a.toks[end-1].flags&isWord == 0 || a.low(end-1) == "'s") && a.low(end-1) != "." && a.low(end-1) != "%" && !isNumber(a.low(end-1)) {
		end--
	}
	for end-i > 2 && a.postnominal(end-1) && a.nameAt(end-2) >= 0 {
		end--
	}
	if i >= end {
		return s
	}
	switch a.low(i) {
	case "to", "by", "of", "from", "with", "for", "in", "among", "as", "according":
		if end-i > 1 && a.low(i+1) == "to" {
			i++
		}
		i++
	}
	if i >= end {
		i = end - 1
	}
	if c, sex, plural, ok := pronounOf(a.low(i)); ok && (c != youAll || end-i == 1) && !(a.low(i) == "us" && a.has(i, isAllCaps)) && (end-i == 1 || a.tag(i) != news.TagPRPS && a.low(i) != "his" && a.low(i) != "her" && a.low(i) != "their" && a.low(i) != "my" && a.low(i) != "our" && a.low(i) != "its") {
		s.form, s.class, s.sex, s.plural, s.head, s.definite = news.Pronoun, c, sex, plural, i, true
		s.mention = a.byToken[i]
		return s
	}
	if w := a.low(i); end-i == 1 && (w == "that" || w == "this" || w == "one" || w == "another" || w == "both" || w == "many" || w == "some" || w == "others" || w == "these" || w == "those") {
		s.form, s.class, s.head = news.Pronoun, oneThat, i
		if w == "that" {
			s.class = relative
		}
		s.plural = w == "both" || w == "many" || w == "some" || w == "others" || w == "these" || w == "those"
		return s
	}
	if a.tag(i) == news.TagPRPS || a.low(i) == "his" || a.low(i) == "her" || a.low(i) == "their" || a.low(i) == "my" {
		s.owner = a.byToken[i]
	}
	if end-i == 1 && a.has(i, isCap) {
		if c := labelOf(a.low(i)); c != noClass { // an interview set as Q and A
			s.form, s.class, s.head = news.Nominal, c, i
			return s
		}
	}
	a.readPhrase(&s, i, end)
	return s
}

// readPhrase reads the noun phrase [i, end).
func (a *analysis) readPhrase(s *source, i, end int32) {
	stop, sawCC := i, int32(-1)
	lastNoun := int32(-1)
	if e := a.closing(i-1, end); i > 0 && i > s.tokens.First && e > 0 && e+1 < end {
		i = e + 1
	} else if e := a.closing(i, end); e > 0 && e+1 < end { // the "Title of a Film" actress
		i = e + 1
	} else if e := a.closing(i+1, end); e > 0 && e+1 < end {
		i = e + 1
	}
scan:
	for k := i; k < end; {
		m := a.nameAt(k)
		if n := a.ahead[k]; n >= 0 && n != m && a.mentions[n].end <= end && (m < 0 || k < a.mentions[n].titleEnd) {
			m = n
		}
		if m >= 0 && a.mentions[m].end <= end {
			lastNoun = a.mentions[m].end - 1
			k = a.mentions[m].end
			stop = k
			continue
		}
		w, g := a.low(k), a.tag(k)
		if lastNoun >= 0 && a.timeAt(k, end) {
			break scan
		}
		switch {
		case w == "and" || w == "or" || w == "&":
			if lastNoun >= 0 && sawCC < 0 {
				sawCC = k
			}
		case w == "'s" || w == "'" || w == "’":
			if k+1 < end && lastNoun >= 0 && lastNoun == k-1 {
				s.definite, s.proper = true, s.proper || a.has(k-1, isCap)
				if s.owner < 0 {
					s.owner = a.byToken[k-1]
				}
				if e := a.closing(k+1, end); e > 0 { // X's "Title"
					s.form, s.class, s.head = news.Nominal, paper, k+2
					return
				}
			}
		case w == "(" && lastNoun >= 0 && a.bracketInList(k, end) > 0:
			k = a.bracketInList(k, end)
			continue
		case w == "," || w == "(" || w == "–" || w == "—" || w == "--" || w == ";" || w == ":" || w == "-" && a.toks[k].flags&glued == 0:
			if lastNoun >= 0 && !a.listGoesOn(k, end) {
				break scan
			}
			if lastNoun >= 0 && sawCC < 0 {
				sawCC = k
			}
		case g == news.TagWP || g == news.TagWDT || w == "who" || w == "which":
			if lastNoun >= 0 {
				break scan
			}
		case g == news.TagIN || g == news.TagTO || w == "of" || w == "for" || w == "from" || w == "at" || w == "with":
			if lastNoun >= 0 {
				break scan
			}
		case g == news.TagVBD || g == news.TagVBZ || g == news.TagVBP || g == news.TagMD:
			if lastNoun >= 0 {
				break scan
			}
		case (g == news.TagVBN || g == news.TagVBG) && lastNoun == k-1 && lastNoun >= 0 && !a.has(k-1, isCap):
			if n := a.tag(k + 1); k+1 >= end || n != news.TagNN && n != news.TagNNS {
				break scan
			}
		case g == news.TagNN || g == news.TagNNS || g == news.TagNNP || g == news.TagNNPS || g == news.TagCD || w == "one" || w == "%" || a.lex.role[w] || a.lex.group[w]:
			lastNoun = k
		}
		k++
		stop = k
	}
	if lastNoun < 0 {
		lastNoun = max(i, stop-1)
	}
	s.head = lastNoun
	if sawCC >= 0 && lastNoun > sawCC {
		s.several = !a.sharedRoles(i, sawCC, lastNoun)
	} else if sawCC >= 0 {
		s.several = true
	}
	if !s.several {
		s.several = a.andAfter(stop, end, lastNoun)
	}
	if first := a.nameAt(i); first >= 0 && a.headline[a.toks[i].sent] && !s.several && a.mentions[first].ent >= 0 && a.ents[a.mentions[first].ent].kind == news.Person && a.mentions[first].gram != possessor {
		s.form, s.name, s.head = news.Name, first, a.mentions[first].head
		return
	}
	if m := a.nameAt(lastNoun); m >= 0 && !s.several {
		s.form, s.name = news.Name, m
		return
	}
	if s.several {
		s.form, s.class, s.plural = news.Nominal, roleMany, true
		if a.nameAt(lastNoun) >= 0 {
			s.form, s.proper = news.Name, true
		}
		return
	}
	a.readNominal(s, i, lastNoun, end)
	if s.class == roleOne || s.class == bodyOne || s.class == otherOne && !s.plural {
		s.name = a.nameInApposition(stop, end, s)
	}
	if s.name < 0 && s.class == roleOne && !s.plural {
		s.name = a.nameAfterRole(stop, end)
	}
	if s.name < 0 && s.class == roleOne && !s.plural {
		s.name = a.namedAs(stop, end)
	}
	if s.name < 0 && s.class == roleOne && !s.plural && !s.definite && s.tokens.First == i {
		s.name = a.nameBeforeRole(i)
	}
	if s.name < 0 && s.class == bodyOne && lastNoun > i {
		switch n := a.nameAt(lastNoun - 1); a.low(lastNoun) {
		case "group", "newspaper", "magazine", "company", "network", "website", "blog", "firm", "organization", "chain", "giant", "nonprofit", "brand":
			if n >= 0 && a.mentions[n].ent >= 0 && a.ents[a.mentions[n].ent].kind == news.Organization && !a.ents[a.mentions[n].ent].place {
				s.name = n // the Daily Lamp newspaper
			}
		}
	}
	if s.name >= 0 {
		s.form = news.Name
	}
}

// timeAt reports whether a phrase of time ends the noun phrase at k: the court
// this month.
func (a *analysis) timeAt(k, end int32) bool {
	switch a.low(k) {
	case "just", "early", "late", "only", "earlier", "later":
		k++
	}
	switch a.low(k) {
	case "this", "last", "next", "that":
	default:
		return false
	}
	switch a.low(k + 1) {
	case "week", "month", "year", "spring", "summer", "fall", "autumn", "winter", "weekend", "time", "morning", "afternoon", "evening", "night", "season",
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return k+2 == end
	}
	return false
}

// readNominal fills what the head of a description tells.
func (a *analysis) readNominal(s *source, i, head, end int32) {
	s.form = news.Nominal
	s.mention = a.byToken[head]
	if s.mention >= 0 && a.mentions[s.mention].form == news.Nominal {
		m := &a.mentions[s.mention]
		s.class, s.plural, s.sex = m.class, m.plural, m.sex
		s.definite = s.definite || m.definite
	} else {
		s.mention = -1
		s.class, s.plural = a.nounClass(head)
		if g := a.tag(head); s.class == noClass && head == end-1 && (g == news.TagNN || g == news.TagNNS || g == news.TagNNP) {
			s.class, s.plural = a.sortOf(head, g == news.TagNNS) // what follows is the cue, be it tagged a noun
		}
		if s.class == noClass {
			s.class = otherOne
		}
		s.sex = a.lex.sex[a.low(head)]
	}
	switch w := a.low(i); {
	case w == "the" || w == "this" || w == "that" || w == "these" || w == "those" || a.tag(i) == news.TagPRPS || w == "his" || w == "her" || w == "their" || w == "my" || w == "our" || w == "its":
		s.definite = true
	case w == "one" && s.class == otherOne:
		s.class = roleOne
	case a.tag(i) == news.TagCD && s.class != paper && w != "one":
		s.class, s.plural = roleMany, true
	case w == "no" || w == "neither" || w == "nobody":
		s.neg = true
	case (w == "every" || w == "each") && s.class == roleOne:
		s.class, s.plural = roleMany, true
	case (w == "some" || w == "many" || w == "few" || w == "several" || w == "all" || w == "most" || w == "both") && s.class == otherOne:
		s.class, s.plural = roleMany, true
	}
	if a.low(head) == "police" {
		s.definite = true
	}
	if a.low(head) == "%" || a.low(head) == "percent" || isNumber(a.low(head)) {
		s.class, s.plural = roleMany, true
	}
	for k := i; k < head; k++ {
		if a.has(k, isCap) && k > i {
			s.proper = true
		}
	}
}
