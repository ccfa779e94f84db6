package train

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

func TestWithoutOutlets(t *testing.T) {
	data, out := t.TempDir(), filepath.Join(t.TempDir(), "data")
	for name, content := range map[string]string{
		"polnear/dev.txt":            "kept",
		"ner/gmb/words":              "kept",
		"ner/worldnews/train.tsv":    "# doc bay_courier_1\nIlse\tB-Person\n\n# doc hill_post_2\nVidar\tB-Person\n# doc bay_courier_12\nRask\tB-Person\n",
		"ner/worldnews/tune.tsv":     "kept",
		"worldnews-train/gold.jsonl": `{"doc":"bay_courier_3","text":"Hm.","attributions":[]}` + "\n" + `{"doc":"hill_post_4","text":"Ah.","attributions":[]}` + "\n",
		"worldnews-train/README":     "kept",
	} {
		path := filepath.Join(data, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := WithoutOutlets(data, out, []string{"bay_courier", "other"}); err != nil {
		t.Fatal(err)
	}
	golds, err := eval.ReadGoldFile(filepath.Join(out, "worldnews-train", "gold.jsonl"))
	if err != nil || len(golds) != 1 || golds[0].Doc != "hill_post_4" {
		t.Errorf("golds left: %v, %v", golds, err)
	}
	for name, want := range map[string]string{
		"polnear/dev.txt": "kept", "ner/gmb/words": "kept", "ner/worldnews/tune.tsv": "kept", "worldnews-train/README": "kept",
		"ner/worldnews/train.tsv": "# doc hill_post_2\nVidar\tB-Person\n",
	} {
		if b, err := os.ReadFile(filepath.Join(out, name)); err != nil || string(b) != want {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
	if err := WithoutOutlets(data, out, nil); err == nil || !strings.Contains(err.Error(), "exist") {
		t.Errorf("a folder that is there already: %v", err)
	}
}

// TestJudgeHeldOut lets the embedded detector and one that names everybody Ilse
// stand for models that have not seen an outlet.
func TestJudgeHeldOut(t *testing.T) {
	parser, annotate := Annotator(t)
	quote, err := model.English("quote")
	if err != nil {
		t.Fatal(err)
	}
	const text = "“We will rebuild the pier,” Ilse Okonkwo said on Monday."
	ilse := "Ilse Okonkwo"
	set := func(name string) QuoteSet {
		return QuoteSet{Name: name, Act: "statement", Golds: []eval.Gold{{Doc: name + "_1", Text: text, Attributions: []eval.Attribution{{
			ID: "1", Type: "direct", Content: []eval.Range{{0, 27}}, Source: []eval.Range{{28, 40}}, Cue: []eval.Range{{41, 45}}, Kind: "person", Name: ilse,
		}}}}}
	}
	var left []string
	blind := func(_ context.Context, outlets []string, f *model.File) (func(news.Article) (*news.Result, error), error) {
		if left = outlets; f != quote {
			t.Error("another detector than that of the part")
		}
		return func(a news.Article) (*news.Result, error) {
			d := annotate(&a)
			r := &news.Result{Doc: d, Entities: []news.Entity{{Name: ilse, Kind: news.Person}}}
			r.Quotes = append(r.Quotes, news.Quote{Kind: news.Direct, Act: news.Statement, Parts: []news.Part{{Span: news.Span{Start: 0, End: 31}, Quoted: true}}, Confidence: 1})
			r.Attributions = append(r.Attributions, news.Attribution{Entity: 0, Kind: news.Person, Confidence: 1})
			return r, nil
		}, nil
	}
	h := &heldOutlets{table: quoteFigures("outlet held out"), annotate: annotate, blind: blind, read: eval.Predictions{}}
	h.table.Head = append(h.table.Head, "speaker", "end to end", "abstain")
	if err := h.judge(context.Background(), set("hill_post"), set("bay_courier, dale_star"), quote, QuoteOptions{Words: parser}); err != nil {
		t.Fatal(err)
	}
	if strings.Join(left, "+") != "bay_courier+dale_star" {
		t.Errorf("left out: %q", left)
	}
	if len(h.table.Rows) != 1 || len(h.world) != 1 || len(h.table.Rows[0]) != len(h.table.Head) || len(h.world[0]) != len(h.table.Head) {
		t.Fatalf("rows %v and %v for %v", h.table.Rows, h.world, h.table.Head)
	}
	if row := h.table.Rows[0]; row[5] != "100.0" || row[len(row)-1] != "–" { // the triple
		t.Errorf("one of PolNeAR's outlets: %v", row)
	}
	if row := h.world[0]; row[7] != "100.0" || row[11] != "100.0" || row[12] != "100.0" { // direct, speaker, end to end
		t.Errorf("world news: %v", row)
	}
}
