package main

import (
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

func planCommand() *cli.Command {
	return &cli.Command{
		Name:      "plan",
		Usage:     "fix input, settings and units of a run that many processes share",
		UsageText: "whosaid plan --out DIR [--units N] [flags] INPUT...",
		Description: "Writes DIR/_plan.json. Any number of processes, on any number of machines, may\n" +
			"then do its units with whosaid work; whosaid commit ends the run. The tables are\n" +
			"those of whosaid extract with the same flags, byte for byte.\n\n" +
			"Takes every flag of extract. Those that say how a process goes, such as\n" +
			"--workers, are left to work. Input is read by the paths given here: on other\n" +
			"machines, and from other folders, use absolute ones.\n\n" +
			"Examples:\n" +
			"  whosaid plan --out /shared/tables --units 200 /shared/news/\n" +
			"  whosaid work /shared/tables --shard 1/16      on each of 16 machines, 1 to 16\n" +
			"  whosaid commit /shared/tables\n\n" + seeExitCodes,
		Flags: append([]cli.Flag{
			&cli.IntFlag{Name: "units", Usage: "cut the input into about `N` units of equal size; 0 means by --unit-size", Category: groupRun},
		}, extractFlags()...),
		Action: runPlan,
	}
}

func workCommand() *cli.Command {
	return &cli.Command{
		Name:      "work",
		Usage:     "do a share of the units of a plan",
		UsageText: "whosaid work DIR [--shard I/N | --index I/N | --claim] [flags]",
		Description: "Does the units of DIR/_plan.json that are not done yet: those of a shard, or\n" +
			"with --claim whichever is free, or all. Processes may work on one plan at the\n" +
			"same time, be killed, repeated, and even do the same unit: it comes out the same.\n" +
			"Nothing is for reading before whosaid commit.\n\n" +
			"Examples:\n" +
			"  whosaid work tables --shard 3/16\n" +
			"  whosaid work tables --claim\n\n" + seeExitCodes,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "shard", Usage: "do shard `I/N`: every N-th unit from the I-th on, I from 1 to N", Category: groupRun},
			&cli.StringFlag{Name: "index", Usage: "the same as --shard with `I/N` counted from 0, as Kubernetes and AWS Batch do", Category: groupRun},
			&cli.BoolFlag{Name: "claim", Usage: "take one free unit after the other until all are done", Category: groupRun},
			&cli.DurationFlag{Name: "lease", Value: 15 * time.Minute, Usage: "with --claim, leave a unit to who claimed it for `TIME`, then do it again", Category: groupRun},
			&cli.IntFlag{Name: "workers", Usage: "use `N` workers; 0 means one per core", Category: groupRun},
		}, sharedFlags()...),
		Action: runWork,
	}
}

func commitCommand() *cli.Command {
	return &cli.Command{
		Name:      "commit",
		Usage:     "end a run whose units are all done",
		UsageText: "whosaid commit DIR [flags]",
		Description: "Checks that every unit of DIR/_plan.json is done and its parts are there, writes\n" +
			"DIR/_manifest.json and removes what the processes left behind. It can be run\n" +
			"again, and by several at once.\n\n" +
			"Example:\n" +
			"  whosaid commit tables\n\n" + seeExitCodes,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "allow-empty", Usage: "exit with code 0 when the input holds no articles", Category: groupRun},
		}, sharedFlags()...),
		Action: runCommit,
	}
}

// sharedFlags are the flags of work and commit.
func sharedFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "partition", Usage: "the plan is of partition `NAME` of the corpus DIR", Category: groupRun},
		&cli.Int64Flag{Name: "max-rejects", Value: -1, Usage: "stop with exit code 3 after more than `N` rejects; -1 means never", Category: groupRun},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show warnings and errors only", Category: groupRun},
		&cli.StringFlag{Name: "log-format", Value: "text", Usage: "`FORMAT` of the log: text or json", Category: groupRun},
		&cli.StringFlag{Name: "progress", Value: "auto", Usage: "show progress as `KIND`: auto, plain or none", Category: groupRun},
	}
}

