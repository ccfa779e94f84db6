package source

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// This file reads one JSON value and touches only the fields that an article
// needs: everything else is checked and gone over, but never built. It differs
// from encoding/json in two points: control characters inside strings are
// taken, because exports hold raw tabs, and numbers stay as they are written,
// so that an id above 2^53 is exact.

// maxDepth is the deepest nesting of a JSON value, as in encoding/json.
const maxDepth = 10_000

var (
	errJSON      = errors.New("not valid JSON")
	errJSONEnd   = errors.New("the value ends early")
	errJSONDepth = errors.New("nested too deeply")
)

// scanner walks over the bytes of a JSON value.
type scanner struct {
	b []byte
	i int
}

func (s *scanner) space() {
	for s.i < len(s.b) {
		switch s.b[s.i] {
		case ' ', '\t', '\r', '\n':
			s.i++
		default:
			return
		}
	}
}

// str goes over a string and gives what stands between its quotes. It looks for
// the next quote and the next backslash, each once: text is searched some ten
// times faster than byte by byte, and a million escapes with no quote among them
// do not make it search to the end a million times.
func (s *scanner) str() (raw []byte, err error) {
	s.i++
	start, quote := s.i, -1
	for {
		if quote < s.i { // none found yet, or an escape took it
			j := bytes.IndexByte(s.b[s.i:], '"')
			if j < 0 {
				return nil, errJSONEnd
			}
			quote = s.i + j
		}
		k := bytes.IndexByte(s.b[s.i:quote], '\\')
		if k < 0 {
			s.i = quote + 1
			return s.b[start:quote], nil
		}
		s.i += k
		for s.at('\\') { // escapes often follow each other closely: \n\n, \"…\"
			if err := s.escape(); err != nil {
				return nil, err
			}
		}
	}
}

// escape goes over a backslash and what it escapes.
func (s *scanner) escape() error {
	s.i++
	if s.i >= len(s.b) {
		return errJSONEnd
	}
	switch s.b[s.i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.i++
		return nil
	case 'u':
		if len(s.b)-s.i < 5 {
			return errJSONEnd
		}
		for _, c := range s.b[s.i+1 : s.i+5] {
			if unhex(c) < 0 {
				return errJSON
			}
		}
		s.i += 5
		return nil
	default:
		return errJSON
	}
}

func unhex(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// value goes over one value of any kind and gives its bytes.
func (s *scanner) value(depth int) (raw []byte, err error) {
	s.space()
	if s.i >= len(s.b) {
		return nil, errJSONEnd
	}
	start := s.i
	switch c := s.b[s.i]; {
	case c == '"':
		_, err = s.str()
	case c == '{':
		err = s.object(depth, nil)
	case c == '[':
		err = s.array(depth, nil)
	case c == '-' || c >= '0' && c <= '9':
		err = s.number()
	case c == 't':
		err = s.literal("true")
	case c == 'f':
		err = s.literal("false")
	case c == 'n':
		err = s.literal("null")
	default:
		err = errJSON
	}
	return s.b[start:s.i], err
}

func (s *scanner) literal(word string) error {
	if len(s.b)-s.i < len(word) {
		return errJSONEnd
	}
	if string(s.b[s.i:s.i+len(word)]) != word {
		return errJSON
	}
	s.i += len(word)
	return nil
}

func (s *scanner) digits() bool {
	start := s.i
	for s.i < len(s.b) && s.b[s.i] >= '0' && s.b[s.i] <= '9' {
		s.i++
	}
	return s.i > start
}

func (s *scanner) at(c byte) bool { return s.i < len(s.b) && s.b[s.i] == c }

func (s *scanner) number() error {
	if s.at('-') {
		s.i++
	}
	if s.at('0') {
		s.i++
	} else if !s.digits() {
		return errJSON
	}
	if s.at('.') {
		s.i++
		if !s.digits() {
			return errJSON
		}
	}
	if s.at('e') || s.at('E') {
		s.i++
		if s.at('+') || s.at('-') {
			s.i++
		}
		if !s.digits() {
			return errJSON
		}
	}
	return nil
}

// object goes over an object, and gives each member's key, as it is written,
// and value to visit unless that is nil.
func (s *scanner) object(depth int, visit func(key, raw []byte)) error {
	if depth >= maxDepth {
		return errJSONDepth
	}
	s.i++
	s.space()
	if s.at('}') {
		s.i++
		return nil
	}
	for {
		s.space()
		if s.i >= len(s.b) {
			return errJSONEnd
		}
		if s.b[s.i] != '"' {
			return errJSON
		}
		key, err := s.str()
		if err != nil {
			return err
		}
		s.space()
		if !s.at(':') {
			return s.missing()
		}
		s.i++
		raw, err := s.value(depth + 1)
		if err != nil {
			return err
		}
		if visit != nil {
			visit(key, raw)
		}
		if done, err := s.next('}'); done || err != nil {
			return err
		}
	}
}

// array goes over an array, and gives each element to visit unless that is nil.
func (s *scanner) array(depth int, visit func(raw []byte)) error {
	if depth >= maxDepth {
		return errJSONDepth
	}
	s.i++
	s.space()
	if s.at(']') {
		s.i++
		return nil
	}
	for {
		raw, err := s.value(depth + 1)
		if err != nil {
			return err
		}
		if visit != nil {
			visit(raw)
		}
		if done, err := s.next(']'); done || err != nil {
			return err
		}
	}
}

// next goes over the comma, or the bracket that closes.
func (s *scanner) next(closing byte) (done bool, err error) {
	s.space()
	if s.at(closing) {
		s.i++
		return true, nil
	}
	if !s.at(',') {
		return false, s.missing()
	}
	s.i++
	return false, nil
}

func (s *scanner) missing() error {
	if s.i >= len(s.b) {
		return errJSONEnd
	}
	return errJSON
}

// unquote resolves the escapes of what str gave. A surrogate without its other
// half becomes U+FFFD.
func unquote(raw []byte) string {
	k := bytes.IndexByte(raw, '\\')
	if k < 0 {
		return string(raw)
	}
	var out strings.Builder
	out.Grow(len(raw))
	for k >= 0 {
		out.Write(raw[:k])
		raw = raw[k+1:]
		switch c := raw[0]; c {
		case 'b':
			out.WriteByte('\b')
		case 'f':
			out.WriteByte('\f')
		case 'n':
			out.WriteByte('\n')
		case 'r':
			out.WriteByte('\r')
		case 't':
			out.WriteByte('\t')
		case 'u':
			r := hex4(raw[1:])
			raw = raw[4:]
			if utf16.IsSurrogate(r) {
				low := rune(utf8.RuneError)
				if len(raw) >= 7 && raw[1] == '\\' && raw[2] == 'u' {
					low = hex4(raw[3:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					raw = raw[6:]
				}
			}
			out.WriteRune(r)
		default:
			out.WriteByte(c)
		}
		raw = raw[1:]
		k = bytes.IndexByte(raw, '\\')
	}
	out.Write(raw)
	return out.String()
}

func hex4(b []byte) rune {
	return unhex(b[0])<<12 | unhex(b[1])<<8 | unhex(b[2])<<4 | unhex(b[3])
}

// jsonFault says what is wrong with a value and where.
func jsonFault(s *scanner, err error) *fault {
	reason := ReasonBadJSON
	if err == errJSONDepth {
		reason = ReasonTooComplex
	}
	return faultf(reason, "%v, at byte %s of the record", err, strconv.Itoa(s.i))
}
