package speaker

import (
	"strings"

	"whosaid/extract/news"
)

// maxName bounds a name's length in tokens: nothing longer is one, and runs of
// capitals (a heading, a table) must not cost more than a line's length.
const maxName = 16

// findNames finds the names of the article, sentence by sentence. Sentences
// in Title Case wait for a second pass, which looks only for names that the
// rest of the text has shown and for first names with a surname.
func (a *analysis) findNames() {
	a.countTails()
	var shouted []news.TokenRange
	for s, r := range a.doc.Sentences {
		if a.headline[s] {
			continue
		}
		for i := r.First; i < r.End; {
			if !a.nameStart(i, r) {
				i++
				continue
			}
			j := a.nameEnd(i, r.End)
			j = a.bodyEnd(i, j, r.End)
			if j-i < 3 || !a.allCaps(i, j) {
				a.split(i, j)
			} else {
				shouted = append(shouted, news.TokenRange{First: i, End: j})
			}
			i = j
		}
	}
	known := map[string]int{}
	for m := range a.mentions {
		known[a.mentions[m].key] = m
	}
	found := len(a.mentions)
	for s, r := range a.doc.Sentences {
		if a.headline[s] {
			a.namesInHeadline(r, known)
		}
	}
	for _, r := range shouted {
		a.namesInHeadline(r, known)
	}
	if found > 0 && len(a.mentions) > found {
		a.sortMentions()
	}
	a.cover()
}

// builtOn reports whether token i is an adjective built on a name:
// Korean-born, Brooklyn-based.
func (a *analysis) builtOn(i int32) bool {
	w := a.low(i)
	k := strings.LastIndexByte(w, '-')
	if k < 0 {
		return false
	}
	switch w[k+1:] {
	case "born", "based", "style", "backed", "led", "area", "era", "like", "owned", "bred", "educated", "controlled", "leaning", "friendly", "sponsored", "elect":
		return true
	}
	return false
}

// countTails counts the words that end a run of two or more capitalised words
// inside sentences: likely surnames.
func (a *analysis) countTails() {
	a.tails = map[string]int{}
	for i := int32(1); i < int32(len(a.toks)); i++ {
		if a.has(i, isCap) && a.has(i-1, isCap) && a.near(i) && !a.headline[a.toks[i].sent] && !(a.near(i+1) && a.has(i+1, isCap)) && a.lex.isFirst(a.low(i-1)) {
			a.tails[a.low(i)]++
		}
	}
}

// bodyEnd goes on with a run [i, j) when lower-case words make it a body's
// name: the Dunn campaign, Leeds police, the Senate banking committee.
func (a *analysis) bodyEnd(i, j, end int32) int32 {
	if j-i > 4 || a.has(j-1, isAllCaps) && a.headline[a.toks[i].sent] || a.lex.title[a.low(j-1)] || a.lex.notName[a.low(j-1)] && j-i == 1 {
		return j
	}
	for k := j; k < j+2 && k < end && a.near(k); k++ {
		if a.lex.campaign[a.low(k)] {
			if n := a.tag(k + 1); k+1 < end && a.near(k+1) && (n == news.TagNN || n == news.TagNNS || n == news.TagNNP) {
				return j
			}
			if g := a.tag(k); g != news.TagNN && g != news.TagNNS && g != news.TagNNP && g != news.NoTag {
				return j
			}
			return k + 1
		}
		if g := a.tag(k); g != news.TagNN && g != news.TagJJ || a.has(k, isCap) || !a.lex.campaign[a.low(k+1)] || a.low(k+1) != "committee" {
			return j
		}
	}
	return j
}

// allCaps reports whether every word of the run is in CAPITALS.
func (a *analysis) allCaps(i, j int32) bool {
	for ; i < j; i++ {
		if a.has(i, isWord) && !a.has(i, isAllCaps|isInitial) {
			return false
		}
	}
	return true
}

