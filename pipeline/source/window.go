package source

import (
	"bytes"
	"io"
)

// window is the unread part of a stream that is in memory. Readers look at it,
// ask for more of it, and advance over what they have understood, so that going
// back costs nothing. It grows to max bytes.
type window struct {
	src  io.Reader
	buf  []byte
	r, w int   // buf[r:w] is unread
	off  int64 // offset in the stream of buf[r]
	max  int
	err  error // why src gave no more; nil while it may
}

const (
	windowStart = 256 << 10 // large enough to read files in few calls
	windowKeep  = 4 << 20   // a buffer grown beyond this is given back once empty
)

func newWindow(src io.Reader, limit, size int) *window {
	return &window{src: src, buf: make([]byte, max(1, min(size, limit))), max: limit}
}

// bytes is what is unread and in memory; valid until the next fill.
func (w *window) bytes() []byte { return w.buf[w.r:w.w] }

// advance goes over n bytes of bytes.
func (w *window) advance(n int) {
	w.r += n
	w.off += int64(n)
	if w.r == w.w {
		w.r, w.w = 0, 0
		if len(w.buf) > windowKeep {
			w.buf = make([]byte, windowStart)
		}
	}
}

// fill reads until n bytes are unread in memory, and reports whether they are.
// It stops at max and at the end of the stream.
func (w *window) fill(n int) bool {
	full := n <= w.max
	n = min(n, w.max)
	for w.w-w.r < n && w.err == nil {
		if w.w == len(w.buf) {
			w.room()
		}
		w.read()
	}
	return full && w.w-w.r >= n
}

// room makes place behind what is unread. It doubles the buffer only when that
// is full of unread bytes, so that a high limit costs nothing until it is used.
func (w *window) room() {
	buf := w.buf
	if w.r == 0 {
		buf = make([]byte, min(2*len(w.buf), w.max))
	}
	copy(buf, w.buf[w.r:w.w])
	w.buf = buf
	w.w -= w.r
	w.r = 0
}

// read adds what one successful call of the source gives. A source that gives
// nothing and no error a hundred times is broken.
func (w *window) read() {
	for range 100 {
		n, err := w.src.Read(w.buf[w.w:])
		w.w += n
		if err != nil {
			w.err = err
			return
		}
		if n > 0 {
			return
		}
	}
	w.err = io.ErrNoProgress
}

// line is the next line without its newline; n is what to advance over.
// Without a newline before the end it is the rest. A line over max has long
// set, and is only its beginning: skipLine goes over it.
func (w *window) line() (line []byte, n int, long bool) {
	from := 0
	for {
		b := w.bytes()
		if i := bytes.IndexByte(b[from:], '\n'); i >= 0 {
			return b[:from+i], from + i + 1, false
		}
		from = len(b)
		if len(b) >= w.max {
			return b, len(b), true
		}
		if !w.fill(from+1) && w.err != nil {
			return w.bytes(), len(w.bytes()), false
		}
	}
}

// skipLine goes over the rest of a line of any length, and counts its bytes.
func (w *window) skipLine() (n int64) {
	for {
		b := w.bytes()
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			w.advance(i + 1)
			return n + int64(i) + 1
		}
		n += int64(len(b))
		w.advance(len(b))
		if !w.fill(1) {
			return n
		}
	}
}

// skip goes over n bytes, and reports how many there were.
func (w *window) skip(n int64) (done int64) {
	for done < n {
		if len(w.bytes()) == 0 && !w.fill(1) {
			break
		}
		k := int(min(int64(len(w.bytes())), n-done))
		w.advance(k)
		done += int64(k)
	}
	return done
}
