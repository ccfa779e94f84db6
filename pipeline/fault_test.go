package pipeline

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/whosaid/whosaid/output"
)

// rig is a small run to disturb, and what it gives when nothing does.
type rig struct {
	t    testing.TB
	plan *Plan
	want map[string]string
	ops  int // calls of a sound run
}

func newRig(t testing.TB) *rig {
	r := &rig{t: t, plan: corpus(t, 3, 2, 4)}
	f := newFaultFS(nil)
	j := r.job(r.out())
	j.FS = f
	mustRun(t, j)
	r.want, r.ops = tree(t, j.Out), f.n
	return r
}

func (r *rig) job(out string) Job {
	j := job(r.plan, out)
	j.Options.Workers = 1
	return j
}

func (r *rig) out() string { return filepath.Join(r.t.TempDir(), "out") }

// disturbed runs with a file system that fails, checks what it left, lets the
// power go where a crash was planned, runs again, and returns what was broken.
func (r *rig) disturbed(f *faultFS, p plant, power *rand.Rand) (broken []string) {
	out := r.out()
	defer os.RemoveAll(filepath.Dir(out))
	j := r.job(out)
	j.FS = f
	p.into(&j)
	_, err := Run(r.t.Context(), j)
	if _, serr := os.Stat(filepath.Join(out, manifestName)); serr == nil && err != nil && !f.dead {
		broken = append(broken, fmt.Sprintf("error with a manifest: %v", err))
	}
	for _, name := range f.replaced {
		broken = append(broken, "overwritten: "+name)
	}
	if power != nil {
		f.losePower(power)
	}
	broken = append(broken, violations(r.t, out, r.want)...)
	j = r.job(out)
	j.FS = newFaultFS(nil) // no waiting for the disk
	if p.trustful {
		p.into(&j)
	}
	if _, err := Run(r.t.Context(), j); err != nil {
		return append(broken, fmt.Sprintf("the rerun fails: %v", err))
	}
	if d := sameTree(r.want, tree(r.t, out)); d != "" {
		broken = append(broken, "after the rerun: "+d)
	}
	return broken
}

// every is the step between the calls that are disturbed: all of them in the
// long form.
func every(n int) int {
	if long() {
		return 1
	}
	return n
}

// Promise 2, second half: the k-th I/O fails, for every k, once or from then on.
func TestEveryIOFails(t *testing.T) {
	r := newRig(t)
	runs := 0
	for _, name := range sortedKeys(failing) {
		for _, lasting := range []bool{false, true} {
			for k := 1 + len(name)%2; k <= r.ops; k += every(25) {
				f := newFaultFS(func(n int, call string) error {
					// A full or failing disk still lets go of names.
					if n == k || lasting && n > k && !strings.HasPrefix(call, "remove") {
						return failing[name]
					}
					return nil
				})
				runs++
				for _, b := range r.disturbed(f, plant{}, nil) {
					t.Errorf("%s at call %d (%s), lasting %v: %s", name, k, f.calls[min(k, len(f.calls))-1], lasting, b)
				}
			}
		}
	}
	figure(t, 2, "%d runs, each with EIO, ENOSPC or a short write at one of the %d calls of a run, once or for good", runs, r.ops)
}

// Promise 2, first half: each step of a commit fails.
func TestEveryStepFails(t *testing.T) {
	r := newRig(t)
	unit := func(words ...string) []string { return append(words, "000001") }
	steps := map[string][]string{
		"write the plan":               {"write", planName},
		"sync the plan":                {"sync ", planName},
		"link the plan":                {"link", planName},
		"make a table's folder":        {"mkdir", "quotes"},
		"sync the folder above":        {"syncdir", "out"},
		"create a part":                unit("create", "quotes"),
		"write a part":                 unit("write", "articles"),
		"sync a part":                  unit("sync ", "mentions"),
		"close a part":                 unit("close", "entities"),
		"rename a part":                unit("rename", "quotes"),
		"sync a folder of parts":       {"syncdir", "rejects"},
		"create a record":              unit("create", unitsName),
		"sync a record":                unit("sync ", unitsName),
		"link a record":                unit("link", unitsName),
		"remove a record's other name": unit("remove", unitsName),
		"sync the folder of records":   {"syncdir", unitsName},
		"look for a record":            unit("read", unitsName),
		"write the manifest":           {"write", manifestName},
		"link the manifest":            {"link", manifestName},
		"sync the output folder":       {"syncdir", "out"},
		"sweep":                        {"readdir", "quotes"},
	}
	for name, words := range steps {
		for _, at := range []string{"first", "last"} {
			hits := 0
			f := newFaultFS(nil)
			f.fail = func(_ int, call string) error {
				if !contains(strings.TrimPrefix(call, filepath.Dir(call)), words[1:]...) && !contains(call, words...) || !strings.HasPrefix(call, strings.TrimSpace(words[0])) {
					return nil
				}
				if hits++; at == "first" && hits > 1 {
					return nil
				}
				return syscall.EIO
			}
			for _, b := range r.disturbed(f, plant{}, nil) {
				t.Errorf("%s (%s): %s", name, at, b)
			}
			if hits == 0 {
				t.Errorf("%s: no such step", name)
			}
		}
	}
	figure(t, 2, "%d steps of a commit failed, the first time and every time", len(steps))
}

