package pipeline

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func mustRun(t testing.TB, j Job) *Summary {
	t.Helper()
	s, err := Run(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Promise 4: the bytes do not depend on the number of workers.
func TestSameBytesAtAnyNumberOfWorkers(t *testing.T) {
	p := corpus(t, 40, 1, 0, 75, 33)
	for _, format := range []output.Format{output.Parquet, output.JSONL, output.CSV} {
		var want map[string]string
		for _, workers := range []int{1, 2, 8, 32} {
			j := job(p, filepath.Join(t.TempDir(), "out"))
			j.Options.Workers = workers
			j.Write.Format = format
			s := mustRun(t, j)
			if s.Counters.Written != 149 || s.Counters.Rejected != 8 || s.Counters.Direct != 149 || s.Counters.Named != 149 {
				t.Fatalf("counters: %+v", s.Counters)
			}
			got := tree(t, j.Out)
			if want == nil {
				want = got
			} else if d := sameTree(want, got); d != "" {
				t.Errorf("%s, %d workers: %s", format, workers, d)
			}
		}
		figure(t, 4, "%s: the same %d files with 1, 2, 8 and 32 workers", format, len(want))
	}
}

func TestRerunOfAFinishedRunDoesNothing(t *testing.T) {
	p := corpus(t, 5, 5)
	for _, format := range []output.Format{output.Parquet, output.JSONL} {
		j := job(p, filepath.Join(t.TempDir(), "out"))
		j.Write.Format = format
		mustRun(t, j)
		before := tree(t, j.Out)
		j.Extract = func(context.Context, *news.Article) (*news.Result, extract.Times, error) {
			t.Error("an article was extracted again")
			return nil, extract.Times{}, errors.New("no")
		}
		if s := mustRun(t, j); !s.Already || s.Counters.Written != 10 {
			t.Errorf("rerun: %+v", s)
		}
		if d := sameTree(before, tree(t, j.Out)); d != "" {
			t.Errorf("%s: %s", format, d)
		}
	}
}

func TestResumeAfterCancel(t *testing.T) {
	p := corpus(t, 30, 30, 30, 30)
	clean := job(p, filepath.Join(t.TempDir(), "out"))
	mustRun(t, clean)
	want := tree(t, clean.Out)

	j := job(p, filepath.Join(t.TempDir(), "out"))
	stop := errors.New("stopped by the test")
	ctx, cancel := context.WithCancelCause(t.Context())
	n := 0
	real := j.Extract
	j.Options.Workers = 1
	var log lockedBuffer
	j.Options.Log = slog.New(slog.NewTextHandler(&log, nil))
	last := make(chan struct{})
	j.Extract = func(ctx context.Context, a *news.Article) (*news.Result, extract.Times, error) {
		if n++; n == 70 {
			cancel(stop)
			defer close(last)
			return nil, extract.Times{}, ctx.Err()
		}
		return real(ctx, a)
	}
	if _, err := Run(ctx, j); !errors.Is(err, stop) {
		t.Fatalf("cancelled run: %v", err)
	}
	<-last
	time.Sleep(20 * time.Millisecond) // what it would log, it logs behind the run's back
	if log.String() != "" {
		t.Errorf("an article in flight is no failure: %s", log.String())
	}
	if _, err := os.Stat(filepath.Join(j.Out, manifestName)); err == nil {
		t.Fatal("a stopped run has a manifest")
	}
	j.Extract = real
	j.Options.Workers = 3
	s := mustRun(t, j)
	if s.Resumed == 0 {
		t.Error("nothing was taken over from the stopped run")
	}
	if d := sameTree(want, tree(t, j.Out)); d != "" {
		t.Error(d)
	}
}

// lockedBuffer is a buffer for several writers.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestAnotherPlanIsRefused(t *testing.T) {
	p := corpus(t, 3)
	j := job(p, filepath.Join(t.TempDir(), "out"))
	mustRun(t, j)
	before := tree(t, j.Out)
	other := *p
	other.Settings = map[string]string{"engine": "another", "language": "any"}
	j.Plan = &other
	start := time.Now()
	_, err := Run(t.Context(), j)
	if !errors.Is(err, ErrOtherPlan) || !strings.Contains(err.Error(), "engine is fake there and another here; language is (none) there and any here") {
		t.Errorf("error: %v", err)
	}
	if time.Since(start) > 5*time.Second {
		t.Error("refused only after", time.Since(start))
	}
	if d := sameTree(before, tree(t, j.Out)); d != "" {
		t.Error(d)
	}
}

func TestFolderWithForeignTablesIsRefused(t *testing.T) {
	j := job(corpus(t, 3), t.TempDir())
	if err := os.Mkdir(filepath.Join(j.Out, "quotes"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), j); !errors.Is(err, ErrOtherPlan) {
		t.Errorf("error: %v", err)
	}
}

func TestFresh(t *testing.T) {
	j := job(corpus(t, 3), filepath.Join(t.TempDir(), "out"))
	j.Fresh = true
	mustRun(t, j)
	if _, err := Run(t.Context(), j); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("error: %v", err)
	}
}

