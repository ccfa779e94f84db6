// Package token cuts an article into paragraphs, sentences and tokens.
//
// In goes a news.Article with a valid UTF-8 body; out comes a news.Document
// whose Paragraphs, Sentences and Tokens are filled. Tags and heads are left
// to the syntax stage. The text is never rewritten: every token is a byte span
// of it, on rune boundaries, in order, not overlapping, and everything but
// white space and zero-width characters lies in exactly one token. Nothing is
// read, printed or downloaded, and invalid UTF-8 is survived, not repaired.
//
// How. Line breaks make paragraphs (lines.go), unless the article as a whole
// turns out to be hard-wrapped. One scan over a paragraph (scan.go) finds the
// chunks between white space and cuts out what prose cannot see: quotation
// marks of every kind, dashes, ellipses, brackets, addresses. What is left,
// words with their dots and apostrophes, is cut by prose/v2's tokenizer, fed
// an aligned copy with plain apostrophes (prose.go), and mended where prose
// differs from the Penn Treebank (mend.go): abbreviations, 've and 'd,
// initials. prose decides by the chunk alone, so its answers are kept in a
// bounded table and the hot path is one lookup a word: three times as fast as
// prose on whole texts, twice as fast as asking it for every word. Sentences end at
// terminal marks with their closing marks, except where a quotation's
// narration goes on (sentence.go).
//
// The time is linear in the length of the text, whatever it holds.
package token

import (
	"math"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
)

// Tokenizer cuts articles. It keeps scratch memory and a table of words seen,
// so it is not safe for concurrent use: one a worker. Its answers never
// depend on what it has seen before.
type Tokenizer struct {
	lang   *Words
	words  splitter
	lines  []line
	tokens []news.Token
}

// New gives a Tokenizer for articles in a language.
func New(l *lang.Language) *Tokenizer {
	w := lang.Bind[Words](l)
	return &Tokenizer{lang: w, words: newSplitter(w)}
}

// Document tokenizes a. The document's Text is a.Body; a body of more than
// 2 GiB, which int32 offsets cannot reach, gives a document without tokens.
func (t *Tokenizer) Document(a *news.Article) *news.Document {
	d := &news.Document{Article: a, Text: a.Body}
	if len(a.Body) >= math.MaxInt32 {
		return d
	}
	t.tokens = t.tokens[:0]
	t.lines = splitLines(d.Text, t.lines[:0])
	for _, p := range paragraphs(d.Text, t.lines) {
		first := int32(len(t.tokens))
		t.scan(d.Text, int(p.Start), int(p.End))
		r := news.TokenRange{First: first, End: int32(len(t.tokens))}
		if r.Empty() {
			continue
		}
		d.Paragraphs = append(d.Paragraphs, r)
		d.Sentences = t.lang.appendSentences(d.Sentences, d.Text, t.tokens, r)
	}
	d.Tokens = append(make([]news.Token, 0, len(t.tokens)), t.tokens...)
	return d
}

func (t *Tokenizer) emit(start, end int) {
	t.tokens = append(t.tokens, news.Token{Span: news.Span{Start: int32(start), End: int32(end)}, Head: news.NoHead})
}
