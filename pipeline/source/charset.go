package source

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

type byteOrder uint8

const (
	notUTF16 byteOrder = iota
	littleEndian
	bigEndian
)

// utf16Order tells UTF-16 by its byte-order mark, or by every other byte being
// NUL, as in text that is mostly Latin.
func utf16Order(head []byte) byteOrder {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return littleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return bigEndian
	}
	head = head[:min(len(head), 1024)&^1]
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs < 4:
		return notUTF16
	case nul[1]*10 > pairs*7 && nul[0]*10 < pairs:
		return littleEndian
	case nul[0]*10 > pairs*7 && nul[1]*10 < pairs:
		return bigEndian
	}
	return notUTF16
}

func utf16Encoding(o byteOrder) encoding.Encoding {
	if o == bigEndian {
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
}

// decodeStream decodes UTF-16 and drops a UTF-8 byte-order mark, so that lines
// can be found. Other charsets are left to the records: none of those in use
// has a line end or a quote among its other bytes.
func decodeStream(r io.Reader, head []byte) (io.Reader, error) {
	if order := utf16Order(head); order != notUTF16 {
		return utf16Encoding(order).NewDecoder().Reader(r), nil
	}
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		_, err := io.CopyN(io.Discard, r, 3)
		return r, err
	}
	return r, nil
}

// tooMany reports whether n damaged bytes of size are more than a text can
// have and still be worth reading: over three, and over one in a hundred.
func tooMany(n, size int) bool { return n > 3 && n*100 > size }

// controlShare reports whether b holds more control characters than text does.
func controlShare(b []byte) bool {
	n := 0
	for _, c := range b {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f {
			n++
		}
	}
	return tooMany(n, len(b))
}

// decode makes valid UTF-8 of b. What is UTF-8 already stays as it is, whatever
// was declared. Otherwise the declared charset counts, then what the bytes look
// like, then Windows-1252, of which Latin-1 is a part.
func decode(b []byte, declared string) (string, *fault) {
	if order := utf16Order(b); order != notUTF16 {
		s, err := utf16Encoding(order).NewDecoder().Bytes(b)
		if err != nil {
			return "", faultf(ReasonBadEncoding, "UTF-16: %v", err)
		}
		return checked(strings.TrimPrefix(string(s), "\ufeff"), 0)
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if utf8.Valid(b) {
		return checked(string(b), 0)
	}
	good, bad := countUTF8(b)
	if good > bad {
		return checked(strings.ToValidUTF8(string(b), "\ufffd"), bad)
	}
	enc := legacy(b, declared)
	s, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", faultf(ReasonBadEncoding, "neither UTF-8 nor a known charset: %v", err)
	}
	text := strings.ToValidUTF8(string(s), "\ufffd")
	return checked(text, strings.Count(text, "\ufffd"))
}

// checked replaces NUL, and rejects a text with too many damaged characters or
// too many control characters, which is none.
func checked(s string, bad int) (string, *fault) {
	if n := strings.Count(s, "\x00"); n > 0 {
		bad += n
		s = strings.ReplaceAll(s, "\x00", "\ufffd")
	}
	if tooMany(bad, len(s)) {
		return "", faultf(ReasonBadEncoding, "%d of %d bytes are not text", bad, len(s))
	}
	n := 0
	for i := range len(s) {
		if c := s[i]; c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			n++
		}
	}
	if tooMany(n, len(s)) {
		return "", faultf(ReasonBadEncoding, "%d of %d bytes are control characters", n, len(s))
	}
	return s, nil
}

// countUTF8 counts the characters of b that only UTF-8 can be meant by, and the
// bytes that cannot be UTF-8.
func countUTF8(b []byte) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		b = b[n:]
	}
	return good, bad
}

// legacy picks the charset of b, which is not UTF-8.
func legacy(b []byte, declared string) encoding.Encoding {
	if declared != "" {
		if e, name := charset.Lookup(declared); e != nil && name != "utf-8" && name != "replacement" && !strings.HasPrefix(name, "utf-16") {
			return e
		}
	}
	// Letters with accents are few in a Western text; where high bytes are
	// many, it is another script and worth guessing.
	sample := b[:min(len(b), 64<<10)]
	high := 0
	for _, c := range sample {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	if len(sample) >= 64 && high*7 > len(sample) {
		if r, err := chardet.NewTextDetector().DetectBest(sample); err == nil && r.Confidence >= 30 {
			if e, name := charset.Lookup(r.Charset); e != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
				return e
			}
		}
	}
	return charmap.Windows1252
}

// clean makes a title, name or address of s: one line, without control
// characters and terminal sequences, at most maxMeta bytes.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	plain := true
	for _, r := range s {
		if isControl(r) {
			plain = false
			break
		}
	}
	if !plain {
		s = dropControls(s)
	}
	s = strings.TrimSpace(s)
	if len(s) > maxMeta {
		cut := maxMeta
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	return s
}

// isControl reports the C0 and C1 controls and the line and paragraph
// separators; bidirectional and zero-width characters are not among them.
func isControl(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029'
}

func dropControls(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	rs := []rune(s)
	for i := 0; i < len(rs); i++ {
		r := rs[i]
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			out.WriteByte(' ')
		case r == 0x1b && i+1 < len(rs) && rs[i+1] == '[': // a terminal sequence: up to its final byte
			j := i + 2
			for j < len(rs) && rs[j] >= 0x20 && rs[j] < 0x40 {
				j++
			}
			i = min(j, len(rs)-1)
		case isControl(r):
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
