package people

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// nodeFile holds the nodes of a run, one behind the other, in a file without a
// name where the system allows that.
type nodeFile struct {
	f    *os.File
	w    *bufio.Writer
	name string // of a file that could not be unlinked while open
	n    int32
	buf  []byte
}

func newNodeFile(dir string) (*nodeFile, error) {
	f, err := os.CreateTemp(dir, ".nodes-*.tmp")
	if err != nil {
		return nil, fmt.Errorf("write nodes: %w", err)
	}
	n := &nodeFile{f: f, w: bufio.NewWriterSize(f, 1<<18)}
	if os.Remove(f.Name()) != nil {
		n.name = f.Name()
	}
	return n, nil
}

func (f *nodeFile) add(s *summary, touched bool) error {
	f.buf = s.encode(f.buf[:0])
	var head [5]byte
	binary.LittleEndian.PutUint32(head[:], uint32(len(f.buf)))
	if touched {
		head[4] = 1
	}
	f.w.Write(head[:]) // errors stay with the writer
	if _, err := f.w.Write(f.buf); err != nil {
		return fmt.Errorf("write nodes: %w", err)
	}
	f.n++
	return nil
}

// each visits the nodes in order; raw is what encode made of n. Both are valid
// during the call.
func (f *nodeFile) each(visit func(i int32, touched bool, n *summary, raw []byte) error) error {
	return f.some(func(int32, bool) bool { return true }, visit)
}

// some visits those of the nodes that are wanted.
func (f *nodeFile) some(wanted func(i int32, touched bool) bool, visit func(i int32, touched bool, n *summary, raw []byte) error) error {
	if err := f.w.Flush(); err != nil {
		return fmt.Errorf("write nodes: %w", err)
	}
	r := bufio.NewReaderSize(io.NewSectionReader(f.f, 0, 1<<62), 1<<18)
	var head [5]byte
	var buf []byte
	var s summary
	for i := range f.n {
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return fmt.Errorf("read nodes: %w", err)
		}
		n := int(binary.LittleEndian.Uint32(head[:]))
		touched := head[4] == 1
		if !wanted(i, touched) {
			if _, err := r.Discard(n); err != nil {
				return fmt.Errorf("read nodes: %w", err)
			}
			continue
		}
		if cap(buf) < n {
			buf = make([]byte, n)
		}
		buf = buf[:n]
		if _, err := io.ReadFull(r, buf); err != nil {
			return fmt.Errorf("read nodes: %w", err)
		}
		if err := decodeSummary(buf, &s); err != nil {
			return err
		}
		if err := visit(i, touched, &s, buf); err != nil {
			return err
		}
	}
	return nil
}

func (f *nodeFile) close() error {
	err := f.f.Close()
	if f.name != "" {
		err = errors.Join(err, os.Remove(f.name))
	}
	return err
}

// nodesName is the name of the step's state: counts, and the nodes.
const nodesName = "nodes"

// stateReader reads the nodes of the run before, sorted by name.
type stateReader struct {
	r    *bufio.Reader
	zip  *zstd.Decoder
	c    io.Closer
	next *summary
	end  bool
}

// openState opens what the run before kept, and reads its counts; nil in a
// first run.
func (l *linker) openState() (*stateReader, error) {
	in, err := l.in.State(nodesName)
	if in == nil || err != nil {
		return nil, err
	}
	zip, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read the state of the run before: %w", err), in.Close())
	}
	s := &stateReader{r: bufio.NewReaderSize(zip, 1<<18), zip: zip, c: in}
	if err := l.c.load(s.r); err != nil {
		s.close()
		return nil, fmt.Errorf("read the state of the run before: %w", err)
	}
	return s, nil
}

func (s *stateReader) close() {
	s.zip.Close()
	_ = s.c.Close()
}

// peek is the next node; nil at the end.
func (s *stateReader) peek() (*summary, error) {
	if s.next != nil || s.end {
		return s.next, nil
	}
	n, err := binary.ReadUvarint(s.r)
	if err != nil || n > 1<<24 {
		return nil, fmt.Errorf("read the state of the run before: %w", errors.Join(err, errSummary))
	}
	if n == 0 {
		s.end = true
		return nil, nil
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(s.r, b); err != nil {
		return nil, fmt.Errorf("read the state of the run before: %w", err)
	}
	s.next = new(summary)
	return s.next, decodeSummary(b, s.next)
}

func (s *stateReader) pop() { s.next = nil }
