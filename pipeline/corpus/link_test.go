package corpus_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus"
	"github.com/whosaid/whosaid/pipeline/corpus/copies"
	"github.com/whosaid/whosaid/pipeline/corpus/generate"
	"github.com/whosaid/whosaid/pipeline/corpus/people"
	"github.com/whosaid/whosaid/pipeline/corpus/quotations"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
	"github.com/whosaid/whosaid/pipeline/source"
)

// tables writes the tables of made-up articles into dir, in partitions of
// each; partitions in done are there already.
func tables(t testing.TB, dir string, articles, each, from, to int) {
	t.Helper()
	w := generate.New(generate.Options{Articles: articles, Seed: 5})
	for k := from; k < to; k++ {
		start := k * each
		job := pipeline.Job{
			Plan: pipeline.NewPlan([]source.Shard{{Path: "generated", Format: source.JSONL, Start: int64(start), End: int64(start + each)}},
				1, "test", "", map[string]string{"start": fmt.Sprint(start)}),
			Source: generate.Source{World: w}, Extract: w.Extract, Out: dir, Partition: fmt.Sprintf("batch=%03d", k),
			Options: pipeline.Options{Language: "any"}, Write: pipeline.WriteOptions{Format: output.Parquet},
		}
		if _, err := pipeline.Run(context.Background(), job); err != nil {
			t.Fatal(err)
		}
	}
}

func options(t testing.TB, folders ...string) corpus.Options {
	t.Helper()
	m, err := people.Load()
	if err != nil {
		t.Fatal(err)
	}
	return corpus.Options{
		Folders: folders, Version: "test", Settings: map[string]string{"model": m.Hash()},
		Steps: []step.Step{copies.Step{}, &people.Step{Model: m}, quotations.Step{}},
	}
}

