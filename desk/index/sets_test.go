package index

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// Small corpora have many chunks here, as large ones have.
func TestMain(m *testing.M) {
	if os.Getenv("DESK_ARTICLES") == "" {
		chunkBits = 6
	}
	os.Exit(m.Run())
}

// A set comes back as it was stored, short or long, and is joined, intersected
// and taken away as sets are.
func TestSets(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	some := func(n int) (members []uint16, b *bitset) {
		for _, m := range r.Perm(1 << maxChunkBits)[:n] {
			members = append(members, uint16(m))
		}
		slices.Sort(members)
		b = new(bitset)
		if err := b.or(packSet(members)); err != nil {
			t.Fatal(err)
		}
		return members, b
	}
	for _, n := range []int{0, 1, 100, wholeBytes/2 - 1, wholeBytes / 2, wholeBytes/2 + 1, 60_000, 1 << maxChunkBits} {
		members, b := some(n)
		var got []uint16
		for i := range b.all {
			got = append(got, uint16(i))
		}
		if !slices.Equal(got, members) || b.count() != n {
			t.Errorf("%d members come back as %d", n, len(got))
		}
		if n > 0 {
			if first, last := b.bounds(); first != int64(members[0]) || last != int64(members[n-1]) {
				t.Errorf("%d members lie from %d to %d", n, first, last)
			}
		}
		others, o := some(20_000)
		in := map[uint16]bool{}
		for _, m := range others {
			in[m] = true
		}
		both := 0
		for _, m := range members {
			if in[m] {
				both++
			}
		}
		and, not := *b, *b
		and.and(o)
		not.without(o)
		if and.count() != both || not.count() != n-both {
			t.Errorf("%d members: %d and %d, want %d and %d", n, and.count(), not.count(), both, n-both)
		}
	}
	for _, size := range []int{1, 3, wholeBytes + 2} {
		if new(bitset).or(make([]byte, size)) == nil {
			t.Errorf("took a set of %d bytes", size)
		}
	}
}

// Words that stand in many statements have sets, as the full-text index has
// them; rare words, and those that are more than one token, have none.
func TestCommonWords(t *testing.T) {
	x, all := made(t)
	if !x.common["the"] || !x.common["bridge"] || x.common["nonesuch"] {
		t.Fatalf("common: %v", x.common)
	}
	for word := range x.common {
		var sets, index []int64
		if err := x.each(context.Background(), func(rows *sql.Rows) error {
			var n int64
			err := rows.Scan(&n)
			index = append(index, n)
			return err
		}, `SELECT rowid FROM texts WHERE texts MATCH ?`, `"`+word+`"`); err != nil {
			t.Fatal(err)
		}
		p := plan{groups: []group{{tokens: []string{wordToken + word}}}}
		m, err := x.newMatcher(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		for chunk := int64(0); chunk <= chunkOf(int64(len(all))); chunk++ {
			var b bitset
			b.fill(0, 1<<chunkBits)
			if err := m.in(context.Background(), chunk, &b); err != nil {
				t.Fatal(err)
			}
			for i := range b.all {
				sets = append(sets, chunk<<chunkBits+i)
			}
		}
		if err := m.close(); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(sets, index) || len(sets) < leastCommon {
			t.Errorf("%q: %d statements, want %d", word, len(sets), len(index))
		}
	}
	for _, w := range []string{"", "don't", "São", "THE", "a b", "é"} {
		if isPlain(w) {
			t.Errorf("%q is plain", w)
		}
	}
}
