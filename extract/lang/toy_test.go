package lang_test

import (
	"testing"

	"github.com/whosaid/whosaid/extract/internal/toy"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/rules"
	"github.com/whosaid/whosaid/extract/token"
)

// What the stages know of a language is in its folder: with a toy one in place
// of English they find the same things in its texts, and nothing by English
// words.
func TestToy(t *testing.T) {
	l, err := toy.Language()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, words, cue, source, lemma string }{
		{"“Ta boto losta,” kel ta meri.", "“Ta boto losta,”", "kel", "ta meri", "kel"},
		{"Dro. Vey kel vor ta boto losta.", "vor ta boto losta", "kel", "Dro. Vey", "kel"},
		{"Si ruk pelu vor ta boto losta.", "vor ta boto losta", "ruk", "Si", "ruk"},
		{"Ta boto losta, noh ba Ana Reyes.", "Ta boto losta", "noh ba", "Ana Reyes", "noh"},
		{"Si mun vor ta boto losta.", "vor ta boto losta", "mun", "Si", "mun"},
		{"“Ta boto losta, si kel.\n\nTa meri losta.", "“Ta boto losta,", "kel", "si", "kel"},
		// English, which nobody knows here.
		{"Si said that ta boto losta.", "", "", "", ""},
		{"According to Ana Reyes, ta boto losta.", "", "", "", ""},
	} {
		d := token.New(l).Document(&news.Article{Body: c.text})
		toy.Tag(d)
		quotes := rules.New(l).Detect(d)
		if c.words == "" {
			if len(quotes) != 0 {
				t.Errorf("%s: found %q", c.text, quotes[0].Extent().Of(d.Text))
			}
			continue
		}
		if len(quotes) != 1 {
			t.Errorf("%s: %d quotations", c.text, len(quotes))
			continue
		}
		q := &quotes[0]
		if got := q.Extent().Of(d.Text); got != c.words || q.Cue.Of(d.Text) != c.cue || q.Source.Of(d.Text) != c.source || q.CueLemma != c.lemma {
			t.Errorf("%s: %q, cue %q (%s), source %q", c.text, got, q.Cue.Of(d.Text), q.CueLemma, q.Source.Of(d.Text))
		}
		if attitude := q.Act == news.Attitude; attitude != (c.lemma == "mun") {
			t.Errorf("%s: act %v", c.text, q.Act)
		}
	}
	if n := len(token.New(l).Document(&news.Article{Body: "Dro. Vey losta. Mr. Vey losta."}).Sentences); n != 3 {
		t.Errorf("%d sentences: Dro. ends none, and Mr., which is no word here, ends one", n)
	}
}
