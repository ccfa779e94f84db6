package shape

import (
	"strings"

	names "github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
)

// maxName bounds a name's length in tokens: nothing longer is one, and runs of
// capitals (a heading, a table) must not cost more than a line's length.
const maxName = 16

// findNames finds the names of the article, sentence by sentence. What capitals
// mean in headings the recognizer alone decides.
func (a *analysis) findNames() {
	a.countTails()
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
			if e := a.beforeAcronym(i, j, r.End); e > 0 {
				j = e
			}
			if j-i < 3 || !a.allCaps(i, j) {
				a.split(i, j)
			}
			i = max(j, a.reach)
		}
	}
	if a.addRecognized() {
		a.sortMentions()
	}
}

// countTails counts the words that end a run of two or more capitalised words
// inside sentences: likely surnames. Those of people whom the recognizer is sure of
// are surnames.
func (a *analysis) countTails() {
	a.tails = map[string]int{}
	a.surnames = map[string]bool{}
	for i := range a.recognized {
		if n := &a.recognized[i]; n.Kind == names.Person && n.Tokens.Len() > 1 {
			a.surnames[a.low(n.Tokens.End-1)] = true
		}
	}
	for i := int32(1); i < int32(len(a.toks)); i++ {
		if a.has(i, isCap) && a.has(i-1, isCap) && a.near(i) && !a.headline[a.toks[i].sent] && !(a.near(i+1) && a.has(i+1, isCap)) && a.is(i-1, lexFirst) {
			a.tails[a.low(i)]++
		}
	}
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
	if t.flags&isCap == 0 || t.low == "i" {
		return false
	}
	next := i+1 < r.End && a.has(i+1, isCap) && a.near(i+1) || t.is(lexFirst) && a.particles(i+1, r.End)
	if t.flags&afterBreak == 0 {
		if t.is(lexNotName) {
			return next && (!dayOrMonth(t.low) || a.firstMonth(i) && a.properTag(i+1))
		}
		if g := a.tag(i); g == news.TagJJ || g == news.TagDT || g == news.TagIN {
			return (next || g == news.TagJJ && a.is(i+1, lexCampaign)) && !t.is(lexStartStop)
		}
		return !t.is(lexStartStop) || next && t.low == "our" || next && a.properTag(i) && a.tag(i) != news.NoTag && t.low != "the"
	}
	if t.is(lexStartStop) {
		u := a.uses[t.word]
		return next && (u.proper > u.lower || t.low == "new" && a.properTag(i) && a.properTag(i+1))
	}
	if t.is(lexNotName) {
		return next && (!dayOrMonth(t.low) || a.firstMonth(i) && a.properTag(i+1))
	}
	if t.flags&isMixed != 0 {
		return true
	}
	if a.properTag(i) || t.flags&isAllCaps != 0 {
		u := a.uses[t.word]
		return u.lower <= u.cap || next
	}
	u := a.uses[t.word]
	if u.proper > 0 && u.proper >= u.lower {
		return true
	}
	if next && (t.is(lexFirst) || t.is(lexTitle) || t.is(lexHonorific) || t.is(lexNation) || t.is(lexPlace) ||
		a.tag(i) == news.TagJJ && a.is(i+1, lexTitle) && a.properTag(i+1)) { // Foreign Secretary X
		return true
	}
	return next && a.tag(i) == news.NoTag
}

// particles reports whether one or two particles and a capitalised word stand
// at i: van der Berg.
func (a *analysis) particles(i, end int32) bool {
	for n := 0; n < 2 && i+1 < end && a.is(i, lexParticle) && a.near(i) && a.near(i+1); n++ {
		if i++; a.has(i, isCap) {
			return true
		}
	}
	return false
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
	return (w == "april" || w == "june" || w == "august") && !isNumber(a.low(i+1)) && a.low(i-1) != "in" && a.low(i-1) != "," && !a.is(i+1, lexOrgKey)
}

// monthSurname reports whether the month's name at j is a surname: Theresa May
// said, but not: in London May 5.
func (a *analysis) monthSurname(j int32) bool {
	return a.is(j-1, lexFirst) && !isNumber(a.low(j+1)) && strings.HasPrefix("may april june august", a.low(j))
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
			if g := a.tag(j); (g == news.TagVBD || g == news.TagVBZ || g == news.TagVBP) && t.is(lexCommon) {
				return j // a heading's verb
			}
			if dayOrMonth(t.low) && !a.monthSurname(j) || (t.is(lexStartStop) && a.tag(j) != news.TagNNP && !(t.low == "our" && a.has(j+1, isCap))) || t.flags&afterBreak != 0 {
				return j
			}
			j++
		case t.is(lexParticle) && j+1 < end && a.has(j+1, isCap) && a.near(j+1) && t.low != "e" && t.low != "y":
			j += 2
		case t.is(lexParticle) && j+2 < end && a.is(j+1, lexParticle) && a.has(j+2, isCap):
			j += 3 // van der Berg, de la Cruz
		case t.low == "&" && j+1 < end && a.has(j+1, isCap):
			j += 2
		case t.low == "-" && t.flags&glued != 0 && j+1 < end && a.has(j+1, glued):
			j += 2
		case t.low == "." && t.flags&glued != 0 && a.has(j-1, isInitial) && j+1 < end && a.has(j+1, isCap):
			j += 2
		case t.low == "(" && j+3 < end && a.low(j+2) == ")" && a.is(j+1, lexHonorific) && a.has(j+1, isCap) && a.has(j+3, isCap) && a.is(j-1, lexTitle|lexHonorific):
			j += 4 // Pastor (Mrs) X
		case (t.low == "’" || t.low == "'") && t.flags&glued != 0 && a.low(j-1) == "dato":
			j++
		case t.low == "," && j+1 < end && a.is(j+1, lexSuffix) && len(a.low(j+1)) <= 3:
			return j + 2
		case a.joinsOf(i, j, end):
			j++
			if a.low(j) == "the" || a.low(j) == "a" {
				j++
			}
			j++
		case t.low == "and" && a.joinsAnd(i, j, end):
			j += 2
		default:
			return j
		}
	}
	return min(j, end)
}
