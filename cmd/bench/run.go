package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jdkato/prose/v2"
)

// kind is a command that is measured again and again.
type kind struct {
	name     string
	cores    int
	articles int // in its input; 0: only its time counts
	command  []string
	clear    string // folder to remove before each run
	told     bool   // prints how long it took, without its start
	runs     []measured
}

// measured is what one run took.
type measured struct {
	wall, processor time.Duration
	peak            float64 // MiB of memory; 0 where the system does not tell
}

func (k *kind) run() error {
	if k.clear != "" {
		if err := os.RemoveAll(k.clear); err != nil {
			return err
		}
	}
	c := exec.Command(k.command[0], k.command[1:]...)
	c.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(k.cores))
	c.Stderr = os.Stderr
	var out bytes.Buffer
	c.Stdout = &out
	start := time.Now()
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(k.command, " "), err)
	}
	m := measured{wall: time.Since(start), processor: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if k.told {
		if _, err := fmt.Fscan(&out, &m.wall, &m.processor); err != nil {
			return fmt.Errorf("%s: %w", k.name, err)
		}
	}
	m.peak = peakMemory(c.ProcessState)
	k.runs = append(k.runs, m)
	return nil
}

// line is a run in the format of Go's benchmarks.
func (k *kind) line(m measured) string {
	s := fmt.Sprintf("Benchmark%s \t1\t%d ns/op\t%d cpu-ns/op", k.name, m.wall.Nanoseconds(), m.processor.Nanoseconds())
	if k.articles > 0 {
		s += fmt.Sprintf("\t%.1f articles/s\t%.1f articles/cpu-s", k.speed(m), float64(k.articles)/m.processor.Seconds())
	}
	if m.peak > 0 {
		s += fmt.Sprintf("\t%.0f peak-MiB", m.peak)
	}
	return s
}

func (k *kind) speed(m measured) float64 { return float64(k.articles) / m.wall.Seconds() }

// each is a figure of every run.
func (k *kind) each(f func(measured) float64) (all []float64) {
	for _, m := range k.runs {
		all = append(all, f(m))
	}
	return all
}

// summary tells medians, and ratios of runs that stood side by side.
func summary(w io.Writer, kinds []*kind) {
	fmt.Fprintf(w, "\nmedians of %d\n", len(kinds[0].runs))
	for _, k := range kinds {
		ms := median(k.each(func(m measured) float64 { return m.wall.Seconds() * 1e3 }))
		if k.articles == 0 {
			fmt.Fprintf(w, "%-18s %7.0f ms\n", k.name, ms)
			continue
		}
		fmt.Fprintf(w, "%-18s %7.1f articles/s, %.1f a processor second, peak %.0f MiB\n", k.name, median(k.each(k.speed)),
			median(k.each(func(m measured) float64 { return float64(k.articles) / m.processor.Seconds() })),
			median(k.each(func(m measured) float64 { return m.peak })))
	}
	one, two, prose := kinds[0], kinds[1], kinds[2]
	ratio := func(a, b *kind, f func(*kind, measured) float64) float64 {
		var all []float64
		for i := range a.runs {
			all = append(all, f(a, a.runs[i])/f(b, b.runs[i]))
		}
		return median(all)
	}
	fmt.Fprintf(w, "two workers on two cores: %.2f times one on one\n", ratio(two, one, (*kind).speed))
	perCPU := func(k *kind, m measured) float64 { return float64(k.articles) / m.processor.Seconds() }
	fmt.Fprintf(w, "one worker: %.1f times prose.NewDocument, by processor time %.1f times\n", ratio(one, prose, (*kind).speed), ratio(one, prose, perCPU))
}

// analyse is what prose itself does with a text: tokens, tags, sentences and
// entities, its model loaded once.
func analyse(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	texts, err := readTexts(f)
	if err != nil {
		return err
	}
	first, err := prose.NewDocument("A word.")
	if err != nil {
		return err
	}
	wall, processor := time.Now(), processorTime()
	for _, text := range texts {
		if _, err := prose.NewDocument(text, prose.UsingModel(first.Model)); err != nil {
			return err
		}
	}
	fmt.Println(time.Since(wall).Nanoseconds(), (processorTime() - processor).Nanoseconds())
	return nil
}

// checkAnswers compares the hash of what the program finds in the input with
// the one on record.
func checkAnswers(o options, name, input, work string) error {
	out := filepath.Join(work, "answers")
	c := exec.Command(o.bin, "extract", "--quiet", "--progress", "none", "--format", "jsonl", "--out", out, input)
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", o.bin, err)
	}
	h := sha256.New()
	for _, table := range []string{"quotes", "mentions", "entities"} {
		b, err := os.ReadFile(filepath.Join(out, table+".jsonl"))
		if err != nil {
			return err
		}
		h.Write(b)
	}
	now := hex.EncodeToString(h.Sum(nil))
	record, err := os.ReadFile(o.answers)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	var keep []string
	for line := range strings.Lines(string(record)) {
		hash, of, _ := strings.Cut(strings.TrimSpace(line), "  ")
		switch {
		case of != name:
			keep = append(keep, line)
		case hash != now && !o.update:
			return fmt.Errorf("the answers on %s are not those on record in %s: speed is worth nothing then. If they are meant to differ, run again with -update", name, o.answers)
		}
	}
	if !o.update {
		return nil
	}
	keep = append(keep, now+"  "+name+"\n")
	return os.WriteFile(o.answers, []byte(strings.Join(keep, "")), 0o644)
}
