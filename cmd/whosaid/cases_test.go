package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// casesFolder holds inputs written after public bug reports, each with a JSON
// file beside it that says what must come of it. It is no part of the project.
const casesFolder = "../../../shared/cases"

// cases are the names, as patterns, that must come out right; what follows the
// name says how much of it. A case that is known to be wrong still stands here
// with the reason.
var cases = []struct {
	pattern string
	holds   func(*testing.T, *caseFile, outcomeOfCase)
	wrong   string // why it is not right yet; "" when it must be
}{
	{"31*", statementsHold, ""},   // WARC
	{"32[a-m]*", allRead, ""},     // Parquet
	{"32[no]*", noneRejected, ""}, // without rows
	{"0[1348]-*", wordsHold, ""},  // marks, pieces, sign-offs
	{"1[01467]-*", wordsHold, ""}, // single words, lyrics, thoughts
	{"2[13]-*", wordsHold, ""},    // chained, labels
	{"3[46789]-*", wordsHold, ""}, // live blog, posts, blocks, release, ruling
	{"4[057]-*", wordsHold, ""},   // sport, documents, capitals
	{"42-*", wordsHold, ""},
	{"07-*", wordsHold, "a name in single marks makes an indirect statement mixed"},
	{"44-*", wordsHold, ""},
}

// caseFile is what the JSON file of a case says.
type caseFile struct {
	Kind     string
	Expected json.RawMessage // a list of statements, or a sentence for people
	MustNot  []string        `json:"must_not_be_rows"`
}

type caseStatement struct {
	Type    string
	Text    string
	Speaker *string
}

// outcomeOfCase are the rows that a case gave.
type outcomeOfCase struct {
	code     int
	log      string
	quotes   []caseStatement
	articles []struct{ Status string }
	rejects  []struct{ Reason, Detail string }
}

func TestCases(t *testing.T) {
	all, err := filepath.Glob(filepath.Join(casesFolder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Skipf("there is no %s", casesFolder)
	}
	for _, want := range cases {
		met := 0
		for _, file := range all {
			name := strings.TrimSuffix(filepath.Base(file), ".json")
			if ok, err := path.Match(want.pattern, name); err != nil || !ok {
				continue
			}
			met++
			t.Run(name, func(t *testing.T) {
				if want.wrong != "" {
					t.Skip(want.wrong)
				}
				var c caseFile
				b, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := json.Unmarshal(b, &c); err != nil {
					t.Fatal(err)
				}
				want.holds(t, &c, runCase(t, inputOf(t, file)))
			})
		}
		if met == 0 {
			t.Errorf("no case is called %s", want.pattern)
		}
	}
}

// inputOf is the other file of a case's name.
func inputOf(t *testing.T, file string) string {
	t.Helper()
	stem := strings.TrimSuffix(file, ".json")
	same, _ := filepath.Glob(stem + ".*")
	for _, f := range same {
		if f != file {
			return f
		}
	}
	t.Fatalf("no input beside %s", file)
	return ""
}

func runCase(t *testing.T, input string) (o outcomeOfCase) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	o.code, _, o.log = runs(t, "", "extract", "--quiet", "--format", "jsonl", "--workers", "2", "--out", out, input)
	readRows(t, out, "quotes", &o.quotes)
	readRows(t, out, "articles", &o.articles)
	readRows(t, out, "rejects", &o.rejects)
	return o
}

func readRows[T any](t *testing.T, out, table string, rows *[]T) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(out, table+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		var row T
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		*rows = append(*rows, row)
	}
}

// statementsHold: every statement expected is a row of its type, words and
// speaker, and none of the words that are no statement is within one.
func statementsHold(t *testing.T, c *caseFile, got outcomeOfCase) {
	t.Helper()
	var want []caseStatement
	if err := json.Unmarshal(c.Expected, &want); err != nil {
		t.Fatal(err)
	}
	if got.code != exitOK {
		t.Errorf("exit code %d: %s", got.code, got.log)
	}
	rows := map[string]int{}
	for _, q := range got.quotes {
		rows[q.line()]++
	}
	for _, q := range want {
		if rows[q.line()] == 0 {
			t.Errorf("lacks %s\nhas %v", q.line(), got.lines())
		}
	}
	for _, words := range c.MustNot {
		for _, q := range got.quotes {
			if strings.Contains(plainWords(q.Text), plainWords(words)) {
				t.Errorf("%q is a statement: %s", words, q.line())
			}
		}
	}
}

// wordsHold: every statement expected is a row of its type and words, whoever speaks,
// and none of the words that are no statement is within one.
func wordsHold(t *testing.T, c *caseFile, got outcomeOfCase) {
	t.Helper()
	var want []caseStatement
	if err := json.Unmarshal(c.Expected, &want); err != nil {
		t.Fatal(err)
	}
	for i := range want {
		want[i].Speaker = nil
		want[i].Text, _, _ = strings.Cut(want[i].Text, " [attitude]")
		want[i].Text, _, _ = strings.Cut(want[i].Text, " [refused")
	}
	c.Expected, _ = json.Marshal(want)
	for i := range got.quotes {
		got.quotes[i].Speaker = nil
	}
	statementsHold(t, c, got)
}

// allRead: every record is an article, and none is rejected or left out.
func allRead(t *testing.T, _ *caseFile, got outcomeOfCase) {
	t.Helper()
	if got.code != exitOK || len(got.rejects) > 0 || len(got.articles) == 0 || len(got.quotes) == 0 {
		t.Errorf("exit code %d, %d articles, %d statements, rejects %v: %s", got.code, len(got.articles), len(got.quotes), got.rejects, got.log)
	}
	for i, a := range got.articles {
		if a.Status == "failed" {
			t.Errorf("article %d is %s", i, a.Status)
		}
	}
}

// noneRejected: there is nothing to read, and nothing is wrong with that.
func noneRejected(t *testing.T, _ *caseFile, got outcomeOfCase) {
	t.Helper()
	if len(got.rejects) > 0 || strings.Contains(got.log, "damaged") {
		t.Errorf("exit code %d, rejects %v: %s", got.code, got.rejects, got.log)
	}
}

func (s caseStatement) line() string {
	speaker := "nobody"
	if s.Speaker != nil {
		speaker = *s.Speaker
	}
	return fmt.Sprintf("%s %q by %s", s.Type, plainWords(s.Text), speaker)
}

func (o outcomeOfCase) lines() (out []string) {
	for _, q := range o.quotes {
		out = append(out, q.line())
	}
	return out
}

// plainWords are the words of a text without marks and the punctuation before
// them, which readers judge differently.
func plainWords(s string) string {
	s = strings.NewReplacer("“", "", "”", "", "\"", "", "’", "'", "‘", "'", "…", " ", "[...]", " ").Replace(s)
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = strings.Trim(w, ".,;:!?'")
	}
	return strings.Join(words, " ")
}
