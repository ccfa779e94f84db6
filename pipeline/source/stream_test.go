package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/whosaid/whosaid/extract/news"
)

// TestTruncated cuts compressed JSON Lines at many places: what came before is
// kept, and the cut is told once.
func TestTruncated(t *testing.T) {
	const n = 2000
	text := lines(n)
	for name, data := range map[string][]byte{"gz": gz(text), "zst": zst(text), "xz": xzip(text)} {
		t.Run(name, func(t *testing.T) {
			last := 0
			for _, cut := range []int{len(data) / 3, len(data) / 2, len(data) - 40, len(data) - 1} {
				got := readAll(t, Options{Format: JSONL}, write(t, "a."+name, data[:cut]))
				if got.err != nil || len(got.rejects) != 1 || got.rejects[0].Reason != ReasonTruncated {
					t.Fatalf("cut at %d of %d: %d articles, %v, %v", cut, len(data), len(got.articles), got.rejects, got.err)
				}
				if got.rejects[0].Record != int64(len(got.articles)) || len(got.articles) < last {
					t.Errorf("cut at %d: reject %v behind %d articles", cut, got.rejects[0], len(got.articles))
				}
				last = len(got.articles)
				for i, a := range got.articles {
					if a.ID != fmt.Sprint(i) {
						t.Fatalf("article %d is %s", i, a.ID)
					}
				}
			}
			if name == "gz" && last != n {
				t.Errorf("only %d articles before the last byte", last)
			}
		})
	}
}

// TestFlipped damages compressed data: never a panic, never an article that
// was not there, and the damage is told.
func TestFlipped(t *testing.T) {
	text := lines(500)
	for name, data := range map[string][]byte{"gz": gz(text), "zst": zst(text), "xz": xzip(text)} {
		for at := 20; at < len(data); at += len(data)/40 + 1 {
			b := bytes.Clone(data)
			b[at] ^= 0x10
			got := readAll(t, Options{Format: JSONL}, write(t, "a."+name, b))
			if got.err != nil || len(got.rejects) == 0 {
				t.Errorf("%s, byte %d: %d articles, %v, %v", name, at, len(got.articles), got.rejects, got.err)
			}
		}
	}
}

// zeros is an endless stream of one byte.
type zeros byte

func (z zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(z)
	}
	return len(p), nil
}

// peak runs f and gives the most bytes of heap that were in use meanwhile.
func peak(f func()) uint64 {
	runtime.GC()
	stop, done := make(chan bool), make(chan uint64)
	go func() {
		var most uint64
		for {
			select {
			case <-stop:
				done <- most
				return
			case <-time.After(2 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
		}
	}()
	f()
	close(stop)
	return <-done
}

// TestBombs reads streams that grow a thousand times and more.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 1 GiB through compressors")
	}
	const size = 600 << 20
	var g, z, lined bytes.Buffer
	gw := gzip.NewWriter(&g)
	_, _ = io.CopyN(gw, zeros(' '), size)
	_ = gw.Close()
	zw, _ := zstd.NewWriter(&z)
	_, _ = io.CopyN(zw, zeros(' '), size)
	_ = zw.Close()
	lw, _ := zstd.NewWriter(&lined)
	for range 100 {
		_, _ = lw.Write([]byte(`{"text":"`))
		_, _ = io.CopyN(lw, zeros('a'), 4<<20)
		_, _ = lw.Write([]byte("\"}\n"))
	}
	_ = lw.Close()
	for _, c := range []struct {
		name   string
		data   []byte
		format Format
		want   string
	}{
		{"gzip as lines", g.Bytes(), JSONL, ReasonBomb},
		{"zstd as lines", z.Bytes(), JSONL, ReasonBomb},
		{"zstd of lines", lined.Bytes(), JSONL, ReasonBomb},
		{"zstd as text", z.Bytes(), Text, ReasonTooLarge},
		{"zstd as CSV", z.Bytes(), CSV, ReasonBadCSV},
		{"zstd as a page", z.Bytes(), HTML, ReasonTooLarge},
		{"zstd as WARC", z.Bytes(), WARC, ReasonBomb},
		{"zstd as e-mail", z.Bytes(), Email, ReasonTooLarge},
		{"lines as an export", []byte("1 of 2 DOCUMENTS\nLENGTH: 1 words\n" + strings.Repeat("\n", 31<<20)), Export, ReasonUnsupported},
		{"lines as an RTF export", []byte("{\\rtf1 1 of 2 DOCUMENTS\\par LENGTH: 1 words\\par " + strings.Repeat("\\line x", 4<<20) + "}"), RTF, ReasonTooLarge},
		{"zstd in gzip", gz(z.String()), JSONL, ReasonBomb},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "a", c.data)
			var got outcome
			start := time.Now()
			most := peak(func() { got = readAll(t, Options{Format: c.format}, path) })
			if got.err != nil || len(got.rejects) == 0 || got.rejects[len(got.rejects)-1].Reason != c.want {
				t.Errorf("got %d articles, %v, %v", len(got.articles), got.rejects, got.err)
			}
			kept := uint64(0)
			for _, a := range got.articles {
				kept += uint64(len(a.Body))
			}
			t.Logf("%d bytes, peak %d MiB (%d of it articles), %v", len(c.data), most>>20, kept>>20, time.Since(start))
			if most-min(most, kept) > 250<<20 {
				t.Errorf("peak of %d MiB", most>>20)
			}
		})
	}
}

