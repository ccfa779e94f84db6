package pipeline

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// repeats is a plan of units that share articles: every unit has some of those
// before it again, with the same text or another.
func repeats(t testing.TB, units, each int) *Plan {
	t.Helper()
	var shards []source.Shard
	n := 0
	for u := range units {
		var b strings.Builder
		for i := range each {
			fmt.Fprintf(&b, "a%d\tHe said: \"Number %d of the lot.\"\n", n, n)
			if old := n / 2; i%3 == 0 && u > 0 {
				fmt.Fprintf(&b, "a%d\tHe said: \"Number %d of the lot.\"\n", old, old) // the same
				fmt.Fprintf(&b, "a%d\tHe said: \"Unit %d tells it otherwise.\"\n", old, u%3)
				b.WriteString("\tHe said: \"No id here.\"\n!bad_json\n")
			}
			n++
		}
		shards = append(shards, fileOf(t, b.String()))
	}
	return planOf(t, shards)
}

// Promise 4, second half: nor do the bytes depend on the number of lanes, with
// articles that units have in common, and with a limit in the middle.
func TestSameBytesInAnyNumberOfLanes(t *testing.T) {
	p := repeats(t, 24, 12)
	for _, limit := range []int64{0, 100} {
		var want map[string]string
		for _, n := range [][2]int{{1, 1}, {1, 8}, {2, 2}, {3, 8}, {8, 64}, {24, 64}} {
			j := job(p, filepath.Join(t.TempDir(), "out"))
			j.Options.Lanes, j.Options.Workers, j.Options.Limit = n[0], n[1], limit
			s := mustRun(t, j)
			got := tree(t, j.Out)
			if want == nil {
				want = got
				if limit == 0 && (s.Counters.Reasons[ReasonDuplicate] < 100 || s.Counters.Written < 300) || limit > 0 && s.Counters.Written != limit {
					t.Fatalf("counters: %+v", s.Counters)
				}
			} else if d := sameTree(want, got); d != "" {
				t.Errorf("%d lanes, %d workers, limit %d: %s", n[0], n[1], limit, d)
			}
		}
	}
	figure(t, 4, "the same bytes in 1, 2, 3, 8 and 24 lanes with up to 64 workers, with articles that units have in common and a limit")
}

// A run in lanes that is stopped goes on in another number of lanes.
func TestLanesAreTakenUp(t *testing.T) {
	p := repeats(t, 12, 12)
	clean := job(p, filepath.Join(t.TempDir(), "out"))
	mustRun(t, clean)
	want := tree(t, clean.Out)
	for _, again := range []int{1, 4} {
		j := job(p, filepath.Join(t.TempDir(), "out"))
		j.Options.Lanes, j.Options.Workers = 3, 6
		ctx, cancel := context.WithCancelCause(t.Context())
		stop := errors.New("stopped by the test")
		var once sync.Once
		j.Extract = func(ctx context.Context, a *news.Article) (*news.Result, extract.Times, error) {
			if a.ID == "a100" {
				once.Do(func() { cancel(stop) })
			}
			return quoteMarks(ctx, a)
		}
		if _, err := Run(ctx, j); !errors.Is(err, stop) {
			t.Fatal(err)
		}
		j.Options.Lanes = again
		mustRun(t, j)
		if d := sameTree(want, tree(t, j.Out)); d != "" {
			t.Error(d)
		}
	}
}

