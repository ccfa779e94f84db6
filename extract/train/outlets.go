package train

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
)

// Blind makes, of a detector that has not learned from some outlets of world
// news, a program of which nothing has.
type Blind func(ctx context.Context, outlets []string, quote *model.File) (func(news.Article) (*news.Result, error), error)

// Outlets trains the detector without one outlet of PolNeAR and a few of world
// news, for each of PolNeAR's in turn, and tells how well it does on those held
// out: a row for each of PolNeAR's outlets, one for each group of world news, and
// one for all of world news. With blind, world news is read by the whole program,
// and speakers are judged too. The reporting words and what the second taggers learn
// from have seen all outlets; each tagger is trained once, not o.Runs times.
func Outlets(ctx context.Context, d *QuoteData, annotate Annotate, o QuoteOptions, blind Blind) (CardTable, error) {
	sets := d.outlets()
	groups, _ := worldGroups(d.World, len(sets))
	cases, err := allQuoteCases(ctx, d, annotate, o)
	if err != nil {
		return CardTable{}, fmt.Errorf("hold outlets out: %w", err)
	}
	o.Runs = 1
	o.holdOutlets(d)
	h := &heldOutlets{table: quoteFigures("outlet held out"), annotate: annotate, blind: blind, read: eval.Predictions{}}
	if blind != nil {
		h.table.Head = append(h.table.Head, "speaker", "end to end", "abstain")
	}
	o.Held = func(part int, f *model.File) error {
		o.Progress(fmt.Sprintf("judge without part %d of %d", part+1, len(sets)))
		return h.judge(ctx, sets[part], groups[part], f, o)
	}
	if _, err := Quote(ctx, cases, o); err != nil {
		return CardTable{}, fmt.Errorf("hold outlets out: %w", err)
	}
	if len(d.World) > 0 {
		h.table.Rows = append(append(h.table.Rows, h.world...), h.row("all of world news", d.World, h.read))
	}
	return h.table, nil
}

// heldOutlets gathers the figures of outlets held out.
type heldOutlets struct {
	table    CardTable // rows of PolNeAR's outlets
	world    []CardRow
	read     eval.Predictions // of all of world news
	annotate Annotate
	blind    Blind
}

// judge reads one of PolNeAR's outlets and some of world news by models that have
// not learned from them.
func (h *heldOutlets) judge(ctx context.Context, polnear, world QuoteSet, f *model.File, o QuoteOptions) error {
	detector, err := detect.New(f, o.Words, english.Language())
	if err != nil {
		return err
	}
	row, _, err := quoteRow(polnear, detector, h.annotate)
	if err != nil {
		return err
	}
	for len(row) < len(h.table.Head) {
		row = append(row, "–")
	}
	h.table.Rows = append(h.table.Rows, row)
	if len(world.Golds) == 0 {
		return nil
	}
	var preds eval.Predictions
	if h.blind == nil {
		preds, err = predictQuotes(world, detector, h.annotate)
	} else if read, failed := h.blind(ctx, strings.Split(world.Name, ", "), f); failed != nil {
		return failed
	} else {
		preds, err = eval.Predict(world.Golds, world.Act, read)
	}
	if err != nil {
		return err
	}
	maps.Copy(h.read, preds)
	h.world = append(h.world, h.row(world.Name, world.Golds, preds))
	return nil
}

// row is the figures of some articles.
func (h *heldOutlets) row(name string, golds []eval.Gold, preds eval.Predictions) []string {
	report := eval.Compare(golds, preds)
	row, _ := figuresRow(name, report)
	if h.blind != nil {
		x := report.Figures()
		for _, v := range []float64{x.SpeakerAccuracy, x.SpeakerEndToEnd.F1, x.Abstain} {
			row = append(row, fmt.Sprintf("%.1f", v))
		}
	}
	return row
}

// WithoutOutlets makes a folder of training data at out like that at dataDir, but
// without what some outlets of world news have in worldnews-train and
// ner/worldnews/train.tsv. All else are links. out must not be there yet.
func WithoutOutlets(dataDir, out string, outlets []string) error {
	dataDir, err := filepath.Abs(dataDir)
	if err != nil {
		return err
	}
	if err := os.Mkdir(out, 0o755); err != nil {
		return fmt.Errorf("leave outlets out: %w", err)
	}
	gone := func(article string) bool { return slices.Contains(outlets, worldOutlet(article)) }
	for _, dir := range []string{"", "ner", "ner/worldnews", "worldnews-train"} {
		entries, err := os.ReadDir(filepath.Join(dataDir, dir))
		if err != nil {
			return fmt.Errorf("leave outlets out: %w", err)
		}
		for _, e := range entries {
			from, to := filepath.Join(dataDir, dir, e.Name()), filepath.Join(out, dir, e.Name())
			switch filepath.ToSlash(filepath.Join(dir, e.Name())) {
			case "ner", "ner/worldnews", "worldnews-train":
				err = os.Mkdir(to, 0o755)
			case "worldnews-train/gold.jsonl":
				err = copyGolds(from, to, gone)
			case "ner/worldnews/train.tsv":
				err = copyNames(from, to, gone)
			default:
				err = os.Symlink(from, to)
			}
			if err != nil {
				return fmt.Errorf("leave outlets out: %w", err)
			}
		}
	}
	return nil
}

// copyGolds copies gold articles but those that are gone.
func copyGolds(from, to string, gone func(string) bool) error {
	golds, err := eval.ReadGoldFile(from)
	if err != nil {
		return err
	}
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	golds = slices.DeleteFunc(golds, func(g eval.Gold) bool { return gone(g.Doc) })
	if err := eval.WriteGold(f, golds); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// copyNames copies a BIO file but the articles that are gone.
func copyNames(from, to string, gone func(string) bool) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	keep := true
	for line := range strings.Lines(string(b)) {
		if name, ok := strings.CutPrefix(line, "# doc "); ok {
			keep = !gone(strings.TrimSpace(name))
		}
		if keep {
			w.WriteString(line) // Flush tells of a failure
		}
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
