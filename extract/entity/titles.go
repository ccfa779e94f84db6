package entity

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// trim cuts what is no part of it off both ends of a person's name: forms of address
// and offices, ranks, words that the article writes small elsewhere, honours.
func (a *analysis) trim(n *Name) {
	r := &n.Tokens
	r.First = a.behindTitles(*r)
	if r.Len() == 2 && a.r.lex.Title.Has(a.low(r.First)) && slices.ContainsFunc(a.full[a.low(r.First+1)], func(w string) bool { return w != a.low(r.First) }) {
		r.First++ // Dean Kyte, where the article has Rachel Kyte
	}
	for r.Len() > 1 && (!a.t.words[r.First].letters || a.fronts(*r)) {
		r.First++
	}
	for r.Len() > 2 && a.r.lex.Postnominal.Has(a.low(r.End-1)) {
		r.End-- // MP
	}
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

// fronts reports whether the word that begins a name of three words or more stands
// before the name rather than in it: no first name, but the end of an office, Speaker
// of the House; or a word that the article writes small elsewhere, or that opens a
// sentence where the article has the rest by itself.
func (a *analysis) fronts(r news.TokenRange) bool {
	i := r.First
	g := a.r.gazetteer.Word(a.t.words[i].hash)
	if r.Len() < 3 || g&(ListGiven|ListForeign) != 0 {
		return false
	}
	w := &a.t.words[i]
	return a.officeOf(i+1, max(0, i-5)) <= i-2 || g&ListSurname == 0 && (a.t.seen[w.doc].lower > 0 || a.r.lex.Role.Has(a.low(i))) ||
		w.opens && a.t.repeats(i+1, r.End) > 0 // Diver Olga Brandt, where the article has Olga Brandt
}

// sureTitle reports whether token i is an office or form of address and no
// name anywhere.
func (a *analysis) sureTitle(i int32) bool {
	return a.r.lex.titles(a.low(i)) && a.r.gazetteer.Word(a.t.words[i].hash)&(ListGiven|ListForeign|ListSurname) == 0
}

// titleBefore is the offices and forms of address that end at token i. It does not
// begin before floor, or sentence where it is an office of a place named.
func (a *analysis) titleBefore(i, floor, sentence int32) news.TokenRange {
	marked := func(k int32) bool { // Dato'
		return k > floor && (a.low(k) == "'" || a.low(k) == "’") && a.r.lex.titles(a.low(k-1))
	}
	start := i
	for start > floor && (a.r.lex.titles(a.low(start-1)) && (start == i || !a.t.words[start].letters || a.capital(start-1) == a.capital(start)) || marked(start-1)) {
		start--
	}
	if start == i && i > sentence {
		start = a.officeOf(i, sentence)
	}
	if start == i {
		return news.TokenRange{}
	}
	return news.TokenRange{First: start, End: i}
}

// wholeTitle adds to an office before n, name i, the words before it that the tree hangs
// on it or on the name, and the body, place or nationality named right before it:
// former presidential candidate, Vale Trust director.
func (a *analysis) wholeTitle(n *Name, i int, sentence int32) {
	if n.Title.Empty() || n.Title.Len() == 1 && a.r.lex.Address.Has(a.low(n.Title.First)) {
		return
	}
	for k := n.Title.First - 1; k >= sentence; k-- {
		t := &a.d.Tokens[k]
		if i > 0 && a.names[i-1].Tokens.End == k+1 && a.names[i-1].Kind != Person && a.names[i-1].Kind != Other {
			n.Title.First = max(a.names[i-1].Tokens.First, sentence)
			return
		}
		inside := t.Head > k && t.Head < n.Tokens.End
		if !inside || !a.t.words[k].letters || a.r.lex.Time.Has(a.low(k)) || !describes(t.Rel) {
			return
		}
		n.Title.First = k
	}
}

// describes reports a relation of words to the office or name that they stand before.
func describes(r news.Rel) bool {
	return r == news.RelCompound || r == news.RelAmod || r == news.RelFlat || r == news.RelNmodDesc
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
