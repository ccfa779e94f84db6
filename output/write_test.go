package output

import (
	"os"
	"path/filepath"
	"testing"
)

func paths(dir string, f Format) map[Table]string {
	m := map[Table]string{}
	for _, t := range Tables() {
		m[t] = filepath.Join(dir, string(t)+"."+string(f))
	}
	return m
}

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
	if err := w.Reject(NewReject("corpus/ledger.jsonl", 3, "bad_json", "line 4: unexpected end", "run-1")); err != nil {
		t.Fatal(err)
	}
	infos, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return infos
}

func TestScratch(t *testing.T) {
	dir := os.Getenv("SCRATCH_OUT")
	if dir == "" {
		t.Skip()
	}
	rows := fakeRows(t, 1, 200, 800, MapOptions{})
	for _, r := range rows {
		if err := CheckArticle(r.Article, r.Quotes, r.Mentions, r.Entities); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []Format{Parquet, JSONL, CSV} {
		for _, i := range writeAll(t, dir, f, rows, Options{Version: "0.1.0", ModelHash: "abc"}) {
			t.Log(i)
		}
	}
	for _, tb := range Tables() {
		n, err := CheckFile(paths(dir, Parquet)[tb])
		t.Log(tb, n, err)
	}
}
