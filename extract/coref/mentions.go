package coref

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
)

// findMentions puts the names, the pronouns and the descriptions by role,
// group, body or document that stand outside of names in text order.
func (a *Article) findMentions(names []entity.Name) {
	for i := range a.ByToken {
		a.ByToken[i] = -1
	}
	bearer := a.bearers(names)
	for _, n := range names {
		if n.Tokens.Empty() || n.Entity < 0 {
			continue
		}
		n.Entity = bearer[n.Entity]
		m := Mention{First: n.Tokens.First, End: n.Tokens.End, Head: n.Tokens.End - 1, Form: news.Name, Definite: true, Owner: -1, Title: n.Title, Entity: n.Entity, Quoted: a.Has(n.Tokens.First, Quoted)}
		a.place(&m)
		for i := m.First; i < m.End; i++ {
			a.ByToken[i] = int32(len(a.Mentions)) // renumbered by cover
		}
		a.Mentions = append(a.Mentions, m)
	}
	for i := int32(0); i < int32(len(a.Toks)); i++ {
		if a.ByToken[i] >= 0 || a.Toks[i].Flags&Word == 0 {
			continue
		}
		if p, ok := a.Lex.pronouns[a.Low(i)]; ok {
			if p.class != You && !(p.class == First && a.Has(i, AllCaps) && len(a.Low(i)) == 2) {
				a.addPronoun(i, p)
			}
			continue
		}
		if c, plural := a.NounClass(i); c != NoClass && c != Other {
			a.Mentions = append(a.Mentions, a.nominal(i, c, plural))
		}
	}
	slices.SortStableFunc(a.Mentions, func(x, y Mention) int {
		if x.First != y.First {
			return int(x.First - y.First)
		}
		if x.Form != y.Form && (x.Form == news.Pronoun || y.Form == news.Pronoun) {
			return int(x.End - y.End) // whose it is comes before what it is
		}
		return int(y.End - x.End)
	})
	a.cover()
}

// bearers is for each entity itself, but for one taken for a body or place whose
// whole name ends that of the only person so named before: Mann of Rosa Mann.
func (a *Article) bearers(names []entity.Name) []int32 {
	out, first := make([]int32, len(a.Entities)), make([]int32, len(a.Entities))
	for e := range out {
		out[e], first[e] = int32(e), -1
	}
	for _, n := range names {
		if n.Entity >= 0 && first[n.Entity] < 0 {
			first[n.Entity] = n.Tokens.First
		}
	}
	people := map[string][]int32{} // by the last words of their names
	for e := range a.Entities {
		if x := &a.Entities[e]; x.Kind == news.Person && len(x.Words) > 1 {
			w := x.Words[len(x.Words)-1]
			people[w] = append(people[w], int32(e))
		}
	}
	for e := range out {
		words := a.Entities[e].Words
		if a.Entities[e].Kind == news.Person || len(words) == 0 {
			continue
		}
		found := 0
		for _, p := range people[words[len(words)-1]] {
			full := a.Entities[p].Words
			if k := len(full) - len(words); k > 0 && slices.Equal(full[k:], words) {
				if found++; first[p] < first[e] {
					out[e] = p
				}
			}
		}
		if found > 1 {
			out[e] = int32(e)
		}
	}
	return out
}

func (a *Article) addPronoun(i int32, p pronoun) {
	m := Mention{First: i, End: i + 1, Head: i, Form: news.Pronoun, Class: p.class, Sex: p.sex, Plural: p.plural, Definite: true, Owner: -1, Entity: -1, Quoted: a.Has(i, Quoted)}
	a.place(&m)
	if g := a.Tag(i); g == news.TagPRPS || g == news.TagWPS {
		m.Gram = Possessor
	}
	a.Mentions = append(a.Mentions, m)
}

// cover notes for each token the mention that covers it: the name where there
// is one, else the pronoun (his in his lawyer), else the description; and for
// each entity where it is named.
func (a *Article) cover() {
	for i := range a.ByToken {
		a.ByToken[i] = -1
	}
	for _, form := range [...]news.MentionForm{news.Name, news.Pronoun, news.Nominal} {
		for m := range a.Mentions {
			mm := &a.Mentions[m]
			if mm.Form != form {
				continue
			}
			for i := mm.First; i < mm.End; i++ {
				if a.ByToken[i] < 0 {
					a.ByToken[i] = int32(m)
				}
			}
		}
	}
	for m := range a.Mentions {
		mm := &a.Mentions[m]
		if mm.Form != news.Name || mm.Entity < 0 {
			continue
		}
		e := &a.Entities[mm.Entity]
		if e.Names++; e.Head < 0 {
			e.Head = int32(m)
		}
		if mm.End-mm.First > 1 {
			e.Full = append(e.Full, int32(m))
		}
	}
}

// place fills the grammatical place of a mention: by what the topmost of its
// tokens is to its head, and by the verb beside it where the tree leaves it
// open.
func (a *Article) place(m *Mention) {
	h := m.Head
	for n := 0; n < 8; n++ {
		t := &a.Doc.Tokens[h]
		if t.Rel == news.NoRel || t.Head < m.First || t.Head >= m.End {
			break
		}
		h = t.Head
	}
	if a.Tag(m.End) == news.TagPOS && a.Has(m.End, Glued) {
		m.Gram = Possessor
		return
	}
	switch a.Rel(h) {
	case news.RelNsubj, news.RelNsubjPass, news.RelNsubjOuter, news.RelCsubj:
		m.Gram = Subject
		return
	case news.RelNmodPoss:
		m.Gram = Possessor
		return
	case news.RelObj, news.RelIobj:
		m.Gram = Object
		return
	case news.RelOblAgent:
		m.Gram = Agent
		return
	case news.NoRel, news.RelAppos, news.RelFlat, news.RelConj, news.RelRoot, news.RelDep, news.RelParataxis:
	default:
		return
	}
	if !a.Near(m.End) {
		return
	}
	switch a.Tag(m.End) {
	case news.TagVBD, news.TagVBZ, news.TagVBP, news.TagMD:
		m.Gram = Subject
		return
	}
	if a.Is(m.End, Say) || a.Is(m.First-1, Say) && a.Tag(m.End) != news.TagIN && !a.Has(m.First, NewLine) {
		m.Gram = Subject
	}
}