// crashes runs through crashes at many calls, each with a loss of power after
// it and without, and returns what was broken first.
func (r *rig) crashes(p plant, from, step int) string {
	for k := from; k <= r.ops; k += step {
		for _, power := range []*rand.Rand{nil, rand.New(rand.NewPCG(uint64(k), 1)), rand.New(rand.NewPCG(uint64(k), 2))} {
			f := newFaultFS(func(n int, _ string) error {
				if n == k {
					return errCrash
				}
				return nil
			})
			if b := r.disturbed(f, p, power); len(b) > 0 {
				at := "the end"
				if k <= len(f.calls) {
					at = f.calls[k-1]
				}
				return fmt.Sprintf("crash at call %d (%s), power %v: %s", k, at, power != nil, b[0])
			}
		}
	}
	return ""
}

// A crash or a loss of power at any call leaves a folder that keeps every
// promise, and that the next run completes.
func TestCrashAtEveryCall(t *testing.T) {
	r := newRig(t)
	b := r.crashes(plant{}, 1, every(17))
	if b != "" {
		t.Error(b)
	}
	figure(t, 1, "crash at every call: %d of the %d calls of a run, each without and twice with loss of power", (r.ops+every(17)-1)/every(17), r.ops)
}

// The harness is worth something: it catches faults planted in the protocol.
func TestHarnessCatchesPlantedFaults(t *testing.T) {
	r := newRig(t)
	crash := func(p plant) string { return r.crashes(p, r.ops/4, every(3)) } // before that no part has a name
	faults := []struct {
		name  string
		fault plant
		catch func(plant) string // tells what shows the fault
	}{
		{"record before parts", recordFirst, crash},
		{"parts not synced", noPartSync, crash},
		{"folder of parts not synced", noFolderSync, crash},
		{"manifest before all records", earlyManifest, crash},
		{"parts under their final names", directParts, crash},
		{"sweep before the manifest", earlySweep, crash},
		// These show without a crash.
		{"records trusted without their parts", trustRecords, r.lostPart},
		{"overwritten record", overwriteRecord, r.otherRecord},
		{"an article lost on its way", loseArticle, r.lostArticle},
	}
	caught := 0
	for _, f := range faults {
		found := f.catch(f.fault)
		if found == "" {
			t.Errorf("%s: not caught", f.name)
			continue
		}
		caught++
		t.Logf("%s: %s", f.name, found)
	}
	figure(t, 0, "%d of %d planted faults caught", caught, len(faults))
}

func TestLostPartsRecordsAndArticles(t *testing.T) {
	r := newRig(t)
	for _, lose := range []func(plant) string{r.lostPart, r.otherRecord, r.lostArticle} {
		if b := lose(plant{}); b != "" {
			t.Error(b)
		}
	}
}

// lostArticle is a run with nothing in its way; what it refuses to commit it
// does not lose in silence.
func (r *rig) lostArticle(p plant) string {
	j := r.job(r.out())
	p.into(&j)
	if _, err := Run(r.t.Context(), j); err != nil {
		return err.Error()
	}
	return sameTree(r.want, tree(r.t, j.Out))
}

// lostPart takes a part of a recorded unit away before the run goes on.
func (r *rig) lostPart(p plant) string {
	out := r.out()
	mustRun(r.t, r.job(out))
	for name := range r.want {
		if strings.HasPrefix(name, string(output.Quotes)+"/part-000001") || name == manifestName {
			if err := os.Remove(filepath.Join(out, name)); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	j := r.job(out)
	p.into(&j)
	if _, err := Run(r.t.Context(), j); err != nil {
		return err.Error()
	}
	return sameTree(r.want, tree(r.t, out))
}

// otherRecord runs over a record that says something else, with the parts it
// speaks of gone: the run must refuse to put its own in the place.
func (r *rig) otherRecord(p plant) string {
	out := r.out()
	mustRun(r.t, r.job(out))
	name := filepath.Join(out, unitsName, "000001.json")
	b, err := os.ReadFile(name)
	if err != nil {
		r.t.Fatal(err)
	}
	rec, err := decodeRecord(b)
	if err != nil {
		r.t.Fatal(err)
	}
	rec.Files[0].Bytes++
	if b, err = rec.encode(); err != nil {
		r.t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(name, b, 0o666), os.Remove(filepath.Join(out, manifestName))); err != nil {
		r.t.Fatal(err)
	}
	j := r.job(out)
	f := newFaultFS(nil)
	j.FS = f
	p.into(&j)
	if _, err := Run(r.t.Context(), j); err == nil {
		return "a record of another outcome was replaced in silence"
	}
	if len(f.replaced) > 0 {
		return "overwritten: " + f.replaced[0]
	}
	return ""
}
