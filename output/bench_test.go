package output

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkWrite writes quotes rows of about 2 KB (as JSON, the longest form)
// with their articles, mentions and entities, and reports rows of all tables a
// second.
func BenchmarkWrite(b *testing.B) {
	rows := fakeRows(b, 1, 300, 900, MapOptions{})
	n := 0
	for _, r := range rows {
		n += 1 + len(r.Quotes) + len(r.Mentions) + len(r.Entities)
	}
	for _, f := range []Format{Parquet, JSONL, CSV} {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, i := range writeAll(b, b.TempDir(), f, rows, Options{}) {
					if i.Rows == 0 {
						b.Fatal(i)
					}
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkWriteWide writes nothing but quotes with 1.5 KB of words each.
func BenchmarkWriteWide(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	base := fakeRows(b, 1, 300, 900, MapOptions{Tables: []Table{Quotes}})
	n, size := 0, 0
	for i := range base {
		for j := range base[i].Quotes {
			q := &base[i].Quotes[j]
			q.Text = fakeText(rng, 150, true)
			n++
			size += len(AppendJSON(nil, q))
		}
	}
	for _, f := range []Format{Parquet, JSONL, CSV} {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				dir := b.TempDir()
				w, err := Open(f, map[Table]string{Quotes: dir + "/q"}, Options{})
				if err != nil {
					b.Fatal(err)
				}
				for _, r := range base {
					if err := w.Write(r); err != nil {
						b.Fatal(err)
					}
				}
				if _, err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(size)/float64(n), "bytes/row")
		})
	}
}

// BenchmarkMap maps articles of 900 words.
func BenchmarkMap(b *testing.B) {
	for _, ascii := range []bool{true, false} {
		b.Run(fmt.Sprintf("ascii=%v", ascii), func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 1))
			r := fakeResult(rng, fakeArticle(rng, "ledger-1", 900, ascii))
			m := NewMapper(MapOptions{})
			b.SetBytes(int64(len(r.Doc.Text)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				rows := m.Map(r, StatusOK)
				n = 1 + len(rows.Quotes) + len(rows.Mentions) + len(rows.Entities)
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
