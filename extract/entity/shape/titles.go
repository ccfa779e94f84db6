package shape

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

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
	if k := a.officeAfter(i, j); k > 0 {
		j = k
	}
	nameAt, titleAt := a.titleSplit(i, j)
	if nameAt == j { // an office alone: the Prime Minister
		if w := a.low(i); j-i == 1 && (a.tails[w] > 0 && a.ambiguousHonorific(w) || a.surnames[w] && a.is(i, lexHonorific) && !a.is(i, lexTitle)) {
			nameAt, titleAt = i, i
		} else {
			a.officeAlone(i, j)
			return
		}
	}
	if titleAt == nameAt && nameAt == i {
		// Republican Donald X, Frenchman Jean X: a party or nation before a first name.
		if j-i >= 3 && (a.is(i, lexNotName) || a.is(i, lexNation)) && a.is(i+1, lexFirst) && !a.is(j-1, lexOrgKey) {
			nameAt = i + 1
		}
	}
	known := a.is(nameAt, lexFirst)
	if j-nameAt >= 3 && !known && !a.is(nameAt, lexCommon) {
		u := a.seenAt(nameAt + 1)
		known = u.proper >= 3 && !a.is(nameAt+1, lexCommon) // the surname is known from elsewhere
	}
	if known && !a.is(j-1, lexOrgKey) && !a.is(j-1, lexPlaceKey) {
		for j-nameAt > 2 && a.plainWord(j-1) && !a.has(j-2, isInitial) && (a.tails[a.low(j-2)] > 0 || j-nameAt > 3 && a.plainWord(j-2)) {
			j-- // Anna Ray Election Day
		}
	}
	if j-nameAt > 1 && a.manyPeople(a.low(j-1)) || j-nameAt == 1 && a.people(j-1) { // House Republicans, Sanders Democrats
		m := mention{first: i, end: j, head: j - 1, form: news.Nominal, class: roleMany, ent: -1, plural: true, definite: true, quoted: a.has(i, inMarks)}
		a.mentions = append(a.mentions, m)
		return
	}
	if nameAt < j && j-nameAt == 1 && titleAt == nameAt && a.is(nameAt, lexNotName) {
		return
	}
	m := mention{first: nameAt, end: j, head: j - 1, form: news.Name, ent: -1, titleFirst: titleAt, titleEnd: nameAt}
	if a.correct(&m, j) {
		return
	}
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

// officeAfter is the end of the person's name in a run of capitals that goes on
// with an office, as papers without commas have it: Anna Ray Finance Minister,
// Tendai Moyo Acme Foods General Manager. 0 when the run is nothing of the sort.
func (a *analysis) officeAfter(i, j int32) int32 {
	if j-i < 4 || !a.is(j-1, lexTitle) || a.is(j-1, lexHonorific) || !a.strange(i, i+2) || a.is(i, lexTitle|lexHonorific|lexRole) {
		return 0
	}
	common := 0
	for k := i + 2; k < j; k++ {
		if a.is(k, lexFirst|lexHonorific|lexFamily|lexParticle) || !a.has(k, isCap) {
			return 0
		}
		if a.is(k, lexCommon|lexOrgKey|lexPlace|lexNation) {
			common++
		}
	}
	if common == 0 {
		return 0
	}
	return i + 2
}

// titleSplit finds where titles begin and the person's name begins in the run
// [i, j). Both are i when there is no title; nameAt is j when the run is an
// office and nothing else.
func (a *analysis) titleSplit(i, j int32) (nameAt, titleAt int32) {
	last := a.lastTitle(i, j)
	if last < 0 {
		return a.untitled(i, j)
	}
	for last+1 < j && a.toks[last+1].flags&isWord == 0 { // Pastor (Mrs) X
		last++
	}
	rest := j - last - 1
	if rest == 0 {
		return a.titleLast(i, j, last)
	}
	w := a.low(last)
	abbr := strings.HasSuffix(w, ".") || len(w) <= 3
	// General Motors, Justice Department, State Attorney General's Office
	for k := last + 1; k < j; k++ {
		if a.is(k, lexOrgKey) && !(abbr && (k < j-1 || rest == 1 && a.lex.sex[w] != 0)) && !a.is(last+1, lexFirst) {
			return i, i
		}
	}
	if rest > 6 {
		return i, i
	}
	if a.lex.honorific[w] && !abbr && last == i && rest >= 1 && a.ambiguousHonorific(w) && a.has(last+1, isCap) && rest == 1 {
		// King said nothing tells us: Prince Harry is titled, King Jr. is not.
		if a.is(last+1, lexSuffix) {
			return i, i
		}
	}
	if a.low(last) == "miss" && rest >= 3 && a.is(last+2, lexFirst) && (a.is(last+1, lexCommon|lexPlace|lexNation) || pageant(a.low(last+1))) {
		last++ // Miss Universe Alba Ray
	}
	titleAt = last
	for titleAt > i && a.titlePart(titleAt-1) {
		titleAt--
	}
	return last + 1, titleAt
}

