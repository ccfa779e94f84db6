package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/output"
)

func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:      "schema",
		Usage:     "print the tables and their columns",
		UsageText: "whosaid schema [--json] [TABLE...]",
		Description: "All formats have the same columns under the same names. A column whose\n" +
			"type ends in ? may be null.\n\n" +
			"Examples:\n" +
			"  whosaid schema\n" +
			"  whosaid schema quotes\n" +
			"  whosaid schema --json | jq .\n\n" + seeExitCodes,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print JSON"}},
		Action: runSchema,
	}
}

func runSchema(c *cli.Context) error {
	wanted := map[output.Table]bool{}
	for _, name := range c.Args().Slice() {
		t := output.Table(name)
		if !slices.Contains(output.AcrossTables(), t) {
			var err error
			if t, err = output.ParseTable(name); err != nil {
				return usage(err)
			}
		}
		wanted[t] = true
	}
	var tables []output.TableSchema
	for _, t := range output.Schema() {
		if len(wanted) == 0 || wanted[t.Name] {
			tables = append(tables, t)
		}
	}
	if c.Bool("json") {
		e := json.NewEncoder(c.App.Writer)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(tables)
	}
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(c.App.Writer)
		}
		fmt.Fprintf(c.App.Writer, "%s: %s\n", t.Name, t.Doc)
		w := tabwriter.NewWriter(c.App.Writer, 0, 8, 2, ' ', 0)
		for _, col := range t.Columns {
			typ := col.Type
			if col.Nullable {
				typ += "?"
			}
			fmt.Fprintf(w, "  %s\t%s\t%s\n", col.Name, typ, col.Doc)
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}