// nameStart reports whether a name may begin at token i.
func (a *analysis) nameStart(i int32, r news.TokenRange) bool {
	t := &a.toks[i]
	if t.flags&isCap == 0 || t.low == "i" || a.builtOn(i) {
		return false
	}
	next := i+1 < r.End && a.has(i+1, isCap) && a.near(i+1)
	if t.flags&afterBreak == 0 {
		if a.lex.notName[t.low] {
			return next && (!dayOrMonth(t.low) || a.firstMonth(i) && a.properTag(i+1))
		}
		if g := a.tag(i); g == news.TagJJ || g == news.TagDT || g == news.TagIN {
			return (next || g == news.TagJJ && a.lex.campaign[a.low(i+1)]) && !a.lex.startStop[t.low]
		}
		return !a.lex.startStop[t.low] || next && t.low == "our" || next && a.properTag(i) && a.tag(i) != news.NoTag && t.low != "the"
	}
	if a.lex.startStop[t.low] {
		u := a.seen[t.low]
		return next && (u != nil && u.proper > u.lower || t.low == "new" && a.properTag(i) && a.properTag(i+1))
	}
	if a.lex.notName[t.low] {
		return next && (!dayOrMonth(t.low) || a.firstMonth(i) && a.properTag(i+1))
	}
	if t.flags&isMixed != 0 {
		return true
	}
	if a.properTag(i) || t.flags&isAllCaps != 0 {
		u := a.seen[t.low]
		return u == nil || u.lower <= u.cap || next
	}
	u := a.seen[t.low]
	if u != nil && u.proper > 0 && u.proper >= u.lower {
		return true
	}
	if next && (a.lex.isFirst(t.low) || a.lex.title[t.low] || a.lex.honorific[t.low] || a.lex.nation[t.low] || a.lex.place[t.low]) {
		return true
	}
	return next && a.tag(i) == news.NoTag
}

func dayOrMonth(w string) bool {
	switch w {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
		"april", "may", "june", "july", "august", "september", "october", "november", "december", "jan.", "feb.", "mar.",
		"apr.", "jun.", "jul.", "aug.", "sept.", "sep.", "oct.", "nov.", "dec.":
		return true
	}
	return false
}

// firstMonth reports whether the month's name at i is a first name: April Ray.
func (a *analysis) firstMonth(i int32) bool {
	w := a.low(i)
	return (w == "april" || w == "june" || w == "august") && !isNumber(a.low(i+1)) && a.low(i-1) != "in" && a.low(i-1) != "," && !a.lex.orgKey[a.low(i+1)]
}

// monthSurname reports whether the month's name at j is a surname: Theresa May
// said, but not: in London May 5.
func (a *analysis) monthSurname(j int32) bool {
	return a.lex.isFirst(a.low(j-1)) && !isNumber(a.low(j+1)) && strings.HasPrefix("may april june august", a.low(j))
}

func (a *analysis) properTag(i int32) bool {
	g := a.tag(i)
	return g == news.TagNNP || g == news.TagNNPS || g == news.NoTag
}

