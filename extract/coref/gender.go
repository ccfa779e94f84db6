package coref

import "github.com/whosaid/whosaid/extract/news"

// VotedGenders is the gender that the pronouns of a walked article give those of
// its first n entities who are people and whose title and first name tell none: 1
// female, -1 male, 0 for all others.
func (a *Article) VotedGenders(n int) []int8 {
	out := make([]int8, n)
	for i := range out {
		e := &a.Entities[i]
		if e.Kind != news.Person || e.Sex != 0 {
			continue
		}
		switch votes := e.Votes + e.Spoken; {
		case votes > 0:
			out[i] = 1
		case votes < 0:
			out[i] = -1
		}
	}
	return out
}

// SetGenders gives the entities the genders that pronouns gave them on a walk
// before.
func (a *Article) SetGenders(voted []int8) {
	for i, sex := range voted {
		if e := &a.Entities[i]; sex != 0 {
			e.Sex, e.GenderBasis = sex, news.ByPronoun
		}
	}
}
