package entity

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

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
		a.person(e, x)
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
	if f.plain != g.plain && (k != Person || len(f.words) == len(g.words) || max(len(f.words), len(g.words)) > 3) {
		return f.plain // no word of a headline
	}
	if len(f.words) != len(g.words) {
		return len(f.words) > len(g.words)
	}
	return len(f.key) > len(g.key)
}

// abbreviates reports whether form f is the initials of a name.
func (a *analysis) abbreviates(f *form, name []string) bool {
	if len(f.words) > 1 || len(name) == 1 {
		return false
	}
	all, main := a.initials(name)
	w := strings.ReplaceAll(f.words[0], ".", "")
	return w == all || w == main
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
func (a *analysis) person(e *Entity, x *group) {
	female, male := 0, 0
	for _, i := range x.names {
		t := a.names[i].Title
		if t.Empty() {
			continue
		}
		office := false
		for k := t.First; k < t.End; k++ {
			switch a.r.lex.sex(a.low(k)) {
			case 1:
				female++
			case -1:
				male++
			}
			office = office || !a.r.lex.Address.Has(a.low(k))
		}
		if title := a.d.Span(t).Of(a.d.Text); office && !slices.Contains(e.Titles, title) && len(e.Titles) < maxAliases {
			e.Titles = append(e.Titles, title)
		}
	}
	first := a.parts(e, x)
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

// parts takes a person's name apart and gives the first name that tells a
// gender.
func (a *analysis) parts(e *Entity, x *group) (first string) {
	words := strings.Fields(e.Name)
	if len(words) > 1 && x.suffix != "" && a.r.lex.Suffix.Has(fold(words[len(words)-1])) {
		words = words[:len(words)-1]
	}
	e.Surname = strings.TrimSuffix(words[len(words)-1], ",")
	if len(words) == 1 {
		if a.isGiven(words[0]) && a.r.gazetteer.Word(hashOf(words[0]))&ListSurname == 0 {
			e.Given, e.Surname = words[0], ""
		}
		return e.Given
	}
	if x.given == "" {
		return ""
	}
	alone := slices.ContainsFunc(x.forms, func(f *form) bool { return len(f.words) == 1 && f.words[0] == fold(words[0]) })
	if !a.isGiven(words[0]) && (alone || a.r.lex.Family.Has(fold(words[0])) && len(words) <= 3) { // Tham Jun Hoe, whom the article calls Tham; Kim Jong Un
		e.Surname, e.Given = words[0], strings.Join(words[1:], " ")
		return words[1]
	}
	e.Given = words[0]
	return words[0]
}

func (a *analysis) isGiven(w string) bool {
	return a.r.gazetteer.Word(hashOf(w))&(ListGiven|ListForeign) != 0
}

// acts reports whether a place does something in the article that takes a
// government or a body: it is the subject of a verb other than be and have.
func (a *analysis) acts(x *group) bool {
	for _, i := range x.names {
		t := a.names[i].Tokens
		for k := t.First; k < t.End; k++ {
			tok := &a.d.Tokens[k]
			if tok.Rel != news.RelNsubj || tok.Head == news.NoHead || t.Contains(tok.Head) {
				continue
			}
			switch a.d.Tokens[tok.Head].Tag {
			case news.TagVBD, news.TagVBZ, news.TagVBP, news.TagVB, news.TagVBN, news.TagVBG:
				return !a.r.lex.Still.Has(a.low(tok.Head))
			}
		}
	}
	return false
}
