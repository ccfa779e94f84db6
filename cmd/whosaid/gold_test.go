package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/eval"
)

// What is corrected on the desk comes back as gold, which eval judges by and
// train learns from.
func TestCorrectionsBecomeGold(t *testing.T) {
	if testing.Short() {
		t.Skip("trains a small model")
	}
	dir := t.TempDir()
	tables, gold := filepath.Join(dir, "tables"), filepath.Join(dir, "mine.jsonl")
	must := func(args ...string) string {
		t.Helper()
		code, out, errs := runs(t, "", args...)
		if code != 0 {
			t.Fatalf("whosaid %s: exit code %d\n%s", strings.Join(args, " "), code, errs)
		}
		return out + errs
	}
	stories := "../../testdata/articles/"
	must("extract", "--quiet", "--progress", "none", "--out", tables, stories+"cable-car-quito.txt", stories+"brief-bridge.txt", stories+"cup-semi-final.txt")

	correct(t, tables, "cable-car-quito",
		url.Values{"do": {"set"}, "near": {"0"}, "words": {"the third interruption in a week"}, "name": {"Ada Example"}, "kind": {"person"}, "type": {"indirect"}, "act": {"statement"}},
		url.Values{"do": {"done"}, "by": {"Ada"}})
	must("audit", "gold", "--out", gold, tables)
	golds, err := eval.ReadGoldFile(gold)
	if err != nil || len(golds) != 1 {
		t.Fatalf("%d articles: %v", len(golds), err)
	}
	found := false
	for _, a := range golds[0].Attributions {
		if a.Name == "Ada Example" {
			at := a.Content[0]
			found = string([]rune(golds[0].Text)[at[0]:at[1]]) == "the third interruption in a week"
		}
	}
	if !found {
		t.Errorf("the added statement is not in %+v", golds[0].Attributions)
	}
	if out := must("eval", "--gold", gold); !strings.Contains(out, "exact content ") {
		t.Errorf("eval says\n%s", out)
	}

	// A data folder of the other stories: convert writes what train reads.
	data := filepath.Join(dir, "data")
	brat := filepath.Join(dir, "brat")
	must("convert", "--to", "brat", "--out", brat, tables)
	for _, part := range []string{"train", "dev"} {
		for _, story := range []string{"brief-bridge", "cup-semi-final"} {
			for from, to := range map[string]string{".txt": "text/" + story + ".txt", ".ann": "attributions/" + story + "_own.ann"} {
				b, err := os.ReadFile(filepath.Join(brat, story+from))
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(data, "polnear", part, to)
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				put(t, file, string(b), 0o644)
			}
		}
	}
	b, err := os.ReadFile(gold)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{"worldnews", "worldnews-train"} {
		if err := os.MkdirAll(filepath.Join(data, set), 0o755); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(data, set, "gold.jsonl"), string(b), 0o644)
	}
	trained := map[bool]string{}
	for _, own := range []bool{false, true} {
		out := filepath.Join(dir, map[bool]string{true: "mine", false: "others"}[own])
		args := []string{"train", "--data", data, "--out", out}
		if own {
			args = append(args, "--gold", gold)
		}
		must(append(args, "quote")...)
		b, err := os.ReadFile(filepath.Join(out, "quote.model"))
		if err != nil {
			t.Fatal(err)
		}
		trained[own] = string(b)
		must("show", "--model", out, stories+"brief-bridge.txt")
	}
	if trained[true] == trained[false] {
		t.Error("nothing is learned from the corrections")
	}
}

// correct serves tables and sends corrections of an article as the page does.
func correct(t *testing.T, tables, article string, forms ...url.Values) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		app := newApp(strings.NewReader(""), w, io.Discard)
		ended <- app.RunContext(ctx, arrange(app, []string{"whosaid", "serve", tables}))
		w.Close()
	}()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	address, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := http.Client{Jar: jar}
	page, err := c.Get(address + "correct?id=" + article)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(page.Body)
	page.Body.Close()
	form := regexp.MustCompile(`<meta name="form" content="([^"]+)">`).FindSubmatch(b)
	if form == nil {
		t.Fatalf("no form value in\n%.500s", b)
	}
	for _, values := range forms {
		values.Set("form", string(form[1]))
		values.Set("id", article)
		answer, err := c.PostForm(address+"correct", values)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK { // behind the page that it leads to
			t.Fatalf("status %d\n%.800s", answer.StatusCode, b)
		}
	}
}
