package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
)

func evalCommand() *cli.Command {
	return &cli.Command{
		Name:  "eval",
		Usage: "measure statements and speakers against gold",
		UsageText: "whosaid eval --gold PATH [flags]\nwhosaid eval --gold PATH --diff [flags] OLD [NEW]\n" +
			"whosaid eval --names FILE | --clusters DIR [flags]",
		Description: "Compares predictions with gold, statement by statement, and prints precision,\n" +
			"recall and F1. Predictions are a quotes table; without one, the gold's texts are\n" +
			"extracted on the spot. Gold is a PolNeAR folder (text/*.txt and\n" +
			"attributions/*.ann) or JSON Lines, one article per line:\n\n" +
			`  {"doc": "NAME", "text": "…", "attributions": [{"id": "E1", "type": "direct",` + "\n" +
			`   "content": [[0, 25]], "cue": [[26, 30]], "source": [[31, 40]],` + "\n" +
			`   "kind": "person", "name": "Ada Example"}]}` + "\n\n" +
			"with offsets in Unicode code points. An article's predictions are found by its\n" +
			"id: the gold's doc without folders and .txt.\n\n" +
			"  exact        spans of a role that agree at both edges\n" +
			"  token        words and punctuation marks that carry the role\n" +
			"  triple       statements of which source, cue and content are exact\n" +
			"  pair         statements whose words overlap by half and whose sources overlap\n" +
			"  content@0.5  statements whose words overlap by half (intersection over union)\n" +
			"  speaker      of those, persons and organizations with the right full name\n" +
			"  abstain      of those with another kind of speaker, not given such a name\n\n" +
			"Names and clusters are judged by themselves: --names takes a BIO file (a token,\n" +
			"a tab, and O, B-Person, I-Person, B-Organization … a line; \"# doc NAME\" opens an\n" +
			"article), --clusters a folder of *.conll as GUM writes coreference.\n\n" +
			"Examples:\n" +
			"  whosaid eval --gold gold.jsonl\n" +
			"  whosaid eval --gold polnear/dev --speakers speakers-dev.tsv --by outlet,type\n" +
			"  whosaid eval --gold gold.jsonl --pred whosaid-out --errors 20\n" +
			"  whosaid eval --gold gold.jsonl --diff old/quotes.jsonl new/quotes.jsonl\n" +
			"  whosaid eval --gold gold.jsonl --gold-spans --by source_form\n\n" + seeExitCodes,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "gold", Usage: "gold `PATH`: a PolNeAR folder or a JSON Lines file"},
			&cli.StringFlag{Name: "gold-format", Value: "auto", Usage: "`FORMAT` of the gold: auto (a folder is polnear), polnear or jsonl"},
			&cli.StringFlag{Name: "speakers", Usage: "`FILE` of PolNeAR's speakers: article, event, kind, name by tabs"},
			&cli.StringFlag{Name: "pred", Usage: "predictions: a quotes table in JSON Lines or Parquet, or the output folder at `PATH`"},
			&cli.StringFlag{Name: "act", Usage: "keep only predictions of this `ACT`: statement or attitude"},
			&cli.StringFlag{Name: "by", Usage: "figures by these `KEYS`: " + strings.Join(eval.Dimensions, ", ")},
			&cli.IntFlag{Name: "top", Value: 30, Usage: "show the `N` largest classes of each key; 0 means all"},
			&cli.IntFlag{Name: "errors", Usage: "show `N` mistakes, spread over the articles; -1 means all"},
			&cli.StringFlag{Name: "mistake", Usage: "show mistakes of these `KINDS` only: " + strings.Join(mistakeKinds, ", ")},
			&cli.BoolFlag{Name: "diff", Usage: "compare two sets of predictions, OLD and NEW (NEW: --pred, or extracted now)"},
			&cli.BoolFlag{Name: "calibration", Usage: "show how far the confidences can be trusted"},
			&cli.BoolFlag{Name: "gold-spans", Usage: "give the gold's statements and sources to the speaker resolver, so that only speakers are measured"},
			&cli.StringFlag{Name: "names", Usage: "judge names against the BIO `FILE`, by kind and outlet"},
			&cli.StringFlag{Name: "clusters", Usage: "judge the mentions of people, organizations and places against GUM's coreference in `DIR`"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON"},
		}, engineFlags()...),
		Action: runEval,
	}
}

var mistakeKinds = []string{eval.Missed, eval.Spurious, eval.Edges, eval.Source, eval.Cue, eval.Speaker}

// evalOptions are the resolved flags of eval.
type evalOptions struct {
	gold, format, speakers, pred string
	old                          string // with diff
	act                          string
	engine                       extract.Options
	by, mistakes                 []string
	top, errors                  int
	diff, calibration            bool
	goldSpans, json              bool
	names, clusters              string
}

