package coref

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// How a word is said of an entity.
const (
	asWord uint8 = 1 << iota // stands in what it is called
	asRole                   // is the head of that
)

// maxCalled bounds the words kept of one entity: a name that stands in
// hundreds of places is described by the first of them.
const maxCalled = 60

// describe gathers for each entity what the text calls it: titles and words
// before its name, appositions on either side, what it is said to be.
func (a *Article) describe() {
	a.surnames, a.roles = map[string][]int32{}, map[string][]int32{}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if m.Form != news.Name || m.Entity < 0 {
			continue
		}
		e := &a.Entities[m.Entity]
		a.call(e, m.Title.First, m.Title.End)
		a.wordsBefore(e, m)
		a.apposition(e, m)
		a.predicate(e, m)
		a.sharePlace(m)
	}
	for i := range a.Entities {
		e := &a.Entities[i]
		for _, t := range e.Titles {
			for _, w := range splitWords(t) {
				a.callWord(e, a.Lex.Full(w), a.Lex.lists[w]&(Role|Title) != 0)
			}
		}
		if e.Surname != "" {
			a.surnames[e.Surname] = append(a.surnames[e.Surname], int32(i))
		}
		a.indexRoles(e, int32(i))
	}
	a.readTitle()
}

func (a *Article) indexRoles(e *Entity, id int32) {
	var heads []string
	for w, how := range e.called {
		if how&asRole != 0 {
			heads = append(heads, w)
		}
	}
	slices.Sort(heads)
	if k := a.sortWord(e); k != "" && !slices.Contains(heads, k) {
		heads = append(heads, k)
	}
	for _, w := range heads {
		a.roles[w] = append(a.roles[w], id)
	}
}

// sortWord is the word of an organization's name that tells its sort: the last,
// or the one before a preposition.
func (a *Article) sortWord(e *Entity) string {
	if e.Kind != news.Organization || e.Place || len(e.Words) < 2 {
		return ""
	}
	for i, w := range e.Words[1:] {
		if a.Lex.lists[w]&To != 0 {
			return e.Words[i]
		}
	}
	return e.Words[len(e.Words)-1]
}

// readBodies notes the words that tell the sort of the article's organizations, so
// that "the archives" can be the Presidential Archives, though no list has the word.
func (a *Article) readBodies() {
	a.bodies = map[string]bool{}
	for i := range a.Entities {
		if w := a.sortWord(&a.Entities[i]); w != "" {
			a.bodies[w] = true
		}
	}
}

// call adds the words [i, j) to what the text calls e.
func (a *Article) call(e *Entity, i, j int32) {
	for ; i < j; i++ {
		if !a.Has(i, Word) || a.Is(i, stop) {
			continue
		}
		head := a.Is(i, Role|Body) && (i+1 >= j || !IsNoun(a.Tag(i+1)) || a.Is(i, Title))
		a.callWord(e, a.Lex.Full(a.Low(i)), head)
		if g := a.Toks[i].Lists.sexOf(); g != 0 && e.Sex == 0 && e.Kind == news.Person && i == j-1 {
			e.Sex, e.GenderBasis = g, news.ByTitle
		}
	}
}

func (a *Article) callWord(e *Entity, w string, head bool) {
	if w == "" || len(e.called) >= maxCalled {
		return
	}
	how := asWord
	if head {
		how |= asRole
	}
	e.called[w] |= how
}

// wordsBefore reads the lower-case description right before a name: former
// secretary of state X, retired chemistry teacher X.
func (a *Article) wordsBefore(e *Entity, m *Mention) {
	end := m.First
	if !m.Title.Empty() {
		end = m.Title.First
	}
	k := end
	for k > 0 && end-k < 9 && a.Near(k) && (a.modifies(k-1) || a.Tag(k-1) == news.TagIN && k < end && a.Is(k-2, Role) || a.Is(k-1, Role)) && a.NameAt(k-1) < 0 {
		k--
	}
	if k < end && (a.Is(end-1, Role|Body|Title) || a.Tag(end-1) == news.TagNNP || a.Tag(end-1) == news.TagNN) {
		a.call(e, k, end)
	}
}

// predicate reads "X is the mayor of Y".
func (a *Article) predicate(e *Entity, m *Mention) {
	h := a.Up(m.Head)
	for n := 0; n < 4 && h >= m.First && h < m.End; n++ {
		h = a.Up(h)
	}
	if m.Gram != Subject || h < m.End || !IsNoun(a.Tag(h)) || a.Child(h, news.RelCop) < 0 {
		return
	}
	r := a.Phrase(h, true)
	a.call(e, max(r.First, m.End), r.End)
}

// apposition reads "X, a veteran consultant," and "the minister of finance, X".
func (a *Article) apposition(e *Entity, m *Mention) {
	if a.Low(m.End) == "," || a.Low(m.End) == "(" {
		if w := a.Low(m.End + 1); len(w) > 0 && len(w) <= 2 && w[0] >= '1' && w[0] <= '9' {
			e.Age = w
		}
	}
	for i := m.First; i < m.End; i++ {
		for k := a.child[i]; k >= 0; k = a.sibling[k] {
			if a.Rel(k) == news.RelAppos && k >= m.End && a.NameAt(k) < 0 {
				r := a.Phrase(k, true)
				a.call(e, max(r.First, m.End), r.End)
			}
		}
		if h := a.Up(i); a.Rel(i) == news.RelAppos && h >= 0 && h < m.First && a.NameAt(h) < 0 {
			r := a.Phrase(h, true)
			a.call(e, r.First, min(r.End, m.First))
		}
	}
}

// sharePlace lets a name in apposition and the description beside it be one: in
// "The head coach, X, was angry" and "X, a student, wants" X is the subject.
func (a *Article) sharePlace(m *Mention) {
	share := func(k int32) {
		d := a.MentionAt(k)
		if d < 0 || a.Mentions[d].Form != news.Nominal || a.Mentions[d].Plural || a.Mentions[d].Entity >= 0 {
			return
		}
		a.Mentions[d].Entity = m.Entity
		if a.Mentions[d].Gram == Subject {
			m.Gram = Subject
		}
	}
	for i := m.First; i < m.End; i++ {
		if h := a.Up(i); a.Rel(i) == news.RelAppos && h >= 0 && (h < m.First || h >= m.End) {
			share(h)
		}
		for k := a.child[i]; k >= 0; k = a.sibling[k] {
			if a.Rel(k) == news.RelAppos && (k < m.First || k >= m.End) {
				share(k)
			}
		}
	}
}

// readTitle notes which entities the article's title or first sentence names.
func (a *Article) readTitle() {
	title := map[string]bool{}
	if a.Doc.Article != nil {
		for _, w := range splitWords(a.Doc.Article.Title) {
			title[w] = true
		}
	}
	for i := range a.Entities {
		e := &a.Entities[i]
		e.Titled = len(e.Words) > 0 && title[e.Words[len(e.Words)-1]]
	}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if a.Toks[m.First].Sent > 0 {
			break
		}
		if m.Form == news.Name && m.Entity >= 0 {
			a.Entities[m.Entity].Titled = true
		}
	}
}

// splitWords cuts a title at what is neither letter, digit nor apostrophe, and
// folds the words.
func splitWords(s string) []string {
	var out []string
	start := -1
	for i := 0; i <= len(s); i++ {
		in := i < len(s) && (s[i] >= 0x80 || s[i] == '\'' || s[i] == '-' || s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z')
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			out = append(out, Fold(s[start:i]))
			start = -1
		}
	}
	return out
}
