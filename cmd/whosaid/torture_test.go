package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"testing"
	"time"
)

// long reports whether tests with a long form run in it: make torture sets
// WHOSAID_TORTURE.
func long() bool { return os.Getenv("WHOSAID_TORTURE") != "" }

// figure logs what a test found of a promise of docs/operations.md, as a line
// of the table that make torture ends with.
func figure(t testing.TB, promise int, format string, args ...any) {
	t.Helper()
	t.Logf("promise %d: %s", promise, fmt.Sprintf(format, args...))
}

// tortured is a corpus of the beginnings of our own stories in files of a unit
// each, and what an undisturbed run makes of it.
type tortured struct {
	in    string
	want  map[string]string
	took  time.Duration
	units int
}

// unitFlag makes a unit of each file of the corpus.
const unitFlag = "--unit-size=1K"

// beginning is how much of a story is taken: the runs are about commits, which
// cost the same however little there is to write.
const beginning = 1200

func newTortured(t *testing.T, units, each int) *tortured {
	t.Helper()
	stories, err := filepath.Glob("../../testdata/articles/*.txt")
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
	}
	x := &tortured{in: t.TempDir(), units: units}
	n := 0
	for u := range units {
		var b bytes.Buffer
		for range each {
			text, err := os.ReadFile(stories[n%len(stories)])
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "{\"id\": \"a%04d\", \"text\": %s}\n", n, quoted(fmt.Sprintf("Number %d. %s", n, text[:min(len(text), beginning)])))
			n++
		}
		b.WriteString("{broken\n")
		if err := os.WriteFile(filepath.Join(x.in, fmt.Sprintf("in%03d.jsonl", u)), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "out")
	start := time.Now()
	if b, err := x.command(out, 2).CombinedOutput(); err != nil {
		t.Fatalf("undisturbed run: %v\n%s", err, b)
	}
	x.took = time.Since(start)
	x.want = files(t, out)
	return x
}

// quoted is s as a JSON string.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// args are the arguments of a run into out.
func (x *tortured) args(out string, workers int) []string {
	return []string{"extract", "--quiet", unitFlag, "--workers", fmt.Sprint(workers), "--out", out, x.in}
}

// command is the real program, in a process of its own.
func (x *tortured) command(out string, workers int) *exec.Cmd {
	return exec.Command("whosaid", x.args(out, workers)...)
}

// files is every file below dir with its content.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		all[rel] = string(b)
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

// differs tells how a finished folder differs from an undisturbed one.
func (x *tortured) differs(got map[string]string) string {
	var d []string
	for name, b := range x.want {
		if got[name] != b {
			d = append(d, "lost or changed "+name)
		}
	}
	for name := range got {
		if _, ok := x.want[name]; !ok {
			d = append(d, "left over "+name)
		}
	}
	sort.Strings(d)
	return strings.Join(d, ", ")
}

// torn tells what a folder holds, at any moment, that it must not: a file under
// a final name that is not whole, a manifest before the rest.
func (x *tortured) torn(got map[string]string) string {
	var d []string
	for name, b := range got {
		if base := filepath.Base(name); strings.HasPrefix(base, ".") && strings.HasSuffix(base, ".tmp") {
			continue
		}
		if x.want[name] != b {
			d = append(d, "torn "+name)
		}
	}
	if _, ok := got["_manifest.json"]; ok {
		for name := range x.want {
			if _, ok := got[name]; !ok {
				d = append(d, "a manifest without "+name)
			}
		}
	}
	sort.Strings(d)
	return strings.Join(d, ", ")
}

// kill starts a run into out and kills it at a random moment: once a random
// number of the files of a finished run have their final names, and up to two
// files' time later. It reports false where the run was over before that.
func (x *tortured) kill(t *testing.T, rng *rand.Rand, out string) bool {
	t.Helper()
	cmd := x.command(out, 1+rng.IntN(8))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	go func() { _ = cmd.Wait(); close(over) }()
	for after := rng.IntN(len(x.want)); x.finished(out) < after; {
		select {
		case <-over:
			return false
		case <-time.After(time.Millisecond):
		}
	}
	select {
	case <-over:
		return false
	case <-time.After(time.Duration(2 * rng.Float64() * float64(x.took) / float64(len(x.want)))):
	}
	_ = cmd.Process.Kill()
	<-over
	return true
}

// finished counts the files of a run that have their final names.
func (x *tortured) finished(out string) (n int) {
	for name := range x.want {
		if _, err := os.Lstat(filepath.Join(out, name)); err == nil {
			n++
		}
	}
	return n
}

