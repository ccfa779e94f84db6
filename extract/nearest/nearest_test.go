package nearest_test

import (
	"testing"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/nearest"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/rules"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
)

func TestResolve(t *testing.T) {
	tagger, err := syntax.LoadPerceptron()
	if err != nil {
		t.Fatal(err)
	}
	r, err := nearest.New(english.Language())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		want []string // by quotation
	}{
		{"“The mill will close in May,” said Mary Poole. “It has to,” she added.", []string{"Mary Poole", "Mary Poole"}},
		{"Mary Poole met John Alder in Leeds. “It was a good day,” Poole said.", []string{"Mary Poole"}},
		{"“Nobody told us,” a neighbour said.", []string{"a neighbour"}},
	} {
		d := token.New(english.Language()).Document(&news.Article{Body: c.text})
		tagger.Annotate(d)
		quotes := rules.New(english.Language()).Detect(d)
		res := r.Resolve(d, quotes)
		if len(quotes) != len(c.want) {
			t.Errorf("%d quotations in %q, want %d", len(quotes), c.text, len(c.want))
			continue
		}
		for q, want := range c.want {
			got := ""
			if e := res.Attributions[q].Entity; e >= 0 {
				got = res.Entities[e].Name
			}
			if got != want {
				t.Errorf("%q: quotation %d is spoken by %q, want %q", c.text, q, got, want)
			}
		}
	}
}
