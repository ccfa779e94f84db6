package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus"
	"github.com/whosaid/whosaid/pipeline/source"
)

func verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "check an output folder down to its last byte",
		UsageText: "whosaid verify [--repair] DIR",
		Description: "Compares every file with its recorded size, sha256 and rows, the records with\n" +
			"the manifest, every offset with the stored text, and the links between tables.\n" +
			"Prints one line per problem, and exits with code 5 if there are any.\n\n" +
			"--repair extracts the damaged units again. It needs the input, the program\n" +
			"version and the models that made the folder, and changes nothing without them.\n\n" +
			"Examples:\n" +
			"  whosaid verify whosaid-out\n" +
			"  whosaid verify --repair corpus\n\n" + seeExitCodes,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "repair", Usage: "extract damaged units again"},
			&cli.IntFlag{Name: "workers", Usage: "repair with `N` workers; 0 means one per core"},
		},
		Action: runVerify,
	}
}

func runVerify(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("verify takes one folder, and got %d arguments", c.NArg())
	}
	dir := c.Args().First()
	folder, release, err := openFolder(c.Context, dir)
	if err != nil {
		return err
	}
	defer release()
	r, linked, err := verify(c, folder)
	if err != nil {
		return err
	}
	printReport(c, dir, r, linked)
	if linked != nil && len(linked.Problems) > 0 && len(r.Problems) == 0 {
		return fmt.Errorf("%w in %s: %s (whosaid link --replace makes the tables across articles anew)", errDamage, dir, counted(len(linked.Problems), "problem"))
	}
	if len(r.Problems) == 0 {
		return nil
	}
	if !c.Bool("repair") {
		return fmt.Errorf("%w in %s: %s (whosaid verify --repair repairs what it can)", errDamage, dir, counted(len(r.Problems), "problem"))
	}
	screen := newScreen(c.App.ErrWriter, extractOptions{progress: "plain"})
	err = pipeline.Repair(c.Context, folder, r, func(p *pipeline.Plan) (pipeline.Job, error) {
		j, _, err := jobOf(c, dir, p)
		j.Options.Log = screen.log
		return j, err
	})
	if errors.Is(err, pipeline.ErrNotRepaired) {
		return fmt.Errorf("%w in %s: %w", errDamage, dir, err)
	}
	if err != nil {
		return err
	}
	if r, linked, err = verify(c, folder); err != nil {
		return err
	}
	fmt.Fprintln(c.App.Writer, "repaired")
	printReport(c, dir, r, linked)
	if n := len(r.Problems) + problems(linked); n > 0 {
		return fmt.Errorf("%w in %s: %s left", errDamage, dir, counted(n, "problem"))
	}
	return nil
}

// verify checks the tables of an extraction and those across articles, which
// may stand in a folder of their own; linked is nil where there are none.
func verify(c *cli.Context, folder pipeline.Folder) (r, linked *pipeline.Report, err error) {
	if dir := folder.Name(); !source.IsAddress(dir) && corpus.Linked(dir) {
		if linked, err = corpus.Verify(c.Context, dir); err != nil {
			return nil, nil, err
		}
	}
	r, err = pipeline.Verify(c.Context, folder)
	if linked != nil && errors.Is(err, pipeline.ErrNoRun) {
		r, err = &pipeline.Report{}, nil
	}
	return r, linked, err
}

func problems(r *pipeline.Report) int {
	if r == nil {
		return 0
	}
	return len(r.Problems)
}

func printReport(c *cli.Context, dir string, r, linked *pipeline.Report) {
	files, bytes, n := r.Files, r.Bytes, len(r.Problems)+problems(linked)
	var rows []string
	add := func(r *pipeline.Report, tables []output.Table) {
		for _, p := range r.Problems {
			fmt.Fprintln(c.App.Writer, plain(p.String()))
		}
		for _, t := range tables {
			rows = append(rows, fmt.Sprintf("%s %d", t, r.Rows[t]))
		}
	}
	if r.Files > 0 || linked == nil {
		add(r, output.Tables())
	}
	if linked != nil {
		add(linked, output.AcrossTables())
		files, bytes = files+linked.Files, bytes+linked.Bytes
	}
	state := "sound"
	if n > 0 {
		state = counted(n, "problem")
	}
	fmt.Fprintf(c.App.Writer, "%s: %s; %s, %s; rows: %s\n", plain(dir), state, counted(files, "file"), counted(bytes, "byte"), strings.Join(rows, ", "))
}
