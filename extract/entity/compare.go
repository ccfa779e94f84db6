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

// How the first words of two names compare.
const (
	noFirst = iota
	sameFirst
	initialFirst
	nickFirst
	beginsFirst
	slipFirst
	otherFirst
)

// measureWords compares the words of a name and of a group.
func (g *gathering) measureWords(f *form, x *group, row []float32) {
	a, b := f.words, x.words
	row[mPlace] = float32(placeIn(a, b))
	common := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			common++
		}
	}
	row[mShared] = float32(common) / float32(min(len(a), len(b)))
	la, lb := a[len(a)-1], b[len(b)-1]
	if la == lb {
		row[mLast] = 1
	} else if slip(la, lb) {
		row[mLast] = 0.5
	}
	if len(a) > 1 && len(b) > 1 {
		row[mFirst] = float32(g.firsts(a[0], b[0]))
	}
	row[mLegal] = flag(slices.Equal(g.base(a), g.base(b)))
	if len(b) > len(a) && slices.Equal(a, b[:len(a)]) {
		row[mBodyTail] = flag(g.a.r.lex.Body.Has(lb) || g.a.r.lex.Led.Has(lb) || g.a.r.lex.Ruling.Has(lb))
	}
	if len(a) > 1 {
		return
	}
	if s := strings.ReplaceAll(a[0], ".", ""); len(s) > 1 {
		if g.a.abbreviates(f, b) {
			row[mInitials] = 1
		}
	}
	row[mSingle] = g.singleIn(a[0], x)
}

// The surname's places.
const (
	familyWord = 6 // the first, of names that have it there
	lastWord   = 7
)

// singleIn tells which word of a group's name w is.
func (g *gathering) singleIn(w string, x *group) float32 {
	last := x.words[len(x.words)-1]
	switch {
	case last == w:
		return lastWord
	case x.words[0] == w && g.a.r.lex.Family.Has(w):
		return familyWord
	case x.words[0] == w:
		return 5
	case slices.Contains(x.words, w):
		return 4
	case strings.Contains(last, "-") && slices.Contains(strings.Split(last, "-"), w):
		return 3
	case slices.Contains(g.a.r.nicknames[x.given], w) || slices.Contains(g.a.r.nicknames[w], x.given) && x.given != "":
		return 2
	case slip(last, w):
		return 1
	}
	return 0
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

// firsts compares two first words.
func (g *gathering) firsts(a, b string) int {
	ia, ib := strings.Trim(a, "."), strings.Trim(b, ".")
	switch {
	case a == b:
		return sameFirst
	case len(ia) == 1 || len(ib) == 1:
		if ia != "" && ib != "" && ia[0] == ib[0] {
			return initialFirst
		}
		return otherFirst
	case slices.Contains(g.a.r.nicknames[a], b) || slices.Contains(g.a.r.nicknames[b], a):
		return nickFirst
	case len(a) > 2 && strings.HasPrefix(b, a) || len(b) > 2 && strings.HasPrefix(a, b):
		return beginsFirst
	case slip(a, b):
		return slipFirst
	}
	return otherFirst
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
