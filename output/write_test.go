package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/whosaid/whosaid/extract/news"
)

func paths(dir string, f Format) map[Table]string {
	m := map[Table]string{}
	for _, t := range Tables() {
		m[t] = filepath.Join(dir, string(t)+"."+string(f))
	}
	return m
}

// oneReject has bytes that are not UTF-8, which NewReject mends.
var oneReject = NewReject("in/ledger.jsonl", 3, "bad_json", "line 4: \"unexpected\" end\xff", "run-1")

// writeAll writes rows and one reject to all tables.
func writeAll(t testing.TB, dir string, f Format, rows []Rows, o Options) []FileInfo {
	t.Helper()
	w, err := Open(f, paths(dir, f), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Reject(oneReject); err != nil {
		t.Fatal(err)
	}
	infos, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return infos
}

// flat is the rows of all articles, table by table, as files have them.
type flat struct {
	Articles []ArticleRow
	Quotes   []QuoteRow
	Mentions []MentionRow
	Entities []EntityRow
	Rejects  []RejectRow
}

func flatten(rows []Rows) flat {
	f := flat{Rejects: []RejectRow{oneReject}}
	for _, r := range rows {
		f.Articles = append(f.Articles, r.Article)
		f.Quotes = append(f.Quotes, r.Quotes...)
		f.Mentions = append(f.Mentions, r.Mentions...)
		f.Entities = append(f.Entities, r.Entities...)
	}
	return f
}

func readParquet[T Row](t *testing.T, path string) (out []T) {
	t.Helper()
	if _, err := ReadFile(path, func(r *T) error { out = append(out, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func readJSON[T Row](t *testing.T, path string) (out []T) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	for {
		var r T
		if err := d.Decode(&r); err == io.EOF {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
}

func TestRoundTrip(t *testing.T) {
	rows := fakeRows(t, 5, 25, 200, MapOptions{})
	rows = append(rows, NewMapper(MapOptions{NoText: true}).Map(boroughResult(), StatusOK))
	rows = append(rows, NewMapper(MapOptions{}).Skipped(news.Article{}, StatusSkipped, "empty")) // text is "", not null
	want := flatten(rows)
	for _, o := range []Options{{}, {RowGroupRows: 7}, {RowGroupBytes: 1000, DictionaryMaxBytes: 100}} {
		dir := t.TempDir()
		infos := writeAll(t, dir, Parquet, rows, o)
		p := paths(dir, Parquet)
		got := flat{
			readParquet[ArticleRow](t, p[Articles]), readParquet[QuoteRow](t, p[Quotes]), readParquet[MentionRow](t, p[Mentions]),
			readParquet[EntityRow](t, p[Entities]), readParquet[RejectRow](t, p[Rejects]),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v: %s", o, diff)
		}
		for _, i := range infos {
			if n, err := CheckFile(i.Path); n != i.Rows || err != nil {
				t.Errorf("CheckFile(%s) = %d, %v; want %d", i.Path, n, err, i.Rows)
			}
		}
	}
	dir := t.TempDir()
	writeAll(t, dir, JSONL, rows, Options{})
	p := paths(dir, JSONL)
	got := flat{
		readJSON[ArticleRow](t, p[Articles]), readJSON[QuoteRow](t, p[Quotes]), readJSON[MentionRow](t, p[Mentions]),
		readJSON[EntityRow](t, p[Entities]), readJSON[RejectRow](t, p[Rejects]),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

func TestRoundTripCSV(t *testing.T) {
	rows := fakeRows(t, 6, 20, 200, MapOptions{})
	dir := t.TempDir()
	writeAll(t, dir, CSV, rows, Options{})
	records := func(table Table) []map[string]string {
		b, err := os.ReadFile(paths(dir, CSV)[table])
		if err != nil {
			t.Fatal(err)
		}
		all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var out []map[string]string
		for _, rec := range all[1:] {
			m := map[string]string{}
			for i, name := range all[0] {
				m[name] = rec[i]
			}
			out = append(out, m)
		}
		return out
	}
	unguard := func(s string) string {
		if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=+-@\t\r", s[1]) >= 0 {
			return s[1:]
		}
		return s
	}
	want := flatten(rows)
	articles := records(Articles)
	if len(articles) != len(want.Articles) {
		t.Fatalf("%d articles, want %d", len(articles), len(want.Articles))
	}
	guarded := 0
	for i, a := range want.Articles {
		got := articles[i]
		var authors []string
		if err := json.Unmarshal([]byte(got["authors"]), &authors); err != nil {
			t.Fatal(err)
		}
		if unguard(got["title"]) != a.Title || got["text"] != *a.Text && unguard(got["text"]) != *a.Text || !slices.Equal(authors, a.Authors) {
			t.Errorf("article %d: %v", i, got)
		}
		if strings.IndexByte("=+-@\t\r", (got["title"] + " ")[0]) >= 0 {
			t.Errorf("article %d: title %q would be run", i, got["title"])
		}
		if got["title"] != a.Title {
			guarded++
		}
		if published := got["published"]; (published == "") != (a.Published == nil) || published != "" && published != "2026-03-01T09:30:00.123456Z" {
			t.Errorf("article %d: published %q", i, published)
		}
	}
	if guarded == 0 {
		t.Error("no title was guarded")
	}
	quotes := records(Quotes)
	for i, q := range want.Quotes {
		var p []PartRow
		if err := json.Unmarshal([]byte(quotes[i]["parts"]), &p); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(p, q.Parts) || quotes[i]["n_words"] != fmt.Sprint(q.NWords) {
			t.Errorf("quote %d: %v", i, quotes[i])
		}
	}
}

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"":            `""`,
		"a":           "a",
		"a,b":         `"a,b"`,
		`say "no"`:    `"say ""no"""`,
		"a\nb":        "\"a\nb\"",
		"a\rb":        "\"a\rb\"",
		" a":          `" a"`,
		"a ":          `"a "`,
		"=1+1":        `"'=1+1"`,
		"+1":          `"'+1"`,
		"-1":          `"'-1"`,
		"@SUM(1)":     `"'@SUM(1)"`,
		"\tx":         "\"'\tx\"",
		"\rx":         "\"'\rx\"",
		"'=quoted":    "'=quoted",
		"“=no”":       "“=no”",
		"[1,\"\"]":    `"[1,""""]"`,
		"-":           `"'-"`,
		"a=HYPERLINK": "a=HYPERLINK",
	} {
		if got := string(appendCell(nil, in)); got != want {
			t.Errorf("appendCell(%q) = %s, want %s", in, got, want)
		}
		if got := string(appendCell(nil, []byte(in))); got != want {
			t.Errorf("appendCell of bytes %q = %s, want %s", in, got, want)
		}
	}
}

// Numbers are never guarded: a negative number stays one.
func TestNumberCell(t *testing.T) {
	got := string(appendRecord(nil, rejectColumns(), &RejectRow{SourceRecord: -4, SourcePath: "-", Reason: "x", RunID: "r"}, new([]byte)))
	if want := "\"'-\",-4,x,\"\",r\r\n"; got != want {
		t.Errorf("record %q, want %q", got, want)
	}
}

func TestJSONString(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, s string) {
		b := appendJSONString(nil, s)
		var got string
		if err := json.Unmarshal(b, &got); err != nil || got != s {
			t.Fatalf("%q comes back as %q: %v", s, got, err)
		}
		if bytes.ContainsAny(b, "\n\r\u2028\u2029") {
			t.Fatalf("%q is written as more than one line: %s", s, b)
		}
	}
	for _, s := range []string{"", "<b>&", "“…”", "\x00\x1f\x7f\"\\\b\f\n\r\t", "\u2028\u2029\u2027", "🙂", "â"} {
		check(t, s)
	}
	if got := string(appendJSONString(nil, "<a href='x'>&</a>")); got != `"<a href='x'>&</a>"` {
		t.Errorf("HTML is escaped: %s", got)
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.String().Draw(t, "s")) })
}

func FuzzJSONString(f *testing.F) {
	f.Add("a\u2028\"\\\x01🙂")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		var got string
		if err := json.Unmarshal(appendJSONString(nil, s), &got); err != nil || got != s {
			t.Fatalf("%q comes back as %q: %v", s, got, err)
		}
	})
}

