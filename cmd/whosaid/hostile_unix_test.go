//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// oddFiles are what makeOdd makes.
var oddFiles = []string{"pipe.jsonl", "null.jsonl", "circle"}

// makeOdd puts what is no file into a folder: a pipe that nobody writes to, a
// link to a device, a link to the folder itself.
func makeOdd(t *testing.T, dir string) {
	t.Helper()
	if err := syscall.Mkfifo(filepath.Join(dir, oddFiles[0]), 0o666); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{oddFiles[1]: "/dev/zero", oddFiles[2]: dir} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
}
