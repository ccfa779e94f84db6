package main

import (
	"fmt"
	"strings"

	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

// nothingRead is the error of a run that finished and read no article: what
// became of the records, and what to do.
func nothingRead(c *pipeline.Counters, noText, out string) error {
	records := counted(c.Read, "record")
	if c.Read == 0 {
		return fmt.Errorf("%w: the input holds no record; --allow-empty makes that a success", pipeline.ErrNothingRead)
	}
	if c.Reasons[source.ReasonNoText] == c.Read && noText != "" {
		have := "have"
		if c.Read == 1 {
			have = "has"
		}
		return fmt.Errorf("%w: 0 of %s %s text; %s", pipeline.ErrNothingRead, records, have, noText)
	}
	if c.Reasons[source.ReasonEmpty] == c.Read {
		return fmt.Errorf("%w: the input is empty (%s); --allow-empty makes that a success", pipeline.ErrNothingRead, records)
	}
	var hints []string
	for _, h := range []struct{ reason, do string }{
		{source.ReasonNoText, noText},
		{source.ReasonBadJSON, "--input-format names the format where it was taken for JSON by mistake"},
		{source.ReasonBadCSV, "--input-format names the format where it was taken for CSV by mistake"},
		{pipeline.ReasonNotEnglish, "--language any takes articles in other languages"},
		{pipeline.ReasonDate, "--since and --until leave out all others"},
		{pipeline.ReasonNoDate, "--since and --until leave out articles without a date; --date-field and --date-format say how to find it"},
	} {
		if c.Reasons[h.reason] > 0 && h.do != "" {
			hints = append(hints, h.do)
		}
	}
	if c.Rejected+c.Failed > 0 {
		hints = append(hints, "the table rejects in "+out+" says what is wrong with each record")
	}
	if len(hints) == 0 && c.Filtered+c.Skipped == c.Read {
		hints = append(hints, "--allow-empty makes that a success")
	}
	return fmt.Errorf("%w: of %s, none is in the tables (%s); %s", pipeline.ErrNothingRead, records, reasons(c.Reasons), strings.Join(hints, "; "))
}
