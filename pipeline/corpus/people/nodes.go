package people

import "slices"

// A node is a summary of entities with one name that are one person. Those of
// one name are parted into nodes first, for namesakes are told apart by
// titles, company and dates alone; nodes of different names are joined after.

// mostNodes is the most that one name is parted into: what comes beyond joins
// the likeliest.
const mostNodes = 24

// assigned says which node of its group an entity is of.
type assigned struct {
	order int64 // of the entity
	node  int   // -1: it fits several about equally well
	p     float64
}

// group is the entities of one name.
type group struct {
	nodes   []*summary
	touched []bool // nodes that are new, or have new entities
	links   []assigned
	loose   []*summary  // entities that several nodes may be
	one     [][2]uint64 // persons of the run before who are one
}

// sureEnough is the probability from which an entity is linked when others of
// its name are there.
const sureEnough = 0.6

// add finds the node of an entity, or makes one.
func (g *group) add(m *Model, c *counts, e *summary) {
	if len(g.nodes) == 0 {
		g.found(e)
		return
	}
	best, p, first := g.best(m, c, e)
	switch {
	case first < 1 && len(g.nodes) < mostNodes:
		g.found(e)
	case p < sureEnough && len(g.nodes) > 1 && len(g.loose) < 1024:
		g.loose = append(g.loose, e.clone())
	default:
		g.join(best, p, e)
	}
}

// best is the likeliest node, its probability among all nodes and a new one,
// and its odds alone.
func (g *group) best(m *Model, c *counts, e *summary) (best int, p, odds float64) {
	sum := 0.0
	for i, n := range g.nodes {
		o := m.pair(e, n, c)
		sum += o
		if o > odds {
			best, odds = i, o
		}
	}
	return best, odds / (1 + sum), odds
}

func (g *group) found(e *summary) {
	n := e.clone()
	n.sure = 1
	g.links = append(g.links, assigned{e.first, len(g.nodes), 1})
	g.nodes, g.touched = append(g.nodes, n), append(g.touched, true)
}

func (g *group) join(node int, p float64, e *summary) {
	e.sure = p
	g.nodes[node].absorb(e)
	g.touched[node] = true
	g.links = append(g.links, assigned{e.first, node, p})
}

// settle joins nodes that are one after all, and looks again at the entities
// that were left.
func (g *group) settle(m *Model, c *counts) {
	g.merge(m, c)
	loose := g.loose
	g.loose = nil
	for _, e := range loose {
		best, p, _ := g.best(m, c, e)
		if p >= sureEnough || len(g.nodes) == 1 {
			g.join(best, p, e)
		} else {
			g.links = append(g.links, assigned{e.first, -1, p})
		}
	}
	if len(loose) > 0 {
		g.merge(m, c)
	}
}

// merge joins the likeliest two nodes as long as there are any.
func (g *group) merge(m *Model, c *counts) {
	n := len(g.nodes)
	if n < 2 {
		return
	}
	into := make([]int, n)
	odds := make([][]float64, n)
	for i := range n {
		into[i] = i
		odds[i] = make([]float64, n)
		for k := range i {
			if g.touched[i] || g.touched[k] {
				odds[i][k] = m.pair(g.nodes[i], g.nodes[k], c)
			}
		}
	}
	for {
		bi, bk, best := 0, 0, 1.0
		for i := range n {
			for k := range i {
				if odds[i][k] > best {
					bi, bk, best = i, k, odds[i][k]
				}
			}
		}
		if best <= 1 {
			break
		}
		// The older takes the younger in.
		if x, y := g.nodes[bi].person, g.nodes[bk].person; x != 0 && y != 0 && x != y {
			g.one = append(g.one, [2]uint64{x, y})
		}
		g.nodes[bk].absorb(g.nodes[bi])
		g.touched[bk] = true
		into[bi] = bk
		for k := range n {
			odds[bi][k], odds[k][bi] = 0, 0
		}
		for k := range n {
			if k != bk && into[k] == k {
				o := m.pair(g.nodes[max(k, bk)], g.nodes[min(k, bk)], c)
				odds[max(k, bk)][min(k, bk)] = o
			}
		}
	}
	// Close the gaps.
	at := make([]int, n)
	kept := g.nodes[:0:0]
	touched := g.touched[:0:0]
	for i := range n {
		if into[i] == i {
			at[i] = len(kept)
			kept, touched = append(kept, g.nodes[i]), append(touched, g.touched[i])
		}
	}
	for i := range n {
		k := i
		for into[k] != k {
			k = into[k]
		}
		at[i] = at[k]
	}
	for i := range g.links {
		if l := &g.links[i]; l.node >= 0 {
			l.node = at[l.node]
		}
	}
	g.nodes, g.touched = kept, touched
}

// clone is a copy that shares nothing.
func (s *summary) clone() *summary {
	c := *s
	c.names, c.titles, c.aliases = slices.Clone(s.names), slices.Clone(s.titles), slices.Clone(s.aliases)
	c.context, c.outlets = slices.Clone(s.context), slices.Clone(s.outlets)
	return &c
}
