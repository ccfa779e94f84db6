package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
	"github.com/whosaid/whosaid/extract/train"
)

// outlets holds the outlets of the training articles out in turn: of the detector
// alone, or of the whole program.
func (t *trainer) outlets(ctx context.Context, whole bool) error {
	d, err := train.ReadQuoteData(t.data, nil)
	if err != nil {
		return err
	}
	name, blind := "quote-outlets.md", train.Blind(nil)
	if whole {
		name, blind = "outlets.md", t.blind
	}
	table, err := train.Outlets(ctx, d, t.annotator(), t.quoteOptions(), blind)
	if err != nil {
		return err
	}
	return t.put(name, []byte(table.Markdown()))
}

// blind trains names, antecedents and speakers without some outlets of world news
// for a detector that has not learned from them either, and makes the program of
// these models. Only syntax.model has nothing to do with world news.
func (t *trainer) blind(ctx context.Context, outlets []string, quote *model.File) (func(news.Article) (*news.Result, error), error) {
	dir, err := os.MkdirTemp(t.out, "blind-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // the models are in memory by then
	data := filepath.Join(dir, "data")
	if err := train.WithoutOutlets(t.data, data, outlets); err != nil {
		return nil, err
	}
	b := trainer{parts: -1, data: data, out: dir, stories: t.stories, seed: t.seed, speakers: t.seed, parallel: t.parallel, parser: t.parser, log: t.log, start: t.start}
	if b.detector, err = detect.New(quote, t.parser, english.Language()); err != nil {
		return nil, err
	}
	files := map[string]*model.File{"quote": quote}
	for _, name := range []string{"entity", "coref", "attribution"} {
		if files[name], _, err = b.train(ctx, name); err != nil {
			return nil, err
		}
	}
	for name, f := range files {
		if err := b.write(name, f, train.Card{}); err != nil {
			return nil, err
		}
	}
	models, err := model.NewSet(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	x, err := extract.New(extract.Options{Models: models})
	if err != nil {
		return nil, err
	}
	t.progress(fmt.Sprintf("trained without %v", outlets))
	return func(a news.Article) (*news.Result, error) { return x.Extract(a) }, nil
}
