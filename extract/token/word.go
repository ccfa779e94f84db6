package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word emits the tokens of the word that begins at text[i:] and gives the
// place after it. The word takes in every mark that belongs between its
// letters, and a last full stop, which mend may give back.
func (t *Tokenizer) word(text string, i, lo, hi int) int {
	if end := address(text, i, hi); end > 0 {
		t.emit(i, end)
		return end
	}
	k, plain := wordEnd(text, i, hi)
	if plain {
		if n := t.lang.twoWords(text[i:k]); n > 0 {
			t.emit(i, i+n)
			i += n
		}
		t.emit(i, k)
		return k
	}
	for _, end := range t.words.split(text, i, k, hi) {
		t.emit(i, end)
		i = end
	}
	return k
}

// wordEnd is the end of the word that begins at text[i:]; plain tells that it is
// letters and digits only, with nothing to cut.
func wordEnd(text string, i, hi int) (k int, plain bool) {
	k, plain = i, true
	if c := text[i]; c == '.' || c == '-' {
		k++
		plain = false
	}
	for k < hi {
		c := text[k]
		var j joint
		switch {
		case c < utf8.RuneSelf && letterOrDigit(rune(c)):
			k++
			continue
		case c < utf8.RuneSelf:
			j = jointAt(text, i, k, hi)
		default:
			j = wideAt(text, i, k, hi)
		}
		k += j.bytes
		plain = plain && !j.cut
		if j.bytes == 0 || j.last {
			break
		}
	}
	return k, plain
}

// joint is what stands inside a word between its letters.
type joint struct {
	bytes int  // 0: the word ends before it
	cut   bool // the word may have to be cut there
	last  bool // the word ends behind it
}

// wideAt is the character at text[k:], which is no ASCII, in the word from i on.
func wideAt(text string, i, k, hi int) (j joint) {
	r, n := utf8.DecodeRuneInString(text[k:hi])
	switch {
	case letterOrDigit(r):
		j.bytes = n
	case apostrophe(r) && letterOrDigit(runeBefore(text, k, i)) && letterOrDigit(runeAt(text, k+n, hi)):
		j.bytes, j.cut = n, true
	case zeroWidth(r):
		if end := skipZeroWidth(text, k, hi); letterOrDigit(runeAt(text, end, hi)) {
			j.bytes = end - k
		}
	}
	return j
}

// jointAt is the mark at text[k:] in the word from i on.
func jointAt(text string, i, k, hi int) (j joint) {
	before, after := runeBefore(text, k, i), runeAt(text, k+1, hi)
	inside := false
	switch c := text[k]; c {
	case '.':
		return fullStopAt(text, i, k, hi)
	case '&':
		return ampersandAt(text, i, k, hi)
	case ',', ':':
		inside = digit(before) && digit(after)
	case '-':
		inside = (letterOrDigit(before) || before == '.') && letterOrDigit(after)
		j.cut = inside
	case '\'', '`':
		inside = (letterOrDigit(before) || before == '.' && c == '\'') && letterOrDigit(after)
		j.cut = inside
	case '/', '_', '@', '\\':
		inside = letterOrDigit(after)
	case '*':
		inside = after == '*' || letterOrDigit(after)
	case '+':
		inside = digit(after) || !letterOrDigit(after)
	case '$': // US$5
		inside = digit(after) && k-i <= 3 && text[i:k] == strings.ToUpper(text[i:k]) && !digit(rune(text[i]))
		j.last = true
	default:
		inside = zeroWidth(rune(c)) && letterOrDigit(after) && !unicode.IsSpace(rune(c))
	}
	if inside {
		j.bytes = 1
	}
	return j
}

// fullStopAt is the full stop at text[k:] in the word from i on.
func fullStopAt(text string, i, k, hi int) joint {
	before, after := runeBefore(text, k, i), runeAt(text, k+1, hi)
	switch {
	case !letterOrDigit(before) || after == '.':
		return joint{}
	case letterOrDigit(after):
		return joint{bytes: 1, cut: true, last: missingSpace(text, k, i, hi)}
	case after == '-' && letterOrDigit(runeAt(text, k+2, hi)) || after == '\'' || after == '’': // U.S.-led, U.S.’s
		if !dotted(text[i : k+1]) {
			return joint{cut: true}
		}
		return joint{bytes: 1, cut: true}
	}
	return joint{bytes: 1, cut: true, last: true} // mend decides
}

// ampersandAt is the ampersand at text[k:] in the word from i on: an apostrophe
// or an ampersand as HTML writes them, or AT&T.
func ampersandAt(text string, i, k, hi int) joint {
	before := letterOrDigit(runeBefore(text, k, i))
	n := apostropheAt(text[:hi], k)
	switch {
	case n > 0 && before && letterOrDigit(runeAt(text, k+n, hi)):
		return joint{bytes: n, cut: true}
	case strings.HasPrefix(text[k:hi], "&amp;") && letterOrDigit(runeAt(text, k+5, hi)):
		return joint{bytes: 5}
	case n == 0 && entityAt(text[:hi], k) == 0 && before && letterOrDigit(runeAt(text, k+1, hi)):
		return joint{bytes: 1}
	}
	return joint{}
}

func skipZeroWidth(text string, k, hi int) int {
	for k < hi {
		r, n := utf8.DecodeRuneInString(text[k:hi])
		if !zeroWidth(r) || unicode.IsSpace(r) {
			break
		}
		k += n
	}
	return k
}

// missingSpace reports a full stop at k that ends a sentence though no space
// follows: grow in their country.In this regard.
func missingSpace(text string, k, lo, hi int) bool {
	if strings.HasPrefix(text[k+1:hi], "http") && strings.Contains(text[k+1:min(hi, k+10)], "://") {
		return true
	}
	a := runeBefore(text, k, lo)
	b := runeBefore(text, k-utf8.RuneLen(a), lo)
	c := runeAt(text, k+1, hi)
	if !unicode.IsLower(a) || !unicode.IsLower(b) || !unicode.IsUpper(c) {
		return false
	}
	d := runeAt(text, k+1+utf8.RuneLen(c), hi)
	return unicode.IsLower(d) || d == ' '
}

// address is the end of a web or mail address at text[i:], or 0.
func address(text string, i, hi int) int {
	s := text[i:hi]
	switch s[0] {
	case 'h', 'H', 'w', 'W', 'f', 'p':
	default:
		return 0
	}
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "www.") &&
		!strings.HasPrefix(s, "ftp://") && !strings.HasPrefix(s, "pic.twitter.com/") {
		return 0
	}
	end := 0
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if blank(r) || strings.ContainsRune("\"“”„«»‘’<>—…", r) {
			break
		}
		end += n
	}
	for end > 0 && strings.IndexByte(".,;:!?)]}'", s[end-1]) >= 0 {
		end--
	}
	return i + end
}

// twoWords is the length of the first of two words written as one, as the
// Penn Treebank cuts them, or 0.
func (w *Words) twoWords(s string) int { return len(w.TwoWords[s]) }