// A fault met on one article costs that article.
func TestFaultsOfOneArticle(t *testing.T) {
	var log bytes.Buffer
	p := planOf(t, []source.Shard{fileOf(t, "1\tThe first of the lot was \"fine\" and that is it.\n2\tPANIC\n3\tSLOW\n4\tSTUCK\n5\t \n6\tThe last of \"them\" all is here.\n!bad_json\n")})
	j := job(p, filepath.Join(t.TempDir(), "out"))
	j.Options.ArticleTime = 50 * time.Millisecond
	j.Options.Workers = 1
	j.Options.Log = slog.New(slog.NewJSONHandler(&log, nil))
	s := mustRun(t, j)
	c := s.Counters
	if c.Read != 7 || c.Written != 2 || c.Skipped != 1 || c.Failed != 3 || c.Rejected != 1 {
		t.Errorf("counters: %+v", c)
	}
	for reason, n := range map[string]int64{ReasonPanic: 1, ReasonTimeout: 2, ReasonEmpty: 1, "bad_json": 1} {
		if c.Reasons[reason] != n {
			t.Errorf("reason %s: %d, want %d", reason, c.Reasons[reason], n)
		}
	}
	if !strings.Contains(log.String(), "a planted panic") || !strings.Contains(log.String(), "fake_test.go") {
		t.Errorf("no stack in the log: %s", log.String())
	}
	for _, f := range s.Files {
		if f.Table == output.Rejects && f.Rows != 4 {
			t.Errorf("rejects has %d rows, want 4", f.Rows)
		}
	}
	time.Sleep(300 * time.Millisecond) // the stuck one ends, so that no goroutine is left
}

// A fault of a reader costs the rest of its file.
func TestPanicOfAReader(t *testing.T) {
	p := planOf(t, []source.Shard{fileOf(t, "1\tOne.\nREADER PANIC\n2\tTwo.\n"), fileOf(t, "3\tThree.\n")})
	p.Units = []Unit{{ID: "000000", End: 2, Bytes: 1}} // read ahead
	c := mustRun(t, job(p, filepath.Join(t.TempDir(), "out"))).Counters
	if c.Written != 2 || c.Rejected != 1 || c.Reasons[ReasonPanic] != 1 {
		t.Errorf("counters: %+v", c)
	}
}

// A source that goes on after it was told to stop does no harm.
func TestSourceThatDoesNotStop(t *testing.T) {
	j := job(corpus(t, 5, 5), filepath.Join(t.TempDir(), "out"))
	j.Source = deaf{}
	j.Options.Limit = 2
	if c := mustRun(t, j).Counters; c.Written != 2 {
		t.Errorf("counters: %+v", c)
	}
}

// deaf yields whatever it is told.
type deaf struct{ lines }

func (d deaf) Articles(ctx context.Context, s source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		d.lines.Articles(ctx, s)(func(a news.Article, err error) bool {
			yield(a, err)
			return true
		})
	}
}

// Small files of one unit, read by several goroutines, come out in order.
func TestSmallFilesAreReadAheadInOrder(t *testing.T) {
	sizes := make([]int, 60)
	for i := range sizes {
		sizes[i] = i % 4
	}
	p := corpus(t, sizes...)
	p.Units = []Unit{{ID: "000000", End: len(sizes), Bytes: 1}}
	var want map[string]string
	for _, workers := range []int{1, 8} {
		j := job(p, filepath.Join(t.TempDir(), "out"))
		j.Options.Workers = workers
		mustRun(t, j)
		if got := tree(t, j.Out); want == nil {
			want = got
		} else if d := sameTree(want, got); d != "" {
			t.Error(d)
		}
	}
	j := job(p, filepath.Join(t.TempDir(), "out"))
	j.Options.Limit = 7 // the readers end when nobody wants more
	if c := mustRun(t, j).Counters; c.Written != 7 {
		t.Errorf("limit: %+v", c)
	}
}

