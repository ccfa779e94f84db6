package source

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// rowOf is a row as corpora have them.
type rowOf struct {
	ID        uint64    `parquet:"doc_id"`
	Body      string    `parquet:"Body,zstd"`
	Headline  *string   `parquet:"headline,optional"`
	Authors   []string  `parquet:"authors,list"`
	Published time.Time `parquet:"published,timestamp(millisecond)"`
	Meta      struct {
		Source string `parquet:"source"`
	} `parquet:"meta"`
	Score float64 `parquet:"score"`
}

// tableOf writes n rows in row groups of at most per.
func tableOf(t testing.TB, n, per int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[rowOf](&b, parquet.MaxRowsPerRowGroup(int64(per)), parquet.PageBufferSize(512))
	for i := range n {
		r := rowOf{ID: 1<<63 + uint64(i), Body: fmt.Sprintf("Piece %d. “Rain,” said Ann Lee.", i), Published: time.Date(2021, 3, 4, 5, 6, 7, 0, time.UTC)}
		r.Meta.Source = "The Alder Post"
		for k := range i % 3 {
			r.Authors = append(r.Authors, fmt.Sprintf("Author %c", 'A'+k))
		}
		if i%2 == 1 {
			r.Headline = &r.Body
		}
		if _, err := w.Write([]rowOf{r}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestParquet(t *testing.T) {
	path := write(t, "a.bin", tableOf(t, 1000, 300))
	o := Options{Fields: Fields{Outlet: "meta.source"}}
	r := New(o)
	shards, err := Discover(t.Context(), []string{path}, o)
	if err != nil {
		t.Fatal(err)
	}
	got := readShards(t, r, shards)
	if len(got.articles) != 1000 || len(got.rejects) > 0 || got.err != nil {
		t.Fatal(got.rejects, got.err)
	}
	n, _ := r.Notes(path)
	equal(t, n.Mapping, Fields{ID: "doc_id", Text: "Body", Title: "headline", Outlet: "meta.source", Author: "authors", Date: "published"})
	for i, a := range got.articles {
		title := ""
		if i%2 == 1 {
			title = a.Body
		}
		var authors []string
		for k := range i % 3 {
			authors = append(authors, fmt.Sprintf("Author %c", 'A'+k))
		}
		equal(t, []any{a.ID, a.Body, a.Title, a.Authors, a.Outlet, a.Published.Format(time.RFC3339), a.Origin.Record},
			[]any{fmt.Sprint(1<<63 + uint64(i)), fmt.Sprintf("Piece %d. “Rain,” said Ann Lee.", i), title, authors, "The Alder Post", "2021-03-04T05:06:07Z", int64(i)})
	}
	if r.BytesRead() != shards[0].Bytes() {
		t.Errorf("read %d of %d bytes", r.BytesRead(), shards[0].Bytes())
	}
}

func TestParquetKinds(t *testing.T) {
	type row struct {
		ID      [16]byte `parquet:"id,uuid"`
		Content []byte   `parquet:"content"`
		Date    int32    `parquet:"date,date"`
	}
	var b bytes.Buffer
	if err := parquet.Write(&b, []row{
		{ID: [16]byte{0: 0x12, 15: 0xff}, Content: []byte("Zo\xeb said no."), Date: 18_690},
		{Content: bytes.Repeat([]byte{0, 1, 2}, 100)},
	}); err != nil {
		t.Fatal(err)
	}
	got := readAll(t, Options{}, write(t, "a.parquet", b.Bytes()))
	equal(t, got.summary(), []string{"12000000-0000-0000-0000-0000000000ff: Zoë said no.", "bad_encoding@1"})
	equal(t, got.articles[0].Published.Format(time.RFC3339), "2021-03-04T00:00:00Z")
}

// TestParquetDamaged cuts and flips a table: no panic, and what is handed on
// and what is told to be lost together are never more than there was.
func TestParquetDamaged(t *testing.T) {
	data := tableOf(t, 600, 200)
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"cut", data[:len(data)-10], []string{"truncated@0"}},
		{"nothing but the start", []byte("PAR1"), []string{"truncated@0"}},
		{"footer length", append(bytes.Clone(data[:len(data)-8]), "\xff\xff\xff\x00PAR1"...), []string{"damaged@0"}},
		{"footer flipped", flip(data, len(data)-int(binary.LittleEndian.Uint32(data[len(data)-8:]))-8), []string{"damaged@0"}},
		{"compressed as a whole", gz(string(data)), []string{"unsupported@0"}},
		{"no text", noText(t), []string{"no_text@0"}},
		{"no rows", tableOf(t, 0, 10), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			equal(t, readAll(t, Options{}, write(t, "a.parquet", c.data)).summary(), c.want)
		})
	}
	lost, steps := 0, 600
	if testing.Short() {
		steps = 100
	}
	path := write(t, "a.parquet", nil)
	for at := 4; at < len(data)-8; at += 1 + len(data)/steps {
		if err := os.WriteFile(path, flip(data, at), 0o600); err != nil {
			t.Fatal(err)
		}
		got := readAll(t, Options{}, path)
		if got.err != nil || len(got.articles) > 600 {
			t.Fatalf("byte %d: %d articles, %v", at, len(got.articles), got.err)
		}
		if len(got.rejects) > 0 {
			lost++
		} else if len(got.articles) != 600 {
			t.Errorf("byte %d: %d articles and no reject", at, len(got.articles))
		}
	}
	if lost == 0 {
		t.Error("no damage was seen")
	}
}

