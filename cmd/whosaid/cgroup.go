package main

import (
	"io/fs"
	"math"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
)

// limitMemory sets a soft limit for the garbage collector, unless the user has
// set one: what the models and buffers of a run need, and room for each worker,
// but no more than a container is given.
func limitMemory(workers int) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetMemoryLimit(softLimit(workers, groupMemory(os.DirFS("/"))))
}

// softLimit is for so many workers in a container of so many bytes.
func softLimit(workers int, container int64) int64 {
	const base, each = 400 << 20, 56 << 20 // 848 MiB at 8 workers: the program itself takes some 100 more
	limit := base + int64(workers)*each
	return min(limit, container-container/8) // what the collector does not count, such as stacks being grown, takes some
}

// groupMemory is the least memory that the control groups of the process, of
// either version, may use; the largest number where there is no limit. The
// number of processors of a container, Go finds by itself.
func groupMemory(root fs.FS) int64 {
	least := int64(math.MaxInt64)
	groups, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return least
	}
	for line := range strings.Lines(string(groups)) {
		f := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(f) != 3 {
			continue
		}
		mount, file := "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		switch f[1] {
		case "":
			mount, file = "sys/fs/cgroup", "memory.max"
		case "memory":
		default:
			continue
		}
		// A limit of a group above holds too. In a container, its own group may
		// be all that is mounted.
		for dir := path.Join(mount, f[2]); ; dir = path.Dir(dir) {
			if b, err := fs.ReadFile(root, path.Join(dir, file)); err == nil {
				if n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64); err == nil && n > 0 {
					least = min(least, n)
				}
			}
			if len(dir) <= len(mount) {
				break
			}
		}
	}
	return least
}
