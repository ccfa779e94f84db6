package speaker

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// nameAfterRole finds the person that a long office leads up to without a
// comma: former secretary of state X.
func (a *analysis) nameAfterRole(k, end int32) int32 {
	for ; k < end; k++ {
		switch a.low(k) {
		case ",", "who", "which", "that", "(", "'s":
			return -1
		}
		m := a.nameAt(k)
		if m < 0 {
			continue
		}
		mm := &a.mentions[m]
		if mm.ent >= 0 && a.ents[mm.ent].kind == news.Person && mm.end-mm.first > 1 && mm.descEnd > mm.descFirst && (mm.end >= end || a.low(mm.end) == ",") {
			return m
		}
		k = mm.end - 1
	}
	return -1
}

// nameBeforeRole is the person to whose name the description at i, without
// determiner, stands in apposition: X, chemistry teacher at Y, said. -1 for none.
func (a *analysis) nameBeforeRole(i int32) int32 {
	if a.low(i-1) != "," || !a.near(i) || !a.near(i-1) || a.has(i, isCap) {
		return -1
	}
	m := a.nameAt(i - 2)
	if m < 0 || a.mentions[m].ent < 0 || a.ents[a.mentions[m].ent].kind != news.Person || a.low(a.mentions[m].first-1) == "and" {
		return -1
	}
	return m
}

// nameAt is the name mention that covers token i, -1 when none does.
func (a *analysis) nameAt(i int32) int32 {
	if i < 0 || int(i) >= len(a.byToken) || a.byToken[i] < 0 || a.mentions[a.byToken[i]].form != news.Name {
		return -1
	}
	return a.byToken[i]
}

// ownerNoun reports whether w may be said of a body as of a person.
func (a *analysis) ownerNoun(w string) bool {
	switch w {
	case "owner", "operator", "maker", "manufacturer", "publisher", "developer", "supplier", "contractor", "builder", "producer", "promoter", "buyer", "seller", "rival", "partner", "member", "client", "customer", "carrier", "parent", "employer", "landlord", "sponsor", "organiser", "organizer", "investor", "shareholder", "lender", "insurer", "victim", "plaintiff", "defendant":
		return true
	}
	return false
}

