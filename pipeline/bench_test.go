package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
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

// storyCorpus plans JSON Lines of our own stories, again and again under other
// ids, in units of about 100.
func storyCorpus(b *testing.B, articles int) *Plan {
	b.Helper()
	names, err := filepath.Glob("../testdata/articles/*.txt")
	if err != nil || len(names) == 0 {
		b.Fatal("no stories", err)
	}
	var s bytes.Buffer
	for i := range articles {
		text, err := os.ReadFile(names[i%len(names)])
		if err != nil {
			b.Fatal(err)
		}
		line, err := json.Marshal(map[string]string{"id": fmt.Sprint("a", i), "text": fmt.Sprintf("Number %d. %s", i, text)})
		if err != nil {
			b.Fatal(err)
		}
		s.Write(append(line, '\n'))
	}
	name := filepath.Join(b.TempDir(), "in.jsonl")
	if err := os.WriteFile(name, s.Bytes(), 0o666); err != nil {
		b.Fatal(err)
	}
	unit := int64(s.Len() / (articles / 100))
	shards, err := source.Discover(b.Context(), []string{name}, source.Options{SliceSize: unit})
	if err != nil {
		b.Fatal(err)
	}
	return NewPlan(shards, unit, "test", "model", nil)
}

// BenchmarkLanes is a whole run with the default engine, in lanes of a worker
// each. Its profile shows what a lane does once, and what all lanes wait for.
func BenchmarkLanes(b *testing.B) {
	const articles = 1000
	plan := storyCorpus(b, articles)
	x, err := extract.New(extract.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, lanes := range []int{1, 2} {
		b.Run(fmt.Sprint("lanes=", lanes), func(b *testing.B) {
			progress := new(Progress)
			for b.Loop() {
				j := job(plan, filepath.Join(b.TempDir(), "out"))
				j.Source, j.Extract, j.Options.Progress = source.New(source.Options{}), x.Run, progress
				j.Options.Workers, j.Options.Lanes = 2, lanes
				mustRun(b, j)
			}
			b.ReportMetric(float64(articles*b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

// BenchmarkLedger is what one article costs in the one place that all lanes
// pass, one after the other.
func BenchmarkLedger(b *testing.B) {
	seen := make([]sighting, 12_000)
	for i := range seen {
		seen[i] = sighting{fmt.Sprintf("https://alder.example/news/2026/11/28/%d", i), uint64(i) * 0x9e3779b97f4a7c15}
	}
	n := 0
	for b.Loop() {
		l := newLedger(0, nil, nil)
		l.known = newKnown()
		l.enter(seen)
		n += len(seen)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/article")
}
