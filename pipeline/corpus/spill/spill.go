// Package spill sorts more records than memory holds.
//
// In go records, a key and a value of bytes each; out they come in the order
// of the keys, those of one key in the order in which they came in, whatever
// the memory. It knows nothing of what a record means.
//
// How: records gather in one block of memory with a table of where each
// begins. A full block is sorted and written to a file as a run, while the next
// one fills; at the end the runs are merged. Files have no names once they are
// open where the system allows it, so that a killed process leaves none.
package spill

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
)

// Record is a key and its value. Both are valid until the next record.
type Record struct{ Key, Value []byte }

// Sorter takes records and gives them back sorted. It is not safe for
// concurrent use.
type Sorter struct {
	dir  string
	most int64 // bytes of a block

	block block
	spare block      // to fill while the other is written
	busy  chan error // of the run being written; nil when none is
	runs  []*os.File // in the order in which they were filled
	n     int64      // records
	names []string   // files that could not be unlinked while open
	err   error
}

// block is records one behind the other, and where each begins.
type block struct {
	bytes []byte
	at    []place
}

// place is where a record's key begins, with the first bytes of the key, which
// decide nearly every comparison.
type place struct {
	prefix   uint64
	at       uint32
	key, len uint32 // lengths of key and of key and value
}

const (
	// minBlock is the least a block holds, so that a small limit does not make
	// thousands of runs.
	minBlock = 1 << 20
	// maxBlock keeps offsets within 32 bits.
	maxBlock = 1 << 30
)

// New makes a sorter that takes about so many bytes of memory, and writes its
// files into dir. Close must be called in the end.
func New(dir string, memory int64) *Sorter {
	return &Sorter{dir: dir, most: min(max(memory/2, minBlock), maxBlock)}
}

// Add takes a record. Key and value are copied.
func (s *Sorter) Add(key, value []byte) error {
	if s.err != nil {
		return s.err
	}
	size := len(key) + len(value)
	if size > maxBlock {
		return fmt.Errorf("sort: a record of %d bytes", size)
	}
	if used := int64(len(s.block.bytes) + 20*len(s.block.at)); used+int64(size)+20 > s.most && len(s.block.at) > 0 {
		if s.err = s.spill(); s.err != nil {
			return s.err
		}
	}
	b := &s.block
	b.at = append(b.at, place{prefixOf(key), uint32(len(b.bytes)), uint32(len(key)), uint32(size)})
	b.bytes = append(append(b.bytes, key...), value...)
	s.n++
	return nil
}

// Len is the number of records.
func (s *Sorter) Len() int64 { return s.n }

func prefixOf(key []byte) uint64 {
	if len(key) >= 8 {
		return binary.BigEndian.Uint64(key)
	}
	var b [8]byte
	copy(b[:], key)
	return binary.BigEndian.Uint64(b[:])
}

func (b *block) key(p *place) []byte   { return b.bytes[p.at : p.at+p.key] }
func (b *block) value(p *place) []byte { return b.bytes[p.at+p.key : p.at+p.len] }

// sort brings the places into the order of their keys, and of coming in.
func (b *block) sort() {
	slices.SortFunc(b.at, func(x, y place) int {
		if x.prefix != y.prefix {
			return cmp.Compare(x.prefix, y.prefix)
		}
		if c := bytes.Compare(b.key(&x), b.key(&y)); c != 0 {
			return c
		}
		return cmp.Compare(x.at, y.at)
	})
}

// spill begins to write the block as a run, once the one before is written.
func (s *Sorter) spill() error {
	if err := s.settle(); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.dir, ".sort-*.tmp")
	if err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	if os.Remove(f.Name()) != nil {
		s.names = append(s.names, f.Name())
	}
	s.runs = append(s.runs, f)
	full := s.block
	s.block, s.spare = block{s.spare.bytes[:0], s.spare.at[:0]}, full
	s.busy = make(chan error, 1)
	go func(done chan<- error) { done <- full.write(f) }(s.busy)
	return nil
}

// settle waits for the run that is being written.
func (s *Sorter) settle() error {
	if s.busy == nil {
		return nil
	}
	err := <-s.busy
	s.busy = nil
	return err
}

