package output

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// words of several scripts and widths, with marks, a combining accent, a
// zero-width space and characters beyond the basic plane.
var fakeWords = strings.Fields("the council “we said no” Zoë cafe\u0301 d’Orsay Łódź 東京 𝒜lpha 🙂👍🏽 נגב said he she " +
	"minister, Ms. Avery-Stone =SUM(1) \"quoted\" mid\u200bway naïve £5m 1,200 — … \u202eevil back\\slash tab|pipe 'tis o’clock")

// fakeText makes n words in sentences and paragraphs.
func fakeText(rng *rand.Rand, n int, ascii bool) string {
	var b strings.Builder
	for i := range n {
		w := fakeWords[rng.IntN(len(fakeWords))]
		if ascii {
			w = strings.Map(func(r rune) rune {
				if r > unicode.MaxASCII {
					return 'x'
				}
				return r
			}, w)
		}
		b.WriteString(w)
		switch {
		case i == n-1:
		case rng.IntN(40) == 0:
			b.WriteString(".\n\n")
		case rng.IntN(12) == 0:
			b.WriteString(". ")
		default:
			b.WriteString(" ")
		}
	}
	return b.String()
}

// fakeDocument tokenizes at white space; a token that ends in a full stop ends
// a sentence, an empty line a paragraph.
func fakeDocument(a *news.Article) *news.Document {
	d := &news.Document{Article: a, Text: a.Body}
	firstS, firstP := int32(0), int32(0)
	end := func(ranges *[]news.TokenRange, first *int32) {
		if n := int32(len(d.Tokens)); n > *first {
			*ranges = append(*ranges, news.TokenRange{First: *first, End: n})
			*first = n
		}
	}
	from := -1
	for i, r := range a.Body + " " {
		if !unicode.IsSpace(r) {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 {
			d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: int32(from), End: int32(i)}, Head: news.NoHead})
			if a.Body[i-1] == '.' {
				end(&d.Sentences, &firstS)
			}
			from = -1
		}
		if strings.HasPrefix(a.Body[min(i, len(a.Body)):], "\n\n") {
			end(&d.Sentences, &firstS)
			end(&d.Paragraphs, &firstP)
		}
	}
	end(&d.Sentences, &firstS)
	end(&d.Paragraphs, &firstP)
	return d
}

// fakeResult makes a result of the promised shape over text: about one
// quotation and two mentions in thirty tokens.
func fakeResult(rng *rand.Rand, a *news.Article) *news.Result {
	d := fakeDocument(a)
	r := &news.Result{Doc: d}
	n := int32(len(d.Tokens))
	for i := range rng.IntN(6) {
		e := news.Entity{Name: fmt.Sprintf("Ödön Nagy %d", i%4), Kind: news.SpeakerKind(rng.IntN(7))}
		if rng.IntN(2) == 0 {
			e.Gender, e.GenderBasis = news.Female, news.ByPronoun
			e.Titles, e.Aliases = []string{"Foreign Secretary"}, []string{"Ö. N.", ""}
		}
		r.Entities = append(r.Entities, e)
	}
	some := func(k int) int32 {
		if k == 0 {
			return -1
		}
		return int32(rng.IntN(k))
	}
	for at := int32(rng.IntN(4)); at+8 < n; at += int32(rng.IntN(60)) {
		q := news.Quote{
			Kind: news.Kind(rng.IntN(3)), Form: news.Form(rng.IntN(3)), Act: news.Act(rng.IntN(2)),
			Polarity: news.Polarity(rng.IntN(3)), Modality: news.Modality(rng.IntN(5)),
			Confidence: rng.Float32(), Group: int32(rng.IntN(3)) - 1, Parent: -1,
			Parts: []news.Part{{Span: d.Span(news.TokenRange{First: at, End: at + 3}), Quoted: true}},
		}
		if rng.IntN(3) == 0 {
			q.Parts = append(q.Parts, news.Part{Span: d.Span(news.TokenRange{First: at + 5, End: at + 8})})
		}
		if rng.IntN(2) == 0 {
			q.Cue, q.CueLemma = d.Tokens[at+3].Span, "say"
		}
		if rng.IntN(2) == 0 {
			q.Source = d.Tokens[at+4].Span
		}
		if k := len(r.Quotes); k > 0 && rng.IntN(3) == 0 {
			q.Parent = int32(k - 1)
		}
		att := news.Attribution{Entity: some(len(r.Entities)), Confidence: rng.Float32(), Method: "nearest name"}
		if rng.IntN(4) == 0 {
			att.Anonymity = d.Tokens[at+6].Span
		}
		if att.Entity >= 0 {
			att.Kind = r.Entities[att.Entity].Kind
			for range rng.IntN(8) {
				att.Candidates = append(att.Candidates, news.Candidate{
					Entity: some(len(r.Entities)), Probability: 1 / float32(1+len(att.Candidates)),
				})
			}
		}
		if !q.Source.Empty() {
			att.Form = news.MentionForm(rng.IntN(4))
		}
		r.Quotes = append(r.Quotes, q)
		r.Attributions = append(r.Attributions, att)
	}
	for at := int32(0); at < n && len(r.Entities) > 0; at += int32(1 + rng.IntN(20)) {
		r.Mentions = append(r.Mentions, news.Mention{
			Span: d.Tokens[at].Span, Form: news.Name + news.MentionForm(rng.IntN(3)), Entity: some(len(r.Entities)),
		})
	}
	return r
}

// fakeArticle makes an article of n words with metadata.
func fakeArticle(rng *rand.Rand, id string, n int, ascii bool) *news.Article {
	a := &news.Article{
		ID: id, Title: "=HYPERLINK(1) at " + id, URL: "https://ledger.example/" + id, Outlet: "The Harrow Ledger",
		Authors: []string{"Ines Obuya", "-Tom, \"Jr\""}, Language: "en", Body: fakeText(rng, n, ascii),
		Published: time.Date(2026, 3, 1, 9, 30, 0, 123456000, time.UTC),
		Origin:    news.Origin{Path: "corpus/ledger.jsonl", Record: 7},
	}
	if rng.IntN(3) == 0 {
		a.Published, a.Outlet, a.URL, a.Title, a.Authors = time.Time{}, "", "", "", nil
	}
	return a
}

// fakeRows maps n articles.
func fakeRows(t testing.TB, seed uint64, n, words int, o MapOptions) []Rows {
	rng := rand.New(rand.NewPCG(seed, 1))
	m := NewMapper(o)
	rows := make([]Rows, n)
	for i := range rows {
		a := fakeArticle(rng, fmt.Sprintf("ledger-%04d", i), words, i%3 == 0)
		r := fakeResult(rng, a)
		rows[i] = m.Map(r, StatusOK)
		if rows[i].Article.Status != string(StatusOK) {
			t.Fatalf("article %d: %s %s: %v", i, rows[i].Article.Status, rows[i].Article.Reason, CheckResult(r))
		}
	}
	return rows
}

// plainIndex is the plain version of runeIndex.
func plainIndex(text string, b int32) int32 { return int32(utf8.RuneCountInString(text[:b])) }
