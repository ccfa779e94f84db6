package quotations

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/output"
)

// corpusData is the folder with labels across articles; not part of a clone.
var corpusData = filepath.Join("..", "..", "..", "..", "shared", "data")

type goldKey struct{ article, id string }

// readTable reads a file of columns parted by tabs.
func readTable(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(corpusData, "corpus", name))
	if err != nil {
		t.Skipf("needs the labels of ../shared: %v", err)
	}
	for line := range strings.Lines(string(b)) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\n"), "\t"))
	}
	return rows
}

// goldStatements are all contents of PolNeAR's train and dev, with the speakers
// as far as people-dev.tsv knows them.
func goldStatements(t *testing.T) []Statement {
	t.Helper()
	people, copies := map[goldKey]string{}, map[string]string{}
	for _, f := range readTable(t, "people-dev.tsv") {
		people[goldKey{f[0], f[1]}] = f[4]
	}
	for _, f := range readTable(t, "articles-dev.tsv") {
		copies[f[1]] = f[0]
	}
	var out []Statement
	for _, split := range []string{"train", "dev"} {
		gold, err := eval.ReadPolnear(filepath.Join(corpusData, "polnear", split), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range gold {
			text := []rune(g.Text)
			outlet, rest, _ := strings.Cut(g.Doc, "_")
			var published *int64
			if at, err := time.Parse(time.DateOnly, rest[:10]); err == nil {
				us := at.UnixMicro()
				published = &us
			}
			for _, a := range g.Attributions {
				var parts []string
				for _, r := range a.Content {
					parts = append(parts, string(text[r[0]:r[1]]))
				}
				s := Statement{
					QuoteID: a.ID, ArticleID: g.Doc, Text: strings.Join(parts, " "), Type: a.Type,
					Published: published, Outlet: outlet, Copy: copies[g.Doc],
				}
				if p := people[goldKey{g.Doc, a.ID}]; p != "" {
					s.Person = p
				}
				out = append(out, s)
			}
		}
	}
	return out
}

// link runs a linker over statements, and gives the quotation of each quote.
func link(t testing.TB, o Options, statements []Statement) (map[string]string, []output.QuotationRow, []output.QuotationLinkRow) {
	t.Helper()
	o.Dir = t.TempDir()
	l, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range statements {
		if err := l.Add(&statements[i]); err != nil {
			t.Fatal(err)
		}
	}
	of := map[string]string{}
	var rows []output.QuotationRow
	var links []output.QuotationLinkRow
	err = l.Link(context.Background(), func(r *output.QuotationRow) error {
		rows = append(rows, *r)
		return nil
	}, func(r *output.QuotationLinkRow) error {
		of[r.QuoteID] = r.QuotationID
		links = append(links, *r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return of, rows, links
}

// TestGoldUtterances measures the clusters of utterances that were read by
// people, as tools/score_clusters.py does.
func TestGoldUtterances(t *testing.T) {
	gold := map[goldKey]string{}
	for _, f := range readTable(t, "quotes-dev.tsv") {
		gold[goldKey{f[1], f[2]}] = f[0]
	}
	statements := goldStatements(t)
	for i := range statements { // ids of PolNeAR are those of an article
		statements[i].QuoteID = statements[i].ArticleID + "\t" + statements[i].QuoteID
	}
	of, rows, _ := link(t, Options{}, statements)
	keyOf := func(k goldKey) string { return of[k.article+"\t"+k.id] }
	both, found, wanted := 0, 0, 0
	keys := slices.SortedFunc(maps.Keys(gold), func(a, b goldKey) int { return strings.Compare(a.article+a.id, b.article+b.id) })
	for i, a := range keys {
		for _, b := range keys[:i] {
			g, p := gold[a] == gold[b], keyOf(a) != "" && keyOf(a) == keyOf(b)
			if g {
				wanted++
			}
			if p {
				found++
			}
			if g && p {
				both++
			}
			if g != p {
				t.Logf("%s: %v %v", map[bool]string{true: "missed", false: "wrong"}[g], a, b)
			}
		}
	}
	joined := 0
	for _, f := range readTable(t, "quotes-dev-not.tsv") {
		a, b := keyOf(goldKey{f[0], f[1]}), keyOf(goldKey{f[2], f[3]})
		if a != "" && a == b {
			joined++
			t.Logf("joined: %v", f)
		}
	}
	several := 0
	for _, r := range rows {
		if r.NQuotes > 1 {
			several++
		}
	}
	precision, recall := 100*float64(both)/float64(max(found, 1)), 100*float64(both)/float64(wanted)
	t.Logf("pairwise precision %.1f, recall %.1f; %d hard negatives joined; %d utterances of %d statements, %d of more than one",
		precision, recall, joined, len(rows), len(statements), several)
	if precision < 95 || recall < 85 || joined > 2 {
		t.Error("wanted: precision 95, recall 85, at most two hard negatives joined")
	}
}
