package annotation

import (
	"fmt"
	"slices"
)

// Tools that draw single spans with lines between them have a graph for a
// document. A statement is a star: its anchor, which carries its attributes, is
// the first piece of its content, or of its cue or source where it has none;
// lines run from the anchor to every other piece. Pieces that carry nothing may
// be shared, so that a source named once is marked once.

// node is one marked span.
type node struct {
	id   string
	role Role
	span Span
	// statement is the place of the statement that the node anchors; -1 for none.
	statement int
}

// line joins two nodes, by their places in the graph's list.
type line struct{ from, to int }

type graph struct {
	nodes []node
	lines []line
}

// newGraph draws statements.
func newGraph(statements []Statement) *graph {
	g := &graph{}
	type piece struct {
		role Role
		span Span
	}
	shared := map[piece]int{}
	for i := range statements {
		s := &statements[i]
		anchor := -1
		for _, r := range roles {
			for k, span := range *s.spans(r) {
				n, ok := shared[piece{r, span}]
				if anchor < 0 || !ok || len(s.Content) == 0 {
					n = len(g.nodes)
					g.nodes = append(g.nodes, node{fmt.Sprintf("%d-%s-%d", i+1, r, k+1), r, span, -1})
					if anchor >= 0 && len(s.Content) > 0 {
						shared[piece{r, span}] = n
					}
				}
				if anchor < 0 {
					anchor = n
					g.nodes[n].statement = i
				} else {
					g.lines = append(g.lines, line{anchor, n})
				}
			}
		}
	}
	return g
}

// read is a graph as a tool gives it back.
type read struct {
	nodes []readNode
	lines []line
	where string
	skip  skipper
}

type readNode struct {
	role  Role
	span  Span
	place string // for messages
	// attributes: of the statement that the node anchors.
	attributes Attributes
	id         string // of the statement; "" for none
	anchor     bool   // attributes or id are given
}

// statements gathers what lines join. A content that no content points at is a
// statement; contents it points at, also over others, are further pieces of it.
// A cue or source belongs to the contents that a line joins it with, whichever
// way that was drawn, else to those of the cues and sources it is joined with.
func (g *read) statements() []Statement {
	heads := make([][]int, len(g.nodes)) // of each node, the nodes that anchor its statements
	parents, near := make([][]int, len(g.nodes)), make([][]int, len(g.nodes))
	for _, l := range g.lines {
		switch a, b := g.nodes[l.from].role, g.nodes[l.to].role; {
		case l.from == l.to:
		case a == Content && b == Content:
			parents[l.to] = append(parents[l.to], l.from)
		default:
			near[l.from] = append(near[l.from], l.to)
			near[l.to] = append(near[l.to], l.from)
		}
	}
	g.roots(heads, parents)
	g.reach(heads, near)
	g.headless(heads, near)
	return g.gather(heads)
}

// roots gives every content the contents above it that none points at. Of
// contents that point at one another in a ring, the first counts as such.
func (g *read) roots(heads, parents [][]int) {
	children, waits := make([][]int, len(g.nodes)), make([]int, len(g.nodes))
	for n, above := range parents {
		for _, p := range above {
			children[p] = append(children[p], n)
		}
		waits[n] = len(above)
	}
	done := make([]bool, len(g.nodes))
	total := 0
	finish := func(n int) {
		queue := []int{n}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			if done[at] {
				continue
			}
			done[at] = true
			if slices.Sort(heads[at]); len(heads[at]) == 0 {
				heads[at] = []int{at}
			}
			heads[at] = slices.Compact(heads[at])
			for _, c := range children[at] {
				if total += len(heads[at]); total > maxPieces {
					g.skip(g.where+": "+g.nodes[c].place, "a line, for there are more than a million of them")
				} else if !done[c] {
					heads[c] = append(heads[c], heads[at]...)
				}
				if waits[c]--; waits[c] == 0 {
					queue = append(queue, c)
				}
			}
		}
	}
	for n := range g.nodes {
		if g.nodes[n].role == Content && len(parents[n]) == 0 {
			finish(n)
		}
	}
	for n := range g.nodes { // what is left stands in a ring, or below one
		if g.nodes[n].role == Content && !done[n] {
			heads[n] = nil
			finish(n)
		}
	}
}

// maxPieces bounds how often pieces may be shared, far above any article.
const maxPieces = 1 << 20

// reach gives cues and sources the statements of the contents they are joined
// with, then those without one the statements of their neighbours.
func (g *read) reach(heads, near [][]int) {
	var edge []int // cues and sources that have statements, whose neighbours may not
	for n := range g.nodes {
		if g.nodes[n].role == Content {
			continue
		}
		for _, m := range near[n] {
			if g.nodes[m].role == Content {
				heads[n] = append(heads[n], heads[m]...)
			}
		}
		if len(heads[n]) > 0 {
			edge = append(edge, n)
		}
	}
	for len(edge) > 0 {
		var next []int
		found := map[int][]int{}
		for _, n := range edge {
			for _, m := range near[n] {
				if g.nodes[m].role != Content && len(heads[m]) == 0 {
					if found[m] == nil {
						next = append(next, m)
					}
					found[m] = append(found[m], heads[n]...)
				}
			}
		}
		for m, h := range found {
			heads[m] = h
		}
		edge = next
	}
}

// headless makes statements of cues and sources that no content has: those
// joined with one another, and single ones that carry a statement's id.
func (g *read) headless(heads, near [][]int) {
	for n := range g.nodes {
		if len(heads[n]) > 0 || len(near[n]) == 0 && !g.nodes[n].anchor {
			continue
		}
		group, seen := []int{n}, map[int]bool{n: true}
		for i := 0; i < len(group); i++ {
			for _, m := range near[group[i]] {
				if !seen[m] && len(heads[m]) == 0 {
					seen[m] = true
					group = append(group, m)
				}
			}
		}
		head := slices.Min(group)
		for _, m := range group {
			if g.nodes[m].anchor {
				head = m
				break
			}
		}
		for _, m := range group {
			heads[m] = []int{head}
		}
	}
}

// gather builds the statements in the order of their anchors.
func (g *read) gather(heads [][]int) []Statement {
	var out []Statement
	at := map[int]int{} // anchor to place in out
	for n := range g.nodes {
		if slices.Contains(heads[n], n) {
			at[n] = len(out)
			out = append(out, Statement{ID: g.nodes[n].id, Attributes: g.nodes[n].attributes})
		}
	}
	for n := range g.nodes {
		node := &g.nodes[n]
		if len(heads[n]) == 0 {
			g.skip(g.where+": "+node.place, "a "+string(node.role)+" that no line joins with a Content")
			continue
		}
		slices.Sort(heads[n])
		for _, h := range slices.Compact(heads[n]) {
			s := &out[at[h]]
			*s.spans(node.role) = append(*s.spans(node.role), node.span)
		}
		if !slices.Contains(heads[n], n) && node.attributes.any() {
			g.skip(g.where+": "+node.place, "attributes of a span that is only a further piece of a statement")
		}
	}
	return out
}

// any reports whether an attribute is set that a person may have chosen.
func (a *Attributes) any() bool {
	if a.Speaker != "" {
		return true
	}
	for _, c := range choices() {
		if *c.of(a) != "" {
			return true
		}
	}
	return false
}