// nameEnd is the end of the run of name words that begins at i.
func (a *analysis) nameEnd(i, end int32) int32 {
	j := i + 1
	for j < end && j-i < maxName && a.near(j) {
		t := &a.toks[j]
		switch {
		case t.flags&(isCap|isWord) == isCap|isWord && t.low != "i":
			if a.builtOn(j) {
				return j
			}
			if g := a.tag(j); (g == news.TagVBD || g == news.TagVBZ || g == news.TagVBP) && a.lex.common[t.low] {
				return j // a heading's verb
			}
			if dayOrMonth(t.low) && !a.monthSurname(j) || (a.lex.startStop[t.low] && a.tag(j) != news.TagNNP && !(t.low == "our" && a.has(j+1, isCap))) || t.flags&afterBreak != 0 {
				return j
			}
			j++
		case a.lex.particle[t.low] && j+1 < end && a.has(j+1, isCap) && a.near(j+1) && t.low != "e" && t.low != "y":
			j += 2
		case a.lex.particle[t.low] && j+2 < end && a.lex.particle[a.low(j+1)] && a.has(j+2, isCap):
			j += 3 // van der Berg, de la Cruz
		case t.low == "&" && j+1 < end && a.has(j+1, isCap):
			j += 2
		case t.low == "-" && t.flags&glued != 0 && j+1 < end && a.has(j+1, glued):
			j += 2
		case t.low == "." && t.flags&glued != 0 && a.has(j-1, isInitial) && j+1 < end && a.has(j+1, isCap):
			j += 2
		case t.low == "," && j+1 < end && a.lex.suffix[a.low(j+1)] && len(a.low(j+1)) <= 3:
			return j + 2
		case a.joinsOf(i, j, end):
			j++
			if a.low(j) == "the" || a.low(j) == "a" {
				j++
			}
			j++
		case (t.low == `"` || t.low == "“" || t.low == "''" || t.low == "``" || t.low == "(") && a.nickname(j, end):
			j += 4
		case t.low == "and" && a.joinsAnd(i, j, end):
			j += 2
		case (t.low == "'s" || t.low == "'") && a.joinsPossessive(i, j, end):
			j += 2
		default:
			return j
		}
	}
	return min(j, end)
}

// joinsOf reports whether the "of", "for", "on" at j goes on with the name
// that runs from i: University of X, Ministry of X, Council on X.
func (a *analysis) joinsOf(i, j, end int32) bool {
	switch a.low(j) {
	case "of", "for", "on", "to":
	default:
		return false
	}
	k := j + 1
	if a.low(k) == "the" || a.low(k) == "a" && a.low(j) == "for" {
		k++
	}
	if k >= end || !a.has(k, isCap) || dayOrMonth(a.low(k)) || a.low(k) == "i" {
		return false
	}
	w := a.low(j - 1)
	if a.low(j) == "of" {
		if a.lex.orgOf[w] || a.officeOf(w) {
			return true
		}
		for n := i; n < j-1; n++ {
			if a.low(n) == "for" && n > i && a.lex.orgOf[a.low(n-1)] && j-i < 8 {
				return true // Mechanism for the Prevention of Torture
			}
		}
		return false
	}
	body := a.lex.orgOf[w]
	for n := i; n < j-1 && !body; n++ {
		body = a.low(n) == "of" && a.lex.orgOf[a.low(n-1)] // Court of Appeals for X
	}
	return body && j-i < 8 && !a.lex.isFirst(a.low(k)) && !(a.low(j) == "to" && a.lex.place[a.low(k)])
}

// officeOf reports whether w followed by "of" names an office: Secretary of
// State, Minister of Health.
func (a *analysis) officeOf(w string) bool {
	switch w {
	case "secretary", "minister", "director", "speaker", "governor", "chairman", "chief", "head", "commissioner", "prince", "duke", "duchess", "princess", "queen", "king", "earl", "undersecretary", "dean", "archbishop", "bishop", "mayor":
		return true
	}
	return false
}

// joinsAnd reports whether the "and" at j stands inside an organization's
// name: after "of" (Department of Health and Human Services), or between one
// word and words that end in an organization's key (Food and Drug
// Administration).
func (a *analysis) joinsAnd(i, j, end int32) bool {
	if j+1 >= end || !a.has(j+1, isCap) || !a.near(j+1) {
		return false
	}
	if (a.lex.isFirst(a.low(j+1)) || a.lex.honorific[a.low(j+1)]) && !(a.low(i-1) == "the" && a.near(i)) {
		return false
	}
	for k := i + 1; k < j; k++ {
		if (a.low(k) == "of" || a.low(k) == "for") && !a.officeOf(a.low(k-1)) {
			return !a.lex.orgKey[a.low(j+1)] || a.low(j+1) == "research"
		}
	}
	k := j + 1
	tail := false
	for k < end && (a.has(k, isCap) || a.lex.particle[a.low(k)] && k > j+1) && a.near(k) && k < j+7 {
		if a.lex.title[a.low(k)] && k+1 < end && a.has(k+1, isCap) && a.low(i) != "president" && k > j+1 {
			return a.lex.title[a.low(i)] || a.lex.common[a.low(j-1)] // Deputy Youth and Sports Minister X
		}
		tail = a.bodyTail(a.low(k))
		k++
	}
	if tail && a.low(i-1) == "the" && j-i <= 3 && k-j >= 2 && a.near(i) {
		return true // the Disaster Prevention and Mitigation Department
	}
	if j-i > 3 || a.bodyTail(a.low(j-1)) || a.lex.place[a.low(j-1)] || a.lex.isFirst(a.low(i)) {
		return false
	}
	k = j + 1
	for k < end && a.has(k, isCap) && a.near(k) {
		k++
	}
	return k-j > 2 && a.lex.orgKey[a.low(k-1)] && !a.lex.title[a.low(k-1)] && !a.lex.place[a.low(j+1)]
}

