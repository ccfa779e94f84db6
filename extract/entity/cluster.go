package entity

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// form is one way in which the article writes a name, with all its mentions.
type form struct {
	key    string
	words  []string // folded
	names  []int32
	votes  [numKinds]float32
	suffix string
	sex    int8 // by the forms of address before it; 2 where they differ
}

// kind is what the form's mentions mostly are.
func (f *form) kind() Kind {
	best := Person
	for k := Person; k < numKinds; k++ {
		if f.votes[k] > f.votes[best] {
			best = k
		}
	}
	return best
}

// group is an entity in the making.
type group struct {
	kind   Kind
	words  []string // of the fullest form, folded
	forms  []*form
	names  []int32
	suffix string
	sex    int8
	given  string // folded
	last   string
	shared string // a surname shared with the next name: Anna of "Anna and Tom Reed"
}

// cluster gathers the names into entities: people by their full names, the
// fullest first, then bodies, places and the rest of several words, then single
// words, which a fuller name nearby may explain.
func (a *analysis) cluster() {
	var people, others, single []*form
	for _, f := range a.forms() {
		k := f.kind()
		switch {
		case k == Nationality:
		case len(f.words) == 1:
			single = append(single, f)
		case k == Person:
			people = append(people, f)
		default:
			others = append(others, f)
		}
	}
	byLength := func(x, y *form) int { return len(y.words) - len(x.words) }
	slices.SortStableFunc(people, byLength)
	slices.SortStableFunc(others, byLength)
	g := &gathering{a: a, last: map[string][]*group{}, part: map[string][]*group{}, key: map[string]*group{}}
	for _, f := range people {
		g.addPerson(f)
	}
	for _, f := range others {
		g.addOther(f)
	}
	for _, f := range single {
		if f.kind() == Person {
			g.addSinglePerson(f)
		} else {
			g.addOther(f)
		}
	}
	g.joinGiven()
	a.finish(g.groups)
}

// forms gathers the names by their words, in order of first mention.
func (a *analysis) forms() (out []*form) {
	by := map[string]*form{}
	for i := range a.names {
		n := &a.names[i]
		words := a.nameWords(n)
		key := strings.Join(words, " ")
		f := by[key]
		if f == nil {
			f = &form{key: key, words: words}
			if l := len(words); l > 1 && a.r.lex.Suffix.Has(words[l-1]) {
				f.suffix = strings.Trim(words[l-1], ".")
				f.words = words[:l-1]
			}
			by[key] = f
			out = append(out, f)
		}
		f.names = append(f.names, int32(i))
		f.votes[n.Kind] += n.Confidence
		for t := n.Title.First; t < n.Title.End; t++ {
			if s := a.r.lex.sex(a.low(t)); s != 0 && f.sex != 2 {
				if f.sex == -s {
					s = 2
				}
				f.sex = s
			}
		}
	}
	return out
}

// nameWords are the words of a name, folded: without marks, without "the", with
// the initials of states and unions as one.
func (a *analysis) nameWords(n *Name) (out []string) {
	for i := n.Tokens.First; i < n.Tokens.End; i++ {
		w := a.low(i)
		if !a.t.words[i].letters && w[0] != '&' && (w[0] < '0' || w[0] > '9') || w == "the" && len(out) == 0 {
			continue
		}
		if strings.Count(w, ".") > 1 {
			w = strings.ReplaceAll(w, ".", "")
		}
		if p, rest, ok := strings.Cut(w, "-"); ok && rest != "" && a.r.lex.Particle.Has(p) {
			out = append(out, p) // al-Assad is al Assad
			w = rest
		}
		out = append(out, w)
	}
	if len(out) == 0 {
		out = append(out, a.low(n.Tokens.First))
	}
	return out
}

// gathering holds the groups made so far and finds them by parts of their names.
type gathering struct {
	a      *analysis
	groups []*group
	last   map[string][]*group // people by surname
	part   map[string][]*group // people by any word
	key    map[string]*group   // all by a whole form
	other  []*group            // of several words, no people
}

