package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// Reader reads shards. It is safe for several goroutines that read different
// shards at once.
type Reader struct {
	o           Options
	names       *names
	bytes       atomic.Int64
	attachments atomic.Int64

	mu     sync.Mutex
	notes  map[string]Notes
	orders map[string]order // of the dates of files
}

// Notes are what a reader found out about a file, for the log.
type Notes struct {
	Format      Format
	Compression []string // outermost first
	Mapping     Fields   // the names that the fields were found by, in the first record; empty where not found
	Passed      int64    // records that are no articles by their nature: of a WARC, those that hold no page
}

// maxNotes is the most files that notes are kept of: a folder may hold a
// million, and a log is not read beyond that.
const maxNotes = 10_000

// New makes a Reader.
func New(o Options) *Reader {
	o = o.withDefaults()
	return &Reader{o: o, names: newNames(&o), notes: map[string]Notes{}, orders: map[string]order{}}
}

// BytesRead is how much of the shards' bytes, as they lie on disk, has been
// consumed so far. Once a shard is read to its end it is all of Shard.Bytes.
func (r *Reader) BytesRead() int64 { return r.bytes.Load() }

// Attachments is how many parts of e-mail were left because they are no text.
func (r *Reader) Attachments() int64 { return r.attachments.Load() }

// Notes tells what is known of a file that has records with fields, or records
// that were passed over; false for others, before its first record is read, and
// for what comes after some thousand such files.
func (r *Reader) Notes(path string) (Notes, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n, ok := r.notes[path]
	return n, ok
}

// Articles reads a shard in the order of its records. An error of type *Reject
// costs one record, or is the last thing of a stream that is broken; reading
// goes on behind it, and the article with it has only its Origin set. Any
// other error ends the shard, which must then be read anew: the file cannot be
// read, has changed (ErrChanged), or ctx is done.
func (r *Reader) Articles(ctx context.Context, s Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		stopped := false
		x := &run{r: r, o: &r.o, ctx: ctx, shard: s, path: cleanPath(s.Path)}
		x.yield = func(a news.Article, err error) bool {
			stopped = stopped || !yield(a, err)
			return !stopped
		}
		x.finish(x.read())
	}
}

var (
	errStop = errors.New("the consumer stopped") // never seen outside
	errDone = errors.New("the shard is done")    // before its stream's end; never seen outside
)

// run is the reading of one shard.
type run struct {
	r     *Reader
	o     *Options
	ctx   context.Context
	shard Shard
	path  string                         // as news.Origin has it
	yield func(news.Article, error) bool // false from the first time on that the consumer said so

	next   int64 // the record that a fault of the stream costs
	notes  Notes
	mapped bool
	look   *look // what fields there are, when that is asked; else nil
	// evidence is of the order of dates, when that is all that is asked; else nil.
	evidence *evidence
	head     []byte // of a stream
	values   values // of the record being read
}

// article hands a record on; false when the consumer has had enough.
func (x *run) article(rec int64, v *values) bool {
	if f := x.check(v); f != nil {
		return x.rejectf(rec, f)
	}
	a := v.article()
	x.setDate(&a, v.date)
	a.Origin = news.Origin{Path: x.path, Record: rec}
	return x.ctx.Err() == nil && x.yield(a, nil)
}

// check holds a record against the limits on what it became.
func (x *run) check(v *values) *fault {
	if len(v.id) > maxMeta {
		return faultf(ReasonTooLarge, "id of %d bytes, the limit is %d", len(v.id), maxMeta)
	}
	if !v.valid && !utf8.ValidString(v.text) || strings.IndexByte(v.text, 0) >= 0 {
		text, f := decode([]byte(v.text), "utf-8")
		if f != nil {
			return f
		}
		v.text = text
	}
	if f := x.mend(v); f != nil {
		return f
	}
	if len(v.text) > x.o.MaxArticle {
		return tooLong(len(v.text), x.o.MaxArticle)
	}
	return nil
}

