package speaker

import (
	"slices"
	"strings"

	"whosaid/extract/news"
)

// form is one way in which the article writes a name, with all its mentions.
type form struct {
	key                string
	words              []string
	mentions           []int32
	person, org, place int
}

// index finds entities by parts of their names.
type index struct {
	surname, word, acronym map[string][]int32
	key                    map[string]int32
}

// cluster gathers the name mentions into entities: full names of people
// first, then organizations and places of several words, then what is left,
// which a fuller name may explain.
func (a *analysis) cluster() {
	forms := a.forms()
	x := &index{surname: map[string][]int32{}, word: map[string][]int32{}, acronym: map[string][]int32{}, key: map[string]int32{}}
	var people, rest, single []*form
	for _, f := range forms {
		switch {
		case len(f.words) == 1:
			single = append(single, f)
		case f.person > f.org && f.person > f.place:
			people = append(people, f)
		default:
			rest = append(rest, f)
		}
	}
	// fullest first, so that De Vries finds Anna de Vries
	slices.SortStableFunc(people, func(p, q *form) int { return len(q.words) - len(p.words) })
	for _, f := range people {
		if !a.tailOfPerson(f, x) {
			a.addPerson(f, x)
		}
	}
	rest = slices.DeleteFunc(rest, func(f *form) bool { return a.tailOfPerson(f, x) })
	// longest first, so that parts of names find the whole
	slices.SortStableFunc(rest, func(p, q *form) int { return len(q.words) - len(p.words) })
	for _, f := range rest {
		a.addOther(f, x)
	}
	a.index = x
	a.namedByBracket(x)
	for _, f := range single {
		a.addSingle(f, x)
	}
}

// forms gathers name mentions by key, in order of first mention.
func (a *analysis) forms() []*form {
	by := map[string]*form{}
	var out []*form
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.form != news.Name {
			continue
		}
		f := by[m.key]
		if f == nil {
			f = &form{key: m.key, words: strings.Fields(m.key)}
			by[m.key] = f
			out = append(out, f)
		}
		f.mentions = append(f.mentions, int32(i))
		f.person += int(m.person)
		f.org += int(m.org)
		f.place += int(m.place)
	}
	return out
}

// newEntity makes an entity of f and links f's mentions to it.
func (a *analysis) newEntity(f *form, kind news.SpeakerKind) int32 {
	id := int32(len(a.ents))
	a.ents = append(a.ents, entity{kind: kind, head: f.mentions[0], words: f.words, lastQuote: -1, last: -1, lastSent: -1000, out: -1, loc: f.place,
		desc: map[string]bool{}, roles: map[string]bool{}})
	a.link(f, id)
	return id
}

// maxAliases bounds the spellings kept of one entity.
const maxAliases = 12

// link gives f's mentions to entity id, and the entity f's words when they
// are the fuller name.
func (a *analysis) link(f *form, id int32) {
	e := &a.ents[id]
	for _, m := range f.mentions {
		a.mentions[m].ent = id
		e.names++
	}
	if len(f.words) > 1 {
		e.full = append(e.full, f.mentions...)
		slices.Sort(e.full)
	}
	if len(e.keys) < maxAliases && !slices.Contains(e.keys, f.key) {
		e.keys = append(e.keys, f.key)
		e.aliases = append(e.aliases, a.bestSpelling(f))
	}
	if e.name == "" || fuller(f, e) {
		e.words = f.words
		e.name = a.bestSpelling(f)
	}
	e.person += f.person
	e.org += f.org
	e.loc += f.place
	if h := f.mentions[0]; h < e.head {
		e.head = h
	}
}

// fuller reports whether f is a fuller name than e has: more words, or as
// many and longer ones. An acronym never is.
func fuller(f *form, e *entity) bool {
	if len(f.words) != len(e.words) {
		return len(f.words) > len(e.words)
	}
	return len(f.key) > len(strings.Join(e.words, " "))
}

// bestSpelling is the text of f's first mention with all diacritics, else of
// the first not in CAPITALS, else of the first.
func (a *analysis) bestSpelling(f *form) string {
	best, rank := "", -1
	for _, m := range f.mentions {
		t := a.mentionText(&a.mentions[m])
		r := 0
		if !a.has(a.mentions[m].end-1, isAllCaps) {
			r = 1
			if len(t) > len(f.key) {
				r = 2 // diacritics
			}
		}
		if r > rank || r == rank && r > 0 && len(t) > len(best)+4 { // United Nations rather than U.N.
			best, rank = t, r
		}
		if r == 2 {
			break
		}
	}
	return best
}

