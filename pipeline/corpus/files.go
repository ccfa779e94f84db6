package corpus

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/whosaid/whosaid/pipeline"
)

// tempName is a fresh hidden name in the folder of name.
func tempName(name string) string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"."+hex.EncodeToString(b[:])+".tmp")
}

// isTemp reports whether a base name is one of tempName's.
func isTemp(base string) bool { return strings.HasPrefix(base, ".") && strings.HasSuffix(base, ".tmp") }

// createOnce makes name with exactly data, whole or not at all, and durably;
// where it exists already, it gives what is there.
func createOnce(f pipeline.FS, name string, data []byte) (there []byte, err error) {
	temp := tempName(name)
	w, err := f.Create(temp)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
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
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	lerr := f.Link(temp, name)
	_ = f.Remove(temp) // a leftover goes with its folder
	if lerr != nil && !errors.Is(lerr, fs.ErrExist) {
		return nil, fmt.Errorf("link %s: %w (the output folder must be on a file system with hard links)", name, lerr)
	}
	if err := f.SyncDir(filepath.Dir(name)); err != nil {
		return nil, fmt.Errorf("sync folder of %s: %w", name, err)
	}
	if lerr == nil {
		return data, nil
	}
	if there, err = f.ReadFile(name); err != nil {
		return nil, fmt.Errorf("read back %s: %w", name, err)
	}
	return there, nil
}

// mkdir makes a folder and those above it durably.
func mkdir(f pipeline.FS, dir string) error {
	if st, err := f.Stat(dir); err == nil && st.IsDir() {
		return nil
	}
	if err := f.MkdirAll(dir); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := f.SyncDir(filepath.Dir(dir)); err != nil {
		return fmt.Errorf("sync folder above %s: %w", dir, err)
	}
	return nil
}

// exchange makes two folders change places, or moves the first where there is
// no second, durably.
func exchange(f pipeline.FS, from, to string) error {
	if err := mkdir(f, filepath.Dir(to)); err != nil {
		return err
	}
	_, err := f.Stat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = f.Rename(from, to)
	case err == nil:
		err = f.Exchange(from, to)
	}
	if err != nil {
		return err
	}
	return f.SyncDir(filepath.Dir(to))
}

// removeTree removes a file, or a folder and all below it.
func removeTree(f pipeline.FS, name string) error {
	if st, err := f.Stat(name); err == nil && st.IsDir() {
		entries, err := f.ReadDir(name)
		if err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		for _, e := range entries {
			if err := removeTree(f, filepath.Join(name, e.Name())); err != nil {
				return err
			}
		}
	}
	if err := f.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return nil
}

// sweep removes the temporary files that a stopped run left below a folder.
func sweep(f pipeline.FS, dir string) error {
	entries, err := f.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("remove leftovers: %w", err)
	}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		switch {
		case e.IsDir():
			err = sweep(f, name)
		case isTemp(e.Name()):
			err = f.Remove(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
