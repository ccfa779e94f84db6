package model

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Reader takes numbers and strings off the front of a section. The first
// read beyond the end sets Err; every later read returns zeros, so that a
// caller may check once, before it trusts what it has read.
type Reader struct {
	data []byte
	err  error
}

// NewReader returns a Reader over data.
func NewReader(data []byte) *Reader { return &Reader{data: data} }

// Err is the first error of the reads so far; it wraps ErrDamaged.
func (r *Reader) Err() error { return r.err }

// Len is the number of bytes not yet read.
func (r *Reader) Len() int { return len(r.data) }

// Bytes takes n bytes, as a slice of the section. It returns nil beyond the
// end.
func (r *Reader) Bytes(n int) []byte {
	if r.err != nil || n < 0 || n > len(r.data) {
		if r.err == nil {
			r.err = fmt.Errorf("read section: %w: cut short", ErrDamaged)
			r.data = nil
		}
		return nil
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

// Uint16 takes a little-endian uint16.
func (r *Reader) Uint16() uint16 {
	if b := r.Bytes(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

// Uint32 takes a little-endian uint32.
func (r *Reader) Uint32() uint32 {
	if b := r.Bytes(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// Float32 takes a float32 and refuses one that is not finite.
func (r *Reader) Float32() float32 {
	f := math.Float32frombits(r.Uint32())
	if f != f || math.Abs(float64(f)) > math.MaxFloat32 {
		if r.err == nil {
			r.err = fmt.Errorf("read section: %w: a weight is not a finite number", ErrDamaged)
			r.data = nil
		}
		return 0
	}
	return f
}

// End checks that everything was read, and nothing beyond.
func (r *Reader) End() error {
	if r.err == nil && len(r.data) > 0 {
		r.err = fmt.Errorf("read section: %w: %d bytes left over", ErrDamaged, len(r.data))
	}
	return r.err
}

// EncodeStrings makes a section of a list of strings.
func EncodeStrings(list []string) []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(list)))
	for _, s := range list {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(s)))
	}
	for _, s := range list {
		out = append(out, s...)
	}
	return out
}

// DecodeStrings reads a section made by EncodeStrings.
func DecodeStrings(section []byte) ([]string, error) {
	r := NewReader(section)
	n := int(r.Uint32())
	lengths := NewReader(r.Bytes(4 * n))
	if r.Err() != nil {
		return nil, r.Err()
	}
	// One string holds them all: one allocation, not one each.
	all := string(r.Bytes(r.Len()))
	list := make([]string, n)
	for i := range list {
		size := int(lengths.Uint32())
		if size > len(all) {
			return nil, fmt.Errorf("read section: %w: a string is cut short", ErrDamaged)
		}
		list[i], all = all[:size], all[size:]
	}
	if all != "" {
		return nil, fmt.Errorf("read section: %w: %d bytes left over", ErrDamaged, len(all))
	}
	return list, nil
}

// EncodeFloats makes a section of a list of numbers.
func EncodeFloats(list []float32) []byte {
	out := make([]byte, 0, 4+4*len(list))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(list)))
	for _, f := range list {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(f))
	}
	return out
}

// DecodeFloats reads a section made by EncodeFloats; it refuses numbers that
// are not finite.
func DecodeFloats(section []byte) ([]float32, error) {
	r := NewReader(section)
	n := int(r.Uint32())
	if r.Len() != 4*n {
		return nil, fmt.Errorf("read section: %w: %d bytes for %d numbers", ErrDamaged, r.Len(), n)
	}
	list := make([]float32, n)
	for i := range list {
		list[i] = r.Float32()
	}
	return list, r.End()
}

// EncodeUint32s makes a section of a list of numbers.
func EncodeUint32s(list []uint32) []byte {
	out := make([]byte, 0, 4+4*len(list))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(list)))
	for _, v := range list {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

// DecodeUint32s reads a section made by EncodeUint32s.
func DecodeUint32s(section []byte) ([]uint32, error) {
	r := NewReader(section)
	n := int(r.Uint32())
	if r.Len() != 4*n {
		return nil, fmt.Errorf("read section: %w: %d bytes for %d numbers", ErrDamaged, r.Len(), n)
	}
	list := make([]uint32, n)
	for i := range list {
		list[i] = r.Uint32()
	}
	return list, r.End()
}
