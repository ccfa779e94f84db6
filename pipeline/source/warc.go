package source

import (
	"bytes"
	"io"
	"mime"
	"strconv"
	"strings"
)

// warc reads the pages of a web archive (ISO 28500): HTML of response and
// resource records, and the text of conversion records, as in Common Crawl's
// WET files. The id is the target's address. All other records, and responses
// other than 200, are no articles: they are gone over and counted.
//
// Record is the offset of the record in the file where each is a gzip member
// of its own, as the format asks, or where the file is not compressed; else
// the offset in the decompressed stream.
func (x *run) warc(in *opened) error {
	w, gz := in.w, in.gz
	for {
		for w.fill(1) && (w.bytes()[0] == '\r' || w.bytes()[0] == '\n') {
			w.advance(1)
		}
		at := w.off
		if gz != nil {
			if in, ok := gz.start(w.off); ok {
				at = in
			}
		}
		x.next = at
		if len(w.bytes()) == 0 {
			if f, ok := asFault(w.err); ok && gz != nil && !f.whole && f.reason == ReasonDamaged && gz.resync() {
				w.err = nil
				if !x.rejectf(at, f) {
					return errStop
				}
				continue
			}
			return w.err
		}
		f, err := x.warcRecord(w, gz, at)
		if err != nil {
			return err
		}
		if f == nil {
			continue
		}
		if !x.rejectf(at, f) {
			return errStop
		}
		if end, ok := asFault(w.err); ok && end == f && len(w.bytes()) == 0 {
			return errDone // the fault that ended the stream has been told
		}
	}
}

// warcHeader is what is used of a record's header.
type warcHeader struct {
	kind, uri, contentType, truncated string
	length                            int64
}

const maxWARCHeader = 64 << 10 // an address of 8 KiB is long

// warcRecord reads one record and advances over it. A fault is the record's
// own; the window then stands at the next record. An error ends the shard.
func (x *run) warcRecord(w *window, gz *gzipMembers, at int64) (*fault, error) {
	h, n, f := readWARCHeader(w)
	if f != nil {
		f = x.streamOr(w, f)
		resyncWARC(w, gz)
		return f, nil
	}
	wanted := h.kind == "response" || h.kind == "resource" || h.kind == "conversion"
	if h.length > int64(x.o.MaxRecord-n) || !wanted && h.length > windowKeep {
		w.advance(n)
		return x.passWARC(w, gz, h, wanted), nil
	}
	size := n + int(h.length)
	w.fill(size + slackWARC + len("\r\n\r\nWARC/"))
	b := w.bytes()
	size = settleWARC(b, n, size, w.err == io.EOF)
	if f := x.brokenWARC(w, gz, size); f != nil {
		w.advance(f.skip)
		if f.skip == len(b) {
			resyncWARC(w, gz)
		}
		return f.fault, nil
	}
	if !wanted {
		x.notes.Passed++
		w.advance(size)
		return nil, nil
	}
	v, f := x.warcArticle(h, b[n:size])
	ok := true
	if f == nil && v != nil {
		ok = x.article(at, v)
	} else if f == nil {
		x.notes.Passed++
	}
	if !ok {
		return nil, errStop
	}
	w.advance(size)
	return f, nil
}

// slackWARC is how many bytes a Content-Length may be wrong by: some crawlers
// count a line end that they do not write, or write one that they do not count.
const slackWARC = 4

// settleWARC is the size of the record at the start of b, whose header takes n
// bytes: the one it declares, or one a few bytes off where the next record, or
// the end of the file, shows it.
func settleWARC(b []byte, n, size int, ended bool) int {
	if ended && len(b) < size && size-len(b) <= slackWARC {
		return len(b)
	}
	from := max(n, size-slackWARC)
	if from >= len(b) {
		return size
	}
	near := b[from:min(len(b), size+slackWARC+len("\r\n\r\nWARC/"))]
	if tail := bytes.TrimLeft(b[min(size, len(b)):], "\r\n"); len(tail) == 0 || bytes.HasPrefix(tail, []byte("WARC/")) {
		return size
	}
	if i := bytes.Index(near, []byte("\r\n\r\nWARC/")); i >= 0 {
		return from + i
	}
	return size
}