// Promise 1: killed at random moments, with 1 to 8 workers, a run is torn at no
// time and comes out the same.
func TestKilledAtRandomMoments(t *testing.T) {
	kills, units, most := 6, 4, 20*time.Second
	if long() {
		kills, units, most = 200, 12, 6*time.Minute
	}
	x := newTortured(t, units, 2)
	rng := rand.New(rand.NewPCG(1, 1))
	done, midway, broken := 0, 0, 0
	start := time.Now()
	for done < kills && time.Since(start) < most {
		out := filepath.Join(t.TempDir(), "out")
		for range 1 + rng.IntN(3) { // some runs are killed more than once
			if !x.kill(t, rng, out) {
				break
			}
			done++
			got := files(t, out)
			if d := x.torn(got); d != "" {
				broken++
				t.Errorf("kill %d: %s", done, d)
			}
			if _, finished := got["_manifest.json"]; !finished && len(got) > 1 {
				midway++
			}
		}
		if b, err := x.command(out, 1+rng.IntN(8)).CombinedOutput(); err != nil {
			broken++
			t.Errorf("rerun after kill %d: %v\n%s", done, err, b)
		} else if d := x.differs(files(t, out)); d != "" {
			broken++
			t.Errorf("rerun after kill %d: %s", done, d)
		}
	}
	if done < kills {
		t.Logf("time was up after %d of %d kills", done, kills)
	}
	figure(t, 1, "%d kills -9 of the program, %d between the first file and the manifest: %d harmed", done, midway, broken)
}

// Promise 6: two runs of one plan at once both end well, with one result;
// another plan is refused at once.
func TestTwoRunsAtOnce(t *testing.T) {
	x := newTortured(t, 4, 2)
	var slowest time.Duration
	rounds := 2
	if long() {
		rounds = 20
	}
	for range rounds {
		out := filepath.Join(t.TempDir(), "out")
		a, b := x.command(out, 1), x.command(out, 3)
		var logs [2]bytes.Buffer
		a.Stderr, b.Stderr = &logs[0], &logs[1]
		if err := errors.Join(a.Start(), b.Start()); err != nil {
			t.Fatal(err)
		}
		for i, c := range []*exec.Cmd{a, b} {
			if err := c.Wait(); err != nil {
				t.Errorf("run %d: %v\n%s", i, err, logs[i].String())
			}
		}
		if d := x.differs(files(t, out)); d != "" {
			t.Error(d)
		}
		start := time.Now()
		code, _, stderr := runs(t, "", append(x.args(out, 1), "--language", "any")...)
		slowest = max(slowest, time.Since(start))
		if code != exitOtherPlan || slowest > 5*time.Second {
			t.Errorf("another plan: exit code %d after %v: %s", code, slowest, stderr)
		}
		if d := x.differs(files(t, out)); d != "" {
			t.Errorf("after another plan: %s", d)
		}
	}
	figure(t, 6, "%d rounds of two runs at once, one result each; another plan refused within %v", rounds, slowest.Round(time.Millisecond))
}

// Promise 7: the first signal stops a run cleanly within ten seconds.
func TestSignals(t *testing.T) {
	x := newTortured(t, 8, 6)
	rounds := 1
	if long() {
		rounds = 5
	}
	var slowest time.Duration
	for range rounds {
		for sig, code := range map[os.Signal]int{os.Interrupt: exitInterrupt, syscall.SIGTERM: exitTerminated} {
			slowest = max(slowest, x.signalled(t, sig, code))
		}
	}
	figure(t, 7, "%d runs stopped by SIGINT or SIGTERM, each within %v, and taken up again", 2*rounds, slowest.Round(time.Millisecond))
}

// signalled stops a run by a signal, once it has its first record, looks at what
// that left, has it completed, and tells how long the stop took.
func (x *tortured) signalled(t *testing.T, sig os.Signal, code int) time.Duration {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	cmd := x.command(out, 2)
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 5000 {
		if m, _ := filepath.Glob(filepath.Join(out, "_units", "*.json")); len(m) > 0 {
			break
		}
		time.Sleep(2 * time.Millisecond)
	}
	start := time.Now()
	if err := cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	took := time.Since(start)
	if got := cmd.ProcessState.ExitCode(); got != code || took > 10*time.Second {
		t.Errorf("%v: exit code %d after %v", sig, got, took)
	}
	if strings.Contains(log.String(), "failed") {
		t.Errorf("%v: what is only put off is called failed: %s", sig, log.String())
	}
	got := files(t, out)
	if d := x.torn(got); d != "" {
		t.Errorf("%v: %s", sig, d)
	}
	for name := range got {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("%v: a clean stop left %s", sig, name)
		}
	}
	if b, err := x.command(out, 2).CombinedOutput(); err != nil {
		t.Errorf("rerun: %v\n%s", err, b)
	} else if d := x.differs(files(t, out)); d != "" {
		t.Errorf("rerun: %s", d)
	}
	return took
}

// A second signal ends at once even what does not listen.
func TestSecondSignal(t *testing.T) {
	cmd := exec.Command("deaf")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 8)
	if _, err := out.Read(b); err != nil { // it is ready
		t.Fatal(err)
	}
	start := time.Now()
	for range 2 {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
	_ = cmd.Wait()
	took := time.Since(start)
	if cmd.ProcessState.ExitCode() != exitInterrupt || took > 2*time.Second {
		t.Errorf("exit code %d after %v", cmd.ProcessState.ExitCode(), took)
	}
	figure(t, 7, "a second signal ends a program that does not listen within %v", took.Round(time.Millisecond))
}
