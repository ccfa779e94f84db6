package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// flagsOfSample are the flags that samples of testdata/shapes cannot do without.
var flagsOfSample = map[string][]string{
	"headless.csv": {"--columns", "id,date,title,text"},
}

// Feeds, news XML and the shapes of JSON have samples of our own, and what is
// read of each stands beside it.
func TestFormatSamples(t *testing.T) {
	const folder = "../../testdata/shapes"
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".golden") {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			args := append([]string{"extract", "--quiet", "--language", "any", "--format", "jsonl", "--out", out}, flagsOfSample[e.Name()]...)
			if code, _, stderr := runs(t, "", append(args, filepath.Join(folder, e.Name()))...); code != exitOK {
				t.Fatal(stderr)
			}
			got := readable(t, out)
			golden := filepath.Join(folder, e.Name()+".golden")
			if *updateFigures {
				put(t, golden, got, 0o644)
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s (mend with -update): got\n%swant\n%s", golden, got, want)
			}
		})
	}
}

// readable writes what matters of a run's tables for people.
func readable(t *testing.T, out string) string {
	t.Helper()
	var articles, quotes, rejects []map[string]any
	readRows(t, out, "articles", &articles)
	readRows(t, out, "quotes", &quotes)
	readRows(t, out, "rejects", &rejects)
	var b strings.Builder
	for _, a := range articles {
		for _, key := range []string{"article_id", "title", "outlet", "authors", "published", "url"} {
			v, err := json.Marshal(a[key])
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s: %s\n", key, v)
		}
		fmt.Fprintf(&b, "text: %q\n", a["text"])
		for _, q := range quotes {
			if q["article_id"] == a["article_id"] {
				fmt.Fprintf(&b, "- %v %q by %v\n", q["type"], q["text"], q["speaker"])
			}
		}
		b.WriteByte('\n')
	}
	for _, r := range rejects {
		fmt.Fprintf(&b, "reject: record %v: %v: %v\n", r["source_record"], r["reason"], r["detail"])
	}
	return b.String()
}
