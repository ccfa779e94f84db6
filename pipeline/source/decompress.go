package source

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"context"
	"errors"
	"io"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// rawReader counts what is read of a file and remembers why reading it failed,
// so that a failing disk is not mistaken for damaged data. It ends with the
// context's error once that is done.
type rawReader struct {
	ctx   context.Context
	r     io.Reader
	total *atomic.Int64 // of all shards together
	n     int64
	err   error
}

func (r *rawReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		r.err = err
		return 0, err
	}
	n, err := r.r.Read(p)
	r.n += int64(n)
	r.total.Add(int64(n))
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// reached counts up to n bytes, for what is read by other ways.
func (r *rawReader) reached(n int64) {
	if more := n - r.n; more > 0 {
		r.n += more
		r.total.Add(more)
	}
}

const (
	// maxLayers is how many compressions are unwrapped: downloads through a
	// compressing server are sometimes gzip in gzip; more is mischief.
	maxLayers = 2
	// layerBuffer must hold what resync looks at to know a gzip member.
	layerBuffer = 128 << 10
)

// decompress unwraps what raw holds by its magic bytes. gz is the layer when it
// is one of gzip, for WARC, which has a member a record. size is the file's, 0
// when it is not known.
func (o *Options) decompress(raw *rawReader, size int64) (r *bufio.Reader, gz *gzipMembers, names []string, err error) {
	buffer := layerBuffer
	if size > 0 {
		buffer = int(max(sniffLen, min(layerBuffer, size)))
	}
	r = bufio.NewReaderSize(raw, buffer)
	for {
		head, err := r.Peek(24)
		if err != nil && raw.err != nil {
			return nil, nil, names, raw.err
		}
		name := compression(head)
		if name == "" {
			return r, gz, names, nil
		}
		if len(names) == maxLayers {
			return nil, nil, names, faultf(ReasonUnsupported, "more than %d compressions inside each other", maxLayers)
		}
		names = append(names, name)
		var layer io.Reader
		gz = nil
		switch name {
		case "gzip":
			g := &gzipMembers{br: r, raw: raw}
			if len(names) == 1 {
				gz = g
			}
			layer = g
		case "zstd":
			d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
				zstd.WithDecoderMaxWindow(uint64(o.MaxWindow)))
			if err != nil {
				return nil, nil, names, faultf(ReasonDamaged, "zstd: %v", err)
			}
			layer = d
		case "bzip2":
			layer = bzip2.NewReader(r)
		case "xz":
			if dict := xzDict(head); dict > o.MaxWindow {
				return nil, nil, names, faultf(ReasonUnsupported, "xz dictionary of %d MiB, the limit is %d; compress it again with xz -9 or less", dict>>20, o.MaxWindow>>20)
			}
			d, err := xz.NewReader(r)
			if err != nil {
				return nil, nil, names, streamFault(raw, "xz", err)
			}
			layer = d
		}
		r = bufio.NewReaderSize(&guard{r: layer, raw: raw, name: name, ratio: o.MaxRatio, window: o.MaxWindow}, layerBuffer)
	}
}

