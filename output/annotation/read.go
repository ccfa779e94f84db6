package annotation

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Read visits the documents of files and folders in format f, in order. A
// folder is searched for files with the format's extensions.
func Read(f Format, inputs []string, o Options, visit func(*Document) error) error {
	d, ok := f.description()
	if !ok || d.read == nil {
		return fmt.Errorf("read %s: format %q cannot be read", strings.Join(inputs, ", "), f)
	}
	r := &reader{Options: o, visit: visit, registers: map[string]map[string]registered{}, seen: map[string]string{}}
	for _, in := range inputs {
		files, err := d.find(in)
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := d.read(r, file); err != nil {
				return err
			}
		}
	}
	return nil
}

// find lists the files of an input that the format reads.
func (d *description) find(in string) ([]string, error) {
	st, err := os.Stat(in)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if !st.IsDir() || d.extensions == nil || d.format == Gold && isPolnear(in) {
		return []string{in}, nil
	}
	var files []string
	err = filepath.WalkDir(in, func(path string, e fs.DirEntry, err error) error {
		name := e.Name()
		switch {
		case err != nil:
			return err
		case path != in && strings.HasPrefix(name, "."):
			if e.IsDir() {
				return filepath.SkipDir
			}
		case e.Type().IsRegular() && name != registerName && !slices.Contains(d.beside, name) &&
			slices.Contains(d.extensions, strings.ToLower(filepath.Ext(name))):
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("read %s: no file that ends in %s; is it of another format than %s?", in, strings.Join(d.extensions, " or "), d.format)
	}
	return files, nil
}

// reader is one call of Read.
type reader struct {
	Options
	visit     func(*Document) error
	registers map[string]map[string]registered // documents.jsonl by folder, then by file
	seen      map[string]string                // where each id was read
}

// document hands on a document that was read at where.
func (r *reader) document(where string, d *Document) error {
	if before, ok := r.seen[d.ID]; ok && d.ID != "" {
		return fmt.Errorf("%s: the document %q was %s already; give one of them another id", where, d.ID, before)
	}
	r.seen[d.ID] = where
	if err := d.canonical(where, r.skip); err != nil {
		return err
	}
	return r.visit(d)
}

// choose sets an attribute of a few values, or tells that the value is not one
// of them.
func (r *reader) choose(where string, c choice, a *Attributes, value string) {
	if !c.choose(a, value) {
		r.skip(where, fmt.Sprintf("%s %q, which is not one of %s", c.key, value, strings.Join(c.values, ", ")))
	}
}

// registered is what documents.jsonl, in the folder of a file, says of the
// document: by the file's name, else by one of the names that the file itself
// gives it. Where it says nothing, the first of those, else the file's name,
// stands for the id.
func (r *reader) registered(path string, names ...string) (registered, error) {
	dir := filepath.Dir(path)
	known, ok := r.registers[dir]
	if !ok {
		known = map[string]registered{}
		file := filepath.Join(dir, registerName)
		if _, err := os.Stat(file); err == nil {
			err := eachLine(file, func(where string, line []byte) error {
				var one registered
				if err := unmarshal(line, &one); err != nil {
					return fmt.Errorf("read %s: %w", where, err)
				}
				known[one.File] = one
				if _, ok := known[one.Doc]; !ok {
					known[one.Doc] = one
				}
				return nil
			})
			if err != nil {
				return registered{}, err
			}
		}
		r.registers[dir] = known
	}
	stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	for _, name := range append([]string{stem}, names...) {
		if one, ok := known[name]; ok && one.Doc != "" {
			return one, nil
		}
	}
	for _, name := range names {
		if name != "" {
			return registered{Doc: name}, nil
		}
	}
	return registered{Doc: stem}, nil
}

// load reads a whole file of at most limit bytes.
func load(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("read %s: %w", path, tooLarge(limit))
	}
	return b, nil
}

// eachLine visits the lines of a file that are not blank; where is FILE:LINE.
func eachLine(path string, visit func(where string, line []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer f.Close()
	b := bufio.NewReaderSize(f, 1<<16)
	for n := 1; ; n++ {
		where := fmt.Sprintf("%s:%d", path, n)
		var line []byte
		piece, more := []byte(nil), true
		for err = nil; more && err == nil; {
			piece, err = b.ReadSlice('\n')
			more = errors.Is(err, bufio.ErrBufferFull)
			if line = append(line, piece...); more {
				err = nil
			}
			if len(line) > maxFile {
				return fmt.Errorf("read %s: %w", where, tooLarge(maxFile))
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read %s: %w", where, err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(bytes.TrimSpace(line)) > 0 {
			if err := visit(where, line); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// unmarshal is json.Unmarshal with errors that tell where in the object.
func unmarshal(b []byte, v any) error {
	err := json.Unmarshal(b, v)
	var typed *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &typed):
		return fmt.Errorf("%s: %s where %s is wanted", orRoot(typed.Field), typed.Value, typed.Type)
	case errors.As(err, &syntax):
		return fmt.Errorf("byte %d: %w", syntax.Offset, err)
	}
	return err
}

func orRoot(field string) string {
	if field == "" {
		return "the whole"
	}
	return field
}
