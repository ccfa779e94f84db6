package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

func showCommand() *cli.Command {
	return &cli.Command{
		Name:      "show",
		Usage:     "show one article's statements and who made them",
		UsageText: "whosaid show [flags] INPUT",
		Description: "Prints a list of the statements (speaker, kind, words, cue, confidence, place)\n" +
			"and then the article with statements and speakers marked: in colour on a\n" +
			"terminal, otherwise with [1 …] around statement 1 and *…* around its source.\n" +
			"\"quote 86%, speaker 98%\" says how likely it is that the statement is right, and\n" +
			"that it is the speaker's. NO_COLOR and COLUMNS are respected.\n\n" +
			"Examples:\n" +
			"  whosaid show article.txt\n" +
			"  whosaid show --article 3 corpus.jsonl.gz\n" +
			"  whosaid show --json article.html | jq '.quotes[] | {speaker, text}'\n" +
			"  pbpaste | whosaid show -\n\n" + seeExitCodes,
		Flags: slices.Concat([]cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "print rows as JSON instead"},
			&cli.IntFlag{Name: "article", Value: 1, Usage: "show the `N`th article of the input"},
			&cli.IntFlag{Name: "explain", Usage: "explain why statement `N` has its speaker"},
			&cli.BoolFlag{Name: "list", Usage: "print only the list, not the article"},
			&cli.StringFlag{Name: "color", Value: "auto", Usage: "use colour `WHEN`: auto, always or never"},
		}, engineFlags(), readFlags()),
		Action: runShow,
	}
}

func runShow(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("show takes one input, and got %d (whosaid show --help)", c.NArg())
	}
	var errs []error
	check := func(err error) { errs = append(errs, err) }
	eo := resolveEngine(c, check)
	eo.Explain = c.Int("explain") != 0
	color := oneOf("color", c.String("color"), check, "auto", "always", "never")
	so, err := resolveSource(c)
	check(err)
	if c.Int("article") < 1 {
		check(fmt.Errorf("--article %d: articles are counted from 1", c.Int("article")))
	}
	if err := errors.Join(errs...); err != nil {
		return usage(err)
	}
	a, err := nthArticle(c.Context, c.Args().First(), so, c.Int("article"))
	if err != nil {
		return err
	}
	switch pipeline.Skips(a, "en") {
	case pipeline.ReasonEmpty:
		fmt.Fprintln(c.App.ErrWriter, "whosaid: this article has no text; extract skips it (empty)")
	case pipeline.ReasonNotEnglish:
		fmt.Fprintf(c.App.ErrWriter, "whosaid: this text seems to be in another language (%s); extract skips it (not_english) unless --language any is given, and what follows may be wrong\n", plain(a.Language))
	}
	x, err := newEngine(eo)
	if err != nil {
		return err
	}
	r, _, err := x.extract(c.Context, a)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return showJSON(c.App.Writer, r)
	}
	p := &page{width: columns(c.App.Writer), color: useColor(color, c.App.Writer), r: r}
	if n := c.Int("explain"); n != 0 {
		if n < 1 || n > len(r.Quotes) {
			return usagef("--explain %d: the article has %s", n, counted(len(r.Quotes), "statement"))
		}
		p.statement(n - 1)
		p.reasons(n - 1)
	} else {
		p.head()
		for i := range r.Quotes {
			p.statement(i)
		}
		if !c.Bool("list") {
			p.article()
		}
	}
	_, err = io.WriteString(c.App.Writer, p.b.String())
	return err
}

// nthArticle reads the nth article, from 1, of an input. Records that are no
// articles are passed over, unless there is nothing else.
func nthArticle(ctx context.Context, input string, o source.Options, n int) (*news.Article, error) {
	o.SliceSize = -1
	shards, err := source.Discover(ctx, []string{input}, o)
	if err != nil {
		return nil, err
	}
	r := source.New(o)
	seen := 0
	var rejected error
	for _, s := range shards {
		for a, err := range r.Articles(ctx, s) {
			var rej *source.Reject
			switch {
			case errors.As(err, &rej):
				if rejected == nil {
					rejected = err
				}
			case err != nil:
				return nil, err
			default:
				if seen++; seen == n {
					return &a, nil
				}
			}
		}
	}
	switch {
	case seen > 0:
		return nil, usagef("--article %d: the input has %s", n, counted(seen, "article"))
	case rejected != nil:
		return nil, rejected
	default:
		return nil, fmt.Errorf("no article in %s", input)
	}
}

// showJSON prints the rows of one article as one JSON object.
func showJSON(w io.Writer, r *news.Result) error {
	rows := output.NewMapper(output.MapOptions{}).Map(r, output.StatusOK)
	b := append([]byte(`{"article":`), output.AppendJSON(nil, &rows.Article)...)
	b = appendRows(b, "quotes", rows.Quotes)
	b = appendRows(b, "mentions", rows.Mentions)
	b = appendRows(b, "entities", rows.Entities)
	_, err := w.Write(append(b, "}\n"...))
	return err
}

func appendRows[T output.Row](b []byte, name string, rows []T) []byte {
	b = append(b, ",\n\""+name+"\":["...)
	for i := range rows {
		if i > 0 {
			b = append(b, ",\n"...)
		}
		b = output.AppendJSON(b, &rows[i])
	}
	return append(b, ']')
}

// speakerOf is the speaker of statement i in words, with the title.
func speakerOf(r *news.Result, i int) string {
	if i >= len(r.Attributions) {
		return "unknown"
	}
	a := &r.Attributions[i]
	if a.Entity < 0 {
		if a.Kind == news.Author {
			return "the author"
		}
		return "unknown"
	}
	name := r.Entities[a.Entity].Name
	if a.Title != "" && !strings.Contains(name, a.Title) {
		name += ", " + a.Title
	}
	return name
}
