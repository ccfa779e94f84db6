package detect

import (
	"testing"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/internal/quotetest"
	"github.com/whosaid/whosaid/extract/quote/rules"
)

func TestDateline(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"NAIROBI — The port is shut, the mayor said.", "The port is shut"},
		{"ST. JOHN'S, Newfoundland, 3 May (Ellery News) - The port is shut, the mayor said.", "The port is shut"},
		{"VARDØ -- The port is shut, the mayor said.", "The port is shut"},
		{"The port is shut — all of it, the mayor said.", "The port is shut — all of it"},
		{"MAYOR SAYS PORT WILL SHUT — AGAIN", "PORT WILL SHUT — AGAIN"},
		{"NATO will stay, the mayor said.", "NATO will stay"},
		{"\"LONDON — not Paris,\" the mayor said.", "\"LONDON — not Paris,\""},
	} {
		d := quotetest.Document(c.text)
		words(t).Annotate(d)
		for name, detect := range map[string]func(*news.Document) []news.Quote{"rules": rules.New(english.Language()).Detect, "trained": trained(t).detector.Detect} {
			quotes := detect(d)
			if len(quotes) != 1 || quotetest.Words(d, &quotes[0]) != c.want {
				t.Errorf("%s: %s: %d statements, the first %q, want %q", name, c.text, len(quotes), quotetest.Words(d, &quotes[0]), c.want)
			}
		}
	}
}
