package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus"
	"github.com/whosaid/whosaid/pipeline/corpus/copies"
	"github.com/whosaid/whosaid/pipeline/corpus/known"
	"github.com/whosaid/whosaid/pipeline/corpus/people"
	"github.com/whosaid/whosaid/pipeline/corpus/quotations"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
	"github.com/whosaid/whosaid/pipeline/source"
)

func linkCommand() *cli.Command {
	return &cli.Command{
		Name:      "link",
		Usage:     "find the same people, quotations and stories across articles",
		UsageText: "whosaid link [flags] TABLES...",
		Description: "TABLES are output folders of whosaid extract, with all of their partitions.\n" +
			"Writes the tables people, person_links, person_changes, quotations,\n" +
			"quotation_links and copies beside them; whosaid schema people and so on list\n" +
			"their columns.\n\n" +
			"When partitions were added, run the same command again: it links what is new and\n" +
			"keeps all ids. To continue a run that was stopped, too, run it again.\n\n" +
			"Examples:\n" +
			"  whosaid link whosaid-out\n" +
			"  whosaid link --people wikidata.people --count-copies-once corpus\n" +
			"  whosaid link --out linked tables-2025 tables-2026\n\n" + seeExitCodes,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "write the tables to `DIR`; without it, beside those they are made of", Category: groupOutput},
			&cli.StringFlag{Name: "people", Usage: "known people with their Wikidata ids: a `FILE` of whosaid people build; without it, heads of state and government and the US Congress", Category: groupChoice},
			&cli.BoolFlag{Name: "no-people", Usage: "give no Wikidata ids", Category: groupChoice},
			&cli.BoolFlag{Name: "count-copies-once", Usage: "count the copies of one article as one article", Category: groupChoice},
			&cli.BoolFlag{Name: "replace", Usage: "make the tables anew if they were made with other settings or the articles were extracted again", Category: groupOutput},
			&cli.StringFlag{Name: "memory", Value: "512MiB", Usage: "sort on disk what takes more than `SIZE`", Category: groupRun},
			&cli.IntFlag{Name: "workers", Usage: "use `N` workers; 0 means one per core", Category: groupRun},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show warnings and errors only", Category: groupRun},
			&cli.StringFlag{Name: "log-format", Value: "text", Usage: "`FORMAT` of the log: text or json", Category: groupRun},
			&cli.StringFlag{Name: "progress", Value: "auto", Usage: "show progress as `KIND`: auto, plain or none", Category: groupRun},
		},
		Action: runLink,
	}
}

func runLink(c *cli.Context) error {
	o, screen, err := resolveLink(c)
	if err != nil {
		return usage(err)
	}
	if o.Steps, err = linkSteps(c, o.Settings); err != nil {
		return err
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(2*o.Memory + 512<<20) // what a step sorts and what it knows
	}
	o.Log = screen.log
	start := time.Now()
	o.Progress = screen.steps(start)
	screen.log.Info("link", "tables", strings.Join(o.Folders, " "), "out", outOf(o), "workers", o.Workers)
	sum, err := corpus.Link(c.Context, o)
	if err != nil {
		return err
	}
	screen.linked(sum, time.Since(start))
	return nil
}

// onDisk refuses folders that are addresses: tables change places by renaming,
// which object stores do not have.
func onDisk(folders []string) error {
	for _, f := range folders {
		if source.IsAddress(f) {
			return fmt.Errorf("%s: link works on a local disk only; copy the tables there (with rclone or the store's own client), link them, and copy the tables across articles and the folder _link back", withoutUser(f))
		}
	}
	return nil
}

func resolveLink(c *cli.Context) (corpus.Options, *screen, error) {
	var errs []error
	check := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	o := corpus.Options{
		Folders: c.Args().Slice(), Out: c.String("out"), Replace: c.Bool("replace"), CopiesOnce: c.Bool("count-copies-once"),
		Version: programVersion(), Workers: c.Int("workers"), Memory: int64(size(c, "memory", check)),
		Settings: map[string]string{},
	}
	if o.CopiesOnce {
		o.Settings["--count-copies-once"] = "true"
	}
	switch {
	case len(o.Folders) == 0:
		check(fmt.Errorf("link needs the output folder of an extraction, such as whosaid link whosaid-out"))
	case len(o.Folders) > 1 && o.Out == "":
		check(fmt.Errorf("several folders are linked: say with --out where the tables go"))
	}
	check(onDisk(append(slices.Clone(o.Folders), o.Out)))
	if c.IsSet("out") && !source.IsAddress(o.Out) {
		check(localFolder(o.Out))
	}
	if o.Workers < 0 {
		check(fmt.Errorf("--workers %d is negative", o.Workers))
	}
	if c.IsSet("people") && c.Bool("no-people") {
		check(fmt.Errorf("--people and --no-people do not go together"))
	}
	json := oneOf("log-format", c.String("log-format"), check, "text", "json") == "json"
	progress := oneOf("progress", c.String("progress"), check, "auto", "plain", "none")
	if len(errs) > 0 {
		return o, nil, errs[0]
	}
	return o, newScreen(c.App.ErrWriter, extractOptions{quiet: c.Bool("quiet"), json: json, progress: progress}), nil
}

