package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The stories of the tree go through the whole program: nothing is lost, the
// bytes do not depend on the number of workers, and every offset holds.
func TestStoriesOfTheTree(t *testing.T) {
	for _, format := range []string{"parquet", "jsonl"} {
		var want *tortured
		for _, workers := range []string{"1", "2", "8"} {
			out := filepath.Join(t.TempDir(), "out")
			code, stdout, stderr := runs(t, "", "extract", "--workers", workers, "--format", format, "--out", out, "--progress", "none", "../../testdata/articles")
			if code != exitOK || stdout != "" {
				t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
			}
			for _, bad := range []string{"failed", "panic", "timeout"} {
				if strings.Contains(stderr, bad) {
					t.Errorf("%s: %s", bad, stderr)
				}
			}
			got := files(t, out)
			if want == nil {
				want = &tortured{want: got}
			} else if d := want.differs(got); d != "" {
				t.Errorf("%s, %s workers: %s", format, workers, d)
			}
			if code, report, _ := runs(t, "", "verify", out); code != exitOK {
				t.Errorf("%s: verify: %s", format, report)
			}
		}
		figure(t, 4, "%s of our own stories: the same %d files with 1, 2 and 8 workers", format, len(want.want))
	}
}