func (a *analysis) mentionText(m *mention) string {
	return a.doc.Span(news.TokenRange{First: m.first, End: m.end}).Of(a.doc.Text)
}

// personName takes a person's name apart.
func (a *analysis) personName(words []string) (given string, middle []string, surname, suffix string) {
	for len(words) > 1 && (a.lex.suffix[words[len(words)-1]] || words[len(words)-1] == "," || words[len(words)-1] == ".") {
		if w := strings.Trim(words[len(words)-1], ".,"); w != "" {
			suffix = w
		}
		words = words[:len(words)-1]
	}
	if len(words) == 1 {
		return "", nil, words[0], suffix
	}
	return words[0], words[1 : len(words)-1], words[len(words)-1], suffix
}

// addPerson puts a full name to the person it names: same surname, first
// names that may be one, no clash of middle initials or suffixes.
func (a *analysis) addPerson(f *form, x *index) {
	given, middle, surname, suffix := a.personName(f.words)
	best := int32(-1)
	for _, id := range x.surname[surname] {
		e := &a.ents[id]
		if !a.lex.sameFirst(given, e.given) && !(e.given != "" && e.words[0] == given) || clash(suffix, e.suffix) {
			continue
		}
		_, other, _, _ := a.personName(e.words)
		if len(middle) > 0 && len(other) > 0 && len(middle[0]) <= 2 && len(other[0]) <= 2 && middle[0][0] != other[0][0] {
			continue
		}
		best = id
		break
	}
	if best < 0 { // Ali Hassan for Ali bin Hassan al-Majid: words of a fuller name in order
		for _, id := range x.word[f.words[0]] {
			e := &a.ents[id]
			if e.kind == news.Person && len(e.words) > len(f.words) && e.words[0] == f.words[0] && contained(f.words, e.words) {
				best = id
				break
			}
		}
	}
	if best < 0 {
		best = a.newEntity(f, news.Person)
		e := &a.ents[best]
		e.given, e.surname, e.suffix = given, surname, suffix
	} else {
		a.link(f, best)
		e := &a.ents[best]
		if e.suffix == "" {
			e.suffix = suffix
		}
		if len(given) > len(e.given) && len(strings.Trim(e.given, ".")) == 1 {
			e.given = given
		}
	}
	x.add(x.surname, surname, best)
	if e := &a.ents[best]; a.familyFirst(e) && !x.has(x.surname, e.words[0], best) {
		x.add(x.surname, e.words[0], best)
		e.surname, e.given = e.words[0], strings.Join(e.words[1:], " ")
	}
	if len(f.words) >= 2 {
		for _, ac := range acronyms(f.words) {
			if len(ac) >= 3 {
				x.add(x.acronym, ac, best)
			}
		}
	}
	for _, w := range f.words {
		x.add(x.word, w, best)
	}
	x.key[f.key] = best
}

// tailOfPerson links a form such as "De Blasio" or "Al Hajri" to the person
// whose full name ends so.
func (a *analysis) tailOfPerson(f *form, x *index) bool {
	if f.org > 2 || a.lex.isFirst(f.words[0]) && !a.lex.particle[f.words[0]] || a.has(a.mentions[f.mentions[0]].first, isInitial) {
		return false
	}
	for _, id := range x.surname[f.words[len(f.words)-1]] {
		e := &a.ents[id]
		if n := len(e.words) - len(f.words); n > 0 && slices.Equal(e.words[n:], f.words) {
			a.link(f, id)
			x.key[f.key] = id
			return true
		}
	}
	return false
}

func clash(a, b string) bool { return a != b && (a == "jr" || b == "jr" || a == "sr" || b == "sr") }

// contained reports whether the words of a stand in b in order.
func contained(a, b []string) bool {
	j := 0
	for _, w := range b {
		if j < len(a) && a[j] == w {
			j++
		}
	}
	return j == len(a)
}

func (x *index) has(m map[string][]int32, w string, id int32) bool { return slices.Contains(m[w], id) }

func (x *index) add(m map[string][]int32, w string, id int32) {
	if !slices.Contains(m[w], id) {
		m[w] = append(m[w], id)
	}
}

