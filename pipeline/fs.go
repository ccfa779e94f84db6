package pipeline

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/whosaid/whosaid/output"
)

// FS is the part of a file system that commits need. OS is the real one; tests
// hand in others that fail, lie or crash at a chosen call. Every call names its
// operation and path, so a fault can be aimed at one step.
type FS interface {
	// Create makes a new file for writing and fails where one exists.
	Create(name string) (output.File, error)
	ReadFile(name string) ([]byte, error)
	Open(name string) (io.ReadCloser, error)
	Stat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	MkdirAll(name string) error
	Rename(from, to string) error
	// Exchange makes two existing folders change places.
	Exchange(a, b string) error
	// Link makes `to` another name of `from` and fails with fs.ErrExist where
	// `to` exists.
	Link(from, to string) error
	Remove(name string) error
	// SyncDir makes the names in a folder durable.
	SyncDir(name string) error
	// Lock takes a lock on an existing file for the life of the process or
	// until the returned function is called. Shared locks go together; an
	// exclusive one only alone. It does not wait: ok is false where another
	// process is in the way.
	Lock(name string, exclusive bool) (unlock func(), ok bool, err error)
}

// OS is the real file system.
type OS struct{}

// Create makes a new file, readable by all as far as the umask allows.
func (OS) Create(name string) (output.File, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// ReadFile reads a whole file.
func (OS) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

// Open opens a file for reading.
func (OS) Open(name string) (io.ReadCloser, error) { return os.Open(name) }

// Stat describes a file.
func (OS) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// ReadDir lists a folder in order of names.
func (OS) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// MkdirAll makes a folder and those above it.
func (OS) MkdirAll(name string) error { return os.MkdirAll(name, 0o777) }

// Rename moves a file, replacing what bears the new name.
func (OS) Rename(from, to string) error { return os.Rename(from, to) }

// exchangeInSteps makes two folders change places where no single call does:
// for a moment b is not there.
func exchangeInSteps(a, b string) error {
	aside := tempName(a)
	if err := os.Rename(b, aside); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		return err
	}
	return os.Rename(aside, a)
}

// Link makes a second name, as link(2) does.
func (OS) Link(from, to string) error { return os.Link(from, to) }

// Remove removes a file or an empty folder.
func (OS) Remove(name string) error { return os.Remove(name) }

// SyncDir flushes a folder's entries to disk.
func (OS) SyncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	err = d.Sync()
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// tempName is a fresh hidden name in the folder of `name`; the sweep knows it
// by its first and last characters.
func tempName(name string) string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"."+hex.EncodeToString(b[:])+".tmp")
}

// isTemp reports whether a base name is one of tempName's.
func isTemp(base string) bool {
	return len(base) > 5 && base[0] == '.' && base[len(base)-4:] == ".tmp"
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