func (b *block) write(f *os.File) error {
	b.sort()
	w := bufio.NewWriterSize(f, 1<<18)
	var head [8]byte
	for i := range b.at {
		p := &b.at[i]
		binary.LittleEndian.PutUint32(head[:4], p.key)
		binary.LittleEndian.PutUint32(head[4:], p.len)
		w.Write(head[:]) // errors stay with the writer
		w.Write(b.bytes[p.at : p.at+p.len])
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	_, err := f.Seek(0, io.SeekStart)
	return err
}

// Sorted yields all records in order. It can be called once, and nothing can
// be added after.
func (s *Sorter) Sorted() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if s.err == nil {
			s.err = s.settle()
		}
		if s.err != nil {
			yield(Record{}, s.err)
			return
		}
		s.err = errors.New("sort: already read")
		s.block.sort()
		if len(s.runs) == 0 {
			for i := range s.block.at {
				if p := &s.block.at[i]; !yield(Record{s.block.key(p), s.block.value(p)}, nil) {
					return
				}
			}
			return
		}
		s.spare = block{}
		s.merge(yield)
	}
}

// merge yields the records of all runs and of the block that is left.
func (s *Sorter) merge(yield func(Record, error) bool) {
	h := make(heads, 0, len(s.runs)+1)
	for i, f := range s.runs {
		h = append(h, &head{run: i, in: bufio.NewReaderSize(f, 1<<17)})
	}
	h = append(h, &head{run: len(s.runs), block: &s.block})
	live := h[:0]
	for _, x := range h {
		ok, err := x.next()
		if err != nil {
			yield(Record{}, err)
			return
		}
		if ok {
			live = append(live, x)
		}
	}
	h = live
	heap.Init(&h)
	for len(h) > 0 {
		x := h[0]
		if !yield(Record{x.key, x.value}, nil) {
			return
		}
		ok, err := x.next()
		switch {
		case err != nil:
			yield(Record{}, err)
			return
		case ok:
			heap.Fix(&h, 0)
		default:
			heap.Pop(&h)
		}
	}
}

// head is the next record of a run.
type head struct {
	run        int
	in         *bufio.Reader
	block      *block // of the run that never was written
	i          int
	buf        []byte
	prefix     uint64
	key, value []byte
}

func (x *head) next() (bool, error) {
	if x.block != nil {
		if x.i == len(x.block.at) {
			return false, nil
		}
		p := &x.block.at[x.i]
		x.i++
		x.prefix, x.key, x.value = p.prefix, x.block.key(p), x.block.value(p)
		return true, nil
	}
	var lens [8]byte
	if _, err := io.ReadFull(x.in, lens[:]); err == io.EOF {
		return false, nil
	} else if err != nil {
		return false, fmt.Errorf("sort: read back: %w", err)
	}
	k, n := int(binary.LittleEndian.Uint32(lens[:4])), int(binary.LittleEndian.Uint32(lens[4:]))
	if k > n || n > maxBlock {
		return false, errors.New("sort: read back: a record that was not written")
	}
	x.buf = slices.Grow(x.buf[:0], n)[:n]
	if _, err := io.ReadFull(x.in, x.buf); err != nil {
		return false, fmt.Errorf("sort: read back: %w", err)
	}
	x.key, x.value = x.buf[:k], x.buf[k:]
	x.prefix = prefixOf(x.key)
	return true, nil
}

// heads is a heap of runs by their next record.
type heads []*head

func (h heads) Len() int { return len(h) }
func (h heads) Less(i, j int) bool {
	x, y := h[i], h[j]
	if x.prefix != y.prefix {
		return x.prefix < y.prefix
	}
	if c := bytes.Compare(x.key, y.key); c != 0 {
		return c < 0
	}
	return x.run < y.run
}
func (h heads) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *heads) Push(x any)   { *h = append(*h, x.(*head)) }
func (h *heads) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// Close removes the sorter's files.
func (s *Sorter) Close() error {
	err := s.settle()
	for _, f := range s.runs {
		err = errors.Join(err, f.Close())
	}
	for _, name := range s.names {
		err = errors.Join(err, os.Remove(name))
	}
	s.runs, s.names, s.block, s.spare = nil, nil, block{}, block{}
	if s.err == nil {
		s.err = errors.New("sort: closed")
	}
	return err
}
