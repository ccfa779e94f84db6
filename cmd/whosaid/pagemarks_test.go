package main

import (
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/news"
)

// Marks of statements and sources stand one inside the other, however these
// touch, and never twice in a row.
func TestBrackets(t *testing.T) {
	type statement struct{ words, source string }
	for _, c := range []struct {
		text       string
		statements []statement
		want       string
	}{
		{"Ada said the bridge would close.", []statement{{"the bridge would close", "Ada"}}, "*Ada* said [1 the bridge would close]."},
		// One source of two statements.
		{"Ada welcomed the plan but warned that few knew it.", []statement{{"the plan", "Ada"}, {"that few knew it", "Ada"}}, "*Ada* welcomed [1 the plan] but warned [2 that few knew it]."},
		// One source holds another, or touches it.
		{"The mayor's aide said no.", []statement{{"no", "The mayor's aide"}, {"no", "The mayor"}}, "*The mayor's aide* said [1 [2 no]]."},
		{"It failed, Ada-Bilal said.", []statement{{"It failed", "Ada-"}, {"It failed", "Bilal"}}, "[1 [2 It failed]], *Ada-Bilal* said."},
		// A statement inside another, with its source, at both edges.
		{"Ada said Bilal told her it failed.", []statement{{"Bilal told her it failed", "Ada"}, {"it failed", "Bilal"}}, "*Ada* said [1 *Bilal* told her [2 it failed]]."},
		{"Ada said it failed, said Bilal.", []statement{{"it failed, said Bilal", "Ada"}, {"it failed", "Bilal"}}, "*Ada* said [1 [2 it failed], said *Bilal*]."},
		// The outer statement comes first, whatever its number.
		{"Ada said she knew it failed.", []statement{{"she knew", ""}, {"she knew it failed", "Ada"}}, "*Ada* said [2 [1 she knew] it failed]."},
		// A statement inside the words for a source, and a source over the edge of one.
		{"The man who said it failed left, Ada said.", []statement{{"it failed", "The man who said it failed"}}, "*The man who said [1 it failed]* left, Ada said."},
		{"It failed, the aide to Ada said.", []statement{{"It failed, the aide", "the aide to Ada"}}, "[1 It failed, *the aide*] *to Ada* said."},
		// Two statements that touch.
		{"“No.”“Yes,” Ada said.", []statement{{"“No.”", "Ada"}, {"“Yes,”", "Ada"}}, "[1 “No.”][2 “Yes,”] *Ada* said."},
		// A statement that is its own source's words.
		{"Ada, the clerk, spoke.", []statement{{"Ada, the clerk", "Ada, the clerk"}}, "[1 *Ada, the clerk*], spoke."},
	} {
		span := func(words string) news.Span {
			at := strings.Index(c.text, words)
			if at < 0 {
				t.Fatalf("%q is not in %q", words, c.text)
			}
			return news.Span{Start: int32(at), End: int32(at + len(words))}
		}
		r := &news.Result{Doc: &news.Document{Text: c.text}}
		for _, s := range c.statements {
			q := news.Quote{Parts: []news.Part{{Span: span(s.words)}}}
			if s.source != "" {
				q.Source = span(s.source)
			}
			r.Quotes = append(r.Quotes, q)
		}
		p := &page{width: 100, r: r}
		p.article()
		_, got, _ := strings.Cut(p.b.String(), "\n")
		if strings.TrimSpace(got) != c.want {
			t.Errorf("%s\nprints %swant   %s", c.text, got, c.want)
		}
	}
}
