package detect

import (
	"testing"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

func TestSenses(t *testing.T) {
	for _, c := range []struct {
		lemma string
		tag   news.Tag
		want  uint64
	}{
		{"chastise", news.TagVBD, uint64(lang.Blame)},
		{"claim", news.TagVBZ, uint64(lang.Say) | uint64(lang.Claim)<<8},
		{"claim", news.TagNN, uint64(lang.Blame) | uint64(lang.Claim)<<8},
		{"reluctant", news.TagJJ, uint64(lang.Want)},
		{"reluctant", news.TagNN, 0},
		{"spokeswoman", news.TagNN, uint64(lang.Somebody)},
		{"allegedly", news.TagRB, uint64(lang.Claim)},
		{"bicycle", news.TagNN, 0},
		{"say", news.TagIN, 0},
	} {
		if got := lang.Bind[Words](english.Language()).senseOf(linear.Hash(c.lemma), c.tag); got != c.want {
			t.Errorf("%s, %v: %#x, want %#x", c.lemma, c.tag, got, c.want)
		}
	}
	if evokes(0) || evokes(uint64(lang.Somebody)) || evokes(uint64(lang.Body)) || !evokes(uint64(lang.Sorry)) {
		t.Error("who reports evokes a report, or a report does not")
	}
}

// Lemmas are in ASCII, and two of them do not share a key.
func TestSenseWords(t *testing.T) {
	w := lang.Bind[Words](english.Language())
	keys := map[uint64]string{}
	for _, e := range w.Reporting {
		for i := range len(e.Lemma) {
			if c := e.Lemma[i]; !(c == '-' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
				t.Errorf("%q", e.Lemma)
			}
		}
		k := senseKey(linear.Hash(e.Lemma), e.Part)
		if other, ok := keys[k]; ok {
			t.Errorf("%s and %s have one key", e.Lemma, other)
		}
		keys[k] = e.Lemma
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
		d, x := prepared(t, c.text)
		i := word(t, d, "according")
		f := Candidate{Cue: news.TokenRange{First: i, End: i + 2}}
		if got := x.words.namesStandard(d, &f); got != c.want {
			t.Errorf("%s: %v", c.text, got)
		}
	}
}
