package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/bmatcuk/doublestar/v4"
)

// Objects reads what lies at addresses such as s3://bucket/key. An address that
// is not there is fs.ErrNotExist.
type Objects interface {
	// Stat describes one object.
	Stat(ctx context.Context, address string) (Object, error)
	// List describes all objects whose address begins so.
	List(ctx context.Context, prefix string) ([]Object, error)
	// Open reads n bytes from a place on, all to the end when n is negative. What
	// breaks off is taken up again, as long as the object is the same.
	Open(ctx context.Context, address string, from, n int64) (ObjectReader, error)
}

// Object describes an object.
type Object struct {
	Address string
	Size    int64
	ModTime time.Time
	Tag     string // of the content, where the store has one
}

// ObjectReader reads an object, and knows what was read.
type ObjectReader interface {
	io.ReadCloser
	Object() Object
}

// address is the start of an address of an object.
var address = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)

// IsAddress reports whether a path is the address of an object, and no file's.
func IsAddress(path string) bool { return address.MatchString(path) }

// second is what object stores tell of times in all of their answers.
func second(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// objects adds the objects that an address names: one, those below it, or those
// that match it.
func (d *discovery) objects(in string) error {
	if d.o.Objects == nil {
		return errors.New("addresses are not fetched; download it first, or pipe it into whosaid extract -")
	}
	prefix, pattern := in, ""
	if i := strings.IndexAny(in, "*?[{"); i >= 0 {
		prefix, pattern = in[:i], in
		if !doublestar.ValidatePattern(pattern) {
			return errors.New("a bracket or brace is not closed")
		}
	} else if !strings.HasSuffix(in, "/") {
		switch one, err := d.o.Objects.Stat(d.ctx, in); {
		case err == nil:
			d.object(one)
			return nil
		case !errors.Is(err, os.ErrNotExist):
			return err
		}
		prefix += "/"
	}
	all, err := d.o.Objects.List(d.ctx, prefix)
	if err != nil {
		return err
	}
	found := false
	for _, o := range all {
		if pattern != "" {
			if ok, _ := doublestar.Match(pattern, o.Address); !ok || hiddenBelow(o.Address, pattern) {
				continue
			}
			found = true
			d.object(o)
			continue
		}
		found = true
		below := strings.TrimPrefix(o.Address, prefix)
		_, _, known := byName(below)
		switch {
		case strings.HasSuffix(below, "/"): // a folder, as some tools draw them
		case hiddenBelow(below, ""):
			d.skipped(o.Address, "hidden: its name starts with a dot or an underscore")
		case !known:
			d.skipped(o.Address, "unknown extension; name it to read it")
		default:
			d.object(o)
		}
	}
	switch {
	case found || d.o.AllowEmpty:
		return nil
	case pattern != "":
		return errors.New("nothing matches")
	}
	return errors.New("no such object, and none below it")
}

func (d *discovery) object(o Object) {
	d.add(Shard{Path: o.Address, Format: d.o.Format, Size: o.Size, ModTime: second(o.ModTime), Tag: o.Tag})
}

// handle is an open file or object.
type handle interface {
	io.ReadCloser
	io.ReaderAt
	// now is the size and time of change of what is read.
	now() (size int64, mod time.Time, err error)
}

// file is a handle on a file.
type file struct{ *os.File }

func (f file) now() (int64, time.Time, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, time.Time{}, err
	}
	return info.Size(), info.ModTime(), nil
}

// remote is a handle on an object: read from its start as a stream, or at any
// place by ranges, of which the last few are kept.
type remote struct {
	ctx    context.Context
	in     Objects
	shard  Shard
	stream ObjectReader

	mu     sync.Mutex
	object *Object
	blocks []block // the latest used last
	// failed is why a range could not be read: who reads by place may take it for
	// damage of the object.
	failed error
}

// block is a range that was read.
type block struct {
	from int64
	data []byte
}

const (
	// blockSize is how much is read of an object at once at a place: columns of
	// Parquet are read in pages of some 100 KB, one after the other.
	blockSize = 1 << 20
	// maxBlocks are kept: one for each column that is read, and the footer's.
	maxBlocks = 16
)

func (r *remote) Read(p []byte) (int, error) {
	if r.stream == nil {
		s, err := r.open(0, -1)
		if err != nil {
			return 0, err
		}
		r.stream = s
	}
	return r.stream.Read(p)
}

// ReadAt reads from the blocks that cover the range.
func (r *remote) ReadAt(p []byte, off int64) (n int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for n < len(p) {
		at := off + int64(n)
		if at >= r.shard.Size {
			return n, io.EOF
		}
		b, err := r.block(at - at%blockSize)
		if err != nil {
			return n, err
		}
		if int(at%blockSize) >= len(b) {
			return n, io.ErrUnexpectedEOF
		}
		n += copy(p[n:], b[at%blockSize:])
	}
	return n, nil
}

// open opens the object, which must be what was found.
func (r *remote) open(from, n int64) (ObjectReader, error) {
	s, err := r.in.Open(r.ctx, r.shard.Path, from, n)
	if errors.Is(err, os.ErrNotExist) {
		err = fmt.Errorf("it has gone: %w", ErrChanged)
	}
	if err == nil {
		o := s.Object()
		r.object = &o
		if err = (&run{shard: r.shard}).unchanged(r); err != nil {
			s.Close()
		}
	}
	if err != nil {
		r.failed = err
		return nil, err
	}
	return s, nil
}

// block is the block that begins there.
func (r *remote) block(from int64) ([]byte, error) {
	for i, b := range r.blocks {
		if b.from == from {
			r.blocks = append(append(r.blocks[:i], r.blocks[i+1:]...), b)
			return b.data, nil
		}
	}
	s, err := r.open(from, min(blockSize, r.shard.Size-from))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	data, err := io.ReadAll(s)
	if err != nil {
		r.failed = err
		return nil, err
	}
	if len(r.blocks) == maxBlocks {
		r.blocks = append(r.blocks[:0], r.blocks[1:]...)
	}
	r.blocks = append(r.blocks, block{from, data})
	return data, nil
}

func (r *remote) Close() error {
	if r.stream == nil {
		return nil
	}
	return r.stream.Close()
}

// now is what the last answer said; before the first, what was found.
func (r *remote) now() (int64, time.Time, error) {
	if r.object == nil {
		return r.shard.Size, r.shard.ModTime, nil
	}
	return r.object.Size, second(r.object.ModTime), nil
}

// Now is the shard as it is now, for who wants to know before it is read. Of the
// local disk, the caller knows.
func (r *Reader) Now(ctx context.Context, s Shard) (Shard, error) {
	if r.o.Objects == nil {
		return s, fmt.Errorf("%s: addresses are not fetched", s.Path)
	}
	o, err := r.o.Objects.Stat(ctx, s.Path)
	s.Size, s.ModTime, s.Tag = o.Size, second(o.ModTime), o.Tag
	return s, err
}
