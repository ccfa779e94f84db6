package pairsort

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// TestSorted compares with sorting in memory, from no spilling to runs of the
// smallest size.
func TestSorted(t *testing.T) {
	for _, n := range []int{0, 1, leastPairs, leastPairs + 1, 20_000} {
		for _, memory := range []int64{0, 100_000, 10 << 20} {
			rng := rand.New(rand.NewPCG(1, uint64(n)))
			want := make([]Pair, n)
			dir := t.TempDir()
			s := New(dir, memory)
			for i := range want {
				want[i] = Pair{rng.Uint64N(uint64(n)), rng.Uint64N(3)}
				if err := s.Add(want[i].Key, want[i].Value); err != nil {
					t.Fatal(err)
				}
			}
			slices.SortFunc(want, compare)
			for range 2 { // may be read again
				got := make([]Pair, 0, n)
				for p, err := range s.All() {
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, p)
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%d pairs in %d bytes: not sorted", n, memory)
				}
			}
			if err := s.Add(1, 1); err == nil {
				t.Error("a pair was taken after the end")
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("%d files left", len(left))
			}
		}
	}
}

// TestSort: pairs of all shapes are sorted as comparing them sorts them.
func TestSort(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for shape, next := range []func() Pair{
		func() Pair { return Pair{rng.Uint64(), rng.Uint64()} },
		func() Pair { return Pair{rng.Uint64N(3), rng.Uint64() >> 30} },
		func() Pair { return Pair{rng.Uint64N(40)<<32 | rng.Uint64N(40), rng.Uint64N(2) << 63} },
		func() Pair { return Pair{7, 7} },
	} {
		for _, n := range []int{0, 1, fewPairs, fewPairs + 1, 50_000} {
			got := make([]Pair, n)
			for i := range got {
				got[i] = next()
			}
			want := slices.Clone(got)
			slices.SortFunc(want, compare)
			if sort(got, 0); !slices.Equal(got, want) {
				t.Errorf("shape %d, %d pairs: not sorted", shape, n)
			}
		}
	}
}
