package annotation

import (
	"fmt"
	"sort"
	"unicode"
	"unicode/utf8"
)

// index converts between the ways of counting a text.
type index struct {
	text  string
	bytes []int // byte offset of each code point, and the length
	units []int // UTF-16 offset of each code point, and the length; nil where equal to code points
}

func newIndex(text string) *index {
	x := &index{text: text, bytes: make([]int, 0, len(text)+1)}
	astral := false
	for i, r := range text {
		x.bytes = append(x.bytes, i)
		astral = astral || r > 0xFFFF
	}
	x.bytes = append(x.bytes, len(text))
	if astral {
		x.units = make([]int, 0, len(x.bytes))
		n := 0
		for _, r := range text {
			x.units = append(x.units, n)
			n++
			if r > 0xFFFF {
				n++
			}
		}
		x.units = append(x.units, n)
	}
	return x
}

// len is the number of code points.
func (x *index) len() int { return len(x.bytes) - 1 }

// has reports whether s lies in the text.
func (x *index) has(s Span) bool { return 0 <= s.Start && s.Start <= s.End && s.End <= x.len() }

// slice is the text of a span that lies in it.
func (x *index) slice(s Span) string { return x.text[x.bytes[s.Start]:x.bytes[s.End]] }

// runeAt is the code point at i.
func (x *index) runeAt(i int) rune {
	r, _ := utf8.DecodeRuneInString(x.text[x.bytes[i]:])
	return r
}

// ofBytes is the span of a range of bytes; false when an edge is not between
// two code points of the text.
func (x *index) ofBytes(start, end int) (Span, bool) {
	a, okA := find(x.bytes, start)
	b, okB := find(x.bytes, end)
	return Span{a, b}, okA && okB && a <= b
}

// toUTF16 is s in UTF-16 units.
func (x *index) toUTF16(s Span) (start, end int) {
	if x.units == nil {
		return s.Start, s.End
	}
	return x.units[s.Start], x.units[s.End]
}

// ofUTF16 is the span of a range of UTF-16 units; false when it is not in the
// text, or cuts a pair of surrogates.
func (x *index) ofUTF16(start, end int) (Span, bool) {
	if x.units == nil {
		s := Span{start, end}
		return s, x.has(s)
	}
	a, okA := find(x.units, start)
	b, okB := find(x.units, end)
	return Span{a, b}, okA && okB && a <= b
}

func find(offsets []int, at int) (int, bool) {
	i := sort.SearchInts(offsets, at)
	return i, i < len(offsets) && offsets[i] == at
}

// outside is the error of a span that does not lie in the text.
func (x *index) outside(what string, start, end int) error {
	return fmt.Errorf("%s from %d to %d does not lie in the text of %d characters; was the text changed after it was annotated?", what, start, end, x.len())
}

// isSpace is white space for every format: Unicode's, and the controls that
// Python takes for line ends.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F }

// breaksLine reports whether a line-based format cannot hold r in a field:
// what some reader takes for a line end, and the tab.
func breaksLine(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\t', 0x85, 0x2028, 0x2029:
		return true
	}
	return r >= 0x1C && r <= 0x1F
}