// TestChanged changes, replaces and removes a file between finding and reading.
func TestChanged(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"gone":     os.Remove,
		"longer":   func(p string) error { return os.WriteFile(p, []byte(lines(4)), 0o600) },
		"touched":  func(p string) error { return os.Chtimes(p, time.Now(), time.Now().Add(time.Hour)) },
		"a folder": func(p string) error { return errors.Join(os.Remove(p), os.Mkdir(p, 0o700)) },
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, "a.jsonl", []byte(lines(3)))
			shards, err := Discover(t.Context(), []string{path}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := change(path); err != nil {
				t.Fatal(err)
			}
			if got := readShards(t, New(Options{}), shards); !errors.Is(got.err, ErrChanged) || len(got.articles) > 0 {
				t.Errorf("got %v", got.summary())
			}
		})
	}
	t.Run("while it is read", func(t *testing.T) {
		path := write(t, "a.jsonl", []byte(lines(30_000)))
		shards, _ := Discover(t.Context(), []string{path}, Options{})
		var last error
		n := 0
		for _, err := range New(Options{}).Articles(t.Context(), shards[0]) {
			if n++; n == 1 {
				if err := os.Truncate(path, 1<<20); err != nil {
					t.Fatal(err)
				}
			}
			last = err
		}
		if !errors.Is(last, ErrChanged) {
			t.Errorf("ended with %v", last)
		}
	})
}

// TestStops checks that a consumer that has enough, and a context that is done,
// end the reading.
func TestStops(t *testing.T) {
	path := write(t, "a.jsonl.gz", gz(lines(10_000)))
	r := New(Options{})
	s := Shard{Path: path}
	n := 0
	for range r.Articles(t.Context(), s) {
		if n++; n == 3 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n = 0
	var last error
	for _, err := range r.Articles(ctx, s) {
		if n++; n == 3 {
			cancel()
		}
		last = err
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d steps, the last %v", n, last)
	}
	n = 0
	for _, err := range r.Articles(ctx, s) {
		n++
		last = err
	}
	if n != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d steps, the last %v", n, last)
	}
}

// TestNothingAfterStop checks that a consumer which breaks off while the
// context ends is left alone: the runtime panics on one more call of yield.
func TestNothingAfterStop(t *testing.T) {
	for name, data := range map[string]string{
		"a.jsonl": lines(10), "bad.jsonl": strings.Repeat("{]\n", 10), "a.txt": "A text.", "empty.txt": "",
		"a.csv": "id,text\n1,A text.\n2,Another.\n", "a.html": page("a"),
	} {
		ctx, cancel := context.WithCancel(t.Context())
		for range New(Options{}).Articles(ctx, Shard{Path: write(t, name, []byte(data))}) {
			cancel()
			break
		}
		cancel()
	}
}

// TestFailingDisk gives errors of the file, which are not damage.
func TestFailingDisk(t *testing.T) {
	for name, data := range map[string][]byte{"plain": []byte(lines(50)), "gzip": gz(lines(50)), "zstd": zst(lines(50))} {
		boom := errors.New("input/output error")
		o := Options{Format: JSONL, Stdin: io.MultiReader(bytes.NewReader(data[:len(data)-9]), iotest.ErrReader(boom))}
		got := readAll(t, o, "-")
		if !errors.Is(got.err, boom) || len(got.rejects) > 0 {
			t.Errorf("%s: %v, %v", name, got.rejects, got.err)
		}
	}
}

