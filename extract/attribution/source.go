package attribution

import (
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// source is what the words that name a quotation's speaker come to.
type source struct {
	tokens   news.TokenRange
	words    news.Span // the same in bytes
	form     news.MentionForm
	class    coref.Class
	head     int32 // token of the head; -1 without a source
	name     int32 // mention that names the head itself or stands in apposition to it; -1
	mention  int32 // mention of the head when it is a pronoun or description; -1
	sex      int8
	plural   bool
	definite bool
	several  bool    // X and Y
	article  float32 // determiner of a description: 0 none, 1 a, 2 the, 3 a possessive, 4 a number or quantity
	owned    bool    // a possessor stands before the head
	stop     int32   // end of the phrase that the head closes
	first    int32   // first and end of the source without marks at its ends
	last     int32
}

// reader takes sources and cues apart.
type reader struct{ *coref.Article }

// readSource takes a source span apart: the noun phrase up to its first comma,
// preposition, relative or verb holds the head; a name that stands in
// apposition to it names it.
func (a reader) readSource(sp news.Span) source {
	s := source{tokens: a.TokensIn(sp), words: sp, head: -1, name: -1, mention: -1}
	i, end := a.trim(s.tokens)
	s.first, s.last = i, end
	if i >= end {
		return s
	}
	if a.readPronoun(&s, i, end) {
		return s
	}
	if end-i == 1 && a.Has(i, coref.Cap) {
		if c := a.label(i); c != coref.NoClass { // an interview set as Q and A
			s.form, s.class, s.head, s.stop = news.Nominal, c, i, end
			return s
		}
	}
	s.stop = end
	if m := a.shortened(i, end); m >= 0 {
		s.form, s.name, s.head = news.Name, m, i
		return s
	}
	a.readPhrase(&s, i, end)
	if s.form == news.Nominal && (a.runsOver(&s, end) || a.timeAt(s.stop, end)) {
		s.words = a.Doc.Span(news.TokenRange{First: i, End: s.stop})
	}
	return s
}

// maxShortened is the most letters of a name that a label cuts short to them.
const maxShortened = 3

// shortened is a mention of the one person whose name the label [i, end) cuts short
// to its first letters: WP: of Wanda Prosser. -1 for any other source.
func (a reader) shortened(i, end int32) int32 {
	label := a.Low(i)
	if end-i != 1 || !a.Has(i, coref.AllCaps) || utf8.RuneCountInString(label) > maxShortened || a.Low(end) != ":" || a.Toks[min(end, int32(len(a.Toks))-1)].Par != a.Toks[i].Par {
		return -1
	}
	who := int32(-1)
	for id := range a.Entities {
		e := &a.Entities[id]
		if e.Kind != news.Person || e.Head < 0 || len(e.Words) < 2 || !initials(e.Words, label) {
			continue
		}
		if who >= 0 {
			return -1
		}
		who = e.Head
	}
	return who
}

// initials reports whether label is the first letters of words, or of the first and
// the last of them.
func initials(words []string, label string) bool {
	var all []rune
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		all = append(all, r)
	}
	return label == string(all) || label == string([]rune{all[0], all[len(all)-1]})
}

// runsOver reports whether a source goes on behind its noun phrase with a verb and
// the "and" before its cue: a woman hit by the car got up and.
func (a reader) runsOver(s *source, end int32) bool {
	if s.several || a.Tag(end-1) != news.TagCC {
		return false
	}
	for k := s.stop; k < end-1; k++ {
		switch a.Tag(k) {
		case news.TagVBD, news.TagVBZ, news.TagVBP, news.TagMD:
			return true
		}
	}
	return false
}

// trim leaves marks at both ends of a source out.
func (a reader) trim(r news.TokenRange) (i, end int32) {
	i, end = r.First, r.End
	counts := func(k int32) bool {
		g := a.Tag(k)
		return a.Has(k, coref.Word) || g == news.TagCD || a.Low(k) == "%" || a.Low(k) == "."
	}
	for i < end && (!counts(i) || a.Low(i) == ".") {
		i++
	}
	for end > i && (!counts(end-1) || a.Tag(end-1) == news.TagPOS) {
		end--
	}
	return i, end
}

