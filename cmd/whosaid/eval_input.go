package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
)

// readPredictions reads a quotes table: a JSON Lines or Parquet file, or the
// output folder of a run.
func readPredictions(path, act string) (eval.Predictions, error) {
	files, err := quoteFiles(path)
	if err != nil {
		return nil, err
	}
	all := eval.Predictions{}
	for _, file := range files {
		preds, err := readQuoteFile(file, act)
		if err != nil {
			return nil, err
		}
		for key, ps := range preds { // one article is never in two files
			all[key] = append(all[key], ps...)
		}
	}
	return all, nil
}

// quoteFiles are the files of the quotes table at path.
func quoteFiles(path string) ([]string, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read predictions: %w", err)
	}
	if !st.IsDir() {
		return []string{path}, nil
	}
	parts, err := filepath.Glob(filepath.Join(path, "quotes", "part-*.parquet"))
	if err != nil {
		return nil, fmt.Errorf("read predictions: %w", err)
	}
	if len(parts) > 0 {
		slices.Sort(parts)
		return parts, nil
	}
	lines := filepath.Join(path, "quotes.jsonl")
	if _, err := os.Stat(lines); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read predictions: %s holds neither quotes/part-*.parquet nor quotes.jsonl", path)
	}
	return []string{lines}, nil
}

func readQuoteFile(path, act string) (eval.Predictions, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read predictions: %w", err)
	}
	defer f.Close()
	r := bufio.NewReader(f)
	if magic, _ := r.Peek(4); string(magic) == "PAR1" {
		return readQuoteParquet(path, act)
	}
	preds, err := eval.ReadPredictions(r, act)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return preds, nil
}

func readQuoteParquet(path, act string) (eval.Predictions, error) {
	preds := eval.Predictions{}
	_, err := output.ReadFile(path, func(q *output.QuoteRow) error {
		if act != "" && q.Act != act {
			return nil
		}
		p := eval.Prediction{
			Type: q.Type, Act: q.Act, Kind: q.SpeakerKind, Name: q.Speaker,
			Cue: oneRange(q.CueStart, q.CueEnd), Source: oneRange(q.SourceStart, q.SourceEnd),
			Detect: float64(q.DetectConfidence), Speaker: float64(q.SpeakerConfidence),
		}
		for _, part := range q.Parts {
			p.Content = append(p.Content, eval.Range{int(part.Start), int(part.End)})
		}
		if len(p.Content) == 0 {
			p.Content = []eval.Range{{int(q.Start), int(q.End)}}
		}
		preds[eval.Key(q.ArticleID)] = append(preds[eval.Key(q.ArticleID)], p)
		return nil
	})
	return preds, err
}

func oneRange(start, end *int32) []eval.Range {
	if start == nil || end == nil {
		return nil
	}
	return []eval.Range{{int(*start), int(*end)}}
}

// goldSpans resolves the speakers of the gold's own statements: the gold is the
// detector.
func goldSpans(golds []eval.Gold, o extract.Options) (eval.Predictions, error) {
	byID := map[string]*eval.Gold{}
	for i := range golds {
		byID[golds[i].Doc] = &golds[i]
	}
	o.Detector = extract.DetectorFunc(func(_ context.Context, d *news.Document) ([]news.Quote, error) {
		quotes, _ := eval.GoldQuotes(byID[d.Article.ID])
		return quotes, nil
	})
	x, err := extract.New(o)
	if err != nil {
		return nil, err
	}
	preds := eval.Predictions{}
	for i := range golds {
		g := &golds[i]
		r, err := x.Extract(news.Article{ID: g.Doc, Outlet: g.Outlet, Body: g.Text})
		if err != nil {
			return nil, err
		}
		quotes, order := eval.GoldQuotes(g)
		if len(r.Quotes) != len(quotes) {
			return nil, fmt.Errorf("resolve %s: %d statements became %d", g.Doc, len(quotes), len(r.Quotes))
		}
		preds[eval.Key(g.Doc)] = eval.Resolved(order, r)
	}
	return preds, nil
}
