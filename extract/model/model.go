// Package model holds the files that trained weights live in.
//
// What goes in: named sections of raw bytes (weight tables, lists of strings
// and numbers) that a trainer puts together. What comes out: one versioned,
// hashed, compressed file, and from such a file its sections again. It knows
// nothing of what a section means, never trains, never downloads, and reads
// no file system: the English models are embedded (English).
//
// A file is
//
//	magic    8 bytes  "whosaidM"
//	version  uint32   little-endian, as all numbers here
//	size     uint32   bytes of the body once decompressed
//	sha256   32 bytes of the compressed body
//	body     zstd: count uint32, then for each section, sorted by name,
//	         name length uint16, name, data length uint32;
//	         then the data of each, each starting at a multiple of 64
//	         from the start of the body
//
// The hash is checked before anything is decompressed, so that a damaged file
// costs nothing but the check; sizes are bounded all the same, for a file
// whose hash was made to fit. Sections start at cache lines, and Get returns
// slices of the decompressed body, not copies: a weight table can be used
// where it lies.
package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

const (
	magic      = "whosaidM"
	version    = 1
	headerSize = len(magic) + 4 + 4 + sha256.Size

	// MaxSize bounds the decompressed body: several times what all English
	// models hold, and small enough for a hostile file to do no harm.
	MaxSize = 128 << 20

	maxSections = 1 << 10
	maxName     = 1 << 8
	align       = 64 // bytes; a cache line
)

// ErrDamaged is wrapped by every error about the bytes of a model file.
var ErrDamaged = errors.New("model file is damaged or not a model file")

// File is a set of named sections. The zero File is not usable; New and
// Decode make them. A File that is only read is safe for concurrent use.
type File struct {
	sections map[string][]byte
	hash     string // of the encoded file; empty after Put
}

// New returns a file without sections.
func New() *File { return &File{sections: map[string][]byte{}} }

// Put adds a section or replaces it. The data is kept, not copied. Names are
// 1 to 255 bytes.
func (f *File) Put(section string, data []byte) {
	f.sections[section] = data
	f.hash = ""
}

// Get returns the bytes of a section, which the caller must not change.
func (f *File) Get(section string) ([]byte, error) {
	data, ok := f.sections[section]
	if !ok {
		return nil, fmt.Errorf("get section %q: %w: no such section", section, ErrDamaged)
	}
	return data, nil
}

