package entity

import (
	"slices"
	"strings"
	"unicode"
)

// addOther gives a name of a body, place or thing to a group that it is a
// shorter, longer or other name of, or to a new one.
func (g *gathering) addOther(f *form) {
	k := f.kind()
	if x := g.sameBody(f, k); x != nil {
		g.link(x, f, f.names)
		return
	}
	x := g.newGroup(f, k)
	g.other = append(g.other, x)
}

func (g *gathering) sameBody(f *form, k Kind) *group {
	base := g.base(f.words)
	acronym := len(f.words) == 1 && g.capitals(f)
	beside := g.beside(f)
	var found *group
	for _, x := range g.other {
		switch {
		case x == beside && (acronym || len(x.words) == 1 || x.kind == k):
			return x
		case slices.Equal(base, g.base(x.words)):
			return x
		case acronym && g.initials(x.words, f.words[0]):
			return x
		case x.kind != k:
		case k == Organization && found == nil && len(x.words) > len(base) && slices.Equal(base, x.words[:len(base)]):
			found = x // Goldman of Goldman Sachs
		case found == nil && len(x.words) == len(f.words) && len(f.key) > 6 && slip(strings.Join(x.words, " "), f.key):
			found = x
		}
	}
	return found
}

// base is a name's words without the legal form at its end.
func (g *gathering) base(words []string) []string {
	for len(words) > 1 && g.a.r.lex.Legal.Has(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// capitals reports whether a form of one word is written in capitals.
func (g *gathering) capitals(f *form) bool {
	upper := 0
	for _, r := range g.a.d.Word(g.a.names[f.names[0]].Tokens.First) {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper > 1
}

// initials reports whether s is the initials of words, with or without those of
// small ones.
func (g *gathering) initials(words []string, s string) bool {
	if len(words) < 2 {
		return false
	}
	all, main := "", ""
	for _, w := range words {
		all += w[:1]
		if !g.a.r.lex.Joint.Has(w) {
			main += w[:1]
		}
	}
	s = strings.ReplaceAll(s, ".", "")
	return len(s) > 1 && (s == all || s == main)
}

// beside is the group of the name that stands right before one of f's in
// brackets, or right before whose brackets it stands.
func (g *gathering) beside(f *form) *group {
	a := g.a
	for _, i := range f.names {
		if i == 0 {
			continue
		}
		n, m := &a.names[i], &a.names[i-1]
		if n.Tokens.First == m.Tokens.End+1 && a.low(m.Tokens.End) == "(" && a.low(n.Tokens.End) == ")" {
			if x := g.groupOf(i - 1); x != nil && x.kind != Person {
				return x
			}
		}
		if int(i)+1 < len(a.names) {
			if o := &a.names[i+1]; o.Tokens.First == n.Tokens.End+1 && a.low(n.Tokens.End) == "(" && a.low(o.Tokens.End) == ")" {
				if x := g.groupOf(i + 1); x != nil && x.kind != Person {
					return x
				}
			}
		}
	}
	return nil
}

// groupOf is the group that name i was given to; nil for none yet.
func (g *gathering) groupOf(i int32) *group {
	for _, x := range g.other {
		if slices.Contains(x.names, i) {
			return x
		}
	}
	return nil
}
