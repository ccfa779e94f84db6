package annotation

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// However people draw lines, each mark lands where it belongs.
func TestGraph(t *testing.T) {
	const c, q, s = Content, Cue, Source
	at := func(n int) Span { return Span{n, n + 1} }
	for _, test := range []struct {
		name  string
		roles []Role
		lines []line
		want  []Statement
		told  int
	}{
		{"a content alone", []Role{c}, nil, []Statement{{Content: []Span{at(0)}}}, 0},
		{"a source alone", []Role{s}, nil, nil, 1},
		{"either way", []Role{c, q, s}, []line{{0, 1}, {2, 0}}, []Statement{{Content: []Span{at(0)}, Cue: []Span{at(1)}, Source: []Span{at(2)}}}, 0},
		{"a chain", []Role{s, q, c}, []line{{0, 1}, {1, 2}}, []Statement{{Content: []Span{at(2)}, Cue: []Span{at(1)}, Source: []Span{at(0)}}}, 0},
		{"pieces of pieces", []Role{c, c, c}, []line{{0, 1}, {1, 2}}, []Statement{{Content: []Span{at(0), at(1), at(2)}}}, 0},
		{"a ring", []Role{c, c}, []line{{0, 1}, {1, 0}}, []Statement{{Content: []Span{at(0), at(1)}}}, 0},
		{"a ring and below", []Role{c, c, c, s}, []line{{0, 1}, {1, 0}, {1, 2}, {3, 2}}, []Statement{{Content: []Span{at(0), at(1), at(2)}, Source: []Span{at(3)}}}, 0},
		{"a shared source", []Role{c, c, s}, []line{{0, 2}, {1, 2}}, []Statement{{Content: []Span{at(0)}, Source: []Span{at(2)}}, {Content: []Span{at(1)}, Source: []Span{at(2)}}}, 0},
		{"a shared piece", []Role{c, c, c}, []line{{0, 2}, {1, 2}}, []Statement{{Content: []Span{at(0), at(2)}}, {Content: []Span{at(1), at(2)}}}, 0},
		{"no content", []Role{q, s}, []line{{1, 0}}, []Statement{{Cue: []Span{at(0)}, Source: []Span{at(1)}}}, 0},
		{"to itself", []Role{c}, []line{{0, 0}}, []Statement{{Content: []Span{at(0)}}}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			var told notes
			g := read{skip: told.add, lines: test.lines}
			for i, r := range test.roles {
				g.nodes = append(g.nodes, readNode{role: r, span: at(i)})
			}
			if diff := cmp.Diff(test.want, g.statements(), cmpopts.EquateEmpty()); diff != "" || len(told) != test.told {
				t.Errorf("%s\ntold %q", diff, told)
			}
		})
	}
}

// Lines by the ten thousand take no more than their number.
func TestGraphIsLinear(t *testing.T) {
	const n = 20_000
	var told notes
	g := read{skip: told.add}
	for i := range n { // a chain of contents, one of sources, and a ring
		g.nodes = append(g.nodes, readNode{role: Content}, readNode{role: Source}, readNode{role: Content})
		if i > 0 {
			g.lines = append(g.lines, line{3*i - 3, 3 * i}, line{3*i - 2, 3*i + 1}, line{3*i - 1, 3*i + 2})
		}
	}
	g.lines = append(g.lines, line{0, 1}, line{3*n - 1, 2})
	start := time.Now()
	if got := g.statements(); len(got) != 2 || len(got[0].Content) != n || len(got[0].Source) != n || len(got[1].Content) != n || len(told) > 0 {
		t.Errorf("%d statements, told %d", len(got), len(told))
	}
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("took %v", d)
	}
}
