package extract_test

import (
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
)

// Interviews: labels cut short to first letters are whom they mean, and answers
// without a label are those of whom the interview is with.
func TestInterviewSpeakers(t *testing.T) {
	x, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"first letters", "Diver Olga Brandt has spent a year under the harbour. Jana Prokop met her.\n\nJana Prokop: What is down there?\n\nOlga Brandt: Bicycles.\n\nJP: Whose?\n\nOB: Nobody asks.\n\nJP: Will you?\n\nOB: On Friday.",
			"Jana Prokop, Olga Brandt, Jana Prokop, Olga Brandt, Jana Prokop, Olga Brandt"},
		{"first letters of two", "Emil Thorne (ET) and Ester Thorne (ET) share a boat.\n\nET: Who steers?\n\nET: You do.\n\nET: Who cooks?",
			"ET, ET, ET"},
		{"answers without a label", "Restorer Salome Ferrand took over the mill from Lars Holt in 2019. It had been idle for years.\n\n**Why flour?**\n\nBecause it is a mill.\n\n**What changed?**\n\nThe oven burned. I cried.\n\n**And the bricks?**\n\nForty-one thousand and six.",
			"Salome Ferrand, Salome Ferrand, Salome Ferrand"},
	} {
		r, err := x.Extract(news.Article{Body: c.text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for q := range r.Quotes {
			name := "-"
			if e := r.Attributions[q].Entity; e >= 0 {
				name = r.Entities[e].Name
			}
			got = append(got, name)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}
