package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// blank reports white space and characters without width: nothing of it
// begins or ends a token.
func blank(r rune) bool {
	return unicode.IsSpace(r) || zeroWidth(r)
}

// zeroWidth reports characters that are kept inside a word and dropped around
// it: zero-width spaces and joiners, soft hyphen, direction marks, byte-order
// mark.
func zeroWidth(r rune) bool {
	switch {
	case r < 0x20 || 0x7F <= r && r < 0xA0: // controls left in by broken software
		return true
	case r == 0xAD, 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x206F, r == 0xFEFF, r == 0x180E:
		return true
	}
	return false
}

func letterOrDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.No, r)
}

func digit(r rune) bool { return '0' <= r && r <= '9' }

// apostrophe reports the single marks that may stand inside a word.
func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '‛' || r == 'ʼ' || r == '´' || r == '`' || r == '′'
}

// entityApostrophes are the ways HTML left in the text writes an apostrophe.
var entityApostrophes = [...]string{"&rsquo;", "&lsquo;", "&apos;", "&#39;", "&#039;", "&#8217;", "&#x27;"}

// apostropheAt is the length of the apostrophe at text[i:], or 0.
func apostropheAt(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	if text[i] == '&' {
		for _, e := range entityApostrophes {
			if strings.HasPrefix(text[i:], e) {
				return len(e)
			}
		}
		return 0
	}
	if r, n := utf8.DecodeRuneInString(text[i:]); apostrophe(r) {
		return n
	}
	return 0
}

// entityAt is the length of an HTML entity at text[i:], or 0.
func entityAt(text string, i int) int {
	const longest = 10 // &thetasym;
	for k := i + 1; k < len(text) && k < i+longest; k++ {
		switch c := text[k]; {
		case c == ';' && k > i+2:
			return k + 1 - i
		case c == '#' && k == i+1, c < utf8.RuneSelf && letterOrDigit(rune(c)):
		default:
			return 0
		}
	}
	return 0
}

// runeAt and runeBefore give the rune at and before i inside [lo, hi), or a
// space beyond.
func runeAt(text string, i, hi int) rune {
	if i >= hi {
		return ' '
	}
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeRuneInString(text[i:hi])
	return r
}

func runeBefore(text string, i, lo int) rune {
	if i <= lo {
		return ' '
	}
	if c := text[i-1]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeLastRuneInString(text[lo:i])
	return r
}

// scan appends the tokens of the paragraph text[lo:hi].
func (t *Tokenizer) scan(text string, lo, hi int) {
	for i := lo; i < hi; {
		c := text[i]
		if c == ' ' {
			i++
			continue
		}
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:hi])
		}
		switch {
		case blank(r):
			i += n
		case letterOrDigit(r):
			i = t.word(text, i, lo, hi)
		default:
			i = t.symbol(text, i, lo, hi, r, n)
		}
	}
}

// symbol emits the token that begins with the mark r at text[i:] and gives the
// place after it.
func (t *Tokenizer) symbol(text string, i, lo, hi int, r rune, n int) int {
	before, after := runeBefore(text, i, lo), runeAt(text, i+n, hi)
	end := i + n
	switch {
	case repeats(r):
		if r == '.' && digit(after) && !letterOrDigit(before) || r == '-' && digit(after) && unicode.IsSpace(before) {
			return t.word(text, i, lo, hi) // .5, -3
		}
		end = repeated(text, end, hi, byte(r))
	case r == '\'' || r == '`':
		return t.plainMarks(text, i, lo, hi, byte(r))
	case doubled(r, after):
		end += n
	case apostrophe(r):
		end = t.elided(text, i, lo, hi, n)
	case r == '@' || r == '#':
		if r == '@' || !digit(after) {
			end = handle(text, end, hi)
		}
	case r == '&':
		if n := apostropheAt(text, i); n > 0 && i+n <= hi {
			end = t.elided(text, i, lo, hi, n)
		} else if n := entityAt(text[:hi], i); n > 0 {
			end = i + n
		}
	case r == '<':
		end = markup(text, i, hi)
	case unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r):
		end = pictograph(text, end, hi)
	}
	t.emit(i, end)
	return end
}

// repeats reports marks of which several in a row make one token.
func repeats(r rune) bool {
	switch r {
	case '.', '!', '?', '-', '_', '*', '=', '~':
		return true
	}
	return false
}

// doubled reports two single marks typed for one double one.
func doubled(r, after rune) bool {
	return (r == '‘' || r == '’' || r == '‚') && after == r || r == '‘' && after == '’'
}

