package source

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// small are limits that a fuzzer's inputs can reach.
func small(f Format) Options {
	return Options{Format: f, MaxRecord: 8 << 10, MaxArticle: 2 << 10, MaxPage: 8 << 10, MaxTags: 500, MaxWindow: 1 << 20, SliceSize: -1}
}

// fuzzReader reads every input as one format, as a stream, and checks what
// holds for all input; twice, the second time a byte at a time, to the same
// result.
func fuzzReader(f *testing.F, format Format) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		o := small(format)
		o.Stdin = bytes.NewReader(data)
		got := readAll(t, o, "-")
		if got.err != nil {
			t.Fatalf("a stream in memory does not fail: %v", got.err)
		}
		if n := len(got.articles) + len(got.rejects); n > len(data)+1 {
			t.Fatalf("%d records of %d bytes", n, len(data))
		}
		for _, a := range got.articles {
			if len(a.Body) > o.MaxArticle {
				t.Fatalf("a text of %d bytes", len(a.Body))
			}
		}
		if len(data) > 4<<10 {
			return
		}
		o.Stdin = oneByte{bytes.NewReader(data)}
		equal(t, readAll(t, o, "-").summary(), got.summary())
	})
}

type oneByte struct{ r io.Reader }

func (o oneByte) Read(p []byte) (int, error) { return o.r.Read(p[:min(1, len(p))]) }

func FuzzText(f *testing.F) {
	for _, s := range []string{"Rain fell.\n\n“Why?” said Zoë.", "Zo\xeb", "\ufeffx", utf16le("\ufeffRain"), "\xff\xfe\x00\xd8", "a\x00b", string(gz("Rain")), string(zst("Rain")), string(xzip("Rain")), bz2Fixture, string(gz(string(gz("Rain"))))} {
		f.Add([]byte(s))
	}
	fuzzReader(f, Text)
}

func FuzzJSONL(f *testing.F) {
	for _, s := range []string{lines(3), `[{"text":"x"},{"text":"y"}]`, "{\n\"text\":\n\"x\"\n}\n{\n", `{"text":"a\ud800\u0000","id":1e999}` + "\n{", `{"text":["a","b"],"author":[{"name":"Ann"}]}`, "\xff\xfe{\x00", `{"x":[[[[{}]]]],"body":null}`, string(gz(lines(2)))} {
		f.Add([]byte(s))
	}
	fuzzReader(f, JSONL)
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"id,text\n1,\"a \"\"b\"\"\"\n2,\"oops\n3,\"y\"\n", "text;id\r\n\"x\r\ny\";1\r\n", "id\ttext\n1\t\"We\" x\n", "text\n\n\n\"\"\n", "id,text\n1\n1,2,3\n1,2,,\n", utf16le("\ufeffid,text\n1,x\n")} {
		f.Add([]byte(s))
	}
	fuzzReader(f, CSV)
}

func FuzzTSV(f *testing.F) {
	for _, s := range []string{"id\ttext\n1\t\"We will,\" he said.\n2\t\"x\ny\"\n", "text\n\t\n\n", "id\ttext\n1\n1\t2\t3\n\"1\t2\n", utf16le("\ufeffid\ttext\n1\tx\n")} {
		f.Add([]byte(s))
	}
	fuzzReader(f, TSV)
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{page("one"), "<p>x", "<html><b><div><b></div><p>x</html>", "<meta charset=utf-16><p>Rain fell on the town.", "<script>//<p></script><table><tr><td>x"} {
		f.Add([]byte(s))
	}
	fuzzReader(f, HTML)
}

func FuzzWARC(f *testing.F) {
	one := responseOf("one")
	for _, s := range []string{one + one, string(gz(one, one)), "WARC/1.0\r\nContent-Length: 5\r\n\r\nabc", recordLen("response", "u", httpType, "x", "70000") + one, record("conversion", "u", "text/plain", "Rain."), string(zst(one))} {
		f.Add([]byte(s))
	}
	fuzzReader(f, WARC)
}

