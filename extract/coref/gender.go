package coref

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// sure is the probability from which a pronoun's antecedent counts as a vote
// for that entity's gender.
const sure = 0.6

// VoteGenders goes through the article once for the pronouns alone, and gives
// the people whose title and first name tell no gender that of the pronouns
// that mean them, where those agree. Everything else is left as it was.
func VoteGenders(a *Article, m *Model) {
	if m == nil || !slices.ContainsFunc(a.Entities, func(e Entity) bool { return e.Sex == 0 && e.Kind == news.Person }) {
		return
	}
	mentions, entities := slices.Clone(a.Mentions), append(make([]Entity, 0, cap(a.Entities)), a.Entities...)
	s := NewState(a, m)
	s.sure = sure
	s.Until(int32(len(a.Toks)) + 1)
	for i := range entities {
		e, votes := &entities[i], a.Entities[i].Votes
		if e.Sex != 0 || e.Kind != news.Person || votes == 0 {
			continue
		}
		e.Sex, e.GenderBasis = 1, news.ByPronoun
		if votes < 0 {
			e.Sex = -1
		}
	}
	a.Mentions, a.Entities = mentions, entities
}

// Genders is what is known of the gender of the first n entities once the
// article has been walked: by their own words, else by the pronouns that mean
// them.
func (a *Article) Genders(n int) []int8 {
	out := make([]int8, n)
	for i := range out {
		e := &a.Entities[i]
		out[i] = e.Sex
		if votes := e.Votes + e.Spoken; e.Kind == news.Person && votes != 0 && (e.Sex == 0 || e.GenderBasis == news.ByPronoun) {
			out[i] = 1
			if votes < 0 {
				out[i] = -1
			}
		}
	}
	return out
}

// SetGenders gives people of unknown gender the known one, and reports whether
// there are such people.
func (a *Article) SetGenders(known []int8) (unknown bool) {
	for i := range a.Entities {
		e := &a.Entities[i]
		if e.Kind != news.Person || e.Sex != 0 && e.GenderBasis != news.ByPronoun {
			continue
		}
		unknown = true
		if i < len(known) && known[i] != 0 {
			e.Sex, e.GenderBasis = known[i], news.ByPronoun
		}
	}
	return unknown
}

// Walked reports whether a walk with the known genders would go as the one
// before it has gone, because that already took them so.
func (a *Article) Walked(known []int8) bool {
	for i, sex := range known {
		if e := &a.Entities[i]; e.Kind == news.Person && sex != 0 && sex != e.Sex {
			return false
		}
	}
	return true
}

// Basis is what the gender of a person is known by, as a measurement: 0 not at
// all, 1 pronouns, 2 the first name, 3 a title.
func (e *Entity) Basis() float32 {
	switch {
	case e.Sex == 0:
		return 0
	case e.GenderBasis == news.ByPronoun:
		return 1
	case e.GenderBasis == news.ByFirstName:
		return 2
	}
	return 3
}
