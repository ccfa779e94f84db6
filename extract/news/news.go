// Package news holds the types that every stage of whosaid speaks: the
// article that comes in, the document that the stages annotate, and the
// quotations, mentions, entities and attributions that go out.
//
// It depends on the standard library alone, does no work beyond small methods
// on its types, and performs no I/O. Each stage adds its own layer to a
// Document and never edits an earlier one:
//
//	read      Article
//	tokenize  Document.Text, Paragraphs, Sentences, Tokens (spans)
//	          Token.Tag, Head, Rel (syntax, part of the tokenize stage's time)
//	detect    Quote
//	attribute Mention, Entity, Attribution
//
// All offsets are half-open ranges of bytes of Document.Text, which is valid
// UTF-8 and never rewritten once the reader has fixed it. Token indexes are
// another type (TokenRange), so that the two cannot be confused.
package news

import (
	"sort"
	"time"
)

// Span is a half-open range of bytes of Document.Text. The zero Span is empty
// and stands for "none".
type Span struct{ Start, End int32 }

// Empty reports whether s holds no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// Len is the number of bytes in s.
func (s Span) Len() int { return int(s.End - s.Start) }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Of slices text to the words of s.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// TokenRange is a half-open range of indexes into Document.Tokens.
type TokenRange struct{ First, End int32 }

// Empty reports whether r holds no token.
func (r TokenRange) Empty() bool { return r.End <= r.First }

// Len is the number of tokens in r.
func (r TokenRange) Len() int { return int(r.End - r.First) }

// Contains reports whether token index i lies in r.
func (r TokenRange) Contains(i int32) bool { return r.First <= i && i < r.End }

// Origin tells where an article came from.
type Origin struct {
	Path   string // the input file, as the user named it; "-" for standard input
	Record int64  // 0-based record of the file, or byte offset for WARC
}

// Article is one article as a reader delivers it: text decoded to valid
// UTF-8 and fixed from here on.
type Article struct {
	ID        string // the input's own id; empty where it names none
	URL       string
	Title     string
	Outlet    string
	Authors   []string
	Published time.Time // UTC; zero where unknown
	// DateUnread is the date as the input has it, where it could not be read.
	DateUnread string
	Language   string   // ISO 639-1, empty where unknown
	Body       string   // becomes Document.Text unchanged
	Repairs    []string // what the reader mended in Body; each name once
	Origin     Origin
}

// Token is one token with its place and, once the syntax stage has run, its
// part of speech and its head.
type Token struct {
	Span Span
	Head int32 // index into Document.Tokens; NoHead for the root of a sentence
	Tag  Tag   // Penn Treebank part of speech
	Rel  Rel   // relation to Head, Universal Dependencies v2
}

// NoHead is the Head of a sentence's root and of a token not yet parsed.
const NoHead int32 = -1

// Document is an article under analysis. Paragraphs and Sentences partition
// Tokens in order; a sentence never crosses a paragraph.
type Document struct {
	Article    *Article
	Text       string // Article.Body, the string every Span slices
	Paragraphs []TokenRange
	Sentences  []TokenRange
	Tokens     []Token
}

// Word is the text of token i.
func (d *Document) Word(i int32) string { return d.Tokens[i].Span.Of(d.Text) }

// ParagraphAt is the index of the paragraph that holds token i; len(Paragraphs)
// for a token behind all.
func (d *Document) ParagraphAt(i int32) int { return rangeAt(d.Paragraphs, i) }

// SentenceAt is the index of the sentence that holds token i; len(Sentences) for
// a token behind all.
func (d *Document) SentenceAt(i int32) int { return rangeAt(d.Sentences, i) }

// rangeAt is the index of the first of ranges, in text order, that ends behind
// token i.
func rangeAt(ranges []TokenRange, i int32) int {
	return sort.Search(len(ranges), func(k int) bool { return ranges[k].End > i })
}

