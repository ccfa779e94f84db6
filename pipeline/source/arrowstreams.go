package source

import (
	"bufio"
	"encoding/binary"
	"io"
)

// ArrowStreams parts a reader that holds Arrow IPC streams, one behind the
// other, at their end marks, so that a process can be kept for many of them. It
// looks at no more of a message than its length. What is not such a stream (an
// IPC file, compressed bytes, damage) reaches to the end of the reader.
type ArrowStreams struct {
	r *bufio.Reader
	n int // streams so far
	s *oneStream
}

// NewArrowStreams parts r.
func NewArrowStreams(r io.Reader) *ArrowStreams {
	return &ArrowStreams{r: bufio.NewReaderSize(r, layerBuffer)}
}

// Next gives the next stream, whose bytes stay as they are, and false when there
// is none: the first there is in any case, though it may be empty. What is
// unread of the one before is passed over.
func (a *ArrowStreams) Next() (io.Reader, bool) {
	if a.n > 0 {
		if _, err := io.Copy(io.Discard, a.s); err != nil {
			return nil, false // whoever read the stream met the error too, or comes to it no more
		}
		if _, err := a.r.Peek(1); err != nil {
			return nil, false
		}
	}
	a.n++
	a.s = &oneStream{r: a.r}
	return a.s, true
}

// oneStream reads to the end mark of one stream.
type oneStream struct {
	r      *bufio.Reader
	left   int64 // bytes of the message under way
	ended  bool  // its end mark is in left, or behind us
	opaque bool  // no such stream
}

func (s *oneStream) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if s.left == 0 && !s.opaque {
		if s.ended {
			return 0, io.EOF
		}
		if s.left, s.ended = messageLength(s.r); s.left == 0 {
			s.opaque = true // a damaged one too: its reader says so
		}
	}
	if !s.opaque {
		p = p[:min(int64(len(p)), s.left)]
	}
	n, err := s.r.Read(p)
	if !s.opaque {
		s.left -= int64(n)
	}
	return n, err
}

// maxArrowHead is the most bytes that describe a message; more are not looked at.
const maxArrowHead = 64 << 10

// messageLength is the length of the message that r stands before, with its mark
// and body, and whether it is an end mark; 0 when it is no whole message.
func messageLength(r *bufio.Reader) (n int64, last bool) {
	const frame = 8 // the mark and the length of the description
	b, err := r.Peek(frame)
	if err != nil || string(b[:4]) != arrowStream {
		return 0, false
	}
	head := int(int32(binary.LittleEndian.Uint32(b[4:])))
	if head == 0 {
		return frame, true
	}
	if head < 0 || head > maxArrowHead {
		return 0, false
	}
	if b, err = r.Peek(frame + head); err != nil {
		return 0, false
	}
	body, ok := bodyLength(b[frame:])
	if !ok {
		return 0, false
	}
	return int64(frame+head) + body, false
}

// bodyLength is how many bytes follow a message's description, which is a
// FlatBuffers table (Message.fbs of Arrow): its fourth field.
func bodyLength(b []byte) (n int64, ok bool) {
	u32 := func(at int64) int64 {
		if at < 0 || at+4 > int64(len(b)) {
			return -1
		}
		return int64(binary.LittleEndian.Uint32(b[at:]))
	}
	table := u32(0)
	back := u32(table)
	if table < 0 || back < 0 {
		return 0, false
	}
	fields := table - int64(int32(back)) // where the places of the table's fields are
	const fourth = 4 + 2*3               // behind two lengths and three places
	if fields < 0 || fields+fourth+2 > int64(len(b)) {
		return 0, false
	}
	if int64(binary.LittleEndian.Uint16(b[fields:])) < fourth+2 {
		return 0, true // left out: no body
	}
	place := int64(binary.LittleEndian.Uint16(b[fields+fourth:]))
	if place == 0 {
		return 0, true
	}
	if at := table + place; at+8 <= int64(len(b)) {
		n = int64(binary.LittleEndian.Uint64(b[at:]))
		return n, n >= 0 && n < 1<<40
	}
	return 0, false
}
