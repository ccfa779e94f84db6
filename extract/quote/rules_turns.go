package quote

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// Transcripts and headlines: paragraphs that begin with who speaks.

// minTurns labelled paragraphs, two of one label among them, make a
// transcript; fewer may be headings.
const minTurns = 3

// label is the end of the label at the start of paragraph p, the token after
// its colon, or 0: WALLACE:, Q:, Ana Reyes:.
func (x *reading) label(p news.TokenRange) int32 {
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
		if !isCapital(w) && w != "." && w != "(" && w != ")" && w != "&" {
			return 0
		}
	}
	return 0
}

// findLabels counts the labels of the document.
func (x *reading) findLabels() {
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
func (x *reading) labelName(p news.TokenRange, e int32) string {
	return strings.Trim(x.d.Span(news.TokenRange{First: p.First, End: e - 1}).Of(x.d.Text), "\"“”0123456789. ")
}

// transcript takes paragraph k as a turn of a transcript or a headline with
// its speaker.
func (x *reading) transcript(k int, p news.TokenRange) bool {
	e := x.label(p)
	if e == 0 {
		if x.turn < 0 || k > x.ends || x.heading(p) {
			x.turn = -1
			return false
		}
		x.found = append(x.found, finding{parts: []news.TokenRange{p}, spoken: true, quotation: -1, parent: -1, group: x.turn})
		return true
	}
	x.turn = -1
	first := p.First
	if x.startAt[first] >= 0 {
		first++
	}
	headline := k == 0 && p.Len() <= 25 && x.plausible(e, p.End)
	turn := x.labels != nil && (x.labels[x.labelName(p, e)] >= 2 || upper(x.d.Word(first)))
	if !turn && !headline {
		return false
	}
	f := finding{parts: []news.TokenRange{{First: e, End: p.End}}, spoken: turn, headline: headline && !x.stopped(p), quotation: -1, parent: -1, group: -1}
	if !letter(x.labelName(p, e)) {
		f.cue, f.lemma = news.TokenRange{First: e - 1, End: e}, ":"
		f.source = news.TokenRange{First: first, End: e - 1}
	}
	if turn {
		// The next paragraphs without a label are this speaker's.
		x.turn = x.groups
		x.groups++
		f.group = x.turn
	}
	x.found = append(x.found, f)
	return true
}

// letter reports a label that only tells questions from answers: it names no
// source.
func letter(label string) bool {
	switch strings.ToUpper(label) {
	case "Q", "A", "QUESTION", "ANSWER":
		return true
	}
	return false
}

// plausible reports whether a headline's words behind the colon are a clause.
func (x *reading) plausible(from, to int32) bool {
	for i := from; i < to; i++ {
		if finite(x.d.Tokens[i].Tag) || x.m.Inside[i] >= 0 {
			return true
		}
	}
	return false
}

// stopped reports whether p ends like a sentence.
func (x *reading) stopped(p news.TokenRange) bool {
	for p.End > p.First && glyphOf(x.d.Word(p.End-1)) != noMark {
		p.End--
	}
	return !p.Empty() && isTerminal(lastRune(x.d.Word(p.End-1)))
}

// heading reports a paragraph that ends a transcript: no full stop at its end,
// or a line in brackets.
func (x *reading) heading(p news.TokenRange) bool {
	w := x.d.Word(p.End - 1)
	return !isTerminal(lastRune(w)) && glyphOf(w) == noMark || x.d.Word(p.First) == "(" || x.startAt[p.First] >= 0
}
