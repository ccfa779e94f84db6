package entity

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// form is one way in which the article writes a name, with all its mentions.
type form struct {
	key    string
	words  []string // folded
	names  []int32
	votes  [numKinds]float32
	plain  bool // stands in a sentence that uses capitals as running text does
	suffix string
	sex    int8 // by the forms of address before it; 2 where they differ
}

// kind is what the form's mentions mostly are.
func (f *form) kind() Kind {
	best := Person
	for k := Person; k < numKinds; k++ {
		if f.votes[k] > f.votes[best] {
			best = k
		}
	}
	return best
}

// group is an entity in the making.
type group struct {
	kind   Kind
	words  []string // of the fullest form, folded
	forms  []*form
	names  []int32
	suffix string
	sex    int8
	given  string // folded
	last   string
	shared string // a surname shared with the next name: Anna of "Anna and Tom Reed"
}

// cluster gathers the names into entities: people by their full names, the
// fullest first, then bodies, places and the rest of several words, then single
// words, which a fuller name nearby may explain.
func (a *analysis) cluster() {
	var people, others, single []*form
	for _, f := range a.forms() {
		a.asPlace(f)
		k := f.kind()
		switch {
		case k == Nationality:
		case len(f.words) == 1:
			single = append(single, f)
		case k == Person:
			people = append(people, f)
		default:
			others = append(others, f)
		}
	}
	byLength := func(x, y *form) int { return len(y.words) - len(x.words) }
	slices.SortStableFunc(people, byLength)
	slices.SortStableFunc(others, byLength)
	g := &gathering{a: a, last: map[string][]*group{}, part: map[string][]*group{}, key: map[string]*group{}}
	for _, f := range people {
		g.addPerson(f)
	}
	for _, f := range others {
		g.addOther(f)
	}
	for _, f := range single {
		if f.kind() == Person {
			g.addSinglePerson(f)
		} else {
			g.addOther(f)
		}
	}
	g.joinGiven()
	a.finish(g.groups)
}

// asPlace makes a place of a form that is one wherever it is known, such as a
// country's name: it speaks as an organization only where it acts.
func (a *analysis) asPlace(f *form) {
	h := uint64(phraseSeed)
	for _, w := range f.words {
		h = phraseHash(h, hashOf(w))
	}
	if f.kind() == Organization && Kind(a.r.gazetteer.Word(h)) == Place {
		f.votes[Place] += f.votes[Organization]
		f.votes[Organization] = 0
	}
}

// forms gathers the names by their words, in order of first mention.
func (a *analysis) forms() (out []*form) {
	by := map[string]*form{}
	for i := range a.names {
		n := &a.names[i]
		words := a.nameWords(n)
		key := strings.Join(words, " ")
		f := by[key]
		if f == nil {
			f = &form{key: key, words: words}
			if l := len(words); l > 1 && a.r.lex.Suffix.Has(words[l-1]) {
				f.suffix = strings.Trim(words[l-1], ".")
				f.words = words[:l-1]
			}
			by[key] = f
			out = append(out, f)
		}
		f.names = append(f.names, int32(i))
		f.votes[n.Kind] += n.Confidence
		f.plain = f.plain || a.t.words[n.Tokens.First].style == plain
		for t := n.Title.First; t < n.Title.End; t++ {
			if s := a.r.lex.sex(a.low(t)); s != 0 && f.sex != 2 {
				if f.sex == -s {
					s = 2
				}
				f.sex = s
			}
		}
	}
	return out
}

// nameWords are the words of a name, folded: without marks, without "the", with
// the initials of states and unions as one.
func (a *analysis) nameWords(n *Name) (out []string) {
	for i := n.Tokens.First; i < n.Tokens.End; i++ {
		w := a.low(i)
		if !a.t.words[i].letters && w[0] != '&' && (w[0] < '0' || w[0] > '9') || a.r.lex.Article.Has(w) && len(out) == 0 {
			continue
		}
		if strings.Count(w, ".") > 1 {
			w = strings.ReplaceAll(w, ".", "")
		}
		if p, rest, ok := strings.Cut(w, "-"); ok && rest != "" && a.r.lex.Particle.Has(p) {
			out = append(out, p) // al-Assad is al Assad
			w = rest
		}
		out = append(out, w)
	}
	if len(out) == 0 {
		out = append(out, a.low(n.Tokens.First))
	}
	return out
}

// gathering holds the groups made so far and finds them by parts of their names.
type gathering struct {
	a      *analysis
	groups []*group
	last   map[string][]*group // people by surname
	part   map[string][]*group // people by any word
	key    map[string]*group   // all by a whole form
	other  []*group            // of several words, no people
}

func (g *gathering) newGroup(f *form, k Kind) *group {
	x := &group{kind: k, words: f.words, suffix: f.suffix}
	g.groups = append(g.groups, x)
	g.link(x, f, f.names)
	return x
}

// link gives names of form f to group x.
func (g *gathering) link(x *group, f *form, names []int32) {
	if !slices.Contains(x.forms, f) {
		x.forms = append(x.forms, f)
	}
	x.names = append(x.names, names...)
	if f.sex != 0 && f.sex != 2 && x.sex == 0 {
		x.sex = f.sex
	}
	if f.suffix != "" && x.suffix == "" {
		x.suffix = f.suffix
	}
	g.key[f.key] = x
}

// addPerson gives a full name to the person it fits best, or to a new one.
func (g *gathering) addPerson(f *form) {
	given, last := f.words[0], f.words[len(f.words)-1]
	var best *group
	top := float32(0)
	for _, x := range g.candidates(f.words) {
		if s := g.pair(f, x); s > top {
			best, top = x, s
		}
	}
	if best != nil {
		g.link(best, f, f.names)
		return
	}
	if g.a.r.lex.Particle.Has(given) && !g.a.isGiven(given) { // De Vries: a surname of several words
		given = ""
	}
	x := g.newGroup(f, Person)
	x.given, x.last = given, last
	if x.sex == 0 && given != "" {
		switch g.a.r.gazetteer.Word(hashOf(given)).Sex() {
		case news.Female:
			x.sex = 1
		case news.Male:
			x.sex = -1
		}
	}
	g.last[last] = append(g.last[last], x)
	for _, w := range f.words {
		if !slices.Contains(g.part[w], x) {
			g.part[w] = append(g.part[w], x)
		}
	}
}

// candidates are the people who share a word with a name.
func (g *gathering) candidates(words []string) (out []*group) {
	for _, w := range words {
		if g.a.r.lex.Particle.Has(w) {
			continue
		}
		for _, x := range g.part[w] {
			if !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	return out
}
