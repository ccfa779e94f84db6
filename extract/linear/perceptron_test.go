package linear

import "testing"

func TestAveraged(t *testing.T) {
	a := NewAveraged(2, 3)
	a.Update([]uint32{1}, 0, 2, 1)
	a.Step()
	a.Step()
	a.Update([]uint32{1}, 0, 2, 1)
	a.Step()
	a.Freeze()
	scores := make([]float32, 3)
	a.Score([]uint32{1}, scores)
	// The weight was 0, 1, 1 and 2 before the four steps: at the start, and
	// after each of three.
	if scores[0] != 1 || scores[1] != 0 || scores[2] != -1 {
		t.Errorf("mean weights %v, want 1, 0, -1", scores)
	}
	b := NewAveraged(2, 3)
	b.Update([]uint32{1}, 1, 0, 3)
	b.Step()
	b.Step()
	sum := Merge([]*Averaged{a, b})
	sum.AddColumns([]uint32{1, 1}, []uint8{1, 2}, scores)
	// Twice 0+2 and -1+0, the means over three steps; column 0 stays.
	if scores[0] != 1 || scores[1] != 4 || scores[2] != -3 {
		t.Errorf("sums %v, want 1, 4, -3", scores)
	}
}
