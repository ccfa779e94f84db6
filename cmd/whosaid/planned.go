package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

// planned opens the run that DIR holds the plan of, until release is called.
func planned(c *cli.Context) (j pipeline.Job, o extractOptions, s *screen, release func(), err error) {
	if c.NArg() != 1 {
		return j, o, nil, nil, usagef("%s takes one folder, and got %s", c.Command.Name, counted(c.NArg(), "argument"))
	}
	var errs []error
	check := func(err error) { errs = append(errs, err) }
	show := extractOptions{
		quiet:    c.Bool("quiet"),
		json:     oneOf("log-format", c.String("log-format"), check, "text", "json") == "json",
		progress: oneOf("progress", c.String("progress"), check, "auto", "plain", "none"),
	}
	partition := c.String("partition")
	if partition != "" {
		partition, err = pipeline.ParsePartition(partition)
		check(err)
	}
	if err := errors.Join(errs...); err != nil {
		return j, o, nil, nil, usage(err)
	}
	s = newScreen(c.App.ErrWriter, show)
	dir := c.Args().First()
	folder, letGo, err := openFolder(c.Context, dir)
	if err != nil {
		return j, o, s, nil, err
	}
	defer func() {
		if err != nil {
			letGo()
		}
	}()
	p, err := pipeline.ReadPlan(folder, partition)
	if err != nil {
		return j, o, s, nil, err
	}
	if j, o, err = jobOf(c, dir, p); err != nil {
		if _, mistake := asUsage(err); !mistake {
			err = fmt.Errorf("%w: the plan in %s: %w", pipeline.ErrOtherPlan, dir, err)
		}
		return j, o, s, nil, err
	}
	if source.IsAddress(dir) {
		j.Folder = folder
	}
	j.Partition, o.partition = partition, partition
	j.Options.Log, j.Options.Progress = s.log, new(pipeline.Progress)
	if n := c.Int64("max-rejects"); n >= 0 {
		j.Options.MaxRejects = &n
	}
	return j, o, s, letGo, nil
}

// openFolder opens an output folder that is there.
func openFolder(ctx context.Context, dir string) (pipeline.Folder, func(), error) {
	if !source.IsAddress(dir) {
		return pipeline.Local(dir), func() {}, nil
	}
	if err := addressFault(dir, dir); err != nil {
		return nil, nil, usage(err)
	}
	return objectFolder(ctx, dir)
}

// jobOf makes the run of a stored plan: its settings are flags of extract.
func jobOf(c *cli.Context, dir string, p *pipeline.Plan) (j pipeline.Job, o extractOptions, err error) {
	if p.Nonce != "" {
		return j, o, errors.New("it was read from standard input")
	}
	set := flag.NewFlagSet("plan", flag.ContinueOnError)
	for _, f := range extractFlags() {
		if err := f.Apply(set); err != nil {
			return j, o, err
		}
	}
	for name, value := range p.Settings {
		if name, ok := strings.CutPrefix(name, "--"); ok {
			if err := set.Set(name, value); err != nil {
				return j, o, fmt.Errorf("the plan's setting --%s=%s: %w", name, value, err)
			}
		}
	}
	if err := set.Parse([]string{"input of the plan"}); err != nil {
		return j, o, err
	}
	o, err = resolveExtract(cli.NewContext(c.App, set, nil))
	if err != nil {
		return j, o, err
	}
	if o.run.Workers = c.Int("workers"); o.run.Workers < 0 {
		return j, o, usagef("--workers %d is negative", o.run.Workers)
	}
	o.engine.Cores = o.run.Workers
	x, err := newEngine(o.engine)
	if err != nil {
		return j, o, err
	}
	if p.Version != programVersion() {
		return j, o, fmt.Errorf("it was made by version %s, and this is %s", p.Version, programVersion())
	}
	if p.Model != x.hash {
		return j, o, errors.New("it was made with other models than this program has")
	}
	o.out = dir
	o.run.Day = p.Settings[daySetting]
	o.write.Output.Version, o.write.Output.ModelHash = p.Version, p.Model
	return pipeline.Job{
		Plan: p, Source: source.New(o.source), Ahead: source.New(o.source), Extract: x.extract, Options: o.run, Write: o.write, Out: dir,
	}, o, nil
}
