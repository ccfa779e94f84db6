package entity

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// Bounds of what an acronym in brackets stands for.
const (
	minAcronym = 3 // letters
	maxAcronym = 8
)

// spellOut makes a body's name of the words before an acronym in brackets that it
// is the initials of: Washington Office on Latin America (WOLA). Small words may
// have no letter in it. The method is Schwartz and Hearst's, A simple algorithm for
// identifying abbreviation definitions in biomedical text, 2003.
func (a *analysis) spellOut() {
	for i := int32(1); int(i)+2 < len(a.d.Tokens); i++ {
		if a.low(i) != "(" || a.low(i+2) != ")" {
			continue
		}
		w := a.d.Word(i + 1)
		if !acronym(w) {
			continue
		}
		if first := a.spelled(w, i); first < i {
			a.replace(Name{Tokens: news.TokenRange{First: first, End: i}, Kind: Organization, Confidence: sureName, Entity: -1})
			a.replace(Name{Tokens: news.TokenRange{First: i + 1, End: i + 2}, Kind: Organization, Confidence: sureName, Entity: -1})
		}
	}
}

// acronym reports whether a word is a few capital letters.
func acronym(w string) bool {
	for _, r := range w {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	n := utf8.RuneCountInString(w)
	return n >= minAcronym && n <= maxAcronym
}

// spelled is the first of the tokens before end whose initials are w; end where
// there are none.
func (a *analysis) spelled(w string, end int32) int32 {
	letters := []rune(w)
	floor := max(a.d.Sentences[a.d.SentenceAt(end)].First, end-2*int32(len(letters)))
	if k := a.initialsBefore(letters, end-1, floor); k >= 0 && end-k > 1 {
		return k
	}
	return end
}

// initialsBefore is the first of the tokens up to last that have the letters as
// initials; small words may be without. It is -1 where there are none.
func (a *analysis) initialsBefore(letters []rune, last, floor int32) int32 {
	if last < floor || !a.t.words[last].letters {
		return -1
	}
	if a.t.small(last) {
		if k := a.initialsBefore(letters, last-1, floor); k >= 0 {
			return k
		}
	} else if !a.capital(last) {
		return -1
	}
	r, _ := utf8.DecodeRuneInString(a.d.Word(last))
	n := len(letters) - 1
	switch {
	case unicode.ToUpper(r) != letters[n]:
		return -1
	case n > 0:
		return a.initialsBefore(letters[:n], last-1, floor)
	case a.capital(last):
		return last
	}
	return -1
}

// replace puts n in the place of the names that share tokens with it, unless it is
// there already.
func (a *analysis) replace(n Name) {
	from, _ := slices.BinarySearchFunc(a.names, n.Tokens.First, func(x Name, t int32) int {
		if x.Tokens.End <= t {
			return -1
		}
		return 1
	})
	to := from
	for to < len(a.names) && a.names[to].Tokens.First < n.Tokens.End {
		to++
	}
	for _, x := range a.names[from:to] {
		if x.Kind == Other {
			n.Kind = Other // Quiet Harbours Act (QHA)
		}
	}
	if to == from+1 && a.names[from].Tokens == n.Tokens {
		a.names[from].Kind = n.Kind
		return
	}
	a.names = slices.Replace(a.names, from, to, n)
}