func TestStdin(t *testing.T) {
	got := readAll(t, Options{Stdin: iotest.OneByteReader(strings.NewReader(lines(3)))}, "-", "-")
	if len(got.articles) != 3 || got.articles[2].Origin != (news.Origin{Path: "-", Record: 2}) {
		t.Error(got.summary())
	}
	got = readAll(t, Options{Stdin: strings.NewReader("Rain fell.")}, "-")
	equal(t, got.summary(), []string{": Rain fell."})
	got = readAll(t, Options{Stdin: strings.NewReader("PAR1xxxxxxxxxxxxxxPAR1")}, "-")
	equal(t, got.summary(), []string{"unsupported@0"})
}

// TestSlices reads a file whole and cut, by several goroutines at once.
func TestSlices(t *testing.T) {
	text := "\ufeff" + strings.Replace(lines(3000), "\n", "\n\n", 50)
	path := write(t, "a.jsonl", []byte(text))
	whole := readAll(t, Options{SliceSize: -1}, path)
	for _, size := range []int64{1000, 4096, 65_537, int64(len(text)) / 2} {
		o := Options{SliceSize: size}
		shards, err := Discover(t.Context(), []string{path}, o)
		if err != nil || len(shards) < 2 {
			t.Fatal(len(shards), err)
		}
		r := New(o)
		parts := make([]outcome, len(shards))
		var wg sync.WaitGroup
		for i, s := range shards {
			wg.Go(func() { parts[i] = readShards(t, r, []Shard{s}) })
		}
		wg.Wait()
		var got outcome
		for _, p := range parts {
			got.articles = append(got.articles, p.articles...)
			got.rejects = append(got.rejects, p.rejects...)
		}
		equal(t, got.articles, whole.articles)
		if len(got.rejects) > 0 || r.BytesRead() != int64(len(text)) {
			t.Errorf("%v, %d of %d bytes", got.rejects, r.BytesRead(), len(text))
		}
		n, _ := r.Notes(path)
		equal(t, n.Mapping, Fields{ID: "id", Text: "text"})
	}
}

// TestOneByteAtATime reads every format through a source that gives one byte
// at a time: the same comes out.
func TestOneByteAtATime(t *testing.T) {
	for name, data := range map[string]string{
		"jsonl": lines(20), "array": "[" + strings.TrimSuffix(strings.ReplaceAll(lines(20), "\n", ","), ",") + "]",
		"csv":  "id,text\n1,\"a, \"\"b\"\"\nc\"\n2,\"oops\n3,\"y\"\n4,d\n",
		"warc": responseOf("one") + recordLen("response", "u", httpType, "x", "70000") + responseOf("two"),
		"html": page("one"),
	} {
		want := readAll(t, Options{Stdin: strings.NewReader(data)}, "-").summary()
		got := readAll(t, Options{Stdin: iotest.OneByteReader(strings.NewReader(data))}, "-").summary()
		if len(want) == 0 {
			t.Errorf("%s: nothing read", name)
		}
		equal(t, got, want)
	}
}

func TestNames(t *testing.T) {
	dir := t.TempDir()
	evil := filepath.Join(dir, "a\n\x1b[31mb\xff.txt")
	if err := os.WriteFile(evil, []byte("Rain."), 0o600); err != nil {
		t.Fatal(err)
	}
	got := readAll(t, Options{}, dir)
	if len(got.articles) != 1 || got.articles[0].ID != "a\ufffd\ufffd[31mb\ufffd" {
		t.Errorf("%q", got.summary())
	}
	path := write(t, "a.jsonl", []byte(`{"id":"../../x","text":"y","title":"A\u001b[31mB\nC\u0007\u202eD","author":["By Ann Lee and Bo Day","Bo Day"],"source":{"id":null,"name":"Alder\u0000 Post"}}`))
	a := readAll(t, Options{}, path).articles[0]
	equal(t, []string{a.ID, a.Title, a.Outlet, strings.Join(a.Authors, "+")}, []string{"../../x", "AB C\u202eD", "Alder Post", "Ann Lee+Bo Day"})
}
