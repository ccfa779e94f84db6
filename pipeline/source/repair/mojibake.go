package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxLayers is how often a text can have been misread; more is not seen.
const maxLayers = 4

// mojibake reads UTF-8 that was taken for Windows-1252 or Latin-1 as UTF-8
// again, a layer at a time.
func mojibake(s string) string {
	if !hasAny(s, "Â", "Ã", "Ä", "Å", "â", "ð", "\u0302", "\u0303") {
		return s
	}
	last := decomposed.Replace(s)
	for range maxLayers {
		t := unlayer(last)
		if t == last {
			break
		}
		last = t
	}
	if last == decomposed.Replace(s) || strings.Contains(last, "â€") { // a byte is missing, and not at a closing mark
		return s
	}
	return last
}

// decomposed are leads, and the bytes behind them, that were normalised since.
var decomposed = strings.NewReplacer("A\u0303", "Ã", "A\u0302", "Â", "a\u0302", "â",
	"Ã \u0308", "Ã¨", "Ã \u0304", "Ã¯", "Ã \u0301", "Ã´", "Ã \u0327", "Ã¸", "Â \u0308", "Â¨")

// high is the byte of a rune in Windows-1252, where that is over 0x7f; its
// five unused bytes are read as the controls that Latin-1 has there.
func high(r rune) (byte, bool) {
	if r >= 0x80 && r <= 0xff {
		return byte(r), true
	}
	if r < 0x80 {
		return 0, false
	}
	b, ok := charmap.Windows1252.EncodeRune(r)
	return b, ok && b >= 0x80
}

// leads are the first runes of sequences that are undone: those of the blocks
// that Western news have. Any other pair, such as É and ®, is met in right text.
func leads(r rune) (size int) {
	switch r {
	case 'Â', 'Ã', 'Ä', 'Å':
		return 2
	case 'â':
		return 3
	case 'ð':
		return 4
	}
	return 0
}

// sequence decodes the misread character at the start of s: the rune, and how
// many bytes of s it takes. strong: right text does not hold such a sequence.
func sequence(s string, before rune) (r rune, n int, strong bool) {
	lead, n := utf8.DecodeRuneInString(s)
	want := leads(lead)
	if want == 0 {
		return 0, 0, false
	}
	b, _ := high(lead)
	buf := [4]byte{b}
	var second rune
	for i := 1; i < want; i++ {
		c, m := utf8.DecodeRuneInString(s[n:])
		b, ok := high(c)
		if !ok || b > 0xbf {
			return lost(s)
		}
		if i == 1 {
			second = c
		}
		buf[i] = b
		n += m
	}
	r, m := utf8.DecodeRune(buf[:want])
	if m != want || r == utf8.RuneError {
		return 0, 0, false
	}
	// A capital before a mark or a no-break space, as in AMANHÃ”, may be right.
	weak := want == 2 && (unicode.IsUpper(before) || before == 0) && (second > 0xff || second == '\u00a0' || second == '«' || second == '»')
	return r, n, !weak
}

// lost takes a closing mark whose last byte, which Windows-1252 does not have,
// was dropped.
func lost(s string) (rune, int, bool) {
	rest, ok := strings.CutPrefix(s, "â€")
	if !ok {
		return 0, 0, false
	}
	if c, _ := utf8.DecodeRuneInString(rest); rest == "" || unicode.IsSpace(c) || strings.ContainsRune(`.,;:!?)]`, c) {
		return '”', len("â€"), true
	}
	return 0, 0, false
}

func unlayer(s string) string {
	if !evidence(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	before := rune(0)
	for i := 0; i < len(s); {
		if s[i] >= utf8.RuneSelf {
			if r, n, _ := sequence(s[i:], before); n > 0 {
				out.WriteRune(r)
				before = r
				i += n
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == 'Â' && i+n < len(s) && s[i+n] == ' ' { // a no-break space that became a space
			i += n
			continue
		}
		out.WriteString(s[i : i+n])
		before = r
		i += n
	}
	return out.String()
}

// enoughDamage is how many misread letters make a text worth mending. One or two
// change nothing that is read in it, and as long as they stay, offsets are those
// of the file, which annotated corpora count in. A misread quotation mark or
// dash is worth it by itself.
const enoughDamage = 3

// evidence reports whether s holds sequences that right text does not, and
// enough of them.
func evidence(s string) bool {
	before, met := rune(0), 0
	for i, r := range s {
		if leads(r) > 0 {
			if mark, n, strong := sequence(s[i:], before); n > 0 && strong {
				met++
				if met == enoughDamage || strings.ContainsRune("“”‘’«»„‚–—", mark) {
					return true
				}
			}
		}
		before = r
	}
	return false
}

// controls reads C1 controls as the marks that Windows-1252 has in their
// place, where quotation marks or dashes are among them.
func controls(s string) string {
	if strings.IndexByte(s, 0xc2) < 0 || !strings.ContainsAny(s, "\u0091\u0092\u0093\u0094\u0096\u0097") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r < 0x80 || r >= 0xa0 {
			return r
		}
		if c := charmap.Windows1252.DecodeByte(byte(r)); c != utf8.RuneError {
			return c
		}
		return r
	}, s)
}

// invisible drops soft hyphens, zero-width spaces, word joiners and stray
// byte-order marks from a text in which one of them splits a word; where they
// stand beside spaces alone they do no harm. Joiners and bidirectional marks
// stay: scripts and emoji need them.
func invisible(s string) string {
	if !hasAny(s, "\u00ad", "\u200b", "\u2060", "\ufeff") || !splitsWord(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, s)
}

func isInvisible(r rune) bool {
	return r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}

// splitsWord reports whether an invisible character stands between two letters.
func splitsWord(s string) bool {
	before, hidden := rune(0), false
	for _, r := range s {
		if isInvisible(r) {
			hidden = true
			continue
		}
		if hidden && unicode.IsLetter(before) && unicode.IsLetter(r) {
			return true
		}
		before, hidden = r, false
	}
	return false
}

// hasAny reports whether s holds one of some characters. It is many times as
// fast as strings.ContainsAny for characters that are not ASCII.
func hasAny(s string, chars ...string) bool {
	for _, c := range chars {
		if strings.Contains(s, c) {
			return true
		}
	}
	return false
}
