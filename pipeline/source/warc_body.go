package source

import (
	"bytes"
	"errors"
	"fmt"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// unwrapBody undoes the transfer and content coding of a body where it still
// has them: most crawlers undo them and leave the header as it was.
func (x *run) unwrapBody(body []byte, transfer, coding string) ([]byte, *fault) {
	var err error
	if transfer == "chunked" && chunked(body) {
		body, err = wholeBody(httputil.NewChunkedReader(bytes.NewReader(body)), x.o.MaxPage)
		if err != nil {
			return nil, bodyFault("chunked", err)
		}
	}
	switch {
	case compression(body) == "gzip":
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, bodyFault("gzip", err)
		}
		if body, err = wholeBody(z, x.o.MaxPage); err != nil {
			return nil, bodyFault("gzip", err)
		}
	case coding == "deflate" && controlShare(body[:min(len(body), 1024)]):
		if len(body) > 2 && body[0]&0x0f == 8 { // a zlib header, as the RFC asks and some servers leave out
			body = body[2:]
		}
		if body, err = wholeBody(flate.NewReader(bytes.NewReader(body)), x.o.MaxPage); err != nil {
			return nil, bodyFault("deflate", err)
		}
	case coding == "br" && brotliBody(body):
		if body, err = wholeBody(brotli.NewReader(bytes.NewReader(body)), x.o.MaxPage); err != nil {
			return nil, bodyFault("brotli", err)
		}
	case coding != "" && coding != "identity" && controlShare(body[:min(len(body), 1024)]):
		return nil, faultf(ReasonUnsupported, "page with Content-Encoding %s", clean(coding))
	}
	return body, nil
}

// brotliBody reports whether a body that is declared so is still compressed:
// crawlers that undo the coding leave text that starts with a tag.
func brotliBody(b []byte) bool {
	return !bytes.HasPrefix(bytes.TrimLeft(b, " \t\r\n\ufeff"), []byte("<"))
}

// chunked reports whether b starts with a chunk's size.
func chunked(b []byte) bool {
	line, _, ok := bytes.Cut(b, []byte("\r\n"))
	size, _, _ := bytes.Cut(line, []byte(";"))
	if !ok || len(size) == 0 || len(size) > 8 {
		return false
	}
	_, err := strconv.ParseUint(strings.TrimSpace(string(size)), 16, 32)
	return err == nil
}

func bodyFault(what string, err error) *fault {
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	return &fault{reason: ReasonDamaged, detail: fmt.Sprintf("%s body: %v", what, err)}
}
