package copies

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/generate"
)

func find(t testing.TB, o Options, articles []Article) []output.CopyRow {
	t.Helper()
	o.Dir = t.TempDir()
	f, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range articles {
		if err := f.Add(&articles[i]); err != nil {
			t.Fatal(err)
		}
	}
	var rows []output.CopyRow
	if err := f.Link(context.Background(), func(r *output.CopyRow) error { rows = append(rows, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(o.Dir); len(left) > 0 {
		t.Errorf("%d files are left", len(left))
	}
	return rows
}

func article(id, text string, at int64) Article {
	sum := sha256.Sum256([]byte(text))
	return Article{ID: id, Text: text, TextHash: hex.EncodeToString(sum[:]), Words: len(strings.Fields(text)), Published: &at}
}

// score compares groups by pairs.
func score(rows []output.CopyRow, gold map[string]string) (precision, recall float64) {
	found, wanted, both := map[string]int{}, map[string]int{}, map[string]int{}
	for _, r := range rows {
		found[r.CopyID]++
		if g := gold[r.ArticleID]; g != "" {
			both[r.CopyID+" "+g]++
		}
	}
	for _, g := range gold {
		wanted[g]++
	}
	pairs := func(m map[string]int) (n float64) {
		for _, k := range m {
			n += float64(k*(k-1)) / 2
		}
		return n
	}
	return pairs(both) / max(1, pairs(found)), pairs(both) / pairs(wanted)
}

// TestGenerated: copies of a generated corpus, among articles of the same
// stories that quote the same statements.
func TestGenerated(t *testing.T) {
	w := generate.New(generate.Options{Articles: 1000, Seed: 4})
	var articles []Article
	gold := map[string]string{}
	for i := range 1000 {
		r, truth := w.Article(i)
		articles = append(articles, article(truth.ID, r.Doc.Text, r.Doc.Article.Published.UnixMicro()))
		if truth.Copy != "" {
			gold[truth.ID] = truth.Copy
		}
	}
	rows := find(t, Options{Workers: 1}, articles)
	precision, recall := score(rows, gold)
	t.Logf("precision %.1f, recall %.1f of %d articles with copies", 100*precision, 100*recall, len(gold))
	if f1 := 2 * precision * recall / (precision + recall); f1 < 0.95 {
		t.Errorf("F1 %.3f, wanted 0.95", f1)
	}
	earliest := map[string]int{}
	for _, r := range rows {
		if r.IsEarliest {
			earliest[r.CopyID]++
		}
		if r.Similarity < 0.4 || r.Similarity > 1 {
			t.Errorf("%s has similarity %v", r.ArticleID, r.Similarity)
		}
	}
	for id, n := range earliest {
		if n != 1 {
			t.Errorf("%s has %d earliest articles", id, n)
		}
	}
	for _, o := range []Options{{Workers: 8}, {Workers: 2, Memory: 1}} {
		if d := cmp.Diff(rows, find(t, o, articles)); d != "" {
			t.Fatalf("%+v: other rows:\n%s", o, d)
		}
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	again := find(t, Options{}, articles)
	byID := func(a, b output.CopyRow) int { return strings.Compare(a.ArticleID, b.ArticleID) }
	slices.SortFunc(rows, byID)
	slices.SortFunc(again, byID)
	if d := cmp.Diff(rows, again); d != "" {
		t.Fatalf("another order, other rows:\n%s", d)
	}
}

// TestGold: the seven pairs of versions in PolNeAR, and nothing else.
func TestGold(t *testing.T) {
	data := filepath.Join("..", "..", "..", "..", "shared", "data")
	b, err := os.ReadFile(filepath.Join(data, "corpus", "articles-dev.tsv"))
	if err != nil {
		t.Skipf("needs the labels of ../shared: %v", err)
	}
	gold := map[string]string{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		gold[f[1]] = f[0]
	}
	var articles []Article
	for _, split := range []string{"train", "dev"} {
		names, err := filepath.Glob(filepath.Join(data, "polnear", split, "text", "*.txt"))
		if err != nil || len(names) == 0 {
			t.Fatal(err)
		}
		for i, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			articles = append(articles, article(strings.TrimSuffix(filepath.Base(name), ".txt"), string(b), int64(i)))
		}
	}
	rows := find(t, Options{}, articles)
	precision, recall := score(rows, gold)
	t.Logf("precision %.1f, recall %.1f", 100*precision, 100*recall)
	for _, r := range rows {
		if gold[r.ArticleID] == "" {
			t.Logf("not in the gold: %+v", r)
		}
	}
	if f1 := 2 * precision * recall / max(0.001, precision+recall); f1 < 0.95 {
		t.Errorf("F1 %.3f, wanted 0.95", f1)
	}
}

// TestShapes: what is a copy, and what is none.
func TestShapes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	words := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "w%d ", r.IntN(3000))
		}
		return b.String()
	}
	wire := words(400)
	half := strings.Join(strings.Fields(wire)[:200], " ")
	notice := words(60) // at the foot of all articles of an outlet
	articles := []Article{
		article("wire", wire, 10), article("upper", strings.ToUpper(wire), 11), article("half", half, 12), article("more", wire+words(100), 13),
		article("quotes", words(300)+strings.Join(strings.Fields(wire)[50:100], " "), 14),
		article("short", "Photo: the harbour at night", 1), article("short2", "Photo: the harbour at night", 2),
		article("empty", "", 1), article("empty2", "", 2), article("broken", "\xff\xfe"+strings.Repeat("\xc3", 1000), 1),
		{ID: "untold", TextHash: "00", Words: 300}, {ID: "untold2", TextHash: "00", Words: 300}, {ID: "untold3", TextHash: "01", Words: 300},
	}
	for i := range 200 {
		articles = append(articles, article(fmt.Sprint("noticed", i), words(300)+notice, 20))
	}
	of := map[string]string{}
	for _, row := range find(t, Options{}, articles) {
		of[row.ArticleID] = row.CopyID
	}
	for _, id := range []string{"upper", "half", "more"} {
		if of[id] == "" || of[id] != of["wire"] {
			t.Errorf("%s is no copy of wire", id)
		}
	}
	if of["untold"] == "" || of["untold"] != of["untold2"] || of["untold3"] != "" {
		t.Error("without texts, equal hashes are copies and others are not")
	}
	for _, id := range []string{"quotes", "short", "short2", "empty", "broken", "noticed0", "noticed199"} {
		if of[id] != "" {
			t.Errorf("%s is a copy", id)
		}
	}
	// An id stays when an earlier version turns up.
	known := of["wire"]
	earlier := append([]Article{article("first", wire, 1)}, articles...)
	for _, row := range find(t, Options{Known: func(id uint64) bool { return fmt.Sprintf("%016x", id) == known }}, earlier) {
		if row.ArticleID == "first" && (row.CopyID != known || !row.IsEarliest) {
			t.Errorf("an earlier version: %+v, wanted copy_id %s", row, known)
		}
	}
}
