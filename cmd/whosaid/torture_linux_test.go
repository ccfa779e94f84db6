package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Promise 3: a full disk is a clear error, and a rerun with room comes out the
// same.
func TestDiskFull(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs root to mount a small tmpfs")
	}
	x := newTortured(t, 5, 5)
	total := 0
	for _, b := range x.want {
		total += (len(b) + 4095) &^ 4095
	}
	sizes := 4
	if long() {
		sizes = 20
	}
	full := 0
	for i := range sizes {
		disk := t.TempDir()
		size := 16<<10 + total*(i+1)*11/(sizes*10)
		if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
			t.Skipf("cannot mount a tmpfs: %v", err)
		}
		out := filepath.Join(disk, "out")
		code, _, stderr := runs(t, "", x.args(out, 2)...)
		_, finished := files(t, out)["_manifest.json"]
		switch {
		case code == exitOK && finished:
		case code == exitError && !finished && strings.Contains(stderr, "no space left on device"):
			full++
		default:
			t.Errorf("%d bytes: exit code %d, finished %v: %s", size, code, finished, stderr)
		}
		if d := x.torn(files(t, out)); d != "" {
			t.Errorf("%d bytes: %s", size, d)
		}
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%d", 8*total+(1<<20))); err != nil {
			t.Fatal(err)
		}
		if code, _, stderr := runs(t, "", x.args(out, 2)...); code != exitOK {
			t.Errorf("%d bytes, then room: exit code %d: %s", size, code, stderr)
		} else if d := x.differs(files(t, out)); d != "" {
			t.Errorf("%d bytes, then room: %s", size, d)
		}
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Fatal(err)
		}
	}
	figure(t, 3, "%d sizes of disk, %d too small for a run of %d KiB: each a clear error, and right with room", sizes, full, total>>10)
}

// Promise 8: whatever the size of a file or record, memory stays bounded.
func TestMemoryOnHostileInput(t *testing.T) {
	if !long() {
		t.Skip("takes minutes; make torture runs it")
	}
	const most = 1 << 30
	in := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(in, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const mib = 1 << 20
	for i := range 2 {
		write(fmt.Sprintf("marks%d.txt", i), strings.Repeat(`"`, 2*mib))
		write(fmt.Sprintf("word%d.txt", i), strings.Repeat("the ", mib/2))
		write(fmt.Sprintf("solid%d.txt", i), strings.Repeat("x", 5*mib))
		write(fmt.Sprintf("parts%d.txt", i), strings.Repeat("\"We won,\" said Ada Example.\n\n", mib/29))
		write(fmt.Sprintf("line%d.jsonl", i), `{"id": "1", "text": "`+strings.Repeat("It was said. ", (2*mib-64)/13)+`"}`)
		write(fmt.Sprintf("over%d.jsonl", i), `{"id": "1", "text": "`+strings.Repeat("It was said. ", 64*mib/13)+`"}`)
		write(fmt.Sprintf("nest%d.jsonl", i), strings.Repeat(`{"a":`, 4*mib))
		write(fmt.Sprintf("tags%d.html", i), "<html><body>"+strings.Repeat("<div>", 100_000))
		write(fmt.Sprintf("said%d.txt", i), strings.Repeat("\"We won,\" said Ada Example.\n\n", 2*mib/29))
	}
	cmd := exec.Command("whosaid", "extract", "--quiet", "--workers", "8", "--out", filepath.Join(t.TempDir(), "out"), in)
	b, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, b)
	}
	peak := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	figure(t, 8, "peak memory %d MiB with 8 workers on hostile input, %d MiB allowed", peak>>20, most>>20)
	if peak > most {
		t.Errorf("peak memory %d MiB, at most %d MiB is promised", peak>>20, most>>20)
	}
}
