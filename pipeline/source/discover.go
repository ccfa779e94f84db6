package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
)

// Stdin is the input that stands for standard input.
const Stdin = "-"

// Shard is a piece of the input that is read as one: a file, standard input,
// or a range of whole lines of a large file whose format allows it. Shards partition the
// articles, and are the same whatever the number of workers.
type Shard struct {
	Path   string
	Format Format // Auto: told when it is read
	// Size and ModTime are the file's when it was found. A file that has others
	// when it is read is an error; with a zero ModTime they are not compared.
	Size    int64
	ModTime time.Time
	// Start and End are the bytes of a range of lines, First the 0-based line
	// at Start. All zero: the whole file.
	Start, End, First int64
	Tag               string // of an object's content, where its store has one
	Stream            bool   // standard input or a descriptor: cannot be read twice
}

// Bytes is the size on disk of what the shard covers; 0 for a stream.
func (s Shard) Bytes() int64 {
	switch {
	case s.Stream:
		return 0
	case s.End > 0:
		return s.End - s.Start
	}
	return s.Size
}

// Discover finds the shards of inputs: files, folders with all below them,
// globs, whose ** crosses folders, and "-". They are sorted by path and place, without repeats, however
// the inputs are named.
//
// A file that is named is taken whatever it is called. In folders the files
// with a known extension, or none, are taken, and files behind symbolic links;
// names that start with a dot or an underscore, links to folders, broken and
// looping links, and whatever is neither file nor folder are left out and told
// to Options.Skipped. It is an error when an input is not there, or is a pipe or
// a device other than standard input or a descriptor (/dev/fd/N).
//
// Addresses of objects name one, or all below them, or are globs; nothing is cut
// of them.
//
// Large JSON Lines files that are not compressed are cut into shards, which
// reads them once, at the disk's speed, to count lines.
func Discover(ctx context.Context, inputs []string, o Options) ([]Shard, error) {
	o = o.withDefaults()
	d := discovery{ctx: ctx, o: &o, seen: map[string]bool{}}
	for _, in := range inputs {
		if err := d.input(in); err != nil {
			return nil, fmt.Errorf("find %s: %w", cleanPath(in), err)
		}
	}
	slices.SortFunc(d.shards, func(a, b Shard) int { return cmp.Compare(a.Path, b.Path) })
	var out []Shard
	for _, s := range d.shards {
		if s.Stream || IsAddress(s.Path) || o.SliceSize < 0 || s.Size <= o.SliceSize {
			out = append(out, s)
			continue
		}
		cut, err := d.cut(s)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", cleanPath(s.Path), err)
		}
		out = append(out, cut...)
	}
	return out, nil
}

type discovery struct {
	ctx    context.Context
	o      *Options
	seen   map[string]bool
	shards []Shard
}

func (d *discovery) skipped(path, why string) {
	if d.o.Skipped != nil {
		d.o.Skipped(path, why)
	}
}

// input adds what one argument names.
func (d *discovery) input(in string) error {
	if in == Stdin || in == "/dev/stdin" {
		d.add(Shard{Path: Stdin, Format: d.o.Format, Stream: true})
		return nil
	}
	if IsAddress(in) {
		return d.objects(in)
	}
	info, err := os.Stat(in)
	if errors.Is(err, os.ErrNotExist) && strings.ContainsAny(in, "*?[{") {
		return d.glob(in)
	}
	switch {
	case errors.Is(err, os.ErrNotExist):
		return errors.New("no such file or folder")
	case err != nil:
		return err
	case info.IsDir():
		return d.folder(in)
	case strings.HasPrefix(in, "/dev/fd/"):
		d.add(Shard{Path: in, Format: d.o.Format, Stream: true})
		return nil
	case !info.Mode().IsRegular():
		return errors.New("neither a file nor a folder; send it through a pipe and read -")
	}
	d.file(in, info)
	return nil
}

