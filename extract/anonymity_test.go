package extract_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
)

// TestAnonymity holds the reasons for anonymity on sixty short texts of our own
// to floors: half of them were looked at while the rules were written, the
// other half never. A reason is right when its words are, to the letter.
func TestAnonymity(t *testing.T) {
	x, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, floor := range map[string]float64{"tune": 0.95, "judge": 0.85} {
		b, err := os.ReadFile(filepath.Join("..", "testdata", "anonymity", name+".tsv"))
		if err != nil {
			t.Fatal(err)
		}
		right, given, wanted := 0, 0, 0
		for line := range strings.Lines(string(b)) {
			want, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			r, err := x.Extract(news.Article{Body: text})
			if err != nil {
				t.Fatal(err)
			}
			got := "-"
			for _, a := range r.Attributions {
				if !a.Anonymity.Empty() {
					got = a.Anonymity.Of(text)
				}
			}
			if want != "-" {
				wanted++
			}
			if got != "-" {
				given++
			}
			if got == want && got != "-" {
				right++
			}
			if got != want && (name == "tune" || testing.Verbose() && os.Getenv("WHOSAID_SHOW") != "") {
				t.Logf("%s: want %q, got %q: %s", name, want, got, text)
			}
		}
		precision, recall := float64(right)/float64(given), float64(right)/float64(wanted)
		t.Logf("%s: precision %.1f, recall %.1f of %d reasons", name, 100*precision, 100*recall, wanted)
		if f := 2 * precision * recall / (precision + recall); f < floor {
			t.Errorf("%s: F1 %.3f, below %.2f", name, f, floor)
		}
	}
}

// TestAnonymityWordsBetween holds how many words may stand inside a phrase of the
// lists: two ("give her full name"), not three.
func TestAnonymityWordsBetween(t *testing.T) {
	x, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for between, want := range map[string]bool{"her": true, "her full": true, "her own full": false} {
		text := "“The wards are full,” said a nurse who declined to give " + between + " name because she feared her employer."
		r, err := x.Extract(news.Article{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		got := false
		for _, a := range r.Attributions {
			got = got || !a.Anonymity.Empty()
		}
		if got != want {
			t.Errorf("%s: a reason is found: %t, want %t", text, got, want)
		}
	}
}
