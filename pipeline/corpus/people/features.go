package people

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// features are the measurements of a pair of summaries; each is 0 where it
// tells nothing. Their order is that of the weights in the model file.
const (
	fBias = iota
	fSameName
	fInitial
	fNickname
	fAlike
	fSecond
	fMiddleEqual
	fMiddleOne
	fSuffixOne
	fSurnameAlike
	fAcronym
	fAcronymAlias
	fPart
	fBeginning
	fPartAlias
	fSurnameCommon
	fGivenCommon
	fBothCommon
	fTitleEqual
	fTitleShares
	fTitleDiffers
	fTitleDiffersLater
	fTitleNone
	fContextShared
	fContextShare
	fContextNone
	fContextMissed
	fContextEmpty
	fContextAlike
	fContextAlikeMuch
	fContextUnlike
	fOutletShared
	fOutletOther
	fGap
	fGenderEqual
	fGenderDiffers
	fSmaller
	fLarger
	fKindDiffers
	nFeatures
)

// featureNames are for the model's card.
var featureNames = [nFeatures]string{
	"bias", "same name", "initial", "nickname", "alike", "second name", "middle equal", "middle name of one", "suffix of one", "surname alike",
	"acronym", "acronym an alias", "part", "beginning", "part an alias", "surname common", "given name common", "both common",
	"title equal", "title shares a word", "titles differ", "titles differ, years apart", "no title",
	"context shared", "share of context", "no context shared", "context missed", "no context", "company alike", "company alike, both much", "company unlike, both much", "outlet shared", "other outlets", "years between",
	"gender equal", "gender differs", "smaller", "larger", "kind differs",
}

// vector is the measurements of one pair.
type vector [nFeatures]float64

// compatible says how two names can be one, in v; false where they cannot.
func compatible(a, b *summary, v *vector) bool {
	x, y := a.name(), b.name()
	if a.key == b.key {
		v[fSameName] = 1
		return true
	}
	if a.isPerson() != b.isPerson() {
		return false
	}
	if a.isPerson() {
		return matchPersons(x, y, v)
	}
	return matchBodies(a, b, v)
}

// matchPersons compares the names of two persons.
func matchPersons(x, y *name, v *vector) bool {
	given := matchGiven(x, y)
	switch given {
	case givenConflict:
		return false
	case givenInitial:
		v[fInitial] = 1
	case givenNick:
		v[fNickname] = 1
	case givenAlike:
		v[fAlike] = 1
	case givenSecond:
		v[fSecond] = 1
	}
	if x.last != y.last {
		if len(x.last) < 5 || len(y.last) < 5 || !oneSlip(x.last, y.last) || given != givenEqual {
			return false
		}
		v[fSurnameAlike] = 1
	}
	switch {
	case x.suffix == y.suffix:
	case x.suffix == "" || y.suffix == "":
		v[fSuffixOne] = 1
	default:
		return false
	}
	equal, one, conflict := matchMiddle(x, y)
	switch {
	case conflict && given != givenSecond:
		return false
	case equal:
		v[fMiddleEqual] = 1
	case one:
		v[fMiddleOne] = 1
	}
	return true
}

// matchBodies compares the names of two organizations.
func matchBodies(a, b *summary, v *vector) bool {
	x, y := a.name(), b.name()
	alias := hasAlias(a, y.key) || hasAlias(b, x.key)
	if len(x.words) == 1 && x.key == y.initials() || len(y.words) == 1 && y.key == x.initials() {
		v[fAcronym] = 1
		if alias {
			v[fAcronymAlias] = 1
		}
		return true
	}
	end, beginning := partOf(x.words, y.words)
	if !end && !beginning {
		end, beginning = partOf(y.words, x.words)
	}
	if end || beginning || alias {
		v[fPart] = 1
		if beginning {
			v[fBeginning] = 1
		}
		if alias {
			v[fPartAlias] = 1
		}
		return true
	}
	return false
}

// partOf reports whether x is the end or the beginning of y, and two words or
// more.
func partOf(x, y []string) (end, beginning bool) {
	if len(x) < 2 || len(x) >= len(y) {
		return false, false
	}
	return slices.Equal(x, y[len(y)-len(x):]), slices.Equal(x, y[:len(x)])
}

func hasAlias(s *summary, key string) bool {
	for _, a := range s.aliases {
		if n := bodyName(a.text); n.key == key {
			return true
		}
	}
	return false
}

// year in microseconds.
const year = 365.25 * 24 * 3600 * 1e6

// measure fills v with the measurements of two summaries whose names are
// compatible; the name's own are in v already.
func measure(a, b *summary, c *counts, v *vector) {
	v[fBias] = 1
	x := a.name()
	if a.isPerson() {
		last, given := math.Log1p(float64(c.lasts.count(hash32(x.last)))), 0.0
		if len(x.given) > 1 {
			given = math.Log1p(float64(c.givens.count(hash32(x.given))))
		}
		v[fSurnameCommon], v[fGivenCommon], v[fBothCommon] = last, given, last*given/4
	}
	gap := years(a, b)
	v[fGap] = math.Log1p(gap)
	titles(a, b, gap, v)
	contexts(a, b, c, v)
	outlets(a, b, v)
	ga, ba := a.gender()
	gb, bb := b.gender()
	switch {
	case ga == 0 || gb == 0:
	case ga == gb:
		v[fGenderEqual] = 1
	default:
		v[fGenderDiffers] = float64(1+min(ba, bb)) / 3
	}
	v[fSmaller] = math.Log(float64(max(1, min(a.articles, b.articles))))
	v[fLarger] = math.Log(float64(max(1, a.articles, b.articles)))
	if a.isPerson() != b.isPerson() {
		v[fKindDiffers] = 1
	}
}