// warcBreak is a fault of a record and how far the next one is, as far as that
// is known.
type warcBreak struct {
	*fault
	skip int
}

// brokenWARC reports what is wrong when the record of size bytes at the
// window's place is not there as a whole, or not followed by another.
func (x *run) brokenWARC(w *window, gz *gzipMembers, size int) *warcBreak {
	b := w.bytes()
	if len(b) >= size {
		tail := bytes.TrimLeft(b[size:], "\r\n")
		clean := w.err == nil || w.err == io.EOF
		if !clean && gz != nil {
			// Damage behind this record's own gzip member does not touch it.
			clean = gz.last >= w.off+int64(size)
		}
		if f, ok := asFault(w.err); ok && f.whole {
			clean = true
		}
		if bytes.HasPrefix(tail, []byte("WARC/")) || len(tail) == 0 && clean {
			return nil
		}
		// An empty line right behind the block: garbage after it is not this
		// record's.
		if len(tail) > 0 && (bytes.HasPrefix(b[size:], []byte("\r\n\r\n")) || bytes.HasPrefix(b[size:], []byte("\n\n"))) {
			return nil
		}
		if len(tail) == 0 {
			f, _ := asFault(w.err)
			if f == nil {
				f = faultf(ReasonTruncated, "the record ends early")
			}
			return &warcBreak{f, len(b)}
		}
	}
	// The length is wrong, or the record is cut: the next one is where a
	// version line stands behind an empty line.
	skip := len(b)
	if i := bytes.Index(b[1:], []byte("\r\n\r\nWARC/1.")); i >= 0 {
		skip = 1 + i + 4
	}
	f := faultf(ReasonBadWARC, "the record does not end where its Content-Length says")
	if len(b) < size && skip == len(b) {
		f = x.streamOr(w, faultf(ReasonTruncated, "the record ends after %d of %d bytes", len(b), size))
	}
	return &warcBreak{f, skip}
}

// streamOr is the stream's fault, where that is why a record is not whole.
func (x *run) streamOr(w *window, f *fault) *fault {
	if s, ok := asFault(w.err); ok && !s.whole {
		return s
	}
	return f
}

// passWARC goes over the block of a record that is too large or of no interest.
func (x *run) passWARC(w *window, gz *gzipMembers, h *warcHeader, wanted bool) *fault {
	done := w.skip(h.length)
	if done < h.length {
		return x.streamOr(w, faultf(ReasonBadWARC, "the record ends after %d of %d bytes", done, h.length))
	}
	w.fill(len("\r\n\r\nWARC/"))
	if tail := bytes.TrimLeft(w.bytes()[:min(9, len(w.bytes()))], "\r\n"); len(tail) > 0 && !bytes.HasPrefix([]byte("WARC/"), tail[:min(5, len(tail))]) {
		resyncWARC(w, gz)
		return faultf(ReasonBadWARC, "the record does not end where its Content-Length says")
	}
	if wanted {
		return faultf(ReasonTooLarge, "record of %d bytes, the limit is %d", h.length, x.o.MaxRecord)
	}
	x.notes.Passed++
	return nil
}

// readWARCHeader reads the version line and the fields behind it.
func readWARCHeader(w *window) (*warcHeader, int, *fault) {
	want := 1024
	for {
		more := w.fill(want)
		b := w.bytes()
		n, gap := headerEnd(b)
		if n < 0 {
			if more && len(b) < maxWARCHeader {
				want = 2 * want
				continue
			}
			return nil, 0, faultf(ReasonBadWARC, "no record header of at most %d KiB", maxWARCHeader>>10)
		}
		if !bytes.HasPrefix(b, []byte("WARC/")) {
			return nil, 0, faultf(ReasonBadWARC, "no version line where a record should start")
		}
		h := &warcHeader{length: -1}
		for i, line := range strings.Split(string(b[:n]), "\n") {
			name, value, ok := strings.Cut(line, ":")
			if i == 0 || !ok {
				continue
			}
			value = strings.TrimSpace(value)
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "warc-type":
				h.kind = strings.ToLower(value)
			case "warc-target-uri":
				h.uri = strings.Trim(value, "<>")
			case "warc-truncated":
				h.truncated = value
			case "content-type":
				h.contentType = value
			case "content-length":
				k, err := strconv.ParseInt(value, 10, 64)
				if err != nil || k < 0 {
					return nil, 0, faultf(ReasonBadWARC, "Content-Length %q", clean(value[:min(len(value), 40)]))
				}
				h.length = k
			}
		}
		if h.length < 0 {
			return nil, 0, faultf(ReasonBadWARC, "no Content-Length")
		}
		return h, n + gap, nil
	}
}

