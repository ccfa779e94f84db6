package detect

import (
	"testing"

	"github.com/whosaid/whosaid/extract/syntax"
)

// Another sense of a word and another feature show in the fingerprint, and nothing
// else does.
func TestFingerprint(t *testing.T) {
	words := parser(t)
	was, err := Fingerprint(words)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Fingerprint(words)
	if err != nil {
		t.Fatal(err)
	}
	for part := range was {
		if was[part] != again[part] {
			t.Errorf("%s: two fingerprints of the same program", part)
		}
	}
	x := senses()
	of := x.of[5]
	x.of[5] ^= 1
	changed, err := Fingerprint(words)
	x.of[5] = of
	if err != nil {
		t.Fatal(err)
	}
	if changed["words"] == was["words"] {
		t.Error("another sense of a word does not show")
	}
	unseen := nowhere
	nowhere.tag++
	changed, err = Fingerprint(words)
	nowhere = unseen
	if err != nil {
		t.Fatal(err)
	}
	if changed["features"] == was["features"] || changed["rules"] != was["rules"] || changed["words"] != was["words"] {
		t.Errorf("another feature: %v, was %v", changed, was)
	}
}

func BenchmarkFingerprint(b *testing.B) {
	words := parser(b)
	for b.Loop() {
		if _, err := Fingerprint(words); err != nil {
			b.Fatal(err)
		}
	}
}

func parser(t testing.TB) *syntax.Parser {
	t.Helper()
	p, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
