package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/token"
	"github.com/whosaid/whosaid/output/annotation"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

func convertCommand() *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "carry statements to annotation tools and spreadsheets, and back as gold",
		UsageText: "whosaid convert [--from FORMAT] [--to FORMAT] --out PATH INPUT...",
		Description: "People correct statements, or annotate anew, in the tool they are used to; what they\n" +
			"made comes back as gold, which whosaid eval and whosaid train read. Any format can be\n" +
			"turned into any other. FORMAT is one of\n\n" + annotation.Help() + "\n" +
			"--out is a folder that is not there yet. A format of one file takes the name of a file,\n" +
			"too. Whatever cannot be carried is counted, with the reason and its first place; a mark\n" +
			"outside its text is an error. docs/convert.md says what each format holds.\n\n" +
			"Examples:\n" +
			"  whosaid convert --to brat --out for-brat whosaid-out\n" +
			"  whosaid convert --to label-studio --out for-ls --limit 200 whosaid-out\n" +
			"  whosaid convert --from label-studio --out mine.jsonl project-1-export.json\n" +
			"  whosaid eval --gold mine.jsonl\n\n" + seeExitCodes,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "from", Value: "auto", Usage: "`FORMAT` of the input: auto, " + strings.Join(annotation.ReadNames(), ", ")},
			&cli.StringFlag{Name: "to", Value: string(annotation.Gold), Usage: "`FORMAT` of the output: " + strings.Join(annotation.WriteNames(), ", ")},
			&cli.StringFlag{Name: "out", Usage: "write to the folder or file at `PATH`"},
			&cli.StringFlag{Name: "speakers", Usage: "`FILE` of PolNeAR's speakers, as eval takes it"},
			&cli.StringFlag{Name: "act", Usage: "keep only statements of this `ACT`: statement or attitude"},
			&cli.Float64Flag{Name: "min-confidence", Usage: "leave out statements whose detect_confidence is below `P`"},
			&cli.Int64Flag{Name: "limit", Usage: "stop after `N` articles"},
			&cli.BoolFlag{Name: "excel", Usage: "begin CSV files so that Excel shows accents rightly"},
		},
		Action: runConvert,
	}
}

// convertOptions are the resolved flags of convert.
type convertOptions struct {
	from, to      annotation.Format // from: "" to go by the input
	out           string
	inputs        []string
	act           string
	minConfidence float64
	limit         int64
	annotation    annotation.Options
}

func resolveConvert(c *cli.Context) (o convertOptions, err error) {
	var errs []error
	check := func(err error) { errs = append(errs, err) }
	o = convertOptions{out: c.String("out"), inputs: c.Args().Slice(), limit: c.Int64("limit"), minConfidence: c.Float64("min-confidence")}
	if len(o.inputs) == 0 {
		check(errors.New("no input: name an output folder of extract, or files of an annotation tool"))
	}
	check(localInputs(o.inputs))
	if o.out == "" || o.out == "-" {
		check(errors.New("--out is missing: name a folder, or a file for a format of one file"))
	} else if source.IsAddress(o.out) {
		check(localFolder(o.out))
	}
	if name := c.String("from"); name != "auto" {
		o.from, err = annotation.ParseRead(name)
		check(hint("from", name, err, annotation.ReadNames()))
	}
	o.to, err = annotation.ParseWrite(c.String("to"))
	check(hint("to", c.String("to"), err, annotation.WriteNames()))
	if o.act = c.String("act"); o.act != "" {
		o.act = oneOf("act", o.act, check, "statement", "attitude")
	}
	if p := o.minConfidence; p < 0 || p > 1 {
		check(fmt.Errorf("--min-confidence %v is not between 0 and 1", p))
	}
	if o.limit < 0 {
		check(fmt.Errorf("--limit %d is negative", o.limit))
	}
	if c.Bool("excel") && o.to != annotation.CSV {
		check(errors.New("--excel is for --to csv"))
	}
	o.annotation = annotation.Options{
		Segment: segmenter(), Program: "whosaid " + programVersion(), Excel: c.Bool("excel"), Speakers: c.String("speakers"),
	}
	return o, errors.Join(errs...)
}

