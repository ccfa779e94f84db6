package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline/source"
)

// newsCorpus plans JSON Lines of articles of 5 KB with ten statements each.
func newsCorpus(b *testing.B, articles int) *Plan {
	b.Helper()
	text := strings.Repeat(`It was the day of the vote and he said: \"This is one of the lot.\" `+strings.Repeat("And that was that for the day. ", 14), 10)
	var s strings.Builder
	for i := range articles {
		fmt.Fprintf(&s, `{"id":"%d","title":"The day of the vote","outlet":"The Alder Post","published":"2021-03-04","text":"Number %[1]d. %s"}`+"\n", i, text)
	}
	name := filepath.Join(b.TempDir(), "in.jsonl")
	if err := os.WriteFile(name, []byte(s.String()), 0o666); err != nil {
		b.Fatal(err)
	}
	shards, err := source.Discover(b.Context(), []string{name}, source.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return NewPlan(shards, 0, "test", "model", nil)
}

// BenchmarkRun is what a run costs beside its engine: reading, ids, rows,
// Parquet, commits. With an engine that takes its time, busy is the share of
// the workers' time that the engine gets.
func BenchmarkRun(b *testing.B) {
	const articles = 2000
	plan := newsCorpus(b, articles)
	for _, takes := range []time.Duration{0, 2 * time.Millisecond} {
		for _, workers := range []int{1, 2, 8} {
			b.Run(fmt.Sprintf("engine=%v/workers=%d", takes, workers), func(b *testing.B) {
				var busy atomic.Int64
				for b.Loop() {
					j := job(plan, filepath.Join(b.TempDir(), "out"))
					j.Source, j.Options.Workers = source.New(source.Options{}), workers
					j.Extract = func(ctx context.Context, a *news.Article) (*news.Result, extract.Times, error) {
						start := time.Now()
						r, t, err := quoteMarks(ctx, a)
						time.Sleep(takes - time.Since(start))
						busy.Add(int64(time.Since(start)))
						return r, t, err
					}
					mustRun(b, j)
				}
				b.ReportMetric(float64(articles*b.N)/b.Elapsed().Seconds(), "articles/s")
				b.ReportMetric(100*float64(busy.Load())/float64(b.Elapsed())/float64(workers), "busy%")
			})
		}
	}
}
