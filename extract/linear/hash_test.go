package linear

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHashLower(t *testing.T) {
	for _, s := range []string{"", "a", "Z", "The", "@[`{", "AZaz09-'", "Representatives", "ÉTAT", "O’Neil", "straße of a LONG word É"} {
		if got, want := HashLower(s), Hash(strings.ToLower(s)); got != want {
			t.Errorf("HashLower(%q) is not Hash of the word in lower case", s)
		}
	}
}

func TestHashSpreads(t *testing.T) {
	seen := map[uint64]string{}
	for _, a := range "abcdefghijklmnopqrstuvwxyz" {
		for _, b := range "abcdefghijklmnopqrstuvwxyz" {
			for _, s := range []string{string(a) + string(b), string(a) + "\x00" + string(b), "prefix-" + string(a) + string(b)} {
				h := Hash(s) >> 32
				if other, ok := seen[h]; ok {
					t.Errorf("%q and %q share the upper half of their hash", s, other)
				}
				seen[h] = s
			}
		}
	}
	if Join(1, 2) == Join(2, 1) {
		t.Error("Join does not mind the order")
	}
}

func FuzzHashLower(f *testing.F) {
	f.Add("The Président SAID")
	f.Fuzz(func(t *testing.T, s string) {
		got := HashLower(s)
		if len(s) > 60 || !utf8.ValidString(s) {
			return // longer words are cut
		}
		if got != Hash(strings.ToLower(s)) {
			t.Errorf("HashLower(%q) is not Hash of the word in lower case", s)
		}
	})
}
