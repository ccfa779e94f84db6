package desk

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/eval"
)

// An article is corrected through the page: a statement moved, one given to
// another speaker, one removed, one added, one taken back; then the article is
// called right, and its gold reads back.
func TestCorrecting(t *testing.T) {
	d := made(t, Options{})
	v := visit(t, d)
	a, err := d.x.Article(t.Context(), "article-0000007", 0)
	if err != nil || len(a.Quotes) < 3 {
		t.Fatalf("%d statements (%v)", len(a.Quotes), err)
	}
	text := *a.Doc.Article.Text
	send := func(want int, pairs ...string) string {
		t.Helper()
		w := v.send("/correct", append([]string{"id", "article-0000007"}, pairs...)...)
		if w.Code != want {
			t.Fatalf("%v: status %d, want %d\n%s", pairs, w.Code, want, w.Body)
		}
		return w.Body.String()
	}
	page := func() string { return v.get("/correct?id=article-0000007") }
	if !strings.Contains(page(), "0 corrections") {
		t.Error("corrections before any")
	}
	words := strings.Fields(a.Quotes[0].Text)
	moved := strings.Join(words[1:3], " ")
	set := func(id, words, name string, more ...string) []string {
		return append([]string{"do", "set", "statement", id, "near", "0", "words", words, "name", name, "kind", "person", "type", "direct", "act", "statement", "cue", "said"}, more...)
	}
	send(303, set(a.Quotes[0].QuoteID, moved, "Somebody Else")...)
	send(303, "do", "remove", "statement", a.Quotes[1].QuoteID)
	added := strings.TrimSuffix(strings.SplitN(text, "\n", 2)[0], ".")
	send(303, set("", added, "Ada Example")...)
	send(303, set(a.Quotes[2].QuoteID, a.Quotes[2].Text, "By Mistake", "near", "-1")...)
	send(303, "do", "undo")
	for _, c := range [][]string{
		set(a.Quotes[0].QuoteID, "words that are not there", "Ada"), set(a.Quotes[0].QuoteID, " ", "Ada"), set(a.Quotes[0].QuoteID, moved, ""),
		{"do", "explode"}, {"do", "remove"}, {"do", "set"},
	} {
		send(400, c...)
	}
	if got := ask(d, "GET", "/gold.jsonl", "").Body.String(); got != "" {
		t.Errorf("gold of an article that nobody called right: %s", got)
	}
	send(303, "do", "done", "by", "Ada")
	html := page()
	for _, want := range []string{"4 corrections", "called right", "Somebody Else (corrected)", "Ada Example (added)", "/gold.jsonl"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(html, "By Mistake") {
		t.Error("a correction that was taken back is there")
	}
	b := ask(d, "GET", "/gold.jsonl", "").Body.Bytes()
	golds, err := eval.ReadGold(bytes.NewReader(b))
	if err != nil || len(golds) != 1 {
		t.Fatalf("%d articles (%v)\n%s", len(golds), err, b)
	}
	g := golds[0]
	if g.Doc != "article-0000007" || g.Text != text || len(g.Attributions) != len(a.Quotes) {
		t.Fatalf("%s: %d statements, want %d", g.Doc, len(g.Attributions), len(a.Quotes))
	}
	runes := []rune(g.Text)
	found := map[string]string{}
	for _, s := range g.Attributions {
		found[string(runes[s.Content[0][0]:s.Content[0][1]])] = s.Name
		if s.Name == "Somebody Else" && (len(s.Cue) != 1 || string(runes[s.Cue[0][0]:s.Cue[0][1]]) != "said") {
			t.Errorf("cue of %+v", s)
		}
	}
	if found[moved] != "Somebody Else" || found[added] != "Ada Example" {
		t.Errorf("statements %v", found)
	}
	if quotes, _ := eval.GoldQuotes(&g); len(quotes) != len(g.Attributions) {
		t.Errorf("%d of %d can be trained on", len(quotes), len(g.Attributions))
	}
	if w := ask(d, "POST", "/correct", url.Values{"id": {"article-0000007"}, "do": {"done"}}.Encode(), "Content-Type", "application/x-www-form-urlencoded"); w.Code != 403 {
		t.Errorf("without the form's value: status %d", w.Code)
	}
}