// Sections lists the names of the sections, sorted.
func (f *File) Sections() []string {
	names := make([]string, 0, len(f.sections))
	for name := range f.sections {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Hash is the SHA-256, in hexadecimal, of the file's encoded body: what the
// header of the file holds. Files with the same sections have the same hash.
// It is empty when the file cannot be encoded.
func (f *File) Hash() string {
	if f.hash != "" {
		return f.hash
	}
	encoded, err := f.Encode()
	if err != nil {
		return ""
	}
	sum := encoded[headerSize-sha256.Size : headerSize]
	return hex.EncodeToString(sum)
}

// Encode returns the bytes of the file. The same sections give the same
// bytes.
func (f *File) Encode() ([]byte, error) {
	names := f.Sections()
	if len(names) > maxSections {
		return nil, fmt.Errorf("encode model: %d sections, at most %d", len(names), maxSections)
	}
	body := binary.LittleEndian.AppendUint32(nil, uint32(len(names)))
	total := 4
	for _, name := range names {
		if name == "" || len(name) >= maxName {
			return nil, fmt.Errorf("encode model: section name of %d bytes, want 1 to %d", len(name), maxName-1)
		}
		total = roundUp(total+2+len(name)+4) + len(f.sections[name]) + align
		if total > MaxSize {
			return nil, fmt.Errorf("encode model: more than %d bytes", MaxSize)
		}
		body = binary.LittleEndian.AppendUint16(body, uint16(len(name)))
		body = append(body, name...)
		body = binary.LittleEndian.AppendUint32(body, uint32(len(f.sections[name])))
	}
	for _, name := range names {
		body = append(body, make([]byte, roundUp(len(body))-len(body))...)
		body = append(body, f.sections[name]...)
	}
	// One goroutine: the bytes must not depend on the machine.
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	defer enc.Close()
	out := make([]byte, headerSize, headerSize+len(body)/2)
	out = enc.EncodeAll(body, out)
	copy(out, magic)
	binary.LittleEndian.PutUint32(out[8:], version)
	binary.LittleEndian.PutUint32(out[12:], uint32(len(body)))
	sum := sha256.Sum256(out[headerSize:])
	copy(out[16:], sum[:])
	return out, nil
}

// Decode reads the bytes of a file. It returns an error that wraps ErrDamaged
// for anything but a whole file of this version, and holds at most MaxSize
// bytes while finding out.
func Decode(data []byte) (*File, error) {
	hash, err := headerHash(data)
	if err != nil {
		return nil, err
	}
	compressed := data[headerSize:]
	if sum := sha256.Sum256(compressed); !bytes.Equal(sum[:], data[16:headerSize]) {
		return nil, fmt.Errorf("decode model: %w: the hash of its content does not match", ErrDamaged)
	}
	size := int(binary.LittleEndian.Uint32(data[12:]))
	if size > MaxSize {
		return nil, fmt.Errorf("decode model: %w: %d bytes, at most %d", ErrDamaged, size, MaxSize)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(MaxSize), zstd.WithDecoderMaxWindow(16<<20))
	if err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	defer dec.Close()
	// The declared size is believed only as far as the compressed bytes make
	// it likely; beyond that the buffer grows as data really comes.
	body, err := dec.DecodeAll(compressed, make([]byte, 0, min(size, 64*len(compressed))))
	if err != nil {
		return nil, fmt.Errorf("decode model: %w: %w", ErrDamaged, err)
	}
	if len(body) != size {
		return nil, fmt.Errorf("decode model: %w: %d bytes, header says %d", ErrDamaged, len(body), size)
	}
	f := New()
	if err := f.split(body); err != nil {
		return nil, err
	}
	f.hash = hash
	return f, nil
}

// headerHash checks magic and version and returns the hash in the header,
// in hexadecimal, without looking at the body.
func headerHash(data []byte) (string, error) {
	if len(data) < headerSize || string(data[:len(magic)]) != magic {
		return "", fmt.Errorf("decode model: %w: no model header", ErrDamaged)
	}
	if v := binary.LittleEndian.Uint32(data[8:]); v != version {
		return "", fmt.Errorf("decode model: %w: format version %d, this program reads %d", ErrDamaged, v, version)
	}
	return hex.EncodeToString(data[16:headerSize]), nil
}

// split fills f with the sections of a decompressed body.
func (f *File) split(body []byte) error {
	bad := func(what string) error { return fmt.Errorf("decode model: %w: %s", ErrDamaged, what) }
	r := NewReader(body)
	n := int(r.Uint32())
	if n > maxSections {
		return bad("too many sections")
	}
	names := make([]string, 0, n)
	sizes := make([]int, 0, n)
	for range n {
		name := string(r.Bytes(int(r.Uint16())))
		size := int(r.Uint32())
		if r.Err() != nil {
			return bad("list of sections is cut short")
		}
		if name == "" || len(name) >= maxName || len(names) > 0 && strings.Compare(names[len(names)-1], name) >= 0 {
			return bad("names of sections are empty, too long or out of order")
		}
		names, sizes = append(names, name), append(sizes, size)
	}
	at := len(body) - r.Len()
	for i, name := range names {
		at = roundUp(at)
		if sizes[i] > len(body)-at {
			return bad(fmt.Sprintf("section %q is cut short", name))
		}
		f.sections[name] = body[at : at+sizes[i] : at+sizes[i]]
		at += sizes[i]
	}
	if at != len(body) {
		return bad("bytes left over after the last section")
	}
	return nil
}

func roundUp(n int) int { return (n + align - 1) &^ (align - 1) }
