package source

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// The shapes of JSON other than lines, and what is wrong with them.
func TestJSONShapes(t *testing.T) {
	const two = `{"id":"a","text":"Rain fell."},{"id":"b","text":"It stopped."}`
	both := []string{"a: Rain fell.", "b: It stopped."}
	for _, c := range []struct {
		name, data string
		records    string
		want       []string
	}{
		{"an array under a usual name", `{"status":"ok","totalResults":2,"articles":[` + two + `]}`, "", both},
		{"printed for people", "{\n  \"status\": \"ok\",\n  \"articles\": [\n    {\n      \"id\": \"a\",\n      \"text\": \"Rain fell.\"\n    },\n    {\"id\": \"b\", \"text\": \"It stopped.\"}\n  ]\n}\n", "", both},
		{"deeper", `{"response":{"meta":{"hits":2,"notes":["x","{"]},"docs":[` + two + `]},"copyright":"c"}`, "", both},
		{"answers line by line", `{"articles":[{"id":"a","text":"Rain fell."}]}` + "\n" + `{"articles":[]}` + "\n" + `{"articles":[{"id":"b","text":"It stopped."}]}` + "\n", "", both},
		{"an index's hits", `{"took":3,"hits":{"total":{"value":2},"hits":[{"_id":"a","_source":{"text":"Rain fell."}},{"_source":{"id":"b","text":"It stopped."}}]}}`, "", both},
		{"a path", `{"a":{"odd name":[{"x":1}],"b":{"c":[` + two + `]}},"z":[{"id":"n","text":"not this"}]}`, "a.b.c", both},
		{"a path that is not there", `{"status":"error","code":"rateLimited"}` + "\n" + `{"a":[{"id":"a","text":"Rain fell."}]}`, "a", []string{"a: Rain fell.", "no_text@0"}},
		{"an article that holds others", `{"id":"a","text":"Rain fell.","items":[{"title":"See also","text":"other"}]}` + "\n", "", both[:1]},
		{"records switched off", `{"id":"a","articles":[{"text":"x"}],"text":"Rain fell."}`, ".", both[:1]},
		{"a broken record among good ones", `{"articles":[{"id":"a","text":"Rain fell."},{"id":"x","text":"a\q","n":[}]},{"id":"b","text":"It stopped."}]}`, "", nil},
		{"a broken string", `{"articles":[{"id":"a","text":"Rain fell."},{"id":"x","text":"a\q"},{"id":"b","text":"It stopped."}]}`, "", append(both[:2:2], "bad_json@1")},
		{"no record is an object", `{"articles":[{"id":"a","text":"Rain fell."},"x",3,null]}`, "", append(both[:1:1], "bad_json@1", "bad_json@2", "bad_json@3")},
		{"cut short", `{"articles":[{"id":"a","text":"Rain fell."},{"id":"b","te`, "", append(both[:1:1], "bad_json@1")},
		{"a table by columns", `{"id":{"0":"a","1":"b"},"text":{"0":"Rain fell.","1":"It stopped."}}`, "", both},
		{"a table by columns with gaps", `{"id":{"0":"a","1":"b","2":"c"},"text":{"0":"Rain fell.","2":null,"1":"It stopped."}}`, "", append(both[:2:2], "empty")},
		{"a table by index", `{"0":{"id":"a","text":"Rain fell."},"1":{"id":"b","text":"It stopped."}}`, "", both},
		{"a split table", `{"columns":["id","text"],"index":[0,1],"data":[["a","Rain fell."],["b","It stopped."]]}`, "", both},
		{"a broken table", `{"id":{"0":"a","1":"b"},"text":{"0":"Rain fell."`, "", []string{"bad_json@0"}},
		{"the text in an object", `{"id":"a","fields":{"bodyText":"Rain fell."},"related":{"title":"No"}}`, "", both[:1]},
	} {
		o := Options{Records: c.records}
		got := readAll(t, o, write(t, "a.json", []byte(c.data)))
		if c.want == nil { // what it gives is not worth a promise; that it ends is
			if len(got.articles) == 0 || len(got.rejects) == 0 {
				t.Errorf("%s: %v", c.name, got.summary())
			}
			continue
		}
		t.Run(c.name, func(t *testing.T) { equal(t, hostileSummary(got), c.want) })
	}
}

// hostileSummary is as TestHostile has it: articles, then rejects.
func hostileSummary(got outcome) (out []string) {
	for _, a := range got.articles {
		if a.Body == "" {
			out = append(out, "empty")
			continue
		}
		out = append(out, a.ID+": "+a.Body)
	}
	for _, r := range got.rejects {
		out = append(out, fmt.Sprintf("%s@%d", r.Reason, r.Record))
	}
	return out
}

// A large answer is read in little memory, whatever stands around its records.
func TestWrappedStreams(t *testing.T) {
	const n = 20_000
	record := `{"id":"%d","text":"` + strings.Repeat("Rain fell on the town. ", 50) + `"},`
	r, w := io.Pipe()
	go func() {
		_, _ = io.WriteString(w, `{"pad":"x","articles":[`)
		for i := range n {
			_, _ = fmt.Fprintf(w, record, i)
		}
		_, _ = io.WriteString(w, `{"id":"last","text":"End."}],"junk":{"a":[`)
		for range 200_000 {
			_, _ = io.WriteString(w, `"]}\"",[{}],`)
		}
		_, _ = io.WriteString(w, `1]}}`)
		_ = w.Close()
	}()
	o := Options{Stdin: r, MaxRecord: 64 << 10}
	shards, err := Discover(t.Context(), []string{"-"}, o)
	if err != nil {
		t.Fatal(err)
	}
	count, peak := 0, uint64(0)
	for _, err := range New(o).Articles(t.Context(), shards[0]) {
		if err != nil {
			t.Fatal(err)
		}
		if count++; count%2000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
		}
	}
	if count != n+1 {
		t.Errorf("%d records, want %d", count, n+1)
	}
	if peak > 64<<20 {
		t.Errorf("%d MiB in use", peak>>20)
	}
}

func FuzzJSONShapes(f *testing.F) {
	for _, s := range []string{
		`{"status":"ok","articles":[{"text":"x"},{"text":"y"}]}`, `{"response":{"docs":[{"title":"t","text":["a"]}],"q":{}}}`,
		`{"id":{"0":"a"},"text":{"0":"x","1":"y"}}`, `{"0":{"text":"x"}}`, `{"columns":["text"],"index":[0],"data":[["x"],[],3]}`,
		`{"articles":[{"text":"x"},{"te`, `{"articles":[{"text":"x\q"},"]"]}{"articles":[]}`, `{"hits":{"hits":[{"_source":{"text":"x"}}]}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 8<<10 {
			return
		}
		for _, records := range []string{"", "a", "articles", "response.docs"} {
			o := small(JSONL)
			o.Records, o.Stdin = records, bytes.NewReader(data)
			got := readAll(t, o, "-")
			if got.err != nil {
				t.Fatal(got.err)
			}
			if n := len(got.articles) + len(got.rejects); n > len(data)+1 {
				t.Fatalf("%d records of %d bytes", n, len(data))
			}
			o.Stdin = oneByte{bytes.NewReader(data)}
			equal(t, readAll(t, o, "-").summary(), got.summary())
		}
	})
}
