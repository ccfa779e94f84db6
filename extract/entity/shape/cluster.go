package shape

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
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
	bracketed              map[string]int32 // short names in brackets behind the name of a body
}

// cluster gathers the name mentions into entities: full names of people
// first, then organizations and places of several words, then what is left,
// which a fuller name may explain.
func (a *analysis) cluster() {
	forms := a.forms()
	x := &index{surname: map[string][]int32{}, word: map[string][]int32{}, acronym: map[string][]int32{}, key: map[string]int32{}, bracketed: map[string]int32{}}
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
	a.alone = map[string]bool{}
	for _, f := range single {
		a.alone[f.key] = true
	}
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
	a.ents = append(a.ents, entity{kind: kind, head: f.mentions[0], words: f.words, loc: f.place})
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

// bestSpelling is the text of f's first mention with all diacritics, unless
// most go without, else of the first not in CAPITALS, else of the first.
func (a *analysis) bestSpelling(f *form) string {
	best, rank := "", -1
	marked := 0
	for _, m := range f.mentions {
		if !a.has(a.mentions[m].end-1, isAllCaps) {
			if len(a.mentionText(&a.mentions[m])) > len(f.key) {
				marked++
			} else {
				marked--
			}
		}
	}
	for _, m := range f.mentions {
		t := a.mentionText(&a.mentions[m])
		r := 0
		if !a.has(a.mentions[m].end-1, isAllCaps) {
			r = 1
			if len(t) > len(f.key) == (marked >= 0) {
				r = 2 // diacritics
			}
		}
		if r > rank || r == rank && r > 0 && len(t) > len(best)+4 && marked >= 0 { // United Nations rather than U.N.
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
	if best < 0 && given == "" { // Finch Jr.
		for _, id := range x.surname[surname] {
			if a.ents[id].suffix == suffix {
				best = id
				break
			}
		}
	}
	if best < 0 { // Ali Hassan for Ali bin Hassan al-Majid: words of a fuller name in order
		for _, id := range x.word[f.words[0]] {
			e := &a.ents[id]
			if e.kind == news.Person && len(e.words) > len(f.words) && e.words[0] == f.words[0] && contained(f.words, e.words) && !(clash(suffix, e.suffix) && a.kin(e)) {
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
	particle := a.lex.particle[f.words[0]]
	known := a.lex.isFirst(f.words[0]) && !particle
	if f.org > 2 || a.has(a.mentions[f.mentions[0]].first, isInitial) {
		return false
	}
	for _, id := range x.surname[f.words[len(f.words)-1]] {
		e := &a.ents[id]
		if n := len(e.words) - len(f.words); n > 0 && (!known || n > 1) && slices.Equal(e.words[n:], f.words) {
			a.link(f, id)
			x.key[f.key] = id
			return true
		}
	}
	if particle { // Da Silva for João da Silva dos Anjos
		for _, id := range x.word[f.words[len(f.words)-1]] {
			e := &a.ents[id]
			if k := slices.Index(e.words, f.words[0]); e.kind == news.Person && k > 0 && k+len(f.words) <= len(e.words) && slices.Equal(e.words[k:k+len(f.words)], f.words) {
				a.link(f, id)
				x.key[f.key] = id
				return true
			}
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
	if id := a.sameBut(words, x); id >= 0 && !isPlace {
		name := a.ents[id].name
		a.link(f, id)
		a.ents[id].name = name
		x.key[f.key] = id
		return
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
	if len(words) > 3 && words[1] == "of" { // the VA is the Department of Veterans Affairs
		switch words[0] {
		case "department", "ministry", "bureau", "office":
			for _, ac := range acronyms(words[2:]) {
				x.add(x.acronym, ac, id)
			}
		}
	}
}