// bodyTail reports whether w at the end of a run says plainly that it names one
// body.
func (a *analysis) bodyTail(w string) bool {
	switch w {
	case "department", "ministry", "foundation", "agency", "commission", "committee", "bureau", "institute", "administration", "fund", "trust", "association", "council", "office", "authority", "organization", "organisation", "corporation", "university", "society", "union", "board", "center", "centre", "service", "services":
		return true
	}
	return false
}

// nickname reports whether the mark at j opens a nickname inside a person's
// name: Robert "Bob" Dale.
func (a *analysis) nickname(j, end int32) bool {
	if j+3 >= end || !a.has(j+1, isCap) || !a.has(j+3, isCap) || !a.near(j+3) || a.has(j+1, isAllCaps) {
		return false
	}
	switch a.low(j + 2) {
	case `"`, "”", "''", ")":
	default:
		return false
	}
	return (a.lex.isFirst(a.low(j-1)) || a.has(j-1, isInitial)) && !a.lex.startStop[a.low(j+3)] && (a.low(j) != "(" || a.lex.isFirst(a.low(j+1)))
}

// joinsPossessive reports whether the possessive at j stands inside a name:
// People's Daily, Coroner's Office.
func (a *analysis) joinsPossessive(i, j, end int32) bool {
	if j+1 >= end || !a.has(j+1, isCap) || !a.near(j+1) {
		return false
	}
	switch a.low(j - 1) {
	case "people", "america", "nation", "women", "men", "children", "workers", "coroner", "sheriff", "attorney", "governor", "mayor", "teachers", "veterans",
		"examiner", "drivers", "farmers", "writers", "leaders", "parents", "citizens", "defender", "prosecutor", "assessor", "clerk", "secretary":
		return a.lex.orgKey[a.low(j+1)] || a.lex.orgOf[a.low(j+1)] || a.low(j-1) == "people"
	}
	return false
}

// namesInHeadline finds names in words [r.First, r.End) of a heading.
func (a *analysis) namesInHeadline(r news.TokenRange, known map[string]int) {
	for i := r.First; i < r.End; {
		if !a.has(i, isCap) {
			i++
			continue
		}
		j := a.knownName(i, r.End, known)
		if j == i && a.lex.isFirst(a.low(i)) && a.has(i+1, isCap) && a.near(i+1) && a.nameLike(i+1) {
			j = i + 2
			if a.has(i+1, isInitial) && a.has(i+2, isCap) && a.near(i+2) && i+2 < r.End {
				j++
			}
		}
		if j == i {
			i++
			continue
		}
		a.split(i, j)
		i = j
	}
}

// nameLike reports whether a capitalised word of a heading may be a surname.
func (a *analysis) nameLike(i int32) bool {
	w := a.low(i)
	if !a.has(i, isWord) || a.lex.startStop[w] || a.lex.notName[w] || a.lex.say[w] {
		return false
	}
	u := a.seen[w]
	if u != nil && u.lower > u.proper || a.lex.common[w] && a.tails[w] == 0 {
		return false
	}
	return a.properTag(i)
}

