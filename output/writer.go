package output

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// Writer writes the tables of one part, in the order of the calls. It is not
// safe for concurrent use. After an error only Abort is of use; every later
// call gives the same error.
type Writer interface {
	// Write writes the rows of one article, each to its table.
	Write(Rows) error
	// Reject writes one row of the rejects table.
	Reject(RejectRow) error
	// Close ends every file, syncs it to disk and closes it. It gives one
	// FileInfo a file, in the order of Tables. The files keep the names they
	// were opened under: renaming is the caller's.
	Close() ([]FileInfo, error)
	// Abort closes and removes every file this writer created. After a Close
	// without error it does nothing.
	Abort() error
}

// FileInfo describes a file that was written.
type FileInfo struct {
	Table  Table  `json:"table"`
	Path   string `json:"path"`
	Rows   int64  `json:"rows"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // of the whole file, 64 hex digits
}

// File is an open file to write to.
type File interface {
	io.WriteCloser
	Sync() error
}

// FS creates and removes files; the zero Options use the local disk. Create
// must fail when the name is taken.
type FS interface {
	Create(path string) (File, error)
	Remove(path string) error
}

type disk struct{}

func (disk) Create(path string) (File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (disk) Remove(path string) error { return os.Remove(path) }

// Options tell how files are written. The zero value is usable.
type Options struct {
	// Version is the program's version and ModelHash the hash of the models;
	// both are key-value metadata of Parquet files ("program_version",
	// "model_hash") and left out where empty.
	Version   string
	ModelHash string
	// Excel starts CSV files with a byte-order mark, without which Excel takes
	// them for text of the system's old code page.
	Excel bool
	// RowGroupRows and RowGroupBytes end a Parquet row group, whichever comes
	// first. Zero means 131,072 rows (about what DuckDB reads in one go) and
	// 16 MiB of values before compression (so that the open groups of eight
	// workers stay near 200 MiB together).
	RowGroupRows  int64
	RowGroupBytes int64
	// DictionaryMaxBytes ends dictionary encoding of a Parquet column for the
	// rest of a row group. Zero means 1 MiB: beyond that values hardly repeat.
	DictionaryMaxBytes int64
	// FS is where files are created; nil is the local disk.
	FS FS
}

// encoder turns rows of one table into the bytes of its file.
type encoder[T Row] interface {
	// encode takes the next row, of about so many bytes.
	encode(row *T, bytes int) error
	// finish writes what is still held back.
	finish() error
}

// set is a Writer: one part a table, nil where the table is not wanted.
type set struct {
	articles *part[ArticleRow]
	quotes   *part[QuoteRow]
	mentions *part[MentionRow]
	entities *part[EntityRow]
	rejects  *part[RejectRow]

	open []closer // in the order of Tables
	err  error    // the first error, kept
	done bool
}

// closer is a part whatever its row type.
type closer interface {
	close() (FileInfo, error)
	discard() error
}

// makers make the encoder of each table over a file's bytes.
type makers struct {
	articles func(io.Writer) encoder[ArticleRow]
	quotes   func(io.Writer) encoder[QuoteRow]
	mentions func(io.Writer) encoder[MentionRow]
	entities func(io.Writer) encoder[EntityRow]
	rejects  func(io.Writer) encoder[RejectRow]
}

func openSet(paths map[Table]string, o Options, m makers) (Writer, error) {
	if o.FS == nil {
		o.FS = disk{}
	}
	s := &set{}
	s.articles = openPart(s, Articles, paths, o, m.articles)
	s.quotes = openPart(s, Quotes, paths, o, m.quotes)
	s.mentions = openPart(s, Mentions, paths, o, m.mentions)
	s.entities = openPart(s, Entities, paths, o, m.entities)
	s.rejects = openPart(s, Rejects, paths, o, m.rejects)
	if s.err != nil {
		return nil, errors.Join(s.err, s.Abort())
	}
	return s, nil
}

func (s *set) Write(r Rows) error {
	if s.err != nil {
		return s.err
	}
	s.err = s.articles.write(&r.Article)
	for i := 0; i < len(r.Quotes) && s.err == nil; i++ {
		s.err = s.quotes.write(&r.Quotes[i])
	}
	for i := 0; i < len(r.Mentions) && s.err == nil; i++ {
		s.err = s.mentions.write(&r.Mentions[i])
	}
	for i := 0; i < len(r.Entities) && s.err == nil; i++ {
		s.err = s.entities.write(&r.Entities[i])
	}
	return s.err
}

func (s *set) Reject(r RejectRow) error {
	if s.err == nil {
		s.err = s.rejects.write(&r)
	}
	return s.err
}

func (s *set) Close() ([]FileInfo, error) {
	if s.err != nil {
		return nil, s.err
	}
	infos := make([]FileInfo, 0, len(s.open))
	for _, p := range s.open {
		info, err := p.close()
		if err != nil {
			s.err = err
			return nil, err
		}
		infos = append(infos, info)
	}
	s.done = true
	s.err = errors.New("write output: already closed")
	return infos, nil
}

func (s *set) Abort() error {
	if s.done {
		return nil
	}
	s.done = true
	if s.err == nil {
		s.err = errors.New("write output: aborted")
	}
	var errs []error
	for _, p := range s.open {
		errs = append(errs, p.discard())
	}
	return errors.Join(errs...)
}

// part is one table's file: rows are checked, encoded, buffered, hashed.
type part[T Row] struct {
	table Table
	path  string
	fs    FS
	file  File // nil once closed
	buf   *bufio.Writer
	sum   hash.Hash
	size  int64
	rows  int64
	enc   encoder[T]
	cols  []column[T]
}

// openPart creates the file of table t and hangs the part into s; nil where
// paths has none. An error is left in s.err.
func openPart[T Row](s *set, t Table, paths map[Table]string, o Options, enc func(io.Writer) encoder[T]) *part[T] {
	path, wanted := paths[t]
	if !wanted || s.err != nil {
		return nil
	}
	file, err := o.FS.Create(path)
	if err != nil {
		s.err = fmt.Errorf("create %s: %w", path, err)
		return nil
	}
	p := &part[T]{table: t, path: path, fs: o.FS, file: file, sum: sha256.New(), cols: columnsFor[T]()}
	// 64 KiB a write keeps system calls rare and the hash in long runs.
	p.buf = bufio.NewWriterSize((*tee[T])(p), 64<<10)
	p.enc = enc(p.buf)
	s.open = append(s.open, p)
	return p
}

// tee is the bottom of a part: bytes go to the file, the hash and the count.
type tee[T Row] part[T]

func (p *tee[T]) Write(b []byte) (int, error) {
	n, err := p.file.Write(b)
	p.sum.Write(b[:n])
	p.size += int64(n)
	return n, err
}

func (p *part[T]) write(row *T) error {
	if p == nil {
		return nil
	}
	bytes, bad := measureRow(p.cols, row)
	if bad != "" {
		return fmt.Errorf("write %s: row %d: column %s is not valid UTF-8", p.path, p.rows, bad)
	}
	if err := p.enc.encode(row, bytes); err != nil {
		return fmt.Errorf("write %s: row %d: %w", p.path, p.rows, err)
	}
	p.rows++
	return nil
}

func (p *part[T]) close() (FileInfo, error) {
	err := p.enc.finish()
	if err == nil {
		err = p.buf.Flush()
	}
	if err != nil {
		return FileInfo{}, fmt.Errorf("write %s: %w", p.path, err)
	}
	if err := p.file.Sync(); err != nil {
		return FileInfo{}, fmt.Errorf("sync %s: %w", p.path, err)
	}
	err = p.file.Close()
	p.file = nil
	if err != nil {
		return FileInfo{}, fmt.Errorf("close %s: %w", p.path, err)
	}
	return FileInfo{p.table, p.path, p.rows, p.size, hex.EncodeToString(p.sum.Sum(nil))}, nil
}

func (p *part[T]) discard() error {
	if p.file != nil {
		p.file.Close() // its bytes are about to go: an error here tells nothing
		p.file = nil
	}
	if err := p.fs.Remove(p.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", p.path, err)
	}
	return nil
}