// seed adds the samples of a format.
func seed(f *testing.F, names ...string) {
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(formatsFolder, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

func FuzzEmail(f *testing.F) {
	seed(f, "press-release.eml")
	f.Add([]byte(letter(1, "multipart/mixed; boundary=b", "--b\r\nContent-Type: message/rfc822\r\n\r\n"+letter(2, "text/html", "<p>x"))))
	fuzzReader(f, Email)
}

func FuzzMbox(f *testing.F) {
	seed(f, "newsletters.mbox")
	f.Add([]byte(boxed(letter(1, "text/plain", strings.Repeat("x\n", 5000)), letter(2, "text/plain", "y"))))
	fuzzReader(f, Mbox)
}

func FuzzExport(f *testing.F) {
	seed(f, "lexisnexis.txt", "nexis-uni.txt", "factiva.txt", "factiva.html", "proquest.txt")
	fuzzReader(f, Export)
}

func FuzzDOCX(f *testing.F) {
	seed(f, "nexis-uni.docx", "statement.docx")
	fuzzReader(f, DOCX)
}

func FuzzODT(f *testing.F) {
	seed(f, "minutes.odt")
	fuzzReader(f, ODT)
}

func FuzzEPUB(f *testing.F) {
	seed(f, "edition.epub")
	fuzzReader(f, EPUB)
}

func FuzzRTF(f *testing.F) {
	seed(f, "circular.rtf", "factiva-codes.rtf")
	f.Add([]byte(`{\rtf1\ansi\ansicpg932{\fonttbl{\f1\fcharset128 x;}}\f1\'83\'65\u-10179?\u-8704?\uc9\u8364?{\bin9 }}}\v x}`))
	fuzzReader(f, RTF)
}

// FuzzParquet needs a file, and reads it once.
func FuzzParquet(f *testing.F) {
	data := tableOf(f, 20, 8)
	f.Add(data)
	f.Add(data[:len(data)-20])
	for at := 10; at < len(data); at += len(data) / 8 {
		f.Add(flip(data, at))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		got := readAll(t, small(Parquet), write(t, "a.parquet", data))
		if got.err != nil {
			t.Fatal(got.err)
		}
	})
}

// FuzzJSONScanner holds the scanner against encoding/json: what that takes, it
// takes, with the same text; what it takes beyond that has control characters.
func FuzzJSONScanner(f *testing.F) {
	for _, s := range []string{`{"text":"a\n\"b\"\\","x":[1,2.5e-3,true,null]}`, `{"TEXT":"\ud83d\ude00\ud800\udc"}`, `{"text":"x","text":"y"}`, `{"a":-0,"b":01}`, `{"text":"x"}}`} {
		f.Add([]byte(s))
	}
	n := newNames(&Options{Fields: Fields{Text: "text"}})
	f.Fuzz(func(t *testing.T, line []byte) {
		if !utf8.Valid(line) || bytes.Count(line, []byte("[")) > 5000 || bytes.Count(line, []byte("{")) > 5000 {
			return
		}
		var slots [numFields]slot
		s := scanner{b: line}
		s.space()
		err := errJSON
		if s.at('{') {
			err = s.object(0, func(key, raw []byte) { n.offer(&slots, key, raw) })
			if s.space(); err == nil && s.i < len(s.b) {
				err = errJSON
			}
		}
		want := map[string]json.RawMessage{}
		wantErr := json.Unmarshal(line, &want)
		if wantErr == nil && want == nil {
			return // null
		}
		if (err == nil) != (wantErr == nil) {
			if err == nil && bytes.IndexFunc(line, func(r rune) bool { return r < 0x20 }) >= 0 {
				return
			}
			t.Fatalf("%q: %v, encoding/json: %v", line, err, wantErr)
		}
		raw, ok := want["text"]
		if err != nil || !ok {
			return
		}
		for k := range want { // another case of the name competes
			if k != "text" && strings.EqualFold(k, "text") {
				return
			}
		}
		var text string
		if json.Unmarshal(raw, &text) != nil || text == "" {
			return
		}
		if got, ok := jsonText(slots[fText].raw); !ok || got != text {
			t.Fatalf("%q: text %q, encoding/json: %q", line, got, text)
		}
	})
}

// A date is a time in its range or none, in any order.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2016-09-12T10:00:00Z", "Mar 01, 2026, 9:30 AM EST", "19/04/2019 10:15", "1473674400", "Mon, 12 Sep 2016 10:00 +0200 (CEST)", "12-Sep-16"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain, shows, ok := parseOrdered(s, noOrder)
		for _, by := range []order{noOrder, dayFirst, monthFirst} {
			d, _, read := parseOrdered(s, by)
			if read && (d.Year() < 1000 || d.Year() > 9999) || !read && !d.IsZero() && d.Year() >= 1000 && d.Year() <= 9999 && ok {
				t.Fatalf("%q: %v, %v", s, d, read)
			}
			if ok && shows != showsNothing && (!read || !d.Equal(plain)) {
				t.Fatalf("%q shows its order, and is %v by order %d, %v without", s, d, by, plain)
			}
		}
	})
}

func FuzzArrow(f *testing.F) {
	whole := arrowOf(f, []string{"“Rain,” said Ann.", "", "b"}, []string{"1", "2", ""})
	for _, s := range [][]byte{whole, whole[:len(whole)/2], append([]byte("ARROW1\x00\x00"), whole...), gz(string(whole)), []byte("\xff\xff\xff\xff\xff\xff\xff\x7f")} {
		f.Add(s)
	}
	fuzzReader(f, Arrow)
}

// FuzzHTMLText: whatever a field holds, its text is valid UTF-8 or a fault.
func FuzzHTMLText(f *testing.F) {
	for _, s := range []string{"<p>Rain.</p><p>Snow.", "<q>a<blockquote>b</q>", "a<br><br>b&amp;ldquo;", "<script>x</script><!--", "<table><tr><td>x", "\xff<p>\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 16<<10 {
			return
		}
		if text, fault := htmlText(s, 500); fault == nil && utf8.ValidString(s) && !utf8.ValidString(text) {
			t.Fatalf("%q gives %q", s, text)
		}
	})
}