func (g *gathering) newGroup(f *form, k Kind) *group {
	x := &group{kind: k, words: f.words, suffix: f.suffix}
	g.groups = append(g.groups, x)
	g.link(x, f, f.names)
	return x
}

// link gives names of form f to group x.
func (g *gathering) link(x *group, f *form, names []int32) {
	if !slices.Contains(x.forms, f) {
		x.forms = append(x.forms, f)
	}
	x.names = append(x.names, names...)
	if f.sex != 0 && f.sex != 2 && x.sex == 0 {
		x.sex = f.sex
	}
	if f.suffix != "" && x.suffix == "" {
		x.suffix = f.suffix
	}
	g.key[f.key] = x
}

// addPerson gives a full name to the person it fits best, or to a new one.
func (g *gathering) addPerson(f *form) {
	given, last := f.words[0], f.words[len(f.words)-1]
	var best *group
	top := float32(0)
	for _, x := range g.candidates(f.words) {
		if s := g.pair(f, x); s > top {
			best, top = x, s
		}
	}
	if best != nil {
		g.link(best, f, f.names)
		return
	}
	if g.a.r.lex.Particle.Has(given) && !g.a.isGiven(given) { // De Vries: a surname of several words
		given = ""
	}
	x := g.newGroup(f, Person)
	x.given, x.last = given, last
	if x.sex == 0 && given != "" {
		switch g.a.r.gazetteer.Word(hashOf(given)).Sex() {
		case news.Female:
			x.sex = 1
		case news.Male:
			x.sex = -1
		}
	}
	g.last[last] = append(g.last[last], x)
	for _, w := range f.words {
		if !slices.Contains(g.part[w], x) {
			g.part[w] = append(g.part[w], x)
		}
	}
}

