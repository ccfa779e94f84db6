package people

import (
	"cmp"
	"slices"
)

// partition is nodes put together as persons: a forest of parents, and the
// names of those that have an edge, for names that one person cannot have both.
type partition struct {
	parent []int32
	names  map[int32][]nodeName // of the members of a root, at most mostForms
}

// nodeName is what decides whether nodes can go together.
type nodeName struct {
	key    string
	person bool
	gender int
	name   *name
}

// mostForms bounds the forms of names that a person is held against.
const mostForms = 12

func newPartition(n int) *partition {
	p := &partition{parent: make([]int32, n), names: map[int32][]nodeName{}}
	for i := range p.parent {
		p.parent[i] = int32(i)
	}
	return p
}

func (p *partition) root(n int32) int32 {
	for p.parent[n] != n {
		p.parent[n] = p.parent[p.parent[n]]
		n = p.parent[n]
	}
	return n
}

// link puts two nodes together, whatever their names; the lower number becomes
// the root.
func (p *partition) link(a, b int32) {
	a, b = p.root(a), p.root(b)
	if a == b {
		return
	}
	if b < a {
		a, b = b, a
	}
	p.parent[b] = a
	if forms := p.names[b]; forms != nil {
		p.names[a] = append(p.names[a], forms...)
		if len(p.names[a]) > mostForms {
			p.names[a] = p.names[a][:mostForms]
		}
		delete(p.names, b)
	}
}

// conflict reports whether two roots cannot be one person.
func (p *partition) conflict(a, b int32) bool {
	for _, x := range p.names[a] {
		for _, y := range p.names[b] {
			if x.conflicts(&y) {
				return true
			}
		}
	}
	return false
}

func (x *nodeName) conflicts(y *nodeName) bool {
	if x.key == y.key { // namesakes, told apart before
		return true
	}
	if x.gender != 0 && y.gender != 0 && x.gender != y.gender {
		return true
	}
	if !x.person || !y.person {
		return false
	}
	if matchGiven(x.name, y.name) == givenConflict {
		return true
	}
	_, _, middle := matchMiddle(x.name, y.name)
	return middle || x.name.suffix != "" && y.name.suffix != "" && x.name.suffix != y.name.suffix
}

// join puts the nodes of edges together, the likeliest first, unless a node
// may as well go with another that cannot be the same person. It gives the
// probability of each node's being what its root is.
func (p *partition) join(list []edge, nameOf func(int32) nodeName) map[int32]float64 {
	slices.SortFunc(list, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.odds, x.odds), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	list = slices.CompactFunc(list, func(x, y edge) bool { return x.a == y.a && x.b == y.b })
	forms := map[int32]nodeName{}
	of := func(n int32) *nodeName {
		f, ok := forms[n]
		if !ok {
			f = nameOf(n)
			forms[n] = f
			r := p.root(n)
			if len(p.names[r]) < mostForms {
				p.names[r] = append(p.names[r], f)
			}
		}
		return &f
	}
	beside := map[int32][]edge{}
	for _, e := range list {
		of(e.a)
		of(e.b)
		beside[e.a] = append(beside[e.a], e)
		beside[e.b] = append(beside[e.b], edge{e.b, e.a, e.odds})
	}
	// rival is the odds that n is one that cannot be with.
	rival := func(n, with int32) (sum float64) {
		w := forms[with]
		for _, e := range beside[n] {
			other := e.b
			if e.a != n {
				other = e.a
			}
			if f := forms[other]; other != with && f.conflicts(&w) {
				sum += e.odds
			}
		}
		return sum
	}
	sure := map[int32]float64{}
	for _, e := range list {
		odds := e.odds / (1 + max(rival(e.a, e.b), rival(e.b, e.a)))
		if odds < 1 {
			continue
		}
		a, b := p.root(e.a), p.root(e.b)
		if a == b || p.conflict(a, b) {
			continue
		}
		// The node that comes to the other is the one that was not there before.
		sure[max(e.a, e.b)] = probability(odds)
		p.link(a, b)
	}
	return sure
}
