package output

import (
	"fmt"

	"github.com/whosaid/whosaid/extract/news"
)

// CheckResult holds that r can be mapped to rows: every span begins and ends
// on a code point of the text, parts are in order, every index and kind is in
// range, and nesting has no cycle. The text itself must be valid UTF-8.
func CheckResult(r *news.Result) error {
	text := r.Doc.Text
	if len(r.Attributions) > len(r.Quotes) {
		return fmt.Errorf("result has %d attributions for %d quotations", len(r.Attributions), len(r.Quotes))
	}
	for i := range r.Quotes {
		if err := checkQuote(text, r.Quotes, i); err != nil {
			return err
		}
	}
	entities := int32(len(r.Entities))
	for i := range r.Attributions {
		if err := checkAttribution(text, &r.Attributions[i], i, entities); err != nil {
			return err
		}
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		if e.Kind > news.Author || e.Gender > news.Male || e.GenderBasis > news.ByFirstName {
			return fmt.Errorf("entity %d has kind %d, gender %d, basis %d", i, e.Kind, e.Gender, e.GenderBasis)
		}
	}
	for i := range r.Mentions {
		if err := checkMention(text, &r.Mentions[i], i, entities); err != nil {
			return err
		}
	}
	return nil
}

func checkQuote(text string, all []news.Quote, i int) error {
	q, quotes := &all[i], int32(len(all))
	if len(q.Parts) == 0 {
		return fmt.Errorf("quotation %d has no part", i)
	}
	last := int32(0)
	for _, p := range q.Parts {
		if p.Span.Start < last || p.Span.Empty() || !cuts(text, p.Span) {
			return fmt.Errorf("quotation %d has part %v of a text of %d bytes", i, p.Span, len(text))
		}
		last = p.Span.End
	}
	if !q.Cue.Empty() && !cuts(text, q.Cue) {
		return fmt.Errorf("quotation %d has cue %v of a text of %d bytes", i, q.Cue, len(text))
	}
	if !q.Source.Empty() && !cuts(text, q.Source) {
		return fmt.Errorf("quotation %d has source %v of a text of %d bytes", i, q.Source, len(text))
	}
	if q.Parent >= quotes {
		return fmt.Errorf("quotation %d has parent %d of %d", i, q.Parent, quotes)
	}
	if q.Kind > news.Mixed || q.Form > news.Unclosed || q.Act > news.Attitude {
		return fmt.Errorf("quotation %d has kind %d, form %d, act %d", i, q.Kind, q.Form, q.Act)
	}
	if q.Polarity > news.Refused || q.Modality > news.Future {
		return fmt.Errorf("quotation %d has polarity %d, modality %d", i, q.Polarity, q.Modality)
	}
	return checkNesting(all, i)
}

// checkNesting reports a quotation that holds itself.
func checkNesting(all []news.Quote, i int) error {
	quotes := int32(len(all))
	if all[i].Parent < int32(i) { // a cycle has at least one link that does not lead back
		return nil
	}
	steps := int32(0)
	for p := all[i].Parent; p >= 0 && p < quotes; p = all[p].Parent {
		if steps++; steps > quotes {
			return fmt.Errorf("quotation %d is nested in itself", i)
		}
	}
	return nil
}

func checkAttribution(text string, a *news.Attribution, i int, entities int32) error {
	if a.Entity >= entities {
		return fmt.Errorf("attribution %d has entity %d of %d", i, a.Entity, entities)
	}
	if !a.Anonymity.Empty() && !cuts(text, a.Anonymity) {
		return fmt.Errorf("attribution %d has anonymity %v of a text of %d bytes", i, a.Anonymity, len(text))
	}
	if a.Kind > news.Author || a.Form > news.Nominal {
		return fmt.Errorf("attribution %d has kind %d, form %d", i, a.Kind, a.Form)
	}
	for _, c := range a.Candidates {
		if c.Entity < 0 || c.Entity >= entities {
			return fmt.Errorf("attribution %d has candidate %d of %d", i, c.Entity, entities)
		}
	}
	return nil
}

func checkMention(text string, n *news.Mention, i int, entities int32) error {
	if n.Span.Empty() || !cuts(text, n.Span) {
		return fmt.Errorf("mention %d has span %v of a text of %d bytes", i, n.Span, len(text))
	}
	if n.Form == news.FormNone || n.Form > news.Nominal {
		return fmt.Errorf("mention %d has form %d", i, n.Form)
	}
	if n.Entity < 0 || n.Entity >= entities {
		return fmt.Errorf("mention %d has entity %d of %d", i, n.Entity, entities)
	}
	return nil
}

// cuts reports whether both ends of s lie on code points of text.
func cuts(text string, s news.Span) bool {
	return onBoundary(text, s.Start) && onBoundary(text, s.End)
}
