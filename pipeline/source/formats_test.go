package source

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

const formatsFolder = "../../testdata/formats"

// Each sample of a format gives the articles that stand in articles.golden, a
// mixed folder all of them. After a change: go test ./pipeline/source -run
// TestSamples -update, and look at the difference.
func TestSamples(t *testing.T) {
	got := readAll(t, Options{Skipped: func(string, string) {}}, formatsFolder)
	if got.err != nil || len(got.rejects) > 0 {
		t.Fatal(got.err, got.rejects)
	}
	var b strings.Builder
	for _, a := range got.articles {
		row := struct {
			File, ID, Title, Outlet string
			Authors                 []string
			Published, URL, Text    string
		}{
			filepath.Base(a.Origin.Path), a.ID, a.Title, a.Outlet, a.Authors, "", a.URL, a.Body,
		}
		if !a.Published.IsZero() {
			row.Published = a.Published.Format(time.RFC3339)
		}
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	golden := filepath.Join(formatsFolder, "_articles.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, b.String(), string(want))
}
