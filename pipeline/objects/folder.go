package objects

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"gocloud.dev/blob"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
)

// Folder is a pipeline.Folder of the objects below an address. Files are staged
// on the local disk, and put when they are whole: an object is there as a whole or
// not at all. Nothing is locked: what is swept at the end is in nobody's way.
type Folder struct {
	s       *Stores
	ctx     context.Context // of the run
	b       *blob.Bucket
	address string
	prefix  string // of keys; ends with a slash, or is empty
	temp    string // folder for staging
}

// Folder opens the folder at an address for as long as ctx lives. Close removes
// what is staged.
func (s *Stores) Folder(ctx context.Context, address string) (*Folder, error) {
	address = strings.TrimRight(address, "/")
	b, key, err := s.open(ctx, address)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(address, ":") {
		return nil, fmt.Errorf("%s names no bucket", address)
	}
	f := &Folder{s: s, ctx: ctx, b: b, address: address, prefix: key}
	if key != "" {
		f.prefix += "/"
	}
	if f.temp, err = os.MkdirTemp("", "whosaid-"); err != nil {
		return nil, fmt.Errorf("make a folder to stage files in: %w", err)
	}
	return f, nil
}

// Close removes what is staged.
func (f *Folder) Close() error { return os.RemoveAll(f.temp) }

func (f *Folder) key(name string) string { return f.prefix + name }

func (f *Folder) at(name string) string { return f.address + "/" + name }

// Name is the folder's address.
func (f *Folder) Name() string { return f.address }

// ReadFile reads a whole object.
func (f *Folder) ReadFile(name string) (data []byte, err error) {
	r, err := f.s.Open(f.ctx, f.at(name), 0, -1)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// Size is an object's size.
func (f *Folder) Size(name string) (int64, error) {
	o, err := f.s.Stat(f.ctx, f.at(name))
	return o.Size, err
}

// List tells what lies below, as far as the store knows by now.
func (f *Folder) List(dir string) (list []pipeline.Entry, err error) {
	prefix := f.prefix
	if dir != "" {
		prefix = f.key(dir) + "/"
	}
	page := blob.FirstPageToken
	for page != nil {
		err := f.s.try(f.ctx, "list "+f.at(dir), func(ctx context.Context) error {
			objects, next, err := f.b.ListPage(ctx, page, 1000, &blob.ListOptions{Prefix: prefix, Delimiter: "/"})
			if err != nil {
				return err
			}
			for _, o := range objects {
				if name := strings.TrimSuffix(strings.TrimPrefix(o.Key, prefix), "/"); name != "" {
					list = append(list, pipeline.Entry{Name: name, Dir: o.IsDir})
				}
			}
			page = next
			return nil
		})
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// put writes an object, in one step. With once, only where there is none. The
// context of a try is too short for a large body: what stands still is ended by
// the body's own progress.
func (f *Folder) put(name string, body io.ReadSeeker, size int64, once bool) error {
	ctx, cancel := context.WithTimeout(f.ctx, f.s.o.Idle+time.Duration(size/slowest)*time.Second)
	defer cancel()
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return f.b.Upload(ctx, f.key(name), body, &blob.WriterOptions{IfNotExist: once, ContentType: "application/octet-stream"})
}

// slowest is how many bytes a second go up at least.
const slowest = 256 << 10

// Once puts an object where there is none. When the outcome of a put is not
// known, what is there tells it.
func (f *Folder) Once(name string, data []byte) (there []byte, created bool, err error) {
	pause := f.s.o.Pause
	for n := 1; ; n++ {
		err := f.put(name, bytes.NewReader(data), int64(len(data)), true)
		switch {
		case err == nil:
			return data, true, nil
		case f.ctx.Err() != nil:
			return nil, false, context.Cause(f.ctx)
		case exists(err): // another's, or ours, whose answer was lost
			there, err := f.ReadFile(name)
			return there, false, err
		case !passing(err) || n == f.s.o.Tries:
			return nil, false, f.s.clean(fmt.Errorf("write %s: %w", f.at(name), absent(err)))
		}
		if there, err := f.ReadFile(name); err == nil {
			return there, false, nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, false, err
		}
		if err := wait(f.ctx, pause); err != nil {
			return nil, false, err
		}
		pause = min(2*pause, longestPause)
	}
}

// Replace puts an object, whatever is there.
func (f *Folder) Replace(name string, data []byte) error {
	return f.s.try(f.ctx, "write "+f.at(name), func(context.Context) error {
		return f.put(name, bytes.NewReader(data), int64(len(data)), false)
	})
}

// Remove removes an object.
func (f *Folder) Remove(name string) error {
	return f.s.try(f.ctx, "remove "+f.at(name), func(ctx context.Context) error { return f.b.Delete(ctx, f.key(name)) })
}

// Mkdir has nothing to do: there are no folders.
func (f *Folder) Mkdir(string) error { return nil }

// Sync has nothing to do: what is there is durable.
func (f *Folder) Sync(string) error { return nil }

// Stage is a path in the folder for staging.
func (f *Folder) Stage(name string) string {
	return filepath.Join(f.temp, fmt.Sprintf("%s.%d", strings.ReplaceAll(name, "/", "-"), time.Now().UnixNano()))
}

// Staging is the local disk.
func (f *Folder) Staging() output.FS { return pipeline.OS{} }

// Settle puts a staged file under its name. The same is there already when
// another process was faster, or the answer to our own put was lost.
func (f *Folder) Settle(staged, name string, size int64) error {
	body, err := os.Open(staged)
	if err != nil {
		return err
	}
	defer body.Close()
	st, err := body.Stat()
	if err != nil {
		return err
	}
	once := size >= 0
	err = f.s.try(f.ctx, "write "+f.at(name), func(context.Context) error {
		err := f.put(name, body, st.Size(), once)
		if !exists(err) {
			return err
		}
		there, serr := f.Size(name)
		if serr == nil && there == size {
			return nil
		}
		once = false // damaged, or gone: put again
		return f.put(name, body, st.Size(), false)
	})
	if err != nil {
		return err
	}
	return os.Remove(staged)
}

// Fetch copies an object to the local disk until release.
func (f *Folder) Fetch(name string) (local string, release func(), err error) {
	r, err := f.s.Open(f.ctx, f.at(name), 0, -1)
	if err != nil {
		return "", nil, err
	}
	defer r.Close()
	local = f.Stage("fetched-" + path.Base(name))
	w, err := os.Create(local)
	if err != nil {
		return "", nil, err
	}
	_, err = io.Copy(w, r)
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(local)
		return "", nil, err
	}
	return local, func() { _ = os.Remove(local) }, nil
}

// Lock locks nothing.
func (f *Folder) Lock(string, bool) (func(), bool, error) { return func() {}, true, nil }
