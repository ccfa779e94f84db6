package extract_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
)

// BenchmarkExtract runs the whole native engine on one goroutine, an article
// an operation, over frozen texts: PolNeAR's development articles when the
// shared data is there, our own articles otherwise. Run it with -cpu 1 for
// the speed of one core.
func BenchmarkExtract(b *testing.B) {
	articles := benchArticles(b)
	x, err := extract.New(extract.Options{})
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	var bytes, tokens int
	var times extract.Times
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		a := &articles[i%len(articles)]
		i++
		r, t, err := x.Run(ctx, a)
		if err != nil {
			b.Fatal(err)
		}
		bytes += len(a.Body)
		tokens += len(r.Doc.Tokens)
		times.Tokenize += t.Tokenize
		times.Detect += t.Detect
		times.Attribute += t.Attribute
	}
	s := b.Elapsed().Seconds()
	b.ReportMetric(float64(i)/s, "articles/s")
	b.ReportMetric(float64(tokens)/s, "tokens/s")
	b.ReportMetric(float64(bytes)/s/1e6, "MB/s")
	b.ReportMetric(float64(tokens)/times.Tokenize.Seconds(), "tokens/s-syntax")
	b.ReportMetric(float64(tokens)/times.Detect.Seconds(), "tokens/s-detect")
	b.ReportMetric(float64(tokens)/times.Attribute.Seconds(), "tokens/s-attribute")
}

// BenchmarkLong is one text of 300,000 words, by one goroutine and with the help of
// another. What it finds must be the same.
func BenchmarkLong(b *testing.B) {
	a := &news.Article{ID: "long", Body: long(benchArticles(b), 300_000)}
	statements := 0
	for _, cores := range []int{1, 2} {
		b.Run(fmt.Sprint("cores=", cores), func(b *testing.B) {
			x, err := extract.New(extract.Options{Cores: cores})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			var times extract.Times
			for b.Loop() {
				r, t, err := x.Run(context.Background(), a)
				if err != nil {
					b.Fatal(err)
				}
				if statements == 0 {
					statements = len(r.Quotes)
				}
				if len(r.Quotes) != statements {
					b.Fatalf("%d statements, %d before", len(r.Quotes), statements)
				}
				times.Tokenize += t.Tokenize
				times.Detect += t.Detect
				times.Attribute += t.Attribute
			}
			n := float64(b.N)
			b.ReportMetric(times.Tokenize.Seconds()/n, "s-syntax")
			b.ReportMetric(times.Detect.Seconds()/n, "s-detect")
			b.ReportMetric(times.Attribute.Seconds()/n, "s-attribute")
		})
	}
}

// long is the texts one after the other, again and again, up to so many words.
func long(articles []news.Article, words int) string {
	var s strings.Builder
	for i := 0; words > 0; i++ {
		body := articles[i%len(articles)].Body
		words -= len(strings.Fields(body))
		s.WriteString(body + "\n\n")
	}
	return s.String()
}

// benchArticles are the frozen texts of the benchmarks.
func benchArticles(b *testing.B) []news.Article {
	b.Helper()
	shared := os.Getenv("WHOSAID_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(shared, "data", "articles", "polnear-dev.jsonl.gz"))
	if err != nil {
		return ownArticles(b)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	return readArticles(b, z)
}

func readArticles(b *testing.B, r io.Reader) []news.Article {
	b.Helper()
	var articles []news.Article
	for s := json.NewDecoder(bufio.NewReader(r)); s.More(); {
		var row struct{ ID, Text string }
		if err := s.Decode(&row); err != nil {
			b.Fatal(err)
		}
		articles = append(articles, news.Article{ID: row.ID, Body: row.Text})
	}
	return articles
}

func ownArticles(b *testing.B) []news.Article {
	b.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "articles", "*.txt"))
	if err != nil || len(paths) == 0 {
		b.Skip("needs testdata/articles")
	}
	var articles []news.Article
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		id := strings.TrimSuffix(filepath.Base(path), ".txt")
		articles = append(articles, news.Article{ID: id, Body: string(text)})
	}
	return articles
}