// knownName is the end of the longest name at i that the text has elsewhere.
func (a *analysis) knownName(i, end int32, known map[string]int) int32 {
	best := i
	key := ""
	for j := i; j < end && j-i < 6 && (j == i || a.near(j)); j++ {
		if j > i {
			key += " "
		}
		key += a.low(j)
		if _, ok := known[key]; ok {
			best = j + 1
		}
	}
	return best
}

// split turns a run of capitalised words into a name, the title before it and
// what stands before the title.
func (a *analysis) split(i, j int32) {
	for i < j && (a.low(i) == "the" || a.low(i) == "&") {
		i++
	}
	for j > i && (!a.has(j-1, isWord) || a.low(j-1) == "the" || a.low(j-1) == "of" || a.low(j-1) == "and") && a.low(j-1) != "." {
		j--
	}
	if i >= j {
		return
	}
	if k := a.outletThenPerson(i, j); k > 0 {
		a.split(i, k)
		i = k
	}
	nameAt, titleAt := a.titleSplit(i, j)
	if nameAt == j { // an office alone: the Prime Minister
		if j-i == 1 && a.tails[a.low(i)] > 0 && a.ambiguousHonorific(a.low(i)) {
			nameAt, titleAt = i, i
		} else {
			a.officeAlone(i, j)
			return
		}
	}
	if titleAt == nameAt && nameAt == i {
		// Republican Donald X, Frenchman Jean X: a party or nation before a first name.
		if j-i >= 3 && (a.lex.notName[a.low(i)] || a.lex.nation[a.low(i)]) && a.lex.isFirst(a.low(i+1)) && !a.lex.orgKey[a.low(j-1)] {
			nameAt = i + 1
		}
	}
	known := a.lex.isFirst(a.low(nameAt))
	if j-nameAt >= 3 && !known && !a.lex.common[a.low(nameAt)] {
		u := a.seen[a.low(nameAt+1)]
		known = u != nil && u.proper >= 3 && !a.lex.common[a.low(nameAt+1)] // the surname is known from elsewhere
	}
	if known && !a.lex.orgKey[a.low(j-1)] && !a.lex.placeKey[a.low(j-1)] {
		for j-nameAt > 2 && a.plainWord(j-1) && !a.has(j-2, isInitial) && (a.tails[a.low(j-2)] > 0 || j-nameAt > 3 && a.plainWord(j-2)) {
			j-- // Anna Ray Election Day
		}
	}
	if j-nameAt > 1 && a.manyPeople(a.low(j-1)) || j-nameAt == 1 && a.people(j-1) { // House Republicans, Sanders Democrats
		m := mention{first: i, end: j, head: j - 1, form: news.Nominal, class: roleMany, ent: -1, plural: true, definite: true, quoted: a.has(i, inMarks)}
		a.place(&m)
		a.mentions = append(a.mentions, m)
		return
	}
	if nameAt < j && j-nameAt == 1 && titleAt == nameAt && a.lex.notName[a.low(nameAt)] {
		return
	}
	m := mention{first: nameAt, end: j, head: j - 1, form: news.Name, ent: -1, titleFirst: titleAt, titleEnd: nameAt}
	a.finish(&m)
	if titleAt > i { // Texas Gov. X: the place keeps its own mention
		p := mention{first: i, end: titleAt, head: titleAt - 1, form: news.Name, ent: -1, titleFirst: i, titleEnd: i}
		a.finish(&p)
		if p.place > 0 || p.org > 1 {
			a.mentions = append(a.mentions, p)
			m.titleFirst = i
		} else {
			m.titleFirst = i
		}
	}
	a.mentions = append(a.mentions, m)
}