// headerEnd finds the empty line behind a header: the header's bytes, and
// those of the line ends behind it; -1 when it is not there.
func headerEnd(b []byte) (n, gap int) {
	b = b[:min(len(b), maxWARCHeader)] // records are small and many, and what is in memory may be large
	n, gap = bytes.Index(b, []byte("\r\n\r\n")), 4
	if n >= 0 {
		b = b[:n]
	}
	if j := bytes.Index(b, []byte("\n\n")); j >= 0 {
		n, gap = j, 2
	}
	return n, gap
}

// resyncWARC goes to the next version line behind a broken record: the next
// gzip member that has one when the stream broke off, else the next line.
func resyncWARC(w *window, gz *gzipMembers) {
	w.advance(min(1, len(w.bytes())))
	for w.fill(len("\nWARC/1.")) {
		b := w.bytes()
		i := bytes.Index(b, []byte("\nWARC/1."))
		if i >= 0 {
			w.advance(i + 1)
			return
		}
		w.advance(len(b) - len("\nWARC/1.") + 1)
	}
	w.advance(len(w.bytes()))
	if f, ok := asFault(w.err); ok && gz != nil && !f.whole && f.reason == ReasonDamaged && gz.resync() {
		w.err = nil
	}
}

// warcArticle makes an article of a record's block; nil without a fault when
// the record is none.
func (x *run) warcArticle(h *warcHeader, block []byte) (*values, *fault) {
	v := &x.values
	*v = values{id: h.uri, url: h.uri}
	kind, _, _ := mime.ParseMediaType(h.contentType)
	body, contentType := block, h.contentType
	switch {
	case h.kind == "conversion" && kind == "text/plain":
	case h.kind == "resource" && isHTML(kind):
	case h.kind == "response" && strings.HasPrefix(h.contentType, "application/http") && strings.HasPrefix(h.uri, "http"):
		var f *fault
		var ok bool
		body, contentType, ok, f = x.response(block)
		if f != nil || !ok {
			return nil, f
		}
	default:
		return nil, nil
	}
	if h.truncated != "" {
		return nil, faultf(ReasonTruncated, "the crawler cut the page (WARC-Truncated: %s)", clean(h.truncated))
	}
	if h.kind == "conversion" {
		s, f := decode(body, "utf-8")
		v.text = s
		return v, f
	}
	return v, x.page(body, contentType, v)
}

func isHTML(kind string) bool { return kind == "text/html" || kind == "application/xhtml+xml" }

// response takes the page out of an HTTP response; ok is false for a response
// that is no page.
func (x *run) response(block []byte) (body []byte, contentType string, ok bool, f *fault) {
	n, gap := headerEnd(block)
	if n < 0 || !bytes.HasPrefix(block, []byte("HTTP/")) {
		return nil, "", false, faultf(ReasonBadWARC, "no HTTP header in the response")
	}
	lines := strings.Split(string(block[:n]), "\n")
	status := strings.Fields(lines[0])
	if len(status) < 2 {
		return nil, "", false, faultf(ReasonBadWARC, "no HTTP status in the response")
	}
	if status[1] != "200" {
		return nil, "", false, nil
	}
	var transfer, coding string
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "content-type":
			contentType = value
		case "transfer-encoding":
			transfer = strings.ToLower(value)
		case "content-encoding":
			coding = strings.ToLower(value)
		}
	}
	body = block[n+gap:]
	kind, _, _ := strings.Cut(contentType, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	if kind != "" && !isHTML(kind) {
		return nil, "", false, nil
	}
	if body, f = x.unwrapBody(body, transfer, coding); f != nil {
		return nil, "", false, f
	}
	if kind == "" && !looksHTML(&head{text: bytes.TrimLeft(body, " \t\r\n")}) {
		return nil, "", false, nil
	}
	return body, contentType, true, nil
}