// lastTitle is the last word of the titles in the run [i, j); -1 without any.
func (a *analysis) lastTitle(i, j int32) int32 {
	last := int32(-1)
	for k := i; k < j; k++ {
		w := a.low(k)
		if !a.is(k, lexTitle) && !a.is(k, lexHonorific) && !(w == "executive" && k > i && a.low(k-1) == "chief") && !(a.is(k, lexRole) && k+2 < j && a.is(k+1, lexFirst) && !a.is(k, lexFirst)) {
			continue
		}
		if k+1 < j && a.low(k+1) == "of" && a.officeOf(w) { // Secretary of State X
			e := k + 2
			for e < j && !(a.is(e, lexFirst) && e+1 < j && e > k+2) {
				e++
			}
			if e == j && j-k >= 5 { // Speaker of the House Newt X
				e = k + 3
				if a.low(k+2) == "the" {
					e++
				}
				for e < j-2 && (a.is(e, lexOrgKey) || a.low(e) == "and" || a.low(e) == "for") {
					e++
				}
			}
			last = e - 1
			k = e - 1
			continue
		}
		if a.secondHonorific(w) && !(k > i && (a.is(k-1, lexTitle) || a.is(k-1, lexHonorific))) || w == "tan" && a.low(k+1) != "sri" {
			continue // Ng Eng Hen, Ms Tan Mei Ling
		}
		if w == "daw" && (k > i || j-i < 3) {
			continue
		}
		if w == "don" && k == i && j-i >= 3 && a.is(k+1, lexFirst) {
			last = k // Don Eusebio Ray
			continue
		}
		if a.ambiguousHonorific(w) && (k == j-1 || k > i && a.is(k-1, lexFirst) || w != "king" && w != "prince" && w != "pope" && k == i) {
			continue // Larry King, Dean Smith, Don Fowler
		}
		last = k
	}
	return last
}

// untitled is what titleSplit finds in a run without a title.
func (a *analysis) untitled(i, j int32) (nameAt, titleAt int32) {
	if a.is(i, lexRole) && j-i >= 3 && (a.is(i+1, lexFirst) || a.is(i, lexCommon) && !a.is(i+1, lexCommon) && !a.is(j-1, lexOrgKey)) && !a.is(i, lexFirst) {
		return i + 1, i // Pollster Ann X, at the head of a sentence
	}
	if j-i == 1 && (a.ambiguousHonorific(a.low(i)) || a.is(i, lexRole) && a.tails[a.low(i)] == 0 && !a.is(i, lexFirst) && !a.is(i, lexOutletTail)) {
		return j, i
	}
	if j-i <= 4 && a.is(j-1, lexRole) && !a.is(i, lexFirst) && a.tails[a.low(j-1)] == 0 && a.is(j-1, lexCommon) {
		return j, i // Project Coordinator
	}
	return i, i
}

// titleLast is what titleSplit finds in a run that ends with a title, its last word.
func (a *analysis) titleLast(i, j, last int32) (nameAt, titleAt int32) {
	if last == i+1 && a.is(last, lexHonorific) && !a.is(last, lexTitle|lexRole|lexCommon) && !a.ambiguousHonorific(a.low(last)) {
		return last, i // Chief Eze, whose name is an honorific elsewhere
	}
	if a.is(last, lexHonorific) && last > i && !a.is(last, lexTitle) && a.low(i) != "first" {
		return i, i // a name that ends in King, Prince, Bishop
	}
	if last > i && (a.is(i, lexFirst) && j-i <= 3 && (j-i == 2 || !a.officeNoun(a.low(last)))) {
		return i, i
	}
	if j-i > 5 || a.is(i, lexFirst) && j-i > 2 {
		return i, i
	}
	for k := i; k < last; k++ {
		if a.is(k, lexOrgOf) && (a.low(k+1) == "for" || a.low(k+1) == "to" || a.low(k+1) == "of") && !a.officeOf(a.low(k)) {
			return i, i // Citizens for Tax Justice
		}
	}
	return j, i
}

// strange reports whether the words [i, j) look like a person's name and
// nothing else: two or three, none common, none of a body or place.
func (a *analysis) strange(i, j int32) bool {
	for k := i; k < j; k++ {
		w := a.low(k)
		if !a.has(k, isWord) || a.is(k, lexCommon) && a.tails[w] == 0 && !a.is(k, lexFirst) || a.is(k, lexOrgKey) || a.is(k, lexPlaceKey) || a.is(k, lexPlace) || a.is(k, lexNation) {
			return false
		}
	}
	return j-i >= 2 && j-i <= 3
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

// pageant reports whether w after "Miss" is a contest's.
func pageant(w string) bool { return w == "universe" || w == "world" || w == "america" }

// secondHonorific holds honorifics that count only after another title, being
// names elsewhere: Director Eng X, Datuk Sri X.
func (a *analysis) secondHonorific(w string) bool { return w == "eng" || w == "sri" || w == "seri" }

// titlePart reports whether token i may be part of the office that follows.
func (a *analysis) titlePart(i int32) bool {
	w := a.low(i)
	if a.lex.title[w] || a.lex.honorific[w] {
		return true
	}
	switch w {
	case "el", "grand", "prime", "vice", "former", "first", "foreign", "deputy", "acting", "interior", "finance", "defense", "defence", "health", "education",
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
	a.mentions = append(a.mentions, m)
}
