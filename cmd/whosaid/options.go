package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

// Groups of flags in help.
const (
	groupInput  = "Input"
	groupFields = "Fields of JSON, CSV and Parquet input (recognized by their usual names if not given)"
	groupChoice = "What is kept"
	groupOutput = "Output"
	groupRun    = "The run"
)

func extractFlags() []cli.Flag {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Value: "whosaid-out", Usage: "output `DIR`", Category: groupOutput},
		&cli.StringFlag{Name: "format", Value: output.FormatNames()[0], Usage: "`FORMAT` of the tables: " + strings.Join(output.FormatNames(), ", "), Category: groupOutput},
		&cli.StringFlag{Name: "tables", Usage: "write only these `TABLES`, such as articles,quotes; without it, all five", Category: groupOutput},
		&cli.BoolFlag{Name: "excel", Usage: "begin CSV files with a byte-order mark, so that Excel reads them as UTF-8", Category: groupOutput},
		&cli.BoolFlag{Name: "no-text", Usage: "do not store the texts of the articles (articles.text is null)", Category: groupOutput},
		&cli.StringFlag{Name: "partition", Usage: "add the tables to a corpus as partition `NAME`: a day such as 2026-11-22, key=value, or {published} for one partition per day", Category: groupOutput},
		&cli.BoolFlag{Name: "replace", Usage: "replace the partition if it was made from other input or with other settings", Category: groupOutput},
		&cli.BoolFlag{Name: "fresh", Usage: "refuse an output folder that is not empty", Category: groupOutput},
		&cli.StringFlag{Name: "types", Usage: "keep only statements of these `TYPES`: direct, indirect, mixed", Category: groupChoice},
		&cli.StringFlag{Name: "polarity", Usage: "keep only statements of these `POLARITIES`: affirmed, negated, refused", Category: groupChoice},
		&cli.StringFlag{Name: "modality", Usage: "keep only statements of these `MODALITIES`: asserted, asked, ordered, hypothetical, future", Category: groupChoice},
		&cli.Float64Flag{Name: "min-confidence", Usage: "keep only statements whose confidence is at least `P`, from 0 to 1", Category: groupChoice},
		&cli.StringFlag{Name: "language", Value: "en", Usage: "`LANGUAGE` of the articles: en skips articles in other languages, any keeps them", Category: groupChoice},
		&cli.StringFlag{Name: "since", Usage: "keep articles published on `DATE` or later, such as 2026-11-22", Category: groupChoice},
		&cli.StringFlag{Name: "until", Usage: "keep articles published before `DATE`", Category: groupChoice},
		&cli.Int64Flag{Name: "limit", Usage: "stop after `N` articles", Category: groupChoice},
		&cli.StringFlag{Name: "max-article-size", Value: "2MiB", Usage: "reject articles longer than `SIZE`", Category: groupChoice},
		&cli.StringFlag{Name: "max-record-size", Value: "32MiB", Usage: "reject lines, records and pages longer than `SIZE`", Category: groupChoice},
		&cli.DurationFlag{Name: "article-time", Value: time.Minute, Usage: "give up on an article after `TIME`", Category: groupChoice},
		&cli.StringFlag{Name: "unit-size", Value: "64MiB", Usage: "save after every `SIZE` of input; that is how much a killed run has to do again", Category: groupRun},
		&cli.IntFlag{Name: "workers", Usage: "use `N` workers; 0 means one per core", Category: groupRun},
		&cli.BoolFlag{Name: "allow-empty", Usage: "exit with code 0 when the input holds no articles, as may happen to a nightly run", Category: groupRun},
		&cli.Int64Flag{Name: "max-rejects", Value: -1, Usage: "stop with exit code 3 after more than `N` rejects; -1 means never", Category: groupRun},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show warnings and errors only", Category: groupRun},
		&cli.StringFlag{Name: "log-format", Value: "text", Usage: "`FORMAT` of the log: text or json", Category: groupRun},
		&cli.StringFlag{Name: "progress", Value: "auto", Usage: "show progress as `KIND`: auto, plain or none", Category: groupRun},
		&cli.StringFlag{Name: "metrics-file", Usage: "write metrics in Prometheus text format to `FILE`", Category: groupRun},
	}
	return slices.Concat(flags, engineFlags(), readFlags())
}

