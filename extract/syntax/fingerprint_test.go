package syntax

import (
	"testing"

	"github.com/whosaid/whosaid/extract/linear"
)

// Whatever feeds the features shows in the fingerprint, and nothing else does.
func TestFingerprint(t *testing.T) {
	sum := func() uint64 {
		t.Helper()
		p, err := fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return p["features"] ^ p["words"]
	}
	was := sum()
	if sum() != was {
		t.Fatal("two fingerprints of the same program")
	}
	for name, change := range map[string]func() (undo func()){
		"a word of titles less": func() func() {
			h := linear.Hash("than")
			delete(titleSmall, h)
			return func() { titleSmall[h] = true }
		},
		"columns in another order": func() func() {
			swap := func() { tagOrder[3], tagOrder[4] = tagOrder[4], tagOrder[3] }
			swap()
			return swap
		},
		"another value of a distance": func() func() {
			small[134]++
			return func() { small[134]-- }
		},
		"a letter that is no letter": func() func() {
			byteShape['q'] = shapeOther
			return func() { byteShape['q'] = shapeLower }
		},
	} {
		undo := change()
		if sum() == was {
			t.Errorf("%s does not show", name)
		}
		undo()
		if sum() != was {
			t.Errorf("%s cannot be undone", name)
		}
	}
}

func BenchmarkFingerprint(b *testing.B) {
	for b.Loop() {
		if _, err := fingerprint(); err != nil {
			b.Fatal(err)
		}
	}
}
