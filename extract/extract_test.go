package extract_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
)

// oddTexts have once been trouble for some stage of this or another tool.
var oddTexts = []string{
	"",
	" \n\n\t ",
	"Boat",
	"“”\"\"''‘’",
	"“", "”", "\"", "\u200b\ufeff\u00ad",
	"“The quay is rotten.\n\n“It must go,” said Mayor Ilse Brandt. “Now,” she added.",
	"“The quay is rotten, Ms. Brandt said.\n\nThe town has two other quays.\n\n“It must go,” said Tomas Vey.",
	"“My brother said, ‘Stay at home,’ and I did,” Ms. Lund said.",
	"‘We’re done with the workers’ plan,’ she said.",
	"According to Ana Reyes, who met Tomas Vey and his wife, Mary Vey, the boat was lost, officials said.",
	"VEY: Where is the boat?\n\nREYES: We lost it.\n\nVEY: And the crew?",
	"Q: Where is the boat?\n\nA: We lost it.",
	"It was said that he said that she said that they said nothing.",
	"“The quay is closed,”said Ana\u00a0Reyes.\u200b “For go\u00adod.”",
	"«Nous partons», said Émile Zürn-Łąka, le maire. 船长说：“走吧。”",
	"\u202e“Reversed,” said Ana Reyes.\u202c 👩‍👩‍👧 said “👍🏽”.",
	"e\u0301\u0301\u0301 said “a\u0308b”\r\n\r\nShe said.\rHe said.",
	"He said she said I said you said: \"\" \" \"\" said.",
	"she She SHE he HE him her Mr. Mrs. Dr. said.",
	strings.Repeat("(", 300) + "said" + strings.Repeat(")", 300),
	strings.Repeat("said, ", 300),
	strings.Repeat("“a ", 200),
	strings.Repeat("Ana Reyes and ", 150) + "Tomas Vey said so.",
}

// native loads the default engine once for all tests.
var native = sync.OnceValues(func() (*extract.Extractor, error) { return extract.New(extract.Options{}) })

func load(t testing.TB) *extract.Extractor {
	t.Helper()
	x, err := native()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// stories are the test articles of the tree.
func stories(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "testdata", "articles", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d articles, %v", len(files), err)
	}
	var texts []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	return texts
}

