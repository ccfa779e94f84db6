package entity

import (
	"slices"
	"strings"
)

// certain is the candidate that has the words of form f: of a word in capitals, the
// one whose initials it is; of several words, what has them all but for a legal form,
// or the one of its kind that ends with them, or begins and ends with them as a
// person does; nil where there is none, or more than one.
func (g *gathering) certain(f *form) (found *group) {
	for _, x := range g.found {
		one := false
		switch place := placeIn(f.words, x.words); {
		case len(f.words) < 2:
			one = f.capitals && g.a.abbreviates(f, x.words)
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
// shares a word with it, what it is the initials of, what it
// stands beside in brackets, whose name differs by a slip.
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
	if x := g.beside(i); x != nil {
		add([]*group{x})
	}
	if len(f.words) == 1 {
		g.introduced(f, i)
		g.agreeing(f)
	}
	if bears := func(x *group) bool { return x.suffix == f.suffix }; f.suffix != "" && slices.ContainsFunc(g.found, bears) {
		g.found = slices.DeleteFunc(g.found, func(x *group) bool { return !bears(x) })
	}
	w := f.words[len(f.words)-1]
	for k := 0; len(w) > 5 && k < min(len(g.groups), maxSlips); k++ {
		if x := g.groups[k]; slip(x.words[len(x.words)-1], w) {
			add(g.groups[k : k+1])
		}
	}
}

// introduced leaves out, of several people whose surname is the first word of their
// name and is f, such as Kims, all but the one named last before name i.
func (g *gathering) introduced(f *form, i int32) {
	last, at := (*group)(nil), int32(-1)
	for _, x := range g.found {
		if k, _ := slices.BinarySearch(x.full, i); k > 0 && g.singleIn(f.words[0], x) == familyWord && x.full[k-1] > at {
			last, at = x, x.full[k-1]
		}
	}
	if last != nil {
		g.found = slices.DeleteFunc(g.found, func(x *group) bool {
			return x != last && g.singleIn(f.words[0], x) == familyWord
		})
	}
}

// agreeing leaves out people of the surname f of whose gender the pronouns behind its
// mentions are not, where there are others of whose they are.
func (g *gathering) agreeing(f *form) {
	of := func(x *group, sex int8) bool {
		return x.kind == Person && g.singleIn(f.words[0], x) >= familyWord && f.behind*x.sex == sex
	}
	if slices.ContainsFunc(g.found, func(x *group) bool { return of(x, 1) }) {
		g.found = slices.DeleteFunc(g.found, func(x *group) bool { return of(x, -1) })
	}
}

// mayName reports whether form f, at name i, may name x: not where gender or
// generation speaks against it.
func (g *gathering) mayName(f *form, i int32, x *group) bool {
	sex := g.a.mentionSex(i)
	if sex == 0 && f.sex != 2 {
		sex = f.sex
	}
	if clashing(sex, x.sex) {
		return false
	}
	if f.suffix != x.suffix && len(f.words) > 1 && slices.Equal(f.words, x.words) {
		return f.suffix == "" && f.names[0] > x.names[0] // Tom Reed, and his son Tom Reed Jr.
	}
	return true
}

func clashing(a, b int8) bool { return a == 1 && b == -1 || a == -1 && b == 1 }

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

// kin reports whether a person is introduced by a family relation to another,
// right before one of the first full names: her husband, Tom Reed.
func (a *analysis) kin(x *group) bool {
	for _, i := range x.full[:min(len(x.full), 3)] {
		n := &a.names[i]
		for j := n.Tokens.First - 1; x.kind == Person && j >= max(a.d.Sentences[a.d.SentenceAt(n.Tokens.First)].First, n.Tokens.First-3); j-- {
			if a.r.lex.Kin.Has(a.low(j)) {
				return true
			}
		}
	}
	return false
}
