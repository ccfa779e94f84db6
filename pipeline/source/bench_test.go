package source

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// corpus is JSON Lines of articles of about 5 KB, as news corpora have them.
func corpus(n int) []byte {
	var b bytes.Buffer
	para := strings.Repeat(`The council of Alder met on Tuesday. \"We had no choice,\" said Bo Day, who leads it; “nobody would pay.” `, 8) + `\n\n`
	for i := range n {
		fmt.Fprintf(&b, `{"id":%d,"url":"https://alder.example/%d","title":"The bridge closes","outlet":"The Alder Post","published":"2021-03-04T05:06:07Z","authors":["Ann Lee","Bo Day"],"section":"local","text":"%s"}`+"\n", i, i, strings.Repeat(para, 6))
	}
	return b.Bytes()
}

// benchmarkReader reads data from a file over and over; MB/s are of the file's
// decompressed content.
func benchmarkReader(b *testing.B, name string, data []byte, size, want int) {
	b.Helper()
	path := write(b, name, data)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range New(Options{}).Articles(b.Context(), Shard{Path: path, Size: int64(len(data))}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != want {
			b.Fatalf("%d articles, want %d", n, want)
		}
	}
	b.ReportMetric(float64(want)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

func BenchmarkJSONL(b *testing.B) {
	data := corpus(4000)
	benchmarkReader(b, "a.jsonl", data, len(data), 4000)
}

func BenchmarkJSONLGzip(b *testing.B) {
	data := corpus(2000)
	benchmarkReader(b, "a.jsonl.gz", gz(string(data)), len(data), 2000)
}

func BenchmarkJSONLZstd(b *testing.B) {
	data := corpus(2000)
	benchmarkReader(b, "a.jsonl.zst", zst(string(data)), len(data), 2000)
}

func BenchmarkCSV(b *testing.B) {
	var t bytes.Buffer
	t.WriteString("id,text,title\n")
	body := strings.Repeat(`The council of Alder met. ""We had no choice,"" said Bo Day; “nobody would pay.” `, 60)
	for i := range 4000 {
		fmt.Fprintf(&t, "%d,\"%s\n\",The bridge closes\n", i, body)
	}
	benchmarkReader(b, "a.csv", t.Bytes(), t.Len(), 4000)
}

func BenchmarkParquet(b *testing.B) {
	data := tableOf(b, 20_000, 5000)
	benchmarkReader(b, "a.parquet", data, len(data), 20_000)
}

func BenchmarkText(b *testing.B) {
	data := []byte(strings.Repeat("The council of Alder met. “We had no choice,” said Bo Day.\n\n", 80))
	benchmarkReader(b, "a.txt", data, len(data), 1)
}

func BenchmarkHTML(b *testing.B) {
	data := strings.Replace(page("one"), "<p>", "<p>"+strings.Repeat("The council of Alder met. ", 200)+"</p><p>", 1)
	benchmarkReader(b, "a.html", []byte(data), len(data), 1)
}

func BenchmarkWARC(b *testing.B) {
	var pages []string
	size := 0
	for i := range 20 {
		pages = append(pages, responseOf(fmt.Sprint("p", i)))
		size += len(pages[i])
	}
	benchmarkReader(b, "a.warc.gz", gz(pages...), size, 20)
}
