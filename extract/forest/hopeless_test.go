package forest

import "testing"

// TestHopeless holds that a candidate who falls behind a little in the first
// round of trees still meets the others, and may win; one who falls behind by
// more than hopeless keeps what the round gave.
func TestHopeless(t *testing.T) {
	// Feature 0 counts in the first round of trees, feature 1 in the second.
	m := Model{Width: 2}
	for tree := range 2 * round {
		m.Trees = append(m.Trees, Tree{Nodes: []Node{{Feature: uint8(tree / round), Cut: 0.5, Left: 1, Right: 2}, {}, {Value: 1}}})
	}
	m.Lay()
	out := make([]float32, 2)
	m.Score([]float32{1, 0, 0, 1}, out)
	if out[0] != round || out[1] != 0 {
		t.Errorf("scores %v: the second is %d behind and meets no more trees", out, round)
	}
	for tree := 3; tree < round; tree++ { // of the first round only three trees count
		m.Trees[tree].Nodes[2].Value = 0
	}
	m = Model{Width: 2, Trees: m.Trees}
	m.Lay()
	m.Score([]float32{1, 0, 0, 1}, out)
	if out[0] != 3 || out[1] != round {
		t.Errorf("scores %v: the second is 3 behind after a round, and wins by %d", out, round)
	}
}