// linkSteps are the steps of a link, in their order; what they are set up with
// goes into settings.
func linkSteps(c *cli.Context, settings map[string]string) ([]step.Step, error) {
	m, err := people.Load()
	if err != nil {
		return nil, err
	}
	settings["model"] = m.Hash()
	s := &people.Step{Model: m}
	if !c.Bool("no-people") {
		if s.Known, err = knownPeople(c.String("people"), settings); err != nil {
			return nil, err
		}
	}
	settings["model of quotations"] = quotations.ModelHash()
	return []step.Step{copies.Step{}, s, quotations.Step{}}, nil
}

// knownPeople gives what opens the file of known people, the program's own
// without a path, and notes its hash. A file that is none is told of at once.
func knownPeople(path string, settings map[string]string) (func() (io.ReadCloser, error), error) {
	if path == "" {
		sum := sha256.Sum256(known.Leaders())
		settings["--people"] = "built in " + hex.EncodeToString(sum[:8])
		return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(known.Leaders())), nil }, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("--people: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	for _, err := range known.Read(io.TeeReader(f, h)) {
		if err != nil {
			return nil, fmt.Errorf("--people %s: %w; whosaid people build makes such a file of a Wikidata dump or a table", path, err)
		}
	}
	settings["--people"] = hex.EncodeToString(h.Sum(nil)[:8])
	return func() (io.ReadCloser, error) { return os.Open(path) }, nil
}

func outOf(o corpus.Options) string {
	if o.Out == "" && len(o.Folders) > 0 {
		return o.Folders[0]
	}
	return o.Out
}

// steps logs how far a link is, at most every plainEvery, and every new thing
// that a step does.
func (s *screen) steps(start time.Time) func(step, doing string, done, of int64) {
	var last string
	var told time.Time
	return func(step, doing string, done, of int64) {
		if s.kind == "none" {
			return
		}
		what := step + ": " + doing
		every := plainEvery
		if s.kind == "bar" {
			every = 5 * time.Second
		}
		if what == last && time.Since(told) < every {
			return
		}
		last, told = what, time.Now()
		args := []any{"step", step, "doing", doing}
		if done > 0 {
			args = append(args, "done", done)
		}
		if of > 0 {
			args = append(args, "of", of)
		}
		s.log.Info("progress", append(args, "seconds", int64(time.Since(start).Seconds()))...)
	}
}

// linked tells what came of a link.
func (s *screen) linked(sum *corpus.Summary, took time.Duration) {
	if s.json {
		attrs := []any{"already", sum.Already, "resumed", sum.Resumed, "added", sum.Grown, "seconds", took.Seconds(), "out", sum.Out}
		for _, t := range output.AcrossTables() {
			attrs = append(attrs, string(t), sum.Rows(t))
		}
		s.log.Info("done", attrs...)
		return
	}
	if s.quiet {
		return
	}
	var b strings.Builder
	row := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "  %-12s %s\n", label, plain(fmt.Sprintf(format, args...)))
	}
	b.WriteByte('\n')
	n := sum.Counts
	row("people", "%d: %d persons, %d organizations; %d with a Wikidata id", sum.Rows(output.People), n["persons"], n["organizations"], n["wikidata"])
	row("links", "%s of entities to people; %d names fit several and have none", counted(sum.Rows(output.PersonLinks), "link"), n["unlinked"])
	row("quotations", "%d utterances in %s", sum.Rows(output.Quotations), counted(sum.Rows(output.QuotationLinks), "statement"))
	row("copies", "%s with a copy", counted(sum.Rows(output.Copies), "article"))
	if m := sum.Rows(output.PersonChanges); m > 0 {
		row("changes", "%s of people merged or split; see person_changes", counted(m, "id"))
	}
	var names []string
	for _, t := range output.AcrossTables() {
		names = append(names, string(t))
	}
	row("tables", "%s", filepath.Join(sum.Out, "{"+strings.Join(names, ",")+"}")+"/*.parquet")
	switch {
	case sum.Already:
		row("", "nothing to do: these tables were linked before")
	case sum.Grown > 0:
		row("seconds", "%.1f; %s added to those linked before", took.Seconds(), counted(sum.Grown, "partition"))
	default:
		row("seconds", "%.1f", took.Seconds())
	}
	if sum.Resumed > 0 {
		row("", "taken up from an earlier run: %d of %d steps were done", sum.Resumed, 3)
	}
	_, _ = s.Write([]byte(b.String()))
}
