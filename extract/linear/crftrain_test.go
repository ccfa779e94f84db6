package linear

import "testing"

// alternating are sequences whose labels are told by one feature each, and by
// the label before.
func alternating() (examples []Example) {
	for n := range 20 {
		var e Example
		e.Bounds = []int32{0}
		for i := range 3 + n%4 {
			y := uint8((n + i) % 2)
			e.Feats = append(e.Feats, 1+uint32(y), 3+uint32(n%5))
			e.Bounds = append(e.Bounds, int32(len(e.Feats)))
			e.Classes = append(e.Classes, 0)
			e.Gold = append(e.Gold, y)
		}
		examples = append(examples, e)
	}
	return examples
}

func TestTrainCRF(t *testing.T) {
	o := TrainOptions{Labels: 2, Classes: 1, Rows: 8, Passes: 5, Rate: 0.1, L2: 0.001, Dropout: 0.2, Seed: 7}
	examples := alternating()
	c := TrainCRF(examples, o)
	var l Lattice
	for _, e := range examples {
		c.Emit(&e.Sequence, &l)
		if got := l.Viterbi(c.Trans, e.Classes, nil); string(got) != string(e.Gold) {
			t.Errorf("labels %v, want %v", got, e.Gold)
		}
	}
	same := func(a, b *CRF) bool {
		for i := range a.Rows {
			if a.Rows[i] != b.Rows[i] {
				return false
			}
		}
		return true
	}
	if !same(c, TrainCRF(examples, o)) {
		t.Error("the same seed gives other weights")
	}
	o.Runs = 3
	mean := TrainCRF(examples, o)
	first, second, third := trainOnce(examples, o, 0), trainOnce(examples, o, 1), trainOnce(examples, o, 2)
	if !same(c, first) || same(first, second) || same(second, third) {
		t.Error("runs are the same, or the first is another than without runs")
	}
	for i := range mean.Rows {
		for y := range 2 {
			want := (first.Rows[i][y] + second.Rows[i][y] + third.Rows[i][y]) / 3
			if d := mean.Rows[i][y] - want; d > 1e-5 || d < -1e-5 {
				t.Errorf("row %d: mean weight %g, want %g", i, mean.Rows[i][y], want)
			}
		}
	}
}
