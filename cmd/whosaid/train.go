package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
	"github.com/whosaid/whosaid/extract/train"
)

// trainable are the models, in the order in which one builds on another.
var trainable = []string{"syntax", "quote", "entity", "coref", "attribution", "link"}

func trainCommand() *cli.Command {
	return &cli.Command{
		Name:      "train",
		Usage:     "train the models again, or on annotations of your own",
		UsageText: "whosaid train [flags] MODEL...",
		Description: "MODEL is syntax, quote, entity, coref, attribution, link, or all. Several are trained\n" +
			"one after the other, each with those before it. Writes OUT/MODEL.model and its card\n" +
			"OUT/MODEL.md. The same data, settings and seed give the same bytes. DATA holds\n" +
			"polnear, worldnews, ud, gum, ner, coref and lexicons, as described in docs/models.\n\n" +
			"Annotations of your own for quote (--gold) are PolNeAR folders (text/*.txt and\n" +
			"attributions/*.ann, brat) or JSON Lines as whosaid eval reads them. To use the\n" +
			"models, give extract, show or eval --model OUT.\n\n" +
			"Examples:\n" +
			"  whosaid train --data data all\n" +
			"  whosaid train --data data entity coref attribution\n" +
			"  whosaid train --data data --gold mine.jsonl --out mine quote\n" +
			"  whosaid show --model mine article.txt\n\n" + seeExitCodes,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "data", Usage: "training data in `DIR`"},
			&cli.StringFlag{Name: "out", Value: "models", Usage: "write models and cards to `DIR`"},
			&cli.StringSliceFlag{Name: "gold", Usage: "learn statements from `PATH` too: a PolNeAR folder or JSON Lines; repeatable"},
			&cli.StringFlag{Name: "stories", Value: "testdata", Usage: "learn speakers from the stories of the project in `DIR` too"},
			&cli.Uint64Flag{Name: "seed", Usage: "random seed `N`; by default those of the embedded models: 1 for coref and attribution, 0 for the others"},
			&cli.BoolFlag{Name: "outlets", Usage: "judge quote, or the whole program (all), on outlets by models trained on the others; writes OUT/quote-outlets.md or OUT/outlets.md alone"},
			&cli.IntFlag{Name: "parallel", Value: 2, Usage: "train `N` parts at once; the result does not depend on it"},
		},
		Action: runTrain,
	}
}

func runTrain(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage(fmt.Errorf("name the models to train: %s or all", strings.Join(trainable, ", ")))
	}
	names := c.Args().Slice()
	if names[0] == "all" && len(names) == 1 {
		names = trainable
	}
	for _, name := range names {
		if !slices.Contains(trainable, name) {
			return usage(fmt.Errorf("no model %q; there are %s, and all alone", name, strings.Join(trainable, ", ")))
		}
	}
	slices.SortFunc(names, func(a, b string) int { return slices.Index(trainable, a) - slices.Index(trainable, b) })
	whole := len(names) == len(trainable)
	if c.Bool("outlets") && (!whole && !slices.Equal(names, []string{"quote"}) || len(c.StringSlice("gold")) > 0) {
		return usage(fmt.Errorf("--outlets is for quote or all, and for the articles of DATA alone: leave --gold out"))
	}
	if c.String("data") == "" {
		return usage(fmt.Errorf("say where the training data are: --data DIR"))
	}
	speakers := c.Uint64("seed")
	if !c.IsSet("seed") {
		speakers = 1
	}
	t := &trainer{
		speakers: speakers,
		data:     c.String("data"), out: c.String("out"), stories: c.String("stories"), seed: c.Uint64("seed"), parallel: c.Int("parallel"),
		log: c.App.ErrWriter, start: time.Now(),
	}
	var err error
	if t.own, err = readGolds(c.StringSlice("gold")); err != nil {
		return err
	}
	if c.Bool("outlets") || names[0] != "syntax" && names[0] != "link" { // which are trained without the one before
		if t.parser, err = syntax.Load(); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(t.out, 0o755); err != nil {
		return err
	}
	if c.Bool("outlets") {
		return t.outlets(c.Context, whole)
	}
	for _, name := range names {
		f, card, err := t.train(c.Context, name)
		if err != nil {
			return err
		}
		if err := t.write(name, f, card); err != nil {
			return err
		}
	}
	return nil
}

