package entity

import (
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// analysis is one article on its way from labels to entities.
type analysis struct {
	r        *Recognizer
	d        *news.Document
	t        *text
	names    []Name
	entities []Entity
	folded   []string            // words of the article, folded; filled when asked for
	full     map[string][]string // last words of people's full names in sentences, with the words before them
}

// low is token i folded; empty outside of the article.
func (a *analysis) low(i int32) string {
	if i < 0 || int(i) >= len(a.d.Tokens) {
		return ""
	}
	if a.folded == nil {
		a.folded = make([]string, len(a.d.Tokens))
	}
	if a.folded[i] == "" {
		a.folded[i] = fold(a.d.Word(i))
	}
	return a.folded[i]
}

func (a *analysis) capital(i int32) bool {
	r, _ := utf8.DecodeRuneInString(a.d.Word(i))
	return unicode.IsUpper(r)
}

// mendNames parts titles from names, and finds names that the labels missed.
func (a *analysis) mendNames() {
	a.spellOut()
	a.asPersons()
	end, s := int32(0), 0 // of the name before, and the sentence
	for i := range a.names {
		n := &a.names[i]
		for a.d.Sentences[s].End <= n.Tokens.First {
			s++
		}
		if n.Kind == Person {
			a.trim(n)
			floor := a.d.Sentences[s].First
			n.Title = a.titleBefore(n.Tokens.First, max(end, floor), floor)
			for !n.Title.Empty() && n.Tokens.Len() > 2 && a.r.lex.Honorific.Has(a.low(n.Tokens.First)) {
				n.Tokens.First++ // Dato' Sri
				n.Title.End++
			}
			a.wholeTitle(n, i, floor)
		}
		for n.Kind != Person && n.Tokens.Len() > 1 && a.sureTitle(n.Tokens.End-1) && !a.r.lex.Body.Has(a.low(n.Tokens.End-1)) {
			n.Tokens.End-- // Melbourne MP
		}
		a.wholeBody(n, a.d.Sentences[s].End)
		end = n.Tokens.End
	}
	a.addSurnames()
	a.addAddressed()
	a.addShortBodies()
	a.addLegal()
	a.asBodies()
	a.addBodyNouns()
}

// sureName is the probability of a name that the article confirms.
const sureName = 0.95

// asPersons makes people of names of several words about which the labels are
// not sure and that end with what is surely a person's elsewhere, or have it before
// their last word, and notes the full names of the article.
func (a *analysis) asPersons() {
	alone := map[string]bool{}
	for i := range a.names {
		if n := &a.names[i]; n.Kind == Person && n.Tokens.Len() == 1 && n.Confidence > 0.85 {
			alone[a.low(n.Tokens.First)] = true
		}
	}
	a.full = map[string][]string{}
	for i := range a.names {
		n := &a.names[i]
		last := n.Tokens.End - 1
		if last == n.Tokens.First {
			continue
		}
		for k := last - 1; k <= last && n.Confidence < 0.8; k++ {
			if alone[a.low(k)] && !a.sureTitle(k) {
				n.Kind = Person
			}
		}
		if n.Kind == Person && a.t.words[n.Tokens.First].style == plain {
			a.full[a.low(last)] = append(a.full[a.low(last)], a.low(last-1))
		}
	}
}

// asBodies makes bodies of what the labels take for people's names: without being
// sure, and behind "the"; or a single word that begins the name of a body, where the
// article has nobody of that surname: Dunnock of Dunnock Energy.
func (a *analysis) asBodies() {
	begins := map[string]bool{}
	for i := range a.names {
		if n := &a.names[i]; n.Kind == Organization && n.Tokens.Len() > 1 && n.Confidence >= surelyBody {
			begins[a.low(n.Tokens.First)] = true
		}
	}
	for i := range a.names {
		n := &a.names[i]
		w := a.low(n.Tokens.First)
		if n.Kind == Person && n.Confidence < doubtful && n.Title.Empty() && a.r.lex.Article.Has(a.low(n.Tokens.First-1)) {
			n.Kind = Organization
		}
		if n.Kind == Person && n.Tokens.Len() == 1 && begins[w] && a.full[w] == nil && !a.r.lex.titles(a.low(n.Tokens.First-1)) && !a.isGiven(w) {
			n.Kind = Organization
		}
	}
}

// doubtful is the probability below which a name is as likely of another kind.
const doubtful = 0.6

// surelyBody is the probability of a body's name that its first word may stand for.
const surelyBody = 0.9

// wholeBody gives a ministry the second of two things that it is for: Ministry of
// Finance and Planning.
func (a *analysis) wholeBody(n *Name, end int32) {
	r := &n.Tokens
	if n.Kind == Organization && r.Len() > 2 && r.End+1 < end && a.r.lex.Twofold.Has(a.low(r.First)) && a.r.lex.Joint.Has(a.low(r.First+1)) &&
		a.r.lex.And.Has(a.low(r.End)) && a.capital(r.End+1) && !(r.End+2 < end && a.capital(r.End+2)) {
		r.End += 2
	}
}