// addOther makes an organization or place of a name of several words, or
// joins it to one whose name holds its words.
func (a *analysis) addOther(f *form, x *index) {
	words := f.words
	if id, ok := x.key[f.key]; ok {
		a.link(f, id)
		return
	}
	if last := words[len(words)-1]; a.lex.sameBody(last, "campaign") {
		for _, v := range []string{"campaign", "team", "camp"} {
			if id, ok := x.key[strings.Join(words[:len(words)-1], " ")+" "+v]; ok {
				name := a.ents[id].name
				a.link(f, id)
				if v == "campaign" {
					a.ents[id].name = name
				}
				return
			}
		}
	}
	kind := news.Organization
	isPlace := f.place > f.org
	if !isPlace {
		for _, id := range x.word[words[len(words)-1]] {
			e := &a.ents[id]
			if e.kind == news.Organization && len(e.words) > len(words) && e.words[len(e.words)-1] == words[len(words)-1] && contained(words, e.words) {
				a.link(f, id)
				x.key[f.key] = id
				return
			}
		}
	}
	id := a.newEntity(f, kind)
	a.ents[id].place = isPlace
	x.key[f.key] = id
	for _, w := range words {
		x.add(x.word, w, id)
	}
	for _, ac := range acronyms(words) {
		x.add(x.acronym, ac, id)
	}
}

// acronyms is the initials of words with and without the small ones.
func acronyms(words []string) []string {
	var all, big strings.Builder
	for _, w := range words {
		r := []rune(w)
		all.WriteRune(r[0])
		switch w {
		case "of", "the", "and", "for", "on", "in", "to", "de", "&":
		default:
			big.WriteRune(r[0])
			if i := strings.IndexByte(w, '-'); i > 0 && i+1 < len(w) {
				big.WriteByte(w[i+1])
			}
		}
	}
	if all.String() == big.String() {
		return []string{all.String()}
	}
	return []string{all.String(), big.String()}
}

// namedByBracket reads "Violations Documentation Center (VDC)": what stands
// in brackets after an organization's name is its acronym.
func (a *analysis) namedByBracket(x *index) {
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.form != news.Name || m.ent < 0 || a.ents[m.ent].kind != news.Organization {
			continue
		}
		if a.low(m.end) == "(" && a.low(m.end+2) == ")" && a.has(m.end+1, isCap) && len(a.low(m.end+1)) <= 10 {
			w := strings.ReplaceAll(a.low(m.end+1), ".", "")
			if sharesInitials(w, m.key) || len(w) > 2 && strings.HasPrefix(acronyms(a.ents[m.ent].words)[0], w) {
				x.acronym[w] = []int32{m.ent}
			}
		}
	}
}

// sharesInitials reports whether at least half of the letters of acronym w
// begin words of the name.
func sharesInitials(w, name string) bool {
	n := 0
	for _, p := range strings.Fields(name) {
		if strings.IndexByte(w, p[0]) >= 0 {
			n++
		}
	}
	return n >= 2 && w[0] == name[0] || n*2 >= len(w)
}

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
	if len(people) == 0 && f.person >= 6 { // Mr Jaichai
		for _, id := range x.word[w] {
			if e := &a.ents[id]; e.kind == news.Person || !e.place && e.org <= e.person+2 && len(e.words) <= 3 {
				if e.kind != news.Person {
					e.kind, e.given, e.surname = news.Person, e.words[0], e.words[len(e.words)-1]
				}
				people = append(people, id)
			}
		}
	}
	if len(people) == 0 && !a.lex.place[w] && f.org <= f.person {
		people = a.convert(w, x)
	}
	if len(people) == 0 && !a.lex.place[w] && !a.lex.orgKey[w] && f.org <= f.person && len(x.acronym[w]) == 0 {
		people = a.misspelt(w, x)
	}
	var orgs []int32
	if bare != w || a.has(a.mentions[f.mentions[0]].first, isAllCaps) {
		orgs = append(orgs, x.acronym[bare]...)
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

// convert makes a person of an entity of two or three strange words when its
// last word is also used alone, as surnames are.
func (a *analysis) convert(w string, x *index) []int32 {
	for _, id := range x.word[w] {
		e := &a.ents[id]
		n := len(e.words)
		if e.kind == news.Organization && !e.place && n >= 2 && n <= 3 && e.words[n-1] == w && e.org <= e.person+int(e.names) && !a.lex.orgKey[w] && !a.lex.placeKey[w] && !a.lex.outletTail[w] {
			e.kind, e.given, e.surname = news.Person, e.words[0], w
			x.add(x.surname, w, id)
			return []int32{id}
		}
	}
	return nil
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
// word of the name (Columbia), or the last of an outlet's (the Post).
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
		if last == w && (a.lex.outletTail[w] || a.lex.orgKey[w]) || e.words[0] == w && !a.lex.isFirst(w) && a.genericTail(e.words[1:]) {
			out = append(out, id)
		}
	}
	return out
}

