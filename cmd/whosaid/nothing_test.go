package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Promise 12: a run that read nothing, or lost a part, never ends with 0, and
// its last line says why and what to do, in quiet runs too.
func TestNothingReadIsNoSuccess(t *testing.T) {
	alone, nothing := 0, 0
	for _, h := range hostile() {
		in, out := filepath.Join(t.TempDir(), h.file), filepath.Join(t.TempDir(), "out")
		put(t, in, h.data, 0o644)
		code, _, stderr := runs(t, "", "extract", "--quiet", "--workers", "2", "--out", out, in)
		want := exitOK
		if !strings.Contains(h.want, "ok") {
			want = exitNothing
			nothing++
		}
		alone++
		if code != want {
			t.Errorf("%s: exit code %d, want %d: %s", h.name, code, want, stderr)
		}
		last := stderr[strings.LastIndexByte(strings.TrimSpace(stderr), '\n')+1:]
		if want == exitNothing && (!strings.HasPrefix(last, "whosaid: no article was read: ") || !strings.Contains(last, "; ")) {
			t.Errorf("%s: the last line is %q", h.name, last)
		}
		// The same again has nothing to do, and is no success either.
		if again, _, _ := runs(t, "", "extract", "--quiet", "--out", out, in); again != want {
			t.Errorf("%s, run again: exit code %d, want %d", h.name, again, want)
		}
		if code, report, _ := runs(t, "", "verify", out); code != exitOK {
			t.Errorf("%s: verify: %s", h.name, report)
		}
	}
	figure(t, 12, "%d of %d hostile inputs, each alone, give no article: none ends with 0, the first time or again", nothing, alone)
	lost := losses(t)
	figure(t, 12, "%d parts removed from a finished run, one at a time: the rerun makes each anew", lost)
}

// losses removes each part of a finished run in turn and runs it again.
func losses(t *testing.T) int {
	in, out := filepath.Join(t.TempDir(), "in.jsonl"), filepath.Join(t.TempDir(), "out")
	put(t, in, records("r", 20), 0o644)
	args := []string{"extract", "--quiet", "--out", out, in}
	if code, _, stderr := runs(t, "", args...); code != exitOK {
		t.Fatal(stderr)
	}
	whole := files(t, out)
	parts, err := filepath.Glob(filepath.Join(out, "*", "part-*.parquet"))
	if err != nil || len(parts) == 0 {
		t.Fatal("no parts", err)
	}
	for _, part := range parts {
		if err := os.Remove(part); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := runs(t, "", args...)
		if code != exitOK {
			t.Errorf("without %s: exit code %d: %s", part, code, stderr)
		}
		rel, _ := filepath.Rel(out, part)
		if now := files(t, out); len(now) != len(whole) || now[rel] == "" || now[rel] != whole[rel] {
			t.Errorf("without %s: the rerun leaves it out", part)
		}
	}
	return len(parts)
}
