package main

import (
	"math"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"
)

// A container's memory bounds the soft limit.
func TestMemoryOfContainers(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	for name, c := range map[string]struct {
		root fstest.MapFS
		want int64
	}{
		"no groups": {fstest.MapFS{}, math.MaxInt64},
		"version 2, a pod": {fstest.MapFS{
			"proc/self/cgroup": file("0::/kubepods/pod1/c1\n"), "sys/fs/cgroup/kubepods/pod1/c1/memory.max": file("max\n"),
			"sys/fs/cgroup/kubepods/pod1/memory.max": file("1073741824\n"), "sys/fs/cgroup/kubepods/memory.max": file("8589934592\n"),
		}, 1 << 30},
		"version 2, seen from inside": {fstest.MapFS{"proc/self/cgroup": file("0::/\n"), "sys/fs/cgroup/memory.max": file("536870912\n")}, 512 << 20},
		"version 1": {fstest.MapFS{
			"proc/self/cgroup": file("5:cpu:/x\n4:memory:/docker/abc\n"), "sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes": file("2147483648\n"),
			"sys/fs/cgroup/memory/memory.limit_in_bytes": file("9223372036854771712\n"),
		}, 2 << 30},
		"version 1, none": {fstest.MapFS{"proc/self/cgroup": file("4:memory:/\n"), "sys/fs/cgroup/memory/memory.limit_in_bytes": file("9223372036854771712\n")}, 9223372036854771712},
	} {
		if got := groupMemory(c.root); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	if got := softLimit(64, 1<<30); got != 896<<20 {
		t.Errorf("64 workers in 1 GiB: %d", got)
	}
	if got := softLimit(8, math.MaxInt64); got != 848<<20 {
		t.Errorf("8 workers: %d", got)
	}
}

// The number of processors of a container is Go's own affair: the program must
// not switch that off.
func TestProcessorsOfContainers(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.DefaultGODEBUG}} {{.Module.GoVersion}}", ".").Output()
	if err != nil {
		t.Skip("needs go")
	}
	if s := string(out); strings.Contains(s, "containermaxprocs=0") || strings.Contains(s, "updatemaxprocs=0") || !strings.Contains(s, " 1.2") {
		t.Errorf("GODEBUG is %s", s)
	}
}