// trainer is one run of the command.
type trainer struct {
	data, out string
	own       []eval.Gold
	seed      uint64
	speakers  uint64 // seed of coref and attribution
	parts     int    // of outlets that the card of entity judges; 0: as many as it has by default; -1: none
	parallel  int
	parser    *syntax.Parser // annotates for the models after syntax

	// The models that others build on, once they are trained; nil: the embedded ones.
	detector   *detect.Detector
	recognizer *entity.Recognizer
	coref      *coref.Model

	stories string // our own stories
	log     io.Writer
	start   time.Time
}

func (t *trainer) progress(s string) {
	fmt.Fprintf(t.log, "%s %s\n", time.Since(t.start).Round(time.Second), s)
}

func (t *trainer) train(ctx context.Context, name string) (*model.File, train.Card, error) {
	switch name {
	case "syntax":
		f, card, err := train.Syntax(ctx, t.data, train.SyntaxOptions{Seed: t.seed, Parallel: t.parallel, Progress: t.progress})
		if err == nil {
			t.parser, err = syntax.New(f)
		}
		return f, card, err
	case "quote":
		d, err := train.ReadQuoteData(t.data, t.own)
		if err != nil {
			return nil, train.Card{}, err
		}
		f, card, err := train.QuoteModel(ctx, d, t.annotator(), t.quoteOptions())
		if err == nil {
			t.detector, err = detect.New(f, t.parser, english.Language())
		}
		return f, card, err
	case "entity":
		f, card, err := train.EntityModel(ctx, t.data, t.annotator(), train.EntityOptions{Words: t.parser, Seed: t.seed, Parts: t.parts, Progress: t.progress})
		if err == nil {
			t.recognizer, err = entity.New(f, t.parser, english.Language())
		}
		return f, card, err
	case "coref":
		names, err := t.before()
		if err != nil {
			return nil, train.Card{}, err
		}
		f, card, err := train.CorefModel(ctx, t.data, t.annotator(), names, train.CorefOptions{Seed: t.speakers, Progress: t.progress})
		if err == nil {
			t.coref, err = coref.DecodeModel(f, english.Language())
		}
		return f, card, err
	case "link":
		return t.link(ctx)
	default:
		return t.attribution(ctx)
	}
}

// attribution trains the ranker of speakers on the names, statements and
// antecedents that the models before it find.
func (t *trainer) attribution(ctx context.Context) (*model.File, train.Card, error) {
	names, err := t.before()
	if err != nil {
		return nil, train.Card{}, err
	}
	if t.coref == nil { // one that has just been trained may measure otherwise than the embedded one
		if t.coref, err = coref.LoadFrom(nil, english.Language()); err != nil {
			return nil, train.Card{}, err
		}
	}
	return train.AttributionModel(ctx, t.data, t.annotator(), names, t.coref, train.AttributionOptions{Seed: t.speakers, Own: t.stories, Detect: t.detector.Detect, Progress: t.progress})
}

// before makes sure of the models that those of speakers build on: those trained in
// this run, or else the embedded ones. It returns how the program finds names.
func (t *trainer) before() (train.FindNames, error) {
	var err error
	if t.recognizer == nil {
		if t.recognizer, err = entity.LoadFrom(nil, english.Language()); err != nil {
			return nil, err
		}
	}
	if t.detector == nil {
		if t.detector, err = detect.Load(nil, english.Language()); err != nil {
			return nil, err
		}
	}
	return t.recognizer.Find, nil
}

func (t *trainer) quoteOptions() train.QuoteOptions {
	return train.QuoteOptions{Words: t.parser, Seed: t.seed, Parallel: t.parallel, Progress: t.progress}
}

// annotator is the engine up to syntax.
func (t *trainer) annotator() train.Annotate {
	tokens := token.New(english.Language())
	return func(a *news.Article) *news.Document {
		d := tokens.Document(a)
		t.parser.Annotate(d)
		return d
	}
}

// write puts the model and its card into place.
func (t *trainer) write(name string, f *model.File, card train.Card) error {
	b, err := f.Encode()
	if err != nil {
		return err
	}
	if err := t.put(name+".model", b); err != nil {
		return err
	}
	return t.put(name+".md", []byte(card.Markdown()))
}

// put writes a file whole or not at all.
func (t *trainer) put(name string, content []byte) error {
	path := filepath.Join(t.out, name)
	if err := os.WriteFile(path+".tmp", content, 0o644); err != nil {
		return err
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return err
	}
	t.progress("wrote " + path)
	return nil
}

// readGolds reads annotations of the user's.
func readGolds(paths []string) (all []eval.Gold, err error) {
	for _, path := range paths {
		golds, err := readGold(evalOptions{gold: path, format: "auto"})
		if err != nil {
			return nil, err
		}
		all = append(all, golds...)
	}
	return all, nil
}
