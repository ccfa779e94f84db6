package near

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
)

// TestSketch: whatever came twice is known to have; most of what came once is not.
func TestSketch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	k := NewSketch(10_000, 1<<20)
	var once, twice []uint64
	for i := range 10_000 {
		h := r.Uint64()
		k.Add(h)
		if i%2 == 0 {
			k.Add(h)
			twice = append(twice, h)
		} else {
			once = append(once, h)
		}
	}
	for _, h := range twice {
		if !k.Repeated(h) {
			t.Fatal("a hash that came twice is not known to have")
		}
	}
	wrong := 0
	for _, h := range once {
		if k.Repeated(h) {
			wrong++
		}
	}
	if wrong > len(once)/2 {
		t.Errorf("%d of %d hashes that came once are taken for more", wrong, len(once))
	}
}

// TestPairUp: all pairs of a small group; in a large one no more than four a
// member, which still connect the members of one speaker and occasion.
func TestPairUp(t *testing.T) {
	for _, n := range []int{2, allPairs, 500} {
		items := make([]Item, n)
		from, to := pairsort.New(t.TempDir(), 1<<16), pairsort.New(t.TempDir(), 1<<16)
		for i := range items {
			items[i] = Item{Key: uint64(i * 7919 % 1000), Exact: uint32(i), Speaker: 1, Day: int32(i % 20), Size: uint32(i % 30)}
			if err := from.Add(42, Value(uint32(i), 3, false)); err != nil {
				t.Fatal(err)
			}
		}
		if err := PairUp(context.Background(), func(at uint32) *Item { return &items[at] }, 0, from, to); err != nil {
			t.Fatal(err)
		}
		found := 0
		sets := NewSets(n)
		err := EachPair(to, func(a, b uint32, s Shared) error {
			if a >= b || s.Common != n || s.Voices != 1 {
				t.Fatalf("pair %d %d with %+v", a, b, s)
			}
			sets.Union(a, b)
			found++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := n * (n - 1) / 2; n <= allPairs && found != want || found > 4*n && n > allPairs {
			t.Errorf("%d items make %d pairs", n, found)
		}
		if int(sets.size[sets.Find(0)]) != n {
			t.Errorf("%d items are not connected", n)
		}
		from.Close()
		to.Close()
	}
}

// TestGroups: a chain breaks where an item has nothing in common with the
// first; a pair that nobody else joins stays.
func TestGroups(t *testing.T) {
	edges := pairsort.New(t.TempDir(), 1<<16)
	defer edges.Close()
	edge := func(a, b uint64, p float32) {
		if err := edges.Add(a<<32|b, uint64(math.Float32bits(p))); err != nil {
			t.Fatal(err)
		}
	}
	edge(0, 1, 0.6) // a chain from 0 to 5
	edge(1, 2, 0.6)
	edge(2, 3, 0.6)
	edge(3, 4, 0.95)
	edge(4, 5, 0.6)
	edge(7, 8, 0.6)
	leaders, err := Groups(context.Background(), 9, edges, Rules{
		Dir: t.TempDir(), Memory: 1 << 16, Vouched: 0.9,
		Center:  func(a, b uint32) int { return int(a) - int(b) },
		Belongs: func(center, at uint32) (bool, error) { return at-center <= 2, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []uint32{0, 0, 0, 3, 3, 3, 6, 7, 7}; !slices.Equal(leaders, want) {
		t.Error(fmt.Sprint("leaders ", leaders, ", wanted ", want))
	}
}

// TestPairUpOld: behind a run before come the pairs with something new, and
// only these, of those that come at once.
func TestPairUpOld(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	const n = 3000
	items := make([]Item, n)
	for i := range items {
		items[i] = Item{Key: r.Uint64(), Exact: uint32(r.IntN(n / 2)), Speaker: uint32(r.IntN(20)), Day: int32(r.IntN(900)), Size: uint32(r.IntN(40))}
		if r.IntN(10) == 0 {
			items[i].Day = NoDay
		}
	}
	type key struct{ hash, at uint64 }
	var groups []key
	for at := range n {
		for hash := range uint64(7) {
			if r.IntN(1<<hash) == 0 {
				groups = append(groups, key{hash, Value(uint32(at), uint8(1+r.IntN(3)), r.IntN(2) == 0)})
			}
		}
	}
	pairs := func(old uint32) map[pairsort.Pair]bool {
		from, to := pairsort.New(t.TempDir(), 1<<16), pairsort.New(t.TempDir(), 1<<16)
		defer from.Close()
		defer to.Close()
		for _, g := range groups {
			if err := from.Add(g.hash, g.at); err != nil {
				t.Fatal(err)
			}
		}
		if err := PairUp(context.Background(), func(at uint32) *Item { return &items[at] }, old, from, to); err != nil {
			t.Fatal(err)
		}
		all := map[pairsort.Pair]bool{}
		for p, err := range to.All() {
			if err != nil {
				t.Fatal(err)
			}
			all[p] = true
		}
		return all
	}
	all := pairs(0)
	for _, old := range []uint32{1, n / 2, n - 5, n - 1, n} {
		got, want := pairs(old), map[pairsort.Pair]bool{}
		for p := range all {
			if uint32(p.Key) >= old { // the later one of the two
				want[p] = true
			}
		}
		for p := range want {
			if !got[p] {
				t.Fatalf("%d old: %x is missing", old, p.Key)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d old: %d pairs, wanted %d", old, len(got), len(want))
		}
	}
}