// IsNoun reports whether g is the tag of a noun or a name.
func IsNoun(g news.Tag) bool {
	return g == news.TagNN || g == news.TagNNS || g == news.TagNNP || g == news.TagNNPS
}

// NounClass tells what the noun at i speaks for when it is the head of its
// phrase; NoClass when it is no such head.
func (a *Article) NounClass(i int32) (c Class, plural bool) {
	g := a.Tag(i)
	plural = g == news.TagNNS || g == news.TagNNPS
	if g != news.NoTag && !IsNoun(g) && g != news.TagJJ && g != news.TagDT && g != news.TagCD {
		return NoClass, false
	}
	if a.Near(i + 1) {
		n := a.Tag(i + 1)
		if IsNoun(n) && !a.Is(i+1, Say) && !a.today(i+1) && (g != news.TagNNS || n == news.TagNNP) {
			return NoClass, false
		}
		if a.Low(i+1) == "-" && a.Has(i+1, Glued) {
			return NoClass, false
		}
	}
	if g == news.TagJJ && !((a.Is(i, Role) || isAge(a.Low(i))) && a.Is(i-1, Definite|Indefinite|passing)) {
		return NoClass, false
	}
	return a.SortOf(i, plural)
}

// today reports whether token i tells the time by itself: state television today
// reported.
func (a *Article) today(i int32) bool { return a.Is(i, Today) && !a.Has(i, Cap) }

// SortOf is what NounClass says of the noun at i, whatever stands beside it.
func (a *Article) SortOf(i int32, plural bool) (Class, bool) {
	w, lists := a.Low(i), a.Toks[i].Lists
	if k := strings.LastIndexByte(w, '-'); k > 0 && lists&(Role|Document) == 0 {
		w = w[k+1:]
		lists = a.Lex.lists[w]
	}
	if a.bodies[w] && a.Is(i-1, Definite) && lists&(Role|Document|GroupWord) == 0 {
		return ABody, false
	}
	singular := lists
	if plural {
		singular = a.Lex.lists[one(w)]
	}
	switch {
	case lists&Role != 0 && !plural:
		return One, false
	case lists&Document != 0:
		return Paper, plural
	case lists&GroupWord != 0 && (plural || lists&Body == 0):
		return Several, true
	case lists&Body != 0:
		return ABody, plural && lists&Actor == 0
	case plural && (singular&(Role|Body) != 0 || lists&GroupWord != 0):
		return Several, true
	case isAge(a.Low(i)):
		return One, false
	}
	return Other, plural
}

// isAge reports whether a word is "31-year-old" or the like.
func isAge(w string) bool {
	return len(w) > 4 && w[0] >= '0' && w[0] <= '9' && strings.HasSuffix(w, "-old")
}

// one is the singular of a plural noun, by its letters.
func one(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return w[:len(w)-2] + "an"
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

// modifies reports whether token k may stand before the head of a phrase.
func (a *Article) modifies(k int32) bool {
	switch a.Tag(k) {
	case news.TagJJ, news.TagJJR, news.TagJJS, news.TagNN, news.TagNNP, news.TagNNPS, news.TagCD, news.TagPOS, news.TagHYPH:
		return !a.Is(k, Say)
	case news.TagVBN, news.TagVBG:
		return k > 0 && a.Tag(k-1) == news.TagDT
	}
	return a.Low(k) == "-"
}

// nominal makes the mention of the noun phrase with its head at i, from its
// determiner to the head.
func (a *Article) nominal(i int32, c Class, plural bool) Mention {
	k := i
	for k > 0 && i-k < 10 && a.Near(k) && a.modifies(k-1) {
		if m := a.MentionAt(k - 1); m >= 0 && a.Mentions[m].Form == news.Name && a.Has(i, Cap) && a.Mentions[m].Entity >= 0 && a.Entities[a.Mentions[m].Entity].Kind == news.Person && a.Tag(k) != news.TagPOS {
			break // what follows a person's name in capitals is an office
		}
		k--
	}
	m := Mention{First: k, End: i + 1, Head: i, Form: news.Nominal, Class: c, Plural: plural, Owner: -1, Entity: -1, Sex: a.Toks[i].Lists.sexOf(), Quoted: a.Has(i, Quoted)}
	if k > 0 && a.Near(k) {
		switch {
		case a.Tag(k-1) == news.TagPRPS:
			m.Definite, m.Owner = true, k-1
			m.First = k - 1
		case a.Tag(k-1) == news.TagDT || a.Is(k-1, Definite|Indefinite):
			m.Definite = a.Is(k-1, Definite)
			m.First = k - 1
		}
	}
	for j := k + 1; j < i; j++ {
		if a.Tag(j) == news.TagPOS {
			m.Definite, m.Owner = true, j-1
		}
	}
	a.place(&m)
	return m
}
