package pipeline

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// FuzzPipe: whatever comes in, each record gets one answer of a known status, in
// order, and the stream ends with a count that is theirs; the same bytes with one
// worker and with three.
func FuzzPipe(f *testing.F) {
	for _, s := range []string{
		"", "\n\n", `{"id":"a","text":"\"Rain,\" said Zoë."}`, "{\"text\":\"a\"}\n\n{\"text\":\n[1]\n{\"text\":\"PANIC\"}\n{}",
		`{"text":"a","id":"x"}` + "\n" + `{"text":"a","id":"x"}`, "\xff\xfe{\x00", "{\"text\":\"\xff\"}", `{"text":null}` + "\nnull\n7",
		`{"text":"\ud800 \u0000"}`, strings.Repeat(`{"text":"\"Rain\""}`+"\n", 300), strings.Repeat("[", 5000),
	} {
		f.Add([]byte(s), false)
	}
	whole := arrowArticles(f, []string{`"Rain," said Zoë.`, "", "PANIC"})
	for _, b := range [][]byte{whole, whole[:len(whole)-9], whole[:len(whole)/2], append(bytes.Clone(whole), whole...)} {
		f.Add(b, true)
	}
	f.Fuzz(func(t *testing.T, data []byte, columns bool) {
		if len(data) > 16<<10 || bytes.Contains(data, []byte("SLOW")) || bytes.Contains(data, []byte("STUCK")) {
			return
		}
		one := fuzzPipe(t, data, columns, 1)
		if many := fuzzPipe(t, data, columns, 3); !bytes.Equal(one, many) {
			t.Fatalf("three workers answer\n%s\none\n%s", many, one)
		}
		keepsContract(t, one)
	})
}

// fuzzPipe is the answers, as JSON Lines, to a stream of JSON Lines or Arrow.
func fuzzPipe(t *testing.T, data []byte, columns bool, workers int) []byte {
	var out bytes.Buffer
	answers, err := output.AnswersJSONL(&out, []output.Table{output.Articles, output.Quotes}, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dates, err := source.ParseDateFormat("month-first")
	if err != nil {
		t.Fatal(err)
	}
	so := source.Options{Format: source.JSONL, Stdin: bytes.NewReader(data), Dates: dates, MaxRecord: 8 << 10, MaxArticle: 2 << 10}
	if columns {
		so.Format = source.Arrow
	}
	o := Options{Workers: workers, Language: "any"}
	c, err := Pipe(t.Context(), source.New(so), source.Shard{Path: source.Stdin, Format: so.Format, Stream: true}, quoteMarks, o, answers)
	if err == nil {
		err = answers.Close()
	}
	if err != nil {
		t.Fatalf("a stream in memory does not fail: %v", err)
	}
	if n := c.Written + c.Skipped + c.Failed + c.Rejected; n != c.Read {
		t.Fatalf("read %d, answered %d", c.Read, n)
	}
	return out.Bytes()
}

// keepsContract holds answers to docs/pipe.md.
func keepsContract(t *testing.T, out []byte) {
	lines := bytes.Split(bytes.TrimSuffix(out, []byte("\n")), []byte("\n"))
	counts, last := map[string]int{}, -1
	for i, line := range lines {
		var a struct {
			Record        int
			ArticleID     *string `json:"article_id"`
			Status        string
			Reason        *string
			Quotes        []any
			Hello         *int `json:"whosaid_pipe"`
			Bye           *int `json:"whosaid_pipe_end"`
			Records       int
			OK            int
			Skipped       int
			Failed        int
			Rejected      int
			ArticlesTable []any `json:"articles"`
		}
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatalf("line %d, %.80q: %v", i, line, err)
		}
		switch {
		case i == 0:
			if a.Hello == nil {
				t.Fatalf("the stream begins with %.80q", line)
			}
		case i == len(lines)-1:
			if a.Bye == nil || a.Records != len(lines)-2 || a.OK != counts["ok"] || a.Skipped != counts["skipped"] || a.Failed != counts["failed"] || a.Rejected != counts["rejected"] {
				t.Fatalf("%d answers, %v, end with %s", len(lines)-2, counts, line)
			}
		default:
			counts[a.Status]++
			if a.Record <= last {
				t.Fatalf("record %d after %d", a.Record, last)
			}
			last = a.Record
			if (a.Status == "ok") != (a.Reason == nil) || (a.Status == "rejected") != (a.ArticleID == nil) || (a.Status == "rejected") != (len(a.ArticlesTable) == 0) || a.Status != "ok" && len(a.Quotes) > 0 {
				t.Fatalf("an answer is %s", line)
			}
		}
	}
	if len(lines) < 2 || len(counts) > 4 {
		t.Fatalf("%d lines, %v", len(lines), counts)
	}
}

// arrowArticles is an IPC stream of texts.
func arrowArticles(f *testing.F, texts []string) []byte {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	b.AppendValues(texts, nil)
	schema := arrow.NewSchema([]arrow.Field{{Name: "text", Type: arrow.BinaryTypes.String}}, nil)
	batch := array.NewRecordBatch(schema, []arrow.Array{b.NewArray()}, int64(len(texts)))
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(schema))
	if err := w.Write(batch); err != nil {
		f.Fatal(err)
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	return out.Bytes()
}
