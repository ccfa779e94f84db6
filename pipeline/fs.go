package pipeline

import (
	"crypto/rand"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/whosaid/whosaid/output"
)

// FS is the part of a file system that a local folder's commits need. OS is the
// real one; tests hand in others that fail, lie or crash at a chosen call. Every
// call names its operation and path, so a fault can be aimed at one step.
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