// candidates are the people who share a word with a name.
func (g *gathering) candidates(words []string) (out []*group) {
	for _, w := range words {
		if g.a.r.lex.Particle.Has(w) {
			continue
		}
		for _, x := range g.part[w] {
			if !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	return out
}

// finish makes entities of the groups, in order of first mention.
func (a *analysis) finish(groups []*group) {
	for _, x := range groups {
		slices.Sort(x.names)
	}
	slices.SortStableFunc(groups, func(x, y *group) int { return int(x.names[0] - y.names[0]) })
	for _, x := range groups {
		id := int32(len(a.entities))
		e := Entity{Type: x.kind, Names: x.names}
		for _, n := range x.names {
			a.names[n].Entity = id
			a.names[n].Kind = x.kind
		}
		a.describe(&e, x)
		a.entities = append(a.entities, e)
	}
}

// describe fills what the tables tell of an entity.
func (a *analysis) describe(e *Entity, x *group) {
	var spellings []string
	best := -1
	for _, f := range x.forms {
		s := a.spelling(f)
		if s == "" {
			continue
		}
		if i := slices.Index(spellings, s); i < 0 {
			spellings = append(spellings, s)
		}
		if best < 0 || a.fuller(f, x.forms[best], x.kind) {
			best = slices.Index(x.forms, f)
		}
	}
	e.Name = a.spelling(x.forms[max(best, 0)])
	if x.shared != "" {
		e.Name += " " + x.shared
	}
	for _, s := range spellings {
		if s != e.Name && len(e.Aliases) < maxAliases {
			e.Aliases = append(e.Aliases, s)
		}
	}
	switch x.kind {
	case Person:
		e.Kind = news.Person
		a.person(e, x, x.forms[max(best, 0)])
	case Organization:
		e.Kind = news.Organization
	case Place:
		if a.acts(x) {
			e.Kind = news.Organization
		}
	}
}

// maxAliases bounds the spellings kept of one entity.
const maxAliases = 12

// fuller reports whether form f is a fuller proper name than g: more words; of
// as many, longer ones.
func (a *analysis) fuller(f, g *form, k Kind) bool {
	if f.kind() != g.kind() && (f.kind() == k || g.kind() == k) {
		return f.kind() == k
	}
	if len(f.words) != len(g.words) {
		return len(f.words) > len(g.words)
	}
	if (f.suffix != "") != (g.suffix != "") {
		return f.suffix != ""
	}
	return len(f.key) > len(g.key) && (k != Person || len(f.names) >= len(g.names))
}

// spelling is how the article mostly writes a form, not in CAPITALS if it can
// be helped.
func (a *analysis) spelling(f *form) string {
	counts := map[string]int{}
	best, top := "", -1
	for _, i := range f.names {
		n := &a.names[i]
		s := n.Span(a.d).Of(a.d.Text)
		counts[s]++
		rank := 2 * counts[s]
		if a.t.words[n.Tokens.First].style == plain {
			rank += 1000
		}
		if rank > top {
			best, top = s, rank
		}
	}
	return best
}

// person fills what is asked of people: titles, gender, the parts of the name.
func (a *analysis) person(e *Entity, x *group, best *form) {
	first, female, male := "", 0, 0
	for _, i := range x.names {
		n := &a.names[i]
		if n.Title.Empty() {
			continue
		}
		title := a.d.Span(n.Title).Of(a.d.Text)
		office := false
		for t := n.Title.First; t < n.Title.End; t++ {
			switch a.r.lex.sex(a.low(t)) {
			case 1:
				female++
			case -1:
				male++
			}
			office = office || !a.r.lex.Address.Has(a.low(t))
		}
		if office && !slices.Contains(e.Titles, title) && len(e.Titles) < maxAliases {
			e.Titles = append(e.Titles, title)
		}
	}
	words := strings.Fields(e.Name)
	if len(words) > 1 && x.suffix != "" && a.r.lex.Suffix.Has(fold(words[len(words)-1])) {
		words = words[:len(words)-1]
	}
	e.Surname = strings.TrimSuffix(words[len(words)-1], ",")
	if len(words) > 1 && x.given != "" {
		e.Given, first = words[0], words[0]
		if g := a.r.lex; g.Family.Has(fold(words[0])) && !a.isGiven(words[0]) && len(words) <= 3 {
			e.Surname, e.Given, first = words[0], strings.Join(words[1:], " "), words[1] // Kim Jong Un
		}
	} else if len(words) == 1 && a.isGiven(words[0]) && a.r.gazetteer.Word(hashOf(words[0]))&ListSurname == 0 {
		e.Given, e.Surname, first = words[0], "", words[0]
	}
	switch {
	case female > male:
		e.Gender, e.GenderBasis = news.Female, news.ByTitle
	case male > female:
		e.Gender, e.GenderBasis = news.Male, news.ByTitle
	default:
		e.Gender = a.r.gazetteer.Word(hashOf(first)).Sex()
		if e.Gender != news.GenderUnknown {
			e.GenderBasis = news.ByFirstName
		}
	}
}

func (a *analysis) isGiven(w string) bool {
	return a.r.gazetteer.Word(hashOf(w))&(ListGiven|ListForeign) != 0
}

// acts reports whether a place does something in the article that takes a
// government or a body: it is the subject of a verb other than be and have.
func (a *analysis) acts(x *group) bool {
	for _, f := range x.forms {
		if a.r.lex.Metonym.Has(strings.ReplaceAll(f.key, " ", "_")) || a.r.lex.Metonym.Has(f.key) {
			return true
		}
	}
	for _, i := range x.names {
		t := a.names[i].Tokens
		for k := t.First; k < t.End; k++ {
			tok := &a.d.Tokens[k]
			if tok.Rel != news.RelNsubj || tok.Head == news.NoHead || t.Contains(tok.Head) {
				continue
			}
			switch a.d.Tokens[tok.Head].Tag {
			case news.TagVBD, news.TagVBZ, news.TagVBP, news.TagVB, news.TagVBN, news.TagVBG:
				return !a.still(tok.Head)
			}
		}
	}
	return false
}
