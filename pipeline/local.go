package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// local is a Folder on a disk. What is made once is written under a temporary
// name, synced, and linked to its own, which fails where there is one; parts
// are renamed.
type local struct {
	fs   FS
	root string
}

// Local is the folder at path on the local disk.
func Local(path string) Folder { return local{OS{}, path} }

func (l local) at(name string) string { return filepath.Join(l.root, filepath.FromSlash(name)) }

func (l local) Name() string { return l.root }

func (l local) ReadFile(name string) ([]byte, error) { return l.fs.ReadFile(l.at(name)) }

func (l local) Size(name string) (int64, error) {
	st, err := l.fs.Stat(l.at(name))
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

func (l local) List(dir string) ([]Entry, error) {
	entries, err := l.fs.ReadDir(l.at(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(entries))
	for i, e := range entries {
		list[i] = Entry{e.Name(), e.IsDir()}
	}
	return list, nil
}

func (l local) Once(name string, data []byte) (there []byte, created bool, err error) {
	return createOnce(l.fs, l.at(name), data)
}

func (l local) Replace(name string, data []byte) error { return replaceFile(l.fs, l.at(name), data) }

func (l local) Remove(name string) error { return l.fs.Remove(l.at(name)) }

// Mkdir makes the folder and those above it, up to the root, durably.
func (l local) Mkdir(dir string) error {
	name := l.at(dir)
	if st, err := l.fs.Stat(name); err == nil && st.IsDir() {
		return nil
	}
	if above, _, ok := cutLast(dir); ok {
		if err := l.Mkdir(above); err != nil {
			return err
		}
	}
	if err := l.fs.MkdirAll(name); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	return l.sync(filepath.Dir(name))
}

// cutLast parts a name into what is above and the last step.
func cutLast(name string) (above, last string, ok bool) {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

func (l local) Sync(dir string) error { return l.sync(l.at(dir)) }

func (l local) sync(dir string) error {
	if err := l.fs.SyncDir(dir); err != nil {
		return fmt.Errorf("sync folder %s: %w", dir, err)
	}
	return nil
}

func (l local) Staging() output.FS { return l.fs }

func (l local) Stage(name string) string { return tempName(l.at(name)) }

func (l local) Settle(staged, name string, size int64) error {
	final := l.at(name)
	if st, err := l.fs.Stat(final); size >= 0 && err == nil && st.Size() == size {
		// There already, from a run that died before its record: the hash in
		// the name says that it is the same. A name of a damaged part is taken
		// over below only when the size tells; verify finds the rest.
		if err := l.fs.Remove(staged); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove %s: %w", staged, err)
		}
	} else if err := l.fs.Rename(staged, final); err != nil {
		return fmt.Errorf("rename to %s: %w", final, err)
	}
	return l.sync(filepath.Dir(final))
}

func (l local) Fetch(name string) (string, func(), error) { return l.at(name), func() {}, nil }

func (l local) Lock(name string, alone bool) (func(), bool, error) {
	return l.fs.Lock(l.at(name), alone)
}

// writeTemp writes data durably to a fresh temporary file beside `name`.
func writeTemp(f FS, name string, data []byte) (temp string, err error) {
	temp = tempName(name)
	w, err := f.Create(temp)
	if err != nil {
		return "", err
	}
	_, err = w.Write(data)
	if err == nil {
		err = w.Sync()
	}
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = f.Remove(temp)
		return "", err
	}
	return temp, nil
}

// createOnce makes `name` with exactly data, whole or not at all, and durably.
// Where it exists already, it returns what is there and created is false: the
// caller decides whether that is as good. An error with created means that the
// file is there, but might not outlive a loss of power.
func createOnce(f FS, name string, data []byte) (there []byte, created bool, err error) {
	temp, err := writeTemp(f, name, data)
	if err != nil {
		return nil, false, fmt.Errorf("write %s: %w", name, err)
	}
	lerr := f.Link(temp, name)
	_ = f.Remove(temp) // a leftover is swept later
	switch {
	case lerr == nil:
		if err := f.SyncDir(filepath.Dir(name)); err != nil {
			return nil, true, fmt.Errorf("sync folder of %s: %w", name, err)
		}
		return data, true, nil
	case errors.Is(lerr, fs.ErrExist):
		// Whoever made it may have died before syncing the folder.
		if err := f.SyncDir(filepath.Dir(name)); err != nil {
			return nil, false, fmt.Errorf("sync folder of %s: %w", name, err)
		}
		there, err := f.ReadFile(name)
		if err != nil {
			return nil, false, fmt.Errorf("read back %s: %w", name, err)
		}
		return there, false, nil
	default:
		return nil, false, fmt.Errorf("link %s: %w (the output folder must be on a file system with hard links)", name, lerr)
	}
}

// replaceFile gives `name` exactly data by rename: readers see the old or the
// new content, never a mixture.
func replaceFile(f FS, name string, data []byte) error {
	temp, err := writeTemp(f, name, data)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Rename(temp, name); err != nil {
		_ = f.Remove(temp)
		return fmt.Errorf("rename to %s: %w", name, err)
	}
	if err := f.SyncDir(filepath.Dir(name)); err != nil {
		return fmt.Errorf("sync folder of %s: %w", name, err)
	}
	return nil
}
