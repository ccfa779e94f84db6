package people

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/whosaid/whosaid/pipeline/corpus/known"
)

// The measurements of a known person whom a person of the corpus may be. The
// first ones are of nobody: of somebody who is not in the file.
const (
	kNobody = iota
	kNobodyCommon
	kNobodySize
	kNameEqual
	kTitle
	kTitleShare
	kTitleOther
	kTitleDiffers
	kTitleUntold
	kInOffice
	kOutOfOffice
	kAge
	kDead
	kOccupation
	kPlace
	kPlaceShare
	kPlaceNot
	kCompany
	kCompanyShare
	kGenderEqual
	kGenderDiffers
	kSitelinks
	kRivals
	kNamesakes
	nKnown
)

var knownNames = [nKnown]string{
	"nobody", "nobody, name common", "nobody, size", "name equal", "title in its time", "share of titles in their time", "title at another time", "titles differ", "no title known", "in office at the time", "not in office at the time", "age", "dead", "occupation",
	"place", "share of articles with the place", "place not met", "company", "share of company", "gender equal", "gender differs", "sitelinks", "others of the name in the file", "others of the name in the corpus",
}

type knownVector [nKnown]float64

// measureKnown compares a person of the corpus with one whose name they bear.
func (x *index) measureKnown(s *summary, c claimed, rivals, namesakes int) (v knownVector) {
	e := c.e
	if c.equal {
		v[kNameEqual] = 1
	}
	inTime, other, occupation := e.titles(s)
	switch {
	case inTime > 0:
		v[kTitle], v[kTitleShare] = 1, inTime
	case other:
		v[kTitleOther] = 1
	case len(s.titles) == 0:
	case len(e.Positions) == 0:
		v[kTitleUntold] = 1
	default:
		v[kTitleDiffers] = 1
	}
	e.measureYears(s, &v)
	if occupation {
		v[kOccupation] = 1
	}
	x.measurePlaces(s, e, &v)
	g, basis := s.gender()
	switch known := map[string]int{"female": 1, "male": 2}[e.Gender]; {
	case g == 0 || known == 0:
	case g == known:
		v[kGenderEqual] = 1
	default:
		v[kGenderDiffers] = float64(1+basis) / 3
	}
	v[kSitelinks] = math.Log1p(float64(e.Sitelinks)) / 3
	v[kRivals] = math.Log(float64(max(1, rivals)))
	v[kNamesakes] = math.Log(float64(max(1, namesakes)))
	return v
}

// measurePlaces tells how near the places of a known person, and the others who
// are from there, are to the person of the corpus.
func (x *index) measurePlaces(s *summary, e *entry, v *knownVector) {
	if len(e.places) == 0 {
		return
	}
	places, fellows, company, all := 0.0, 0.0, 0.0, 0.0
	for _, m := range s.context {
		all += float64(m.n)
		if slices.Contains(e.places, m.hash) {
			places += float64(m.n)
		}
		for _, h := range e.places {
			if _, ok := slices.BinarySearch(x.fellow[h], m.hash); ok {
				fellows++
				company += float64(m.n)
				break
			}
		}
	}
	titled := e.titled(s)
	switch {
	case places > 0 || titled > 0:
		v[kPlace] = 1
		v[kPlaceShare] = min(1, max(titled, places/float64(max(1, s.links))))
	case len(s.context) > 0:
		v[kPlaceNot] = math.Log1p(float64(len(s.context))) / 4
	}
	v[kCompany] = math.Log1p(fellows)
	v[kCompanyShare] = company / max(1, all)
}

// titles compares the titles that articles give with positions and
// occupations: the share of them that are positions of their time, and whether
// any is a position of another time or an occupation.
func (e *entry) titles(s *summary) (inTime float64, other, occupation bool) {
	all := uint32(0)
	for _, t := range s.titles {
		all += t.n
		held := false
		words := titleWords(t.text)
		for _, p := range e.Positions {
			if shareOf(words, titleWords(p.Title)) < 1 && !slices.Contains(titleWords(p.Title), words[len(words)-1]) {
				continue
			}
			if during(p, t.first, t.last) {
				held = true
			} else {
				other = true
			}
		}
		if held {
			inTime += float64(t.n)
		}
		for _, o := range e.Occupations {
			occupation = occupation || shareOf(words, titleWords(o)) == 1
		}
	}
	return inTime / float64(max(1, all)), other, occupation
}

// during reports whether a position was held between two dates, give or take a
// year.
func during(p known.Position, from, to int64) bool {
	first, last := 0, 9999
	if from != noTime {
		first, last = time.UnixMicro(from).UTC().Year(), time.UnixMicro(to).UTC().Year()
	}
	return (p.From == 0 || last >= p.From-1) && (p.To == 0 || first <= p.To+1)
}

// measureYears compares the years in which somebody was in the news with those of
// a known person's offices and life.
func (e *entry) measureYears(s *summary, v *knownVector) {
	switch {
	case len(e.Positions) == 0 || s.from == noTime:
	case slices.ContainsFunc(e.Positions, func(p known.Position) bool { return during(p, s.from, s.to) }):
		v[kInOffice] = 1
	default:
		v[kOutOfOffice] = 1
	}
	if s.from == noTime {
		return
	}
	first := time.UnixMicro(s.from).UTC().Year()
	if e.Born != 0 { // most of those in the news are between 25 and 85
		v[kAge] = max(0, math.Abs(float64(first-e.Born-55))-30) / 20
	}
	if e.Died != 0 && first > e.Died+1 {
		v[kDead] = 1
	}
}

// titled is the share of the titles of the person of the corpus that name a
// place of the known one.
func (e *entry) titled(s *summary) float64 {
	all, with := uint32(0), uint32(0)
	for _, t := range s.titles {
		all += t.n
		title := fold(t.text)
		if slices.ContainsFunc(e.words, func(place []string) bool { return holds(title, place) }) {
			with += t.n
		}
	}
	return float64(with) / float64(max(1, all))
}

// holds reports whether a title has a place in it, by its name or as in
// "Chinese": a word that begins like it and ends as those of peoples do.
func holds(title, place []string) bool {
	for i := range title {
		if len(title)-i >= len(place) && slices.Equal(title[i:i+len(place)], place) {
			return true
		}
		stem := place[0][:min(len(place[0]), max(leastStem, len(place[0])-2))]
		if len(place) == 1 && len(stem) >= leastStem && strings.HasPrefix(title[i], stem) && slices.ContainsFunc(peoples, func(end string) bool { return strings.HasSuffix(title[i], end) }) {
			return true
		}
	}
	return false
}

// leastStem is what a name of a people has of that of its country at least.
const leastStem = 4

var peoples = strings.Fields("ese an ish i ic")
