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
	plain := true // letters and digits only: nothing to cut
	k := i
	if c := text[i]; c == '.' || c == '-' {
		k++
		plain = false
	}
scan:
	for k < hi {
		c := text[k]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(text[k:hi])
			switch {
			case letterOrDigit(r):
				k += n
			case apostrophe(r) && letterOrDigit(runeBefore(text, k, i)) && letterOrDigit(runeAt(text, k+n, hi)):
				plain = false
				k += n
			case zeroWidth(r):
				end := skipZeroWidth(text, k, hi)
				if !letterOrDigit(runeAt(text, end, hi)) {
					break scan
				}
				k = end
			default:
				break scan
			}
			continue
		}
		if letterOrDigit(rune(c)) {
			k++
			continue
		}
		before, after := runeBefore(text, k, i), runeAt(text, k+1, hi)
		switch c {
		case '.':
			if !letterOrDigit(before) || after == '.' {
				break scan
			}
			plain = false
			if !letterOrDigit(after) {
				k++ // a last full stop: mend decides
				if after == '-' && letterOrDigit(runeAt(text, k+1, hi)) || after == '\'' || after == '’' {
					if !dotted(text[i:k]) {
						k--
						break scan
					}
					continue // U.S.-led, U.S.’s
				}
				break scan
			}
			if missingSpace(text, k, i, hi) {
				k++
				break scan
			}
			k++
		case ',':
			if !digit(before) || !digit(after) {
				break scan
			}
			k++
		case ':':
			if !digit(before) || !digit(after) {
				break scan
			}
			k++
		case '-':
			if !letterOrDigit(before) && before != '.' || !letterOrDigit(after) {
				break scan
			}
			plain = false
			k++
		case '\'', '`':
			if !letterOrDigit(before) && !(before == '.' && c == '\'') || !letterOrDigit(after) {
				break scan
			}
			plain = false
			k++
		case '&':
			if n := apostropheAt(text[:hi], k); n > 0 && letterOrDigit(before) && letterOrDigit(runeAt(text, k+n, hi)) {
				plain = false
				k += n
			} else if strings.HasPrefix(text[k:hi], "&amp;") && letterOrDigit(runeAt(text, k+5, hi)) {
				k += 5
			} else if n == 0 && entityAt(text[:hi], k) == 0 && letterOrDigit(before) && letterOrDigit(after) {
				k++
			} else {
				break scan
			}
		case '/', '_', '@', '\\':
			if !letterOrDigit(after) {
				break scan
			}
			k++
		case '*':
			if after != '*' && !letterOrDigit(after) {
				break scan
			}
			k++
		case '+':
			if letterOrDigit(after) && !digit(after) {
				break scan
			}
			k++
		case '$':
			if digit(after) && k-i <= 3 && text[i:k] == strings.ToUpper(text[i:k]) && !digit(rune(text[i])) {
				k++ // US$5
			}
			break scan
		default:
			if zeroWidth(rune(c)) && letterOrDigit(after) && c != '\t' && c != '\n' && c != '\r' && !unicode.IsSpace(rune(c)) {
				k++
				continue
			}
			break scan
		}
	}
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
