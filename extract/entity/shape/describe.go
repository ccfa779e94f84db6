package shape

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

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
		a.genderBy(e, m.titleFirst, m.titleEnd)
		a.genderBy(e, m.descFirst, m.descEnd)
		if e.kind == news.Person && m.descEnd > m.descFirst {
			a.addRoleTitle(e, m)
		}
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

// genderBy takes e's gender from the last of the words [i, j) that describe it.
func (a *analysis) genderBy(e *entity, i, j int32) {
	if i >= j || e.sex != 0 || e.kind != news.Person {
		return
	}
	if g := a.lex.sex[a.low(j-1)]; g != 0 {
		e.sex, e.basis = g, news.ByTitle
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
