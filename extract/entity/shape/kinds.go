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
	a.place(m)
	a.evidenceInside(m)
	a.evidenceAround(m)
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
	n := m.end - m.first
	firstWord, lastWord := a.low(m.first), a.low(m.end-1)
	if m.titleEnd > m.titleFirst {
		add(&m.person, 6)
	}
	surnamed := a.surnamed(m)
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
		if (w == "of" || w == "for" || w == "on" || w == "and" || w == "&" || a.wordInside(i, m.end)) && n > 2 {
			add(&m.org, 4)
		}
		if i == m.end-1 && n > 1 && a.is(i, lexCampaign) {
			add(&m.org, 9)
		}
	}
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
	if n == 2 && a.has(m.first, isAllCaps) && a.has(m.end-1, isAllCaps) && (a.is(m.end-1, lexCommon) || a.seenAt(m.end-1).lower > 0) && m.titleEnd == m.titleFirst && a.tails[lastWord] == 0 {
		add(&m.person, -6) // DELTA RACE
	}
	if n >= 2 && (a.is(m.first, lexFamily) || a.is(m.end-1, lexFamily)) && n <= 3 && !a.is(m.end-1, lexOrgKey) {
		add(&m.person, 3)
	}
	if placeAndName(firstWord) && n >= 2 && n <= 3 && !a.is(m.end-1, lexOrgKey) && !a.is(m.end-1, lexPlaceKey) {
		add(&m.person, 5) // Chad Sweet, Jordan Lee
	}
	if a.has(m.first, isInitial) && n > 1 && !a.is(m.end-1, lexOrgKey) {
		add(&m.person, 3)
	}
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
	if n == 1 && placeAndName(m.key) && !a.lex.place[m.key] {
		add(&m.place, 3)
		add(&m.person, -1)
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
	if a.near(before) && a.givesName(before-1) {
		add(&m.person, 4)
	}
	if prev == "," {
		c, _ := a.roleBefore(before - 2)
		switch next := a.low(m.end); c {
		case roleOne:
			if m.end-m.first <= 4 && (next == "," || a.is(m.end, lexSay) || next == "." || !a.near(m.end)) {
				add(&m.person, 5)
			}
		case bodyOne:
			add(&m.org, 5)
		}
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

// roleBefore tells what sort of phrase with a lower-case head ends at token i,
// before the comma of an apposition: one person by role (the regional
// governor, a doctor at the clinic), a body by what it is to another (its
// owner, the mine's operator), or neither; and its head.
func (a *analysis) roleBefore(i int32) (c class, head int32) {
	head = -1
	for k := i; k >= 0 && i-k < 9 && a.toks[k].sent == a.toks[i].sent; k-- {
		w := a.low(k)
		if a.toks[k].flags&isWord == 0 && w != "-" && w != "'s" && w != "'" {
			break
		}
		switch g := a.tag(k); {
		case g == news.TagVBD || g == news.TagVBZ || g == news.TagVBP || g == news.TagMD || w == "and":
			return noClass, -1
		case a.is(k, lexRole) && !a.has(k, isCap) && g != news.TagNNS:
			if next := a.low(k + 1); k == i || next == "of" || next == "for" || next == "at" || next == "in" || next == "on" || next == "with" {
				head = k
			}
		case (w == "the" || w == "a" || w == "an" || w == "'s" || w == "'" || g == news.TagPRPS) && head >= 0:
			if a.ownerNoun(a.low(head)) {
				return noClass, -1
			}
			return roleOne, head
		}
		switch w {
		case "owner", "operator", "maker", "manufacturer", "parent", "publisher", "developer":
			if k == i && !a.has(k, isCap) && (a.low(k-1) == "its" || a.low(k-1) == "'s" || a.low(k-1) == "'") {
				return bodyOne, k
			}
		}
	}
	return noClass, -1
}

// nameBefore reports whether token i is capitalised, as before a bracket.
func (a *analysis) nameBefore(i int32) bool { return i >= 0 && a.has(i, isCap) }

// placeAndName reports whether a place's name is also a common first name.
func placeAndName(w string) bool {
	switch w {
	case "chad", "jordan", "georgia", "charlotte", "austin", "dallas", "israel", "paris", "victoria", "florence", "sydney", "adelaide", "carolina",
		"virginia", "dakota", "alexandria", "santiago", "diego", "lincoln", "madison", "jackson", "houston", "devon", "chelsea", "brooklyn", "camden", "london":
		return true
	}
	return false
}

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

// place finds the grammatical place of a mention: from the parse where there
// is one, else from the words beside it.
func (a *analysis) place(m *mention) {
	h := m.head
	for n := 0; n < 8; n++ { // climb to the token whose head lies outside
		t := &a.doc.Tokens[h]
		if t.Rel == news.NoRel || t.Head < m.first || t.Head >= m.end {
			break
		}
		h = t.Head
	}
	if m.end < int32(len(a.toks)) && a.has(m.end, glued) && (a.low(m.end) == "'s" || a.low(m.end) == "'" && a.low(m.end-1) != "" && strings.HasSuffix(a.low(m.end-1), "s")) {
		m.gram = possessor
		return
	}
	switch a.doc.Tokens[h].Rel {
	case news.RelNsubj, news.RelNsubjPass, news.RelNsubjOuter, news.RelCsubj:
		m.gram = subject
		return
	case news.RelNmodPoss:
		m.gram = possessor
		return
	case news.RelObj, news.RelIobj:
		m.gram = object
		return
	case news.RelOblAgent:
		m.gram = agent
		return
	case news.NoRel:
	case news.RelAppos, news.RelFlat, news.RelConj, news.RelRoot, news.RelDep, news.RelParataxis:
	default:
		return
	}
	next := a.tag(m.end)
	if a.near(m.end) {
		switch next {
		case news.TagVBD, news.TagVBZ, news.TagVBP, news.TagMD:
			m.gram = subject
			return
		}
		if a.is(m.end, lexSay) || a.is(m.first-1, lexSay) && a.low(m.end) != "that" && !a.has(m.first, newLine) {
			m.gram = subject
		}
	}
}

func (a *analysis) sortMentions() {
	slices.SortStableFunc(a.mentions, func(x, y mention) int {
		if x.first != y.first {
			return int(x.first - y.first)
		}
		return int(x.end - y.end)
	})
}

// givesName reports whether token i leads up to somebody's name.
func (a *analysis) givesName(i int32) bool {
	switch a.low(i) {
	case "named", "nicknamed":
		return true
	case "called", "call":
		return a.low(i+1) != "on" && a.low(i+1) != "for"
	case "as":
		for k := i - 1; k > i-6; k-- {
			switch a.low(k) {
			case "name", "names", "identified", "known", "herself", "himself":
				return true
			}
		}
	}
	return false
}

// ownerNoun reports whether w may be said of a body as of a person.
func (a *analysis) ownerNoun(w string) bool {
	switch w {
	case "owner", "operator", "maker", "manufacturer", "publisher", "developer", "supplier", "contractor", "builder", "producer", "promoter", "buyer", "seller", "rival", "partner", "member", "client", "customer", "carrier", "parent", "employer", "landlord", "sponsor", "organiser", "organizer", "investor", "shareholder", "lender", "insurer", "victim", "plaintiff", "defendant":
		return true
	}
	return false
}