func (d *discovery) glob(pattern string) error {
	matches, err := doublestar.FilepathGlob(pattern, doublestar.WithNoFollow())
	if err != nil {
		return fmt.Errorf("%w: a bracket or brace is not closed", err)
	}
	matches = slices.DeleteFunc(matches, func(m string) bool { return hiddenBelow(m, pattern) })
	if len(matches) == 0 && !d.o.AllowEmpty {
		return errors.New("nothing matches")
	}
	for _, m := range matches {
		info, err := os.Stat(m)
		switch {
		case err != nil:
			d.skipped(m, "broken or looping link")
		case info.IsDir():
			if err := d.folder(m); err != nil {
				return err
			}
		case info.Mode().IsRegular():
			d.file(m, info)
		default:
			d.skipped(m, "neither a file nor a folder")
		}
	}
	return nil
}

// hiddenBelow reports whether a match goes through a name that starts with a
// dot or an underscore which the pattern does not name: as folders are read.
func hiddenBelow(match, pattern string) bool {
	named := strings.Split(filepath.ToSlash(pattern), "/")
	for part := range strings.SplitSeq(filepath.ToSlash(match), "/") {
		if len(part) > 1 && part != ".." && (part[0] == '.' || part[0] == '_') &&
			!slices.ContainsFunc(named, func(n string) bool { return n != "" && n[0] == part[0] }) {
			return true
		}
	}
	return false
}

// folder adds the files of a folder and of those below it. Links to folders
// are not followed, so that it ends.
func (d *discovery) folder(dir string) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if c := e.Name()[0]; c == '.' || c == '_' {
			d.skipped(path, "hidden: its name starts with a dot or an underscore")
			continue
		}
		if e.IsDir() {
			if err := d.folder(path); err != nil {
				d.skipped(path, err.Error())
			}
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			d.skipped(path, "broken or looping link")
		case info.IsDir():
			d.skipped(path, "link to a folder; name it to read it")
		case !info.Mode().IsRegular():
			d.skipped(path, "neither a file nor a folder")
		default:
			if _, _, ok := byName(path); !ok {
				d.skipped(path, "unknown extension; name it to read it")
				continue
			}
			d.file(path, info)
		}
	}
	return d.ctx.Err()
}

func (d *discovery) file(path string, info os.FileInfo) {
	d.add(Shard{Path: filepath.Clean(path), Format: d.o.Format, Size: info.Size(), ModTime: info.ModTime()})
}

func (d *discovery) add(s Shard) {
	if !d.seen[s.Path] {
		d.seen[s.Path] = true
		d.shards = append(d.shards, s)
	}
}

// cut cuts a shard into ranges of whole lines, if it is JSON Lines and not
// compressed.
func (d *discovery) cut(s Shard) ([]Shard, error) {
	f, err := os.Open(s.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, sniffLen)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, err
	}
	format, ok := d.slices(s, head[:n])
	if !ok {
		return []Shard{s}, nil
	}
	s.Format = format
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	var out []Shard
	start, first, line, pos := int64(0), int64(0), int64(0), int64(0)
	buf := make([]byte, 1<<20)
	for {
		if err := d.ctx.Err(); err != nil {
			return nil, err
		}
		n, err := f.Read(buf)
		b := buf[:n]
		for len(b) > 0 {
			from := max(start+d.o.SliceSize-1-pos, 0) // the first newline from here ends the slice
			i := -1
			if from < int64(len(b)) {
				i = bytes.IndexByte(b[from:], '\n')
			}
			if i < 0 {
				line += int64(bytes.Count(b, []byte{'\n'}))
				pos += int64(len(b))
				break
			}
			k := int(from) + i + 1
			line += int64(bytes.Count(b[:k], []byte{'\n'}))
			pos += int64(k)
			b = b[k:]
			if pos < s.Size {
				out = append(out, slice(s, start, pos, first))
				start, first = pos, line
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if pos != s.Size {
		return nil, ErrChanged
	}
	return append(out, slice(s, start, s.Size, first)), nil
}

func slice(s Shard, start, end, first int64) Shard {
	s.Start, s.End, s.First = start, end, first
	return s
}

// slices reports whether the file of s can be cut, and its format.
func (d *discovery) slices(s Shard, head []byte) (Format, bool) {
	format := s.Format
	if format == Auto {
		format, _ = d.o.sniff(head, s.Path)
	}
	known, _ := format.description()
	if known.slices == nil || compression(head) != "" || utf16Order(head) != notUTF16 {
		return format, false
	}
	return format, known.slices(d.o, bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"))
}
