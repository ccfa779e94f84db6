package correct

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
)

// quito is an article of the testdata with its rows.
func quito(t *testing.T) output.Rows {
	t.Helper()
	text, err := os.ReadFile("../../testdata/articles/cable-car-quito.txt")
	if err != nil {
		t.Fatal(err)
	}
	x, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.Extract(news.Article{ID: "cable-car-quito", Outlet: "Andes Bulletin", Body: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	return output.NewMapper(output.MapOptions{}).Map(r, output.StatusOK)
}

// Gold that is written of an article as it stands reads back as the same
// statements, and eval finds nothing wrong with the rows that it came from.
func TestRoundTrip(t *testing.T) {
	rows := quito(t)
	gold := Lay(&rows.Article, rows.Quotes, nil).Gold(&rows.Article)
	var b bytes.Buffer
	if err := eval.WriteGold(&b, []eval.Gold{gold}); err != nil {
		t.Fatal(err)
	}
	again, err := eval.ReadGold(bytes.NewReader(b.Bytes()))
	if err != nil || len(again) != 1 || fmt.Sprint(again[0]) != fmt.Sprint(gold) {
		t.Fatalf("read back: %v\n%v\n%v", err, again, gold)
	}
	quotes, _ := eval.GoldQuotes(&again[0])
	if len(quotes) != len(rows.Quotes) {
		t.Fatalf("%d statements, want %d", len(quotes), len(rows.Quotes))
	}
	for i, q := range quotes {
		row := &rows.Quotes[i]
		if q.Extent() != (news.Span{Start: row.ByteStart, End: row.ByteEnd}) || q.Kind.String() != row.Type || row.CueByteStart != nil && q.Cue.Start != *row.CueByteStart {
			t.Errorf("statement %d: %+v, want %+v", i, q, row)
		}
	}
	var lines bytes.Buffer
	for i := range rows.Quotes {
		lines.Write(append(output.AppendJSON(nil, &rows.Quotes[i]), '\n'))
	}
	predictions, err := eval.ReadPredictions(&lines, "")
	if err != nil {
		t.Fatal(err)
	}
	report := eval.Compare(again, predictions)
	if mistakes := report.Mistakes(); len(mistakes) != 0 {
		t.Errorf("mistakes: %+v", mistakes)
	}
}

// Corrections are laid over the rows in their order: set, moved, added, removed,
// taken back, called right.
func TestLay(t *testing.T) {
	rows := quito(t)
	a := &rows.Article
	text := *a.Text
	at := func(words string) eval.Range {
		r, err := Locate(text, words, -1)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first, second := rows.Quotes[0].QuoteID, rows.Quotes[1].QuoteID
	moved := eval.Attribution{Type: "direct", Act: "statement", Content: []eval.Range{at("We sang, we prayed")}, Cue: []eval.Range{at("said")}, Kind: "person", Name: "Someone Else"}
	added := eval.Attribution{Type: "indirect", Act: "attitude", Content: []eval.Range{at("that is not enough")}, Kind: "person", Name: "Verónica Simbaña"}
	line := func(do, id string, s *eval.Attribution) Correction {
		c := Correction{ArticleID: a.ArticleID, TextHash: a.TextSHA256, Do: do, ID: id, Statement: s}
		if err := c.Check(text); err != nil {
			t.Fatal(err)
		}
		return c
	}
	all := []Correction{
		line(Set, first, &moved), line(Remove, second, nil), line(Set, "new-1", &added), line(Remove, rows.Quotes[2].QuoteID, nil), line(Undo, "", nil), line(Done, "", nil),
	}
	s := Lay(a, rows.Quotes, all)
	if len(s.Entries) != len(rows.Quotes) || s.Removed != 1 || s.Corrections != 4 || !s.Done {
		t.Fatalf("%d statements, %+v", len(s.Entries), s)
	}
	if e := s.Entries[0]; e.Name != "Someone Else" || e.Content[0] != moved.Content[0] || !e.Changed || e.Added || e.ID != first {
		t.Errorf("moved: %+v", e)
	}
	i := slices.IndexFunc(s.Entries, func(e Entry) bool { return e.ID == "new-1" })
	if i < 1 || !s.Entries[i].Added || s.Entries[i-1].Content[0][0] > s.Entries[i].Content[0][0] {
		t.Errorf("added at %d of %+v", i, s.Entries)
	}
	if slices.ContainsFunc(s.Entries, func(e Entry) bool { return e.ID == second }) {
		t.Error("a removed statement is there")
	}
	if s := Lay(a, rows.Quotes, append(all, line(Remove, first, nil))); s.Done || s.Removed != 2 {
		t.Errorf("after another correction: %+v", s)
	}
	other := *a
	other.TextSHA256 = strings.Repeat("0", 64)
	if s := Lay(&other, rows.Quotes, all); s.Corrections != 0 {
		t.Error("corrections of one text were laid over another")
	}
}

// What is kept is there again, also behind a line that a killed process left.
func TestStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "corrections.jsonl")
	s := NewStore(path)
	for i := range 5 {
		if err := s.Add(Correction{ArticleID: fmt.Sprint(i), Do: Done}); err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			f, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			_, _ = f.WriteString(`{"article_id":"x","do":"do`)
			f.Close()
		}
	}
	all, err := NewStore(path).All()
	if err != nil || len(all) != 5 || all[4].ArticleID != "4" {
		t.Errorf("%d corrections: %v", len(all), err)
	}
}

