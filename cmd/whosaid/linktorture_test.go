package main

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Promise 1, of link: killed at random moments, with 1 to 8 workers, whether it
// makes its tables for the first time or adds to them, it comes out the same.
func TestLinkKilledAtRandomMoments(t *testing.T) {
	kills, most := 6, 12*time.Second
	if long() {
		kills, most = 200, 6*time.Minute
	}
	x := newTortured(t, 1, 12)
	dir := t.TempDir()
	extract := func(out, day string) {
		t.Helper()
		code, _, stderr := runs(t, "", "extract", "--quiet", "--out", out, "--partition", day, x.in)
		if code != 0 {
			t.Fatal(stderr)
		}
	}
	tables := filepath.Join(dir, "tables")
	extract(tables, "2026-11-21")
	rng := rand.New(rand.NewPCG(3, 3))
	command := func(out string) *exec.Cmd {
		return exec.Command("whosaid", "link", "--quiet", "--memory", "1MiB", "--workers", fmt.Sprint(1+rng.IntN(8)), "--out", out, tables)
	}
	link := func(out string) {
		t.Helper()
		if b, err := command(out).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, b)
		}
	}
	want := filepath.Join(dir, "want")
	start := time.Now()
	link(want)
	took := time.Since(start)
	once := files(t, want)
	done, broken := 0, 0
	// kill kills a link at a random moment, most more than once, and lets the
	// last one end.
	kill := func(out string) {
		for range 1 + rng.IntN(9) {
			cmd := command(out)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rng.Float64() * 1.2 * float64(took)))
			_ = cmd.Process.Kill()
			if cmd.Wait() != nil { // else it was over before
				done++
			}
		}
		link(out)
	}
	check := func(out string, want map[string]string) {
		t.Helper()
		if d := changed(want, files(t, out)); d != "" {
			broken++
			t.Errorf("after %d kills: %s", done, d)
		}
		if code, stdout, _ := runs(t, "", "verify", out); code != 0 {
			broken++
			t.Errorf("after %d kills: %s", done, stdout)
		}
	}
	begun := time.Now()
	var outs []string
	for done < kills/2 && time.Since(begun) < most/2 {
		outs = append(outs, filepath.Join(dir, fmt.Sprint("out", len(outs))))
		kill(outs[len(outs)-1])
		check(outs[len(outs)-1], once)
	}
	x.in = newTortured(t, 1, 20).in
	extract(tables, "2026-11-22")
	link(want)
	grown := files(t, want)
	for _, out := range outs {
		if done >= kills || time.Since(begun) > most {
			break
		}
		kill(out)
		check(out, grown)
	}
	figure(t, 1, "%d kills -9 of link: %d harmed", done, broken)
}

// changed names a file that is in one folder alone, or has other bytes.
func changed(want, got map[string]string) string {
	for name, b := range want {
		if got[name] != b {
			return name + " is missing or has other bytes"
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			return name + " is too many"
		}
	}
	return ""
}
