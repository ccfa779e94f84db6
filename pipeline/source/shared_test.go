package source

import (
	"os"
	"path/filepath"
	"testing"
)

// shared is the folder of corpora that are no part of the project.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("WHOSAID_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(dir, "data", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skip("needs ../shared data: ", err)
	}
	return path
}

// TestSharedCorpora reads corpora as they come.
func TestSharedCorpora(t *testing.T) {
	got := readAll(t, Options{}, shared(t, "articles/polnear-dev.jsonl.gz"), shared(t, "articles/aleppo.txt"))
	if len(got.articles) != 85 || len(got.rejects) > 0 || got.err != nil {
		t.Fatal(len(got.articles), got.rejects, got.err)
	}
	for _, a := range got.articles[1:] {
		if a.ID == "" || a.Body == "" || a.Title == "" || a.Outlet == "" || a.URL == "" || a.Published.IsZero() {
			t.Errorf("record %d lacks something", a.Origin.Record)
		}
	}
	for folder, want := range map[string]int{"polnear/dev/text": 84, "worldnews/text": 32} {
		if got := readAll(t, Options{}, shared(t, folder)); len(got.articles) != want || len(got.rejects) > 0 {
			t.Errorf("%s: %d articles, %v", folder, len(got.articles), got.rejects)
		}
	}
}

// TestOwnArticles reads the project's own articles.
func TestOwnArticles(t *testing.T) {
	got := readAll(t, Options{}, filepath.Join("..", "..", "testdata", "articles"))
	if len(got.articles) < 25 || len(got.rejects) > 0 || got.err != nil {
		t.Fatal(len(got.articles), got.rejects, got.err)
	}
	ids := map[string]bool{}
	for _, a := range got.articles {
		if ids[a.ID] || a.ID == "" || len(a.Body) < 100 {
			t.Errorf("%s, record %d: id %q, %d bytes", a.Origin.Path, a.Origin.Record, a.ID, len(a.Body))
		}
		ids[a.ID] = true
	}
}