// readPronoun reads a source that is one pronoun, or one word that counts.
func (a reader) readPronoun(s *source, i, end int32) bool {
	m := a.MentionAt(i)
	if m >= 0 && a.Mentions[m].Form == news.Pronoun && (end-i == 1 || a.Tag(i) != news.TagPRPS && a.Mentions[m].Gram != coref.Possessor) {
		mm := &a.Mentions[m]
		s.form, s.class, s.sex, s.plural, s.head, s.definite, s.mention, s.stop = news.Pronoun, mm.Class, mm.Sex, mm.Plural, i, true, m, i+1
		return true
	}
	if end-i != 1 || m >= 0 {
		return false
	}
	switch {
	case a.Is(i, coref.Which):
		s.class = coref.Relative
	case a.Lex.Addressee(a.Low(i)):
		s.class = coref.You
	case a.Is(i, coref.Count|coref.Definite) && a.Tag(i) != news.TagNNP:
		s.class, s.plural = coref.That, a.Is(i, coref.Many)
	default:
		return false
	}
	s.form, s.head, s.stop = news.Pronoun, i, i+1
	return true
}

// step is what one token of a source does to the phrase being read.
type step uint8

const (
	goOn  step = iota
	noun       // may be the head
	joins      // and
	ends       // what follows does not belong to the head's phrase
)

// readPhrase reads the noun phrase [i, end).
func (a reader) readPhrase(s *source, i, end int32) {
	last, cc := int32(-1), int32(-1)
	k := i
scan:
	for k < end {
		if next := a.aside(k, end); next > k {
			k = next
			continue
		}
		if m := a.nameFrom(k, end); m >= 0 {
			last = a.Mentions[m].End - 1
			k = a.Mentions[m].End
			continue
		}
		if a.Tag(k) == news.TagPOS && last == k-1 && last >= 0 && k+1 < end {
			s.definite, s.owned = true, true
			k++
			continue
		}
		switch a.step(k, end, last) {
		case ends:
			break scan
		case joins:
			if cc < 0 && last >= 0 {
				cc = k
			}
		case noun:
			last = k
		}
		k++
	}
	s.stop = k
	if last < 0 {
		last = max(i, k-1)
	}
	s.head = last
	s.several = cc >= 0 && !(last > cc && a.oneOfTwoRoles(cc, last)) || cc < 0 && a.othersFollow(k, end)
	if m := a.NameAt(last); m >= 0 && !s.several {
		s.form, s.name = news.Name, m
		return
	}
	if s.several {
		s.form, s.class, s.plural = news.Nominal, coref.Several, true
		if a.NameAt(last) >= 0 {
			s.form = news.Name
		}
		return
	}
	a.readNominal(s, i, end)
	if !s.plural {
		s.name = a.nameBehind(s, end)
	}
	if s.name >= 0 {
		s.form = news.Name
	}
}

// aside is the token behind an acronym in brackets, or behind words in marks, that
// begin at token k, where a noun goes on behind them: the Coastal Board (CB) chairman,
// "Low Tide" star Ida Moor. k where there is none.
func (a reader) aside(k, end int32) int32 {
	next := k
	switch {
	case a.Low(k) == "(" && a.Has(k+1, coref.AllCaps) && a.Low(k+2) == ")":
		next = k + 3
	case a.Has(k, coref.Quoted) && !a.Has(k-1, coref.Quoted):
		for next < end && a.Has(next, coref.Quoted) {
			next++
		}
		next++
	}
	if next < end && coref.IsNoun(a.Tag(next)) {
		return next
	}
	return k
}

// nameFrom is the name that begins at token k, or whose office does, within a
// source; -1 for none.
func (a reader) nameFrom(k, end int32) int32 {
	m := a.NameAt(k)
	if m < 0 || a.Mentions[m].End > end {
		return -1
	}
	return m
}

// step tells what token k does to a phrase whose last noun stands at last.
func (a reader) step(k, end, last int32) step {
	if last < 0 {
		if g := a.Tag(k); a.headLike(k) && g != news.TagDT && g != news.TagPRPS {
			return noun
		}
		return goOn
	}
	g := a.Tag(k)
	switch {
	case a.timeAt(k, end):
		return ends
	case g == news.TagCC, g == news.TagCOMMA && a.listGoesOn(k, end), g == news.TagLRB && a.bracketInList(k, end) > 0:
		return joins
	case g == news.TagHYPH || a.Low(k) == "-" && a.Has(k, coref.Glued):
		return goOn
	case endsPhrase(g), (g == news.TagVBN || g == news.TagVBG) && last == k-1 && !a.Has(k-1, coref.Cap) && !(k+1 < end && coref.IsNoun(a.Tag(k+1))):
		return ends
	case a.headLike(k):
		return noun
	}
	return goOn
}

