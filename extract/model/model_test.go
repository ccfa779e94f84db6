package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sample(t testing.TB) []byte {
	t.Helper()
	f := New()
	f.Put("words", EncodeStrings([]string{"said", "", "told", "naïve"}))
	f.Put("numbers", EncodeFloats([]float32{0, -1.5, 3}))
	f.Put("empty", nil)
	table := Quantise([]float32{1, -2, 0.5, 0, 2, 4}, 2, 3, 0)
	f.Put("table", table.Encode())
	data, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRoundTrip(t *testing.T) {
	data := sample(t)
	f, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"empty", "numbers", "table", "words"}, f.Sections()); diff != "" {
		t.Error(diff)
	}
	section := func(name string) []byte {
		b, err := f.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	words, err := DecodeStrings(section("words"))
	if diff := cmp.Diff([]string{"said", "", "told", "naïve"}, words); diff != "" || err != nil {
		t.Error(diff, err)
	}
	numbers, err := DecodeFloats(section("numbers"))
	if diff := cmp.Diff([]float32{0, -1.5, 3}, numbers); diff != "" || err != nil {
		t.Error(diff, err)
	}
	table, err := DecodeTable(section("table"), 3)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]int8, len(table.Cells))
	for i, c := range table.Cells {
		got[i] = int8(c)
	}
	if diff := cmp.Diff([]int8{32, -64, 16, 0, 64, 127}, got); diff != "" {
		t.Error(diff)
	}
	if len(section("empty")) != 0 {
		t.Error("empty section is not empty")
	}
	if _, err := f.Get("none"); err == nil {
		t.Error("a section that is not there was found")
	}
	if _, err := DecodeTable(section("table"), 4); !errors.Is(err, ErrDamaged) {
		t.Error("wrong number of columns accepted:", err)
	}
}

func TestSameBytes(t *testing.T) {
	a, b := sample(t), sample(t)
	if !bytes.Equal(a, b) {
		t.Error("same sections, other bytes")
	}
	f, err := Decode(a)
	if err != nil {
		t.Fatal(err)
	}
	again, err := f.Encode()
	if err != nil || !bytes.Equal(a, again) {
		t.Error("decoded and encoded again gives other bytes", err)
	}
	hash := f.Hash()
	f.Put("words", EncodeStrings([]string{"said"}))
	if len(hash) != 64 || f.Hash() == hash {
		t.Errorf("hash %q did not change with the content", hash)
	}
}

func TestDamage(t *testing.T) {
	data := sample(t)
	for i := range data {
		bad := bytes.Clone(data)
		bad[i] ^= 1 << (i % 8)
		if i >= 12 && i < 16 {
			continue // the size is not hashed; TestResealed covers it
		}
		if _, err := Decode(bad); !errors.Is(err, ErrDamaged) {
			t.Errorf("flipped bit in byte %d of %d: error %v", i, len(data), err)
		}
		if _, err := Decode(data[:i]); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: error %v", i, err)
		}
	}
	if _, err := Decode(append(bytes.Clone(data), 0)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte more: error %v", err)
	}
}

// A file with a fitting hash may still lie about everything else.
func TestResealed(t *testing.T) {
	for _, size := range []uint32{0, 1, MaxSize, math.MaxUint32} {
		bad := sample(t)
		binary.LittleEndian.PutUint32(bad[12:], size)
		if _, err := Decode(bad); !errors.Is(err, ErrDamaged) {
			t.Errorf("size %d accepted: %v", size, err)
		}
	}
}

func TestNotFinite(t *testing.T) {
	for _, bad := range []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
		if _, err := DecodeFloats(EncodeFloats([]float32{1, bad})); !errors.Is(err, ErrDamaged) {
			t.Errorf("%v accepted: %v", bad, err)
		}
	}
}

func TestEnglish(t *testing.T) {
	if _, err := English("nothing"); err == nil {
		t.Error("a model that is not there was found")
	}
	if hash, err := Embedded().Hash(); err != nil || len(hash) != 64 {
		t.Errorf("hash %q, error %v", hash, err)
	}
}

func FuzzDecode(f *testing.F) {
	data := sample(f)
	f.Add(data, false)
	f.Add(data[:len(data)/2], false)
	f.Add(data[headerSize:], true)
	f.Fuzz(func(t *testing.T, data []byte, seal bool) {
		if seal { // give the bytes a fitting header, to get past the hash
			sum := sha256.Sum256(data)
			header := append([]byte(magic), 1, 0, 0, 0, 0, 1, 0, 0)
			data = slices.Concat(header, sum[:], data)
		}
		file, err := Decode(data)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("error does not say that the file is damaged: %v", err)
			}
			return
		}
		for _, name := range file.Sections() {
			b, err := file.Get(name)
			if err != nil {
				t.Fatal(err)
			}
			DecodeStrings(b)
			DecodeFloats(b)
			DecodeUint32s(b)
			DecodeTable(b, 3)
		}
	})
}

// FuzzSections feeds the section readers bytes that no file held.
func FuzzSections(f *testing.F) {
	f.Add(EncodeStrings([]string{"a", "bc"}))
	f.Add(EncodeFloats([]float32{1, 2}))
	table := Quantise([]float32{1, 2, 3}, 1, 3, 0)
	f.Add(table.Encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		if list, err := DecodeStrings(b); err == nil && !bytes.Equal(EncodeStrings(list), b) {
			t.Error("strings do not round-trip")
		}
		if list, err := DecodeUint32s(b); err == nil && !bytes.Equal(EncodeUint32s(list), b) {
			t.Error("numbers do not round-trip")
		}
		DecodeFloats(b)
		if table, err := DecodeTable(b, 3); err == nil && len(table.Cells) != table.Rows*3 {
			t.Error("table of the wrong size")
		}
	})
}
