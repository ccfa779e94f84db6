package shape

import (
	"slices"
	"strings"

	names "github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
)

// finish fills what a name's own words and neighbours tell of it: its key,
// the points for person, organization and place, its describing words.
func (a *analysis) finish(m *mention) {
	var key strings.Builder
	for i := m.first; i < m.end; i++ {
		if i > m.first {
			key.WriteByte(' ')
		}
		key.WriteString(spelledOut(a.low(i)))
	}
	m.key = key.String()
	m.quoted = a.has(m.first, inMarks)
	m.descFirst, m.descEnd = m.titleFirst, m.titleFirst
	a.evidenceInside(m)
	a.evidenceAround(m)
	if a.placesNews(m) {
		add(&m.place, 12)
		add(&m.person, -12)
	}
}

// placesNews reports whether m is where a paragraph's news comes from: GORSE HILL
// (Ellery News) — The quay is shut.
func (a *analysis) placesNews(m *mention) bool {
	p := a.toks[m.first].par
	line := a.doc.Dateline(int(p))
	if m.end > line.End || line.End+1 >= a.doc.Paragraphs[p].End || a.has(line.End+1, isAllCaps) {
		return false
	}
	for i := line.First; i < m.first; i++ {
		if a.low(i) == "(" { // an agency
			return false
		}
	}
	return true
}

// spelledOut gives the words of initials that every article uses for itself.
func spelledOut(w string) string {
	switch w {
	case "u.n.":
		return "united nations"
	case "u.s.":
		return "united states"
	case "u.k.":
		return "united kingdom"
	case "e.u.":
		return "european union"
	}
	return w
}

func add(p *int8, n int8) { *p = int8(max(-100, min(100, int(*p)+int(n)))) }

// evidenceInside weighs the words of the name.
func (a *analysis) evidenceInside(m *mention) {
	if m.titleEnd > m.titleFirst {
		add(&m.person, 6)
	}
	surnamed := a.surnamed(m)
	a.evidenceOfWords(m, surnamed)
	a.evidenceOfEnds(m, surnamed)
	a.evidenceOfWhole(m)
	a.evidenceOfStrangers(m)
}

// evidenceOfWords weighs each word of the name by itself.
func (a *analysis) evidenceOfWords(m *mention, surnamed bool) {
	n := m.end - m.first
	for i := m.first; i < m.end; i++ {
		w := a.low(i)
		if a.is(i, lexOrgKey) && !(surnamed && i == m.end-1) {
			add(&m.org, 3)
			if i == m.end-1 && n > 1 {
				add(&m.org, 3)
			}
		} else if a.is(i, lexOrgWord) {
			add(&m.org, 1)
		}
		if a.is(i, lexPlaceKey) && n > 1 {
			add(&m.place, 3)
			if i == m.end-1 {
				add(&m.place, 2)
			}
		}
		if i > m.first && i < m.end-1 && a.has(i, isInitial) {
			add(&m.person, 3)
		}
		if (w == "of" || w == "for" || w == "on" || w == "and" || w == "&") && n > 2 {
			add(&m.org, 4)
		}
		if i == m.end-1 && n > 1 && a.is(i, lexCampaign) {
			add(&m.org, 9)
		}
	}
}

// evidenceOfEnds weighs the first and the last word of the name.
func (a *analysis) evidenceOfEnds(m *mention, surnamed bool) {
	n := m.end - m.first
	if m.titleEnd == m.titleFirst && a.likelyKind(m) == names.Organization {
		add(&m.org, 3)
	}
	if n > 1 && a.is(m.end-1, lexSuffix) {
		add(&m.person, 6)
	}
	if a.is(m.first, lexFirst) && (surnamed || !a.is(m.end-1, lexOrgKey)) && !(a.likelyKind(m) == names.Organization && m.titleEnd == m.titleFirst) {
		if n > 1 {
			add(&m.person, 5)
		} else {
			add(&m.person, 2)
		}
	}
	if n == 2 && a.has(m.first, isAllCaps) && a.has(m.end-1, isAllCaps) && (a.is(m.end-1, lexCommon) || a.seenAt(m.end-1).lower > 0) && m.titleEnd == m.titleFirst && a.tails[a.low(m.end-1)] == 0 {
		add(&m.person, -6) // DELTA RACE
	}
	if n >= 2 && (a.is(m.first, lexFamily) || a.is(m.end-1, lexFamily)) && n <= 3 && !a.is(m.end-1, lexOrgKey) {
		add(&m.person, 3)
	}
	if a.has(m.first, isInitial) && n > 1 && !a.is(m.end-1, lexOrgKey) {
		add(&m.person, 3)
	}
}

// evidenceOfWhole weighs how the whole name is written, and the lists that have it.
func (a *analysis) evidenceOfWhole(m *mention) {
	n := m.end - m.first
	if n == 1 && a.has(m.first, isAllCaps) && !a.headline[a.toks[m.first].sent] && len(m.key) <= 6 {
		add(&m.org, 3)
	}
	if strings.HasPrefix(m.key, "@") {
		add(&m.person, 3)
	}
	if n == 1 && (strings.Contains(m.key, ".c") || strings.HasSuffix(m.key, ".org") || strings.HasSuffix(m.key, ".net")) {
		add(&m.org, 5)
	}
	if n == 1 && strings.Contains(m.key, ".") && len(m.key) > 3 && a.has(m.first, isAllCaps) {
		add(&m.org, 3)
	}
	if a.lex.place[m.key] || a.lex.place[strings.TrimPrefix(m.key, "the ")] {
		add(&m.place, 6)
		add(&m.person, -3)
	}
	if a.lex.metonym[strings.ReplaceAll(m.key, " ", "_")] {
		add(&m.org, 4)
	}
	for i := m.first; i < m.end; i++ {
		if a.is(i, lexParticle) && i > m.first {
			add(&m.person, 2)
		}
	}
}