// rejectf hands a reject on; false when the consumer has had enough.
func (x *run) rejectf(rec int64, f *fault) bool {
	a := news.Article{Origin: news.Origin{Path: x.path, Record: rec}}
	return x.ctx.Err() == nil && x.yield(a, &Reject{Path: x.path, Record: rec, Reason: f.reason, Detail: f.detail})
}

func (x *run) setMapping(f Fields) {
	x.notes.Mapping, x.mapped = f, true
	x.note()
}

func (x *run) note() {
	x.r.mu.Lock()
	defer x.r.mu.Unlock()
	old, known := x.r.notes[x.shard.Path]
	if !known && len(x.r.notes) >= maxNotes {
		return
	}
	n := x.notes
	n.Passed += old.Passed
	if old.Mapping != (Fields{}) { // another slice of the file was first
		n.Mapping = old.Mapping
	}
	x.r.notes[x.shard.Path] = n
	x.notes.Passed = 0
}

// stem is the id of a file that is one article.
func (x *run) stem() string {
	if x.shard.Path == Stdin {
		return ""
	}
	_, stem, _ := byName(x.path)
	return stem
}

// read reads the shard; io.EOF and nil are its end.
func (x *run) read() error {
	if err := x.ctx.Err(); err != nil {
		return err
	}
	f, in, err := x.open()
	if err != nil {
		return err
	}
	if f != nil {
		defer f.Close()
	}
	raw := &rawReader{ctx: x.ctx, r: in, total: &x.r.bytes}
	err = x.stream(raw, f)
	if r, ok := f.(*remote); ok && r.failed != nil {
		return r.failed
	}
	if x.notes.Passed > 0 {
		x.note()
	}
	if f == nil || err == errStop && x.ctx.Err() == nil {
		return err
	}
	if raw.err == nil && x.ctx.Err() == nil {
		if changed := x.unchanged(f); changed != nil {
			return changed
		}
		if rest := x.shard.Bytes() - raw.n; rest > 0 {
			x.r.bytes.Add(rest)
		}
	}
	return err
}

