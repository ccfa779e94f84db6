package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/linear"
)

// word is what the models see of a token without its context.
type word struct {
	lower uint64 // hash of the word in lower case, marks straight, digits as 0
	front uint64 // its first eight bytes, first byte lowest
	back  uint64 // its last eight bytes, last byte highest
	entry Entry
	shape uint8
	glued bool // to the word before it
	alien bool // to be taken for a word that nobody has tagged
}

// The bits of a shape.
const (
	shapeCapital = 1 << iota // the first letter is a capital
	shapeLower               // a lower-case letter
	shapeUpper               // a capital after the first letter
	shapeDigit
	shapeHyphen
	shapePoint
	shapeOther // other ASCII marks
	shapeWide  // beyond ASCII
)

// byteShape and byteFold give, for each ASCII byte, its shape bit and the
// byte as it is hashed.
var byteShape, byteFold = byteTables()

func byteTables() (shapes [128]uint8, folds [128]byte) {
	for c := range shapes {
		shape, fold := uint8(shapeOther), byte(c)
		switch {
		case 'a' <= c && c <= 'z':
			shape = shapeLower
		case 'A' <= c && c <= 'Z':
			shape, fold = shapeUpper, byte(c)|0x20
		case '0' <= c && c <= '9':
			shape, fold = shapeDigit, '0'
		case c == '-':
			shape = shapeHyphen
		case c == '.':
			shape = shapePoint
		}
		shapes[c], folds[c] = shape, fold
	}
	return shapes, folds
}

// read fills w from the text of a token, all but its lexicon entry. Straight
// quotation marks are read as opening or closing.
func (w *word) read(text string, quoted bool) {
	var buf [maxWord]byte
	n := 0
	var shape uint8
	for i := 0; i < len(text) && n < maxWord-utf8.UTFMax; {
		c := text[i]
		if c < utf8.RuneSelf {
			s := byteShape[c]
			if i == 0 && s == shapeUpper {
				s = shapeCapital
			}
			shape |= s
			buf[n] = byteFold[c]
			n++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch r {
		case '’', '‘', 'ʼ', '′':
			buf[n] = '\''
			n++
			shape |= shapeOther
		case '“', '„', '«', '‟':
			n += copy(buf[n:], "``")
			shape |= shapeOther
		case '”', '»', '″':
			n += copy(buf[n:], "''")
			shape |= shapeOther
		case '–', '—', '―', '‒', '−':
			n += copy(buf[n:], "--")
			shape |= shapeOther
		case '‐', '‑':
			buf[n] = '-'
			n++
			shape |= shapeHyphen
		case '…':
			n += copy(buf[n:], "...")
			shape |= shapePoint
		default:
			l := unicode.ToLower(r)
			switch {
			case l != r && i == 0:
				shape |= shapeCapital
			case l != r:
				shape |= shapeUpper
			case unicode.IsLetter(r):
				shape |= shapeLower
			}
			shape |= shapeWide
			n += utf8.EncodeRune(buf[n:], l)
		}
		i += size
	}
	if n == 1 && buf[0] == '"' {
		mark := "``"
		if quoted {
			mark = "''"
		}
		n = copy(buf[:], mark)
	}
	w.shape, w.alien = shape, false
	w.front, w.back = 0, 0
	for i := range min(n, 8) {
		w.front |= uint64(buf[i]) << (8 * i)
		w.back |= uint64(buf[n-1-i]) << (56 - 8*i)
	}
	w.lower = linear.Hash(string(buf[:n]))
}

// suffix is the last n bytes of the word, 1 to 8; fewer where it is shorter.
func (w *word) suffix(n int) uint64 { return w.back >> (64 - 8*n) }

// prefix is the first n bytes of the word, 1 to 7; fewer where it is shorter.
func (w *word) prefix(n int) uint64 { return w.front & (1<<(8*n) - 1) }

// The ways a sentence uses capitals, which change what a capital means.
const (
	caseNormal = iota
	caseTitle  // Most Words Start With a Capital, and only small ones do not
	caseUpper  // MOST WORDS ARE CAPITALS
	caseLower  // no word has a capital, not even a name
)

// titleSmall are the words that titles leave in lower case. A verb among them, or
// any longer word in lower case, shows that a sentence with many capitals is
// one with many names: Mayor Ana Reyes met Governor Tomas Vey.
var titleSmall = func() map[uint64]bool {
	m := map[uint64]bool{}
	for w := range strings.FieldsSeq("a an the and but or nor so yet of in on at to for by with from as is it its if than that into onto over out up off per via vs vs. v. v") {
		m[linear.Hash(w)] = true
	}
	return m
}()

// caseOf tells how the words of a sentence use capitals. It takes four words
// of letters to tell: fewer prove nothing.
func caseOf(words []word) int {
	letters, capital, upper := 0, 0, 0
	title := true
	for i := range words {
		s := words[i].shape
		if s&(shapeCapital|shapeLower|shapeUpper) == 0 || s&shapeOther != 0 {
			continue
		}
		letters++
		if s&shapeCapital != 0 {
			capital++
		} else if s&shapeUpper == 0 && title {
			title = titleSmall[words[i].lower]
		}
		if s&shapeLower == 0 && s&(shapeCapital|shapeUpper) != 0 {
			upper++
		}
	}
	switch {
	case letters < 4:
		return caseNormal
	case 10*upper >= 7*letters:
		return caseUpper
	case title && 10*capital >= 7*letters:
		return caseTitle
	case capital == 0 && upper == 0:
		return caseLower
	}
	return caseNormal
}

// PlainCase tells whether the words of a sentence use capitals as running
// text does: not as headlines do, and not without any.
func PlainCase(texts []string) bool {
	words := make([]word, len(texts))
	for i := range words {
		words[i].read(texts[i], false)
	}
	return caseOf(words) == caseNormal
}
