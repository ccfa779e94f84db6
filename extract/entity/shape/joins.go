package shape

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
			if a.low(n) == "of" && n > i && a.is(n-1, lexOrgOf) && j-i < 8 && a.is(k, lexPlace) && (k+1 >= end || !a.has(k+1, isCap)) && !a.officeOf(a.low(n-1)) {
				return true // Ministry of Foreign Affairs of Kazakhstan
			}
			if a.low(n) == "for" && n > i && a.is(n-1, lexOrgOf) && j-i < 8 {
				return true // Mechanism for the Prevention of Torture
			}
		}
		return false
	}
	body := a.lex.orgOf[w]
	for n := i; n < j-1 && !body; n++ {
		body = a.low(n) == "of" && a.is(n-1, lexOrgOf) // Court of Appeals for X
	}
	return body && j-i < 8 && !a.is(k, lexFirst) && !(a.low(j) == "to" && a.is(k, lexPlace))
}

// officeOf reports whether w followed by "of" names an office: Secretary of
// State, Minister of Health.
func (a *analysis) officeOf(w string) bool {
	switch w {
	case "secretary", "minister", "director", "speaker", "governor", "chairman", "chief", "head", "commissioner", "prince", "duke", "duchess", "princess", "queen", "king", "earl", "undersecretary", "dean", "archbishop", "bishop", "mayor", "general", "inspector-general", "superintendent", "inspector", "registrar":
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
	if (a.is(j+1, lexFirst) || a.is(j+1, lexHonorific)) && !(a.low(i-1) == "the" && a.near(i)) {
		return false
	}
	for k := i + 1; k < j; k++ {
		if (a.low(k) == "of" || a.low(k) == "for") && !a.officeOf(a.low(k-1)) {
			return !a.is(j+1, lexOrgKey) || a.low(j+1) == "research"
		}
	}
	k := j + 1
	tail := false
	for k < end && (a.has(k, isCap) || a.is(k, lexParticle) && k > j+1) && a.near(k) && k < j+7 {
		if a.is(k, lexTitle) && k+1 < end && a.has(k+1, isCap) && a.low(i) != "president" && k > j+1 {
			return a.is(i, lexTitle) || a.is(j-1, lexCommon) // Deputy Youth and Sports Minister X
		}
		tail = a.bodyTail(a.low(k))
		k++
	}
	if tail && a.low(i-1) == "the" && j-i <= 3 && k-j >= 2 && a.near(i) {
		return true // the Disaster Prevention and Mitigation Department
	}
	if j-i > 3 || a.bodyTail(a.low(j-1)) || a.is(j-1, lexPlace) || a.is(i, lexFirst) {
		return false
	}
	k = j + 1
	for k < end && a.has(k, isCap) && a.near(k) {
		k++
	}
	return k-j > 2 && a.is(k-1, lexOrgKey) && !a.is(k-1, lexTitle) && !a.is(j+1, lexPlace)
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