// open opens the shard's file at its start. f is nil for standard input.
func (x *run) open() (f handle, in io.Reader, err error) {
	s := x.shard
	if s.Path == Stdin {
		in = x.o.Stdin
		if in == nil {
			in = os.Stdin
		}
		if x.o.Dates == (DateFormat{}) { // else nobody asks for evidence, and a live stream need not wait
			in, err = x.openStream(in)
		}
		return nil, in, err
	}
	if IsAddress(s.Path) {
		return x.openObject()
	}
	if !s.Stream {
		// Opening a pipe that took the file's place would wait for ever.
		info, err := os.Stat(s.Path)
		if errors.Is(err, os.ErrNotExist) {
			return nil, nil, fmt.Errorf("it has gone: %w", ErrChanged)
		}
		if err != nil {
			return nil, nil, err
		}
		if !info.Mode().IsRegular() {
			return nil, nil, fmt.Errorf("it is no regular file: %w", ErrChanged)
		}
	}
	disk, err := os.Open(s.Path)
	if err != nil {
		return nil, nil, err
	}
	f = file{disk}
	if s.Stream {
		if in, err = x.openStream(f); err != nil {
			f.Close()
			return nil, nil, err
		}
		return f, in, nil
	}
	if err = x.unchanged(f); err == nil && s.Start > 0 {
		_, err = disk.Seek(s.Start, io.SeekStart)
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	if s.End > 0 {
		return f, io.LimitReader(f, s.End-s.Start), nil
	}
	return f, f, nil
}

// openObject opens the object that the shard is.
func (x *run) openObject() (handle, io.Reader, error) {
	if x.o.Objects == nil {
		return nil, nil, errors.New("addresses are not fetched")
	}
	r := &remote{ctx: x.ctx, in: x.o.Objects, shard: x.shard}
	return r, r, nil
}

// unchanged compares the file with what Discover saw.
func (x *run) unchanged(f handle) error {
	s := x.shard
	if s.Stream || s.ModTime.IsZero() {
		return nil
	}
	size, mod, err := f.now()
	if err != nil {
		return err
	}
	if size != s.Size {
		return fmt.Errorf("%d bytes, found with %d: %w", size, s.Size, ErrChanged)
	}
	if !mod.Equal(s.ModTime) {
		return fmt.Errorf("changed at %s, found with %s: %w", mod.UTC().Format(time.RFC3339Nano), s.ModTime.UTC().Format(time.RFC3339Nano), ErrChanged)
	}
	return nil
}

// opened is a shard's file, ready to be read. One that is read by place has
// file and raw, to count what is read; every other has w.
type opened struct {
	w     *window
	bytes io.Reader    // what w reads, for a reader that needs no window
	gz    *gzipMembers // the gzip layer of w, when that is its only one
	file  handle
	raw   *rawReader
}

// stream unwraps the shard's bytes, tells their format, and reads them.
func (x *run) stream(raw *rawReader, f handle) error {
	limit := x.o.MaxRecord + 1 // a line's newline, or the byte that shows a file to be too large
	if x.shard.Start > 0 {     // its format was told when it was cut
		x.notes.Format = x.shard.Format
		known, _ := x.shard.Format.description()
		return known.read(x, &opened{w: newWindow(raw, limit, windowStart)})
	}
	in, gz, names, err := x.o.decompress(raw, x.shard.Size)
	x.notes.Compression = names
	if err != nil {
		return err
	}
	head, err := in.Peek(sniffLen)
	if len(head) == 0 {
		if err != nil && err != io.EOF {
			return err
		}
		return faultf(ReasonEmpty, "the file holds nothing")
	}
	format, why := x.shard.Format, ""
	if format == Auto {
		format, why = x.o.sniff(head, x.shard.Path)
	}
	x.notes.Format = format
	known, ok := format.description()
	if !ok {
		return faultf(ReasonUnsupported, "%s", why)
	}
	if known.seeks {
		if f == nil || x.shard.Stream || len(names) > 0 {
			return faultf(ReasonUnsupported, "%s are read from a file, neither compressed as a whole nor through a pipe", known.what)
		}
		return known.read(x, &opened{file: f, raw: raw})
	}
	size := windowStart
	if len(names) == 0 && x.shard.Size > 0 { // a folder of small files should not cost a large buffer each
		size = int(min(windowStart, x.shard.Size+1))
	}
	src := io.Reader(in)
	if !known.decodes {
		if src, err = decodeStream(in, head); err != nil {
			return err
		}
	}
	return known.read(x, &opened{w: newWindow(src, limit, size), bytes: src, gz: gz})
}

// finish tells the consumer how the shard ended.
func (x *run) finish(err error) {
	if ctxErr := x.ctx.Err(); ctxErr != nil && (err == errStop || err != nil && errors.Is(err, ctxErr)) {
		x.yield(news.Article{Origin: news.Origin{Path: x.path, Record: x.next}}, ctxErr)
		return
	}
	switch f, ok := asFault(err); {
	case ok:
		x.rejectf(x.next, f)
	case err == nil || err == io.EOF || err == errStop || err == errDone:
	default:
		x.yield(news.Article{Origin: news.Origin{Path: x.path, Record: x.next}}, fmt.Errorf("read %s: %w", x.path, err))
	}
}

// asFault takes a fault out of an error.
func asFault(err error) (f *fault, ok bool) {
	ok = errors.As(err, &f)
	return f, ok
}

// broken reports whether err left the data before it in pieces: it is neither
// the end nor garbage behind the end.
func broken(err error) bool {
	f, ok := asFault(err)
	return err != nil && err != io.EOF && !(ok && f.whole)
}

// cleanPath is a path for tables, logs and terminals: valid UTF-8 without
// control characters.
func cleanPath(path string) string {
	path = strings.ToValidUTF8(path, "\ufffd")
	if strings.IndexFunc(path, isControl) < 0 {
		return path
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return utf8.RuneError
		}
		return r
	}, path)
}