// repeated is the end of a run of mark c that goes on at end; ? and ! make one
// together.
func repeated(text string, end, hi int, c byte) int {
	for end < hi && (text[end] == c || c == '!' && text[end] == '?' || c == '?' && text[end] == '!') {
		end++
	}
	return end
}

// elided is the end of the token that begins with the apostrophe of n bytes at
// text[i:], alone or with the word it stands before.
func (t *Tokenizer) elided(text string, i, lo, hi, n int) int {
	if end := t.lang.elision(text, i, lo, hi, n); end > 0 {
		return end
	}
	return i + n
}

// handle is the end of a name in a network, or of a keyword, that goes on at end.
func handle(text string, end, hi int) int {
	for end < hi && (text[end] == '_' || letterOrDigit(runeAt(text, end, hi))) {
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	return end
}

// plainMarks emits a run of ' or of `. Two make one double mark, as wires
// type it; of three, the single one stands on the side of the words.
func (t *Tokenizer) plainMarks(text string, i, lo, hi int, c byte) int {
	end := i
	for end < hi && text[end] == c {
		end++
	}
	closing := !blank(runeBefore(text, i, lo))
	if (end-i)%2 == 1 {
		if closing && end-i > 1 {
			t.emit(i, i+1)
			i++
		} else if !closing || end-i == 1 {
			for ; i < end-1; i += 2 {
				t.emit(i, i+2)
			}
			if e := t.lang.elision(text, i, lo, hi, 1); e > 0 {
				end = e
			}
			t.emit(i, end)
			return end
		}
	}
	for ; i < end; i += 2 {
		t.emit(i, i+2)
	}
	return end
}

// elision is the end of a token that begins with the apostrophe of n bytes at
// text[i:]: ’tis, ’em, ’80s, ’n’, and 's after a mark. It is 0 where the
// character is a mark of its own.
func (w *Words) elision(text string, i, lo, hi, n int) int {
	k := i + n
	for k < hi && k < i+n+8 && text[k] < utf8.RuneSelf && letterOrDigit(rune(text[k])) {
		k++
	}
	if k == i+n || k < hi && letterOrDigit(runeAt(text, k, hi)) {
		return 0
	}
	word := text[i+n : k]
	curlyClose := strings.HasPrefix(text[i:], "’")
	closed := apostropheAt(text[:hi], k)
	before := runeBefore(text, i, lo)
	switch {
	case !blank(before) && w.BehindMarks.Has(word) && !strings.ContainsRune("([{—–-", before):
		return k
	case !blank(before) && !strings.ContainsRune("“\"([{—–-‘'«„/", before):
		return 0
	case w.year(word, closed > 0):
		return k
	case w.ElidedTwice.Has(word):
		if closed > 0 {
			return k + closed
		}
		return k
	case closed > 0:
		return 0
	case w.Elided.Has(word):
		return k
	case curlyClose && w.ElidedCurly.Has(word):
		return k
	}
	return 0
}

// year reports a year without its century: ’80s, class of ’09. closed tells that
// another mark stands right behind.
func (w *Words) year(word string, closed bool) bool {
	if len(word) < 2 || !digit(rune(word[0])) || !digit(rune(word[1])) {
		return false
	}
	return len(word) == 2 && !closed || len(word) > 2 && w.DecadeEndings.Has(word[2:])
}

// markup is the end of a tag left in the text, <br/> or </p>, or the end of <.
func markup(text string, i, hi int) int {
	const longest = 200
	if c := runeAt(text, i+1, hi); c != '/' && !letterOrDigit(c) {
		return i + 1
	}
	for k := i + 1; k < hi && k < i+longest; k++ {
		switch text[k] {
		case '>':
			return k + 1
		case '<', ' ', '\n', '\t':
			return i + 1
		}
	}
	return i + 1
}

// pictograph takes the modifiers and joiners that follow an emoji.
func pictograph(text string, end, hi int) int {
	for end < hi {
		r, n := utf8.DecodeRuneInString(text[end:hi])
		switch {
		case unicode.Is(unicode.M, r), 0x1F3FB <= r && r <= 0x1F3FF:
			end += n
		case r == 0x200D:
			s, m := utf8.DecodeRuneInString(text[end+n : hi])
			if !unicode.Is(unicode.So, s) {
				return end
			}
			end += n + m
		default:
			return end
		}
	}
	return end
}