func resolveEval(c *cli.Context) (o evalOptions, err error) {
	var errs []error
	check := func(err error) { errs = append(errs, err) }
	o = evalOptions{
		gold: c.String("gold"), speakers: c.String("speakers"), pred: c.String("pred"),
		top: c.Int("top"), errors: c.Int("errors"),
		diff: c.Bool("diff"), calibration: c.Bool("calibration"), goldSpans: c.Bool("gold-spans"), json: c.Bool("json"),
	}
	o.names, o.clusters = c.String("names"), c.String("clusters")
	given := 0
	for _, s := range []string{o.gold, o.names, o.clusters} {
		if s != "" {
			given++
		}
	}
	if given > 1 {
		check(errors.New("--gold, --names and --clusters ask for different figures; give one of them"))
	}
	if given == 0 {
		check(errors.New("--gold is missing: a PolNeAR folder or a JSON Lines file"))
	}
	o.format = oneOf("gold-format", c.String("gold-format"), check, "auto", "polnear", "jsonl")
	o.engine = resolveEngine(c, check)
	if o.act = c.String("act"); o.act != "" {
		o.act = oneOf("act", o.act, check, "statement", "attitude")
	}
	for _, key := range list(c.String("by")) {
		o.by = append(o.by, oneOf("by", key, check, eval.Dimensions...))
	}
	for _, kind := range list(c.String("mistake")) {
		o.mistakes = append(o.mistakes, oneOf("mistake", kind, check, mistakeKinds...))
	}
	if len(o.mistakes) > 0 && o.errors == 0 {
		o.errors = 20 // a screen or two
	}
	args := c.Args().Slice()
	switch {
	case !o.diff && len(args) > 0:
		check(fmt.Errorf("eval takes no arguments but with --diff, and got %q", args[0]))
	case o.diff && (len(args) == 0 || len(args) > 2):
		check(fmt.Errorf("--diff takes one or two quotes tables, OLD and NEW, and got %d", len(args)))
	case o.diff:
		o.old = args[0]
		if len(args) == 2 {
			if o.pred != "" {
				check(errors.New("--diff has NEW already; leave --pred out"))
			}
			o.pred = args[1]
		}
	}
	if o.goldSpans && o.pred != "" {
		check(errors.New("--gold-spans makes predictions of its own; leave --pred and NEW out"))
	}
	return o, errors.Join(errs...)
}

func runEval(c *cli.Context) error {
	o, err := resolveEval(c)
	if err != nil {
		return usage(err)
	}
	switch {
	case o.names != "":
		return evalNames(o, c.App.Writer)
	case o.clusters != "":
		return evalClusters(o, c.App.Writer)
	}
	golds, err := readGold(o)
	if err != nil {
		return err
	}
	preds, err := predictions(golds, o)
	if err != nil {
		return err
	}
	report := eval.Compare(golds, preds)
	if report.Missing == report.Articles && report.Articles > 0 && len(preds) > 0 {
		return fmt.Errorf("no article of %s has predictions: the gold has ids like %q, the predictions like %q",
			o.gold, eval.Key(golds[0].Doc), slices.Sorted(maps.Keys(preds))[0])
	}
	w := &evalWriter{o: o, report: report, out: c.App.Writer}
	if o.diff {
		old, err := readPredictions(o.old, o.act)
		if err != nil {
			return err
		}
		w.old = eval.Compare(golds, old)
	}
	if o.json {
		return w.json()
	}
	return w.text()
}

func readGold(o evalOptions) ([]eval.Gold, error) {
	format := o.format
	if format == "auto" {
		format = "jsonl"
		if st, err := os.Stat(o.gold); err == nil && st.IsDir() {
			format = "polnear"
		}
	}
	if format == "polnear" {
		return eval.ReadPolnear(o.gold, o.speakers)
	}
	if o.speakers != "" {
		return nil, usagef("--speakers belongs to a PolNeAR folder; gold in JSON Lines has its speakers inside")
	}
	return eval.ReadGoldFile(o.gold)
}

// predictions are those given, or made now.
func predictions(golds []eval.Gold, o evalOptions) (eval.Predictions, error) {
	if o.pred != "" {
		return readPredictions(o.pred, o.act)
	}
	if o.goldSpans {
		return goldSpans(golds, o.engine)
	}
	x, err := extract.New(o.engine)
	if err != nil {
		return nil, err
	}
	return eval.Predict(golds, o.act, func(a news.Article) (*news.Result, error) { return x.Extract(a) })
}

// evalWriter prints a report.
type evalWriter struct {
	o           evalOptions
	report, old *eval.Report
	out         io.Writer
}

