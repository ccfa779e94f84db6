// Package segments keeps what a step of a link has read, so that the next run
// reads only what is new.
//
// In go items, each with some bytes in every one of a few columns, which a run
// appends to those of the runs before; out come the columns of all runs before
// as if each were one file. Items never change. Beside them a step may keep a
// note: a few numbers that do.
//
// How: a run writes a segment, a file a column. It takes in the segments before
// it as long as they hold no more than it has, so that after n runs there are
// some log n segments, and each item was copied some log n times. All others
// stay as they are, under a second name (step.Output.KeepState).
package segments

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// headName is the part of the state that lists the segments.
const headName = "head"

type head struct {
	Segments []segment       `json:"segments"`
	Note     json.RawMessage `json:"note"`
}

type segment struct {
	First int64            `json:"first"` // number of the first item, which names the files
	Items int64            `json:"items"`
	Bytes map[string]int64 `json:"bytes"` // by column
}

func (s *segment) file(column string) string { return fmt.Sprintf("%s-%d", column, s.First) }

// Store is what the runs before have kept.
type Store struct {
	in     *step.Input
	head   head
	opened []step.State
}

// Open finds what the run before kept, and decodes its note into the value that
// note points to; there is nothing in a first run. The store must be closed.
func Open(in *step.Input, note any) (*Store, error) {
	s := &Store{in: in}
	f, err := in.State(headName)
	if f == nil || err != nil {
		return s, err
	}
	b, err := io.ReadAll(f)
	if err := cmp.Or(err, f.Close()); err != nil {
		return nil, fmt.Errorf("read what the run before kept: %w", err)
	}
	err = json.Unmarshal(b, &s.head)
	if err == nil {
		err = json.Unmarshal(s.head.Note, note)
	}
	if err != nil {
		return nil, fmt.Errorf("read what the run before kept: %w", err)
	}
	return s, nil
}

// Items is the number of items.
func (s *Store) Items() (n int64) {
	for i := range s.head.Segments {
		n += s.head.Segments[i].Items
	}
	return n
}

// Close closes the columns that were opened.
func (s *Store) Close() error {
	var err error
	for _, f := range s.opened {
		err = errors.Join(err, f.Close())
	}
	s.opened = nil
	return err
}

// Column is one column of all items. It is safe for concurrent use.
type Column struct {
	files []step.State
	ends  []int64
}

// Column opens a column.
func (s *Store) Column(name string) (*Column, error) {
	c := &Column{}
	for i := range s.head.Segments {
		g := &s.head.Segments[i]
		f, err := s.in.State(g.file(name))
		if err == nil && f == nil {
			err = errors.New("it is not there")
		}
		if err != nil {
			return nil, fmt.Errorf("read what the run before kept: %s: %w", g.file(name), err)
		}
		s.opened = append(s.opened, f)
		c.files, c.ends = append(c.files, f), append(c.ends, c.Size()+g.Bytes[name])
	}
	return c, nil
}

// Size of the column in bytes.
func (c *Column) Size() int64 {
	if len(c.ends) == 0 {
		return 0
	}
	return c.ends[len(c.ends)-1]
}

// ReadAt reads as io.ReaderAt has it.
func (c *Column) ReadAt(b []byte, at int64) (n int, err error) {
	i, _ := slices.BinarySearch(c.ends, at+1)
	for n < len(b) && i < len(c.files) {
		start := int64(0)
		if i > 0 {
			start = c.ends[i-1]
		}
		most := min(int64(len(b)-n), c.ends[i]-at)
		k, err := c.files[i].ReadAt(b[n:n+int(most)], at-start)
		n, at = n+k, at+int64(k)
		if int64(k) < most {
			return n, cmp.Or(err, io.ErrUnexpectedEOF)
		}
		i++
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// Reader reads the column from a place on.
func (c *Column) Reader(from int64) io.Reader {
	return io.NewSectionReader(c, from, c.Size()-from)
}

// Added is what a run appends to a column.
type Added struct {
	Column string
	Write  func(io.Writer) error
}

// counter counts what is written.
type counter struct {
	io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.Writer.Write(b)
	c.n += int64(n)
	return n, err
}

// Save keeps the items of the runs before, so many behind them, and the note.
func (s *Store) Save(out *step.Output, items int64, note any, added ...Added) error {
	fresh := segment{First: s.Items(), Items: items, Bytes: map[string]int64{}}
	n := len(s.head.Segments) // that stay
	for ; items > 0 && n > 0 && s.head.Segments[n-1].Items <= fresh.Items; n-- {
		fresh.First, fresh.Items = s.head.Segments[n-1].First, fresh.Items+s.head.Segments[n-1].Items
	}
	list, taken := slices.Clone(s.head.Segments[:n]), s.head.Segments[n:]
	for i := range list {
		for _, a := range added {
			if err := out.KeepState(list[i].file(a.Column)); err != nil {
				return err
			}
		}
	}
	if items > 0 {
		for _, a := range added {
			if err := s.write(out, &fresh, taken, a); err != nil {
				return fmt.Errorf("keep %s: %w", a.Column, err)
			}
		}
		list = append(list, fresh)
	}
	b, err := json.Marshal(note)
	if err == nil {
		b, err = json.Marshal(head{Segments: list, Note: b})
	}
	if err != nil {
		return err
	}
	w, err := out.State(headName)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// write writes a column of a segment: what it takes in first.
func (s *Store) write(out *step.Output, fresh *segment, taken []segment, a Added) error {
	w, err := out.State(fresh.file(a.Column))
	if err != nil {
		return err
	}
	for i := range taken {
		f, err := s.in.State(taken[i].file(a.Column))
		if err == nil && f == nil {
			err = errors.New("it is not there")
		}
		if err != nil {
			return err
		}
		n, err := io.Copy(w, f)
		if err := cmp.Or(err, f.Close()); err != nil {
			return err
		}
		if n != taken[i].Bytes[a.Column] {
			return fmt.Errorf("%s has %d bytes, and not %d", taken[i].file(a.Column), n, taken[i].Bytes[a.Column])
		}
		fresh.Bytes[a.Column] += n
	}
	c := &counter{Writer: w}
	err = a.Write(c)
	fresh.Bytes[a.Column] += c.n
	return err
}