// evidenceOfStrangers weighs how many words of the name are common ones, and how
// many no list has.
func (a *analysis) evidenceOfStrangers(m *mention) {
	n := m.end - m.first
	common, strange := 0, 0
	for i := m.first; i < m.end; i++ {
		switch {
		case a.is(i, lexCommon) && !a.is(i, lexFirst):
			common++
		case a.is(i, lexNation) || a.is(i, lexPlace) && n > 1:
			add(&m.person, -2)
		case a.has(i, isWord) && !a.is(i, lexParticle):
			strange++
		}
	}
	if common > 0 && n > 1 && m.titleEnd == m.titleFirst {
		add(&m.org, int8(min(2*common, 4)))
		if m.person < 5 {
			add(&m.person, -2)
		}
	}
	if m.org <= 2 && m.person <= 0 && a.endsInPerson(m) {
		add(&m.person, 5)
	}
	if n >= 2 && n <= 4 && m.org <= 0 && m.place <= 0 && m.person <= 0 && strange > 1 {
		add(&m.person, 1) // two or three strange capitalised words are most often somebody
	}
}

// evidenceAround weighs the words beside the name and finds those that
// describe it.
func (a *analysis) evidenceAround(m *mention) {
	before := m.titleFirst
	prev := a.low(before - 1)
	if a.toks[m.first].flags&newLine != 0 || !a.near(before) {
		prev = ""
	}
	if prev == "the" {
		add(&m.org, 2)
		add(&m.person, -3)
	}
	if prev == "(" && a.nameBefore(before-2) { // Jane Roe (PH-Bukit Mertajam)
		add(&m.person, -6)
		add(&m.place, 2)
	}
	if m.first > 0 && a.low(m.first) == "the" {
		add(&m.org, 2)
	}
	switch prev {
	case "in", "at", "near", "across", "throughout", "outside", "inside", "around":
		add(&m.place, 2)
	case "from", "to", "into", "toward", "visiting":
		add(&m.place, 1)
	}
	// lower-case words right before: veteran strategist X, her husband X
	k := before
	for k > 0 && before-k < 6 && a.near(k) {
		w := a.low(k - 1)
		g := a.tag(k - 1)
		ok := a.has(k-1, isWord) && !a.has(k-1, isCap) && (g == news.TagNN || g == news.TagJJ || g == news.TagVBN || a.is(k-1, lexRole) || g == news.TagNNS && k < before)
		ok = ok || w == "-" || g == news.TagHYPH
		ok = ok || (k < before && a.has(k-1, isCap) && a.has(k-1, isWord) && !a.is(k-1, lexStartStop))
		if !ok {
			break
		}
		k--
	}
	for k < before && a.has(k, isCap) && a.low(k) == "the" {
		k++
	}
	if k < before && a.is(before-1, lexRole) && !a.is(before-1, lexSay) {
		add(&m.person, 4)
		m.descFirst, m.descEnd = k, before
	} else if k < before && a.tag(before-1) == news.TagNN && m.org <= 0 {
		m.descFirst, m.descEnd = k, before
	}
	next := a.low(m.end)
	if !a.near(m.end) {
		return
	}
	switch {
	case next == "who" || next == "," && (a.low(m.end+1) == "who" || a.low(m.end+1) == "whose"):
		add(&m.person, 4)
	case next == "," && isNumber(a.low(m.end+1)) && (a.low(m.end+2) == "," || a.low(m.end+2) == "."):
		add(&m.person, 4)
	case next == "," && a.is(m.end+1, lexPlace) && m.org <= 0 && m.titleEnd == m.titleFirst:
		add(&m.place, 2)
	case companyForm(next):
		add(&m.org, 6)
	case next == "(" && a.low(m.end+2) == "-":
		add(&m.person, 3)
	case a.is(m.end, lexSay):
		add(&m.person, 1)
	}
	if next == "," { // X, the senior senator from Y, said
		for i := m.end + 1; i < m.end+8 && int(i) < len(a.toks) && a.toks[i].sent == a.toks[m.first].sent; i++ {
			w := a.low(i)
			if w == "," || w == "of" || w == "for" || w == "at" || w == "in" {
				break
			}
			if a.is(i, lexRole) && !a.is(i+1, lexRole) {
				add(&m.person, 4)
				break
			}
			if a.is(i, lexOrgNoun) && i > m.end+1 {
				add(&m.org, 2)
				break
			}
		}
	}
}

// nameBefore reports whether token i is capitalised, as before a bracket.
func (a *analysis) nameBefore(i int32) bool { return i >= 0 && a.has(i, isCap) }

func isNumber(w string) bool {
	if w == "" {
		return false
	}
	for i := 0; i < len(w); i++ {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return true
}

func (a *analysis) sortMentions() {
	slices.SortStableFunc(a.mentions, func(x, y mention) int {
		if x.first != y.first {
			return int(x.first - y.first)
		}
		return int(x.end - y.end)
	})
}

// placeAndName reports whether a place's name is also a common first name.
func placeAndName(w string) bool {
	switch w {
	case "chad", "jordan", "georgia", "charlotte", "austin", "dallas", "israel", "paris", "victoria", "florence", "sydney", "adelaide", "carolina",
		"virginia", "dakota", "alexandria", "santiago", "diego", "lincoln", "madison", "jackson", "houston", "devon", "chelsea", "brooklyn", "camden", "london":
		return true
	}
	return false
}
