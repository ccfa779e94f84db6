package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/desk"
	"github.com/whosaid/whosaid/desk/audit"
	"github.com/whosaid/whosaid/extract/eval"
)

// auditVerbs are what audit can do.
var auditVerbs = []string{"sample", "report", "gold"}

func auditCommand() *cli.Command {
	return &cli.Command{
		Name:      "audit",
		Usage:     "measure how right tables are, by judging a sample of them",
		UsageText: "whosaid audit sample [flags] DIR\n   whosaid audit report SHEET…\n   whosaid audit gold [--out FILE] DIR",
		Description: "sample draws statements at random, and articles to read in full, into a CSV sheet.\n" +
			"Judges fill its first columns in any spreadsheet:\n" +
			"  statement   right, edges (there is one, with wrong edges) or none\n" +
			"  speaker_is  right, wrong or unknown (the article does not tell); empty without a speaker\n" +
			"  wrong       of an article: how many of its marked statements are none\n" +
			"  missed      of an article: how many statements were not found, or their words with | between\n" +
			"  judge       who judges; empty means the sheet's file name\n" +
			"report reads one filled sheet or several and prints precision and recall with 95%\n" +
			"intervals, calibration, agreement, and a sentence for a paper. The same can be done\n" +
			"in the browser: whosaid serve DIR.\n" +
			"gold writes the articles that somebody corrected and called right in the browser, as\n" +
			"JSON Lines that eval --gold and train --gold read.\n\n" +
			"Examples:\n" +
			"  whosaid audit sample --out sheet.csv --size 100 --by type --articles 10 whosaid-out\n" +
			"  whosaid audit report --precision 0.95 ada.csv bilal.csv\n" +
			"  whosaid audit gold --out mine.jsonl whosaid-out\n\n" + seeExitCodes,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "sample, gold: write to `FILE`; without it, to standard output"},
			&cli.IntFlag{Name: "size", Value: 100, Usage: "sample: draw `N` statements"},
			&cli.IntFlag{Name: "articles", Value: 10, Usage: "sample: draw `N` articles to read in full"},
			&cli.StringFlag{Name: "by", Value: "none", Usage: "sample: draw equally many of each `STRATUM`: " + strings.Join(audit.Strata(), ", ")},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "sample: draw by `SEED`; the same one draws the same sample"},
			&cli.Float64Flag{Name: "precision", Value: 0.95, Usage: "report: tell which confidence to keep for a precision of `P`"},
		},
		Action: runAudit,
	}
}

func runAudit(c *cli.Context) error {
	if c.NArg() == 0 {
		return usagef("audit needs to know what to do: %s (whosaid audit --help)", strings.Join(auditVerbs, " or "))
	}
	args := c.Args().Tail()
	switch verb := c.Args().First(); verb {
	case "sample":
		return auditSample(c, args)
	case "report":
		return auditReport(c, args)
	case "gold":
		return auditGold(c, args)
	default:
		return usagef("audit %q: it is not one of %s%s", verb, strings.Join(auditVerbs, ", "), didYouMean(verb, auditVerbs))
	}
}

func auditSample(c *cli.Context, args []string) error {
	var errs []error
	check := func(err error) { errs = append(errs, err) }
	if len(args) != 1 {
		check(fmt.Errorf("audit sample takes one folder of tables, and got %d arguments", len(args)))
	}
	d := audit.Design{Seed: c.Uint64("seed"), By: oneOf("by", c.String("by"), check, audit.Strata()...), Size: c.Int("size"), Articles: c.Int("articles")}
	if d.By != "" {
		check(d.Check())
	}
	if err := errors.Join(errs...); err != nil {
		return usage(err)
	}
	log := newScreen(c.App.ErrWriter, extractOptions{progress: "none"}).log
	x, err := openIndex(c.Context, args[0], log)
	if err != nil {
		return err
	}
	defer x.Close()
	s, err := desk.Draw(c.Context, x, "sheet", d, time.Now())
	if err != nil {
		return err
	}
	if err := writeNew(c, func(w io.Writer) error { return audit.WriteSheet(w, s) }); err != nil {
		return err
	}
	log.Info("sample", "file", c.String("out"), "statements", len(s.Items), "articles", len(s.Readings))
	return nil
}