func runPlan(c *cli.Context) error {
	o, err := resolveExtract(c)
	if err != nil {
		return usage(err)
	}
	switch {
	case o.byDay:
		return usagef("--partition {published} is for extract; plan one partition after the other")
	case o.replace:
		return usagef("--replace is for extract; plan the partition in a corpus that does not have it")
	}
	screen := newScreen(c.App.ErrWriter, o)
	if err := cutInto(c, &o, c.Int("units")); err != nil {
		return err
	}
	shards, err := discover(c, o, screen.log)
	if err != nil {
		return err
	}
	for _, s := range shards {
		if s.Stream {
			return usagef("plan: %s cannot be read by other processes; name files", s.Path)
		}
	}
	if err := checkFields(c.Context, shards, &o.source); err != nil {
		return usage(err)
	}
	x, err := newEngine(o.engine)
	if err != nil {
		return err
	}
	jobs, err := plans(c.Context, o, shards, x, source.New(o.source))
	if err != nil {
		return err
	}
	folder, release, err := outputFolder(c.Context, o.out)
	if err != nil {
		return err
	}
	defer release()
	jobs[0].Folder = folder
	if err := pipeline.MakePlan(c.Context, jobs[0]); err != nil {
		return err
	}
	p := jobs[0].Plan
	screen.log.Info("plan", "inputs", len(shards), "bytes", p.Bytes(), "units", len(p.Units), "out", o.out)
	return nil
}

// cutInto sets the size of units so that there are about n of them.
func cutInto(c *cli.Context, o *extractOptions, n int) error {
	const least, most = 1, 1 << 30
	switch {
	case n == 0:
		return nil
	case n < 0:
		return usagef("--units %d is negative", n)
	case c.IsSet("unit-size"):
		return usagef("--units and --unit-size say the same in two ways; give one")
	}
	whole := o.source
	whole.SliceSize, whole.AllowEmpty = -1, o.allowEmpty
	shards, err := source.Discover(c.Context, o.inputs, whole)
	if err != nil {
		return err
	}
	var total int64
	for _, s := range shards {
		total += s.Bytes()
	}
	o.unit = min(max((total+int64(n)-1)/int64(n), least), most)
	o.source.SliceSize = o.unit
	o.flags["--unit-size"] = strconv.FormatInt(o.unit, 10)
	return nil
}

func runWork(c *cli.Context) error {
	share, err := resolveShare(c)
	if err != nil {
		return usage(err)
	}
	j, o, screen, release, err := planned(c)
	if err != nil {
		return err
	}
	defer release()
	workers := j.Options.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	limitMemory(workers)
	reader := source.New(o.source)
	j.Source = &loggedSource{Reader: reader, log: screen.log}
	total := j.Plan.Bytes()
	if share.Of > 0 {
		total /= int64(share.Of)
	}
	start := time.Now()
	done := screen.follow(total, reader, j.Options.Progress)
	sum, err := pipeline.Work(c.Context, j, share)
	done()
	if err != nil {
		return err
	}
	p := j.Options.Progress
	screen.log.Info("done", "units", sum.Did, "before", sum.Resumed, "of", len(j.Plan.Units), "articles", p.Articles.Load(), "quotes", p.Quotes.Load(),
		"rejects", p.Rejects.Load(), "seconds", time.Since(start).Seconds(), "committed", sum.Already)
	return nil
}

// resolveShare resolves the flags that say which units are done.
func resolveShare(c *cli.Context) (s pipeline.Share, err error) {
	s.Claim, s.Lease = c.Bool("claim"), c.Duration("lease")
	given := 0
	for _, set := range []bool{s.Claim, c.IsSet("shard"), c.IsSet("index")} {
		if set {
			given++
		}
	}
	switch {
	case given > 1:
		return s, errors.New("--shard, --index and --claim say the same in three ways; give one")
	case s.Lease <= 0:
		return s, fmt.Errorf("--lease %v is not a time to wait", s.Lease)
	case c.IsSet("shard"):
		s.Index, s.Of, err = fraction("shard", c.String("shard"), 1)
	case c.IsSet("index"):
		s.Index, s.Of, err = fraction("index", c.String("index"), 0)
		s.Index++
	}
	return s, err
}

// fraction reads i/n, with i counted from first.
func fraction(flag, value string, first int) (i, n int, err error) {
	a, b, ok := strings.Cut(value, "/")
	i, ierr := strconv.Atoi(a)
	n, nerr := strconv.Atoi(b)
	if !ok || ierr != nil || nerr != nil || n < 1 || i < first || i >= n+first {
		return 0, 0, fmt.Errorf("--%s: %q is not I/N with I from %d to %s, such as %d/16", flag, value, first, map[int]string{0: "N-1", 1: "N"}[first], first)
	}
	return i, n, nil
}

func runCommit(c *cli.Context) error {
	j, o, screen, release, err := planned(c)
	if err != nil {
		return err
	}
	defer release()
	start := time.Now()
	sum, err := pipeline.Commit(c.Context, j)
	if err != nil {
		return err
	}
	screen.summary(o, sum, &loggedSource{Reader: source.New(o.source), log: screen.log}, j.Options.Progress, time.Since(start))
	if sum.Counters.Fruitless(c.Bool("allow-empty")) {
		return nothingRead(&sum.Counters, "", o.out)
	}
	return nil
}
