package output

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

func TestEmptyTables(t *testing.T) {
	for _, f := range []Format{Parquet, JSONL, CSV} {
		p := paths(t.TempDir(), f)
		delete(p, Mentions)
		w, err := Open(f, p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		infos, err := w.Close()
		if err != nil || len(infos) != 4 {
			t.Fatalf("%v %v", infos, err)
		}
		for _, i := range infos {
			if i.Rows != 0 || (i.Size == 0) != (f == JSONL) {
				t.Errorf("%+v", i)
			}
			if f == Parquet {
				if n, err := CheckFile(i.Path); n != 0 || err != nil {
					t.Errorf("CheckFile(%s) = %d, %v", i.Path, n, err)
				}
			}
		}
		if err := w.Write(Rows{}); err == nil {
			t.Error("a closed writer writes")
		}
		if err := w.Abort(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(p[Quotes]); err != nil {
			t.Error("Abort after Close removed a file")
		}
	}
}

func TestNeverOverwrites(t *testing.T) {
	for _, f := range []Format{Parquet, JSONL, CSV} {
		p := paths(t.TempDir(), f)
		if err := os.WriteFile(p[Mentions], []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Open(f, p, Options{})
		if !errors.Is(err, os.ErrExist) || !strings.Contains(err.Error(), p[Mentions]) {
			t.Errorf("error %v", err)
		}
		if b, _ := os.ReadFile(p[Mentions]); string(b) != "mine" {
			t.Error("the file was overwritten")
		}
		if _, err := os.Stat(p[Articles]); err == nil {
			t.Error("a file was left behind")
		}
	}
}

func TestAbort(t *testing.T) {
	rows := fakeRows(t, 10, 3, 200, MapOptions{})
	for _, f := range []Format{Parquet, JSONL, CSV} {
		dir := t.TempDir()
		w, err := Open(f, paths(dir, f), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(rows[0]); err != nil {
			t.Fatal(err)
		}
		if err := w.Abort(); err != nil {
			t.Fatal(err)
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			t.Errorf("%s: left behind: %v", f, left)
		}
		if err := w.Write(rows[1]); err == nil {
			t.Error("an aborted writer writes")
		}
		if _, err := w.Close(); err == nil {
			t.Error("an aborted writer closes without an error")
		}
	}
}

func TestInvalidUTF8(t *testing.T) {
	good := NewMapper(MapOptions{}).Map(boroughResult(), StatusOK)
	for name, spoil := range map[string]func(*Rows){
		"text":       func(r *Rows) { s := "a\xff"; r.Article.Text = &s },
		"speaker":    func(r *Rows) { r.Quotes[0].Speaker = "\xc3" },
		"authors":    func(r *Rows) { r.Article.Authors = []string{"ok", "\xed\xa0\x80"} },
		"candidates": func(r *Rows) { r.Quotes[0].Candidates[0].Name = "\xf0\x9f" },
		"aliases":    func(r *Rows) { r.Entities[0].Aliases = []string{"\x80"} },
		"form":       func(r *Rows) { r.Mentions[0].Form = "\xfe" },
	} {
		for _, f := range []Format{Parquet, JSONL, CSV} {
			r := good
			r.Quotes, r.Mentions, r.Entities = slices.Clone(r.Quotes), slices.Clone(r.Mentions), slices.Clone(r.Entities)
			r.Quotes[0].Candidates = slices.Clone(r.Quotes[0].Candidates)
			spoil(&r)
			dir := t.TempDir()
			w, err := Open(f, paths(dir, f), Options{})
			if err != nil {
				t.Fatal(err)
			}
			err = w.Write(r)
			if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "column "+name) {
				t.Errorf("%s %s: error %v", f, name, err)
			}
			if _, again := w.Close(); again == nil {
				t.Errorf("%s %s: closes after an error", f, name)
			}
			if err := w.Abort(); err != nil {
				t.Error(err)
			}
		}
	}
}

// brokenFS fails the k-th operation on files.
type brokenFS struct {
	disk
	left *int
}

type brokenFile struct {
	File
	left *int
}

var errBroken = errors.New("disk is gone")

func broken(left *int) bool { *left--; return *left == 0 }

func (b brokenFS) Create(path string) (File, error) {
	if broken(b.left) {
		return nil, errBroken
	}
	f, err := b.disk.Create(path)
	return brokenFile{f, b.left}, err
}

func (b brokenFile) Write(p []byte) (int, error) {
	if broken(b.left) {
		n, _ := b.File.Write(p[:len(p)/2])
		return n, errBroken
	}
	return b.File.Write(p)
}

func (b brokenFile) Sync() error {
	if broken(b.left) {
		return errBroken
	}
	return b.File.Sync()
}

func (b brokenFile) Close() error {
	err := b.File.Close()
	if broken(b.left) {
		return errBroken
	}
	return err
}

// Whatever operation fails, the error names a path, comes out of Close at the
// latest, and Abort leaves nothing.
func TestBrokenDisk(t *testing.T) {
	rows := fakeRows(t, 11, 40, 600, MapOptions{})
	for _, f := range []Format{Parquet, JSONL, CSV} {
		for k := 1; ; k++ {
			dir := t.TempDir()
			left := k
			w, err := Open(f, paths(dir, f), Options{FS: brokenFS{left: &left}, RowGroupRows: 200})
			if err == nil {
				for i := 0; i < len(rows) && err == nil; i++ {
					err = w.Write(rows[i])
				}
				if _, closed := w.Close(); err == nil {
					err = closed
				} else if closed == nil {
					t.Fatalf("%s: Close forgets the error of Write", f)
				}
				if err != nil {
					if err := w.Abort(); err != nil {
						t.Fatal(err)
					}
				}
			}
			if left > 0 {
				if err != nil {
					t.Fatal(err)
				}
				if k < 20 {
					t.Fatalf("%s: only %d operations", f, k)
				}
				break
			}
			if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), dir) {
				t.Fatalf("%s: operation %d fails, error %v", f, k, err)
			}
			if files, _ := os.ReadDir(dir); len(files) != 0 {
				t.Fatalf("%s: operation %d fails, left behind: %v", f, k, files)
			}
		}
	}
}

// Row groups hold no more than asked for, and memory does not grow with the
// file: parquet-go keeps one group.
func TestRowGroupBytes(t *testing.T) {
	dir := t.TempDir()
	rows := fakeRows(t, 12, 200, 500, MapOptions{})
	writeAll(t, dir, Parquet, rows, Options{RowGroupBytes: 64 << 10})
	f, err := os.Open(paths(dir, Parquet)[Articles])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	file, err := parquet.OpenFile(f, mustSize(t, f))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range file.Metadata().RowGroups {
		if g.TotalByteSize > 80<<10 {
			t.Errorf("row group of %d bytes", g.TotalByteSize)
		}
	}
	if n := len(file.RowGroups()); n < 5 {
		t.Errorf("%d row groups", n)
	}
}

func mustSize(t *testing.T, f *os.File) int64 {
	t.Helper()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
