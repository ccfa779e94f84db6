package main

import (
	"fmt"
	"io"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

// plainEvery is how often a line tells of progress where there is no terminal.
const plainEvery = 30 * time.Second

// screen is standard error as a run uses it: log, progress, summary.
type screen struct {
	w     io.Writer
	mu    sync.Mutex
	above io.Writer // where log lines go while a bar is shown; nil: w
	log   *slog.Logger
	kind  string // of progress: bar, plain, none
	json  bool
	quiet bool
}

func newScreen(w io.Writer, o extractOptions) *screen {
	s := &screen{w: w, kind: o.progress, json: o.json, quiet: o.quiet}
	level := slog.LevelInfo
	switch {
	case o.quiet:
		s.kind, level = "none", slog.LevelWarn
	case s.kind == "auto" && isTerminal(w) && !o.json:
		s.kind = "bar"
	case s.kind == "auto":
		s.kind = "plain"
	}
	opt := &slog.HandlerOptions{Level: level}
	if o.json {
		s.log = slog.New(slog.NewJSONHandler(s, opt))
		return s
	}
	if isTerminal(w) {
		opt.ReplaceAttr = func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && a.Key == slog.TimeKey {
				return slog.Attr{} // people at a desk know the time
			}
			return a
		}
	}
	s.log = slog.New(slog.NewTextHandler(s, opt))
	return s
}

// Write writes a log line, above the bar where there is one.
func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.above != nil {
		return s.above.Write(b)
	}
	return s.w.Write(b)
}

func (s *screen) setAbove(w io.Writer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.above = w
}

// follow shows progress until the function it returns is called.
func (s *screen) follow(total int64, r *source.Reader, p *pipeline.Progress) func() {
	if s.kind == "none" {
		return func() {}
	}
	every := plainEvery
	show := func() { s.line(total, r, p, time.Time{}) }
	finish := func() {}
	start := time.Now()
	if s.kind == "bar" {
		every = 200 * time.Millisecond
		show, finish = s.bar(total, r, p, start)
	} else {
		show = func() { s.line(total, r, p, start) }
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				show()
			case <-stop:
				return
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
		finish()
	}
}

// line logs progress as one plain line.
func (s *screen) line(total int64, r *source.Reader, p *pipeline.Progress, start time.Time) {
	done := p.Resumed.Load() + r.BytesRead()
	s.log.Info("progress", "articles", p.Articles.Load(), "quotes", p.Quotes.Load(), "rejects", p.Rejects.Load(),
		"articles_per_second", int64(float64(p.Articles.Load())/time.Since(start).Seconds()),
		"read", byteCount(done), "of", byteCount(total), "left", left(total, r, p, start))
}

// left is the time left, at the pace so far; empty where nothing tells.
func left(total int64, r *source.Reader, p *pipeline.Progress, start time.Time) string {
	read := r.BytesRead()
	rest := total - p.Resumed.Load() - read
	if read <= 0 || rest < 0 {
		return ""
	}
	return time.Duration(float64(time.Since(start)) * float64(rest) / float64(read)).Round(time.Second).String()
}

// bar draws a bar by bytes; show brings it up to date, finish ends it.
func (s *screen) bar(total int64, r *source.Reader, p *pipeline.Progress, start time.Time) (show, finish func()) {
	bars := mpb.New(mpb.WithOutput(s.w), mpb.WithWidth(max(10, columns(s.w)-60)), mpb.WithRefreshRate(200*time.Millisecond))
	b := bars.New(total, mpb.BarStyle().Lbound("").Rbound("").Filler("█").Tip("█").Padding("░"), mpb.BarRemoveOnComplete(),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string {
			n := p.Articles.Load()
			return fmt.Sprintf(" %d articles, %.0f/s, %d quotes, %d rejects, %s left", n,
				float64(n)/time.Since(start).Seconds(), p.Quotes.Load(), p.Rejects.Load(), left(total, r, p, start))
		})))
	s.setAbove(bars)
	show = func() { b.SetCurrent(min(p.Resumed.Load()+r.BytesRead(), total-1)) } // the end is ours to tell
	return show, func() {
		b.Abort(true)
		bars.Wait()
		s.setAbove(nil)
	}
}

