package detect

import (
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"testing"
	"testing/fstest"

	"github.com/whosaid/whosaid/extract/syntax"
)

// Other words and another feature show in the fingerprint, and nothing
// else does.
func TestFingerprint(t *testing.T) {
	words := parser(t)
	was, err := Fingerprint(words, english.Language())
	if err != nil {
		t.Fatal(err)
	}
	again, err := Fingerprint(words, english.Language())
	if err != nil {
		t.Fatal(err)
	}
	for part := range was {
		if was[part] != again[part] {
			t.Errorf("%s: two fingerprints of the same program", part)
		}
	}
	other, err := lang.New("xx", "Toy", fstest.MapFS{"reporting.txt": {Data: []byte("[words, reporting]\nsay verb: say; clause\n")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := Fingerprint(words, other)
	if err != nil {
		t.Fatal(err)
	}
	for part := range was {
		if changed[part] == was[part] {
			t.Errorf("%s: another language does not show", part)
		}
	}
	unseen := nowhere
	nowhere.tag++
	changed, err = Fingerprint(words, english.Language())
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
		if _, err := Fingerprint(words, english.Language()); err != nil {
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
