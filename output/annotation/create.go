package annotation

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Output is a set of documents under way to a format. What it writes appears
// under its name when it is closed, and not before.
type Output struct {
	what    description
	out     string
	one     bool // out is the file, not the folder
	folder  *folder
	encoder encoder
	options Options
	ids     map[string]bool
}

// Create begins the files of format f. out is a folder, which must not exist or
// be empty; for a format of one file, it may be the file, told by its extension.
func Create(f Format, out string, o Options) (*Output, error) {
	d, ok := f.description()
	if !ok || d.create == nil {
		return nil, fmt.Errorf("write %s: format %q cannot be written", out, f)
	}
	w := &Output{what: d, out: filepath.Clean(out), options: o, ids: map[string]bool{}}
	w.one = d.file != "" && slices.Contains(d.extensions, strings.ToLower(filepath.Ext(out)))
	if err := w.free(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(w.out), 0o755); err != nil {
		return nil, fmt.Errorf("write %s: %w", out, err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(w.out), "."+filepath.Base(w.out)+".partial-*")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", out, err)
	}
	w.folder = &folder{dir: tmp, names: namer{}}
	if w.encoder, err = d.create(w.folder, o); err != nil {
		return nil, errors.Join(err, w.Abort())
	}
	return w, nil
}

// free reports whether there is something at out already.
func (w *Output) free() error {
	st, err := os.Stat(w.out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("write %s: %w", w.out, err)
	case !st.IsDir() || w.one:
		return fmt.Errorf("%s is there already; name another, or remove it first", w.out)
	}
	entries, err := os.ReadDir(w.out)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("the folder %s is not empty; name another, or remove it first", w.out)
	}
	return err
}

// Write adds a document; d itself stays as it is.
func (w *Output) Write(d *Document) error {
	d = d.clone()
	if w.ids[d.ID] {
		return fmt.Errorf("write %s: the id %q belongs to two documents; give one of them another", w.out, d.ID)
	}
	w.ids[d.ID] = true
	if err := d.canonical(d.ID, w.options.skip); err != nil {
		return err
	}
	if err := w.encoder.encode(d, newIndex(d.Text)); err != nil {
		return fmt.Errorf("write %s: %s: %w", w.out, d.ID, err)
	}
	return nil
}

// Close finishes the files and puts them in place.
func (w *Output) Close() error {
	if err := w.encoder.close(); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", w.out, err), w.Abort())
	}
	from := w.folder.dir
	if w.one {
		from = filepath.Join(from, w.what.file)
	} else {
		os.Remove(w.out) // an empty folder; some systems do not rename over one
	}
	err := os.Chmod(w.folder.dir, 0o755)
	if err == nil {
		err = os.Rename(from, w.out)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", w.out, err), w.Abort())
	}
	return w.Abort()
}

// Abort removes what is not in place.
func (w *Output) Abort() error {
	if w.folder.open != nil {
		w.folder.open.Close()
	}
	return os.RemoveAll(w.folder.dir)
}

// folder is where the files of an output are made.
type folder struct {
	dir   string
	names namer
	open  *os.File // the one file that stays open
}

// put writes a whole file.
func (f *folder) put(name, content string) error {
	return os.WriteFile(filepath.Join(f.dir, name), []byte(content), 0o644)
}

// stream is a file that documents are added to.
type stream struct {
	*bufio.Writer
	file *os.File
}

func (f *folder) stream(name string) (*stream, error) {
	file, err := os.OpenFile(filepath.Join(f.dir, name), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	f.open = file
	return &stream{bufio.NewWriterSize(file, 1<<16), file}, nil
}

func (s *stream) close() error { return errors.Join(s.Flush(), s.file.Close()) }

// register is documents.jsonl, which tells whose the files of a folder are:
// formats that hold nothing of an article but its text need it.
type register struct{ *stream }

const registerName = "documents.jsonl"

// registered is one line of it.
type registered struct {
	File string `json:"file"` // without extension
	Doc  string `json:"doc"`
	Meta
}

func (r *register) add(file string, d *Document) error {
	b, err := marshal(registered{file, d.ID, d.Meta})
	if err != nil {
		return err
	}
	_, err = r.Write(append(b, '\n'))
	return err
}
