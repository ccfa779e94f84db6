package output

import (
	"math/bits"
	"unicode/utf8"
)

// block is the distance in bytes between two counted places: 64 costs 1/16 of
// the text in memory and at most eight words of counting an offset.
const block = 64

// runeIndex turns byte offsets of one text into code point offsets. It is
// built in one pass and answers any offset in any order in constant time. An
// index may be reused for text after text; it is not safe for concurrent use.
type runeIndex struct {
	text   string
	ascii  bool
	starts []int32 // starts[i]: code points that begin before byte i*block
	n      int32
}

// reset indexes text, which must be valid UTF-8.
func (x *runeIndex) reset(text string) {
	x.text, x.starts = text, x.starts[:0]
	n := countRunes(text)
	x.n = int32(n)
	x.ascii = n == len(text)
	if x.ascii {
		return
	}
	count := 0
	for i := 0; i < len(text); i += block {
		x.starts = append(x.starts, int32(count))
		count += countRunes(text[i:min(i+block, len(text))])
	}
}

// len is the number of code points of the text.
func (x *runeIndex) len() int32 { return x.n }

// at is the number of code points before byte offset b, which must be a code
// point's first byte or the end of the text.
func (x *runeIndex) at(b int32) int32 {
	if x.ascii {
		return b
	}
	i := int(b) / block
	if i == len(x.starts) { // the end of a text of whole blocks
		return x.n
	}
	return x.starts[i] + int32(countRunes(x.text[i*block:b]))
}

// countRunes counts the bytes of s that begin a code point, eight at a time.
// Unlike utf8.RuneCountInString it may be given a piece cut inside a code
// point, and the counts of the pieces of a text add up.
func countRunes(s string) int {
	n := len(s)
	for len(s) >= 8 {
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		n -= bits.OnesCount64(w >> 7 &^ (w >> 6) & 0x0101010101010101) // bytes 10xxxxxx
		s = s[8:]
	}
	for i := range len(s) {
		if !utf8.RuneStart(s[i]) {
			n--
		}
	}
	return n
}

// onBoundary reports whether byte offset b begins a code point of text or is
// its end.
func onBoundary(text string, b int32) bool {
	return b >= 0 && int(b) <= len(text) && (int(b) == len(text) || utf8.RuneStart(text[b]))
}
