package pipeline

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

func verified(t testing.TB, dir string) []Problem {
	t.Helper()
	r, err := Verify(t.Context(), Local(dir))
	if err != nil {
		t.Fatal(err)
	}
	return r.Problems
}

func TestVerifyFindsNothingInASoundFolder(t *testing.T) {
	for _, format := range []output.Format{output.Parquet, output.JSONL, output.CSV} {
		j := job(corpus(t, 20, 0, 20), filepath.Join(t.TempDir(), "out"))
		j.Plan.Settings = map[string]string{"--format": string(format)}
		j.Write.Format = format
		mustRun(t, j)
		r, err := Verify(t.Context(), Local(j.Out))
		if err != nil || len(r.Problems) > 0 {
			t.Errorf("%s: %v %v", format, err, r.Problems)
		}
		if r.Rows[output.Articles] != 40 || r.Rows[output.Quotes] != 40 {
			t.Errorf("%s: rows %v", format, r.Rows)
		}
	}
}

// Promise 11: every flipped byte of any file is found, and every part missing
// or too many.
func TestVerifyFindsEveryFlippedByte(t *testing.T) {
	flips := 150
	if long() {
		flips = 1000
	}
	j := job(corpus(t, 12, 12), filepath.Join(t.TempDir(), "out"))
	mustRun(t, j)
	files := tree(t, j.Out)
	names := sortedKeys(files)
	rng := rand.New(rand.NewPCG(7, 7))
	found := 0
	for n := range flips {
		name := names[n%len(names)]
		b := []byte(files[name])
		b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		full := filepath.Join(j.Out, name)
		if err := os.WriteFile(full, b, 0o666); err != nil {
			t.Fatal(err)
		}
		if len(verified(t, j.Out)) > 0 {
			found++
		} else {
			t.Errorf("a flipped byte in %s is not found", name)
		}
		if err := os.WriteFile(full, []byte(files[name]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	missing := 0
	for _, name := range names {
		full := filepath.Join(j.Out, name)
		if err := os.Remove(full); err != nil {
			t.Fatal(err)
		}
		if r, err := Verify(t.Context(), Local(j.Out)); err == nil && len(r.Problems) == 0 {
			t.Errorf("missing %s is not found", name)
		} else {
			missing++
		}
		if err := os.WriteFile(full, []byte(files[name]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	extra := filepath.Join(j.Out, "quotes", "part-000000-00000000.parquet")
	if err := os.WriteFile(extra, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	if p := verified(t, j.Out); len(p) != 1 || !strings.Contains(p[0].What, "not of this run") {
		t.Errorf("an extra part: %v", p)
	}
	figure(t, 11, "%d of %d flipped bytes found; %d of %d files found missing, and a part too many", found, flips, missing, len(names))
}

func TestRepair(t *testing.T) {
	j := job(corpus(t, 12, 12, 12), filepath.Join(t.TempDir(), "out"))
	mustRun(t, j)
	want := tree(t, j.Out)
	names := sortedKeys(want)
	var quotes string
	for _, n := range names {
		if strings.HasPrefix(n, "quotes/part-000001") {
			quotes = n
		}
	}
	hurt := func(name string) {
		b := []byte(want[name])
		b[len(b)/2] ^= 4
		if err := os.WriteFile(filepath.Join(j.Out, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, names := range [][]string{{quotes}, {"_units/000002.json"}, {manifestName}, {quotes, "_units/000000.json", manifestName}} {
		for _, n := range names {
			hurt(n)
		}
		if err := os.WriteFile(filepath.Join(j.Out, "mentions", "part-000009-00000000.parquet"), nil, 0o666); err != nil {
			t.Fatal(err)
		}
		r, err := Verify(t.Context(), Local(j.Out))
		if err != nil || len(r.Problems) == 0 {
			t.Fatal(err, r)
		}
		var done int
		err = Repair(t.Context(), Local(j.Out), r, func(*Plan) (Job, error) { done++; return j, nil })
		if err != nil || done != 1 {
			t.Fatalf("%v: %d runs, %v", names, done, err)
		}
		if d := sameTree(want, tree(t, j.Out)); d != "" {
			t.Errorf("%v: %s", names, d)
		}
	}
	// A record whose sum holds, and which speaks of other rows than it counts.
	name := filepath.Join(j.Out, unitsName, "000001.json")
	rec, err := decodeRecord([]byte(want["_units/000001.json"]))
	if err != nil {
		t.Fatal(err)
	}
	rec.Counters.Direct++
	b, err := rec.encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b, 0o666); err != nil {
		t.Fatal(err)
	}
	r, err := Verify(t.Context(), Local(j.Out))
	if err != nil || len(r.Problems) == 0 {
		t.Fatal(err, r)
	}
	if err := Repair(t.Context(), Local(j.Out), r, func(*Plan) (Job, error) { return j, nil }); err != nil {
		t.Error(err)
	}
	if d := sameTree(want, tree(t, j.Out)); d != "" {
		t.Errorf("a record of other counts: %s", d)
	}
	hurt(planName)
	r, err = Verify(t.Context(), Local(j.Out))
	if err != nil {
		t.Fatal(err)
	}
	if err := Repair(t.Context(), Local(j.Out), r, nil); err == nil {
		t.Error("a damaged plan was repaired")
	}
}

// A repair looks at the input before it removes anything: one that cannot be
// done changes nothing, one whose input has only another time is done.
func TestRepairLooksAtItsInput(t *testing.T) {
	j := job(dated(t, corpus(t, 12, 12, 12)), filepath.Join(t.TempDir(), "out"))
	mustRun(t, j)
	want := tree(t, j.Out)
	hurt := []string{"_units/000000.json"} // no record says what its input was
	for _, n := range sortedKeys(want) {
		if strings.HasPrefix(n, "quotes/part-000001") {
			hurt = append(hurt, n)
		}
	}
	for _, n := range hurt {
		if err := os.WriteFile(filepath.Join(j.Out, n), []byte("hurt"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	damaged := tree(t, j.Out)
	repair := func() error {
		r, err := Verify(t.Context(), Local(j.Out))
		if err != nil || len(r.Problems) == 0 {
			t.Fatal(err, r)
		}
		return Repair(t.Context(), Local(j.Out), r, func(*Plan) (Job, error) { return j, nil })
	}
	input := func(i int) string { return j.Plan.Inputs[i].Path }
	later := j.Plan.Inputs[0].Modified.Add(time.Hour)
	content, err := os.ReadFile(input(1))
	if err != nil {
		t.Fatal(err)
	}
	put := func(b []byte) func() error { return func() error { return os.WriteFile(input(1), b, 0o666) } }
	other := bytes.Replace(content, []byte("day"), []byte("way"), 1)
	for _, c := range []struct {
		what, says string
		change     func() error
		undo       func() error
	}{
		{"gone", "is gone", func() error { return os.Remove(input(1)) }, put(content)},
		{"longer", "bytes, and had", put(append(bytes.Clone(content), '\n')), put(content)},
		{"of other bytes", "other bytes than unit 000001", put(other), put(content)},
		{"touched, and no record of it", "was changed at", func() error { return os.Chtimes(input(0), later, later) },
			func() error { return os.Chtimes(input(0), later, j.Plan.Inputs[0].Modified) }},
	} {
		if err := c.change(); err != nil {
			t.Fatal(err)
		}
		if err := repair(); !errors.Is(err, ErrNotRepaired) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("input %s: %v", c.what, err)
		}
		if d := sameTree(damaged, tree(t, j.Out)); d != "" {
			t.Errorf("input %s: %s", c.what, d)
		}
		if err := c.undo(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(input(1), later, later); err != nil { // touched, as its record can tell
		t.Fatal(err)
	}
	if err := repair(); err != nil {
		t.Error(err)
	}
	if d := sameTree(want, tree(t, j.Out)); d != "" {
		t.Error(d)
	}
}

// dated gives the inputs of a plan the times of their files.
func dated(t *testing.T, p *Plan) *Plan {
	t.Helper()
	var shards []source.Shard
	for _, in := range p.Inputs {
		st, err := os.Stat(in.Path)
		if err != nil {
			t.Fatal(err)
		}
		s := in.shard
		s.ModTime = st.ModTime()
		shards = append(shards, s)
	}
	return planOf(t, shards)
}

// An input with another time and the same bytes stops no run; other bytes do.
func TestTouchedInput(t *testing.T) {
	for _, f := range []output.Format{output.Parquet, output.JSONL} {
		j := job(dated(t, corpus(t, 12, 12, 12)), filepath.Join(t.TempDir(), "out"))
		j.Write.Format = f
		j.Plan.Settings["--format"] = string(f)
		mustRun(t, j)
		want := tree(t, j.Out)
		name := j.Plan.Inputs[1].Path
		later := j.Plan.Inputs[1].Modified.Add(time.Hour)
		if err := os.Chtimes(name, later, later); err != nil {
			t.Fatal(err)
		}
		again := j
		again.Plan = dated(t, j.Plan)
		again.Plan.Settings["--format"] = string(f)
		if s, err := Run(t.Context(), again); err != nil || !s.Already {
			t.Errorf("%s: touched after it was finished: %v", f, err)
		}
		if f == output.Parquet { // half finished
			for _, n := range []string{manifestName, "_units/000002.json"} {
				if err := os.Remove(filepath.Join(j.Out, n)); err != nil {
					t.Fatal(err)
				}
			}
			if s, err := Run(t.Context(), again); err != nil || s.Resumed != 2 {
				t.Errorf("touched half way: %v, %v", s, err)
			}
		}
		if d := sameTree(want, tree(t, j.Out)); d != "" {
			t.Errorf("%s: %s", f, d)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, bytes.Replace(content, []byte("day"), []byte("way"), 1), 0o666); err != nil {
			t.Fatal(err)
		}
		other := j
		other.Plan = dated(t, j.Plan)
		other.Plan.Settings["--format"] = string(f)
		if _, err := Run(t.Context(), other); !errors.Is(err, ErrOtherPlan) || !strings.Contains(err.Error(), "was changed at") {
			t.Errorf("%s: other bytes of the same number: %v", f, err)
		}
	}
}
