package pipeline

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/pipeline/source"
)

// articles is a source of these lines.
func articles(t testing.TB, lines ...string) *Plan {
	t.Helper()
	return planOf(t, []source.Shard{fileOf(t, strings.Join(lines, "\n")+"\n")})
}

// line is an article with one statement.
func line(id string, n int) string {
	return fmt.Sprintf("%s\tHe said: \"Number %d of the lot.\"", id, n)
}

func sound(t testing.TB, dir string) {
	t.Helper()
	if p := verified(t, dir); len(p) > 0 {
		t.Errorf("verify: %v", p)
	}
}

func TestCorpusGrowsByPartitions(t *testing.T) {
	out := filepath.Join(t.TempDir(), "corpus")
	add := func(partition string, p *Plan, replace bool) (*Summary, error) {
		j := job(p, out)
		j.Partition, j.Replace = partition, replace
		return Run(t.Context(), j)
	}
	monday := articles(t, line("a", 1), line("b", 2))
	tuesday := articles(t, line("b", 2), line("c", 3), line("a", 9))
	if _, err := add("published=2026-11-02", monday, false); err != nil {
		t.Fatal(err)
	}
	s, err := add("published=2026-11-03", tuesday, false)
	if err != nil {
		t.Fatal(err)
	}
	// b is there already; a has another text, and gets another id.
	if c := s.Counters; c.Written != 2 || c.Filtered != 1 || c.Reasons[ReasonInCorpus] != 1 {
		t.Errorf("second day: %+v", c)
	}
	sound(t, out)
	for _, glob := range []string{"quotes/published=2026-11-02/part-*.parquet", "articles/published=2026-11-03/part-*.parquet"} {
		if m, _ := filepath.Glob(filepath.Join(out, glob)); len(m) != 1 {
			t.Errorf("%s: %v", glob, m)
		}
	}
	before := tree(t, out)

	// The same again: nothing to do, though the first day does not know the second.
	for name, p := range map[string]*Plan{"published=2026-11-02": monday, "published=2026-11-03": tuesday} {
		if s, err := add(name, p, true); err != nil || !s.Already {
			t.Errorf("%s again: %v %+v", name, err, s)
		}
	}
	// Other input under the same name: refused, and nothing written.
	other := articles(t, line("d", 4))
	if _, err := add("published=2026-11-02", other, false); !errors.Is(err, ErrOtherPlan) || !strings.Contains(err.Error(), "--replace") {
		t.Errorf("other input: %v", err)
	}
	if _, err := add("batch=morning", other, false); !errors.Is(err, ErrOtherPlan) || !strings.Contains(err.Error(), "partitioned by published") {
		t.Errorf("another key: %v", err)
	}
	// A corpus is no folder for a plain run, nor the other way round.
	if _, err := Run(t.Context(), job(other, out)); !errors.Is(err, ErrOtherPlan) {
		t.Errorf("plain run into a corpus: %v", err)
	}
	if d := sameTree(before, tree(t, out)); d != "" {
		t.Error(d)
	}
	plain := job(other, filepath.Join(t.TempDir(), "plain"))
	mustRun(t, plain)
	plain.Partition = "published=2026-11-02"
	if _, err := Run(t.Context(), plain); !errors.Is(err, ErrOtherPlan) {
		t.Errorf("partition into a plain folder: %v", err)
	}
	// Replaced: only the new articles are there.
	if s, err := add("published=2026-11-02", other, true); err != nil || !s.Replaced || s.Counters.Written != 1 {
		t.Errorf("replace: %v %+v", err, s)
	}
	sound(t, out)
	if m, _ := filepath.Glob(filepath.Join(out, "quotes/published=2026-11-02/*")); len(m) != 1 {
		t.Errorf("after the replacement: %v", m)
	}
	if _, err := os.Stat(filepath.Join(out, stagingName)); err == nil {
		t.Error("the staging folder is left")
	}
}

