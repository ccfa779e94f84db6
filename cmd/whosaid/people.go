package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/known"
	"github.com/whosaid/whosaid/pipeline/source"
)

func peopleCommand() *cli.Command {
	return &cli.Command{
		Name:      "people",
		Usage:     "make a file of known people for link",
		UsageText: "whosaid people build DUMP... --out FILE",
		Description: "DUMP is a Wikidata dump in JSON (one entity per line, plain, gzip, bzip2 or\n" +
			"zstd), or a table of your own in CSV or Parquet with the columns\n" +
			"  " + strings.Join(known.Columns, ", ") + "\n" +
			"of which id and name are needed. Lists are separated by semicolons; a position is\n" +
			"a title and its years: Mayor of Quito|2019|2021. A dump is read twice.\n\n" +
			"Examples:\n" +
			"  whosaid people build latest-all.json.gz --out wikidata.people\n" +
			"  whosaid people build councillors.csv --out councillors.people\n" +
			"  whosaid link --people councillors.people whosaid-out\n\n" + seeExitCodes,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "write the people to `FILE`"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show warnings and errors only"},
		},
		Action: runPeople,
	}
}

func runPeople(c *cli.Context) error {
	args := c.Args().Slice()
	switch {
	case len(args) == 0 || args[0] != "build":
		return usagef("people has one thing to do: whosaid people build DUMP --out FILE")
	case len(args) == 1:
		return usagef("name a Wikidata dump or a table: whosaid people build DUMP --out FILE")
	case c.String("out") == "":
		return usagef("say with --out where the people go")
	}
	out := c.String("out")
	temp := out + ".tmp"
	f, err := os.Create(temp)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	defer f.Close()
	screen := newScreen(c.App.ErrWriter, extractOptions{quiet: c.Bool("quiet"), progress: "plain"})
	var all known.Found
	buf := bufio.NewWriter(f)
	w, err := known.NewWriter(buf)
	if err != nil {
		return err
	}
	for _, path := range args[1:] {
		found, err := buildPeople(path, w, func(n int64) { screen.log.Info("progress", "input", path, "lines", n) })
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if found.Broken > 0 {
			screen.log.Warn("records that could not be read are left out", "input", path, "records", found.Broken, "first", found.First)
		}
		all.Records += found.Records
	}
	all.People = w.People()
	if all.People == 0 {
		return fmt.Errorf("%s: no people in %s; a dump of Wikidata has one entity per line, a table the columns id and name",
			strings.Join(args[1:], ", "), counted(all.Records, "record"))
	}
	if err := errors.Join(w.Close(), buf.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, out); err != nil {
		return err
	}
	screen.log.Info("done", "records", all.Records, "people", all.People, "out", out)
	return nil
}

// buildPeople reads one input, whatever its form.
func buildPeople(path string, w *known.Writer, progress func(int64)) (*known.Found, error) {
	open := func() (io.ReadCloser, error) { return source.Unpack(path) }
	in, err := open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 64<<10)
	head, err := r.Peek(1024)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"); {
	case len(start) == 0:
		return nil, errors.New("it is empty")
	case start[0] == '[' || start[0] == '{':
		return known.Wikidata(open, w, progress)
	case bytes.HasPrefix(head, []byte("PAR1")) || filepath.Ext(path) == ".parquet":
		var rows *known.Rows
		err := output.ReadStrings(path, func(names []string) (err error) { rows, err = known.NewRows(names, w); return err },
			func(row []string) error { return rows.Add(row) })
		if err != nil {
			return nil, err
		}
		return rows.Close()
	default:
		return known.CSV(r, w)
	}
}