// readFlags are the flags of every command that reads articles.
func readFlags() []cli.Flag {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "input-format", Value: "auto", Usage: "`FORMAT` of the input: " + strings.Join(source.FormatNames(), ", "), Category: groupInput},
	}
	for _, f := range []string{"id", "text", "title", "url", "outlet", "author", "date"} {
		flags = append(flags, &cli.StringFlag{Name: f + "-field", Usage: "`NAME` of the field that holds the " + strings.Replace(f, "url", "URL", 1), Category: groupFields})
	}
	flags = append(flags,
		&cli.StringFlag{Name: "preset", Usage: "take the fields' names of a known `CORPUS`: " + strings.Join(source.PresetNames(), ", "), Category: groupFields},
		&cli.StringFlag{Name: "records", Usage: "`PATH` to the array of records in JSON, such as response.docs; . for none", Category: groupFields},
		&cli.StringFlag{Name: "columns", Usage: "`NAMES` of the columns of a CSV or TSV file without a header, such as id,date,text", Category: groupFields})
	flags = append(flags, &cli.StringFlag{Name: "date-format", Usage: "`ORDER` of dates such as 04/05/2026 if the file does not show it: day-first, month-first, or a pattern such as %d/%m/%Y", Category: groupFields})
	return append(flags,
		&cli.StringFlag{Name: "field-html", Value: "auto", Usage: "convert HTML in text fields to plain text `WHEN`: auto (if there are tags), never or always", Category: groupFields},
		&cli.BoolFlag{Name: "no-repair", Usage: "leave damaged text (mojibake, escapes, entities) as it is", Category: groupInput})
}

// extractOptions are the resolved flags of extract.
type extractOptions struct {
	inputs    []string
	out       string
	engine    extract.Options
	language  string
	workers   int
	fresh     bool
	partition string // name of a partition of a corpus; "" for none
	byDay     bool   // a partition for each day of publication
	replace   bool
	unit      int64 // bytes of input a unit
	quiet     bool
	// allowEmpty makes a run over input without articles a success.
	allowEmpty bool
	json       bool // log as JSON
	progress   string
	metrics    string
	source     source.Options
	run        pipeline.Options
	write      pipeline.WriteOptions
	flags      map[string]string // of what can change a row, for the plan
}

// rowFlags are the flags that can change a row.
var rowFlags = []string{
	"format", "tables", "excel", "no-text", "types", "polarity", "modality", "min-confidence", "language", "since", "until", "limit",
	"max-article-size", "max-record-size", "article-time", "unit-size", "engine", "model", "input-format",
	"id-field", "text-field", "title-field", "url-field", "outlet-field", "author-field", "date-field", "date-format",
	"field-html", "no-repair",
	"preset", "records", "columns",
}

func resolveExtract(c *cli.Context) (o extractOptions, err error) {
	var errs []error
	check := func(err error) { errs = append(errs, err) }
	o.inputs = c.Args().Slice()
	if len(o.inputs) == 0 {
		check(errors.New("no input: name files, folders, globs, or - for standard input"))
	}
	o.out, o.fresh, o.quiet, o.allowEmpty = c.String("out"), c.Bool("fresh"), c.Bool("quiet"), c.Bool("allow-empty")
	check(checkFolder(o.out))
	check(checkInputs(o.inputs))
	o.metrics = c.String("metrics-file")
	o.progress = oneOf("progress", c.String("progress"), check, "auto", "plain", "none")
	o.json = oneOf("log-format", c.String("log-format"), check, "text", "json") == "json"
	o.engine = resolveEngine(c, check)
	o.language = oneOf("language", c.String("language"), check, "en", "any")
	if o.workers = c.Int("workers"); o.workers < 0 {
		check(fmt.Errorf("--workers %d is negative", o.workers))
	} else if o.workers == 0 {
		o.workers = runtime.GOMAXPROCS(0)
	}
	o.engine.Cores = o.workers
	o.source, err = resolveSource(c)
	check(err)
	o.source.MaxArticle = size(c, "max-article-size", check)
	o.source.MaxRecord = size(c, "max-record-size", check)
	o.unit = int64(size(c, "unit-size", check))
	o.source.SliceSize = o.unit
	o.write.Format, err = output.ParseFormat(c.String("format"))
	check(err)
	if o.write.Output.Excel = c.Bool("excel"); o.write.Output.Excel && o.write.Format != output.CSV {
		check(errors.New("--excel is for --format csv"))
	}
	check(notEmpty(c, "tables"))
	check(notEmpty(c, "types"))
	for _, name := range list(c.String("tables")) {
		t, err := output.ParseTable(name)
		check(err)
		o.write.Tables = append(o.write.Tables, t)
	}
	o.run = pipeline.Options{
		Workers: o.workers, Language: o.language, Limit: c.Int64("limit"), ArticleTime: c.Duration("article-time"),
		Since: date(c, "since", check), Until: date(c, "until", check),
		Map: resolveMap(c, check),
	}
	resolvePartition(c, &o, check)
	if o.run.Limit < 0 {
		check(fmt.Errorf("--limit %d is negative", o.run.Limit))
	}
	if !o.run.Since.IsZero() && !o.run.Until.IsZero() && !o.run.Since.Before(o.run.Until) {
		check(errors.New("--since is not before --until"))
	}
	if n := c.Int64("max-rejects"); n >= 0 {
		o.run.MaxRejects = &n
	}
	o.flags = map[string]string{}
	for _, name := range rowFlags {
		if v := fmt.Sprint(c.Value(name)); v != "" && v != "false" && v != "0" {
			o.flags["--"+name] = v
		}
	}
	return o, errors.Join(errs...)
}

