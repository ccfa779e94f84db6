package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// maxSentence tokens make a sentence at most: what is longer is a table or
// damage, and the stages after this one may be slower than linear in it.
const maxSentence = 400

// cutter walks over one paragraph's tokens.
type cutter struct {
	words  *Words
	text   string
	tokens []news.Token
	hi     int // end of the paragraph
}

// appendSentences appends the sentences of the paragraph r.
func (w *Words) appendSentences(out []news.TokenRange, text string, tokens []news.Token, r news.TokenRange) []news.TokenRange {
	c := cutter{w, text, tokens, int(r.End)}
	first := int(r.First)
	marks := 0 // straight double marks so far: odd inside a quotation
	for i := first; i < c.hi; {
		if c.word(i) == `"` {
			marks++
		}
		kind := ending(c.word(i))
		if kind == noEnd {
			i++
			if i-first >= maxSentence {
				out = append(out, news.TokenRange{First: int32(first), End: int32(i)})
				first = i
			}
			continue
		}
		end := i + 1
		closed := false
		for end < c.hi && c.closes(end, marks) {
			if c.word(end) == `"` {
				marks++
			}
			closed = true
			end++
		}
		if end < c.hi && c.ends(i, end, kind, closed) {
			out = append(out, news.TokenRange{First: int32(first), End: int32(end)})
			first = end
		}
		i = end
	}
	if first < c.hi {
		out = append(out, news.TokenRange{First: int32(first), End: int32(c.hi)})
	}
	return out
}

func (c *cutter) word(i int) string { return c.tokens[i].Span.Of(c.text) }

// The ways a token may end a sentence.
const (
	noEnd = iota
	fullStop
	outcry       // ? and !
	ellipsis     // … and ...
	abbreviation // U.S.
)

func ending(w string) int {
	switch w[len(w)-1] {
	case '.':
		switch {
		case w == ".":
			return fullStop
		case w[0] == '.':
			return ellipsis
		}
		return abbreviation
	case '?', '!':
		return outcry
	}
	if w == "…" {
		return ellipsis
	}
	return noEnd
}

// closes reports whether token i, after a terminal mark, closes something that
// the sentence holds. marks counts the straight double marks before it.
func (c *cutter) closes(i, marks int) bool {
	w := c.word(i)
	touches := c.tokens[i-1].Span.End == c.tokens[i].Span.Start
	switch w {
	case "”", "’", ")", "]", "»", "''", "›":
		return touches || w != "''" && w != "’"
	case `"`, "'":
		if !touches {
			return false
		}
		if i+1 < c.hi && c.tokens[i].Span.End == c.tokens[i+1].Span.Start && w == `"` {
			return marks%2 == 1 || !letterOrDigit(runeAt(c.text, int(c.tokens[i+1].Span.Start), len(c.text)))
		}
		return true
	case "“":
		// Typed for ” where a space follows.
		return touches && (i+1 == c.hi || c.tokens[i].Span.End < c.tokens[i+1].Span.Start)
	}
	return false
}

// ends decides whether the sentence that tokens[at] may end, with its closing
// marks up to end, ends there. A token follows at end.
func (c *cutter) ends(at, end, kind int, closed bool) bool {
	k := end
	opened := false
	bracket := end < c.hi && c.word(end) == "("
	for k < c.hi && opening(c.word(k)) {
		opened = true
		k++
	}
	if k == c.hi {
		return true
	}
	next := c.word(k)
	r, _ := utf8.DecodeRuneInString(next)
	lower := unicode.IsLower(r)
	switch {
	case lower:
		// Narration goes on after “No.”; a typing error begins a sentence small.
		// Behind an opening mark a small letter is a fragment that goes on.
		return kind == fullStop && !closed && !opened && !c.shortBefore(at) ||
			kind == outcry && !closed && opened
	case strings.ContainsRune(",;:-–—", r) && !opened:
		return false
	}
	switch kind {
	case fullStop:
		return true
	case outcry:
		return !closed || !c.narrated(k)
	case ellipsis:
		return unicode.IsUpper(r) && !c.words.CapitalWords.Has(next) && (!closed || !c.narrated(k)) || opened
	}
	return c.endsAbbreviated(at, k, closed, opened, bracket)
}

// endsAbbreviated decides it for an abbreviation: it ends a sentence where another
// visibly begins, with token k.
func (c *cutter) endsAbbreviated(at, k int, closed, opened, bracket bool) bool {
	word, next := c.word(at), c.word(k)
	r, _ := utf8.DecodeRuneInString(next)
	switch {
	case c.words.FullStops[strings.TrimSuffix(word, ".")] == stopTitle, initial(word):
		return closed && unicode.IsUpper(r)
	case closed:
		return unicode.IsUpper(r) || opened
	case c.words.TimesOfDay.Has(word):
		return unicode.IsUpper(r) && !c.words.AfterTime.Has(next) || opened
	case opened:
		return !bracket && unicode.IsUpper(r)
	}
	return c.words.Starters.Has(next)
}

// shortBefore reports whether the full stop at follows a short capitalised
// word that an unlisted abbreviation may be.
func (c *cutter) shortBefore(at int) bool {
	if at == 0 || c.tokens[at-1].Span.End != c.tokens[at].Span.Start {
		return true
	}
	w := c.word(at - 1)
	r, _ := utf8.DecodeRuneInString(w)
	return len(w) <= 4 && unicode.IsUpper(r)
}

// narrated reports whether a name and a verb of saying follow at k.
func (c *cutter) narrated(k int) bool {
	for n := 0; n < 6 && k+n < c.hi; n++ {
		w := c.word(k + n)
		if n > 0 && c.words.exclaims.Has(w) {
			return true
		}
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return false
}

func opening(w string) bool {
	switch w {
	case "“", `"`, "‘", "'", "``", "''", "«", "„", "(", "[", "‚", "”":
		return true
	}
	return false
}

// initial reports a capital and its full stop.
func initial(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return n+1 == len(w) && unicode.IsUpper(r)
}
