package entity

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// trim cuts what is no part of it off both ends of a person's name: forms of
// address and offices, ranks, places, and words that the article writes small
// elsewhere.
func (a *analysis) trim(n *Name) {
	r := &n.Tokens
	if first := a.behindTitles(*r); first > r.First {
		r.First = first
		if r.Len() > 1 {
			n.Confidence = max(n.Confidence, sureName)
		}
	}
	if r.Len() == 2 && a.r.lex.Title.Has(a.low(r.First)) && slices.ContainsFunc(a.full[a.low(r.First+1)], func(w string) bool { return w != a.low(r.First) }) {
		r.First++ // Dean Kyte, where the article has Rachel Kyte
	}
	if a.opener(*r) {
		r.First++ // Diver Olga Brandt, whom the article calls Olga Brandt
	}
	for r.Len() > 1 && a.headlined(*r) {
		r.First++ // Corners Reed, where the article has Tom Reed
	}
	for r.Len() > 1 && (!a.t.words[r.First].letters || a.fronts(*r)) {
		r.First++
	}
	for r.Len() > 2 && (a.sureTitle(r.End-1) || a.r.lex.Postnominal.Has(a.low(r.End-1))) {
		r.End--
		for r.Len() > 2 && (!a.t.words[r.End-1].letters || !hasLower(a.t.words[r.End-1].shape) && len(a.low(r.End-1)) > 2 && hasLower(a.t.words[r.First].shape)) {
			r.End-- // WHX of "Ilse Okonkwo WHX Director"
		}
	}
	if r.Len() == 1 && (a.sureTitle(r.First) || a.r.lex.Address.Has(a.low(r.First))) {
		r.End = r.First // an office alone
	}
}

// opener reports whether the first word of a person's name opens a sentence, is no
// first name, and the article has the rest as somebody's full name.
func (a *analysis) opener(r news.TokenRange) bool {
	rest := news.TokenRange{First: r.First + 1, End: r.End}
	return rest.Len() > 1 && a.t.words[r.First].opens && !a.isGiven(a.low(r.First)) && a.people[a.words(rest)]
}

// headlined reports whether the first word of a person's name in a headline is the
// headline's: no first name and not the first word of a name in a sentence, while
// the article has other full names with this surname.
func (a *analysis) headlined(r news.TokenRange) bool {
	w := a.low(r.First)
	if a.t.words[r.First].style == plain || a.isGiven(w) || a.begins[w] {
		return false
	}
	return len(a.full[a.low(r.End-1)]) > 0
}

// behindTitles is where a person's name begins behind the offices, honours and
// ranks that the labels left in it, with words that are no first names among
// them: Crown Prince, Pol Col.
func (a *analysis) behindTitles(r news.TokenRange) int32 {
	first, given := r.First, false
	for k := r.First; k < min(r.First+4, r.End-1); k++ {
		switch {
		case !a.t.words[k].letters:
			return first
		case a.sureTitle(k) || !given && a.r.lex.Rank.Has(a.low(k)):
			first = k + 1
		case k == r.First && k > 0 && a.spaced(k-1):
			first = k + 1
		case a.spaced(k) && k+2 < r.End:
			first = k + 2
			k++
		default:
			given = given || a.r.gazetteer.Word(a.t.words[k].hash)&(ListGiven|ListForeign) != 0
		}
	}
	return first
}

// spaced reports whether tokens i and i+1 are an honour's initials set apart: H E.
func (a *analysis) spaced(i int32) bool {
	v, w := strings.Trim(a.low(i), "."), strings.Trim(a.low(i+1), ".")
	return len(v) == 1 && len(w) == 1 && a.r.lex.Honorific.Has(v+"."+w+".")
}

// fronts reports whether the word that begins a name stands before the name rather
// than in it: no first name, but the end of an office, Speaker of the House; a
// country, before a first name or initial; or, of three words or more, one that the
// article writes small elsewhere.
func (a *analysis) fronts(r news.TokenRange) bool {
	i := r.First
	g := a.r.gazetteer.Word(a.t.words[i].hash)
	next := a.r.gazetteer.Word(a.t.words[i+1].hash)&(ListGiven|ListForeign) != 0 || strings.IndexByte(a.low(i+1), '.') == 1
	switch {
	case g&(ListGiven|ListForeign) != 0:
		return false
	case g&ListCountry != 0 && next && (r.Len() > 2 || a.low(i + 1)[1:] != "."):
		return true
	case r.Len() < 3:
		return false
	}
	return a.officeOf(i+1, max(0, i-5)) <= i-2 || g&ListSurname == 0 && (a.t.seen[a.t.words[i].doc].lower > 0 || a.r.lex.Role.Has(a.low(i)))
}

