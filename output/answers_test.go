package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/google/go-cmp/cmp"
)

// fakeAnswers gives answers rows of made-up articles, a reject among them.
func fakeAnswers(t *testing.T, a Answers, n int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 7))
	m := NewMapper(MapOptions{})
	for i := range n {
		r := fakeResult(rng, fakeArticle(rng, fmt.Sprint("a", i), 30+rng.IntN(300), false))
		r.Doc.Article.Origin.Record = int64(2 * i)
		rows := m.Map(r, StatusOK)
		if err := a.Rows(&rows, ""); err != nil {
			t.Fatal(err)
		}
		reject := NewReject("-", int64(2*i+1), "bad_json", "not an object", "")
		if err := a.Reject(&reject); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// Both forms of the stream hold the same answers: what Arrow has, printed as
// JSON, is what the lines have.
func TestAnswersAgree(t *testing.T) {
	const n = 300 // more than a batch
	tables := []Table{Articles, Quotes, Mentions, Entities}
	var lines, stream bytes.Buffer
	j, err := AnswersJSONL(&lines, tables, Options{Version: "1", ModelHash: "beef"})
	if err != nil {
		t.Fatal(err)
	}
	fakeAnswers(t, j, n)
	a, err := AnswersArrow(&stream, tables, Options{Version: "1", ModelHash: "beef"})
	if err != nil {
		t.Fatal(err)
	}
	fakeAnswers(t, a, n)

	want := strings.Split(strings.TrimSuffix(lines.String(), "\n"), "\n")
	if len(want) != 2*n+2 {
		t.Fatalf("%d lines for %d answers", len(want), 2*n)
	}
	if w := `{"whosaid_pipe_end":1,"records":600,"ok":300,"skipped":0,"failed":0,"rejected":300}`; want[len(want)-1] != w {
		t.Errorf("the last line is %s", want[len(want)-1])
	}
	r, err := ipc.NewReader(&stream)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	if v, ok := r.Schema().Metadata().GetValue(metaModel); !ok || v != "beef" {
		t.Errorf("model hash of the stream is %q", v)
	}
	at, batches := 1, 0
	for r.Next() {
		batches++
		b := r.RecordBatch()
		for i := range int(b.NumRows()) {
			got := arrowRow(b, i)
			if d := cmp.Diff(plainJSON(t, []byte(want[at])), plainJSON(t, got)); d != "" {
				t.Fatalf("answer %d (-lines +arrow):\n%s", at-1, d)
			}
			at++
		}
	}
	if err := r.Err(); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	if at != len(want)-1 || batches < 3 {
		t.Errorf("%d answers in %d batches", at-1, batches)
	}
}

// arrowRow is row i as JSON, written by the Arrow library.
func arrowRow(b arrow.RecordBatch, i int) []byte {
	row := b.NewSlice(int64(i), int64(i+1))
	defer row.Release()
	s := array.RecordToStructArray(row)
	defer s.Release()
	data, _ := s.MarshalJSON()
	return bytes.TrimSuffix(bytes.TrimPrefix(data, []byte("[")), []byte("]"))
}

// plainJSON decodes data, with times in one form and numbers to seven digits.
func plainJSON(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return plainValue(v, "")
}

func plainValue(v any, name string) any {
	switch x := v.(type) {
	case map[string]any:
		for k := range x {
			x[k] = plainValue(x[k], k)
		}
	case []any:
		for i := range x {
			x[i] = plainValue(x[i], "")
		}
	case string:
		if name == "published" {
			return strings.TrimRight(strings.TrimSuffix(strings.Replace(x, " ", "T", 1), "Z"), "0")
		}
	case float64:
		return float32(x)
	}
	return v
}
