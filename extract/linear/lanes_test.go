package linear

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

// plainSums is what sumAllowed means, for all columns.
func plainSums(cells []byte, rows []uint32, width int) []int {
	sums := make([]int, width)
	for _, r := range rows {
		for c := range sums {
			sums[c] += int(int8(cells[int(r)*width+c]))
		}
	}
	return sums
}

// lane is the sum of column c after sumAllowed over n rows.
func lane(sums []uint64, c, n int) int {
	return int(sums[c/8*2+c%2]>>(16*(c%8/2))&0xffff) - 128*n
}

func FuzzSumAllowed(f *testing.F) {
	f.Add(uint64(1), uint8(30), uint64(0xf0f0))
	f.Add(uint64(2), uint8(255), uint64(1)<<63|1)
	f.Add(uint64(3), uint8(0), uint64(6))
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, allowed uint64) {
		const height = 9
		random := rand.New(rand.NewPCG(seed, 1))
		cells := make([]byte, 64*height)
		for i := range cells {
			cells[i] = byte(random.Uint32())
		}
		rows := make([]uint32, n)
		for i := range rows {
			rows[i] = random.Uint32N(height)
		}
		if allowed == 0 {
			return
		}
		var sums [16]uint64
		sumAllowed(cells, rows, &sums, allowed)
		want := plainSums(cells, rows, 64)
		best := -1
		for c := range want {
			if allowed>>c&1 == 0 {
				continue
			}
			if got := lane(sums[:], c, len(rows)); got != want[c] {
				t.Errorf("column %d: %d, want %d", c, got, want[c])
			}
			if best < 0 || want[c] > want[best] {
				best = c
			}
		}
		if got, sum := bestAllowed(&sums, allowed); got != best || sum-128*len(rows) != want[best] {
			t.Errorf("best column %d of %d, want %d of %d", got, sum-128*len(rows), best, want[best])
		}
		if got, sum := BestSum(cells, rows, allowed); got != best || sum != want[best] {
			t.Errorf("best column, all at once, %d of %d, want %d of %d", got, sum, best, want[best])
		}
	})
}

func FuzzTriples(f *testing.F) {
	planes := []byte("0123456789abcdef0123456789abcdef\x80\x7f\xff of three planes, above")
	f.Add(planes, []byte("hashes of some features, eight bytes each"))
	f.Add(planes, bytes.Repeat([]byte("\xff0f 1e 2d 3c 4b 5a and so on, 87 of them, "), 16))
	f.Fuzz(func(t *testing.T, planes, features []byte) {
		const slots = 16
		if len(planes) < 4*slots {
			return
		}
		planes = planes[:4*slots]
		var hashes []uint64
		for len(features) >= 8 && len(hashes) < MaxTriples {
			h := binary.LittleEndian.Uint64(features)
			if len(hashes)%2 == 0 { // half of them owners
				h = h&^0xff | uint64(planes[h>>60])
			}
			hashes, features = append(hashes, h), features[8:]
		}
		var want [3]int
		found := 0
		for _, h := range hashes {
			slot := int(h >> 60)
			if planes[slot] != byte(h) {
				continue
			}
			found++
			for a := range want {
				want[a] += int(int8(planes[(a+1)*slots+slot]))
			}
		}
		triples := NewTriples(planes)
		sum := triples.Sum(hashes)
		for a := range want {
			if got := int(sum>>(16*a)&0xffff) - 128*found; got != want[a] {
				t.Errorf("action %d: %d, want %d", a, got, want[a])
			}
		}
		if plain := triples.plainSum(hashes); sum != plain {
			t.Errorf("sums %#x, plain %#x", sum, plain)
		}
	})
}

// TestMaxTriples holds that the sums of as many features as there may be, all of
// the largest or smallest weight, stay in their lanes.
func TestMaxTriples(t *testing.T) {
	const slots = 16
	for _, weight := range []int8{127, -128} {
		planes := make([]byte, 4*slots)
		for i := slots; i < len(planes); i++ {
			planes[i] = byte(weight)
		}
		sum := NewTriples(planes).Sum(make([]uint64, MaxTriples))
		for a := range 3 {
			if got := int(sum>>(16*a)&0xffff) - 128*MaxTriples; got != MaxTriples*int(weight) {
				t.Errorf("weight %d, action %d: %d, want %d", weight, a, got, MaxTriples*int(weight))
			}
		}
	}
}

// FuzzPlace compares the loops that ask memory for what comes next with the
// plain ones.
func FuzzPlace(f *testing.F) {
	f.Add(uint64(1), uint8(87))
	f.Add(uint64(2), uint8(1))
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		random := rand.New(rand.NewPCG(seed, 3))
		needs := make([]uint32, n)
		values := make([]uint64, n)
		for i := range needs {
			needs[i], values[i] = random.Uint32N(1<<random.UintN(20)), random.Uint64()
		}
		checks := make([]uint16, 64)
		for i := range checks {
			checks[i] = uint16(random.Uint32N(2)) * (1<<checkBits | uint16(random.Uint32N(4)))
		}
		x, triples, l := NewSlots(checks), NewTriples(make([]byte, 256)), NewLayout(needs)
		want := slices.Clone(values)
		l.Place(want)
		again := slices.Clone(values)
		x.Place(l, values)
		triples.Place(l, again)
		if !slices.Equal(values, want) || !slices.Equal(again, want) {
			t.Fatalf("places %x and %x, want %x", values, again, want)
		}
		for i := range values { // so that many checks agree
			values[i] &^= 1<<checkBits - 4
		}
		rows, plain := make([]uint32, n), make([]uint32, n)
		rows = rows[:x.RowsOf(make([]byte, 65*64), values, rows)]
		plain = plain[:x.Rows(values, plain)]
		if !slices.Equal(rows, plain) {
			t.Fatalf("rows %v, want %v", rows, plain)
		}
	})
}

func TestSlots(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	features := make([]uint64, 60)
	for i := range features {
		features[i] = random.Uint64()
	}
	c := NewCensus(64)
	var seen [][]uint64
	for i, h := range features { // feature i is seen i times
		for range i {
			seen = append(seen, []uint64{h})
		}
	}
	random.Shuffle(len(seen), func(i, j int) { seen[i], seen[j] = seen[j], seen[i] })
	for _, see := range []func([]uint64){c.Count, c.Claim} {
		for _, list := range seen {
			see(list)
		}
	}
	checks := c.Checks(3, 1000)
	x := NewSlots(checks)
	rows := make([]uint32, len(features))
	k := x.Rows(features, rows)
	if k != x.Taken() || k < 25 || k > 57 {
		t.Errorf("%d features have rows, %d slots are taken", k, x.Taken())
	}
	used := map[uint32]bool{}
	for _, r := range rows[:k] {
		if r == 0 || used[r] {
			t.Errorf("row %d is there twice or nobody's", r)
		}
		used[r] = true
	}
	if n := x.Rows(features[:3], rows); n != 0 {
		t.Errorf("%d features seen less than three times have rows", n)
	}
	if few := NewSlots(c.Checks(3, 10)); few.Taken() > 10 {
		t.Errorf("%d rows, at most 10 were to be had", few.Taken())
	}
}
