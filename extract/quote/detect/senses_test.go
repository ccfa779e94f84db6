package detect

import (
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

func TestSenses(t *testing.T) {
	for _, c := range []struct {
		lemma string
		tag   news.Tag
		want  uint64
	}{
		{"chastise", news.TagVBD, uint64(senseBlame)},
		{"claim", news.TagVBZ, uint64(senseSay) | uint64(senseClaim)<<8},
		{"claim", news.TagNN, uint64(senseBlame) | uint64(senseClaim)<<8},
		{"reluctant", news.TagJJ, uint64(senseWant)},
		{"reluctant", news.TagNN, 0},
		{"spokeswoman", news.TagNN, uint64(sensePerson)},
		{"allegedly", news.TagRB, uint64(senseClaim)},
		{"bicycle", news.TagNN, 0},
		{"say", news.TagIN, 0},
	} {
		if got := senseOf(linear.Hash(c.lemma), c.tag); got != c.want {
			t.Errorf("%s, %v: %#x, want %#x", c.lemma, c.tag, got, c.want)
		}
	}
	if evokes(0) || evokes(uint64(sensePerson)) || evokes(uint64(senseBody)) || !evokes(uint64(senseSorry)) {
		t.Error("who reports evokes a report, or a report does not")
	}
}

// Words are lemmas in ASCII, once a group; two words do not share a key.
func TestSenseWords(t *testing.T) {
	keys := map[uint64]string{}
	for _, g := range senseWords {
		met := map[string]bool{}
		for w := range strings.FieldsSeq(g.words) {
			if met[w] {
				t.Errorf("sense %d: %s twice", g.sense, w)
			}
			met[w] = true
			for i := range len(w) {
				if c := w[i]; !(c == '-' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
					t.Errorf("sense %d: %q", g.sense, w)
				}
			}
			k := senseKey(linear.Hash(w), g.part)
			if other, ok := keys[k]; ok && other != w {
				t.Errorf("%s and %s have one key", w, other)
			}
			keys[k] = w
		}
	}
}

// What something goes by says nothing.
func TestNamesStandard(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"The bridge was built according to the highest standards of the trade.", true},
		{"They were seated according to their age.", true},
		{"The bridge was built by hand, according to the standards office.", false},
		{"The bridge was lost, according to Ana Reyes.", false},
		{"The bridge was lost, according to", false},
	} {
		d, _ := prepared(t, c.text)
		i := word(t, d, "according")
		f := Candidate{Cue: news.TokenRange{First: i, End: i + 2}}
		if got := f.namesStandard(d); got != c.want {
			t.Errorf("%s: %v", c.text, got)
		}
	}
}