func TestLocate(t *testing.T) {
	const text = "“Ja,” said the Übermüller.\nThe mill\n  is old, the mill is slow."
	for _, c := range []struct {
		words string
		near  int
		want  string
		start int
	}{
		{"Ja,", -1, "Ja,", 1}, {"the mill is", -1, "the mill is", 46}, {"The mill is old", 0, "The mill\n  is old", 27},
		{"mill", 0, "mill", 31}, {"mill", 60, "mill", 50}, {"  Übermüller. ", -1, "Übermüller.", 15},
	} {
		r, err := Locate(text, c.words, c.near)
		if err != nil || string([]rune(text)[r[0]:r[1]]) != c.want || r[0] != c.start {
			t.Errorf("%q near %d: %v (%v)", c.words, c.near, r, err)
		}
	}
	for _, words := range []string{"", " ", "nothing of it", "Ja , said"} {
		if _, err := Locate(text, words, -1); err == nil {
			t.Errorf("%q was found", words)
		}
	}
	rs, err := LocateAll(text, "mill\n\nthe mill\n", 0)
	if err != nil || len(rs) != 2 || rs[0][0] != 31 || rs[1][0] != 46 {
		t.Errorf("fragments at %v (%v)", rs, err)
	}
	if _, err := LocateAll(text, "slow\nmill\n", 0); err == nil {
		t.Error("fragments against the text's order were found")
	}
}

func TestCheck(t *testing.T) {
	good := func() Correction {
		return Correction{ArticleID: "a", Do: Set, ID: "1", Statement: &eval.Attribution{Type: "direct", Act: "statement", Kind: "person", Name: "Ada", Content: []eval.Range{{0, 3}}}}
	}
	for name, change := range map[string]func(*Correction){
		"no words":     func(c *Correction) { c.Statement.Content = nil },
		"outside":      func(c *Correction) { c.Statement.Content = []eval.Range{{0, 99}} },
		"empty":        func(c *Correction) { c.Statement.Cue = []eval.Range{{2, 2}} },
		"overlapping":  func(c *Correction) { c.Statement.Content = []eval.Range{{0, 3}, {2, 4}} },
		"another type": func(c *Correction) { c.Statement.Type = "loud" },
		"another act":  func(c *Correction) { c.Statement.Act = "" },
		"another kind": func(c *Correction) { c.Statement.Kind = "cat" },
		"no name":      func(c *Correction) { c.Statement.Name = " " },
		"no statement": func(c *Correction) { c.Statement = nil },
		"no id":        func(c *Correction) { c.ID = "" },
		"no article":   func(c *Correction) { c.ArticleID = "" },
		"nothing":      func(c *Correction) { c.Do = "" },
	} {
		c := good()
		if err := c.Check("abcdef"); err != nil {
			t.Fatal(err)
		}
		if change(&c); c.Check("abcdef") == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
