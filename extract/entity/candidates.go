package entity

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// certain is the candidate that has the words of form f: all of them but for a
// legal form; of one kind, the end of its name, or the first and last word and
// those between them in order; nil where there is none, or more than one.
func (g *gathering) certain(f *form) *group {
	if len(f.words) < 2 {
		if x := g.onlySpelled(f); x != nil {
			return x
		}
		return g.onlyBearer(f)
	}
	var found *group
	for _, x := range g.found {
		if slices.Equal(g.base(f.words), g.base(x.words)) || f.kind() == x.kind && x.kind == Organization && g.misspelt(f.words, x.words) {
			return x
		}
		place := placeIn(f.words, x.words)
		whole := place == ends || place == inside && f.words[len(f.words)-1] == x.words[len(x.words)-1]
		if x.kind == Person && f.kind() == Person && place == begins {
			whole = true // Juan Perez of Juan Perez Ruiz
		}
		if !whole || f.kind() != x.kind || x.kind == Place || x.kind == Person && place == ends && g.a.isGiven(f.words[0]) && !g.a.r.lex.Particle.Has(f.words[0]) {
			continue
		}
		if found != nil {
			return nil
		}
		found = x
	}
	return found
}

// onlySpelled is the one candidate whose initials a word in capitals is; nil where
// there is none, or more than one.
func (g *gathering) onlySpelled(f *form) *group {
	if !f.capitals {
		return nil
	}
	return g.only(func(x *group) bool { return g.a.abbreviates(f, x.words) })
}

// only is the one candidate that is so; nil where there is none, or more than one.
func (g *gathering) only(so func(*group) bool) (found *group) {
	for _, x := range g.found {
		if !so(x) {
			continue
		}
		if found != nil {
			return nil
		}
		found = x
	}
	return found
}

// onlyBearer is the one person among the candidates whose surname a single word is,
// or the one body whose name begins with it, as far as it is no place's; nil where
// there is none, or more than one.
func (g *gathering) onlyBearer(f *form) *group {
	w, k := f.words[0], f.kind()
	known := g.a.r.gazetteer.Word(hashOf(w))
	if k != Person && (k != Organization || known&(ListCountry|ListCity|ListDemonym) != 0 || Kind(g.a.r.gazetteer.Word(PhraseHash([]uint64{hashOf(w)}))) == Place) {
		return nil
	}
	return g.only(func(x *group) bool {
		switch {
		case x.kind != k:
			return false
		case k == Person:
			return g.singleIn(w, x) == lastWord
		}
		return x.words[0] == w && !g.ledBy(x)
	})
}

// misspelt reports whether two names have the same words but for a letter of a
// long one that no list knows: the Health Minstry.
func (g *gathering) misspelt(a, b []string) bool {
	slips := 0
	for k := range a {
		switch {
		case len(a) != len(b):
			return false
		case a[k] == b[k]:
		case len(a[k]) > 6 && slip(a[k], b[k]) && g.a.r.lex.Body.Has(a[k]) != g.a.r.lex.Body.Has(b[k]):
			slips++
		default:
			return false
		}
	}
	return slips == 1
}

// candidates fills g.found with the groups that form f, at name i, may name: what
// shares a word with it, what it is the initials of or a nickname for, what it
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
		if k == 0 || len(f.words) == 1 {
			for _, n := range g.a.r.nicknames[w] {
				add(g.part[n])
			}
		}
		if p, _, ok := strings.Cut(w, "-"); ok {
			add(g.part[p])
		}
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

