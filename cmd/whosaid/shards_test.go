package main

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Promise 13: sixteen processes over one folder, killed at random, with two at
// work on the same unit, write the tables of one process.
func TestManyProcessesOneFolder(t *testing.T) {
	rounds, units := 1, 8
	if long() {
		rounds, units = 12, 24
	}
	x := newTortured(t, units, 2)
	rng := rand.New(rand.NewPCG(13, 1))
	var kills, broken atomic.Int64
	for round := range rounds {
		out := filepath.Join(t.TempDir(), "out")
		if b, err := exec.Command("whosaid", "plan", "--quiet", unitFlag, "--out", out, x.in).CombinedOutput(); err != nil {
			t.Fatalf("plan: %v\n%s", err, b)
		}
		if code, _, stderr := runs(t, "", "commit", out); code != exitError || !strings.Contains(stderr, "whosaid work") {
			t.Errorf("commit before the work: exit code %d: %s", code, stderr)
		}
		var all sync.WaitGroup
		for i := range 16 {
			args := []string{"work", out, "--quiet", "--workers", "1"}
			if round%2 == 0 { // two processes to every shard
				args = append(args, "--shard", fmt.Sprintf("%d/8", 1+i/2))
			} else {
				args = append(args, "--claim", "--lease", []string{"1m", "200ms"}[round/2%2])
			}
			dies := i%2 == 0 // of two with the same units, one
			after := time.Duration(rng.Int64N(int64(4 * x.took)))
			all.Go(func() {
				for {
					cmd := exec.Command("whosaid", args...)
					var log strings.Builder
					cmd.Stderr = &log
					if err := cmd.Start(); err != nil {
						t.Error(err)
						return
					}
					if !dies {
						if err := cmd.Wait(); err != nil {
							broken.Add(1)
							t.Errorf("%v: %v\n%s", args, err, log.String())
						}
						return
					}
					timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
					if cmd.Wait() == nil {
						timer.Stop()
						return
					}
					kills.Add(1)
					dies = false // the scheduler starts it again
				}
			})
		}
		all.Wait()
		for range 2 {
			if code, _, stderr := runs(t, "", "commit", "--quiet", out); code != exitOK {
				t.Fatalf("commit: exit code %d: %s", code, stderr)
			}
		}
		if d := x.differs(files(t, out)); d != "" {
			broken.Add(1)
			t.Errorf("round %d: %s", round, d)
		}
	}
	figure(t, 13, "%d rounds of 16 processes over one folder, shards done twice or units claimed, %d killed -9 and started again: %d harmed", rounds, kills.Load(), broken.Load())
}

func TestFraction(t *testing.T) {
	for value, want := range map[string][2]int{"1/16": {1, 16}, "16/16": {16, 16}, "0/16": {}, "17/16": {}, "1": {}, "a/b": {}, "1/0": {}, "-1/3": {}} {
		i, n, err := fraction("shard", value, 1)
		if [2]int{i, n} != want || (err == nil) != (want != [2]int{}) {
			t.Errorf("%s: %d/%d, %v", value, i, n, err)
		}
	}
	if i, n, err := fraction("index", "0/16", 0); i != 0 || n != 16 || err != nil {
		t.Error(i, n, err)
	}
	if _, _, err := fraction("index", "16/16", 0); err == nil {
		t.Error("index 16/16 is behind the last")
	}
}
