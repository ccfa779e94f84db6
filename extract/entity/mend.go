package entity

import (
	"strings"
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
	a.tellKinds()
	a.joinNicknames()
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
		for n.Kind != Person && n.Tokens.Len() > 1 && a.sureTitle(n.Tokens.End-1) && a.r.lex.Noun[a.low(n.Tokens.End-1)] == "" {
			n.Tokens.End-- // Melbourne MP
		}
		a.wholeBody(n, a.d.Sentences[s].End)
		end = n.Tokens.End
	}
	a.addEnds()
	a.addAddressed()
	a.addLegal()
	a.asBodies()
	a.addBodyNouns()
}

// maxNickname is how far the name behind a nickname in marks may begin behind the one
// before it: Tanya "Big T" Rowcliffe.
const maxNickname = 5

// joinNicknames makes one name of a given name, a nickname in marks and a surname.
func (a *analysis) joinNicknames() {
	out := a.names[:0]
	for i := 0; i < len(a.names); i++ {
		n := a.names[i]
		for j := i + 1; n.Kind == Person && j < min(len(a.names), i+3); j++ {
			if m := &a.names[j]; m.Kind == Person && m.Tokens.First-n.Tokens.End <= maxNickname && a.nicknamed(n.Tokens.End, m.Tokens.End-1) {
				n.Tokens.End, n.Confidence = m.Tokens.End, min(n.Confidence, m.Confidence)
				i = j
				break
			}
		}
		out = append(out, n)
	}
	a.names = out
}

// nicknamed reports whether words in marks, with no comma or stop among them, begin
// at token i and end before token j of the same sentence.
func (a *analysis) nicknamed(i, j int32) bool {
	if i+2 >= j || a.d.SentenceAt(i-1) != a.d.SentenceAt(j) || !strings.Contains("\"“‘'«", a.d.Word(i)) {
		return false
	}
	k := i + 1
	for k < j && a.capital(k) && a.t.words[k].letters {
		k++
	}
	return k > i+1 && k < j && strings.Contains("\"”’'»", a.d.Word(k))
}

// wholeBody gives a ministry the second of two things that it is for: Ministry of
// Finance and Planning.
func (a *analysis) wholeBody(n *Name, end int32) {
	r := &n.Tokens
	if n.Kind == Organization && r.Len() > 2 && r.End+1 < end && a.r.lex.Twofold.Has(a.low(r.First)) && a.r.lex.Joint.Has(a.low(r.First+1)) &&
		a.r.lex.And.Has(a.low(r.End)) && a.capital(r.End+1) && !(r.End+2 < end && a.capital(r.End+2)) {
		r.End += 2
	}
}
