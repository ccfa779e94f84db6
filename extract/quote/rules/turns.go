package rules

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// Transcripts and headlines: paragraphs that begin with who speaks.

// minTurns labelled paragraphs, two of one label among them, make a
// transcript; fewer may be headings.
const minTurns = 3

// label is the end of the label at the start of paragraph p, the token after
// its colon, or 0: WALLACE:, Q:, Ana Reyes:.
func (x *reader) label(p news.TokenRange) int32 {
	i := p.First
	if x.startAt[i] >= 0 {
		i++ // a transcript within marks
	}
	for k := i; k < p.End && k <= i+5; k++ {
		w := x.d.Word(k)
		if w == ":" {
			if k == i || k+1 >= p.End {
				return 0
			}
			return k + 1
		}
		if !marks.Capital(w) && w != "." && w != "(" && w != ")" && w != "&" {
			return 0
		}
	}
	return 0
}

// findLabels counts the labels of the document.
func (x *reader) findLabels() {
	count := make(map[string]int)
	all, best := 0, 0
	for k, p := range x.d.Paragraphs {
		if e := x.label(p); e > 0 {
			x.ends = k
			name := x.labelName(p, e)
			count[name]++
			all++
			best = max(best, count[name])
		}
	}
	if all >= minTurns && best >= 2 {
		x.labels = count
	}
}

// labelName is the label's words; questions and answers may be numbered.
func (x *reader) labelName(p news.TokenRange, e int32) string {
	return strings.Trim(x.d.Span(news.TokenRange{First: p.First, End: e - 1}).Of(x.d.Text), "\"“”0123456789. ")
}

// transcript takes paragraph k as a turn of a transcript or a headline with
// its speaker.
func (x *reader) transcript(k int, p news.TokenRange) bool {
	e := x.label(p)
	if e == 0 {
		if x.turn < 0 || k > x.ends || x.heading(p) {
			x.turn = -1
			return false
		}
		x.proposals = append(x.proposals, statement.Statement{Parts: []news.TokenRange{p}, Spoken: true, Quotation: -1, Parent: -1, Group: x.turn})
		return true
	}
	x.turn = -1
	first := p.First
	if x.startAt[first] >= 0 {
		first++
	}
	headline := k == 0 && p.Len() <= 25 && x.plausible(e, p.End)
	turn := x.labels != nil && (x.labels[x.labelName(p, e)] >= 2 || news.InCapitals(x.d.Word(first)))
	if !turn && !headline {
		return false
	}
	f := statement.Statement{Parts: []news.TokenRange{{First: e, End: p.End}}, Spoken: turn, Quotation: -1, Parent: -1, Group: -1}
	if !x.w.Labels.Has(strings.ToUpper(x.labelName(p, e))) {
		f.Cue, f.Lemma = news.TokenRange{First: e - 1, End: e}, ":"
		f.Source = news.TokenRange{First: first, End: e - 1}
	}
	if turn {
		// The next paragraphs without a label are this speaker's.
		x.turn = x.groups
		x.groups++
		f.Group = x.turn
	}
	x.proposals = append(x.proposals, f)
	return true
}

// plausible reports whether a headline's words behind the colon are a clause.
func (x *reader) plausible(from, to int32) bool {
	for i := from; i < to; i++ {
		if x.d.Tokens[i].Tag.Finite() || x.m.Inside[i] >= 0 {
			return true
		}
	}
	return false
}

// heading reports a paragraph that ends a transcript: no full stop at its end,
// or a line in brackets.
func (x *reader) heading(p news.TokenRange) bool {
	w := x.d.Word(p.End - 1)
	return !marks.Terminal((w)) && !marks.IsMark(w) || x.d.Word(p.First) == "(" || x.startAt[p.First] >= 0
}