// genericTail reports whether words only say what sort of body it is.
func (a *analysis) genericTail(words []string) bool {
	for _, w := range words {
		if !a.lex.orgKey[w] && w != "of" && w != "and" && w != "the" && w != "global" && w != "news" {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 2 && !(a.lex.campaign[words[len(words)-1]] && words[len(words)-1] != "university")
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

// whichPerson chooses among people of one surname for a mention: the title's
// gender must agree; who has been introduced before it and is named more
// often comes first.
func (a *analysis) whichPerson(mi int32, ids []int32) int32 {
	m := &a.mentions[mi]
	sex := a.titleSex(m)
	best, score := int32(-1), -1<<30
	for _, id := range ids {
		e := &a.ents[id]
		s := int(e.names)

		if s > 6 {
			s = 6
		}
		if g := a.entitySex(e); sex != 0 && g != 0 && g != sex {
			continue
		} else if sex != 0 && g == sex {
			s += 10
		}
		if e.head < mi {
			s += 8
			if m.end-m.first == 1 && e.words[0] == a.low(m.first) { // of several Kims, the one named last
				s = 14 + int(e.head)
			}
		}
		if e.suffix != "" || a.kin(e) {
			s -= 6 // who is introduced as somebody's wife or son seldom owns the bare surname
		}
		if s > score {
			best, score = id, s
		}
	}
	return best
}

// lastFull is e's last mention by full name before mention mi; -1 for none.
func (a *analysis) lastFull(e *entity, mi int32) int32 {
	k, _ := slices.BinarySearch(e.full, mi)
	if k == 0 {
		return -1
	}
	return e.full[k-1]
}

// reintroduced is the one of several namesakes whose full name stands in the
// last three sentences while no other has been meant for twelve; -1 for none.
func (a *analysis) reintroduced(mi int32, ids []int32, lastBare map[int32]int32) int32 {
	if len(ids) < 2 || a.titleSex(&a.mentions[mi]) != 0 {
		return -1
	}
	here := a.toks[a.mentions[mi].first].sent
	found := int32(-1)
	for _, id := range ids {
		last := a.lastFull(&a.ents[id], mi)
		if last >= 0 && here-a.toks[a.mentions[last].first].sent <= 3 {
			if found >= 0 {
				return -1
			}
			found = id
			continue
		}
		if b, ok := lastBare[id]; ok && b > last {
			last = b
		}
		if last >= 0 && here-a.toks[a.mentions[last].first].sent < 12 {
			return -1
		}
	}
	return found
}

// kin reports whether e is described by its family relation to another.
func (a *analysis) kin(e *entity) bool {
	for n, f := range e.full {
		if n == 3 {
			break
		}
		m := &a.mentions[f]
		if m.descEnd > m.descFirst && kinWord(a.low(m.descEnd-1)) {
			return true
		}
		for i := m.titleFirst - 1; i >= 0 && i >= m.titleFirst-3 && a.toks[i].sent == a.toks[m.first].sent; i-- {
			if kinWord(a.low(i)) { // her husband, NAME
				return true
			}
		}
		if a.low(m.end) == "," {
			for i := m.end + 1; i < m.end+6 && int(i) < len(a.toks) && a.low(i) != ","; i++ {
				if kinWord(a.low(i)) && (a.low(i-1) == "'s" || a.tag(i-1) == news.TagPRPS || a.tag(i-1) == news.TagJJ || a.tag(i-1) == news.TagJJS) {
					return true
				}
			}
		}
	}
	return false
}

func kinWord(w string) bool {
	switch w {
	case "wife", "husband", "son", "daughter", "brother", "sister", "father", "mother", "widow", "niece", "nephew", "cousin", "spouse":
		return true
	}
	return false
}

// titleSex is the gender that a mention's title shows.
func (a *analysis) titleSex(m *mention) int8 {
	for i := m.titleFirst; i < m.titleEnd; i++ {
		if g := a.lex.sex[a.low(i)]; g != 0 {
			return g
		}
	}
	for i := m.descFirst; i < m.descEnd; i++ {
		if g := a.lex.sex[a.low(i)]; g != 0 && i == m.descEnd-1 {
			return g
		}
	}
	return 0
}

// entitySex is what title or first name tell of an entity's gender.
func (a *analysis) entitySex(e *entity) int8 {
	if e.sex != 0 {
		return e.sex
	}
	return a.lex.firstSex(e.given)
}
