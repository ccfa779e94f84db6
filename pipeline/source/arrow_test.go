package source

import (
	"bytes"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// arrowOf is an IPC stream of texts with their ids, a row a batch; an empty
// string is null.
func arrowOf(t testing.TB, texts, ids []string) []byte {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}, Nullable: true},
		{Name: "maintext", Type: arrow.BinaryTypes.LargeString, Nullable: true},
		{Name: "authors", Type: arrow.ListOf(arrow.BinaryTypes.String), Nullable: true},
		{Name: "date", Type: arrow.FixedWidthTypes.Date32},
	}, nil)
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(schema), ipc.WithDictionaryDeltas(true))
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for i := range texts {
		id := b.Field(0).(*array.BinaryDictionaryBuilder)
		if ids[i] == "" {
			id.AppendNull()
		} else if err := id.AppendString(ids[i]); err != nil {
			t.Fatal(err)
		}
		if texts[i] == "" {
			b.Field(1).AppendNull()
		} else {
			b.Field(1).(*array.LargeStringBuilder).Append(texts[i])
		}
		authors := b.Field(2).(*array.ListBuilder)
		authors.Append(true)
		authors.ValueBuilder().(*array.StringBuilder).Append("Ann Example")
		authors.ValueBuilder().(*array.StringBuilder).Append("Bo Example")
		b.Field(3).(*array.Date32Builder).Append(20514)
		batch := b.NewRecordBatch()
		if err := w.Write(batch); err != nil {
			t.Fatal(err)
		}
		batch.Release()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestArrow(t *testing.T) {
	o := Options{SliceSize: -1}
	whole := arrowOf(t, []string{"Rain fell.", "Snow fell."}, []string{"a", "b"})
	for name, data := range map[string][]byte{
		"stream": whole, "file": append([]byte("ARROW1\x00\x00"), whole...), "gzip": gz(string(whole)),
	} {
		o.Stdin = bytes.NewReader(data)
		got := readAll(t, o, "-")
		if got.err != nil || len(got.rejects) > 0 || len(got.articles) != 2 {
			t.Fatalf("%s: %d articles, rejects %v, %v", name, len(got.articles), got.rejects, got.err)
		}
		a := got.articles[1]
		if a.ID != "b" || a.Body != "Snow fell." || len(a.Authors) != 2 || a.Published.Format("2006-01-02") != "2026-03-02" || a.Origin.Record != 1 {
			t.Errorf("%s: the second article is %+v", name, a)
		}
	}

	o.Stdin = bytes.NewReader(whole[:len(whole)-200])
	got := readAll(t, o, "-")
	if len(got.articles) != 1 || len(got.rejects) != 1 || got.rejects[0].Reason != ReasonTruncated {
		t.Errorf("of a stream cut off: %d articles, rejects %v", len(got.articles), got.rejects)
	}
}