// namedAs finds the name that a description says somebody goes by: a boy named
// X, the doctor, who gave her name only as X. -1 for none.
func (a *analysis) namedAs(k, end int32) int32 {
	for ; k < end; k++ {
		if !a.givesName(k) {
			continue
		}
		for n := k + 1; n < end && n < k+4; n++ {
			if m := a.nameAt(n); m >= 0 && a.mentions[m].ent >= 0 && a.ents[a.mentions[m].ent].kind == news.Person {
				return m
			}
		}
	}
	return -1
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

// describedName is the person whose name ends the lower-case phrase at n:
// retired chemistry teacher X. -1 for none.
func (a *analysis) describedName(n, end int32) int32 {
	for k := n; k < end && k < n+6; k++ {
		if m := a.nameAt(k); m >= 0 {
			if k > n && a.is(k-1, lexRole) && a.mentions[m].end-a.mentions[m].first > 1 && a.mentions[m].ent >= 0 {
				return m
			}
			return -1
		}
		if a.has(k, isCap) || a.toks[k].flags&isWord == 0 {
			return -1
		}
	}
	return -1
}

// nameInApposition finds the name after a role: the director of X, NAME.
func (a *analysis) nameInApposition(k, end int32, s *source) int32 {
	for ; k < end; k++ {
		if w := a.low(k); w == "who" || w == "which" {
			return -1
		}
		if a.low(k) != "," && a.low(k) != "—" && a.low(k) != "–" && a.low(k) != ":" && a.low(k) != "-" {
			continue
		}
		n := k + 1
		if n < end && a.low(n) == "the" {
			n++
		}
		if n >= end {
			return -1
		}
		m := a.nameAt(n)
		if h := a.ahead[n]; h >= 0 && (m < 0 || n < a.mentions[h].titleEnd) {
			m = h
			n = a.mentions[h].first
		}
		if m < 0 {
			m = a.describedName(n, end)
		}
		if m < 0 || n >= end {
			continue
		}
		e := a.mentions[m].ent
		if e < 0 {
			continue
		}
		person := a.ents[e].kind == news.Person
		if s.class == roleOne && !person && !a.ownerNoun(a.low(s.head)) || s.class == bodyOne && person {
			continue
		}
		if next := a.low(a.mentions[m].end); a.mentions[m].end < end && next != "," && next != "(" && next != "—" {
			continue // X, Texas senator: the name goes on as something else
		}
		if a.ents[e].place {
			continue
		}
		return m
	}
	return -1
}

// listGoesOn reports whether the comma at k separates items of a list that
// ends in "and": A, B and C.
func (a *analysis) listGoesOn(k, end int32) bool {
	if a.low(k) != "," {
		return false
	}
	j := k + 1
	if w := a.low(j); w == "others" || w == "and" && (a.low(j+1) == "other" || a.low(j+1) == "others") {
		return true
	}
	m := a.nameAt(j)
	if m < 0 {
		return false
	}
	j = a.mentions[m].end
	if j < end && a.low(j) == "(" { // Sens. X (D-Mont.), Y (D-Ohio) and Z
		for j < end && a.low(j) != ")" {
			j++
		}
		j++
	}
	if j >= end {
		return false
	}
	if a.low(j) == "," && j+1 < end {
		if a.low(j+1) == "and" {
			return true
		}
		return a.listGoesOn(j, end)
	}
	return a.low(j) == "and"
}

// closing is the token of the closing mark when token i opens a quotation
// inside the source; 0 when it does not.
func (a *analysis) closing(i, end int32) int32 {
	switch a.low(i) {
	case `"`, "“", "''", "``", "‘":
	default:
		return 0
	}
	for k := i + 1; k < end && k < i+14; k++ {
		switch a.low(k) {
		case `"`, "”", "''", "’":
			return k
		}
	}
	return 0
}

// bracketInList is the token after the bracket that opens at k when "and" or a
// comma and a name follow: Sens. X (D-Mont.) and Y. 0 otherwise.
func (a *analysis) bracketInList(k, end int32) int32 {
	for j := k + 1; j < end && j < k+12; j++ {
		if a.low(j) == ")" {
			if a.low(j+1) == "and" && j+1 < end || a.low(j+1) == "," && a.listGoesOn(j+1, end) {
				return j + 1
			}
			return 0
		}
	}
	return 0
}

// andAfter reports whether "and" joins a second phrase at stop: X, a Y, and Z
// does not count.
func (a *analysis) andAfter(stop, end, head int32) bool {
	if stop < end && a.low(stop) == "and" {
		return true
	}
	// X, head of Y, and other scientists
	for k := stop; k+1 < end; k++ {
		if a.low(k) == "and" && (a.low(k+1) == "other" || a.low(k+1) == "others") {
			return true
		}
	}
	// officials in X and Y: the "and" belongs to what follows the preposition
	return false
}

// sharedRoles reports whether "founder and director" is one person: two
// singular roles, the second without a determiner.
func (a *analysis) sharedRoles(i, cc, head int32) bool {
	if a.low(cc) == "," {
		return false
	}
	if a.tag(cc+1) == news.TagDT || a.tag(cc+1) == news.TagPRPS || a.nameAt(cc-1) >= 0 {
		return false
	}
	c1, p1 := a.nounClass(cc - 1)
	singular := c1 == roleOne && !p1 || a.tag(cc-1) == news.TagNN || a.tag(cc-1) == news.TagJJ
	if m := a.nameAt(head); m >= 0 {
		return singular // Adviser to X and director Y
	}
	c2, p2 := a.nounClass(head)
	if p2 || c2 == roleMany {
		return a.tag(cc-1) == news.TagJJ && false
	}
	return singular && !strings.HasSuffix(a.low(cc-1), "s")
}
