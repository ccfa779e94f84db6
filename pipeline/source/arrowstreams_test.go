package source

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"
)

// partStreams is what ArrowStreams makes of data, read in pieces of one byte.
func partStreams(t testing.TB, data []byte) (streams [][]byte) {
	t.Helper()
	parts := NewArrowStreams(iotest.OneByteReader(bytes.NewReader(data)))
	for s, ok := parts.Next(); ok; s, ok = parts.Next() {
		b, err := io.ReadAll(s)
		if err != nil {
			t.Fatal(err)
		}
		streams = append(streams, b)
	}
	return streams
}

func TestArrowStreams(t *testing.T) {
	a := arrowOf(t, []string{"Rain fell.", "Snow fell."}, []string{"a", "b"})
	b, none := arrowOf(t, []string{"Hail fell."}, []string{"c"}), arrowOf(t, nil, nil)
	file := append([]byte("ARROW1\x00\x00"), a...)
	for name, c := range map[string]struct{ parts [][]byte }{
		"nothing":              {[][]byte{{}}},
		"one":                  {[][]byte{a}},
		"three":                {[][]byte{a, b, a}},
		"without a row":        {[][]byte{none, none, b}},
		"a cut one is last":    {[][]byte{a, b[:len(b)-11]}},
		"what is none is last": {[][]byte{a, file}},
		"a file reaches on":    {[][]byte{append(bytes.Clone(file), b...)}},
		"compressed":           {[][]byte{gz(string(a))}},
	} {
		got := partStreams(t, bytes.Join(c.parts, nil))
		if len(got) != len(c.parts) {
			t.Errorf("%s: %d streams, want %d", name, len(got), len(c.parts))
			continue
		}
		for i := range got {
			if !bytes.Equal(got[i], c.parts[i]) {
				t.Errorf("%s: stream %d has %d bytes, want %d", name, i, len(got[i]), len(c.parts[i]))
			}
		}
	}
}

// What is left unread of a stream belongs to no other.
func TestArrowStreamsPassesOver(t *testing.T) {
	a, b := arrowOf(t, []string{"Rain fell."}, []string{"a"}), arrowOf(t, []string{"Hail fell."}, []string{"c"})
	parts := NewArrowStreams(bytes.NewReader(append(bytes.Clone(a), b...)))
	first, _ := parts.Next()
	if _, err := io.ReadFull(first, make([]byte, 20)); err != nil {
		t.Fatal(err)
	}
	second, ok := parts.Next()
	if got, err := io.ReadAll(second); !ok || err != nil || !bytes.Equal(got, b) {
		t.Errorf("the second stream has %d bytes, want %d (%v)", len(got), len(b), err)
	}
}

// FuzzArrowStreams: no byte is lost, whatever comes in.
func FuzzArrowStreams(f *testing.F) {
	a := arrowOf(f, []string{"Rain fell."}, []string{"a"})
	for _, data := range [][]byte{nil, a, append(bytes.Clone(a), a...), a[:len(a)/2], []byte("\xff\xff\xff\xff\x08\x00\x00\x00\xff\xff\xff\xff\x7f")} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if got := bytes.Join(partStreams(t, data), nil); !bytes.Equal(got, data) {
			t.Fatalf("%d bytes came out of %d", len(got), len(data))
		}
	})
}
