package spill

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

type pair struct{ key, value string }

func sorted(t *testing.T, s *Sorter) (out []pair) {
	t.Helper()
	for r, err := range s.Sorted() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, pair{string(r.Key), string(r.Value)})
	}
	return out
}

// The order is that of a stable sort, in memory and over files, and no file is
// left behind.
func TestSorted(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var want []pair
	for i := range 60_000 {
		key := fmt.Sprintf("%.*s", rng.IntN(12), fmt.Sprintf("k%011d", rng.IntN(5000)))
		want = append(want, pair{key, fmt.Sprintf("%d-%s", i, bytes.Repeat([]byte{'v'}, rng.IntN(150)))})
	}
	for _, memory := range []int64{0, 5 << 20, 64 << 20} {
		dir := t.TempDir()
		s := New(dir, memory)
		for _, p := range want {
			if err := s.Add([]byte(p.key), []byte(p.value)); err != nil {
				t.Fatal(err)
			}
		}
		if runs := len(s.runs); runs > 0 != (memory < 64<<20) {
			t.Errorf("%d runs in %d bytes", runs, memory)
		}
		got := sorted(t, s)
		ordered := slices.Clone(want)
		slices.SortStableFunc(ordered, func(a, b pair) int { return bytes.Compare([]byte(a.key), []byte(b.key)) })
		if !slices.Equal(got, ordered) {
			t.Errorf("memory %d: another order than a stable sort's", memory)
		}
		if err := s.Add(nil, nil); err == nil {
			t.Error("a record was taken after the end")
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestEmpty(t *testing.T) {
	s := New(t.TempDir(), 0)
	if got := sorted(t, s); got != nil {
		t.Errorf("%v", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A folder that is not there is an error, not a loss.
func TestNoFolder(t *testing.T) {
	s := New(t.TempDir()+"/none", 0)
	defer s.Close()
	var err error
	for i := 0; i < 100_000 && err == nil; i++ {
		err = s.Add(binary.BigEndian.AppendUint32(nil, uint32(i)), make([]byte, 100))
	}
	if err == nil {
		t.Error("no error")
	}
}