func link(t testing.TB, o corpus.Options) *corpus.Summary {
	t.Helper()
	s, err := corpus.Link(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// linked is the files that link made in dir, with their bytes.
func linked(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	roots := []string{"_link"}
	for _, table := range output.AcrossTables() {
		roots = append(roots, string(table))
	}
	for _, root := range roots {
		err := filepath.WalkDir(filepath.Join(dir, root), func(name string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(name)
			rel, _ := filepath.Rel(dir, name)
			all[rel] = string(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func same(t testing.TB, what string, want, got map[string]string) {
	t.Helper()
	for name, b := range want {
		if got[name] != b {
			t.Errorf("%s: %s is missing or has other bytes", what, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is too many", what, name)
		}
	}
}

func sound(t testing.TB, dir string) {
	t.Helper()
	r, err := corpus.Verify(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Errorf("verify: %v", p)
	}
}

// The same bytes at any number of workers and in little memory; again, nothing
// is done.
func TestSameBytes(t *testing.T) {
	dir := t.TempDir()
	tables(t, dir, 300, 100, 0, 3)
	o := options(t, dir)
	o.Workers = 1
	first := link(t, o)
	sound(t, dir)
	if first.Already || first.Rows(output.People) == 0 || first.Rows(output.PersonLinks) == 0 {
		t.Errorf("%+v", first)
	}
	if !link(t, o).Already {
		t.Error("a finished link was done again")
	}
	want := linked(t, dir)
	for _, workers := range []int{2, 8} {
		o.Workers, o.Memory, o.Out = workers, 1<<20, t.TempDir()
		link(t, o)
		sound(t, o.Out)
		same(t, fmt.Sprint(workers, " workers"), want, linked(t, o.Out))
	}
}

func links(t testing.TB, dir string) map[[2]string]string {
	t.Helper()
	m := map[[2]string]string{}
	parts, _ := filepath.Glob(filepath.Join(dir, "person_links", "*.parquet"))
	for _, p := range parts {
		if _, err := output.ReadFile(p, func(r *output.PersonLinkRow) error {
			key := [2]string{r.ArticleID, r.EntityID}
			if m[key] != "" {
				return fmt.Errorf("%v is linked twice", key)
			}
			m[key] = r.PersonID
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// A corpus that grows keeps its ids, and its counts are those of all.
func TestGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("has no goroutines of its own, and takes its time")
	}
	dir := t.TempDir()
	tables(t, dir, 400, 100, 0, 2)
	o := options(t, dir)
	link(t, o)
	before := links(t, dir)
	tables(t, dir, 400, 100, 2, 3)
	link(t, o)
	tables(t, dir, 400, 100, 3, 4)
	s := link(t, o)
	sound(t, dir)
	if s.Grown != 1 {
		t.Errorf("%d partitions were added", s.Grown)
	}
	after := links(t, dir)
	merged := map[string]string{}
	for _, p := range glob(t, dir, output.PersonChanges) {
		if _, err := output.ReadFile(p, func(r *output.PersonChangeRow) error { merged[r.OldPersonID] = r.PersonID; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	for key, id := range before {
		if now := after[key]; now != id && merged[id] != now {
			t.Errorf("%v was %s and is %s", key, id, now)
		}
	}
	if len(merged) > len(before)/50 {
		t.Errorf("%d ids changed", len(merged))
	}
	counted := map[string]int32{}
	for _, id := range after {
		counted[id]++
	}
	for _, p := range glob(t, dir, output.People) {
		if _, err := output.ReadFile(p, func(r *output.PersonRow) error {
			if r.NArticles != counted[r.PersonID] {
				t.Errorf("%s (%s): %d articles, %d links", r.PersonID, r.Name, r.NArticles, counted[r.PersonID])
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	near(t, o)
	// Stopped and taken up, growth comes out the same.
	whole := linked(t, dir)
	again := t.TempDir()
	tables(t, again, 400, 100, 0, 2)
	o2 := options(t, again)
	link(t, o2)
	tables(t, again, 400, 100, 2, 3)
	link(t, o2)
	tables(t, again, 400, 100, 3, 4)
	for k := 20; ; k += 37 {
		f := &dying{left: k}
		o2.FS = f
		if _, err := corpus.Link(context.Background(), o2); err == nil {
			break
		} else if !errors.Is(err, errDead) {
			t.Fatal(err)
		}
	}
	for name := range whole { // plans name their folder
		if strings.HasSuffix(name, ".json") {
			delete(whole, name)
		}
	}
	got := linked(t, again)
	for name := range got {
		if strings.HasSuffix(name, ".json") {
			delete(got, name)
		}
	}
	for _, m := range []map[string]string{whole, got} {
		for name := range m {
			if strings.HasPrefix(name, "person_changes") { // rows name the run
				delete(m, name)
			}
		}
	}
	same(t, "growth after crashes", whole, got)
}

// near holds the tables of a corpus that grew against those of the same articles
// linked at once. Copies are the same. Quotations and people may differ, for
// what a run before has told apart stays so, or together: by few.
func near(t *testing.T, o corpus.Options) {
	t.Helper()
	dir := o.Folders[0]
	o.Out = t.TempDir()
	link(t, o)
	if d := cmp.Diff(rowsOf[output.CopyRow](t, o.Out), rowsOf[output.CopyRow](t, dir)); d != "" {
		t.Errorf("growing makes other copies:\n%s", d)
	}
	groups := func(dir string) (people, quotations map[string]string) {
		people, quotations = map[string]string{}, map[string]string{}
		for key, id := range links(t, dir) {
			people[key[0]+" "+key[1]] = id
		}
		for _, r := range rowsOf[output.QuotationLinkRow](t, dir) {
			quotations[r.QuoteID] = r.QuotationID
		}
		return people, quotations
	}
	people, quotations := groups(o.Out)
	grownPeople, grownQuotations := groups(dir)
	for _, c := range []struct {
		what        string
		once, grown map[string]string
	}{{"people", people, grownPeople}, {"quotations", quotations, grownQuotations}} {
		once, grown, both := map[string]int{}, map[string]int{}, map[string]int{}
		for key, id := range c.once {
			if c.grown[key] != "" {
				once[id]++
				grown[c.grown[key]]++
				both[id+c.grown[key]]++
			}
		}
		pairs := func(m map[string]int) (n int) {
			for _, k := range m {
				n += k * (k - 1) / 2
			}
			return n
		}
		t.Logf("%s: %d linked at once, %d when growing; %d pairs at once, %d when growing, %d in both", c.what, len(c.once), len(c.grown), pairs(once), pairs(grown), pairs(both))
		if 100*pairs(both) < 95*max(pairs(once), pairs(grown)) {
			t.Errorf("growing makes other %s", c.what)
		}
	}
}

func rowsOf[T output.Row](t testing.TB, dir string) (rows []T) {
	t.Helper()
	for _, p := range glob(t, dir, output.TableOf[T]()) {
		if _, err := output.ReadFile(p, func(r *T) error { rows = append(rows, *r); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

func glob(t testing.TB, dir string, table output.Table) []string {
	t.Helper()
	parts, err := filepath.Glob(filepath.Join(dir, string(table), "*.parquet"))
	if err != nil || len(parts) == 0 {
		t.Fatalf("no parts of %s: %v", table, err)
	}
	return parts
}

// dying is a disk that answers so many calls, and none after.
type dying struct {
	pipeline.OS
	mu   sync.Mutex
	left int
}

var errDead = errors.New("the machine is off")

func (d *dying) step() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.left--; d.left < 0 {
		return errDead
	}
	return nil
}

func (d *dying) Create(name string) (output.File, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	return d.OS.Create(name)
}

func (d *dying) Rename(from, to string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.OS.Rename(from, to)
}

func (d *dying) Exchange(a, b string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.OS.Exchange(a, b)
}

func (d *dying) Link(from, to string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.OS.Link(from, to)
}

func (d *dying) Remove(name string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.OS.Remove(name)
}

func (d *dying) MkdirAll(name string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.OS.MkdirAll(name)
}

func (d *dying) SyncDir(name string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.OS.SyncDir(name)
}

// one is a step that writes a row, so that a run is all commits.
type one struct{ id string }

func (one) Name() string           { return "one" }
func (one) Tables() []output.Table { return []output.Table{output.Copies, output.People} }
func (s one) Run(_ context.Context, _ *step.Input, out *step.Output) error {
	w, err := step.Writer[output.CopyRow](out)
	if err != nil {
		return err
	}
	if err := w.Write(&output.CopyRow{ArticleID: s.id, CopyID: "c"}); err != nil {
		return err
	}
	p, err := step.Writer[output.PersonRow](out)
	if err != nil {
		return err
	}
	if err := p.Write(&output.PersonRow{PersonID: s.id, Aliases: []string{}, Titles: []output.TitleRow{}}); err != nil {
		return err
	}
	state, err := out.State("all")
	if err != nil {
		return err
	}
	_, err = state.Write([]byte("state"))
	return err
}

// A run that dies at any call is taken up by the next, and until the tables of
// a new run are in place those of the old are whole.
func TestDiesAtEveryCall(t *testing.T) {
	dir := t.TempDir()
	tables(t, dir, 20, 20, 0, 1)
	make := func(out, id string, f pipeline.FS) error {
		_, err := corpus.Link(context.Background(), corpus.Options{
			Folders: []string{dir}, Out: out, Version: "test", Replace: true, FS: f, Settings: map[string]string{"id": id}, Steps: []step.Step{one{id}},
		})
		return err
	}
	want := t.TempDir()
	for _, id := range []string{"old", "new"} {
		if err := make(want, id, nil); err != nil {
			t.Fatal(err)
		}
	}
	calls := 0
	for k := 0; ; k += 2 {
		out := t.TempDir()
		if err := make(out, "old", nil); err != nil {
			t.Fatal(err)
		}
		err := make(out, "new", &dying{left: k})
		if err == nil {
			calls = k
			break
		}
		if !errors.Is(err, errDead) {
			t.Fatalf("call %d: %v", k, err)
		}
		for _, table := range []output.Table{output.Copies, output.People} {
			if n := len(glob(t, out, table)); n != 1 {
				t.Errorf("call %d: %d parts of %s", k, n, table)
			}
		}
		if err := make(out, "new", nil); err != nil {
			t.Fatalf("after call %d: %v", k, err)
		}
		same(t, fmt.Sprint("after call ", k), linked(t, want), linked(t, out))
	}
	if calls < 20 {
		t.Errorf("only %d calls", calls)
	}
}

// Verify finds what is damaged, missing and too many.
func TestVerifyFinds(t *testing.T) {
	if testing.Short() {
		t.Skip("has no goroutines of its own, and takes its time")
	}
	dir := t.TempDir()
	tables(t, dir, 60, 60, 0, 1)
	link(t, options(t, dir))
	sound(t, dir)
	rng := rand.New(rand.NewPCG(7, 7))
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range linked(t, dir) {
			if !strings.HasSuffix(name, "lock") && !yield(name) {
				return
			}
		}
	})
	found := func() bool {
		r, err := corpus.Verify(context.Background(), dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(r.Problems) > 0
	}
	for range 60 {
		name := filepath.Join(dir, names[rng.IntN(len(names))])
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		i := rng.IntN(len(b))
		flipped := slices.Clone(b)
		flipped[i] ^= 1 << rng.IntN(8)
		write(t, name, flipped)
		if !found() {
			t.Errorf("byte %d of %s", i, name)
		}
		write(t, name, b)
	}
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if !found() {
			t.Errorf("%s is missing, and verify says nothing", name)
		}
		write(t, filepath.Join(dir, name), b)
	}
	extra := filepath.Join(dir, "people", "part-000009-00000000.parquet")
	write(t, extra, nil)
	if !found() {
		t.Error("a part is too many, and verify says nothing")
	}
	if err := os.Remove(extra); err != nil {
		t.Fatal(err)
	}
	sound(t, dir)
}

func write(t testing.TB, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(name, b, 0o666); err != nil {
		t.Fatal(err)
	}
}

// What cannot be linked is told of, and nothing is written.
func TestRefuses(t *testing.T) {
	good := t.TempDir()
	tables(t, good, 20, 20, 0, 1)
	empty := t.TempDir()
	unfinished := t.TempDir()
	write(t, filepath.Join(unfinished, "_plan.json"), []byte("{}"))
	old := t.TempDir()
	write(t, filepath.Join(old, "_plan.json"), []byte("{}"))
	write(t, filepath.Join(old, "_manifest.json"), []byte(`{"schema_version":"1","files":[]}`))
	lines := t.TempDir()
	write(t, filepath.Join(lines, "_plan.json"), []byte("{}"))
	write(t, filepath.Join(lines, "_manifest.json"), []byte(`{"schema_version":"`+output.SchemaVersion+`","files":[{"table":"quotes","path":"quotes.jsonl"}]}`))
	foreign := t.TempDir()
	if err := os.Mkdir(filepath.Join(foreign, "people"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		folders []string
		out     string
		want    string
		is      error
	}{
		{"no folder", []string{filepath.Join(empty, "none")}, "", "no such file", corpus.ErrNoTables},
		{"empty", []string{empty}, "", "is not an output folder of whosaid extract", corpus.ErrNoTables},
		{"unfinished", []string{unfinished}, "", "is not finished", corpus.ErrNoTables},
		{"schema", []string{old}, "", "schema version 1", corpus.ErrNoTables},
		{"lines", []string{lines}, "", "another format than Parquet", corpus.ErrNoTables},
		{"twice", []string{good, good + "/"}, empty, "named twice", nil},
		{"two folders", []string{good, empty}, "", "--out", nil},
		{"foreign", []string{good}, foreign, "choose another --out", pipeline.ErrOtherPlan},
		{"address", []string{good}, "s3://bucket/linked", "not a folder of the local disk", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := options(t, c.folders...)
			o.Out = c.out
			_, err := corpus.Link(context.Background(), o)
			if err == nil || !strings.Contains(err.Error(), c.want) || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("error %v", err)
			}
		})
	}
	if got := linked(t, good); len(got) > 0 {
		t.Errorf("something was written: %v", got)
	}
	// Other settings need a word, and what is there stays until then.
	o := options(t, good)
	link(t, o)
	before := linked(t, good)
	o.Settings = map[string]string{"model": "another"}
	if _, err := corpus.Link(context.Background(), o); !errors.Is(err, pipeline.ErrOtherPlan) || !strings.Contains(err.Error(), "--replace") {
		t.Errorf("error %v", err)
	}
	same(t, "refused", before, linked(t, good))
	o.Replace = true
	if link(t, o).Already {
		t.Error("it was not replaced")
	}
	sound(t, good)
	// One at a time.
	unlock, ok, err := (pipeline.OS{}).Lock(filepath.Join(good, "_link", "lock"), true)
	if err != nil || !ok {
		t.Fatal(err)
	}
	defer unlock()
	o.Settings = map[string]string{}
	if _, err := corpus.Link(context.Background(), o); !errors.Is(err, corpus.ErrBusy) {
		t.Errorf("error %v", err)
	}
}

// Tables that are not whole, and what is kept beside them, are not added to;
// asked to, link makes all anew.
func TestNotWhole(t *testing.T) {
	dir := t.TempDir()
	tables(t, dir, 60, 20, 0, 2)
	o := options(t, dir)
	link(t, o)
	states, err := filepath.Glob(filepath.Join(dir, "_link", "run", "state", "quotations-words-*"))
	if err != nil || len(states) != 1 {
		t.Fatal(states, err)
	}
	for i, name := range []string{states[0], glob(t, dir, output.PersonLinks)[0]} {
		if err := os.Truncate(name, 100); err != nil {
			t.Fatal(err)
		}
		tables(t, dir, 60, 20, 2, 2+i) // the second time a partition more
		o.Replace = false
		if _, err := corpus.Link(context.Background(), o); err == nil || !strings.Contains(err.Error(), filepath.Base(name)) || !strings.Contains(err.Error(), "--replace") {
			t.Errorf("%s is cut: %v", name, err)
		}
		o.Replace = true
		if s := link(t, o); s.Already || s.Grown > 0 {
			t.Errorf("%+v", s)
		}
		sound(t, dir)
	}
}

// Copies count once where that is asked for.
func TestCopiesOnce(t *testing.T) {
	dir := t.TempDir()
	tables(t, dir, 200, 200, 0, 1)
	quotes := func(once bool) (n int64) {
		o := options(t, dir)
		o.Out, o.CopiesOnce = t.TempDir(), once
		link(t, o)
		for _, p := range glob(t, o.Out, output.People) {
			if _, err := output.ReadFile(p, func(r *output.PersonRow) error { n += int64(r.NArticles); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		return n
	}
	if all, once := quotes(false), quotes(true); once >= all || once < all/2 {
		t.Errorf("%d articles with copies, %d without", all, once)
	}
}