// hint adds the flag to an error, and the nearest value that there is.
func hint(flag, value string, err error, values []string) error {
	if err != nil {
		return fmt.Errorf("--%s: %w%s", flag, err, didYouMean(value, values))
	}
	return nil
}

func runConvert(c *cli.Context) error {
	o, err := resolveConvert(c)
	if err != nil {
		return usage(err)
	}
	if o.from == "" {
		if o.from, err = annotation.Guess(o.inputs[0]); err != nil {
			return err
		}
	}
	o.annotation.Predicted = o.from == annotation.Tables
	left := leftOut{}
	o.annotation.Skip = left.add
	w, err := annotation.Create(o.to, o.out, o.annotation)
	if err != nil {
		return err
	}
	var articles, statements int
	err = annotation.Read(o.from, o.inputs, o.annotation, func(d *annotation.Document) error {
		if err := c.Context.Err(); err != nil {
			return err
		}
		if o.limit > 0 && int64(articles) == o.limit {
			return errEnough
		}
		d.Statements = slices.DeleteFunc(d.Statements, func(s annotation.Statement) bool { return !o.keeps(&s) })
		articles++
		statements += len(d.Statements)
		return w.Write(d)
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	if err == nil && articles == 0 {
		err = fmt.Errorf("%w of %s in format %s", pipeline.ErrNothingRead, strings.Join(o.inputs, ", "), o.from)
	}
	if err == nil {
		err = w.Close()
	} else {
		err = errors.Join(err, w.Abort())
	}
	left.print(c.App.ErrWriter)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.App.ErrWriter, "%s, %s: %s from %s to %s in %s\n", counted(articles, "article"), counted(statements, "statement"), "converted", o.from, o.to, plain(o.out))
	return nil
}

// errEnough ends the reading once --limit is reached.
var errEnough = errors.New("enough articles")

func (o *convertOptions) keeps(s *annotation.Statement) bool {
	if o.act != "" && s.Act != o.act {
		return false
	}
	return s.DetectConfidence == nil || *s.DetectConfidence >= o.minConfidence
}

// segmenter is the program's own cut into sentences and tokens.
func segmenter() annotation.Segment {
	tokens := token.New(english.Language())
	return func(text string) [][]annotation.Span {
		d := tokens.Document(&news.Article{Body: text})
		var out [][]annotation.Span
		var at, n int // a byte, and the code points before it
		points := func(to int32) int {
			for range text[at:to] {
				n++
			}
			at = int(to)
			return n
		}
		for _, s := range d.Sentences {
			var line []annotation.Span
			for _, t := range d.Tokens[s.First:s.End] {
				start := points(t.Span.Start)
				line = append(line, annotation.Span{Start: start, End: points(t.Span.End)})
			}
			out = append(out, line)
		}
		return out
	}
}

// leftOut counts what was not carried, by reason, with the first place of each.
type leftOut map[string]*leftReason

type leftReason struct {
	count int
	first string
}

func (l leftOut) add(where, reason string) {
	if l[reason] == nil {
		if len(l) >= maxReasons { // reasons quote the input
			reason = "for further reasons"
		}
		l[reason] = cmp.Or(l[reason], &leftReason{first: where})
	}
	l[reason].count++
}

// maxReasons is how many different reasons are told.
const maxReasons = 50

func (l leftOut) print(w io.Writer) {
	reasons := make([]string, 0, len(l))
	for r := range l {
		reasons = append(reasons, r)
	}
	slices.SortFunc(reasons, func(a, b string) int { return cmp.Or(cmp.Compare(l[b].count, l[a].count), cmp.Compare(a, b)) })
	for _, r := range reasons {
		fmt.Fprintf(w, "left out: %s (%d, first at %s)\n", plain(r), l[r].count, plain(l[r].first))
	}
}
