package shape

import (
	"strings"
	"unicode"
	"unicode/utf8"

	names "github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
)

// Flags of a token.
const (
	isCap      uint16 = 1 << iota // begins with a capital letter
	isAllCaps                     // two letters or more, all capital
	isInitial                     // one capital letter, with or without a point
	isWord                        // holds a letter
	inMarks                       // stands inside quotation marks
	afterBreak                    // begins a sentence, or follows an opening mark, colon or dash
	glued                         // nothing between it and the token before
	newLine                       // first token of its paragraph or line
	isMixed                       // TheBlaze, Future45, @name: a name wherever it stands
)

// tok is what the stage needs to know of a token beside its tag and head.
type tok struct {
	low       string // folded
	lists     list   // the word lists it stands in
	flags     uint16
	word      int32 // number of the folded word in this article
	sent, par int32
}

// is reports whether the token's word stands in one of the lists.
func (t *tok) is(l list) bool { return t.lists&l != 0 }

// is reports whether token i's word stands in one of the lists; false outside
// of the document.
func (a *analysis) is(i int32, l list) bool {
	return i >= 0 && int(i) < len(a.toks) && a.toks[i].lists&l != 0
}

// readWords fills what the letters of each token alone decide.
func (a *analysis) readWords() {
	for i := range a.toks {
		w := a.scratch.word(a.lex, a.doc.Word(int32(i)))
		a.toks[i] = tok{low: w.low, lists: w.lists, flags: w.flags, word: w.folded.number}
		if i > 0 && a.doc.Tokens[i-1].Span.End == a.doc.Tokens[i].Span.Start {
			a.toks[i].flags |= glued
		}
	}
	a.uses = resize(a.scratch.uses, int(a.scratch.numbers))
	a.scratch.uses = a.uses
}

// seen is how the article writes a folded word; no uses when it has none.
func (a *analysis) seen(w string) usage {
	if k := a.scratch.numberOf(w); k >= 0 {
		return a.uses[k]
	}
	return usage{}
}

// seenAt is how the article writes token i's word.
func (a *analysis) seenAt(i int32) usage {
	if i < 0 || int(i) >= len(a.toks) {
		return usage{}
	}
	return a.uses[a.toks[i].word]
}

// analysis is the working memory of one Resolve.
type analysis struct {
	lex     *lexicon
	scratch *scratch
	doc     *news.Document
	toks    []tok

	recognized []names.Name                   // that the recognizer is sure of, in text order
	nameNear   []int32                        // by token: 1 + index into recognized
	likely     map[news.TokenRange]names.Kind // what the recognizer takes for a person's or a body's name, sure or not
	reach      int32                          // the end of the names corrected so far

	sentStart []int32 // first token of each sentence
	headline  []bool  // sentence is written in Title Case or CAPITALS
	uses      []usage // how capitalised and lower-case uses of a word spread

	mentions []mention
	ents     []entity
	alone    map[string]bool // names that stand alone as one word
	index    *index
	tails    map[string]int  // words that end full names, with how often
	surnames map[string]bool // last words of the full names of people, of whom the recognizer is sure
}

// usage counts how a word is written.
type usage struct{ lower, cap, proper int32 }

func newAnalysis(lex *lexicon, s *scratch, d *news.Document) *analysis {
	s.next(len(d.Tokens))
	a := &analysis{lex: lex, scratch: s, doc: d, toks: s.toks, mentions: s.mentions[:0]}
	a.readWords()
	for p, r := range d.Paragraphs {
		on := false
		for i := r.First; i < r.End; i++ {
			a.toks[i].par = int32(p)
			if i == r.First || strings.ContainsAny(d.Text[d.Tokens[i-1].Span.End:d.Tokens[i].Span.Start], "\n\r") {
				a.toks[i].flags |= newLine | afterBreak
			}
			switch a.toks[i].low {
			case "“", "``", "«", "„":
				on = true
			case "”", "»":
				on = false
			case `"`, "''":
				on = !on
			default:
				if on {
					a.toks[i].flags |= inMarks
				}
			}
		}
	}
	for s, r := range d.Sentences {
		a.sentStart = append(a.sentStart, r.First)
		for i := r.First; i < r.End; i++ {
			a.toks[i].sent = int32(s)
			if i == r.First {
				a.toks[i].flags |= afterBreak
			} else if isBreak(a.toks[i-1].low) {
				a.toks[i].flags |= afterBreak
			}
		}
	}
	a.countUses()
	a.findHeadlines()
	return a
}

// isBreak reports whether a capital after w need not mean a name.
func isBreak(w string) bool {
	switch w {
	case "“", "``", "«", "„", `"`, "''", "‘", "'", "`", ":", "—", "–", "--", "-", "•", "*", "…", "...", ".", "!", "?", ")", "|", "·", "(", "[":
		return true
	}
	return false
}