// introduced leaves out people of the surname f who are named in full only behind
// name i, where there are others who were before.
func (g *gathering) introduced(f *form, i int32) {
	later := func(x *group) bool {
		return x.kind == Person && len(x.full) > 0 && x.full[0] > i
	}
	before := slices.ContainsFunc(g.found, func(x *group) bool {
		return x.kind == Person && g.singleIn(f.words[0], x) >= familyWord && len(x.full) > 0 && x.full[0] < i && !x.kin
	})
	if before {
		g.found = slices.DeleteFunc(g.found, later)
	}
	last, at := (*group)(nil), int32(-1) // of several Kims, the one named last
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

// mayName reports whether form f, at name i, may name x: not where gender,
// generation, given names or initials speak against it.
func (g *gathering) mayName(f *form, i int32, x *group) bool {
	sex := g.a.mentionSex(i)
	if sex == 0 && f.sex != 2 {
		sex = f.sex
	}
	if clashing(sex, x.sex) || f.suffix != "" && x.suffix != "" && f.suffix != x.suffix {
		return false
	}
	if f.suffix != x.suffix && len(f.words) > 1 && slices.Equal(f.words, x.words) {
		return f.suffix == "" && f.names[0] > x.names[0] // Tom Reed, and his son Tom Reed Jr.
	}
	if f.kind() != Person || x.kind != Person {
		return g.mayKind(f, x)
	}
	return len(f.words) < 2 || len(x.words) < 2 || !g.differ(f.words, x.words)
}

// mayKind reports whether the kinds of form f and of group x, which are not both
// people's, allow that f names x.
func (g *gathering) mayKind(f *form, x *group) bool {
	if x.kind == Person && f.kind() != Person && f.votes[f.kind()] > sureKind*float32(len(f.names)) {
		return f.capitals && (len(f.key) >= minAcronym || f.label) && g.a.abbreviates(f, x.words) // KKS
	}
	if f.kind() == Person && x.kind == Organization && g.ledBy(x) {
		return false // Whitlock is not the Whitlock campaign
	}
	if f.kind() == Place && x.kind == Place && len(f.words) != len(x.words) && !g.a.abbreviates(f, x.words) {
		return placeIn(f.words, x.words) == begins // New York of New York City, but not China of South China
	}
	return true
}

// ledBy reports whether a body's name ends with the word for what is a leader's.
func (g *gathering) ledBy(x *group) bool {
	w := x.words[len(x.words)-1]
	return g.a.r.lex.Led.Has(w) || g.a.r.lex.Body.Has(w)
}

// differ reports whether two full names are those of different people: other
// given names, other initials.
func (g *gathering) differ(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if n := len(b) - len(a); n > 0 && slices.Equal(a, b[n:]) {
		return false // De Vries
	}
	if len(a) > 2 && len(b) > 2 {
		m, n := strings.Trim(a[1], "."), strings.Trim(b[1], ".")
		if (len(m) == 1 || len(n) == 1) && m != "" && n != "" && m[0] != n[0] {
			return true
		}
	}
	return g.firsts(a[0], b[0]) == otherFirst && a[len(a)-1] == b[len(b)-1] || a[0] != b[0] && a[len(a)-1] != b[len(b)-1] && !inOrder(a, b) && !slip(a[len(a)-1], b[len(b)-1])
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
// right before or behind one of the first full names: her husband, Tom Reed; Tom
// Reed, the senator's son.
func (a *analysis) kin(x *group) bool {
	if x.kind != Person {
		return false
	}
	for k, i := range x.full {
		if k == 3 {
			break
		}
		n := &a.names[i]
		s := a.d.Sentences[a.d.SentenceAt(n.Tokens.First)]
		for j := n.Tokens.First - 1; j >= max(s.First, n.Tokens.First-3); j-- {
			if a.r.lex.Kin.Has(a.low(j)) {
				return true
			}
		}
		if !n.Title.Empty() && a.mentionSex(i) == 0 {
			return false // an office counts for more than a marriage
		}
		if n.Tokens.End >= s.End || a.d.Tokens[n.Tokens.End].Tag != news.TagCOMMA {
			continue
		}
		for j := n.Tokens.End + 1; j < min(s.End, n.Tokens.End+6) && a.d.Tokens[j].Tag != news.TagCOMMA; j++ {
			if g := a.d.Tokens[j-1].Tag; a.r.lex.Kin.Has(a.low(j)) && (g == news.TagPOS || g == news.TagPRPS || g == news.TagJJ || g == news.TagJJS) {
				return true
			}
		}
	}
	return false
}