// resolvePartition resolves the flags of a corpus that grows; the output is
// resolved already.
func resolvePartition(c *cli.Context, o *extractOptions, check func(error)) {
	name := c.String("partition")
	if o.replace = c.Bool("replace"); o.replace && name == "" {
		check(errors.New("--replace is for --partition"))
	}
	switch name {
	case "":
		return
	case "{published}":
		o.byDay = true
	default:
		var err error
		o.partition, err = pipeline.ParsePartition(name)
		check(err)
	}
	if o.write.Format != "" && !o.write.Format.InParts() {
		check(fmt.Errorf("--partition is for --format %s", output.FormatNames()[0]))
	}
	if source.IsAddress(o.out) {
		check(errors.New("--partition needs a local --out: a corpus knows its partitions by its folders, and object storage may be late to list them"))
	}
	if o.byDay && slices.Contains(o.inputs, source.Stdin) {
		check(errors.New("--partition {published} reads the input more than once, and standard input cannot be"))
	}
}

// resolveMap resolves what is kept of the statements of an article.
func resolveMap(c *cli.Context, check func(error)) output.MapOptions {
	m := output.MapOptions{NoText: c.Bool("no-text"), MinConfidence: float32(c.Float64("min-confidence"))}
	m.Types = chosen(c, "types", check, news.Direct, news.Indirect, news.Mixed)
	m.Polarities = chosen(c, "polarity", check, news.Affirmed, news.Negated, news.Refused)
	m.Modalities = chosen(c, "modality", check, news.Asserted, news.Asked, news.Ordered, news.Hypothetical, news.Future)
	if p := m.MinConfidence; p < 0 || p > 1 {
		check(fmt.Errorf("--min-confidence %v is not between 0 and 1", p))
	}
	return m
}

// chosen are the values that the list of a flag names, each by its word.
func chosen[T fmt.Stringer](c *cli.Context, flag string, check func(error), all ...T) (out []T) {
	words := make([]string, len(all))
	for i, v := range all {
		words[i] = v.String()
	}
	for _, name := range list(c.String(flag)) {
		if oneOf(flag, name, check, words...) != "" {
			out = append(out, all[slices.Index(words, name)])
		}
	}
	return out
}

// resolveSource resolves readFlags.
func resolveSource(c *cli.Context) (o source.Options, err error) {
	o.Format, err = source.ParseFormat(c.String("input-format"))
	o.Fields = source.Fields{
		ID: c.String("id-field"), Text: c.String("text-field"), Title: c.String("title-field"), URL: c.String("url-field"),
		Outlet: c.String("outlet-field"), Author: c.String("author-field"), Date: c.String("date-field"),
	}
	var derr error
	if o.Preset, derr = source.ParsePreset(c.String("preset")); derr != nil {
		err = errors.Join(err, fmt.Errorf("--preset: %w", derr))
	}
	o.Records, o.Columns = c.String("records"), list(c.String("columns"))
	if c.IsSet("columns") && len(o.Columns) == 0 {
		err = errors.Join(err, errors.New("--columns names nothing; leave it out where the file has a header line"))
	}
	if o.Dates, derr = source.ParseDateFormat(c.String("date-format")); derr != nil {
		err = errors.Join(err, fmt.Errorf("--date-format: %w", derr))
	}
	o.Stdin, o.Objects = c.App.Reader, objectSource()
	when, htmlErr := source.ParseFieldHTML(c.String("field-html"))
	o.FieldHTML, o.NoRepair = when, c.Bool("no-repair")
	return o, errors.Join(err, htmlErr)
}