// shape is the flags that the letters of w alone decide.
func shape(w string) (f uint16) {
	r, n := utf8.DecodeRuneInString(w)
	if !unicode.IsLetter(r) && len(w) > n+2 && (r == '@' || r == '‘' || r == '\'' || r == '’' || r == 'ʻ') {
		r, _ = utf8.DecodeRuneInString(w[n:])
	}
	if unicode.IsUpper(r) || unicode.IsTitle(r) {
		f |= isCap
	} else if k := markIn(w); k > 0 && k <= 2 && unicode.IsLetter(r) { // al-Hadidi, d'Arc
		if next, _ := utf8.DecodeRuneInString(strings.TrimLeft(w[k:], "-'’")); unicode.IsUpper(next) {
			f |= isCap
		}
	}
	if len(w) > 3 && w[0] == '@' {
		return isCap | isWord | isMixed
	}
	plain := f == 0
	for i := 0; plain && i < len(w); i++ {
		plain = 'a' <= w[i] && w[i] <= 'z'
	}
	if plain && len(w) > 0 {
		return isWord
	}
	letters, upper := 0, 0
	lower := false
	for _, c := range w {
		if lower && f&isCap != 0 && (unicode.IsUpper(c) || unicode.IsDigit(c)) && len(w) > 4 && !strings.HasPrefix(w, "Mc") && !strings.HasPrefix(w, "Mac") {
			f |= isMixed
		}
		lower = unicode.IsLower(c)
		if unicode.IsLetter(c) {
			letters++
			if unicode.IsUpper(c) {
				upper++
			}
		}
	}
	if letters > 0 {
		f |= isWord
	}
	if letters > 1 && letters == upper {
		f |= isAllCaps
	}
	if letters == 1 && upper == 1 && len(w) <= n+1 {
		f |= isInitial
	}
	return f
}

// markIn is the first hyphen or apostrophe in the first three bytes of w; -1
// for none.
func markIn(w string) int {
	for k := 0; k < len(w) && k < 3; k++ {
		if w[k] == '-' || w[k] == '\'' || strings.HasPrefix(w[k:], "’") {
			return k
		}
	}
	return -1
}

// countUses records, for every word, how often it stands lower-case,
// capitalised in the middle of a sentence, and tagged as a name there.
func (a *analysis) countUses() {
	for i := range a.toks {
		t := &a.toks[i]
		if t.flags&isWord == 0 {
			continue
		}
		if t.flags&isCap != 0 && t.flags&afterBreak != 0 {
			continue
		}
		u := &a.uses[t.word]
		switch {
		case t.flags&isCap == 0:
			u.lower++
		default:
			u.cap++
			if g := a.doc.Tokens[i].Tag; g == news.TagNNP || g == news.TagNNPS {
				u.proper++
			}
		}
	}
}

// findHeadlines marks the sentences where capitals mean nothing: at least
// four words, more than two thirds of the longer ones capitalised.
func (a *analysis) findHeadlines() {
	a.headline = make([]bool, len(a.doc.Sentences))
	for s, r := range a.doc.Sentences {
		long, caps, lower := 0, 0, 0
		for i := r.First; i < r.End; i++ {
			t := &a.toks[i]
			if t.flags&isWord == 0 {
				continue
			}
			if t.flags&isCap == 0 {
				lower++
			}
			if len(t.low) < 4 {
				continue
			}
			long++
			if t.flags&isCap != 0 {
				caps++
			}
		}
		a.headline[s] = long >= 4 && caps*10 >= long*7
		if a.low(r.End-1) == "." { // headings have no full stop; a short sentence about a department has
			a.headline[s] = long >= 4 && caps == long && lower == 0
		}
	}
}

// has reports a flag of token i; false outside of the document.
func (a *analysis) has(i int32, f uint16) bool {
	return i >= 0 && int(i) < len(a.toks) && a.toks[i].flags&f != 0
}

// low is the folded word of token i; empty outside of the document.
func (a *analysis) low(i int32) string {
	if i < 0 || int(i) >= len(a.toks) {
		return ""
	}
	return a.toks[i].low
}

func (a *analysis) tag(i int32) news.Tag {
	if i < 0 || int(i) >= len(a.toks) {
		return news.NoTag
	}
	return a.doc.Tokens[i].Tag
}

// sentence is the token range of the sentence that holds token i.
func (a *analysis) sentence(i int32) news.TokenRange {
	return a.doc.Sentences[a.toks[i].sent]
}

// near reports whether tokens i-1 and i stand in one sentence with no line
// break or wide gap between.
func (a *analysis) near(i int32) bool {
	return i > 0 && int(i) < len(a.toks) && a.toks[i].sent == a.toks[i-1].sent && a.toks[i].flags&newLine == 0
}
