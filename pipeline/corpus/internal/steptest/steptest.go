// Package steptest runs one step of a link by itself, for tests.
package steptest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// Made is what a run of a step made.
type Made struct {
	Tables step.Tables
	State  map[string][]byte
	Counts map[string]int64
}

type state struct{ *bytes.Reader }

func (state) Close() error { return nil }

// partRows are few, so that tables have many parts.
const partRows = 100

// run is one run.
type run struct {
	dir     string
	before  *Made
	made    *Made
	writers []step.Closer // nil once closed
	states  map[string]*bytes.Buffer
	flush   []*bufio.Writer
	n       int
}

// Run runs a step behind a run before; nil for a first. Of in it fills what is
// missing.
func Run(t testing.TB, s step.Step, in step.Input, before *Made) *Made {
	t.Helper()
	r := &run{dir: t.TempDir(), before: before, made: &Made{Tables: step.Tables{}, State: map[string][]byte{}}, states: map[string]*bytes.Buffer{}}
	out := &step.Output{PartRows: partRows, Create: r.create, Opened: func(c step.Closer) { r.writers = append(r.writers, c) }, Close: r.close, Keep: r.keep, State: r.state, KeepState: r.keepState}
	in.RunID, in.Temp, in.Log, in.Workers = "run", r.dir, slog.New(slog.DiscardHandler), max(1, in.Workers)
	in.Progress = func(string, int64, int64) {}
	in.State = func(name string) (step.State, error) {
		if before == nil || before.State[name] == nil {
			return nil, nil
		}
		return state{bytes.NewReader(before.State[name])}, nil
	}
	in.Previous = step.Tables{}
	if before != nil {
		in.Previous = before.Tables
	}
	if in.Made == nil {
		in.Made = step.Tables{}
	}
	if err := s.Run(context.Background(), &in, out); err != nil {
		t.Fatal(err)
	}
	for _, w := range r.writers {
		if w != nil {
			if _, err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, w := range r.flush {
		if err := w.Flush(); err != nil {
			t.Fatal(i, err)
		}
	}
	for name, b := range r.states {
		r.made.State[name] = append([]byte{}, b.Bytes()...)
	}
	r.made.Counts = out.Counts
	return r.made
}

func (r *run) create(table output.Table) (string, output.Options, error) {
	r.n++
	path := filepath.Join(r.dir, fmt.Sprintf("%s-%d.parquet", table, r.n))
	r.made.Tables[table] = append(r.made.Tables[table], path)
	return path, output.Options{}, nil
}

func (r *run) close(c step.Closer) error {
	i := slices.Index(r.writers, c)
	r.writers[i] = nil
	_, err := c.Close()
	return err
}

func (r *run) keep(table output.Table, paths ...string) error {
	if r.before == nil {
		return nil
	}
	for _, p := range r.before.Tables[table] {
		if len(paths) == 0 || slices.Contains(paths, p) {
			r.made.Tables[table] = append(r.made.Tables[table], p)
		}
	}
	return nil
}

func (r *run) state(name string) (io.Writer, error) {
	if r.states[name] != nil || r.made.State[name] != nil {
		return nil, fmt.Errorf("there are two states %s", name)
	}
	r.states[name] = &bytes.Buffer{}
	w := bufio.NewWriter(r.states[name])
	r.flush = append(r.flush, w)
	return w, nil
}

func (r *run) keepState(name string) error {
	if r.before == nil || r.before.State[name] == nil {
		return fmt.Errorf("there is no state %s to keep", name)
	}
	r.made.State[name] = r.before.State[name]
	return nil
}