// outletThenPerson finds where a run like "Fox News Mary Dunn" goes on with a
// person; 0 when it does not.
func (a *analysis) outletThenPerson(i, j int32) int32 {
	if k := j - 1; k > i+1 && a.lex.orgKey[a.low(k-1)] && !a.lex.orgKey[a.low(k)] && !a.lex.common[a.low(k)] && !a.lex.title[a.low(k-1)] {
		if u := a.seen[a.low(k)]; u != nil && u.proper >= 5 {
			return k // a surname that the text has often
		}
	}
	for k := i + 1; k+1 < j; k++ {
		if k > i+1 && a.lex.orgKey[a.low(k-1)] && a.lex.isFirst(a.low(k)) && !a.lex.title[a.low(k-1)] && !a.lex.orgKey[a.low(j-1)] && a.has(k+1, isCap) {
			return k
		}
		if a.lex.common[a.low(k-1)] && !a.lex.isFirst(a.low(k-1)) && a.lex.isFirst(a.low(k)) && !a.lex.orgKey[a.low(j-1)] && !a.lex.common[a.low(j-1)] && !a.lex.title[a.low(k-1)] && !a.lex.role[a.low(k-1)] && a.has(k+1, isCap) && j-k <= 3 {
			return k // Miss Universe Alba Ray
		}
	}
	return 0
}

// titleSplit finds where titles begin and the person's name begins in the run
// [i, j). Both are i when there is no title; nameAt is j when the run is an
// office and nothing else.
func (a *analysis) titleSplit(i, j int32) (nameAt, titleAt int32) {
	last := int32(-1)
	for k := i; k < j; k++ {
		w := a.low(k)
		if !a.lex.title[w] && !a.lex.honorific[w] && !(a.lex.role[w] && k+2 < j && a.lex.isFirst(a.low(k+1)) && !a.lex.isFirst(w)) {
			continue
		}
		if k+1 < j && a.low(k+1) == "of" && a.officeOf(w) { // Secretary of State X
			e := k + 2
			for e < j && !(a.lex.isFirst(a.low(e)) && e+1 < j && e > k+2) {
				e++
			}
			if e == j && j-k >= 5 { // Speaker of the House Newt X
				e = k + 3
				if a.low(k+2) == "the" {
					e++
				}
				for e < j-2 && (a.lex.orgKey[a.low(e)] || a.low(e) == "and" || a.low(e) == "for") {
					e++
				}
			}
			last = e - 1
			k = e - 1
			continue
		}
		if a.ambiguousHonorific(w) && (k == j-1 || k > i && a.lex.isFirst(a.low(k-1)) || w != "king" && w != "prince" && w != "pope" && k == i) {
			continue // Larry King, Dean Smith, Don Fowler
		}
		last = k
	}
	if last < 0 {
		if a.lex.role[a.low(i)] && j-i >= 3 && (a.lex.isFirst(a.low(i+1)) || a.lex.common[a.low(i)] && !a.lex.common[a.low(i+1)] && !a.lex.orgKey[a.low(j-1)]) && !a.lex.isFirst(a.low(i)) {
			return i + 1, i // Pollster Ann X, at the head of a sentence
		}
		if j-i == 1 && (a.ambiguousHonorific(a.low(i)) || a.lex.role[a.low(i)] && a.tails[a.low(i)] == 0 && !a.lex.isFirst(a.low(i)) && !a.lex.outletTail[a.low(i)]) {
			return j, i
		}
		if j-i <= 4 && a.lex.role[a.low(j-1)] && !a.lex.isFirst(a.low(i)) && a.tails[a.low(j-1)] == 0 && a.lex.common[a.low(j-1)] {
			return j, i // Project Coordinator
		}
		return i, i
	}
	rest := j - last - 1
	if rest == 0 {
		if a.lex.honorific[a.low(last)] && last > i && !a.lex.title[a.low(last)] && a.low(i) != "first" {
			return i, i // a name that ends in King, Prince, Bishop
		}
		if last > i && (a.lex.isFirst(a.low(i)) && j-i <= 3 && (j-i == 2 || !a.officeNoun(a.low(last)))) {
			return i, i
		}
		if j-i > 5 || a.lex.isFirst(a.low(i)) && j-i > 2 {
			return i, i
		}
		for k := i; k < last; k++ {
			if a.lex.orgOf[a.low(k)] && (a.low(k+1) == "for" || a.low(k+1) == "to" || a.low(k+1) == "of") && !a.officeOf(a.low(k)) {
				return i, i // Citizens for Tax Justice
			}
		}
		return j, i
	}
	w := a.low(last)
	abbr := strings.HasSuffix(w, ".") || len(w) <= 3
	// General Motors, Justice Department, State Attorney General's Office
	for k := last + 1; k < j; k++ {
		if a.lex.orgKey[a.low(k)] && !(abbr && k < j-1) && !a.lex.isFirst(a.low(last+1)) {
			return i, i
		}
	}
	if rest > 6 {
		return i, i
	}
	if a.lex.honorific[w] && !abbr && last == i && rest >= 1 && a.ambiguousHonorific(w) && a.has(last+1, isCap) && rest == 1 {
		// King said nothing tells us: Prince Harry is titled, King Jr. is not.
		if a.lex.suffix[a.low(last+1)] {
			return i, i
		}
	}
	titleAt = last
	for titleAt > i && a.titlePart(titleAt-1) {
		titleAt--
	}
	return last + 1, titleAt
}

