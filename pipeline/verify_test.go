package pipeline

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/output"
)

func verified(t testing.TB, dir string) []Problem {
	t.Helper()
	r, err := Verify(t.Context(), dir)
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
		r, err := Verify(t.Context(), j.Out)
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
		if r, err := Verify(t.Context(), j.Out); err == nil && len(r.Problems) == 0 {
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
		r, err := Verify(t.Context(), j.Out)
		if err != nil || len(r.Problems) == 0 {
			t.Fatal(err, r)
		}
		var done int
		err = Repair(t.Context(), j.Out, r, func(*Plan) (Job, error) { done++; return j, nil })
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
	r, err := Verify(t.Context(), j.Out)
	if err != nil || len(r.Problems) == 0 {
		t.Fatal(err, r)
	}
	if err := Repair(t.Context(), j.Out, r, func(*Plan) (Job, error) { return j, nil }); err != nil {
		t.Error(err)
	}
	if d := sameTree(want, tree(t, j.Out)); d != "" {
		t.Errorf("a record of other counts: %s", d)
	}
	hurt(planName)
	r, err = Verify(t.Context(), j.Out)
	if err != nil {
		t.Fatal(err)
	}
	if err := Repair(t.Context(), j.Out, r, nil); err == nil {
		t.Error("a damaged plan was repaired")
	}
}
