package entity

import (
	"slices"
	"strings"
)

// certain is the candidate that has the words of form f: of one word, whose initials
// or surname it is, or the whole name but for a legal form; of several, what has them
// all but for a legal form, or the one of its kind that ends with them, or begins and
// ends with them as a person does; nil where there is none, or more than one.
func (g *gathering) certain(f *form) (found *group) {
	for _, x := range g.found {
		one := false
		switch place := placeIn(f.words, x.words); {
		case len(f.words) < 2:
			one = f.capitals && g.a.abbreviates(f, x.words) || f.kind() == x.kind &&
				(x.kind == Person && g.surname(f, x) != noSurname || x.kind == Organization && slices.Equal(f.words, g.base(x.words)))
		case slices.Equal(g.base(f.words), g.base(x.words)):
			return x
		case f.kind() == x.kind && x.kind != Place:
			one = place == ends || place == inside && f.words[len(f.words)-1] == x.words[len(x.words)-1] ||
				place == begins && x.kind == Person // Juan Perez of Juan Perez Ruiz
		}
		switch {
		case one && found != nil:
			return nil
		case one:
			found = x
		}
	}
	return found
}

// candidates fills g.found with the groups that form f, at name i, may name: what
// shares a word with it, what it is the initials of, what it stands beside in
// brackets, whose name differs by a slip.
func (g *gathering) candidates(f *form, i int32) {
	g.found = g.found[:0]
	add := func(xs []*group) {
		for k := len(xs) - 1; k >= 0; k-- {
			if x := xs[k]; len(g.found) < maxCandidates && !slices.Contains(g.found, x) && g.mayName(f, i, x) {
				g.found = append(g.found, x)
			}
		}
	}
	for k, w := range f.words {
		if k > 0 && (g.a.r.lex.Particle.Has(w) || g.a.r.lex.Joint.Has(w)) && len(f.words) > 1 {
			continue
		}
		add(g.part[w])
	}
	if len(f.words) == 1 {
		add(g.short[strings.ReplaceAll(f.words[0], ".", "")])
	}
	if x := g.beside(i); x != nil && (x.kind == f.kind() || x.kind != Person && g.a.abbreviates(f, x.words)) {
		add([]*group{x})
	}
	if bears := func(x *group) bool { return x.suffix == f.suffix }; f.suffix != "" && slices.ContainsFunc(g.found, bears) {
		g.found = slices.DeleteFunc(g.found, func(x *group) bool { return !bears(x) })
	}
	if len(f.words) == 1 {
		g.bearers(f)
	}
	w := f.words[len(f.words)-1]
	for k := 0; len(w) > 5 && k < min(len(g.groups), maxSlips); k++ {
		if x := g.groups[k]; slip(x.words[len(x.words)-1], w) {
			add(g.groups[k : k+1])
		}
	}
}

// bearers leaves out, of several people whose surname form f is, those of whose gender
// the pronouns behind its mentions are not, and those who are introduced as somebody's
// kin.
func (g *gathering) bearers(f *form) {
	for _, out := range []func(x *group) bool{
		func(x *group) bool { return f.behind*x.sex < 0 },
		func(x *group) bool { return x.kin },
	} {
		bears := func(x *group, so bool) bool {
			return x.kind == Person && g.surname(f, x) != noSurname && out(x) == so
		}
		if slices.ContainsFunc(g.found, func(x *group) bool { return bears(x, false) }) {
			g.found = slices.DeleteFunc(g.found, func(x *group) bool { return bears(x, true) })
		}
	}
}

// mayName reports whether form f, at name i, may name x: not where gender or
// generation speaks against it.
func (g *gathering) mayName(f *form, i int32, x *group) bool {
	sex := g.a.mentionSex(i)
	if sex == 0 && f.sex != 2 {
		sex = f.sex
	}
	if sex*x.sex < 0 {
		return false
	}
	if f.suffix != x.suffix && len(f.words) > 1 && slices.Equal(f.words, x.words) {
		return f.suffix == "" && f.names[0] > x.names[0] // Tom Reed, and his son Tom Reed Jr.
	}
	return true
}

// beside is the group of the name that stands right before name i in brackets,
// or right before whose brackets it stands.
func (g *gathering) beside(i int32) *group {
	a := g.a
	n := &a.names[i]
	bracketed := func(first, second *Name) bool {
		return second.Tokens.First == first.Tokens.End+1 && a.low(first.Tokens.End) == "(" && a.low(second.Tokens.End) == ")"
	}
	if i > 0 && bracketed(&a.names[i-1], n) {
		return g.groupOf(i - 1)
	}
	if int(i)+1 < len(a.names) && bracketed(n, &a.names[i+1]) {
		return g.groupOf(i + 1)
	}
	return nil
}

// groupOf is the group that name i was given to; nil for none yet.
func (g *gathering) groupOf(i int32) *group {
	for _, x := range g.groups[:min(len(g.groups), maxSlips)] {
		if slices.Contains(x.names, i) {
			return x
		}
	}
	return nil
}

// kin reports whether name i is introduced by a family relation to another right
// before it: her husband, Tom Reed.
func (a *analysis) kin(i int32) bool {
	first := a.names[i].Tokens.First
	floor := a.d.Sentences[a.d.SentenceAt(first)].First
	for k := max(floor, first-3); k < first; k++ {
		if a.r.lex.Kin.Has(a.low(k)) {
			return true
		}
	}
	return false
}
