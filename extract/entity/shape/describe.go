package shape

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// expand gives the full word of an abbreviated office.
func expand(w string) string {
	switch w {
	case "gop":
		return "republican"
	case "sen.", "sen", "sens.":
		return "senator"
	case "rep.", "rep", "reps.":
		return "representative"
	case "gov.", "gov", "govs.":
		return "governor"
	case "gen.", "gen":
		return "general"
	case "lt.", "lt":
		return "lieutenant"
	case "dr.", "dr":
		return "doctor"
	case "prof.", "prof":
		return "professor"
	case "sgt.", "sgt":
		return "sergeant"
	case "col.", "col":
		return "colonel"
	case "capt.", "capt":
		return "captain"
	case "adm.", "adm":
		return "admiral"
	case "pm":
		return "premier"
	case "rev.", "rev":
		return "reverend"
	}
	return w
}

// describe gathers for each entity what the text calls it: titles before the
// name, words before it, appositions beside it, what it is said to be.
func (a *analysis) describe() {
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.form != news.Name || m.ent < 0 {
			continue
		}
		e := &a.ents[m.ent]
		if m.titleEnd > m.titleFirst {
			a.addTitle(e, m)
		}
		a.describeBy(e, m.titleFirst, m.titleEnd)
		a.describeBy(e, m.descFirst, m.descEnd)
		if e.kind == news.Person && m.descEnd > m.descFirst {
			a.addRoleTitle(e, m)
		}
		a.appositionAfter(e, m)
		a.appositionBefore(e, m)
	}
	// mentions have moved since the clusters were made
	for i := range a.ents {
		a.ents[i].full = a.ents[i].full[:0]
	}
	for i := range a.mentions {
		if m := &a.mentions[i]; m.form == news.Name && m.ent >= 0 && m.end-m.first > 1 {
			a.ents[m.ent].full = append(a.ents[m.ent].full, int32(i))
		}
	}
	for i := range a.ents {
		a.ents[i].kin = a.ents[i].kind == news.Person && a.kin(&a.ents[i])
		a.genderOf(&a.ents[i])
		a.aliasesOf(&a.ents[i])
	}
}

// describeBy adds the words [i, j) to what the text calls e.
func (a *analysis) describeBy(e *entity, i, j int32) {
	if len(e.desc) > 60 {
		return // a name that stands in hundreds of places is described by the first of them
	}
	for ; i < j; i++ {
		if !a.has(i, isWord) {
			continue
		}
		w := expand(a.low(i))
		if a.lex.startStop[w] && len(w) < 6 {
			continue
		}
		if e.desc == nil {
			e.desc, e.roles = map[string]bool{}, map[string]bool{}
		}
		e.desc[w] = true
		if a.lex.role[w] || a.lex.orgNoun[w] {
			if i+1 >= j || !(a.tag(i+1) == news.TagNN || a.tag(i+1) == news.TagNNP) || a.is(i, lexTitle) {
				e.roles[w] = true
			}
		}
		if g := a.lex.sex[w]; g != 0 && e.sex == 0 && e.kind == news.Person && i == j-1 {
			e.sex, e.basis = g, news.ByTitle
		}
	}
}

// addTitle keeps the office before the name as the text has it, honorifics
// like Mr. aside.
func (a *analysis) addTitle(e *entity, m *mention) {
	i := m.titleFirst
	if g := a.titleSex(m); g != 0 && e.sex == 0 {
		e.sex, e.basis = g, news.ByTitle
	}
	for i < m.titleEnd && (a.low(i) == "mr." || a.low(i) == "mr" || a.low(i) == "mrs." || a.low(i) == "mrs" || a.low(i) == "ms." || a.low(i) == "ms" || a.low(i) == "miss" && i+1 == m.titleEnd) {
		i++
	}
	if i == m.titleEnd {
		return
	}
	t := a.doc.Span(news.TokenRange{First: i, End: m.titleEnd}).Of(a.doc.Text)
	if !slices.Contains(e.titles, t) && len(e.titles) < 8 {
		e.titles = append(e.titles, t)
	}
}

