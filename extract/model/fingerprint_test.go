package model

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFingerprint(t *testing.T) {
	f := New()
	f.Put("weights", []byte{1})
	if err := f.Check(Fingerprint{"features": 1}); !errors.Is(err, ErrOther) || !strings.Contains(err.Error(), "no fingerprint") {
		t.Errorf("a model without a fingerprint: %v", err)
	}
	want := Fingerprint{"features": 1 << 63, "words": 2}
	f.Stamp(want)
	data, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if f, err = Decode(data); err != nil {
		t.Fatal(err)
	}
	got, err := f.Fingerprint()
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if err := f.Check(want); err != nil {
		t.Error(err)
	}
	for _, tt := range []struct {
		program Fingerprint
		other   string
	}{
		{Fingerprint{"features": 1, "words": 2}, "other features than"},
		{Fingerprint{"features": 1, "words": 3}, "other features and other words than"},
		{Fingerprint{"features": 1 << 63}, "other words than"},
		{Fingerprint{"features": 1 << 63, "words": 2, "rules": 0}, "other rules than"},
	} {
		err := f.Check(tt.program)
		if !errors.Is(err, ErrOther) || !strings.Contains(err.Error(), tt.other) || !strings.Contains(err.Error(), "whosaid train") {
			t.Errorf("%v: error %v, want one with %q and a hint", tt.program, err, tt.other)
		}
	}
	for _, bad := range []string{"features soon\n", "features\n", "features 12", "features 12\n\n"} {
		f.Put(fingerprintSection, []byte(bad))
		if err := f.Check(want); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestSum(t *testing.T) {
	seen := map[Sum][]uint64{}
	for _, n := range [][]uint64{{}, {0}, {0, 0}, {1, 2}, {2, 1}, {1 << 32, 2}, {1, 2, 0}} {
		var all, oneByOne Sum
		all.Add(n...)
		for _, x := range n {
			oneByOne.Add(x)
		}
		if all != oneByOne {
			t.Errorf("%v: %x at once, %x one by one", n, all, oneByOne)
		}
		if seen[all] != nil {
			t.Errorf("%v and %v have the same sum", n, seen[all])
		}
		seen[all] = n
	}
}
