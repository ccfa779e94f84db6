package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/whosaid/whosaid/output"
)

// takeOver puts the tables of a run that is ready in the place of those of the
// run before, or goes on doing so.
func (l *linker) takeOver() error {
	ready := filepath.Join(l.next, readyName)
	hash, err := l.fs.ReadFile(ready)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("put tables in place: %w", err)
	}
	run := filepath.Join(l.meta, runName)
	now, err := readManifest(l.fs, run)
	if err != nil {
		return err
	}
	if now == nil || now.Plan != string(hash) {
		m, err := readManifest(l.fs, filepath.Join(l.next, runName))
		if err != nil {
			return err
		}
		if m == nil || m.Plan != string(hash) {
			return fmt.Errorf("put tables in place: %s is ready, and has no manifest", l.next)
		}
		for _, t := range output.AcrossTables() {
			if err := l.takeTable(t, m); err != nil {
				return fmt.Errorf("put tables in place: %w", err)
			}
		}
		if err := exchange(l.fs, filepath.Join(l.next, runName), run); err != nil {
			return fmt.Errorf("put tables in place: %w", err)
		}
	}
	// From here on the folder holds the run before. The word that it is ready
	// goes last, so that a cleaning that was broken off goes on.
	entries, err := l.fs.ReadDir(l.next)
	if err != nil {
		return fmt.Errorf("put tables in place: %w", err)
	}
	for _, e := range entries {
		if e.Name() == readyName {
			continue
		}
		if err := removeTree(l.fs, filepath.Join(l.next, e.Name())); err != nil {
			return err
		}
	}
	return removeTree(l.fs, l.next)
}

// takeTable exchanges one table's parts, unless that is done.
func (l *linker) takeTable(t output.Table, m *Manifest) error {
	want := map[string]bool{}
	for _, f := range m.Files {
		if f.Table == t {
			want[filepath.Base(f.Path)] = true
		}
	}
	have := filepath.Join(l.Out, string(t))
	entries, err := l.fs.ReadDir(have)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	there := 0
	for _, e := range entries {
		if want[e.Name()] {
			there++
		}
	}
	if err == nil && there == len(want) && len(entries) == len(want) {
		return nil
	}
	from := filepath.Join(l.next, string(t))
	if len(want) == 0 {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err := mkdir(l.fs, from); err != nil { // an empty folder takes its place
			return err
		}
	}
	return exchange(l.fs, from, have)
}
