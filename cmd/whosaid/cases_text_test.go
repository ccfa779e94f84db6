package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// textCases are cases of ../shared/cases, as patterns, whose input is damaged
// text, a page or a web archive. Left out are 23 and 47, whose faults lie in
// labels of speakers and in names in capitals, and 30c, which expects a
// statement that its page does not hold.
var textCases = []string{"2[5-7]-*.json", "29-*.json", "30[abd-z]-*.json", "31*-*.json"}

type saidRow struct {
	ArticleID string `json:"article_id"`
	Type      string
	Text      string
	Speaker   string
}

// TestTextCases: every statement that a case expects is a row, once an article; archives
// hold one story more than once.
func TestTextCases(t *testing.T) {
	const folder = "../../../shared/cases"
	for _, pattern := range textCases {
		files, _ := filepath.Glob(filepath.Join(folder, pattern)) // the pattern is right
		if len(files) == 0 {
			t.Skipf("no %s in %s", pattern, folder)
		}
		for _, file := range files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
				var want struct{ Expected []saidRow }
				b, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := json.Unmarshal(b, &want); err != nil {
					t.Fatal(err)
				}
				rows, articles := saidIn(t, strings.TrimSuffix(file, ".json"))
				for _, w := range want.Expected {
					if key := w.key(); rows[key] != articles {
						t.Errorf("%d rows of %s, want one an article, in %v", rows[key], key, rows)
					}
				}
			})
		}
	}
}

// TestDamagedLines: each line of case 33 is the same story, damaged otherwise.
func TestDamagedLines(t *testing.T) {
	const stem = "../../../shared/cases/33-json-texts"
	if _, err := os.Stat(stem + ".jsonl"); err != nil {
		t.Skip("needs ../shared cases: ", err)
	}
	rows, _ := saidIn(t, stem)
	direct, report := 0, 0
	for key, n := range rows {
		if strings.HasPrefix(key, "direct We won't sell the mill, Not to them | Agn") {
			direct += n
		}
		if strings.HasPrefix(key, "indirect he would wait") && strings.HasSuffix(key, "| Colm Hask") {
			report += n
		}
	}
	if direct != 13 || report != 13 {
		t.Errorf("%d direct statements and %d reports, want 13 of each: %v", direct, report, rows)
	}
}

// saidIn are the statements of the input beside a case's JSON file, and how
// many articles have some.
func saidIn(t *testing.T, stem string) (rows map[string]int, articles int) {
	t.Helper()
	out, input := filepath.Join(t.TempDir(), "out"), ""
	for _, ext := range []string{".txt", ".html", ".jsonl", ".warc", ".warc.gz"} {
		if _, err := os.Stat(stem + ext); err == nil {
			input = stem + ext
		}
	}
	code, _, log := runs(t, "", "extract", "--quiet", "--format", "jsonl", "--out", out, input)
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, log)
	}
	b, err := os.ReadFile(filepath.Join(out, "quotes.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	rows, ids := map[string]int{}, map[string]bool{}
	for line := range strings.Lines(string(b)) {
		var r saidRow
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		rows[r.key()]++
		ids[r.ArticleID] = true
	}
	return rows, len(ids)
}

// key is what a row says, marks aside, which cases write in their own way.
func (r saidRow) key() string {
	text := strings.NewReplacer("“", "", "”", "", `"`, "", "’", "'", "‘", "'").Replace(r.Text)
	return fmt.Sprintf("%s %s | %s", r.Type, strings.TrimRight(text, ".,"), r.Speaker)
}