// TokensOf is the tokens that s reaches into: for spans that come from elsewhere,
// as gold does. What a stage finds carries its tokens.
func (d *Document) TokensOf(s Span) TokenRange {
	if s.Empty() {
		return TokenRange{}
	}
	first := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Span.End > s.Start })
	end := first + sort.Search(len(d.Tokens)-first, func(i int) bool { return d.Tokens[first+i].Span.Start >= s.End })
	if first == end {
		return TokenRange{}
	}
	return TokenRange{int32(first), int32(end)}
}

// Span is the bytes from the first to the last token of r; the zero Span when
// r is empty.
func (d *Document) Span(r TokenRange) Span {
	if r.Empty() {
		return Span{}
	}
	return Span{d.Tokens[r.First].Span.Start, d.Tokens[r.End-1].Span.End}
}

// Part is one contiguous piece of a quotation.
type Part struct {
	Span   Span
	Tokens TokenRange // the tokens that Span reaches over
	Quoted bool       // stands inside quotation marks
}

// Quote is one statement found in the text: its words, the words that report
// it, and the words right there that name its source.
type Quote struct {
	Kind     Kind
	Form     Form
	Act      Act
	Polarity Polarity // whether the words were said
	Modality Modality // and in what mood
	Parts    []Part   // in text order, at least one, none overlapping
	Cue      Span     // zero where the text has none
	CueLemma string   // lower-case lemma of the cue's head verb; empty without a cue
	Source   Span     // zero where the text has none
	// CueTokens and SourceTokens are the tokens that Cue and Source reach over.
	CueTokens, SourceTokens TokenRange
	Confidence              float32 // calibrated probability that the quotation is right, 0 to 1
	Group                   int32   // pieces of one statement over several paragraphs share a number ≥ 0; -1: alone
	Parent                  int32   // index of the quotation this one is nested in; -1: none
}

// Move moves the token ranges of q by n tokens, as from a piece of a document to
// the whole.
func (q *Quote) Move(n int32) {
	for i := range q.Parts {
		q.Parts[i].Tokens = q.Parts[i].Tokens.moved(n)
	}
	q.CueTokens, q.SourceTokens = q.CueTokens.moved(n), q.SourceTokens.moved(n)
}

// moved is r moved by n tokens; an empty range stays as it is.
func (r TokenRange) moved(n int32) TokenRange {
	if r.Empty() {
		return r
	}
	return TokenRange{r.First + n, r.End + n}
}

// Extent is the bytes from the first to the last part of q.
func (q *Quote) Extent() Span {
	return Span{q.Parts[0].Span.Start, q.Parts[len(q.Parts)-1].Span.End}
}

// Mention is one place of the text that refers to an entity.
type Mention struct {
	Span   Span
	Form   MentionForm
	Entity int32 // index into Result.Entities
}

// Entity is somebody or something of the article that can speak.
type Entity struct {
	Name        string // fullest proper name in the article, or the noun phrase for other kinds
	Kind        SpeakerKind
	Titles      []string // as the text has them: "Foreign Secretary"
	Aliases     []string // other names and acronyms of the text
	Gender      Gender
	GenderBasis GenderBasis
}

// Candidate is one entity that might be the speaker of a quotation.
type Candidate struct {
	Entity      int32 // index into Result.Entities
	Probability float32
}

// Attribution tells who speaks one quotation; Result.Attributions[i] belongs
// to Result.Quotes[i].
type Attribution struct {
	Entity     int32 // index into Result.Entities; -1 where unknown
	Kind       SpeakerKind
	Form       MentionForm // of the quotation's Source; FormNone without one
	Title      string      // the title used for this speaker; empty where none
	Confidence float32     // calibrated probability that Entity is right, 0 to 1
	Method     string      // the rule or model that decided, in words a reader understands
	Candidates []Candidate // best first, at most 5
	Anonymity  Span        // the words that say why the speaker is not named; zero where the text has none
	Why        []string    // reasons for `show --explain`, only when asked for
}

// Result is everything known about one article.
type Result struct {
	Doc          *Document
	Quotes       []Quote   // in text order of their first part
	Mentions     []Mention // in text order
	Entities     []Entity  // in order of first mention
	Attributions []Attribution
}
