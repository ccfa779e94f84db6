package source

import (
	"fmt"
	"strings"
	"testing"

	"bytes"
	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// page is an HTML page of our own, long enough to have a main text.
func page(name string) string {
	return `<!DOCTYPE html><html><head><title>` + name + ` | The Alder Post</title>
<meta property="og:title" content="` + name + `"><meta property="og:site_name" content="The Alder Post">
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2021-03-04T05:06:07+01:00">
<link rel="canonical" href="https://alder.example/` + name + `"></head><body><nav><a href="/">Home</a> <a href="/x">More</a></nav>
<article><h1>` + name + `</h1><p>The council of Alder voted on Tuesday to close the bridge over the Mill Brook for the whole of the winter.</p>
<p>“We had <b>no</b> choice,” said Bo Day, who leads the council. “The piers are worn,<br>and nobody would pay.”</p>
<p>Cy Fox, who runs the bakery on the far bank, said that the decision would cost him half of his customers before spring.</p></article>
<footer>All rights of ` + name + ` reserved</footer></body></html>`
}

// httpOK is an HTTP response that holds body.
func httpOK(contentType, body string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n\r\n" + body
}

// record is a WARC record; extra are more header lines.
func record(kind, uri, contentType, block string, extra ...string) string {
	return recordLen(kind, uri, contentType, block, fmt.Sprint(len(block)), extra...)
}

func recordLen(kind, uri, contentType, block, length string, extra ...string) string {
	h := "WARC/1.0\r\nWARC-Type: " + kind + "\r\n"
	if uri != "" {
		h += "WARC-Target-URI: " + uri + "\r\n"
	}
	for _, e := range extra {
		h += e + "\r\n"
	}
	return h + "Content-Type: " + contentType + "\r\nContent-Length: " + length + "\r\n\r\n" + block + "\r\n\r\n"
}

const httpType = "application/http; msgtype=response"

func responseOf(name string, extra ...string) string {
	return record("response", "https://alder.example/"+name, httpType, httpOK("text/html; charset=utf-8", page(name)), extra...)
}

// off is a record whose Content-Length is wrong by d bytes.
func off(name string, d int) string {
	block := httpOK("text/html; charset=utf-8", page(name))
	return recordLen("response", "https://alder.example/"+name, httpType, block, fmt.Sprint(len(block)+d))
}

// br compresses with brotli.
func br(s string) string {
	var out bytes.Buffer
	w := brotli.NewWriter(&out)
	w.Write([]byte(s)) // into memory, which cannot fail
	w.Close()
	return out.String()
}

func TestWARC(t *testing.T) {
	one, two, three := responseOf("one"), responseOf("two"), responseOf("three")
	info := record("warcinfo", "", "application/warc-fields", "software: none\n")
	request := record("request", "https://alder.example/one", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n")
	id := func(names ...string) (out []string) {
		for _, n := range names {
			if strings.Contains(n, "@") {
				out = append(out, n)
				continue
			}
			out = append(out, "https://alder.example/"+n)
		}
		return out
	}
	long := recordLen("response", "https://alder.example/long", httpType, httpOK("text/html", page("long")), "90000")
	short := recordLen("response", "https://alder.example/short", httpType, httpOK("text/html", page("short")), "100")
	damaged := gz(info, one, two, three)
	cut := len(gz(info, one)) + 200
	damaged[cut] ^= 0xff
	flipEnd := gz(one, two)
	flipEnd[len(gz(one))-6] ^= 0xff // a checksum
	for _, c := range []struct {
		name   string
		data   string
		want   []string
		passed int64
		o      Options
	}{
		{"plain", info + request + one + two, id("one", "two"), 2, Options{}},
		{"a gzip member a record", string(gz(info, request, one, two, three)), id("one", "two", "three"), 2, Options{}},
		{"one gzip stream over all", string(gz(info + request + one + two)), id("one", "two"), 2, Options{}},
		{"zstd", string(zst(info, one, two)), id("one", "two"), 1, Options{}},
		{"length too long", info + one + long + two + three, id("one", "two", "three", fmt.Sprintf("bad_warc@%d", len(info+one))), 1, Options{}},
		{"length too short", info + one + short + two, id("one", "two", fmt.Sprintf("bad_warc@%d", len(info+one))), 1, Options{}},
		{"length too long in a gzip member", string(gz(info, one, long, two)), id("one", "two", fmt.Sprintf("bad_warc@%d", len(gz(info, one)))), 1, Options{}},
		{"length over the limit and wrong", info + recordLen("response", "https://alder.example/x", httpType, "x", "99999999999") + one, id(fmt.Sprintf("bad_warc@%d", len(info))), 1, Options{}},
		{"length negative", info + recordLen("response", "u", httpType, "x", "-1") + one, id("one", fmt.Sprintf("bad_warc@%d", len(info))), 1, Options{}},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\n" + one, id("one", "bad_warc@0"), 0, Options{}},
		{"damaged gzip member", string(damaged), id("one", "three", fmt.Sprintf("damaged@%d", len(gz(info, one)))), 1, Options{}},
		{"wrong checksum", string(flipEnd), id("two", "damaged@0"), 0, Options{}},
		{"truncated gzip", string(gz(info, one, two))[:len(gz(info, one))+300], id("one", fmt.Sprintf("truncated@%d", len(gz(info, one)))), 1, Options{}},
		{"truncated", (info + one + two)[:len(info+one)+500], id("one", fmt.Sprintf("truncated@%d", len(info+one))), 1, Options{}},
		{"garbage between", info + one + "rubbish\r\nmore rubbish\r\n" + two, id("one", "two", fmt.Sprintf("bad_warc@%d", len(info+one))), 1, Options{}},
		{"revisit, image, 404 and ftp", one + record("revisit", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\n\r\n") +
			record("response", "https://alder.example/i", httpType, httpOK("image/png", "\x89PNG")) +
			record("response", "https://alder.example/n", httpType, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"+page("n")) +
			record("response", "dns:alder.example", "text/dns", "x"), id("one"), 4, Options{}},
		{"WARC-Truncated", responseOf("one", "WARC-Truncated: length") + two, id("two", "truncated@0"), 0, Options{}},
		{"over the limit", record("response", "https://alder.example/big", httpType, httpOK("text/html", page(strings.Repeat("b", 9000)))) + two, id("two", "too_large@0"), 0, Options{MaxRecord: 5000}},
		{"page over the limit", record("response", "https://alder.example/big", httpType, httpOK("text/html", page(strings.Repeat("b", 9000)))) + two, id("two", "too_large@0"), 0, Options{MaxPage: 5000}},
		{"no HTTP", record("response", "https://alder.example/x", httpType, "nothing") + two, id("two", "bad_warc@0"), 0, Options{}},
		{"gzip body", record("response", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n\r\n"+string(gz(page("one")))), id("one"), 0, Options{}},
		{"brotli body", record("response", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Type: text/html\r\n\r\n"+br(page("one"))), id("one"), 0, Options{}},
		{"brotli by the header only", record("response", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Type: text/html\r\n\r\n"+page("one")), id("one"), 0, Options{}},
		{"brotli cut", record("response", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Type: text/html\r\n\r\n"+br(page("one"))[:300]) + two, id("two", "damaged@0"), 0, Options{}},
		{"brotli bomb", record("response", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Type: text/html\r\n\r\n"+br(strings.Repeat("<p>", 4<<20))) + two, id("two", "too_large@0"), 0, Options{}},
		{"length a byte short", off("one", -1) + off("two", -1) + three, id("one", "two", "three"), 0, Options{}},
		{"length a byte over", off("one", 1) + two, id("one", "two"), 0, Options{}},
		{"length four bytes over", off("one", 4) + two, id("one", "two"), 0, Options{}},
		{"last record a byte short", one + strings.TrimSpace(two)[:len(strings.TrimSpace(two))-1], id("one", "two"), 0, Options{}},
		{"a byte short in gzip members", string(gz(off("one", -1), off("two", -1), three)), id("one", "two", "three"), 0, Options{}},
		{"chunked body", record("response", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n"+fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(page("one")), page("one"))), id("one"), 0, Options{}},
		{"chunked by the header only", record("response", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n"+page("one")), id("one"), 0, Options{}},
		{"gzip bomb in a body", record("response", "https://alder.example/one", httpType, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n\r\n"+string(gz(strings.Repeat("<p>", 4<<20)))) + two, id("two", "too_large@0"), 0, Options{}},
		{"WET", record("conversion", "https://alder.example/one", "text/plain", "Rain fell."), id("one"), 0, Options{}},
		{"newlines without returns", strings.ReplaceAll(info, "\r\n", "\n") + one, id("one"), 1, Options{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "a.warc", []byte(c.data))
			shards, err := Discover(t.Context(), []string{path}, c.o)
			if err != nil {
				t.Fatal(err)
			}
			r := New(c.o)
			got := readShards(t, r, shards)
			var names []string
			for _, a := range got.articles {
				names = append(names, a.ID)
			}
			equal(t, append(names, outcome{rejects: got.rejects, err: got.err}.summary()...), c.want)
			n, _ := r.Notes(path)
			if n.Passed != c.passed {
				t.Errorf("passed %d records, want %d", n.Passed, c.passed)
			}
			if r.BytesRead() != int64(len(c.data)) {
				t.Errorf("read %d of %d bytes", r.BytesRead(), len(c.data))
			}
		})
	}
}

// TestWARCOffset checks that the record's offset leads back to the record.
func TestWARCOffset(t *testing.T) {
	info := record("warcinfo", "", "application/warc-fields", "software: none\r\n")
	data := gz(info, responseOf("one"), info, responseOf("two"))
	got := readAll(t, Options{}, write(t, "a.warc.gz", data))
	if len(got.articles) != 2 {
		t.Fatal(got.summary())
	}
	for _, a := range got.articles {
		z, err := gzip.NewReader(bytes.NewReader(data[a.Origin.Record:]))
		if err != nil {
			t.Fatal(err)
		}
		head := make([]byte, 100)
		if _, err := z.Read(head); err != nil || !strings.Contains(string(head), a.ID) {
			t.Errorf("offset %d: %q, %v", a.Origin.Record, head, err)
		}
	}
}