// plainWord reports whether the capitalised word at i is a common one that no
// full name of the text ends in.
func (a *analysis) plainWord(i int32) bool {
	w := a.low(i)
	return a.lex.common[w] && !a.lex.isFirst(w) && !a.lex.suffix[w] && a.tails[w] == 0
}

// people reports whether the capitalised word at i stands for people of a
// nation, party or faith: the Mexicans.
func (a *analysis) people(i int32) bool {
	w := a.low(i)
	if a.manyPeople(w) {
		return true
	}
	g := a.tag(i)
	return strings.HasSuffix(w, "s") && (a.lex.nation[w] && !a.lex.place[w] && g != news.TagNNP || g == news.TagNNPS && (strings.HasSuffix(w, "ans") || strings.HasSuffix(w, "ers") || strings.HasSuffix(w, "ists")))
}

// manyPeople reports whether a capitalised word names people, not a body.
func (a *analysis) manyPeople(w string) bool {
	switch w {
	case "mps", "republicans", "democrats", "conservatives", "liberals", "libertarians", "progressives", "americans", "muslims", "christians",
		"jews", "catholics", "evangelicals", "latinos", "hispanics", "officials", "senators", "leaders", "supporters", "voters":
		return true
	}
	return false
}

func (a *analysis) officeNoun(w string) bool { return a.lex.title[w] && a.lex.role[w] }

// ambiguousHonorific holds honorifics that are surnames and first names too.
func (a *analysis) ambiguousHonorific(w string) bool {
	switch w {
	case "king", "prince", "pope", "duke", "sir", "lord", "tan", "tun", "dom", "don", "saint", "bishop", "sri", "seri", "dean":
		return true
	}
	return false
}

// titlePart reports whether token i may be part of the office that follows.
func (a *analysis) titlePart(i int32) bool {
	w := a.low(i)
	if a.lex.title[w] || a.lex.honorific[w] {
		return true
	}
	switch w {
	case "prime", "vice", "former", "first", "foreign", "deputy", "acting", "interior", "finance", "defense", "defence", "health", "education",
		"press", "attorney", "assistant", "senior", "chief", "state", "district", "majority", "minority", "party", "labour", "labor", "u.s.", "of", "and", "the",
		"executive", "managing", "national", "security", "communications", "campaign", "police", "house", "senate", "supreme", "court", "county", "city", "republican", "democratic", "gop":
		return true
	}
	return a.lex.nation[w]
}

// officeAlone records a capitalised office without a name as a nominal.
func (a *analysis) officeAlone(i, j int32) {
	m := mention{first: i, end: j, head: j - 1, form: news.Nominal, class: roleOne, ent: -1, definite: true}
	for k := i; k < j; k++ {
		if a.low(k) == "of" {
			m.head = max(k-1, i)
			break
		}
	}
	m.quoted = a.has(i, inMarks)
	m.sex = a.lex.sex[a.low(m.head)]
	a.place(&m)
	a.mentions = append(a.mentions, m)
}