// headLike reports whether token k may be the head of a noun phrase.
func (a reader) headLike(k int32) bool {
	g := a.Tag(k)
	return coref.IsNoun(g) || g == news.TagCD || a.Low(k) == "%" || a.Is(k, coref.Role|coref.GroupWord)
}

// endsPhrase reports whether a token of this tag stands behind a noun phrase.
func endsPhrase(g news.Tag) bool {
	switch g {
	case news.TagCOMMA, news.TagLRB, news.TagCOLON, news.TagWP, news.TagWDT, news.TagIN, news.TagTO, news.TagVBD, news.TagVBZ, news.TagVBP, news.TagMD:
		return true
	}
	return false
}

// timeAt reports whether a phrase of time ends the noun phrase at k: the court
// this month.
func (a reader) timeAt(k, end int32) bool {
	if a.Is(k, coref.Late) {
		k++
	}
	if k+1 >= end && a.Is(k, coref.Today) && !a.Has(k, coref.Cap) {
		return true
	}
	return a.Is(k, coref.Near) && a.Is(k+1, coref.Time) && k+2 >= end || k+1 >= end && a.Is(k, coref.Time) && a.Has(k, coref.Cap)
}

// listGoesOn reports whether the comma at k separates items of a list that
// ends in "and": A, B and C.
func (a reader) listGoesOn(k, end int32) bool {
	for n := 0; n < 12 && k+1 < end && a.Low(k) == ","; n++ {
		j := k + 1
		if a.Tag(j) == news.TagCC || a.Is(j, coref.Also) {
			return n > 0 || a.Is(j, coref.Also) || a.Is(j+1, coref.Also) || a.NameAt(j+1) >= 0 && a.NameAt(k-1) >= 0
		}
		m := a.NameAt(j)
		if m < 0 {
			return false
		}
		j = a.Mentions[m].End
		if j < end && a.Low(j) == "(" { // Sens. X (D-Mont.), Y (D-Ohio) and Z
			for j < end && a.Low(j) != ")" {
				j++
			}
			j++
		}
		if j < end && a.Tag(j) == news.TagCC {
			return true
		}
		k = j
	}
	return false
}

// bracketInList is the token after the bracket that opens at k when "and" or a
// comma and a name follow: Sens. X (D-Mont.) and Y. 0 otherwise.
func (a reader) bracketInList(k, end int32) int32 {
	for j := k + 1; j < end && j < k+12; j++ {
		if a.Low(j) != ")" {
			continue
		}
		if j+1 < end && (a.Tag(j+1) == news.TagCC || a.listGoesOn(j+1, end)) {
			return j + 1
		}
		return 0
	}
	return 0
}

// oneOfTwoRoles reports whether "founder and director" is one person: two
// singular roles, the second without a determiner.
func (a reader) oneOfTwoRoles(cc, head int32) bool {
	if a.Tag(cc) != news.TagCC || a.Tag(cc+1) == news.TagDT || a.Tag(cc+1) == news.TagPRPS || a.NameAt(cc-1) >= 0 {
		return false
	}
	singular := a.Tag(cc-1) == news.TagNN || a.Tag(cc-1) == news.TagJJ || a.Tag(cc-1) == news.TagNNP && a.Is(cc-1, coref.Role|coref.Title)
	if a.NameAt(head) >= 0 {
		return singular // adviser to X and director Y
	}
	_, plural := a.SortOf(head, a.Tag(head) == news.TagNNS)
	return singular && !plural
}

// othersFollow reports whether what stands behind the head makes it several:
// X, head of Y, and other scientists.
func (a reader) othersFollow(stop, end int32) bool {
	for k := stop; k+1 < end; k++ {
		if a.Tag(k) == news.TagCC && (k == stop || a.Is(k+1, coref.Also)) {
			return true
		}
	}
	return false
}
