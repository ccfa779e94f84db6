package people

import (
	"cmp"
	"math"
	"slices"
)

// The measurements of a person whom a part of a name, such as a surname alone,
// may mean. The last two are of nobody: a person the corpus has no full name of.
const (
	sSize = iota
	sContextShared
	sContextShare
	sContextNone
	sTitleEqual
	sTitleDiffers
	sGenderEqual
	sGenderDiffers
	sOutletShared
	sGap
	sGivenName
	sNobody
	sNobodySize
	nShort
)

var shortNames = [nShort]string{
	"size", "context shared", "share of context", "no context shared", "title equal", "titles differ", "gender equal", "gender differs",
	"outlet shared", "years between", "given name", "nobody", "nobody, size of all",
}

type shortVector [nShort]float64

// candidate is a person whom a part of a name may mean.
type candidate struct {
	person int32
	s      *summary
}

// mostCandidates bounds the persons of one surname that are thought of: those
// of most articles.
const mostCandidates = 64

// shortSure is the probability from which a part of a name is linked.
const shortSure = 0.75

// measureShort compares an entity, known by the part token of a name, with a
// candidate.
func measureShort(e, s *summary, token string, c *counts) (v shortVector) {
	var pv vector
	gap := years(e, s)
	titles(e, s, gap, &pv)
	contexts(e, s, c, &pv)
	outlets(e, s, &pv)
	v[sSize] = math.Log(float64(max(1, s.articles)))
	v[sContextShared], v[sContextShare], v[sContextNone] = pv[fContextShared], pv[fContextShare], pv[fContextNone]
	v[sTitleEqual] = max(pv[fTitleEqual], pv[fTitleShares])
	v[sTitleDiffers] = max(pv[fTitleDiffers], pv[fTitleDiffersLater])
	v[sOutletShared] = pv[fOutletShared]
	v[sGap] = math.Log1p(gap)
	ga, _ := e.gender()
	gb, _ := s.gender()
	if ga != 0 && gb != 0 {
		if ga == gb {
			v[sGenderEqual] = 1
		} else {
			v[sGenderDiffers] = 1
		}
	}
	if n := s.name(); n.last != token {
		v[sGivenName] = 1
	}
	return v
}

// nobody measures the answer that none of the candidates is meant.
func nobody(cands []candidate) (v shortVector) {
	n := 1.0
	for _, c := range cands {
		n += float64(c.s.articles)
	}
	v[sNobody], v[sNobodySize] = 1, math.Log(n)
	return v
}

func (m *Model) shortScore(v *shortVector) (sum float64) {
	for i := range v {
		sum += m.short[i] * v[i]
	}
	return sum
}

// means is the candidate whom an entity known by a part of a name means, and
// its probability.
func (m *Model) means(e *summary, token string, cands []candidate, c *counts) (best int, p float64) {
	scores := make([]float64, len(cands)+1)
	for i := range cands {
		v := measureShort(e, cands[i].s, token, c)
		scores[i] = m.shortScore(&v)
	}
	v := nobody(cands)
	scores[len(cands)] = m.shortScore(&v)
	top := slices.Max(scores)
	sum := 0.0
	for i, s := range scores {
		sum += math.Exp(s - top)
		if i < len(cands) && s > scores[best] {
			best = i
		}
	}
	return best, math.Exp(scores[best]-top) / sum
}

// trim keeps the candidates of most articles.
func trim(cands []candidate) []candidate {
	if len(cands) <= mostCandidates {
		return cands
	}
	slices.SortStableFunc(cands, func(x, y candidate) int { return cmp.Compare(y.s.articles, x.s.articles) })
	return cands[:mostCandidates]
}