// A replacement that crashes anywhere leaves the old partition or the new one
// in each table, and is completed by the next run.
func TestReplacePartitionCrashes(t *testing.T) {
	oldPlan, newPlan := articles(t, line("a", 1), line("b", 2)), articles(t, line("b", 7), line("c", 8), line("d", 9))
	run := func(out string, p *Plan, fs FS) error {
		j := job(p, out)
		j.Options.Workers = 1
		j.Partition, j.Replace, j.FS = "published=2026-11-02", true, fs
		_, err := Run(t.Context(), j)
		return err
	}
	base := filepath.Join(t.TempDir(), "base")
	if err := run(base, oldPlan, newFaultFS(nil)); err != nil {
		t.Fatal(err)
	}
	old := tree(t, base)
	f := newFaultFS(nil)
	if err := run(base, newPlan, f); err != nil {
		t.Fatal(err)
	}
	want := tree(t, base)
	for k := 1; k <= f.n; k += every(5) {
		for _, power := range []bool{false, true} {
			out := filepath.Join(t.TempDir(), "out")
			if err := run(out, oldPlan, newFaultFS(nil)); err != nil {
				t.Fatal(err)
			}
			crash := newFaultFS(func(n int, _ string) error {
				if n == k {
					return errCrash
				}
				return nil
			})
			if err := run(out, newPlan, crash); err == nil && !crash.dead {
				t.Fatal("no crash")
			}
			if power {
				crash.losePower(rand.New(rand.NewPCG(uint64(k), 3)))
			}
			got := tree(t, out)
			for name := range got {
				if strings.HasPrefix(name, stagingName) || strings.HasPrefix(name, partitionsName) {
					continue
				}
				if got[name] != old[name] && got[name] != want[name] {
					t.Errorf("crash at %d: %s is neither old nor new", k, name)
				}
			}
			for _, table := range []string{"articles", "quotes"} {
				o, n := 0, 0
				for name := range got {
					if strings.HasPrefix(name, table+"/") {
						if _, ok := old[name]; ok {
							o++
						} else {
							n++
						}
					}
				}
				if o+n != 1 {
					t.Errorf("crash at %d (%s): %s holds %d old parts and %d new", k, crash.calls[min(k, len(crash.calls))-1], table, o, n)
				}
			}
			if err := run(out, newPlan, newFaultFS(nil)); err != nil {
				t.Errorf("crash at %d: the rerun fails: %v", k, err)
			} else if d := sameTree(want, tree(t, out)); d != "" {
				t.Errorf("crash at %d (%s), power %v: after the rerun: %s", k, crash.calls[min(k, len(crash.calls))-1], power, d)
			}
		}
	}
}

func TestDays(t *testing.T) {
	a := fileOf(t, "1\t2026-01-02|One.\n2\t2026-01-01|Two.\n!bad_json\n")
	b := fileOf(t, "3\t2026-01-02|Three.\n")
	days, err := Days(t.Context(), lines{}, []source.Shard{a, b})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, d := range days {
		got += fmt.Sprintf("%s:%d ", d.Date, len(d.Shards))
	}
	if got != "2026-01-01:1 2026-01-02:2 __HIVE_DEFAULT_PARTITION__:1 " {
		t.Error(got)
	}
	out := filepath.Join(t.TempDir(), "corpus")
	var total Counters
	for _, d := range days {
		j := job(planOf(t, d.Shards), out)
		j.Options.Day = d.Date
		j.Partition = "published=" + d.Date
		total.add(&mustRun(t, j).Counters)
	}
	if total.Written != 3 || total.Rejected != 1 {
		t.Errorf("%+v", total)
	}
	sound(t, out)
}

func TestParsePartition(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-22": "published=2026-11-22", "batch=morning": "batch=morning", "a b": "", "../x": "", "x=../y": "",
		"x=..": "", "": "", "x=": "", "=y": "", "x=y/z": "",
		"day=2026-11-22": "day=2026-11-22", "outlet=Post": "", "speaker=x": "",
	} {
		got, err := ParsePartition(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}