// summary tells what came of a run: for people as a page, for machines as the
// log's last line.
func (s *screen) summary(o extractOptions, sum *pipeline.Summary, src *loggedSource, p *pipeline.Progress, took time.Duration) {
	c := &sum.Counters
	if s.json {
		attrs := []any{"already", sum.Already, "articles", c.Written + c.Skipped + c.Failed, "ok", c.Written, "skipped", c.Skipped,
			"failed", c.Failed, "filtered", c.Filtered, "rejects", c.Rejected, "reasons", c.Reasons, "unread_dates", c.UnreadDates, "direct", c.Direct, "indirect", c.Indirect,
			"mixed", c.Mixed, "named", c.Named, "units", sum.Units, "resumed", sum.Resumed, "seconds", took.Seconds(), "out", o.out}
		for st := pipeline.Read; st <= pipeline.Write; st++ {
			attrs = append(attrs, "seconds_"+st.String(), p.Time(st).Seconds())
		}
		s.log.Info("done", attrs...)
		return
	}
	if s.quiet {
		return
	}
	var b strings.Builder
	row := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "  %-12s %s\n", label, plain(fmt.Sprintf(format, args...)))
	}
	b.WriteByte('\n')
	row("articles", "%d ok%s", c.Written, others(c))
	quotes := c.Quotes()
	row("statements", "%d: %d direct, %d indirect, %d mixed", quotes, c.Direct, c.Indirect, c.Mixed)
	row("asserted", "%d, %s of them with a named speaker", c.Asserted, percent(c.Named, c.Asserted))
	if len(c.Speakers) > 0 {
		var names []string
		for _, sp := range c.Speakers[:min(5, len(c.Speakers))] {
			names = append(names, fmt.Sprintf("%s (%d)", sp.Name, sp.Quotes))
		}
		row("top speakers", "%s", strings.Join(names, ", "))
	}
	if len(c.Reasons) > 0 {
		row("left out", "%s", reasons(c.Reasons))
	}
	if c.UnreadDates > 0 {
		such := ""
		if d := src.unreadDate(); d != "" {
			such = ", such as " + d
		}
		row("dates", "%s with a date that could not be read%s; see --date-format", counted(c.UnreadDates, "article"), such)
	}
	if n := src.Attachments(); n > 0 {
		row("e-mail", "%s left out", counted(n, "attachment"))
	}
	if sum.Did > 0 {
		var times []string
		for st := pipeline.Read; st <= pipeline.Write; st++ {
			if s := p.Time(st).Seconds(); s >= 0.05 { // else it rounds to nothing
				times = append(times, fmt.Sprintf("%s %.1f", st, s))
			}
		}
		stages := ""
		if len(times) > 0 {
			stages = fmt.Sprintf(" (%s, summed over workers)", strings.Join(times, ", "))
		}
		row("seconds", "%.1f in all%s; %.0f articles per second", took.Seconds(), stages, float64(p.Articles.Load())/took.Seconds())
	}
	row("tables", "%s", tablesAt(o))
	if quotes > 0 && (len(o.write.Tables) == 0 || slices.Contains(o.write.Tables, output.Quotes)) {
		row("try", "%s", query(o))
	}
	switch {
	case sum.Already:
		row("", "nothing to do: this run was finished before")
	case sum.Resumed > 0:
		row("", "taken up from an earlier run: %d of %d units were done", sum.Resumed, sum.Units)
	}
	_, _ = s.Write([]byte(b.String()))
}

func others(c *pipeline.Counters) string {
	var parts []string
	add := func(n int64, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	add(c.Skipped, "skipped")
	add(c.Failed, "failed")
	add(c.Filtered, "left out as asked")
	if c.Rejected > 0 {
		parts = append(parts, counted(c.Rejected, "record")+" rejected")
	}
	if len(parts) == 0 {
		return ""
	}
	return ", " + strings.Join(parts, ", ")
}

// counted is a number with its noun: 1 statement, 2 statements.
func counted[N int | int64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func reasons(m map[string]int64) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, fmt.Sprintf("%s %d", k, m[k]))
	}
	return strings.Join(parts, ", ")
}

func percent(n, of int64) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%.0f%%", 100*float64(n)/float64(of))
}

func byteCount(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	default:
		return fmt.Sprintf("%d KiB", (n+1023)>>10)
	}
}

// tablesAt is a pattern that finds the tables.
func tablesAt(o extractOptions) string {
	tables := o.write.Tables
	if len(tables) == 0 {
		tables = output.Tables()
	}
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = string(t)
	}
	braced := strings.Join(names, ",")
	if len(names) > 1 {
		braced = "{" + braced + "}"
	}
	if source.IsAddress(o.out) {
		return strings.TrimRight(o.out, "/") + "/" + braced + ending(o)
	}
	return filepath.Join(o.out, braced) + ending(o)
}

// ending is what follows a table's name in the paths of its files.
func ending(o extractOptions) string {
	switch {
	case !o.write.Format.InParts():
		return o.write.Format.FileName("")
	case o.partition != "" || o.byDay:
		return o.write.Format.FileName("/*/*")
	default:
		return o.write.Format.FileName("/*")
	}
}

// query is a first look at the quotes with DuckDB.
func query(o extractOptions) string {
	from := o.out + "/quotes" + ending(o)
	from = strings.ReplaceAll(from, "'", "''")
	return `duckdb -c "SELECT speaker, count(*) AS n, any_value(text) AS example FROM '` + from + `' WHERE speaker IS NOT NULL AND polarity = 'affirmed' GROUP BY speaker ORDER BY n DESC LIMIT 20"`
}