// auditGold writes the articles that somebody called right.
func auditGold(c *cli.Context, args []string) error {
	if len(args) != 1 {
		return usagef("audit gold takes one folder of tables, and got %d arguments", len(args))
	}
	log := newScreen(c.App.ErrWriter, extractOptions{progress: "none"}).log
	x, err := openIndex(c.Context, args[0], log)
	if err != nil {
		return err
	}
	defer x.Close()
	all, err := desk.Corrections(x).All()
	if err != nil {
		return err
	}
	golds, open, err := desk.Gold(c.Context, x, all)
	if err != nil {
		return err
	}
	if len(golds) == 0 {
		return fmt.Errorf("no article of %s is called right yet (%d have corrections); whosaid serve %s, open an article, and choose correct", args[0], open, args[0])
	}
	if err := writeNew(c, func(w io.Writer) error { return eval.WriteGold(w, golds) }); err != nil {
		return err
	}
	log.Info("gold", "articles", len(golds), "corrected and not called right", open)
	return nil
}

// writeNew writes --out, which must not be there yet: a filled sheet is hours of
// work. Without it, it writes to standard output.
func writeNew(c *cli.Context, write func(io.Writer) error) error {
	name := c.String("out")
	if name == "" {
		return write(c.App.Writer)
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already; name another file, or remove it", name)
	}
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Sync(), f.Close())
}

func auditReport(c *cli.Context, args []string) error {
	if len(args) == 0 {
		return usagef("audit report needs one filled sheet or more")
	}
	wish := c.Float64("precision")
	if !(wish > 0 && wish <= 1) {
		return usagef("--precision %v is not between 0 and 1", wish)
	}
	var s audit.Sheets
	for _, name := range args {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		err = s.ReadSheet(name, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	if len(s.Judgements) == 0 {
		return fmt.Errorf("nobody has judged anything: all %d rows of %s are empty in statement and missed", s.Empty, strings.Join(args, ", "))
	}
	_, err := io.WriteString(c.App.Writer, auditText(audit.NewReport(s.Design, s.Items, s.Readings, s.Judgements), s.Empty, wish))
	return err
}

// auditText is a report for a terminal.
func auditText(r *audit.Report, empty int, wish float64) string {
	var b strings.Builder
	line := func(name string, p audit.Proportion) {
		if p.Known() {
			fmt.Fprintf(&b, "  %-38s %s, of %d\n", name, p, p.N)
		}
	}
	fmt.Fprintf(&b, "%d of %s judged, %s read in full, by %s\n", r.Judged, counted(r.Items, "statement"), counted(r.Readings, "article"), plain(strings.Join(r.Judges, ", ")))
	if empty > 0 {
		fmt.Fprintf(&b, "%s left empty\n", counted(empty, "row"))
	}
	b.WriteByte('\n')
	line("statements that are there (precision)", r.Statements)
	line("… with the right edges", r.Exact)
	line("speakers right, where the article tells", r.Speakers)
	line("there, with the right speaker", r.Pairs)
	line("statements found (recall)", r.Recall)
	if len(r.ByStratum) > 1 {
		b.WriteString("\nprecision by stratum\n")
		for _, s := range r.ByStratum {
			line(plain(s.Name), s.Proportion)
		}
	}
	for _, c := range []struct {
		name string
		audit.Calibration
	}{{"statements", r.Calibration}, {"speakers", r.SpeakerCalibration}} {
		if len(c.Bins) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\ncalibration of %s: expected error %.2f, Brier score %.2f\n", c.name, c.Error, c.Brier)
		for _, bin := range c.Bins {
			fmt.Fprintf(&b, "  confidence %.1f to %.1f (mean %2.0f%%): %s right, of %d\n", bin.From, bin.To, 100*bin.Confidence, bin.Right, bin.Right.N)
		}
	}
	if len(r.Thresholds) > 0 {
		b.WriteByte('\n')
		if t, ok := r.For(wish); ok {
			fmt.Fprintf(&b, "for a precision of %g%%: keep detect_confidence >= %.2f, which keeps %.0f%% of all statements at %s\n", 100*wish, t.At, 100*t.Kept, t.Precision)
		} else {
			fmt.Fprintf(&b, "no confidence gives a precision of %g%% in this sample\n", 100*wish)
		}
	}
	for _, a := range []struct {
		name string
		audit.Agreement
	}{{"statements", r.OfStatements}, {"speakers", r.OfSpeakers}} {
		if a.Items == 0 {
			continue
		}
		fmt.Fprintf(&b, "\nagreement on %s: %.0f%% of pairs over %d judged by more than one; Krippendorff's alpha %s\n", a.name, 100*a.Same, a.Items, coefficient(a.Alpha))
		for _, k := range a.Kappas {
			fmt.Fprintf(&b, "  %s and %s: Cohen's kappa %s over %d\n", plain(k.A), plain(k.B), coefficient(k.Value), k.Items)
		}
	}
	fmt.Fprintf(&b, "\n%s\n", plain(r.Methods()))
	return b.String()
}

// coefficient is a number, or why there is none.
func coefficient(x float64) string {
	if math.IsNaN(x) {
		return "undefined (all judgements are the same)"
	}
	return fmt.Sprintf("%.2f", x)
}
