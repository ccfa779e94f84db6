package entity

import (
	"slices"
	"strings"
)

// Where one name stands in the other.
const (
	apart = iota
	equal
	ends
	begins
	inside
	endsWith
	beginsWith
	holds
)

// Which word of a person's name a surname is.
const (
	noSurname  = iota
	familyWord // the first, of names that have it there
	lastWord
)

// surname tells which word of a group's name the first of form f is, as a surname.
func (g *gathering) surname(f *form, x *group) int {
	switch w := f.words[0]; {
	case x.words[len(x.words)-1] == w:
		return lastWord
	case x.words[0] == w && g.a.r.lex.Family.Has(w):
		return familyWord
	}
	return noSurname
}

func placeIn(a, b []string) int {
	n := len(b) - len(a)
	switch {
	case slices.Equal(a, b):
		return equal
	case n > 0 && slices.Equal(a, b[n:]):
		return ends
	case n > 0 && slices.Equal(a, b[:len(a)]):
		return begins
	case n > 0 && inOrder(a, b):
		return inside
	case n < 0 && slices.Equal(b, a[-n:]):
		return endsWith
	case n < 0 && slices.Equal(b, a[:len(b)]):
		return beginsWith
	case n < 0 && inOrder(b, a):
		return holds
	}
	return apart
}

// base is a name's words without the legal form at its end.
func (g *gathering) base(words []string) []string {
	for len(words) > 1 && g.a.r.lex.Legal.Has(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// initials are those of words, with and without those of small ones.
func (a *analysis) initials(words []string) (all, main string) {
	var b, c strings.Builder
	for _, w := range words {
		for part := range strings.SplitSeq(w, "-") {
			b.WriteString(head(part, 1))
			if !a.r.lex.Joint.Has(w) {
				c.WriteString(head(part, 1))
			}
		}
	}
	return b.String(), c.String()
}

// inOrder reports whether the words of a stand in b in their order.
func inOrder(a, b []string) bool {
	for _, w := range b {
		if len(a) > 0 && a[0] == w {
			a = a[1:]
		}
	}
	return len(a) == 0
}

// slip reports whether two words of five letters or more differ by one letter
// set, left out, or changed, or by two that stand in each other's place.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 5 || len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
