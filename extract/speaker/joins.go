package speaker

import (
	"strings"

	"whosaid/extract/news"
)

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
	case "department", "ministry", "foundation", "agency", "commission", "committee", "bureau", "institute", "administration", "fund", "trust", "association", "council", "office", "authority", "organization", "organisation", "corporation", "university", "society", "union", "board", "center", "centre", "service", "services", "forum", "federation", "alliance", "league", "club", "party", "movement", "coalition", "network", "group", "guild", "cooperative", "congress":
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
	// Grain Millers' Forum, Harbour Workers' Union
	return a.low(j) == "'" && strings.HasSuffix(a.low(j-1), "s") && (a.lex.group[a.low(j-1)] || a.lex.common[a.low(j-1)] || !a.properTag(j-1) || strings.HasSuffix(a.low(j-1), "ers")) &&
		(a.bodyTail(a.low(j+1)) || a.lex.orgKey[a.low(j+1)] || a.lex.orgOf[a.low(j+1)])
}