// planned makes the plan of a job, and gives the job as a process has it that
// reads it from the folder.
func planned(t testing.TB, j Job) func() Job {
	t.Helper()
	if err := MakePlan(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	return func() Job {
		p, err := ReadPlan(Local(j.Out), j.Partition)
		if err != nil {
			t.Fatal(err)
		}
		own := j
		own.Plan = p
		return own
	}
}

func TestShardsMakeTheTablesOfOneProcess(t *testing.T) {
	for _, format := range []output.Format{output.Parquet, output.JSONL} {
		p := repeats(t, 10, 6)
		one := job(p, filepath.Join(t.TempDir(), "out"))
		one.Write.Format = format
		one.Options.Limit = 70
		mustRun(t, one)
		want := tree(t, one.Out)

		j := one
		j.Out = filepath.Join(t.TempDir(), "out")
		open := planned(t, j)
		if _, err := Commit(t.Context(), open()); !errors.Is(err, ErrNotDone) {
			t.Errorf("commit before the work: %v", err)
		}
		for _, i := range []int{3, 1, 4, 2} { // one after the other, the last units first
			sum, err := Work(t.Context(), open(), Share{Index: i, Of: 4})
			if err != nil {
				t.Fatal(err)
			}
			if want := []int{0, 3, 3, 2, 2}[i]; format == output.Parquet && sum.Did != want {
				t.Errorf("shard %d did %d units, and has %d", i, sum.Did, want)
			}
		}
		for range 2 { // and again
			if _, err := Commit(t.Context(), open()); err != nil {
				t.Fatal(err)
			}
		}
		if d := sameTree(want, tree(t, j.Out)); d != "" {
			t.Errorf("%s: %s", format, d)
		}
		if sum, err := Work(t.Context(), open(), Share{Claim: true}); err != nil || !sum.Already {
			t.Errorf("work on a finished run: %v", err)
		}
	}
}

func TestPartitionByShards(t *testing.T) {
	dirs := [2]string{filepath.Join(t.TempDir(), "corpus"), filepath.Join(t.TempDir(), "corpus")}
	first, second := repeats(t, 2, 4), repeats(t, 4, 6)
	for i, out := range dirs {
		for day, p := range []*Plan{first, second} {
			j := job(p, out)
			j.Partition = fmt.Sprintf("published=2026-11-0%d", day+1)
			if i == 0 {
				mustRun(t, j)
				continue
			}
			open := planned(t, j)
			for s := range 3 {
				if _, err := Work(t.Context(), open(), Share{Index: s + 1, Of: 3}); err != nil {
					t.Fatal(err)
				}
			}
			if sum, err := Commit(t.Context(), open()); err != nil || day == 1 && sum.Counters.Reasons[ReasonInCorpus] == 0 {
				t.Fatalf("%v %+v", err, sum)
			}
		}
	}
	if d := sameTree(tree(t, dirs[0]), tree(t, dirs[1])); d != "" {
		t.Error(d)
	}
	sound(t, dirs[1])
}

// Promise 13, in one process: sixteen at once over one folder, some stopped at
// random, all units claimed, some of them twice because leases run out at once.
func TestManyClaimers(t *testing.T) {
	p := repeats(t, 20, 6)
	one := job(p, filepath.Join(t.TempDir(), "out"))
	mustRun(t, one)
	want := tree(t, one.Out)
	rng := rand.New(rand.NewPCG(13, 1))
	for round := range 3 {
		j := one
		j.Out = filepath.Join(t.TempDir(), "out")
		j.Extract = func(ctx context.Context, a *news.Article) (*news.Result, extract.Times, error) {
			time.Sleep(time.Millisecond)
			return quoteMarks(ctx, a)
		}
		open := planned(t, j)
		lease := []time.Duration{time.Minute, 5 * time.Millisecond, time.Nanosecond}[round]
		var all sync.WaitGroup
		for i := range 16 {
			ctx, cancel := context.WithCancel(t.Context())
			if i > 0 { // the first one goes on to the end
				ctx, cancel = context.WithTimeout(t.Context(), time.Duration(rng.IntN(200))*time.Millisecond)
			}
			own := open()
			own.Options.Workers = 1 + i%2
			all.Go(func() {
				defer cancel()
				if _, err := Work(ctx, own, Share{Claim: true, Lease: lease}); err != nil && ctx.Err() == nil {
					t.Errorf("process %d: %v", i, err)
				}
			})
		}
		all.Wait()
		if _, err := Commit(t.Context(), open()); err != nil {
			t.Fatal(err)
		}
		if d := sameTree(want, tree(t, j.Out)); d != "" {
			t.Errorf("leases of %v: %s", lease, d)
		}
	}
	figure(t, 13, "3 rounds of 16 claimers in one process, most of them stopped, with leases of a minute and of no time: one result")
}

// Promise 12 holds for commit: a part that was lost is missed.
func TestCommitMissesALostPart(t *testing.T) {
	j := job(corpus(t, 3, 3), filepath.Join(t.TempDir(), "out"))
	open := planned(t, j)
	if _, err := Work(t.Context(), open(), Share{}); err != nil {
		t.Fatal(err)
	}
	parts, _ := filepath.Glob(filepath.Join(j.Out, "quotes", "part-000001-*"))
	if len(parts) != 1 {
		t.Fatal(parts)
	}
	if err := os.Remove(parts[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := Commit(t.Context(), open()); !errors.Is(err, ErrNotDone) || !strings.Contains(err.Error(), "000001") {
		t.Errorf("%v", err)
	}
	if sum, err := Work(t.Context(), open(), Share{}); err != nil || sum.Did != 1 {
		t.Errorf("%v %+v", err, sum)
	}
	if _, err := Commit(t.Context(), open()); err != nil {
		t.Error(err)
	}
	sound(t, j.Out)
}

// Where two processes do a unit and it comes out in two ways, as it may when an
// article runs out of time, the record that is first stands, and no part of the
// other is left for readers to take.
func TestOtherOutcomeLeavesNoPart(t *testing.T) {
	j := job(corpus(t, 3, 3), filepath.Join(t.TempDir(), "out"))
	open := planned(t, j)
	slow := open()
	var once sync.Once
	slow.Extract = func(_ context.Context, a *news.Article) (*news.Result, extract.Times, error) {
		once.Do(func() { // another is faster
			if _, err := Work(t.Context(), open(), Share{Claim: true}); err != nil {
				t.Error(err)
			}
		})
		return &news.Result{Doc: &news.Document{Article: a, Text: a.Body}}, extract.Times{}, nil
	}
	if _, err := Work(t.Context(), slow, Share{Index: 1, Of: 2}); err != nil {
		t.Error(err)
	}
	if sum, err := Commit(t.Context(), open()); err != nil || sum.Counters.Direct != 6 {
		t.Errorf("%v %+v", err, sum)
	}
	if m, _ := filepath.Glob(filepath.Join(j.Out, "quotes", "part-*")); len(m) != 2 {
		t.Error(m)
	}
	sound(t, j.Out)
}
