package quote

import (
	"testing"

	"whosaid/extract/news"
)

// The word that a copula or an auxiliary serves tells what a cue reports.
func TestTells(t *testing.T) {
	for _, c := range []struct{ text, anchor, last, want string }{
		{"Ana Reyes was glad that it was lost.", "was", "glad", "glad"},
		{"Ana Reyes did not say that it was lost.", "did", "say", "say"},
		{"Ana Reyes has been saying that it is lost.", "saying", "saying", "saying"},
	} {
		d, f := prepared(t, c.text)
		a := word(t, d, c.anchor)
		found := Found{Anchor: Anchor{Token: a}, Cue: news.TokenRange{First: a, End: word(t, d, c.last) + 1}}
		x := &reading{d: d, m: f.marks}
		if got := d.Word(x.tells(&found)); got != c.want {
			t.Errorf("%s: %s", c.text, got)
		}
	}
}

// No part of a content begins with a comma.
func TestTrimmed(t *testing.T) {
	d, _ := prepared(t, "Ana Reyes said yesterday, , it is lost, but not for long.")
	first := word(t, d, ",")
	parts := trimmed(d, []news.TokenRange{{First: first, End: first + 4}, {First: first + 5, End: first + 6}})
	if got := hardText(d, parts[0]); got != "it is" {
		t.Errorf("part %q", got)
	}
	if got := hardText(d, parts[1]); got != "," {
		t.Errorf("lone comma: %q", got)
	}
}
