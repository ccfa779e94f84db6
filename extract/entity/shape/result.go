package shape

import (
	"github.com/whosaid/whosaid/extract/news"
)

// entity is e as the result has it.
func (a *analysis) entity(e *entity) news.Entity {
	out := news.Entity{Name: e.name, Kind: e.kind, Titles: e.titles, Aliases: e.aliases}
	sex, basis := e.sex, e.basis
	if e.votes != 0 && e.kind == news.Person && (sex == 0 || basis == news.ByFirstName && (e.votes > 0) != (sex > 0) && (e.votes > 3 || e.votes < -3)) {
		sex, basis = 1, news.ByPronoun
		if e.votes < 0 {
			sex = -1
		}
	}
	switch sex {
	case 1:
		out.Gender, out.GenderBasis = news.Female, basis
	case -1:
		out.Gender, out.GenderBasis = news.Male, basis
	}
	if out.Gender != news.GenderUnknown && out.GenderBasis == news.BasisNone {
		out.GenderBasis = news.ByTitle
	}
	return out
}
