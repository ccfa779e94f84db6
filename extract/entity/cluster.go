package entity

import "slices"

// group is an entity in the making.
type group struct {
	kind   Kind
	words  []string // of the fullest form, folded
	forms  []*form
	names  []int32
	full   []int32 // names of several words, in text order
	suffix string
	sex    int8   // gender by forms of address and offices, else by the given name
	given  string // folded; of people
	kin    bool   // introduced as somebody's wife or son
	shared string // a surname shared with the next name: Anna of "Anna and Tom Reed"
}

// Pick overrules a decision while training: it gets the names that are to be
// given to one entity, the names that each candidate has so far, and the rows of
// the candidates and, last, of a new entity; it answers with the index of one, or
// -1 to let the ranker decide. What it gets is good only during the call.
type Pick func(names []int32, candidates [][]int32, rows []float32) int

// gathering holds the groups made so far and finds them by parts of their names.
type gathering struct {
	a      *analysis
	groups []*group
	part   map[string][]*group // by any word of the name
	short  map[string][]*group // by its initials
	rows   []float32
	found  []*group // candidates
	pick   Pick
}

// Bounds of what one name is compared with.
const (
	maxCandidates = 24
	maxSlips      = 400 // groups that are looked at for a slip of the pen
)

// cluster gathers the names into entities: names of several words first, the
// fullest before others, all mentions of a form together; then single words, each
// mention by itself in text order, as two people may share a surname. A trained
// ranker chooses among the groups so far that grammar and sense allow
// (mayName) and a new one.
func (a *analysis) cluster(pick Pick) {
	g := &gathering{a: a, part: map[string][]*group{}, short: map[string][]*group{}, pick: pick}
	var several []*form
	type single struct {
		f *form
		i int32
	}
	var singles []single
	for _, f := range a.forms() {
		switch {
		case f.kind() == Nationality:
		case len(f.words) == 1:
			f.behind = a.sexOfForm(f)
			for _, i := range f.names {
				singles = append(singles, single{f, i})
			}
		default:
			several = append(several, f)
		}
	}
	slices.SortStableFunc(several, func(x, y *form) int { return len(y.words) - len(x.words) })
	for _, f := range several {
		g.give(f, f.names)
	}
	for _, x := range g.groups {
		slices.Sort(x.full)
		x.kin = x.kind == Person && a.kin(x.full[0])
	}
	slices.SortFunc(singles, func(x, y single) int { return int(x.i - y.i) })
	for _, s := range singles {
		g.give(s.f, []int32{s.i})
	}
	g.joinGiven()
	a.finish(g.groups)
}

// give gives names of form f to the group that the ranker chooses, or a new one.
func (g *gathering) give(f *form, names []int32) {
	g.candidates(f, names[0])
	if len(g.found) == 0 {
		g.newGroup(f, names)
		return
	}
	if x := g.certain(f); x != nil && g.pick == nil {
		g.link(x, f, names)
		return
	}
	rows := g.measure(f, names[0])
	choice := -1
	if g.pick != nil {
		ids := make([][]int32, len(g.found))
		for k, x := range g.found {
			ids[k] = x.names
		}
		choice = g.pick(names, ids, rows)
	}
	if choice < 0 {
		choice = g.a.r.choose(rows)
	}
	if choice < len(g.found) {
		g.link(g.found[choice], f, names)
	} else {
		g.newGroup(f, names)
	}
}

// choose is the index of the best row. Without a ranker, as in the first pass of
// training, it is the first that shares a word, else the last.
func (r *Recognizer) choose(rows []float32) int {
	n := len(rows) / NumMeasures
	if r.ranker == nil {
		for k := range n {
			if rows[k*NumMeasures+mShared] > 0 {
				return k
			}
		}
		return n - 1
	}
	var scores [maxCandidates + 1]float32
	s := scores[:n]
	r.ranker.Score(rows, s)
	best := 0
	for k := range s {
		if s[k] > s[best] {
			best = k
		}
	}
	return best
}

func (g *gathering) newGroup(f *form, names []int32) {
	x := &group{kind: f.kind(), words: f.words, suffix: f.suffix}
	g.groups = append(g.groups, x)
	g.link(x, f, names)
	g.index(x, f.words)
	if x.kind != Person {
		return
	}
	if len(f.words) == 1 {
		return
	}
	if given := f.words[0]; !g.a.r.lex.Particle.Has(given) || g.a.isGiven(given) { // not De Vries: a surname of several words
		x.given = given
		if x.sex == 0 {
			x.sex = g.a.r.sexOf(given)
		}
	}
}

// index makes a group known by the words of a name, and by its initials.
func (g *gathering) index(x *group, words []string) {
	add := func(m map[string][]*group, w string) {
		if w != "" && !slices.Contains(m[w], x) {
			m[w] = append(m[w], x)
		}
	}
	for _, w := range words {
		add(g.part, w)
	}
	if len(words) > 1 {
		all, main := g.a.initials(words)
		add(g.short, all)
		add(g.short, main)
	}
}

// link gives names of form f to group x.
func (g *gathering) link(x *group, f *form, names []int32) {
	if !slices.Contains(x.forms, f) {
		x.forms = append(x.forms, f)
		if len(x.names) > 0 {
			g.index(x, f.words)
		}
	}
	x.names = append(x.names, names...)
	if len(f.words) > 1 {
		x.full = append(x.full, names...)
	}
	f.last = x
	if (f.sex == 1 || f.sex == -1) && len(f.words) > 1 {
		x.sex = f.sex
	}
	if f.suffix != "" && x.suffix == "" {
		x.suffix = f.suffix
	}
}

// joinGiven gives people known by a first name alone the surname of the next
// name where both share it: Anna and Tom Reed.
func (g *gathering) joinGiven() {
	a := g.a
	for _, x := range g.groups {
		if x.kind != Person || len(x.words) > 1 || len(x.full) > 0 || !a.isGiven(x.words[0]) {
			continue
		}
		i := x.names[0]
		if int(i)+1 >= len(a.names) {
			continue
		}
		n, m := &a.names[i], &a.names[i+1]
		if m.Kind != Person || m.Tokens.Len() < 2 || m.Tokens.First != n.Tokens.End+1 || !a.r.lex.And.Has(a.low(n.Tokens.End)) {
			continue
		}
		x.given, x.shared = x.words[0], a.d.Word(m.Tokens.End-1)
	}
}
