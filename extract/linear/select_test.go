package linear

import (
	"slices"
	"testing"
)

func TestSelect(t *testing.T) {
	const own = 1 << checkBits
	checks := []uint16{own | 1, own | 2, 0, 0, 0, own | 3, own | 4, own | 5}
	worth := []float32{0, 1, 2, 3, 4, 0} // by row
	got := Select(checks, 4, func(row int) float32 { return worth[row] })
	if want := []uint16{own | 2, 0, own | 3, own | 4}; !slices.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}

func TestSpread(t *testing.T) {
	a := NewAveraged(2, 3)
	a.Update([]uint32{1}, 0, 2, 1)
	a.Step()
	if s := a.Spread(); s(0) != 0 || s(1) != 1 {
		t.Errorf("spreads %v and %v, want 0 and 1", s(0), s(1))
	}
}
