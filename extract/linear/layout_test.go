package linear

import (
	"math/rand/v2"
	"testing"
)

func TestLayout(t *testing.T) {
	l := NewLayout([]uint32{1, 0, 1 << 31, 7})
	values := []uint64{1, 2, 3, 4}
	l.Place(values)
	for i := 1; i < len(values); i++ {
		if values[i] <= values[i-1] {
			t.Errorf("regions are not in order: %x", values)
		}
	}
}

func TestDemand(t *testing.T) {
	// One template of 50 values, one of 50,000 that come once or twice.
	d := NewDemand(2)
	random := rand.New(rand.NewPCG(1, 1))
	few, many := make([]uint64, 50), make([]uint64, 50_000)
	for _, list := range [][]uint64{few, many} {
		for i := range list {
			list[i] = random.Uint64()
		}
	}
	for range 100_000 {
		d.See([]uint64{few[random.IntN(len(few))], many[random.IntN(len(many))]})
	}
	all := d.Needs(1 << 20)
	if all[0] > 200 || all[1] < 30_000 || all[1] > 60_000 {
		t.Errorf("needs %v, want about 50 and 43,000", all)
	}
	// Where there is no room for all, the frequent ones go first.
	some := d.Needs(1 << 13)
	if some[0] != all[0] || some[1] > 1<<13 {
		t.Errorf("needs %v with 8192 slots", some)
	}
}
