// Package known holds files of known people: who they are, their names, the
// positions they held and when.
//
// In go a Wikidata dump or a table of one's own (Build); out comes one compact
// file, and from such a file its people one after the other (Read). Nothing
// is kept in memory but one person and, while a dump is read, the labels of
// positions, countries and occupations. Who of them is somebody of a corpus is
// for package people to say.
//
// A file is a line that says what it is, and a gzip stream, whose checksum
// tells of damage: for each person the length of the record and the record, then
// a length of 0 and the number of people.
package known

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Person is somebody who is known.
type Person struct {
	ID        string // such as Q42
	Name      string
	Aliases   []string
	Gender    string // female, male or ""
	Born      int    // year; 0 unknown
	Died      int    // year; 0 alive or unknown
	Sitelinks int    // Wikipedias with a page on them: how well known they are
	Places    []string
	Positions []Position
	// Occupations are what they do, such as politician.
	Occupations []string
}

// Position is an office with its years; 0: not known, or still held.
type Position struct {
	Title    string
	From, To int
}

const header = "whosaid people 1\n"

// Limits of a record, which no person comes near.
const (
	maxRecord = 1 << 16
	maxList   = 64
)

// ErrFormat: a file is not one of known people, or damaged.
var ErrFormat = errors.New("not a file of whosaid people build, or damaged")

//go:embed leaders.people
var leaders []byte

// Leaders are the people that come with the program: heads of state and
// government, and members of the US Congress.
func Leaders() []byte { return leaders }

// Writer writes a file of known people.
type Writer struct {
	zip *gzip.Writer
	buf []byte
	n   uint64
}

// NewWriter begins a file.
func NewWriter(w io.Writer) (*Writer, error) {
	if _, err := io.WriteString(w, header); err != nil {
		return nil, err
	}
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	return &Writer{zip: zip}, err
}

// Write adds a person. What a record cannot hold is left out.
func (w *Writer) Write(p *Person) error {
	b := w.buf[:0]
	str := func(s string) {
		s = s[:min(len(s), 512)]
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	list := func(l []string) {
		l = l[:min(len(l), maxList)]
		b = binary.AppendUvarint(b, uint64(len(l)))
		for _, s := range l {
			str(s)
		}
	}
	str(p.ID)
	str(p.Name)
	list(p.Aliases)
	str(p.Gender)
	for _, n := range []int{p.Born, p.Died, p.Sitelinks} {
		b = binary.AppendVarint(b, int64(n))
	}
	list(p.Places)
	positions := p.Positions[:min(len(p.Positions), maxList)]
	b = binary.AppendUvarint(b, uint64(len(positions)))
	for _, x := range positions {
		str(x.Title)
		b = binary.AppendVarint(binary.AppendVarint(b, int64(x.From)), int64(x.To))
	}
	list(p.Occupations)
	w.buf = b
	if len(b) > maxRecord {
		return nil
	}
	w.n++
	if _, err := w.zip.Write(binary.AppendUvarint(nil, uint64(len(b)))); err != nil {
		return err
	}
	_, err := w.zip.Write(b)
	return err
}

// People is the number of people written.
func (w *Writer) People() int64 { return int64(w.n) }

// Close ends the file; the writer below it stays open.
func (w *Writer) Close() error {
	if _, err := w.zip.Write(binary.AppendUvarint([]byte{0}, w.n)); err != nil {
		return err
	}
	return w.zip.Close()
}

// Read yields the people of a file. Damage is an error, ErrFormat among its
// causes.
func Read(r io.Reader) iter.Seq2[*Person, error] {
	return func(yield func(*Person, error) bool) {
		head := make([]byte, len(header))
		if _, err := io.ReadFull(r, head); err != nil || string(head) != header {
			yield(nil, ErrFormat)
			return
		}
		zip, err := gzip.NewReader(bufio.NewReaderSize(r, 1<<17))
		if err != nil {
			yield(nil, fmt.Errorf("%w: %w", ErrFormat, err))
			return
		}
		in := bufio.NewReaderSize(zip, 1<<17)
		var buf []byte
		for n := uint64(0); ; n++ {
			size, err := binary.ReadUvarint(in)
			if err != nil || size > maxRecord {
				yield(nil, fmt.Errorf("%w: after %d people", ErrFormat, n))
				return
			}
			if size == 0 {
				total, err := binary.ReadUvarint(in)
				if _, rest := in.ReadByte(); err != nil || total != n || rest != io.EOF {
					yield(nil, fmt.Errorf("%w: it does not end after %d people", ErrFormat, n))
				}
				return
			}
			if uint64(cap(buf)) < size {
				buf = make([]byte, maxRecord)
			}
			buf = buf[:size]
			if _, err := io.ReadFull(in, buf); err != nil {
				yield(nil, fmt.Errorf("%w: after %d people", ErrFormat, n))
				return
			}
			p, ok := decode(buf)
			if !ok {
				yield(nil, fmt.Errorf("%w: person %d", ErrFormat, n))
				return
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// decode reads a record.
func decode(b []byte) (*Person, bool) {
	ok := true
	r := bytes.NewReader(b)
	num := func() int {
		n, err := binary.ReadVarint(r)
		ok = ok && err == nil
		return int(n)
	}
	size := func() int {
		n, err := binary.ReadUvarint(r)
		if ok = ok && err == nil && n <= uint64(r.Len()); !ok {
			return 0
		}
		return int(n)
	}
	str := func() string {
		s := make([]byte, size())
		_, err := io.ReadFull(r, s)
		ok = ok && err == nil
		return string(s)
	}
	list := func() (l []string) {
		for range size() {
			l = append(l, str())
		}
		return l
	}
	p := &Person{ID: str(), Name: str(), Aliases: list(), Gender: str(), Born: num(), Died: num(), Sitelinks: num(), Places: list()}
	for range size() {
		p.Positions = append(p.Positions, Position{str(), num(), num()})
	}
	p.Occupations = list()
	return p, ok && r.Len() == 0
}
