package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

// pipeFormats are what a pipe speaks, on both sides.
var pipeFormats = []string{"jsonl", "arrow"}

// pipeOwn are the flags of extract that a pipe has too.
var pipeOwn = []string{"no-text", "types", "polarity", "modality", "min-confidence", "language",
	"max-article-size", "max-record-size", "article-time", "workers", "quiet", "log-format", "engine"}

func pipeCommand() *cli.Command {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "format", Value: pipeFormats[0], Usage: "`FORMAT` of both streams: jsonl, or arrow (IPC stream)", Category: groupOutput},
		&cli.StringFlag{Name: "tables", Value: "quotes", Usage: "answer with the rows of these `TABLES`: articles, quotes, mentions, entities", Category: groupOutput},
	}
	for _, f := range extractFlags() {
		if n := f.Names()[0]; slices.Contains(pipeOwn, n) || slices.Contains(fieldFlags(), n) {
			flags = append(flags, f)
		}
	}
	return &cli.Command{
		Name:      "pipe",
		Usage:     "answer articles on standard input with rows on standard output",
		UsageText: "whosaid pipe [flags] < ARTICLES > ANSWERS",
		Description: "For engines that bring the articles themselves (Spark, Ray, Dask, a script of your\n" +
			"own): one long-lived process, one answer per record, in order, in flat memory. It\n" +
			"ends when its input ends. Read its output while you write its input.\n" +
			"docs/pipe.md is the contract.\n\n" +
			"Examples:\n" +
			"  whosaid pipe < articles.jsonl > answers.jsonl\n" +
			"  whosaid pipe --format arrow --tables quotes,entities < in.arrows > out.arrows\n\n" + seeExitCodes,
		Flags:  flags,
		Action: runPipe,
	}
}

// fieldFlags are the names of the flags that name the input's fields.
func fieldFlags() (names []string) {
	for _, f := range readFlags() {
		if n := f.Names()[0]; n != "input-format" {
			names = append(names, n)
		}
	}
	return names
}

func runPipe(c *cli.Context) error {
	var errs []error
	check := func(err error) { errs = append(errs, err) }
	if c.NArg() > 0 {
		check(errors.New("pipe takes no arguments: articles come on standard input"))
	}
	format := oneOf("format", c.String("format"), check, pipeFormats...)
	var tables []output.Table
	check(notEmpty(c, "tables"))
	for _, name := range list(c.String("tables")) {
		t, err := output.ParseTable(name)
		if err == nil && t == output.Rejects {
			err = errors.New("--tables: rejects has no rows per article; a record that cannot be read is an answer of status rejected")
		}
		check(err)
		tables = append(tables, t)
	}
	so, err := resolveSource(c)
	check(err)
	if !c.IsSet("date-format") { // a record's answer does not depend on other records
		so.Dates, err = source.ParseDateFormat("month-first")
		check(err)
	}
	so.MaxArticle, so.MaxRecord = size(c, "max-article-size", check), size(c, "max-record-size", check)
	ro := pipeline.Options{
		Language: oneOf("language", c.String("language"), check, "en", "any"), ArticleTime: c.Duration("article-time"),
		Map: resolveMap(c, check), Workers: c.Int("workers"),
	}
	ro.Map.Tables = tables
	if ro.Workers < 0 {
		check(fmt.Errorf("--workers %d is negative", ro.Workers))
	} else if ro.Workers == 0 {
		ro.Workers = runtime.GOMAXPROCS(0)
	}
	engine := oneOf("engine", c.String("engine"), check, "native", "prose")
	json := oneOf("log-format", c.String("log-format"), check, "text", "json") == "json"
	if err := errors.Join(errs...); err != nil {
		return usage(err)
	}

	limitMemory(ro.Workers)
	x, err := newEngine(extract.Options{Engine: engine, Cores: ro.Workers})
	if err != nil {
		return err
	}
	ro.Log = newScreen(c.App.ErrWriter, extractOptions{quiet: c.Bool("quiet"), json: json, progress: "none"}).log
	o := output.Options{Version: programVersion(), ModelHash: x.hash}
	p := &pipe{extract: x.extract, source: so, run: ro, answers: func() (output.Answers, error) { return output.AnswersJSONL(c.App.Writer, tables, o) }}
	if p.source.Format = source.JSONL; format == "jsonl" {
		return p.stream(c.Context)
	}
	p.source.Format = source.Arrow
	p.answers = func() (output.Answers, error) { return output.AnswersArrow(c.App.Writer, tables, o) }
	streams := source.NewArrowStreams(so.Stdin)
	for s, ok := streams.Next(); ok; s, ok = streams.Next() {
		p.source.Stdin = s
		if err := p.stream(c.Context); err != nil {
			return err
		}
	}
	return nil
}

// pipe answers streams of articles.
type pipe struct {
	extract pipeline.Extract
	source  source.Options // Stdin is the stream
	run     pipeline.Options
	answers func() (output.Answers, error) // begins a stream of them
}

// stream answers one stream with one.
func (p *pipe) stream(ctx context.Context) error {
	answers, err := p.answers()
	if err != nil {
		return err
	}
	src := &loggedSource{Reader: source.New(p.source), log: p.run.Log}
	counts, err := pipeline.Pipe(ctx, src, source.Shard{Path: source.Stdin, Format: p.source.Format, Stream: true}, p.extract, p.run, answers)
	if err != nil {
		return err
	}
	if err := answers.Close(); err != nil {
		return err
	}
	p.run.Log.Info("pipe", "records", counts.Read, "ok", counts.Written, "skipped", counts.Skipped, "failed", counts.Failed,
		"rejected", counts.Rejected, "statements", counts.Quotes())
	return nil
}
