package main

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whosaid/whosaid/pipeline"
)

// metrics is what --metrics-file tells of a run.
type metrics struct {
	sum      *pipeline.Summary // nil when the run did not finish
	progress *pipeline.Progress
	took     time.Duration
	success  bool
	now      time.Time
}

const lastSuccess = "whosaid_last_success_timestamp_seconds"

// writeMetrics writes Prometheus text format by rename, so that a collector
// never sees half a file. A run that failed keeps the time of the last success
// of the file that is there.
func writeMetrics(name string, m metrics) error {
	when := previousSuccess(name)
	if m.success {
		when = float64(m.now.UnixMilli()) / 1000
	}
	var b bytes.Buffer
	family := func(name, kind, help string) {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
	}
	gauge := func(name, help string, v float64) {
		family(name, "gauge", help)
		fmt.Fprintf(&b, "%s %s\n", name, number(v))
	}
	if when > 0 {
		gauge(lastSuccess, "When a run last finished.", when)
	}
	gauge("whosaid_last_run_timestamp_seconds", "When the last run ended, however it did.", float64(m.now.UnixMilli())/1000)
	gauge("whosaid_last_run_success", "1 when the last run finished, 0 when it did not.", map[bool]float64{true: 1}[m.success])
	gauge("whosaid_run_seconds", "How long the last run took.", m.took.Seconds())
	gauge("whosaid_articles", "Articles the last run took through.", float64(m.progress.Articles.Load()))
	gauge("whosaid_quotes", "Statements the last run found.", float64(m.progress.Quotes.Load()))
	gauge("whosaid_rejects", "Records the last run could not use.", float64(m.progress.Rejects.Load()))
	gauge("whosaid_input_bytes", "Bytes of input of the units the last run finished.", float64(m.progress.Done.Load()-m.progress.Resumed.Load()))
	gauge("whosaid_peak_memory_bytes", "The most memory the last run held.", float64(peakMemory()))
	family("whosaid_stage_seconds", "gauge", "Seconds by stage, summed over workers.")
	for s := pipeline.Read; s <= pipeline.Write; s++ {
		fmt.Fprintf(&b, "whosaid_stage_seconds{stage=%q} %s\n", s.String(), number(m.progress.Time(s).Seconds()))
	}
	if m.sum != nil {
		gauge("whosaid_corpus_articles", "Articles in the tables of the run.", float64(m.sum.Counters.Written+m.sum.Counters.Skipped+m.sum.Counters.Failed))
		gauge("whosaid_unread_dates", "Articles with a date that could not be read.", float64(m.sum.Counters.UnreadDates))
		family("whosaid_left_out", "gauge", "Articles and records left out, by reason.")
		for _, reason := range slices.Sorted(maps.Keys(m.sum.Counters.Reasons)) {
			fmt.Fprintf(&b, "whosaid_left_out{reason=%q} %d\n", reason, m.sum.Counters.Reasons[reason])
		}
	}
	temp := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".tmp")
	if err := os.WriteFile(temp, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write metrics: %w", err)
	}
	if err := os.Rename(temp, name); err != nil {
		return fmt.Errorf("write metrics: %w", err)
	}
	return nil
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// previousSuccess reads the time of the last success from an earlier file.
func previousSuccess(name string) float64 {
	f, err := os.Open(name)
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if v, ok := strings.CutPrefix(s.Text(), lastSuccess+" "); ok {
			n, _ := strconv.ParseFloat(v, 64)
			return n
		}
	}
	return 0
}