// addRoleTitle keeps a lower-case office before the name: former secretary of
// state, Democratic strategist.
func (a *analysis) addRoleTitle(e *entity, m *mention) {
	if !a.is(m.descEnd-1, lexTitle) || len(e.titles) >= 8 {
		return
	}
	t := a.doc.Span(news.TokenRange{First: m.descFirst, End: m.descEnd}).Of(a.doc.Text)
	if !slices.Contains(e.titles, t) {
		e.titles = append(e.titles, t)
	}
}

// appositionAfter reads "X, a veteran consultant," and "X is the mayor of Y".
func (a *analysis) appositionAfter(e *entity, m *mention) {
	i := m.end
	if !a.near(i) {
		return
	}
	switch a.low(i) {
	case ",", "(", "–", "—":
		if isNumber(a.low(i+1)) && len(a.low(i+1)) <= 2 {
			e.age = a.low(i + 1)
		}
	case "is", "was", "serves", "became", "served":
		if n := a.low(i + 1); n != "a" && n != "an" && n != "the" && n != "as" {
			return
		}
	default:
		return
	}
	if a.low(i+1) == "who" || a.byTokenName(i+1) && !a.is(i+1, lexTitle) && a.mentionAt(i+1).person > 2 {
		return
	}
	j := i + 1
	role := false
	for j < i+14 && int(j) < len(a.toks) && a.near(j) {
		w := a.low(j)
		if w == "," || w == ")" || w == "who" || w == "which" || w == "." || w == ";" || w == "–" || w == "—" || a.has(j, inMarks) != m.quoted {
			break
		}
		switch a.tag(j) {
		case news.TagVBD, news.TagVBZ, news.TagVBP, news.TagMD:
			if !role {
				return // a clause, not an apposition
			}
		}
		if a.lex.role[w] || a.lex.orgNoun[w] {
			role = true
		}
		j++
	}
	if role {
		a.describeBy(e, i+1, j)
	}
}

// appositionBefore reads "the minister of finance, X".
func (a *analysis) appositionBefore(e *entity, m *mention) {
	j := m.titleFirst
	if j < 2 || a.low(j-1) != "," || !a.near(j) {
		return
	}
	if n := a.low(m.end); n != "," && !a.lex.say[n] && n != "." {
		return
	}
	s := a.sentence(j)
	i := j - 2
	for i > s.First && j-i < 32 {
		w := a.low(i)
		if w == "," || w == ";" || w == ":" || a.tag(i) == news.TagVBD || a.tag(i) == news.TagVBZ || a.lex.say[w] || w == "”" || w == `"` || w == "''" {
			i++
			break
		}
		if (w == "the" || w == "a" || w == "an" || a.tag(i) == news.TagPRPS) && !a.joinsNouns(i-1) {
			break
		}
		i--
	}
	for k := i; k < min(i+6, j-1); k++ {
		w := a.low(k)
		if a.lex.role[w] && !a.is(k+1, lexRole) {
			a.describeBy(e, i, j-1)
			return
		}
		if w == "of" || w == "at" || w == "for" {
			return
		}
	}
}

// joinsNouns reports whether token i is a preposition inside an office's name.
func (a *analysis) joinsNouns(i int32) bool {
	switch a.low(i) {
	case "of", "at", "for", "in", "to", "and":
		return true
	}
	return false
}

func (a *analysis) byTokenName(i int32) bool {
	return int(i) < len(a.byToken) && a.byToken[i] >= 0 && a.mentions[a.byToken[i]].form == news.Name
}

func (a *analysis) mentionAt(i int32) *mention { return &a.mentions[a.byToken[i]] }

// genderOf sets gender by first name where no title shows it, and the number.
func (a *analysis) genderOf(e *entity) {
	if e.kind != news.Person {
		return
	}
	if e.sex == 0 {
		g := e.given
		if g == "" {
			g = e.surname
		}
		if s := a.lex.firstSex(g); s != 0 && (e.given != "" || len(e.words) == 1) {
			e.sex, e.basis = s, news.ByFirstName
		}
	}
}

// aliasesOf leaves in the aliases of e what is not its name.
func (a *analysis) aliasesOf(e *entity) {
	e.aliases = slices.DeleteFunc(e.aliases, func(s string) bool { return s == e.name })
	slices.Sort(e.aliases)
	e.aliases = slices.Compact(e.aliases)
}
