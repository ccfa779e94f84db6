package shape

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// addSingle places the mentions of a name of one word, each where it stands:
// a surname or first name of a person, an acronym or part of an
// organization's name, or a name by itself.
func (a *analysis) addSingle(f *form, x *index) {
	w := f.words[0]
	bare := strings.ReplaceAll(w, ".", "")
	people := x.surname[w]
	if a.lex.place[w] {
		people = slices.DeleteFunc(slices.Clone(people), func(id int32) bool { return !a.lex.isFirst(a.ents[id].given) && a.ents[id].person < 6 })
	}
	if len(people) == 0 && !a.lex.place[w] {
		people = a.peopleWith(x.word[w])
	}
	if len(people) == 0 && f.person > f.org && f.person > f.place && !a.lex.place[w] && !a.lex.nation[w] { // a first name that no list has
		for _, id := range x.word[w] {
			if e := &a.ents[id]; e.kind == news.Person && e.given == w && len(e.words) == 2 {
				people = append(people, id)
			}
		}
	}
	if len(people) == 0 && f.person >= 6 { // Mr Jaichai
		for _, id := range x.word[w] {
			if e := &a.ents[id]; e.kind == news.Person || !e.place && len(e.words) <= 3 && (e.org <= e.person+2 || len(f.mentions) > 2 && a.endsAsPerson(e, w)) {
				if e.kind != news.Person {
					e.kind, e.given, e.surname = news.Person, e.words[0], e.words[len(e.words)-1]
				}
				people = append(people, id)
			}
		}
	}
	if len(people) == 0 && !a.lex.place[w] && !a.lex.orgKey[w] && f.org <= f.person && len(x.acronym[w]) == 0 {
		people = a.misspelt(w, x)
	}
	var orgs []int32
	if bare != w || a.has(a.mentions[f.mentions[0]].first, isAllCaps) {
		orgs = append(orgs, x.acronym[bare]...)
	} else if id, ok := x.bracketed[w]; ok {
		orgs = append(orgs, id)
	}
	if len(orgs) == 0 {
		orgs = a.orgsWith(w, x.word[w])
	}
	if len(people) == 0 && len(orgs) == 0 {
		a.aloneSingle(f, x)
		return
	}
	if len(people) == 0 && len(orgs) == 1 && a.ents[orgs[0]].kind == news.Person {
		people, orgs = orgs, nil
	}
	lastBare := map[int32]int32{} // where each person was last meant
	kept := *f
	kept.mentions = nil
	for _, mi := range f.mentions {
		m := &a.mentions[mi]
		theBefore := a.low(m.titleFirst-1) == "the" && a.near(m.titleFirst)
		id := int32(-1)
		switch {
		case len(people) > 0 && !(theBefore && len(orgs) > 0) && !(a.lex.place[w] && m.place > 7):
			if id = a.reintroduced(mi, people, lastBare); id < 0 {
				id = a.whichPerson(mi, people)
			}
			lastBare[id] = mi
		case len(orgs) > 0 && (theBefore || len(people) == 0):
			id = a.nearest(mi, orgs)
		}
		if id < 0 {
			kept.mentions = append(kept.mentions, mi)
			continue
		}
		a.link(&form{key: f.key, words: f.words, mentions: []int32{mi}, person: int(m.person)}, id)
	}
	if len(kept.mentions) > 0 {
		a.aloneSingle(&kept, x)
	}
}

// endsAsPerson reports whether a body's name ends with w, and no word of it tells
// of a body: it may be a person's.
func (a *analysis) endsAsPerson(e *entity, w string) bool {
	return e.words[len(e.words)-1] == w && !slices.ContainsFunc(e.words, func(w string) bool { return a.lex.orgKey[w] || a.lex.orgWord[w] })
}

// familyFirst reports whether a name has its surname first: Lee Rae-jin, Xi
// Jinping.
func (a *analysis) familyFirst(e *entity) bool {
	n := len(e.words)
	if n < 2 || n > 3 || !a.lex.family[e.words[0]] {
		return false
	}
	last := e.words[n-1]
	if strings.Contains(last, "-") || n == 3 {
		return true
	}
	_, western := a.lex.first[last]
	return !western && !a.lex.family[last] && len(last) > 3
}