// The same rows give the same bytes, in whatever groups they are written.
func TestSameBytes(t *testing.T) {
	all := flatten(fakeRows(t, 7, 60, 400, MapOptions{}))
	for _, f := range []Format{Parquet, JSONL, CSV} {
		var want []FileInfo
		for _, batch := range []int{1, 7, 64, 100, 1 << 30} {
			dir := t.TempDir()
			p := paths(dir, f)
			delete(p, Articles)
			w, err := Open(f, p, Options{Version: "1.0.0", RowGroupRows: 500, RowGroupBytes: 200 << 10, DictionaryMaxBytes: 2000})
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i < max(len(all.Quotes), len(all.Mentions)); i += batch {
				cut := func(n int) (int, int) { return min(i, n), min(i+batch, n) }
				q, q2 := cut(len(all.Quotes))
				m, m2 := cut(len(all.Mentions))
				e, e2 := cut(len(all.Entities))
				if err := w.Write(Rows{Quotes: all.Quotes[q:q2], Mentions: all.Mentions[m:m2], Entities: all.Entities[e:e2]}); err != nil {
					t.Fatal(err)
				}
			}
			infos, err := w.Close()
			if err != nil {
				t.Fatal(err)
			}
			for i := range infos {
				infos[i].Path = filepath.Base(infos[i].Path)
			}
			if want == nil {
				want = infos
			} else if diff := cmp.Diff(want, infos); diff != "" {
				t.Errorf("%s in batches of %d: %s", f, batch, diff)
			}
		}
	}
}

