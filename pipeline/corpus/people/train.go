package people

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// TrainOptions say what Train does.
type TrainOptions struct {
	Seed     uint64
	Lists    Lists
	Progress func(string) // may be nil
}

// Trained is a model and what its training tells.
type Trained struct {
	Model    *Model
	Examples [2]int // of persons and organizations
	Choices  int    // of persons whom a part of a name means
	// Identities are choices of known people.
	Identities int
}

// Sizes of the worlds that models are trained on: several, for what a large
// corpus tells of a name a small one does not.
var trainWorlds = []struct {
	people, articles int
	stray, sparse    float64
}{
	{240, 300, 0.4, 0.5}, {600, 1200, 0.4, 0.7}, {600, 900, 0.1, 0.1}, {2400, 6000, 0.3, 0.4}, {2400, 5000, 0.05, 0.1}, {3000, 14000, 0.3, 0.3}, {3000, 14000, 0.02, 0.2},
}

// trainRounds: the first round compares entities with what is true of those
// before them, the others with what the model of the round before made of
// them, mistakes and all.
const trainRounds = 3

// trainFiles are the files of known people that each world is held against.
const trainFiles = 4

// Train trains the model on made-up corpora, in which it is known who everybody
// is.
func Train(ctx context.Context, o TrainOptions) (*Trained, error) {
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	t := &Trained{Model: &Model{}}
	var pairs [2][]example
	var choices, identities []choice
	for round := range trainRounds {
		for i, size := range trainWorlds {
			w := newWorld(o.Seed*1000+uint64(10*round+i), size.people, size.articles, size.stray, size.sparse, o.Lists)
			l := newLesson(w)
			if err := l.read(ctx); err != nil {
				return nil, err
			}
			if round == 0 {
				l.names()
			} else {
				l.practise(t.Model)
			}
			l.variants()
			for k := range pairs {
				pairs[k] = append(pairs[k], l.pairs[k]...)
			}
			if round == 0 {
				l.short()
				choices = append(choices, l.choices...)
			}
			if round == trainRounds-1 { // of persons as a run makes them, some of whom are two
				for range trainFiles {
					identities = append(identities, l.identities()...)
				}
			}
		}
		for k := range pairs {
			weights, err := fit(pairs[k], nFeatures, 3)
			if err != nil {
				return nil, err
			}
			copy(t.Model.pairs[k][:], weights)
			t.Examples[k] = len(pairs[k])
		}
		o.Progress(fmt.Sprintf("people: round %d, %d + %d pairs, %d short names", round+1, len(pairs[0]), len(pairs[1]), len(choices)))
	}
	weights, err := fitChoices(choices, nShort, 1)
	if err != nil {
		return nil, err
	}
	copy(t.Model.short[:], weights)
	if weights, err = fitChoices(identities, nKnown, 1); err != nil {
		return nil, err
	}
	copy(t.Model.known[:], weights)
	t.Choices, t.Identities = len(choices), len(identities)
	return t, nil
}

// lesson makes examples of a world.
type lesson struct {
	w       *world
	l       *linker
	rng     *rand.Rand
	groups  map[string][]taught // by key, in the order of the articles
	nodes   map[string]map[int]*summary
	pairs   [2][]example
	choices []choice
}

// taught is an entity and who it is.
type taught struct {
	s  *summary
	is int
}

func newLesson(w *world) *lesson {
	return &lesson{w: w, l: &linker{c: newCounts()}, rng: rand.New(rand.NewPCG(5, uint64(len(w.articles)))), groups: map[string][]taught{},
		nodes: map[string]map[int]*summary{}}
}