func flip(data []byte, at int) []byte {
	b := bytes.Clone(data)
	b[at] ^= 0x55
	return b
}

func noText(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := parquet.Write(&b, []struct {
		ID int64 `parquet:"id"`
	}{{1}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEmptyGroup puts a row group without rows behind the first of a file, as
// some writers do.
func withEmptyGroup(t testing.TB, b []byte) []byte {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	meta := *f.Metadata()
	empty := format.RowGroup{}
	for _, c := range meta.RowGroups[0].Columns {
		c.MetaData.NumValues, c.MetaData.TotalCompressedSize, c.MetaData.TotalUncompressedSize, c.MetaData.DataPageOffset = 0, 0, 0, 0
		empty.Columns = append(empty.Columns, c)
	}
	meta.RowGroups = slices.Insert(slices.Clone(meta.RowGroups), 1, empty)
	for i := range meta.RowGroups {
		meta.RowGroups[i].Ordinal = int16(i)
	}
	footer, err := thrift.Marshal(new(thrift.CompactProtocol), &meta)
	if err != nil {
		t.Fatal(err)
	}
	body := b[:len(b)-8-int(binary.LittleEndian.Uint32(b[len(b)-8:]))]
	out := append(bytes.Clone(body), footer...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(footer)))
	return append(out, "PAR1"...)
}

func TestParquetEmptyGroups(t *testing.T) {
	path := write(t, "a.parquet", withEmptyGroup(t, tableOf(t, 7, 3)))
	got := readAll(t, Options{}, path)
	if len(got.articles) != 7 || len(got.rejects) > 0 || got.err != nil {
		t.Fatalf("%d articles, %v, %v", len(got.articles), got.rejects, got.err)
	}
}

func TestParquetStructs(t *testing.T) {
	type inner struct {
		Title string `parquet:"title"`
		Text  string `parquet:"text"`
	}
	type row struct {
		ID      string `parquet:"id"`
		Related struct {
			Title string `parquet:"title"`
		} `parquet:"a_related"`
		Article inner `parquet:"article"`
	}
	var b bytes.Buffer
	r := row{ID: "7", Article: inner{"The bridge", "Rain fell."}}
	r.Related.Title = "Another"
	if err := parquet.Write(&b, []row{r}); err != nil {
		t.Fatal(err)
	}
	got := readAll(t, Options{}, write(t, "a.parquet", b.Bytes()))
	if len(got.articles) != 1 || got.articles[0].Title != "The bridge" || got.articles[0].Body != "Rain fell." || got.articles[0].ID != "7" {
		t.Fatalf("%+v %v", got.articles, got.rejects)
	}
}