// compression knows a compressed stream by its magic bytes; "" for none.
func compression(head []byte) string {
	has := func(magic string) bool { return bytes.HasPrefix(head, []byte(magic)) }
	switch {
	case has("\x1f\x8b\x08"):
		return "gzip"
	case has("\x28\xb5\x2f\xfd"):
		return "zstd"
	case len(head) >= 4 && head[0]&0xf0 == 0x50 && string(head[1:4]) == "\x2a\x4d\x18": // skippable frame
		return "zstd"
	case len(head) >= 10 && has("BZh") && (string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17\x72\x45\x38\x50\x90"):
		return "bzip2"
	case has("\xfd7zXZ\x00"):
		return "xz"
	}
	return ""
}

// xzDict is the dictionary size that the first block of an xz stream asks for,
// 0 when head does not show it. The xz format, version 1.2.1, sections 3.1 and
// 5.3.1. The library allocates whatever is asked, up to 4 GiB.
func xzDict(head []byte) int64 {
	const streamHeader = 12
	if len(head) < streamHeader+2 {
		return 0
	}
	b := head[streamHeader:]
	flags := b[1]
	i := 2
	for _, flag := range []byte{0x40, 0x80} { // optional compressed and uncompressed sizes, as varints
		if flags&flag == 0 {
			continue
		}
		for i < len(b) && b[i]&0x80 != 0 {
			i++
		}
		i++
	}
	if i+2 >= len(b) || b[i] != 0x21 || b[i+1] != 1 { // LZMA2 with one byte of properties
		return 0
	}
	bits := int64(b[i+2])
	if bits > 40 {
		return 0
	}
	return (2 | bits&1) << (bits/2 + 11)
}

// guard stops a stream that grows beyond ratio, and turns the errors of
// decoders into faults.
type guard struct {
	r      io.Reader
	raw    *rawReader
	name   string
	ratio  int64
	window int64
	out    int64
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.out += int64(n)
	if g.out > ratioFloor && g.out/g.ratio > g.raw.n {
		return n, faultf(ReasonBomb, "%s grows more than %d times, %d bytes from %d; raise the limit if that is right", g.name, g.ratio, g.out, g.raw.n)
	}
	if err == nil || err == io.EOF {
		return n, err
	}
	if errors.Is(err, zstd.ErrWindowSizeExceeded) {
		return n, faultf(ReasonUnsupported, "zstd window over %d MiB; compress it again without --long or --ultra, or raise the limit", g.window>>20)
	}
	if g.name == "zstd" && errors.Is(err, zstd.ErrMagicMismatch) && g.out > 0 {
		return n, &fault{reason: ReasonDamaged, detail: "garbage behind the end of the zstd data", whole: true}
	}
	return n, streamFault(g.raw, g.name, err)
}

// streamFault tells a failing file from data that ends early from data that is
// wrong.
func streamFault(raw *rawReader, name string, err error) error {
	var f *fault
	switch {
	case raw.err != nil:
		return raw.err
	case errors.As(err, &f):
		return f
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return faultf(ReasonTruncated, "the %s data ends early", name)
	}
	return faultf(ReasonDamaged, "%s: %v", name, err)
}

// gzipMembers reads concatenated gzip members as one stream, and remembers
// where each began. gzip.Reader does the former alone, but not across garbage.
type gzipMembers struct {
	br     *bufio.Reader
	raw    *rawReader
	z      *gzip.Reader
	open   bool // within a member
	out    int64
	starts []memberStart // the members not yet asked for by start
	last   int64         // out at the start of the current member
}

type memberStart struct{ out, in int64 }

func (g *gzipMembers) Read(p []byte) (int, error) {
	for {
		if !g.open {
			if err := g.next(); err != nil {
				return 0, err
			}
		}
		n, err := g.z.Read(p)
		g.out += int64(n)
		if err == io.EOF {
			g.open, err = false, nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// next opens the member at the reader's place; io.EOF when nothing but zero
// bytes follow, which tapes and block devices leave.
func (g *gzipMembers) next() error {
	if g.z != nil {
		for {
			b, err := g.br.Peek(1)
			if err != nil {
				return err
			}
			if b[0] != 0 {
				break
			}
			if _, err := g.br.Discard(1); err != nil {
				return err
			}
		}
		if b, _ := g.br.Peek(3); compression(b) != "gzip" {
			return &fault{reason: ReasonDamaged, detail: "garbage behind the end of the gzip data", whole: true}
		}
	}
	in := g.raw.n - int64(g.br.Buffered())
	if g.z == nil {
		g.z = new(gzip.Reader)
	}
	g.last = g.out
	if err := g.z.Reset(g.br); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	g.z.Multistream(false)
	g.open = true
	g.starts = append(g.starts, memberStart{g.out, in})
	return nil
}

// start is the offset in the file of the member whose first byte is byte out
// of the stream; false when no member starts there. It must be asked in rising
// order.
func (g *gzipMembers) start(out int64) (in int64, ok bool) {
	for len(g.starts) > 0 && g.starts[0].out < out {
		g.starts = g.starts[1:]
	}
	if len(g.starts) > 0 && g.starts[0].out == out {
		return g.starts[0].in, true
	}
	return 0, false
}

// resync goes to the next member that starts with a WARC record, behind damage.
func (g *gzipMembers) resync() bool {
	g.open = false
	for {
		chunk, _ := g.br.Peek(min(layerBuffer/2, g.br.Size()))
		if len(chunk) < 18 { // shorter than an empty member
			return false
		}
		i := bytes.Index(chunk, []byte("\x1f\x8b\x08"))
		if i < 0 {
			i = len(chunk) - 2
		}
		if i > 0 {
			if _, err := g.br.Discard(i); err != nil {
				return false
			}
			continue
		}
		var head [5]byte
		if z, err := gzip.NewReader(bytes.NewReader(chunk)); err == nil {
			if _, err := io.ReadFull(z, head[:]); err == nil && string(head[:]) == "WARC/" {
				return true
			}
		}
		if _, err := g.br.Discard(1); err != nil {
			return false
		}
	}
}
