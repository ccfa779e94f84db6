package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mend corrects prose's cuts of one word where they differ from the Penn
// Treebank's, by the word alone. A last full stop is left to lastStop, which
// sees what follows: here it is joined to its word.
func (s *splitter) mend(word string, cuts []uint8) []uint8 {
	stop := strings.HasSuffix(word, ".")
	body := word
	if stop {
		body = word[:len(word)-1]
	}
	out := make([]uint8, 0, len(cuts)+1)
	if n := s.words.clitic(body); n > 0 {
		// The Treebank cuts one clitic from the end; prose knows 've and 'd
		// not, and cuts at the first 's it finds, wherever that is. O'Malley's
		// and rock'n'roll keep what prose would cut.
		out = append(out, uint8(n))
	} else if len(cuts) > 1 && !strings.ContainsFunc(body, apostrophe) && !strings.Contains(body, "&") {
		for _, c := range cuts[:len(cuts)-1] {
			if int(c) < len(body) {
				out = append(out, c)
			}
		}
	}
	return append(out, uint8(len(word)))
}

// clitic is where the contraction or possessive at the end of word begins:
// 's, n't, 're, 've, 'll, 'd, 'm with any apostrophe. It is 0 without one.
func (w *Words) clitic(word string) int {
	for i := len(word) - 1; i > 0 && i >= len(word)-12; i-- {
		n := apostropheAt(word, i)
		if n == 0 || i+n >= len(word) {
			continue
		}
		behind := strings.ToLower(word[i+n:])
		if w.Clitics.Has(behind) {
			return i
		}
		if before, ok := w.Negations[behind]; ok {
			if k := i - len(before); k > 0 && strings.EqualFold(word[k:i], before) {
				return k
			}
			return 0
		}
		if word[i] != '&' {
			return 0
		}
	}
	return 0
}

// lastStop decides whether the full stop at the end of a word ends a sentence,
// a token of its own, or belongs to an abbreviation. ends are the word's cuts,
// text[i:k] the word, hi the end of the paragraph.
func (w *Words) lastStop(ends []int, text string, i, k, hi int) []int {
	if text[k-1] != '.' {
		return ends
	}
	start := i
	if len(ends) > 1 {
		start = ends[len(ends)-2]
	}
	word := text[start : k-1]
	if word == "" || w.keepsStop(word, text, i, k, hi) {
		return ends
	}
	ends[len(ends)-1] = k - 1
	return append(ends, k)
}

// keepsStop reports whether word, which a full stop at k-1 follows, is an
// abbreviation with it.
func (w *Words) keepsStop(word, text string, i, k, hi int) bool {
	if dotted(word) {
		return true
	}
	next, adjacent := following(text, k, hi)
	if h := strings.LastIndexByte(word, '-'); h >= 0 { // D-Va.
		word = word[h+1:]
		if word == "" {
			return false
		}
	}
	if utf8.RuneCountInString(word) == 1 {
		r, _ := utf8.DecodeRuneInString(word)
		if next == 0 || adjacent && closesQuote(next) {
			return false
		}
		// An initial, except in "and I. He": a sentence that ends in such a word has
		// lower case before it and is rare.
		return unicode.IsUpper(r) && (!w.CapitalWords.Has(word) || unicode.IsUpper(runeBefore(text, i-1, 0))) || w.SmallInitials.Has(word)
	}
	switch w.FullStops[word] {
	case stopTitle:
		return next != 0
	case stopAlways:
		return true
	case stopNumber:
		return digit(next)
	}
	// An abbreviation we do not list shows itself by what follows: a comma or
	// a small letter after a short word with a capital.
	return false
}

// dotted reports an abbreviation with full stops inside: U.S, p.m, Ph.D,
// D-N.Y.
func dotted(word string) bool {
	i := strings.IndexByte(word, '.')
	if i <= 0 {
		return false
	}
	word = strings.TrimSuffix(word, ".")
	if h := strings.LastIndexByte(word, '-'); h >= 0 {
		word = word[h+1:]
	}
	letters := 0
	for _, c := range word {
		switch {
		case c == '.':
			letters = 0
		case unicode.IsLetter(c):
			if letters++; letters > 2 {
				return false
			}
		default:
			return false
		}
	}
	return strings.IndexByte(word, '.') > 0
}

// following is the first character after k that is not blank, or 0 at the end
// of the paragraph, and whether it stands right there.
func following(text string, k, hi int) (r rune, adjacent bool) {
	for i := k; i < hi; {
		r, n := utf8.DecodeRuneInString(text[i:hi])
		if !blank(r) {
			return r, i == k
		}
		i += n
	}
	return 0, false
}

func closesQuote(r rune) bool {
	return r == '"' || r == '”' || r == '\'' || r == '’' || r == '»' || r == ')' || r == ']'
}
