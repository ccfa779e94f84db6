// Package marks pairs the quotation marks of a document.
//
// In go a document with tokens, which needs no tags, and a few words of its
// language, which may be none (Words); out come Marks: the quotations in order,
// nested, with the innermost one of every token. Nothing of the document is
// changed, and no text makes it fail. How: no mark is judged by what it ought to
// be alone, but by the side its word is on, by what is open, and by what could
// still close it.
//
//   - A mark with space before and a word after opens; with a word before and
//     space or punctuation after it closes; in between, a straight mark does
//     what the state asks for and a curly one what its side says.
//   - A mark that opens while a quotation is open is nested, if enough closing
//     marks follow in the paragraph for both; else the quotation before it has
//     lost its closing mark, and ends where narration begins (", she said.")
//     or before the new one.
//   - No quotation leaves its paragraph. One that is open at the end of the
//     paragraph goes on in the next, if that begins with an opening mark, or
//     if a closing mark without an opening one follows after few paragraphs
//     that have no marks at all; else it is unclosed.
//   - Single marks are paired within the double quotation they stand in, or
//     outside of all. ’ after a word closes when punctuation stands before it;
//     after a plural's s it closes when punctuation or a function word follows
//     and may be a possessive otherwise, decided by whether a better closing
//     mark follows.
//   - An inch or second after a digit is a mark only if it is needed as one.
//
// Ties: the first mark that may close does, and of two styles as frequent the
// one earlier in the list of styles is the main one. Limits: four levels
// (maxNesting), twelve paragraphs without a mark inside a quotation (maxGap).
// Time and memory are linear in the number of tokens.
package marks

import (
	"github.com/whosaid/whosaid/extract/news"
)

// Style is the kind of character that opens a quotation.
type Style uint8

// The styles. Single covers ‘…’ and '…'; the others are one family, whose
// openings and closings are typed one for another often enough that any of
// them may close any other.
const (
	NoStyle    Style = iota
	Straight         // "…", and its HTML entity
	Curly            // “…”, also „…“ and ‘‘…’’
	Wire             // ``…'' and ''…''
	Guillemets       // «…», »…«, ‹…›
	Single           // ‘…’ and '…'
)

// Role is what a token does as a quotation mark.
type Role uint8

// The roles. An apostrophe, a prime, an inch and a stray mark have none.
const (
	NoRole Role = iota
	Opens
	Closes
)

// Quotation is a stretch of one paragraph between two marks, or from an
// opening mark that is never closed.
type Quotation struct {
	// Open and Close are the token indexes of the marks. Close is -1 where no
	// mark closes the quotation in its paragraph.
	Open, Close int32
	// Words are the tokens between the marks; it may be empty.
	Words news.TokenRange
	// Span is the bytes of marks and words, as gold has a quotation's content.
	Span news.Span
	// Style is that of the opening mark.
	Style Style
	// Level is 0 outside of every other quotation, 1 inside one, and so on;
	// Parent is the index of the quotation around this one, -1 at level 0.
	Level, Parent int32
	// Group is the index of the first of the paragraphs' quotations that make
	// one statement, this one included; -1 for a quotation of one paragraph.
	Group int32
	// Continues tells that the next paragraph goes on with this quotation, so
	// that a missing closing mark is no damage.
	Continues bool
}

// Tokens is the quotation's tokens, its marks included.
func (q *Quotation) Tokens() news.TokenRange {
	r := q.Words
	if q.Open >= 0 {
		r.First = q.Open
	}
	if q.Close >= 0 {
		r.End = q.Close + 1
	}
	return r
}

// Unclosed reports whether a closing mark is missing.
func (q *Quotation) Unclosed() bool { return q.Close < 0 && !q.Continues }

// Marks is a document's quotation marks, paired.
type Marks struct {
	// Quotations are in text order of their opening marks, so an outer one
	// comes before those inside it.
	Quotations []Quotation
	// Inside has an entry for every token: the index into Quotations of the
	// innermost one that holds it, its own marks included; -1 outside.
	Inside []int32
	// Role has an entry for every token.
	Role []Role
	// Main is the style of most quotations at level 0; NoStyle without any.
	Main Style
}

// Outermost is the index of the level 0 quotation that holds token i, or -1.
func (m *Marks) Outermost(i int32) int32 {
	k := m.Inside[i]
	for k >= 0 && m.Quotations[k].Parent >= 0 {
		k = m.Quotations[k].Parent
	}
	return k
}

// Pair pairs the quotation marks of d, which needs tokens but no tags; w is what
// is known of its language.
func Pair(d *news.Document, w *Words) Marks {
	p := pairer{
		words: w,
		d:     d,
		marks: Marks{Inside: make([]int32, len(d.Tokens)), Role: make([]Role, len(d.Tokens))},
	}
	for i := range p.marks.Inside {
		p.marks.Inside[i] = -1
	}
	p.classify()
	p.chooseMain()
	carried := carry{double: -1, single: -1}
	for k, r := range d.Paragraphs {
		p.paragraph(r, k, &carried)
	}
	p.finish()
	return p.marks
}