func (x *lesson) read(ctx context.Context) error {
	for k, list := range x.w.entities {
		x.l.c.articles++
		company := x.l.company(list, nil)
		for i := range list {
			if s, ok := x.l.summarize(&list[i], i, company); ok {
				x.l.follow(s)
				x.groups[s.key] = append(x.groups[s.key], taught{s, x.w.truth[k][i]})
			}
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

func (x *lesson) sortedKeys() []string { return slices.Sorted(maps.Keys(x.groups)) }

func (x *lesson) pair(a, b *summary, same bool, weight float64) {
	var v vector
	if !compatible(a, b, &v) {
		return
	}
	measure(a, b, x.l.c, &v)
	kind := kindBody
	if a.isPerson() && b.isPerson() {
		kind = kindPerson
	}
	x.pairs[kind] = append(x.pairs[kind], example{slices.Clone(v[:]), same, weight})
}

// names goes through the entities of each name as group.add does, with the
// truth at hand.
func (x *lesson) names() {
	for _, key := range x.sortedKeys() {
		nodes := map[int]*summary{}
		var order []int
		list := x.groups[key]
		for i, t := range list {
			every := 1 + i/20 // most of a name that is everywhere says the same
			if len(order) > 0 && i%every == 0 {
				for _, is := range order {
					x.pair(t.s, nodes[is], t.is == is, float64(every))
				}
			}
			if n := nodes[t.is]; n != nil {
				n.absorb(t.s)
			} else {
				nodes[t.is] = t.s.clone()
				order = append(order, t.is)
			}
		}
		x.nodes[key] = nodes
		x.halves(list, order)
	}
}

// practise goes through the entities of each name as a run does, and learns
// from what comes of it.
func (x *lesson) practise(m *Model) {
	for _, key := range x.sortedKeys() {
		list := x.groups[key]
		if key[0] == '~' {
			continue
		}
		is := map[int64]int{}
		g := &group{}
		var whose []map[int]int // by node, how many entities of whom
		for i, t := range list {
			is[t.s.first] = t.is
			every := 1 + i/20
			if i%every == 0 {
				for k, n := range g.nodes {
					x.pair(t.s, n, most(whose[k]) == t.is, float64(every))
				}
			}
			before := len(g.links)
			g.add(m, x.l.c, t.s.clone())
			if len(g.links) > before {
				k := g.links[before].node
				if k == len(whose) {
					whose = append(whose, map[int]int{})
				}
				whose[k][t.is]++
			}
		}
		x.practised(g, is)
		g.settle(m, x.l.c)
		whose = x.practised(g, is)
		x.nodes[key] = map[int]*summary{}
		for k, n := range g.nodes { // the largest of each stands for it
			if old := x.nodes[key][most(whose[k])]; old == nil || old.links < n.links {
				x.nodes[key][most(whose[k])] = n
			}
		}
	}
}

// practised compares the nodes of a group with each other.
func (x *lesson) practised(g *group, is map[int64]int) []map[int]int {
	whose := make([]map[int]int, len(g.nodes))
	for i := range whose {
		whose[i] = map[int]int{}
	}
	for _, l := range g.links {
		if l.node >= 0 {
			whose[l.node][is[l.order]]++
		}
	}
	for i := range g.nodes {
		for k := range i {
			x.pair(g.nodes[i], g.nodes[k], most(whose[i]) == most(whose[k]), 1)
		}
	}
	return whose
}

// most is the key of the largest count, the lowest of several.
func most(m map[int]int) (best int) {
	n := 0
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if m[k] > n {
			best, n = k, m[k]
		}
	}
	return best
}

// halves compares parts of the entities of one name, as group.merge does.
func (x *lesson) halves(list []taught, order []int) {
	if len(list) < 4 {
		return
	}
	part := map[int]*summary{}
	n := len(order)
	for _, t := range list {
		k := slices.Index(order, t.is) * 2
		if x.rng.IntN(3) == 0 {
			k++
		}
		if s := part[k]; s != nil {
			s.absorb(t.s)
		} else {
			part[k] = t.s.clone()
		}
	}
	for i := range 2 * n {
		for k := range i {
			if part[i] != nil && part[k] != nil {
				x.pair(part[i], part[k], i/2 == k/2, 1)
			}
		}
	}
}

// variants compares the nodes of different names in blocks.
func (x *lesson) variants() {
	type in struct {
		key string
		is  int
	}
	blocks := map[string][]in{}
	for _, key := range x.sortedKeys() {
		for _, is := range slices.Sorted(maps.Keys(x.nodes[key])) {
			for _, k := range keys(x.nodes[key][is]) {
				blocks[k] = append(blocks[k], in{key, is})
			}
		}
	}
	done := map[[2]in]bool{}
	for _, k := range slices.Sorted(maps.Keys(blocks)) {
		list := blocks[k]
		for i := range list {
			for j := range i {
				a, b := list[j], list[i]
				if a.key == b.key || done[[2]in{a, b}] {
					continue
				}
				done[[2]in{a, b}] = true
				x.pair(x.nodes[a.key][a.is], x.nodes[b.key][b.is], a.is == b.is, 1)
			}
		}
	}
}

// short lets surnames alone choose among those that bear them.
func (x *lesson) short() {
	bearers := map[string]map[int]*summary{}
	for _, key := range x.sortedKeys() {
		for _, is := range slices.Sorted(maps.Keys(x.nodes[key])) {
			s := x.nodes[key][is]
			if !s.isPerson() || s.short || is < 0 {
				continue
			}
			n := s.name()
			for i, word := range []string{n.last, n.given} {
				if word == "" || i == 1 && word == n.last {
					continue
				}
				if bearers[word] == nil {
					bearers[word] = map[int]*summary{}
				}
				if old := bearers[word][is]; old != nil {
					old.absorb(s)
				} else {
					bearers[word][is] = s.clone()
				}
			}
		}
	}
	for _, key := range x.sortedKeys() {
		if key[0] != '~' {
			continue
		}
		word := key[1:]
		var cands []candidate
		for _, is := range slices.Sorted(maps.Keys(bearers[word])) {
			cands = append(cands, candidate{int32(is), bearers[word][is]})
		}
		cands = trim(cands)
		if len(cands) == 0 {
			continue
		}
		for i, t := range x.groups[key] {
			if i > 60 {
				break
			}
			c := choice{right: len(cands)}
			for k := range cands {
				v := measureShort(t.s, cands[k].s, word, x.l.c)
				c.v = append(c.v, slices.Clone(v[:]))
				if int(cands[k].person) == t.is {
					c.right = k
				}
			}
			v := nobody(cands)
			c.v = append(c.v, slices.Clone(v[:]))
			x.choices = append(x.choices, c)
		}
	}
}

var _ step.Corpus = (*world)(nil)

// Table shows weights to people.
type Table struct {
	Title string
	Rows  [][]string
}

// Tables are the weights of the model.
func (m *Model) Tables() []Table {
	rows := func(names []string, weights []float64) (out [][]string) {
		for i, n := range names {
			out = append(out, []string{n, fmt.Sprintf("%.2f", weights[i])})
		}
		return out
	}
	return []Table{
		{"Two summaries of persons", rows(featureNames[:], m.pairs[kindPerson][:])},
		{"Two summaries of organizations", rows(featureNames[:], m.pairs[kindBody][:])},
		{"A part of a name and who bears it", rows(shortNames[:], m.short[:])},
		{"A person of the corpus and a known one", rows(knownNames[:], m.known[:])},
	}
}