func TestDuplicates(t *testing.T) {
	a := fileOf(t, "x\tSame text.\nx\tSame text.\nx\tOther text.\n\tNo id.\n\tNo id.\n")
	b := fileOf(t, "x\tSame text.\nx\tOther text.\nx\tThird text.\n\t\n\t\n")
	p := planOf(t, []source.Shard{a, b})
	j := job(p, filepath.Join(t.TempDir(), "out"))
	c := mustRun(t, j).Counters
	// Kept: x, x~…, no id, x~… (third), and the two empty ones, told apart by place.
	if c.Written != 4 || c.Skipped != 2 || c.Filtered != 4 || c.Reasons[ReasonDuplicate] != 4 {
		t.Errorf("counters: %+v", c)
	}
	want := tree(t, j.Out)

	// A resumed run knows the ids of the units before it, with and without an
	// articles table to read them from.
	for _, tables := range [][]output.Table{nil, {output.Quotes, output.Rejects}} {
		j := job(p, filepath.Join(t.TempDir(), "out"))
		j.Write.Tables = tables
		mustRun(t, j)
		for _, name := range []string{"_units/000001.json", manifestName} {
			if err := os.Remove(filepath.Join(j.Out, name)); err != nil {
				t.Fatal(err)
			}
		}
		got := mustRun(t, j)
		if got.Resumed != 1 || got.Counters.Filtered != 4 {
			t.Errorf("resumed: %+v", got.Counters)
		}
		if tables == nil {
			if d := sameTree(want, tree(t, j.Out)); d != "" {
				t.Error(d)
			}
		}
	}
}

func TestLimitAndDates(t *testing.T) {
	p := corpus(t, 10, 10, 10)
	j := job(p, filepath.Join(t.TempDir(), "out"))
	j.Options.Limit = 15
	s := mustRun(t, j)
	if s.Counters.Written != 15 || s.Units != 3 {
		t.Errorf("limit: %+v", s.Manifest)
	}
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	p = planOf(t, []source.Shard{fileOf(t, "1\t2026-01-01|One.\n2\t2026-01-02|Two.\n3\t2026-01-03|Three.\n4\tNone.\n")})
	j = job(p, filepath.Join(t.TempDir(), "out"))
	j.Options.Since, j.Options.Until = day("2026-01-02"), day("2026-01-03")
	c := mustRun(t, j).Counters
	if c.Written != 1 || c.Reasons[ReasonDate] != 2 || c.Reasons[ReasonNoDate] != 1 {
		t.Errorf("dates: %+v", c)
	}
}

func TestMaxRejects(t *testing.T) {
	p := corpus(t, 40, 40)
	j := job(p, filepath.Join(t.TempDir(), "out"))
	most := int64(3)
	j.Options.MaxRejects = &most
	if _, err := Run(t.Context(), j); !errors.Is(err, ErrTooManyRejects) {
		t.Fatalf("error: %v", err)
	}
	if _, err := os.Stat(filepath.Join(j.Out, manifestName)); err == nil {
		t.Error("the manifest was not withheld")
	}
	most = 4
	mustRun(t, j)
	most = 2 // a finished run is judged too
	if _, err := Run(t.Context(), j); !errors.Is(err, ErrTooManyRejects) {
		t.Errorf("error: %v", err)
	}
}

func TestEmptyTablesHaveAFile(t *testing.T) {
	j := job(planOf(t, []source.Shard{fileOf(t, "")}), filepath.Join(t.TempDir(), "out"))
	if s := mustRun(t, j); len(s.Files) != len(output.Tables()) {
		t.Errorf("files: %+v", s.Files)
	}
}

func TestRunUnit(t *testing.T) {
	p := corpus(t, 5, 6)
	sink := &counting{}
	c, err := RunUnit(t.Context(), p, p.Units[1], lines{}, quoteMarks, sink, Options{Language: "any"})
	if err != nil || c.Written != 6 || sink.rows != 6 || !sink.committed {
		t.Errorf("%v %+v %+v", err, c, sink)
	}
}

type counting struct {
	rows      int
	committed bool
}

func (c *counting) Write(output.Rows) error       { c.rows++; return nil }
func (c *counting) Reject(output.RejectRow) error { return nil }
func (c *counting) Commit(*Counters) error        { c.committed = true; return nil }
func (c *counting) Abort()                        {}