// addSuffix gives a person's name of several words what tells generations apart:
// Jr., II; with or without a comma.
func (a *analysis) addSuffix(n *Name, end int32) {
	k := n.Tokens.End
	if k < end && a.d.Tokens[k].Tag == news.TagCOMMA {
		k++
	}
	if k < end && a.capital(k) && a.r.lex.Suffix.Has(a.low(k)) && !a.r.lex.Postnominal.Has(a.low(k)) {
		n.Tokens.End = k + 1
	}
}

// sureTitle reports whether token i is an office or form of address and no
// name anywhere.
func (a *analysis) sureTitle(i int32) bool {
	return a.r.lex.titles(a.low(i)) && a.r.gazetteer.Word(a.t.words[i].hash)&(ListGiven|ListForeign|ListSurname) == 0
}

// titleBefore is the office or form of address that ends at token i: offices
// and forms of address, with the capitalised words before them and "of" and
// "for" between them. It does not begin before floor, or sentence where it is an
// office of a place named.
func (a *analysis) titleBefore(i, floor, sentence int32) news.TokenRange {
	none := news.TokenRange{}
	k := i - 1
	if k < sentence {
		return none
	}
	start := i
	if k > floor && (a.low(k) == "'" || a.low(k) == "’") && a.r.lex.titles(a.low(k-1)) {
		k-- // Dato'
	}
	if k >= floor && a.r.lex.titles(a.low(k)) {
		start = k
	} else if start = a.officeOf(i, sentence); start == i {
		return none
	}
	upper := a.capital(start)
	for start > floor {
		w := a.low(start - 1)
		switch {
		case a.r.lex.titles(w) && a.capital(start-1) == upper:
		case (w == "'" || w == "’") && start-1 > floor && a.r.lex.titles(a.low(start-2)):
		case upper && a.capital(start-1) && a.partOfTitle(start-1):
		case upper && a.r.lex.Joint.Has(w) && start-1 > floor && a.capital(start-2) && a.partOfTitle(start-2):
		default:
			return news.TokenRange{First: start, End: i}
		}
		start--
	}
	return news.TokenRange{First: start, End: i}
}

// wholeTitle adds to an office before a name the words before it that the tree hangs
// on it or on the name, and the body, place or nationality named right before it:
// former presidential candidate, Vale Trust director.
func (a *analysis) wholeTitle(n *Name, before *Name, sentence int32) {
	if n.Title.Empty() || n.Title.Len() == 1 && a.r.lex.Address.Has(a.low(n.Title.First)) {
		return
	}
	for k := n.Title.First - 1; k >= sentence; k-- {
		t := &a.d.Tokens[k]
		if before != nil && before.Tokens.End == k+1 && before.Kind != Person && before.Kind != Other {
			n.Title.First = max(before.Tokens.First, sentence)
			return
		}
		inside := t.Head > k && t.Head < n.Tokens.End
		if !inside || !a.partOfTitle(k) || a.r.lex.Time.Has(a.low(k)) || !describes(t.Rel) {
			return
		}
		n.Title.First = k
	}
}

// describes reports a relation of words to the office or name that they stand before.
func describes(r news.Rel) bool {
	return r == news.RelCompound || r == news.RelAmod || r == news.RelFlat || r == news.RelNmodDesc
}

// partOfTitle reports whether a capitalised word may stand in an office: Foreign
// Secretary, Deputy Prime Minister.
func (a *analysis) partOfTitle(i int32) bool {
	switch a.d.Tokens[i].Tag {
	case news.TagNNP, news.TagNNPS, news.TagNN, news.TagNNS, news.TagJJ, news.TagVBG:
		return a.t.words[i].letters
	}
	return false
}

// officeOf is where an office like Secretary of State begins whose last word is
// right before token i; i where there is none.
func (a *analysis) officeOf(i, floor int32) int32 {
	of := false
	for k := i - 1; k >= max(floor, i-6); k-- {
		w := a.low(k)
		switch {
		case of && a.capital(k) && a.r.lex.titles(w):
			return k
		case a.capital(k):
		case a.r.lex.Of.Has(w):
			of = true
		case of && a.r.lex.Joint.Has(w), a.r.lex.Article.Has(w) && a.r.lex.Of.Has(a.low(k-1)):
		default:
			return i
		}
	}
	return i
}