// localFolder refuses an --out that is no folder on a disk.
func localFolder(out string) error {
	if source.IsAddress(out) {
		return fmt.Errorf("--out %s: tables are written to a local folder only; name one, and copy it there when the run is done", withoutUser(out))
	}
	return checkFolder(out)
}

// localInputs refuses addresses, which would be looked for as files.
func localInputs(inputs []string) error {
	for _, in := range inputs {
		if source.IsAddress(in) {
			return fmt.Errorf("%s: addresses are not fetched; download it first", withoutUser(in))
		}
	}
	return nil
}

// checkFolder refuses an --out that is no folder.
func checkFolder(out string) error {
	switch {
	case out == "":
		return errors.New("--out is empty; name a folder")
	case out == source.Stdin:
		return errors.New("--out -: a run writes several tables, and standard output can take only one; name a folder, or use whosaid pipe, which answers on standard output")
	case isFile(out):
		return fmt.Errorf("--out %s is a file; name a folder", out)
	case source.IsAddress(out):
		return addressFault("--out "+out, out)
	}
	return nil
}

func isFile(name string) bool {
	st, err := os.Stat(name)
	return err == nil && !st.IsDir()
}

// addressFault says what is wrong with an address, which name is part of.
func addressFault(name, address string) error {
	if err := checkAddress(address); err != nil {
		return fmt.Errorf("%s: %w", withoutUser(name), err)
	}
	return nil
}

// withoutUser takes a user and password out of an address that must not have them.
func withoutUser(address string) string { return userInfo.ReplaceAllString(address, "://") }

var userInfo = regexp.MustCompile(`://[^/]*@`)

// checkInputs refuses addresses that are not those of objects.
func checkInputs(inputs []string) error {
	for _, in := range inputs {
		switch {
		case !source.IsAddress(in):
		case strings.HasPrefix(in, "http://") || strings.HasPrefix(in, "https://"):
			return fmt.Errorf("%s: pages are not fetched; download it first, or pipe it into whosaid extract -", withoutUser(in))
		default:
			if err := addressFault(in, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// notEmpty refuses a list that is given and names nothing.
func notEmpty(c *cli.Context, flag string) error {
	if c.IsSet(flag) && len(list(c.String(flag))) == 0 {
		return fmt.Errorf("--%s names nothing; leave it out to keep all", flag)
	}
	return nil
}

func oneOf(flag, value string, check func(error), allowed ...string) string {
	if slices.Contains(allowed, value) {
		return value
	}
	check(fmt.Errorf("--%s: %q is not one of %s%s", flag, value, strings.Join(allowed, ", "), didYouMean(value, allowed)))
	return ""
}

// list splits a comma-separated value.
func list(s string) (out []string) {
	for f := range strings.SplitSeq(s, ",") {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

func date(c *cli.Context, flag string, check func(error)) time.Time {
	s := c.String(flag)
	if s == "" {
		return time.Time{}
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	check(fmt.Errorf("--%s: %q is not a date such as 2026-11-22 or 2026-11-22T06:00:00Z", flag, s))
	return time.Time{}
}

// size reads a number of bytes such as 8MiB, 8M or 8388608.
func size(c *cli.Context, flag string, check func(error)) int {
	s := strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(c.String(flag))), "B"), "I")
	shift := 0
	for i, unit := range []string{"K", "M", "G"} {
		if cut, ok := strings.CutSuffix(s, unit); ok {
			s, shift = cut, 10*(i+1)
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 32)
	if err != nil || n <= 0 || n<<shift > 1<<30 {
		check(fmt.Errorf("--%s: %q is not a size such as 8MiB, up to 1GiB", flag, c.String(flag)))
		return 0
	}
	return int(n << shift)
}
