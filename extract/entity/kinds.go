package entity

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// Probabilities of a name.
const (
	sureName   = 0.95 // from which on its words leave its kind alone
	surelyBody = 0.9  // of a body's that its first or last word may stand for
	likely     = 0.8  // from which on what the article says of it elsewhere does
	doubtful   = 0.6  // below which a name is as likely of another kind
)

// maxAppos is how far behind a name a noun for what it names may stand.
const maxAppos = 12

// tellKinds gives names of which the labels are not sure the kind that nouns tell:
// the last word of a name of several, Quiet Harbours Act, and a noun that stands
// beside the name anywhere in the article: the newspaper Dagblad; Dagblad, a paper.
func (a *analysis) tellKinds() {
	told := map[string]Kind{}
	keys := make([]string, len(a.names))
	for i := range a.names {
		n := &a.names[i]
		keys[i] = strings.Join(a.nameWords(n), " ")
		tell := func(k int32) {
			if x := a.nounKind(k); x != NoKind && !a.t.words[k].capital {
				told[keys[i]] = x
			}
		}
		head := a.head(n.Tokens)
		if t := &a.d.Tokens[head]; t.Rel == news.RelAppos {
			tell(t.Head)
		}
		for k := n.Tokens.End; k < min(int32(len(a.d.Tokens)), n.Tokens.End+maxAppos); k++ {
			if t := &a.d.Tokens[k]; t.Rel == news.RelAppos && t.Head == head {
				tell(k)
			}
		}
		if k := n.Tokens.First - 1; k > 0 && a.r.lex.Noun[a.low(k)] != "" {
			tell(k)
		}
	}
	for i := range a.names {
		n := &a.names[i]
		if n.Kind > Place {
			continue
		}
		if x := told[keys[i]]; x != NoKind && n.Confidence < likely {
			n.Kind = x
		}
		if k := n.Tokens.End - 1; n.Tokens.Len() > 1 && n.Confidence < sureName && a.capital(k) && a.r.lex.Noun[a.low(k)] != "" {
			n.Kind = a.nounKind(k)
		}
	}
}

// head is the token of r that the tree hangs on one outside of it, or its last.
func (a *analysis) head(r news.TokenRange) int32 {
	for k := r.First; k < r.End; k++ {
		if h := a.d.Tokens[k].Head; h == news.NoHead || !r.Contains(h) {
			return k
		}
	}
	return r.End - 1
}

// nounKind is the kind of thing that a noun is for; NoKind where it tells none.
func (a *analysis) nounKind(i int32) Kind {
	w := a.low(i)
	told := a.r.lex.Noun[w]
	for k := Organization; told != "" && k < numKinds; k++ {
		if told == k.String() {
			return k
		}
	}
	if a.r.lex.Role.Has(w) || a.r.lex.titles(w) {
		return Person
	}
	return NoKind
}

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
		for k := last - 1; k <= last && n.Confidence < likely; k++ {
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