// check holds a result to what its types promise, and to what the tables do:
// output.CheckResult says no more than what Map would refuse, CheckArticle
// reads the rows as somebody who has only them.
func check(t testing.TB, text string, r *news.Result) {
	t.Helper()
	if r.Doc.Text != text {
		t.Fatal("the text was changed")
	}
	span := func(what string, s news.Span) {
		if s.Start < 0 || s.End < s.Start || int(s.End) > len(text) ||
			!boundary(text, int(s.Start)) || !boundary(text, int(s.End)) {
			t.Fatalf("%s: %v does not slice %d bytes: %.200q", what, s, len(text), text)
		}
	}
	entity := func(what string, e int32, least int32) {
		if e < least || int(e) >= len(r.Entities) {
			t.Fatalf("%s: entity %d of %d: %.200q", what, e, len(r.Entities), text)
		}
	}
	if len(r.Attributions) != len(r.Quotes) {
		t.Fatalf("%d attributions for %d quotes", len(r.Attributions), len(r.Quotes))
	}
	last := int32(0)
	for i := range r.Quotes {
		q := &r.Quotes[i]
		if len(q.Parts) == 0 {
			t.Fatalf("quote %d has no part: %.200q", i, text)
		}
		if q.Parts[0].Span.Start < last {
			t.Fatalf("quote %d starts before the one ahead of it: %.200q", i, text)
		}
		last = q.Parts[0].Span.Start
		end := int32(0)
		for _, p := range q.Parts {
			span("part", p.Span)
			if p.Span.Empty() || p.Span.Start < end {
				t.Fatalf("quote %d: part %v is empty or behind its place: %.200q", i, p.Span, text)
			}
			end = p.Span.End
		}
		span("cue", q.Cue)
		span("source", q.Source)
		if q.Parent < -1 || int(q.Parent) >= len(r.Quotes) || int(q.Parent) == i {
			t.Fatalf("quote %d has parent %d: %.200q", i, q.Parent, text)
		}
		a := &r.Attributions[i]
		entity("attribution", a.Entity, -1)
		for _, c := range a.Candidates {
			entity("candidate", c.Entity, 0)
		}
	}
	last = 0
	for _, m := range r.Mentions {
		span("mention", m.Span)
		entity("mention", m.Entity, 0)
		if m.Span.Start < last {
			t.Fatalf("mention at %d comes behind %d: %.200q", m.Span.Start, last, text)
		}
		last = m.Span.Start
	}
	if err := output.CheckResult(r); err != nil {
		t.Fatalf("%v: %.200q", err, text)
	}
	rows := output.NewMapper(output.MapOptions{}).Map(r, output.StatusOK)
	if err := output.CheckArticle(rows.Article, rows.Quotes, rows.Mentions, rows.Entities); err != nil {
		t.Fatalf("%v: %.200q", err, text)
	}
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

// FuzzExtract runs the whole native engine on any text.
func FuzzExtract(f *testing.F) {
	for _, text := range oddTexts {
		f.Add(text)
	}
	for _, text := range stories(f)[:3] {
		f.Add(text)
	}
	x := load(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return // long texts are TestHostile's
		}
		r, err := x.Extract(news.Article{ID: "a", Body: text})
		if !utf8.ValidString(text) {
			if err == nil {
				t.Fatal("invalid UTF-8 was taken")
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		check(t, text, r)
	})
}

func TestStories(t *testing.T) {
	x := load(t)
	for _, text := range stories(t) {
		r, err := x.Extract(news.Article{ID: "a", Body: text})
		if err != nil {
			t.Fatal(err)
		}
		check(t, text, r)
	}
}

// TestHostile gives texts that no newspaper would print; time must not grow
// with more than their length. The bound is the time that a run gives an article;
// the slowest, sentences of nothing but cues, take a third of it at 512 KiB on a
// machine that does much else.
func TestHostile(t *testing.T) {
	size := 128 << 10
	if os.Getenv("WHOSAID_TORTURE") != "" {
		size = 512 << 10
	}
	if testing.Short() {
		size = 8 << 10
	}
	x := load(t)
	for name, unit := range map[string]string{
		"straight marks":    "\"",
		"opening marks":     "“",
		"single marks":      "'",
		"one long word":     "x",
		"a word":            "the ",
		"a sentence":        "It was said. ",
		"opened words":      "“a” ",
		"never closed":      "“a ",
		"no spaces":         "Ana said,“No.”",
		"names":             "Ana Reyes ",
		"speakers":          "“We won,” said Ana Reyes.\n\n",
		"bare paragraphs":   "“We won.”\n\n",
		"empty lines":       "\n",
		"brackets":          "(",
		"stops":             ".",
		"combining accents": "\u0301",
		"labels":            "A: ",
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(unit, size/len(unit))
			start := time.Now()
			r, err := x.Extract(news.Article{ID: "a", Body: text})
			took := time.Since(start)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d KiB in %v: %d quotes, %d entities", len(text)>>10, took.Round(time.Millisecond), len(r.Quotes), len(r.Entities))
			if most := time.Minute; took > most {
				t.Errorf("took %v, at most %v is allowed", took, most)
			}
			check(t, text, r)
		})
	}
}

// TestConcurrent checks under the race detector that one Extractor serves many
// goroutines, and that what they find does not depend on each other.
func TestConcurrent(t *testing.T) {
	x := load(t)
	texts := append(stories(t)[:6], oddTexts...)
	want := make([]*news.Result, len(texts))
	for i, text := range texts {
		r, err := x.Extract(news.Article{ID: "a", Body: text})
		if err != nil {
			t.Fatal(err)
		}
		want[i] = r
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for k := range texts {
				i := (k + g*len(texts)/4) % len(texts)
				r, err := x.Extract(news.Article{ID: "a", Body: texts[i]})
				if err != nil {
					t.Error(err)
					return
				}
				if !reflect.DeepEqual(r, want[i]) {
					t.Errorf("another result beside others: %.80q", texts[i])
				}
			}
		})
	}
	wg.Wait()
}

// TestText refuses what no reader delivers.
func TestText(t *testing.T) {
	if _, err := load(t).Extract(news.Article{ID: "a", Body: "said\xff"}); err == nil {
		t.Error("invalid UTF-8 was taken")
	}
}
