package shape

import (
	"github.com/whosaid/whosaid/extract/news"
)

// entity is e as the result has it.
func (a *analysis) entity(e *entity) news.Entity {
	out := news.Entity{Name: e.name, Kind: e.kind, Titles: e.titles, Aliases: e.aliases}
	sex, basis := e.sex, e.basis
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
