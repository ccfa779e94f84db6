package coref

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// Fit tells how well a description fits an entity.
type Fit struct {
	Role float32 // 3 its age, 2 its head is said of it, 1 a head of the same sort, 0.5 nothing speaks against it, 0 other heads are said of it, -1 gender or kind forbid it
	Over float32 // its other words said of the entity
	Miss float32 // and not said
}

// Describes compares the description of tokens [first, end) with head, class
// and gender given, with what the text calls e.
func (a *Article) Describes(first, end, head int32, c Class, plural bool, sex int8, e *Entity) Fit {
	h := a.Lex.Full(a.Low(head))
	if e.Class != NoClass {
		return a.sameDescription(first, end, head, plural, e)
	}
	person := e.Kind == news.Person
	if plural || !a.sameKind(head, c, sex, e) {
		return Fit{Role: -1}
	}
	f := Fit{}
	switch {
	case person:
		f.Role = a.roleFit(h, e)
	case e.Place:
		if a.Lex.lists[h]&placeSort != 0 {
			f.Role = 1
		}
	case e.called[h]&asRole != 0 || slices.Contains(e.Words, h):
		f.Role = 2
	default:
		f.Role = a.bodyFit(h, e)
	}
	for k := first; k < end; k++ {
		if k == head || !a.Has(k, Word) || a.Is(k, stop) {
			continue
		}
		w := a.Lex.Full(a.Low(k))
		if e.called[w] != 0 || slices.Contains(e.Words, w) {
			f.Over++
		} else if !a.Is(k, passing) {
			f.Miss++
		}
	}
	return f
}

// sameKind reports whether kind, number and gender let a description in the
// singular mean a named entity.
func (a *Article) sameKind(head int32, c Class, sex int8, e *Entity) bool {
	if g := e.Sex; sex != 0 && g != 0 && g != sex || e.Plural {
		return false
	}
	switch c {
	case One:
		return e.Kind == news.Person || e.Kind == news.Organization && !e.Place && a.Is(head, Outlet|Body)
	case Other:
		return e.Kind != news.Person || e.called[a.Lex.Full(a.Low(head))] != 0
	case ABody, Several:
		return e.Kind != news.Person
	}
	return false
}

// sameDescription compares a description with one met before.
func (a *Article) sameDescription(first, end, head int32, plural bool, e *Entity) Fit {
	h := a.Lex.Full(a.Low(head))
	if plural != e.Plural || e.called[h]&asRole == 0 {
		if plural == e.Plural {
			for w, how := range e.called {
				if how&asRole != 0 && a.Lex.SameSort(h, w) {
					return Fit{Role: 1}
				}
			}
		}
		return Fit{Role: -1}
	}
	f := Fit{Role: 2}
	for k := first; k < end; k++ {
		if k == head || !a.Has(k, Word) || a.Is(k, stop) {
			continue
		}
		if e.called[a.Lex.Full(a.Low(k))] != 0 {
			f.Over++
		} else if !a.Is(k, passing) {
			f.Miss++
		}
	}
	return f
}

// roleFit compares the head of a person's description with e's roles.
func (a *Article) roleFit(h string, e *Entity) float32 {
	if isAge(h) {
		switch age, _, _ := strings.Cut(h, "-"); {
		case e.Age == "":
			return 0.5
		case e.Age == age:
			return 3
		}
		return -1
	}
	if e.called[h] != 0 {
		return 2
	}
	any := false
	for w, how := range e.called {
		if a.Lex.SameSort(h, w) {
			return 1
		}
		any = any || how&asRole != 0
	}
	if !any {
		return 0.5
	}
	return 0
}

// bodyFit compares the head of a body's description with the word of an
// organization's name that tells its sort.
func (a *Article) bodyFit(h string, e *Entity) float32 {
	last := a.sortWord(e)
	if last != "" && (h == last || a.Lex.SameSort(h, last)) {
		return 1
	}
	for w, how := range e.called {
		if how&asRole != 0 && a.Lex.SameSort(h, w) {
			return 1
		}
	}
	if last != "" && len(a.Lex.sorts[last]) > 0 {
		return 0
	}
	return 0.5 // a name that does not tell its sort
}

// SameSex compares two genders: 1 the same, -1 not, 0 when one is unknown.
func SameSex(g, h int8) float32 {
	switch {
	case g == 0 || h == 0:
		return 0
	case g == h:
		return 1
	}
	return -1
}

// Agrees tells whether a pronoun may stand for an entity: 1 yes with gender or
// kind known, 0 perhaps, -1 no.
func Agrees(c Class, sex int8, e *Entity) float32 {
	switch c {
	case HeShe:
		if e.Kind != news.Person && e.Kind != news.Unnamed || e.Plural {
			return -1
		}
		if g := e.Sex; g != 0 {
			return SameSex(g, sex)
		}
		return 0
	case They:
		switch {
		case e.Kind == news.Group || e.Plural:
			return 1
		case e.Kind == news.Organization && !e.Place, e.Kind == news.Unnamed:
			return 0
		case e.Kind == news.Person:
			return -0.5 // singular they
		}
		return -1
	case It:
		switch {
		case e.Plural:
			return -1
		case e.Kind == news.Organization, e.Kind == news.DocumentKind, e.Class == ABody:
			return 1
		}
		return -1
	}
	return 0
}