// years that lie between the dates of two summaries.
func years(a, b *summary) float64 {
	if a.from == noTime || b.from == noTime {
		return 0
	}
	return float64(max(0, a.from-b.to, b.from-a.to)) / year
}

// titles compares titles by their words.
func titles(a, b *summary, gap float64, v *vector) {
	if len(a.titles) == 0 || len(b.titles) == 0 {
		v[fTitleNone] = 1
		return
	}
	best := 0.0
	for i := range a.titles {
		x := titleWords(a.titles[i].text)
		for k := range b.titles {
			best = max(best, shareOf(x, titleWords(b.titles[k].text)))
		}
	}
	switch {
	case best == 1:
		v[fTitleEqual] = 1
	case best > 0:
		v[fTitleShares] = best
	case gap > 0.5:
		v[fTitleDiffersLater] = 1
	default:
		v[fTitleDiffers] = 1
	}
}

// shareOf is how many of the words of the shorter list the longer has.
func shareOf(x, y []string) float64 {
	if len(x) > len(y) {
		x, y = y, x
	}
	n := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			n++
		}
	}
	if len(x) == 0 {
		return 0
	}
	return float64(n) / float64(len(x))
}

// Short forms of titles, and words that tell no title from another.
var (
	titleForms = map[string]string{
		"sen": "senator", "sens": "senator", "gov": "governor", "rep": "representative", "reps": "representative", "pres": "president",
		"prof": "professor", "dr": "doctor", "atty": "attorney", "gen": "general", "lt": "lieutenant", "col": "colonel", "sgt": "sergeant",
		"capt": "captain", "rev": "reverend", "pm": "prime", "ceo": "executive", "mp": "member", "congressman": "representative",
		"congresswoman": "representative", "spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman", "chair": "chairman",
		"councilwoman": "councilman", "dep": "deputy", "asst": "assistant", "dir": "director", "min": "minister", "secy": "secretary",
	}
	titleFillers = set("former ex then now late the of for and mr mrs ms miss us republican democratic gop r d")
)

// titleWords are the words of a title in one form each.
func titleWords(title string) []string {
	words := fold(title)
	kept := words[:0]
	for _, w := range words {
		if f := titleForms[w]; f != "" {
			w = f
		}
		if !titleFillers[w] {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return words
	}
	return kept
}

// contexts compares the names that stand in the same articles.
func contexts(x, y *summary, c *counts, v *vector) {
	a, b := x.context, y.context
	if len(a) == 0 || len(b) == 0 {
		v[fContextEmpty] = 1
		return
	}
	shared, wa, wb := 0.0, 0.0, 0.0
	dot, na, nb := 0.0, 0.0, 0.0 // of vectors by how often, as well as by how rare
	weight := func(m met) float64 { return math.Sqrt(float64(m.n)) * c.idf(m.hash) }
	for _, m := range a {
		wa += c.idf(m.hash)
		na += weight(m) * weight(m)
	}
	for _, m := range b {
		wb += c.idf(m.hash)
		nb += weight(m) * weight(m)
	}
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i].hash < b[k].hash:
			i++
		case a[i].hash > b[k].hash:
			k++
		default:
			shared += c.idf(a[i].hash)
			dot += weight(a[i]) * weight(b[k])
			i++
			k++
		}
	}
	v[fContextShared] = math.Log1p(shared)
	v[fContextShare] = shared / max(1, min(wa, wb))
	h := &c.company[kindBody]
	if x.isPerson() {
		h = &c.company[kindPerson]
	}
	sx, sy := h.size(x), h.size(y)
	if shared == 0 {
		v[fContextNone] = 1
		v[fContextMissed] = h.missed() * math.Sqrt(min(8, sx)*min(8, sy))
		return
	}
	much := math.Log1p(min(sx, sy))
	alike := dot / math.Sqrt(max(1e-9, na*nb))
	v[fContextAlike] = alike
	v[fContextAlikeMuch] = alike * much
	v[fContextUnlike] = (1 - alike) * much
}

func outlets(a, b *summary, v *vector) {
	if len(a.outlets) == 0 || len(b.outlets) == 0 {
		return
	}
	for _, h := range a.outlets {
		if _, ok := slices.BinarySearch(b.outlets, h); ok {
			v[fOutletShared] = 1
			return
		}
	}
	v[fOutletOther] = 1
}

// contextHash is what stands for a name in the contexts of others: persons go
// by their surname, so that one whom an article knows by it alone counts.
func contextHash(person bool, n *name) uint32 {
	if person {
		return hash32("p:" + n.last)
	}
	return hash32("b:" + n.key)
}

// letters are the first letters under which a given name is looked up: its own
// and those of the names that it stands for.
func letters(given string) string {
	if given == "" {
		return ""
	}
	var b strings.Builder
	seen := map[rune]bool{}
	add := func(s string) {
		if r, _ := utf8.DecodeRuneInString(s); s != "" && !seen[r] {
			seen[r] = true
			b.WriteRune(r)
		}
	}
	add(given)
	for _, f := range formal()[given] {
		add(f)
	}
	return b.String()
}
