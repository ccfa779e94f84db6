package source

import (
	"errors"
	"fmt"
)

// The reasons of a reject: a small set, so that rejects can be counted by it.
const (
	ReasonEmpty       = "empty"        // the file holds no byte
	ReasonTooLarge    = "too_large"    // a record, page, text or id over its limit
	ReasonTooComplex  = "too_complex"  // a page of too many or too deeply nested tags, JSON nested too deeply
	ReasonBadEncoding = "bad_encoding" // the text is not text in any charset known here
	ReasonBadJSON     = "bad_json"     // a line or value that is not a JSON object
	ReasonBadCSV      = "bad_csv"      // a record with an unterminated quote or another number of fields than the header
	ReasonBadWARC     = "bad_warc"     // a record whose header, length or HTTP response cannot be read
	ReasonBadHTML     = "bad_html"     // a page that cannot be parsed
	ReasonBadEmail    = "bad_email"    // a message whose header or parts cannot be read
	ReasonBadXML      = "bad_xml"      // an element of a feed or news document that cannot be read
	ReasonNoText      = "no_text"      // no field, column or part of the page holds the text
	ReasonTruncated   = "truncated"    // the input ends within a record or within its compressed data
	ReasonDamaged     = "damaged"      // compressed or Parquet data that does not decode, or garbage behind it
	ReasonBomb        = "bomb"         // compressed data that grows beyond all measure
	ReasonUnsupported = "unsupported"  // a format, compression or window size that is not read
)

// Reasons lists every reason that a Reject can have.
func Reasons() []string {
	return []string{
		ReasonEmpty, ReasonTooLarge, ReasonTooComplex, ReasonBadEncoding, ReasonBadJSON,
		ReasonBadCSV, ReasonBadWARC, ReasonBadHTML, ReasonBadEmail, ReasonBadXML, ReasonNoText, ReasonTruncated,
		ReasonDamaged, ReasonBomb, ReasonUnsupported,
	}
}

// Reject is a record that could not be read as an article. It costs that
// record; the reader goes on behind it. When the stream itself is broken it is
// the last thing of its shard, and Record is the first record that was lost.
type Reject struct {
	Path   string // as in news.Origin
	Record int64  // as in news.Origin
	Reason string // one of Reasons
	Detail string // for people: what was found, where a limit can be raised
}

func (r *Reject) Error() string {
	return fmt.Sprintf("read %s, record %d: %s: %s", r.Path, r.Record, r.Reason, r.Detail)
}

// ErrChanged is the cause when a file is not as Discover found it: it has
// gone, or has another size or time of change. The shard must be planned anew.
var ErrChanged = errors.New("input changed since it was found")

// fault is a reject in the making: what is wrong with a record or a stream,
// before it is known which record that is.
type fault struct {
	reason, detail string
	// whole means that the data before the fault is all there: garbage behind
	// the end of a compressed stream.
	whole bool
}

func (f *fault) Error() string { return f.reason + ": " + f.detail }

func faultf(reason, format string, args ...any) *fault {
	return &fault{reason: reason, detail: fmt.Sprintf(format, args...)}
}
