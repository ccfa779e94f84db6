package train

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
)

// QuoteData is what the detector is trained and judged on.
type QuoteData struct {
	Train []eval.Gold // PolNeAR train and what the caller adds
	Own   int         // of these, how many the caller added
	World []eval.Gold // world news: statements alone, no attitudes
	Sets  []QuoteSet
}

// QuoteSet is a set of articles that is never trained on.
type QuoteSet struct {
	Name, Act string // Act: only predictions of this act count; empty: all
	Golds     []eval.Gold
}

// ReadQuoteData reads PolNeAR's train and dev parts and the world news gold
// under dataDir. own are further articles to learn from.
func ReadQuoteData(dataDir string, own []eval.Gold) (*QuoteData, error) {
	train, err := eval.ReadPolnear(filepath.Join(dataDir, "polnear/train"), "")
	if err != nil {
		return nil, fmt.Errorf("train quotations: %w", err)
	}
	dev, err := eval.ReadPolnear(filepath.Join(dataDir, "polnear/dev"), "")
	if err != nil {
		return nil, fmt.Errorf("train quotations: %w", err)
	}
	world, err := eval.ReadGoldFile(filepath.Join(dataDir, "worldnews/gold.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("train quotations: %w", err)
	}
	worldTrain, err := eval.ReadGoldFile(filepath.Join(dataDir, "worldnews-train/gold.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("train quotations: %w", err)
	}
	return &QuoteData{
		Train: append(train, own...), Own: len(own), World: worldTrain,
		Sets: []QuoteSet{{"PolNeAR dev", "", dev}, {"world news", "statement", world}},
	}, nil
}

// QuoteModel trains the detector on d and describes it. annotate is the
// engine's tokenizer, tagger and parser.
func QuoteModel(ctx context.Context, d *QuoteData, annotate Annotate, o QuoteOptions) (*model.File, Card, error) {
	byOutlet := o.Part == nil
	o.fill()
	cases, err := allQuoteCases(ctx, d, annotate, o)
	if err != nil {
		return nil, Card{}, err
	}
	if byOutlet {
		o.holdOutlets(d)
	}
	f, err := Quote(ctx, cases, o)
	if err != nil {
		return nil, Card{}, fmt.Errorf("train quotations: %w", err)
	}
	o.Progress("measure")
	card, err := quoteCard(d, f, annotate, o)
	return f, card, err
}

// quoteCard judges a detector on the sets and describes it.
func quoteCard(d *QuoteData, f *model.File, annotate Annotate, o QuoteOptions) (Card, error) {
	encoded, err := f.Encode()
	if err != nil {
		return Card{}, fmt.Errorf("write card: %w", err)
	}
	detector, err := detect.New(f, o.Words, english.Language())
	if err != nil {
		return Card{}, fmt.Errorf("write card: %w", err)
	}
	tables := []CardTable{quoteFigures("set")}
	for _, set := range d.Sets {
		row, calibration, err := quoteRow(set, detector, annotate)
		if err != nil {
			return Card{}, fmt.Errorf("write card: %w", err)
		}
		tables[0].Rows = append(tables[0].Rows, row)
		tables = append(tables, reliability("How sure it is and how often it is right (words by half), "+set.Name+".", calibration))
	}
	return Card{
		Title:   "quote.model: statements, their cues and their sources",
		Purpose: "Finds direct, indirect and mixed quotations (package extract/quote). Two linear-chain conditional random fields: the first labels tokens, the second reads a paragraph again for each possible cue; both read what the rules find. Three forests of regression trees choose source, cue and content among spans whose edges the second field or the tree suggests, by some sixty measurements each; two more decide what is kept and how sure it is. The forests are grown on what fields say of articles that they have not learned from.",
		Data: []CardData{
			{"PolNeAR train", sizeOfGold(d.Train[:len(d.Train)-d.Own]), "no licence stated for the texts", "trained on"},
			{"world news for training", sizeOfGold(d.World), "texts CC BY-NC-SA", "trained on, with the attitudes that a detector trained without them finds there"},
			{"annotations added with --gold", sizeOfGold(d.Train[len(d.Train)-d.Own:]), "the user's", "trained on"},
			{"PolNeAR dev", sizeOfGold(d.Sets[0].Golds), "no licence stated for the texts", "tuned and judged on"},
			{"world news, other articles", sizeOfGold(d.Sets[1].Golds), "texts CC BY-NC-SA", "tuned and judged on, never trained on"},
		},
		Seed: o.Seed,
		Settings: []CardLine{
			{"passes of the first and the second tagger", fmt.Sprintf("%d, %d", o.Passes, o.Passes2)},
			{"trainings on all articles, of which the mean is taken", fmt.Sprint(o.Runs)},
			{"parts held out, by outlet", fmt.Sprint(o.Folds)},
			{"step, decay", fmt.Sprintf("%g, %g (AdaGrad)", o.Rate, o.L2)},
			{"features left out at a time", fmt.Sprintf("%g", o.Dropout)},
			{"features with weights, at most", fmt.Sprintf("%d each, seen %d times or more", o.Rows, leastSeenQuote)},
			{"weights", "int8, one scale a table"},
			{"trees of a forest, their depth, rate", fmt.Sprintf("%d, %d, %g (gradient boosting)", o.spanGrow(0).Trees, o.spanGrow(0).Depth, o.spanGrow(0).Rate)},
		},
		Figures: tables,
		Weaknesses: []string{
			"Most of what it learned from is US politics of 2015 and 2016; on other news edges of indirect statements and rare cues are worse.",
			"Indirect statements with rare cues, beliefs and intentions above all, are missed; people disagree on them too.",
			"Statements inside the indirect statement of another are rarely found: PolNeAR marks none.",
			"Training articles are parsed by a parser that has seen their automatic parses; trees in use are a little worse.",
		},
		Hash: f.Hash(), Bytes: len(encoded),
	}, nil
}

// quoteFigures is the head of a table of a detector's figures.
func quoteFigures(what string) CardTable {
	return CardTable{
		Title: "F1 per cent, whole detector from raw text. Exact: both edges; pair: words by half and the source; by type: words by half.",
		Head:  []string{what, "source", "cue", "content", "content tokens", "triple", "pair", "direct", "mixed", "indirect", "calibration error"},
	}
}

// quoteRow judges a detector on a set.
func quoteRow(set QuoteSet, detector *detect.Detector, annotate Annotate) ([]string, eval.Calibration, error) {
	preds, err := predictQuotes(set, detector, annotate)
	if err != nil {
		return nil, eval.Calibration{}, err
	}
	row, calibration := figuresRow(set.Name, eval.Compare(set.Golds, preds))
	return row, calibration, nil
}

// predictQuotes lets a detector read the articles of a set.
func predictQuotes(set QuoteSet, detector *detect.Detector, annotate Annotate) (eval.Predictions, error) {
	return eval.Predict(set.Golds, set.Act, func(a news.Article) (*news.Result, error) {
		doc := annotate(&a)
		r := &news.Result{Doc: doc, Quotes: detector.Detect(doc)}
		for range r.Quotes {
			r.Attributions = append(r.Attributions, news.Attribution{Entity: -1})
		}
		return r, nil
	})
}

// figuresRow is a row of quoteFigures.
func figuresRow(name string, report *eval.Report) ([]string, eval.Calibration) {
	x := report.Figures()
	detect, _ := report.Calibration()
	row := []string{name}
	for _, v := range []float64{x.Exact[0].F1, x.Exact[1].F1, x.Exact[2].F1, x.Token[2].F1, x.Triple.F1, x.Pair.F1, x.ByType[0].F1, x.ByType[1].F1, x.ByType[2].F1} {
		row = append(row, fmt.Sprintf("%.1f", v))
	}
	return append(row, fmt.Sprintf("%.3f", detect.ECE)), detect
}

func sizeOfGold(golds []eval.Gold) string {
	n := 0
	for i := range golds {
		n += len(golds[i].Attributions)
	}
	return fmt.Sprintf("%d articles, %d statements", len(golds), n)
}
