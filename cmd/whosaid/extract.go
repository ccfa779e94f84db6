package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

func extractCommand() *cli.Command {
	return &cli.Command{
		Name:      "extract",
		Usage:     "read a corpus and write tables of who said what",
		UsageText: "whosaid extract [flags] INPUT...",
		Description: "INPUT is a file, a folder (read with everything below it), a glob, or - for\n" +
			"standard input. Text, JSON Lines, CSV, TSV, Parquet, HTML and WARC are told apart\n" +
			"by content; gzip, zstd, bzip2 and xz are unpacked. In a glob, ** crosses folders.\n" +
			"whosaid schema lists the tables.\n\n" +
			"To continue a run that was stopped or killed, run the same command again.\n\n" +
			"Examples:\n" +
			"  whosaid extract articles/\n" +
			"  whosaid extract --out tables --text-field body 'news-2026-*.jsonl.gz'\n" +
			"  whosaid extract --format jsonl --types direct,mixed --min-confidence 0.5 a.html\n" +
			"  zcat news.jsonl.gz | whosaid extract --out tables -\n" +
			"  whosaid extract --out corpus --partition 2026-11-22 today/\n\n" + seeExitCodes,
		Flags:  extractFlags(),
		Action: runExtract,
	}
}

func runExtract(c *cli.Context) (err error) {
	o, err := resolveExtract(c)
	if err != nil {
		return usage(err)
	}
	screen := newScreen(c.App.ErrWriter, o)
	log := screen.log
	start := time.Now()
	var sum *pipeline.Summary
	progress := new(pipeline.Progress)
	if o.metrics != "" {
		defer func() {
			merr := writeMetrics(o.metrics, metrics{sum, progress, time.Since(start), err == nil, time.Now()})
			err = errors.Join(err, merr)
		}()
	}
	limitMemory(o.workers)

	shards, err := discover(c, o, log)
	if err != nil {
		return err
	}
	if err := checkFields(c.Context, shards, &o.source); err != nil {
		return usage(err)
	}
	x, err := newEngine(o.engine)
	if err != nil {
		return err
	}
	reader := source.New(o.source)
	o.run.Log, o.run.Progress = log, progress
	src := &loggedSource{Reader: reader, log: log}
	jobs, err := plans(c.Context, o, shards, x, src)
	if err != nil {
		return err
	}
	folder, release, err := outputFolder(c.Context, o.out)
	if err != nil {
		return err
	}
	defer release()
	for i := range jobs {
		jobs[i].Folder = folder
	}
	var total int64
	units := 0
	for _, j := range jobs {
		total += j.Plan.Bytes()
		units += len(j.Plan.Units)
	}
	log.Info("extract", "inputs", len(shards), "bytes", total, "units", units, "out", o.out,
		"format", string(o.write.Format), "engine", o.engine.Engine, "workers", o.workers)

	done := screen.follow(total, reader, progress)
	sum, err = runAll(c.Context, jobs)
	done()
	if err != nil {
		return err
	}
	screen.summary(o, sum, src, progress, time.Since(start))
	if sum.Counters.Fruitless(o.allowEmpty) {
		return nothingRead(&sum.Counters, src.hint(), o.out)
	}
	return nil
}

// plans makes the job of a run, or one a day of publication.
func plans(ctx context.Context, o extractOptions, shards []source.Shard, x *engine, src pipeline.Source) ([]pipeline.Job, error) {
	o.write.Output.Version, o.write.Output.ModelHash = programVersion(), x.hash
	one := pipeline.Job{
		Source: src, Ahead: source.New(o.source), Extract: x.extract, Options: o.run, Write: o.write, Out: o.out,
		Fresh: o.fresh, Partition: o.partition, Replace: o.replace,
	}
	if !o.byDay {
		one.Plan = pipeline.NewPlan(shards, o.unit, programVersion(), x.hash, o.flags)
		return []pipeline.Job{one}, nil
	}
	days, err := pipeline.Days(ctx, source.New(o.source), shards)
	if err != nil {
		return nil, err
	}
	var jobs []pipeline.Job
	for _, d := range days {
		j := one
		flags := maps.Clone(o.flags)
		flags[daySetting] = d.Date
		j.Options.Day, j.Partition = d.Date, "published="+d.Date
		j.Plan = pipeline.NewPlan(d.Shards, o.unit, programVersion(), x.hash, flags)
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// daySetting is the day of a partition that {published} made, among the
// settings of its plan.
const daySetting = "day"

// outputFolder is the folder at an address; nil for one of the local disk.
func outputFolder(ctx context.Context, out string) (pipeline.Folder, func(), error) {
	if !source.IsAddress(out) {
		return nil, func() {}, nil
	}
	return objectFolder(ctx, out)
}

// runAll runs jobs one after the other and sums up.
func runAll(ctx context.Context, jobs []pipeline.Job) (*pipeline.Summary, error) {
	sum := new(pipeline.Summary)
	for _, j := range jobs {
		s, err := pipeline.Run(ctx, j)
		if err != nil {
			return nil, err
		}
		sum.Add(s)
	}
	if sum.Manifest == nil { // no day, and so no job
		sum.Manifest = new(pipeline.Manifest)
	}
	return sum, nil
}

// discover finds the input and says what it leaves out.
func discover(c *cli.Context, o extractOptions, log *slog.Logger) ([]source.Shard, error) {
	so := o.source
	so.AllowEmpty = o.allowEmpty
	skipped, first := 0, ""
	so.Skipped = func(path, why string) {
		if skipped == 0 {
			first = path + ": " + why
		}
		if skipped++; skipped <= 20 {
			log.Info("left out", "path", path, "why", why)
		}
	}
	shards, err := source.Discover(c.Context, o.inputs, so)
	if err != nil {
		return nil, err
	}
	if skipped > 20 {
		log.Info("left out more", "files", skipped-20)
	}
	if len(shards) == 0 && !o.allowEmpty {
		return nil, fmt.Errorf("%w: %s; --allow-empty makes that a success", pipeline.ErrNothingRead, noFile(o.inputs, skipped, first))
	}
	return shards, nil
}

// noFile says that the inputs hold no file to read.
func noFile(inputs []string, skipped int, first string) string {
	names := strings.Join(inputs, ", ")
	if skipped == 0 {
		return names + " is empty"
	}
	return fmt.Sprintf("%s holds no file with articles (%s left out; %s)", names, counted(skipped, "file"), first)
}
