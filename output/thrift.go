package output

import (
	"encoding/binary"
	"errors"
)

// Thrift's compact protocol, as far as needed to know that a structure ends
// where it should. parquet-go makes a list as long as its header says before
// it has seen an element, and one flipped byte of a footer can say two
// thousand million: no recover helps against memory that runs out.

// errThrift is any way in which bytes are not a structure of the protocol.
var errThrift = errors.New("not a whole thrift structure")

// maxDepth is more than any structure of the Parquet format nests.
const maxDepth = 16

// The types of the protocol that are told apart here; all others are varints.
const (
	thriftStop   = 0
	thriftTrue   = 1
	thriftFalse  = 2
	thriftByte   = 3
	thriftDouble = 7
	thriftBinary = 8
	thriftList   = 9
	thriftSet    = 10
	thriftMap    = 11
	thriftStruct = 12
)

// skim is the number of bytes of the structure that b begins with. No length
// or count in it exceeds the bytes that follow, so that decoding it takes
// memory in proportion to b.
func skim(b []byte) (int, error) {
	s := skimmer{b: b}
	s.structure(0)
	if s.bad {
		return 0, errThrift
	}
	return s.at, nil
}

// skimmer walks over b; once bad, it stays where it is.
type skimmer struct {
	b   []byte
	at  int
	bad bool
}

func (s *skimmer) octet() byte {
	if s.bad || s.at >= len(s.b) {
		s.bad = true
		return 0
	}
	s.at++
	return s.b[s.at-1]
}

func (s *skimmer) varint() uint64 {
	if s.bad {
		return 0
	}
	v, n := binary.Uvarint(s.b[s.at:])
	if n <= 0 {
		s.bad = true
		return 0
	}
	s.at += n
	return v
}

// count is a varint that cannot be more than the bytes left.
func (s *skimmer) count() int {
	n := s.varint()
	if n > uint64(len(s.b)-s.at) {
		s.bad = true
		return 0
	}
	return int(n)
}

func (s *skimmer) structure(depth int) {
	for !s.bad {
		head := s.octet()
		if head == thriftStop {
			return
		}
		if head>>4 == 0 { // the field's number stands apart
			s.varint()
		}
		if t := head & 15; t != thriftTrue && t != thriftFalse { // the head holds those values
			s.value(t, depth)
		}
	}
}

func (s *skimmer) value(t byte, depth int) {
	if depth > maxDepth {
		s.bad = true
		return
	}
	switch t {
	case thriftTrue, thriftFalse, thriftByte:
		s.octet()
	case thriftDouble:
		s.skip(8)
	case thriftBinary:
		s.skip(s.count())
	case thriftStruct:
		s.structure(depth + 1)
	case thriftList, thriftSet:
		head := s.octet()
		n := int(head >> 4)
		if n == 15 {
			n = s.count()
		}
		for ; n > 0 && !s.bad; n-- {
			s.value(head&15, depth+1)
		}
	case thriftStop, thriftMap: // Parquet has no maps
		s.bad = true
	default:
		if t > thriftStruct {
			s.bad = true
		}
		s.varint()
	}
}

func (s *skimmer) skip(n int) {
	if n > len(s.b)-s.at {
		s.bad = true
		return
	}
	s.at += n
}