func TestFileInfo(t *testing.T) {
	rows := fakeRows(t, 8, 5, 200, MapOptions{})
	for _, f := range []Format{Parquet, JSONL, CSV} {
		dir := t.TempDir()
		infos := writeAll(t, dir, f, rows, Options{})
		var order []Table
		for _, i := range infos {
			order = append(order, i.Table)
			b, err := os.ReadFile(i.Path)
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(b)
			if i.Size != int64(len(b)) || i.SHA256 != hex.EncodeToString(sum[:]) || i.Path != paths(dir, f)[i.Table] {
				t.Errorf("%+v is not the file's", i)
			}
		}
		if !slices.Equal(order, Tables()) || infos[0].Rows != 5 || infos[4].Rows != 1 {
			t.Errorf("%s: %+v", f, infos)
		}
	}
}

func TestParquetMetadata(t *testing.T) {
	dir := t.TempDir()
	writeAll(t, dir, Parquet, fakeRows(t, 9, 30, 300, MapOptions{}), Options{Version: "1.2.3", ModelHash: "beef", RowGroupRows: 100})
	f, err := os.Open(paths(dir, Parquet)[Quotes])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	file, err := openParquetFile(f)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"schema_version": SchemaVersion, "program_version": "1.2.3", "model_hash": "beef"} {
		if got, _ := file.Lookup(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if len(file.RowGroups()) < 2 {
		t.Errorf("%d row groups", len(file.RowGroups()))
	}
	free := map[string]bool{}
	for _, c := range quoteColumns() {
		free[c.Name] = c.free
	}
	for _, g := range file.Metadata().RowGroups {
		if g.NumRows > 100 {
			t.Errorf("row group of %d rows", g.NumRows)
		}
		for _, c := range g.Columns {
			path := c.MetaData.PathInSchema
			name := path[len(path)-1] == "name"
			if bounds := c.MetaData.Statistics.MaxValue != nil; bounds == (free[path[0]] || name) && c.MetaData.NumValues > c.MetaData.Statistics.NullCount {
				t.Errorf("column %v: bounds %v", path, bounds)
			}
			if codec := c.MetaData.Codec.String(); codec != "ZSTD" {
				t.Errorf("column %v: codec %s", path, codec)
			}
		}
	}
}
