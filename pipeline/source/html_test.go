package source

import (
	"strings"
	"testing"
	"time"
)

func TestHTML(t *testing.T) {
	got := readAll(t, Options{}, write(t, "bridge.html", []byte(page("Bridge closes"))))
	if len(got.articles) != 1 {
		t.Fatal(got.summary())
	}
	a := got.articles[0]
	equal(t, a.Body, strings.Join([]string{
		"The council of Alder voted on Tuesday to close the bridge over the Mill Brook for the whole of the winter.",
		"“We had no choice,” said Bo Day, who leads the council. “The piers are worn,\nand nobody would pay.”",
		"Cy Fox, who runs the bakery on the far bank, said that the decision would cost him half of his customers before spring.",
	}, "\n\n"))
	equal(t, []string{a.ID, a.Title, a.Outlet, a.URL, strings.Join(a.Authors, "+"), a.Published.Format(time.RFC3339)},
		[]string{"bridge", "Bridge closes", "The Alder Post", "https://alder.example/Bridge closes", "Ann Lee", "2021-03-04T04:06:07Z"})
}

func TestHTMLHostile(t *testing.T) {
	body := func(s string) string { return strings.Replace(page("x"), "<article>", "<article>"+s, 1) }
	latin := strings.ReplaceAll(page("Zo\xeb"), "“", "\x93")
	latin = strings.ReplaceAll(latin, "”", "\x94")
	for _, c := range []struct {
		name, data string
		want       string // the reason of the reject, or words that the text holds
	}{
		{"nested tags", body(strings.Repeat("<div>", 100_000)), ReasonTooComplex},
		{"nested tags, few enough", body(strings.Repeat("<div>", 10_000)), ReasonTooComplex},
		{"nested spans to the limit", body(strings.Repeat("<span>", 400)), "We had no choice"},
		{"flat tags", body(strings.Repeat("<br>", 100_000)), ReasonTooComplex},
		{"attributes", body("<p " + many(500_000, "a%d ") + ">"), ReasonTooComplex},
		{"formatting left open", body("<div>" + many(400, "<b x=%d>") + "</div>" + strings.Repeat("<p>x</p>", 15_000)), ReasonTooComplex},
		{"deep and wide", body(strings.Repeat("<table><tr><td>", 100) + strings.Repeat("<p>x", 15_000)), ReasonTooComplex},
		{"tags up to the limit", body(strings.Repeat("<p>Rain fell.</p>", 9_900)), "We had no choice"},
		{"attributes up to the limit", body("<p " + many(190_000, "a%d ") + ">"), "We had no choice"},
		{"huge comment", body("<!--" + strings.Repeat("-x", 1_000_000) + "-->"), "We had no choice"},
		{"huge attribute", body(`<p title="` + strings.Repeat("x", 2_000_000) + `">`), "We had no choice"},
		{"page too large", body(strings.Repeat("x", 5<<20)), ReasonTooLarge},
		{"says UTF-8 and is Windows-1252", strings.Replace(latin, "<head>", `<head><meta charset="utf-8">`, 1), "“We had no choice,” said"},
		{"says Latin-1 and is UTF-8", strings.Replace(page("x"), "<head>", `<head><meta charset="iso-8859-1">`, 1), "“We had no choice,” said"},
		{"says a charset that is none", strings.Replace(latin, "<head>", `<head><meta charset="klingon">`, 1), "“We had no choice,” said"},
		{"says nothing and is Windows-1252", latin, "“We had no choice,” said"},
		{"UTF-16", utf16le("\ufeff" + page("x")), "“We had no choice,” said"},
		{"no text", "<html><body></body></html>", ReasonNoText},
		{"unclosed everything", "<html><body><article><p>" + strings.Repeat("The rain fell on the old town and nobody minded. ", 20), "The rain fell"},
		{"one line of marks", body("<p>" + strings.Repeat("“", 300_000) + "</p>"), "We had no choice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			var got outcome
			path := write(t, "x.html", []byte(c.data))
			if most := peak(func() { got = readAll(t, Options{}, path) }); most > 300<<20 {
				t.Errorf("peak of %d MiB", most>>20)
			}
			if d := time.Since(start); d > 30*time.Second { // some 0.2 s on a machine that is not busy
				t.Errorf("took %v", d)
			}
			switch {
			case len(got.rejects) == 1 && got.rejects[0].Reason == c.want:
			case len(got.articles) == 1 && strings.Contains(got.articles[0].Body, c.want):
			default:
				t.Errorf("got %.300q", got.summary())
			}
		})
	}
}

func TestRenderText(t *testing.T) {
	r := renderer{}
	for _, s := range []struct{ words, gap string }{{" a\n b ", "\n"}, {"", "\n\n"}, {"c\u00a0d", ""}} {
		r.line.WriteString(s.words)
		r.flush(s.gap)
	}
	equal(t, r.out.String(), "a b\n\nc\u00a0d")
}