// misspelt finds people whose surname differs from w by one letter.
func (a *analysis) misspelt(w string, x *index) []int32 {
	if len(w) < 7 || a.lex.common[w] {
		return nil
	}
	for i := range a.ents {
		if i > 400 {
			break // in a book, one slip matters less than time
		}
		e := &a.ents[i]
		if e.kind == news.Person && e.given != "" && e.surname != "" && e.surname[0] == w[0] && oneApart(e.surname, w) {
			return []int32{int32(i)}
		}
	}
	return nil
}

// oneApart reports whether a becomes b by one letter put in, taken out or
// changed.
func oneApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// peopleWith keeps the people; a first name alone counts only when it is
// known as one or the person is plain.
func (a *analysis) peopleWith(ids []int32) []int32 {
	var out []int32
	for _, id := range ids {
		if e := &a.ents[id]; e.kind == news.Person && (e.person >= int(e.names) && len(e.words) > 2 || e.person > 2*int(e.names) || a.lex.isFirst(e.given) || a.familyFirst(e)) {
			out = append(out, id)
		}
	}
	return out
}

// orgsWith keeps the organizations that one word w may stand for: the first
// word of the name (Columbia, the Ministry of Finance), or the last of an outlet's
// (the Post).
func (a *analysis) orgsWith(w string, ids []int32) []int32 {
	if a.lex.place[w] || a.lex.notName[w] || a.lex.nation[w] {
		return nil
	}
	var out []int32
	for _, id := range ids {
		e := &a.ents[id]
		if e.kind != news.Organization || e.place {
			continue
		}
		last := e.words[len(e.words)-1]
		if last == w && (a.lex.outletTail[w] || a.lex.orgKey[w]) ||
			e.words[0] == w && len(e.words) > 2 && e.words[1] == "of" && a.lex.orgKey[w] || // the Ministry
			(e.words[0] == w || last == w) && a.shortFor(w, e) {
			out = append(out, id)
		}
	}
	return out
}

// shortFor reports whether w, first or last word of organization e, may stand
// for it alone: Corvanta for Corvanta Semiconductor, Albion for Saltmarsh
// Albion. The word must be a strange one, or a club's.
func (a *analysis) shortFor(w string, e *entity) bool {
	if len(e.words) > 3 || len(w) < 4 || a.lex.isFirst(w) || a.tails[w] > 0 || a.lex.family[w] || slices.Contains(e.words, "of") {
		return false
	}
	if e.words[0] != w {
		switch w {
		case "rovers", "albion", "rangers", "wanderers", "athletic", "town", "city", "county", "hotspur", "villa", "celtic", "dynamo", "sporting", "racing", "warriors", "lions", "tigers", "eagles", "bears", "sharks", "bulls", "united":
			return true
		}
		return false
	}
	if last := e.words[len(e.words)-1]; a.lex.campaign[last] || a.has(a.mentions[e.head].first, isAllCaps) {
		return false // the Dunn campaign is not Dunn
	}
	return !a.lex.common[w] && !a.lex.orgKey[w] && !a.lex.placeKey[w] && !a.lex.title[w] && !a.lex.role[w] && !a.lex.orgWord[w]
}

// aloneSingle makes an entity of a one-word name that nothing explains.
func (a *analysis) aloneSingle(f *form, x *index) {
	w := f.words[0]
	if id, ok := x.key[w]; ok {
		a.link(f, id)
		return
	}
	kind := news.Organization
	if f.person > f.org && f.person > f.place {
		kind = news.Person
	}
	id := a.newEntity(f, kind)
	e := &a.ents[id]
	e.place = kind != news.Person && f.place > f.org
	if kind == news.Person {
		e.surname = w
	}
	x.key[w] = id
}

// nearest is the entity of ids named last before mention mi, or the first.
func (a *analysis) nearest(mi int32, ids []int32) int32 {
	best, at := ids[0], int32(-1)
	for _, id := range ids {
		if h := a.ents[id].head; h < mi && h > at {
			best, at = id, h
		}
	}
	return best
}
