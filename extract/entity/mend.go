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
	begins   map[string]bool     // first words of these
	people   map[string]bool     // these
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

// words are tokens folded, with spaces between.
func (a *analysis) words(r news.TokenRange) string {
	var b strings.Builder
	for i := r.First; i < r.End; i++ {
		b.WriteString(a.low(i))
		b.WriteByte(' ')
	}
	return b.String()
}

func (a *analysis) capital(i int32) bool {
	r, _ := utf8.DecodeRuneInString(a.d.Word(i))
	return unicode.IsUpper(r)
}

// mendNames parts titles from names, and finds names that the labels missed.
func (a *analysis) mendNames() {
	a.joinNicknames()
	a.joinBodies()
	a.joinOf()
	a.spellOut()
	a.asPersons()
	kept := a.names[:0]
	end, s := int32(0), 0 // of the name before, and the sentence
	for i, n := range a.names {
		for a.d.Sentences[s].End <= n.Tokens.First {
			s++
		}
		next := a.d.Sentences[s].End
		if i+1 < len(a.names) {
			next = min(next, a.names[i+1].Tokens.First)
		}
		if n.Kind == Person {
			a.trim(&n)
			if n.Tokens.Empty() {
				continue
			}
			a.addSuffix(&n, next)
			floor := a.d.Sentences[s].First
			n.Title = a.titleBefore(n.Tokens.First, max(end, floor), floor)
			for !n.Title.Empty() && n.Tokens.Len() > 2 && a.r.lex.Honorific.Has(a.low(n.Tokens.First)) {
				n.Tokens.First++ // Dato' Sri
				n.Title.End++
			}
			var before *Name
			if len(kept) > 0 {
				before = &kept[len(kept)-1]
			}
			a.wholeTitle(&n, before, floor)
		}
		for n.Kind != Person && n.Tokens.Len() > 1 && a.sureTitle(n.Tokens.End-1) && !a.r.lex.Body.Has(a.low(n.Tokens.End-1)) {
			n.Tokens.End-- // Melbourne MP
		}
		if n.Kind == Organization && n.Tokens.Len() == 1 && a.sureTitle(n.Tokens.First) {
			continue // the MP
		}
		a.wholeBody(&n, a.d.Sentences[s].End, next)
		end = n.Tokens.End
		kept = append(kept, n)
	}
	a.names = kept
	a.wholeFronts()
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
// not sure and that end or begin with what is surely a person's elsewhere, and
// notes the full names of the article.
func (a *analysis) asPersons() {
	alone := map[string]bool{}
	for i := range a.names {
		if n := &a.names[i]; n.Kind == Person && n.Tokens.Len() == 1 && n.Confidence > 0.85 {
			alone[a.low(n.Tokens.First)] = true
		}
	}
	a.full, a.begins, a.people = map[string][]string{}, map[string]bool{}, map[string]bool{}
	for i := range a.names {
		n := &a.names[i]
		if n.Tokens.Len() < 2 {
			continue
		}
		if n.Confidence < 0.8 && a.holds(n, alone) {
			n.Kind = Person
		}
		if n.Kind == Person && a.t.words[n.Tokens.First].style == plain {
			a.full[a.low(n.Tokens.End-1)] = append(a.full[a.low(n.Tokens.End-1)], a.low(n.Tokens.End-2))
			a.begins[a.low(n.Tokens.First)] = true
			a.people[a.words(n.Tokens)] = true
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

// holds reports whether a name ends or begins with one of the words, offices
// aside, or has one in it that is no place's.
func (a *analysis) holds(n *Name, words map[string]bool) bool {
	last := n.Tokens.End - 1
	for k := n.Tokens.First; k <= last; k++ {
		if !words[a.low(k)] || a.sureTitle(k) {
			continue
		}
		if k >= last-1 || a.r.gazetteer.Word(a.t.words[k].hash)&(ListCountry|ListCity) == 0 && !a.r.lex.Body.Has(a.low(last)) {
			return true
		}
	}
	return false
}

// joinNicknames makes one name of a given name, a nickname in marks and a
// surname: Tanya "Big T" Rowcliffe.
func (a *analysis) joinNicknames() {
	out := a.names[:0]
	for i := 0; i < len(a.names); i++ {
		n := a.names[i]
		for j := i + 1; n.Kind == Person && j < min(len(a.names), i+3); j++ {
			m := &a.names[j]
			if m.Kind == Person && m.Tokens.First-n.Tokens.End <= 5 && a.inMarks(n.Tokens.End, m.Tokens.First) {
				n.Tokens.End = m.Tokens.End
				n.Confidence = min(n.Confidence, m.Confidence)
				i = j
				break
			}
		}
		out = append(out, n)
	}
	a.names = out
}

// wholeBody makes the name of a body whole: what it is of or for up to the last
// capital that no other name has, with the legal form that follows it,
// and with the second of two things that a ministry is for.
func (a *analysis) wholeBody(n *Name, end, next int32) {
	r := &n.Tokens
	if n.Kind == Organization && r.Len() > 2 && a.r.lex.Of.Has(a.low(r.First+1)) {
		for r.End < next && a.capital(r.End) && !a.t.words[r.End].opens && a.partOfTitle(r.End) {
			r.End++ // Assembly of Coastal Peoples
		}
	}
	if r.End < end && a.r.lex.Legal.Has(a.low(r.End)) && (a.capital(r.End) || a.r.lex.Small.Has(a.low(r.End))) && n.Kind != Nationality {
		r.End++
		n.Kind = Organization
		n.Title = news.TokenRange{}
	}
	if n.Kind == Organization && r.Len() > 2 && r.End+1 < end && a.r.lex.Twofold.Has(a.low(r.First)) && a.r.lex.Joint.Has(a.low(r.First+1)) &&
		a.r.lex.And.Has(a.low(r.End)) && a.capital(r.End+1) && !(r.End+2 < end && a.capital(r.End+2)) {
		r.End += 2
	}
}

// joinBodies makes a body's name of a person's that goes on with capitalised
// words up to one that ends such names: Thomas Reed University.
func (a *analysis) joinBodies() {
	out := a.names[:0]
	for i := 0; i < len(a.names); i++ {
		n := a.names[i]
		if end := a.bodyAfter(n.Tokens.End); n.Kind == Person && end > 0 {
			n.Kind, n.Tokens.End = Organization, end
			if k := len(out) - 1; k >= 0 && out[k].Tokens.End == n.Tokens.First-1 && a.r.lex.And.Has(a.low(out[k].Tokens.End)) && a.r.lex.Article.Has(a.low(out[k].Tokens.First-1)) {
				n.Tokens.First = out[k].Tokens.First // the Reed and Thomas Holt Foundation
				out = out[:k]
			}
			for i+1 < len(a.names) && a.names[i+1].Tokens.First < end {
				i++
			}
		}
		out = append(out, n)
	}
	a.names = out
}

// bodyAfter is the end of at most four capitalised words that begin at token i
// and end with the word that ends a body's name; 0 where there are none.
func (a *analysis) bodyAfter(i int32) int32 {
	if i == 0 {
		return 0
	}
	for k := i; k < min(i+4, int32(len(a.d.Tokens))); k++ {
		w := &a.t.words[k]
		if !w.capital || w.opens || w.style != plain || !w.letters {
			return 0
		}
		if a.r.lex.Body.Has(a.low(k)) && !(int(k)+1 < len(a.d.Tokens) && a.t.words[k+1].capital && !a.t.words[k+1].opens) {
			return k + 1
		}
	}
	return 0
}

// wholeFronts gives names of bodies the capitalised word before them that no
// name has; at the start of a sentence only where the article has it so inside
// another one too.
func (a *analysis) wholeFronts() {
	known := map[string]bool{}
	for _, opens := range []bool{false, true} {
		end := int32(0)
		for i := range a.names {
			n := &a.names[i]
			k := n.Tokens.First - 1
			front := n.Kind == Organization && k >= end && a.partOfTitle(k) && a.capital(k) && a.t.words[k].style == plain && !a.t.words[n.Tokens.First].opens
			end = n.Tokens.End
			if !front || a.r.lex.titles(a.low(k)) || a.t.words[k].opens != opens {
				continue
			}
			key := a.low(k) + " " + strings.Join(a.nameWords(n), " ")
			if !opens {
				known[key] = true
			}
			if known[key] {
				n.Tokens.First = k
			}
		}
	}
}

// joinOf makes one name of two bodies' with "of" or "for" between them: Court of
// Appeals for the Sixth Circuit. In world news people mark 244
// of 257 such names as one.
func (a *analysis) joinOf() {
	out := a.names[:0]
	for i := 0; i < len(a.names); i++ {
		n := a.names[i]
		k := n.Tokens.End
		if n.Kind == Organization && int(k)+2 < len(a.d.Tokens) && a.r.lex.Of.Has(a.low(k)) {
			if k++; a.r.lex.Article.Has(a.low(k)) {
				k++
			}
			if i+1 < len(a.names) && a.names[i+1].Tokens.First == k && a.names[i+1].Kind == Organization {
				n.Tokens.End = a.names[i+1].Tokens.End
				i++
			}
		}
		out = append(out, n)
	}
	a.names = out
}

// inMarks reports whether tokens [i, j) are one to three words in quotation
// marks or brackets, the first with a capital.
func (a *analysis) inMarks(i, j int32) bool {
	if j-i < 3 || !a.capital(i+1) || a.d.Tokens[i].Span.End != a.d.Tokens[i+1].Span.Start {
		return false
	}
	switch a.low(i) {
	case `"`, "“", "'", "‘", "``", "(", "«":
	default:
		return false
	}
	switch a.low(j - 1) {
	case `"`, "”", "'", "’", "''", ")", "»":
		return true
	}
	return false
}
