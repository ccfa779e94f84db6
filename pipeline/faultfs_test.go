package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/whosaid/whosaid/output"
)

// faultFS is the local disk with a fault: it counts calls, fails some, can die
// at one, and can then lose what a loss of power would lose.
type faultFS struct {
	OS
	mu    sync.Mutex
	n     int      // calls so far
	calls []string // what they were, "op path"
	fail  func(n int, call string) error
	dead  bool // every call fails from here on

	unsynced map[string]bool     // files with bytes that a loss of power takes
	pending  map[string][]change // by folder: entries that a loss of power may undo
	replaced []string            // plans, records and manifests that were overwritten
}

// change is a change of a folder's entries, with the way back.
type change struct{ undo func() }

var (
	errCrash = errors.New("the machine is off")
	errShort = errors.New("short write") // faultFS writes half of the bytes
)

func newFaultFS(fail func(n int, call string) error) *faultFS {
	return &faultFS{fail: fail, unsynced: map[string]bool{}, pending: map[string][]change{}}
}

func (f *faultFS) step(op, name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dead {
		return errCrash
	}
	f.n++
	call := op + " " + name
	f.calls = append(f.calls, call)
	if f.fail == nil {
		return nil
	}
	err := f.fail(f.n, call)
	if errors.Is(err, errCrash) {
		f.dead = true
	}
	return err
}

func (f *faultFS) changed(dir string, undo func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending[dir] = append(f.pending[dir], change{undo})
}

func (f *faultFS) Create(name string) (output.File, error) {
	if err := f.step("create", name); err != nil {
		return nil, err
	}
	w, err := f.OS.Create(name)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	f.unsynced[name] = true
	f.mu.Unlock()
	f.changed(filepath.Dir(name), func() { os.Remove(name) })
	return &faultFile{File: w, fs: f, name: name}, nil
}

type faultFile struct {
	output.File
	fs   *faultFS
	name string
}

func (w *faultFile) Write(b []byte) (int, error) {
	err := w.fs.step("write", w.name)
	switch {
	case err == nil:
		return w.File.Write(b)
	case errors.Is(err, errShort), errors.Is(err, errCrash):
		n, _ := w.File.Write(b[:len(b)/2])
		return n, err
	default:
		return 0, err
	}
}

func (w *faultFile) Sync() error {
	if err := w.fs.step("sync", w.name); err != nil {
		return err
	}
	w.fs.mu.Lock()
	delete(w.fs.unsynced, w.name)
	w.fs.mu.Unlock()
	return nil // durable is what the harness says it is; the disk need not turn
}

func (w *faultFile) Close() error {
	err := w.fs.step("close", w.name)
	if cerr := w.File.Close(); err == nil {
		err = cerr
	}
	return err
}

func (f *faultFS) ReadFile(name string) ([]byte, error) {
	if err := f.step("read", name); err != nil {
		return nil, err
	}
	return f.OS.ReadFile(name)
}

func (f *faultFS) Stat(name string) (fs.FileInfo, error) {
	if err := f.step("stat", name); err != nil {
		return nil, err
	}
	return f.OS.Stat(name)
}

func (f *faultFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.step("readdir", name); err != nil {
		return nil, err
	}
	return f.OS.ReadDir(name)
}

func (f *faultFS) MkdirAll(name string) error {
	if err := f.step("mkdir", name); err != nil {
		return err
	}
	return f.OS.MkdirAll(name)
}

func (f *faultFS) Rename(from, to string) error {
	if err := f.step("rename", to); err != nil {
		return err
	}
	if _, err := os.Stat(to); err == nil && isState(to) {
		f.replaced = append(f.replaced, to)
	}
	if err := f.OS.Rename(from, to); err != nil {
		return err
	}
	f.mu.Lock()
	if f.unsynced[from] {
		delete(f.unsynced, from)
		f.unsynced[to] = true
	}
	f.mu.Unlock()
	f.changed(filepath.Dir(to), func() { os.Rename(to, from) })
	return nil
}

func (f *faultFS) Exchange(a, b string) error {
	if err := f.step("exchange", b); err != nil {
		return err
	}
	return f.OS.Exchange(a, b)
}

// isState reports whether a file is written once and never again.
func isState(name string) bool {
	base := filepath.Base(name)
	return base == planName || base == manifestName || filepath.Base(filepath.Dir(name)) == unitsName
}

func (f *faultFS) Link(from, to string) error {
	if err := f.step("link", to); err != nil {
		return err
	}
	if err := f.OS.Link(from, to); err != nil {
		return err
	}
	f.changed(filepath.Dir(to), func() { os.Remove(to) })
	return nil
}

func (f *faultFS) Remove(name string) error {
	if err := f.step("remove", name); err != nil {
		return err
	}
	return f.OS.Remove(name)
}

func (f *faultFS) SyncDir(name string) error {
	if err := f.step("syncdir", name); err != nil {
		return err
	}
	f.mu.Lock()
	delete(f.pending, name)
	f.mu.Unlock()
	return nil
}

// losePower undoes what was not synced: each entry of a folder that was not,
// and the bytes of each file that was not, by the toss of a coin.
func (f *faultFS) losePower(rng *rand.Rand) {
	for name := range f.unsynced {
		if rng.IntN(2) == 0 {
			if st, err := os.Stat(name); err == nil {
				_ = os.Truncate(name, st.Size()/2)
			}
		}
	}
	for _, dir := range sortedKeys(f.pending) {
		for _, c := range slices.Backward(f.pending[dir]) {
			if rng.IntN(2) == 0 {
				c.undo()
			}
		}
	}
}

// violations are the promises of a folder that do not hold, at any moment of a
// run: want is the tree of a run that nothing disturbed.
func violations(t testing.TB, out string, want map[string]string) (v []string) {
	t.Helper()
	if _, err := os.Stat(out); err != nil {
		return nil
	}
	got := tree(t, out)
	_, finished := got[manifestName]
	for _, name := range sortedKeys(got) {
		base := filepath.Base(name)
		if isTemp(base) {
			continue
		}
		switch w, ok := want[name]; {
		case !ok:
			v = append(v, "a final name that no sound run gives: "+name)
		case w != got[name]:
			v = append(v, fmt.Sprintf("torn or other content under a final name: %s (%d bytes of %d)", name, len(got[name]), len(w)))
		}
		if filepath.Dir(name) == unitsName {
			r, err := decodeRecord([]byte(got[name]))
			if err != nil {
				v = append(v, name+": "+err.Error())
				continue
			}
			for _, f := range r.Files {
				if got[f.Path] != want[f.Path] {
					v = append(v, "a record without its part: "+name+", "+f.Path)
				}
			}
		}
	}
	if finished {
		for _, name := range sortedKeys(want) {
			if got[name] != want[name] {
				v = append(v, "a manifest without "+name)
			}
		}
	}
	return v
}

// failing are the errors a disk gives.
var failing = map[string]error{"EIO": syscall.EIO, "ENOSPC": syscall.ENOSPC, "short write": errShort}

func contains(call string, words ...string) bool {
	for _, w := range words {
		if !strings.Contains(call, w) {
			return false
		}
	}
	return true
}