func (w *evalWriter) json() error {
	figures, err := w.report.Figures().MarshalJSON()
	if err != nil {
		return err
	}
	// Without further questions the object is as other tools know it; answers
	// to them are further members.
	more := map[string]any{}
	if len(w.o.by) > 0 {
		by := map[string][]eval.Class{}
		for _, key := range w.o.by {
			if by[key], err = w.report.By(key); err != nil {
				return err
			}
		}
		more["by"] = by
	}
	if w.o.calibration {
		detect, speaker := w.report.Calibration()
		more["calibration"] = map[string]eval.Calibration{"detect": detect, "speaker": speaker}
	}
	if w.o.errors != 0 {
		more["mistakes"] = w.mistakes()
	}
	if w.old != nil {
		changes, err := eval.Diff(w.old, w.report)
		if err != nil {
			return err
		}
		more["diff"] = changes
	}
	for _, key := range slices.Sorted(maps.Keys(more)) {
		value, err := json.Marshal(more[key])
		if err != nil {
			return err
		}
		figures = append(bytes.TrimSuffix(figures, []byte("}")), fmt.Sprintf(", %q: %s}", key, value)...)
	}
	_, err = fmt.Fprintf(w.out, "%s\n", figures)
	return err
}

func (w *evalWriter) text() error {
	var b strings.Builder
	if w.old != nil {
		if err := w.diff(&b); err != nil {
			return err
		}
	} else {
		b.WriteString(w.report.Figures().String())
	}
	for _, key := range w.o.by {
		classes, err := w.report.By(key)
		if err != nil {
			return err
		}
		w.classes(&b, key, classes)
	}
	if w.o.calibration {
		detect, speaker := w.report.Calibration()
		fmt.Fprintf(&b, "\ndetect_confidence (right: matched with gold)\n%s", detect)
		fmt.Fprintf(&b, "\nspeaker_confidence (right: the gold's name, or no name where the gold has none)\n%s", speaker)
	}
	for _, m := range w.mistakes() {
		fmt.Fprintf(&b, "\n%s", m.String())
	}
	_, err := io.WriteString(w.out, safeLines(b.String()))
	return err
}

// safeLines is plain for text of several lines: articles must not command the
// terminal.
func safeLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = plain(lines[i])
	}
	return strings.Join(lines, "\n")
}

func (w *evalWriter) classes(b *strings.Builder, key string, classes []eval.Class) {
	fmt.Fprintf(b, "\nby %s\n  %-28s %6s %6s  %-23s %6s %6s %8s\n", key, "", "gold", "pred", "content@0.5  P   R   F1", "pair R", "triple", "speaker")
	for i, c := range classes {
		if i == w.o.top && w.o.top > 0 {
			fmt.Fprintf(b, "  … and %d more (--top 0 shows all)\n", len(classes)-i)
			break
		}
		p := c.Content()
		share := func(n int) string {
			if c.Gold == 0 {
				return "-"
			}
			return fmt.Sprintf("%.1f", 100*float64(n)/float64(c.Gold))
		}
		speaker := "-"
		if c.Named > 0 {
			speaker = fmt.Sprintf("%.1f", c.SpeakerAccuracy())
		}
		name := []rune(c.Name)
		if len(name) > 28 {
			name = append(name[:27], '…')
		}
		fmt.Fprintf(b, "  %-28s %6d %6d       %5.1f %5.1f %5.1f %6s %6s %8s\n", string(name), c.Gold, c.Pred, p.P, p.R, p.F1, share(c.Pair), share(c.Exact), speaker)
	}
}

// mistakes are as many as asked for, spread evenly, so that the first article
// does not take all the room.
func (w *evalWriter) mistakes() []eval.Mistake {
	if w.o.errors == 0 {
		return nil
	}
	all := w.report.Mistakes()
	if len(w.o.mistakes) > 0 {
		all = slices.DeleteFunc(all, func(m eval.Mistake) bool {
			return !slices.ContainsFunc(m.Kinds, func(k string) bool { return slices.Contains(w.o.mistakes, k) })
		})
	}
	n := w.o.errors
	if n < 0 || n >= len(all) {
		return all
	}
	out := make([]eval.Mistake, n)
	for i := range out {
		out[i] = all[i*len(all)/n]
	}
	return out
}

func (w *evalWriter) diff(b *strings.Builder) error {
	c, err := eval.Diff(w.old, w.report)
	if err != nil {
		return err
	}
	before := strings.Split(w.old.Figures().String(), "\n")
	for i, line := range strings.Split(w.report.Figures().String(), "\n") {
		if line != before[i] {
			fmt.Fprintf(b, "- %s\n+ %s\n", before[i], line)
		}
	}
	for _, list := range []struct {
		name    string
		changes []eval.Change
	}{{"newly right", c.Right}, {"newly wrong", c.Wrong}, {"otherwise changed", c.Other}} {
		fmt.Fprintf(b, "\n%s: %d\n", list.name, len(list.changes))
		for i := range list.changes {
			fmt.Fprintf(b, "  %s\n", list.changes[i].String())
		}
	}
	fmt.Fprintf(b, "\nspurious: %d, were %d\n", c.NewSpurious, c.OldSpurious)
	return nil
}
