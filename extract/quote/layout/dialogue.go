package layout

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// bareness tells which turns of an interview have no label.
type bareness uint8

const (
	labelled    bareness = iota // none, or none that is known
	bareAnswers                 // every label is that of a question
	bareTurns                   // most but the first question and its answer
)

// bareness finds it out from the labels of paragraphs, by index; end is the last
// paragraph that is still part of the interview.
func (x *reader) bareness(labels map[int]label) (b bareness, end int) {
	asked, bare, first := 0, 0, len(x.d.Paragraphs)
	for k, p := range x.d.Paragraphs {
		if _, ok := labels[k]; !ok {
			continue
		}
		first = min(first, k)
		if x.question(p) {
			asked++
		}
		if _, next := labels[k+1]; !next && x.reply(k+1) {
			bare++
		}
		end = k + 1
	}
	switch {
	case len(labels) >= 2 && asked == len(labels) && bare == len(labels) && (len(labels) >= minTurns || labels[first].asks):
		return bareAnswers, min(end, len(x.d.Paragraphs)-1)
	case len(labels) < 2 || !x.question(x.d.Paragraphs[first]) || !x.reply(first+1):
		return labelled, 0
	}
	if _, ok := labels[first+1]; !ok {
		return labelled, 0
	}
	turns := 0
	for k := first + 2; k < len(x.d.Paragraphs); k++ {
		_, asks := labels[k]
		if _, answers := labels[k+1]; !asks && !answers && x.question(x.d.Paragraphs[k]) && x.reply(k+1) {
			turns++
			end = max(end, k+1)
		}
	}
	if turns == 0 || turns < len(labels)-2 {
		return labelled, 0
	}
	return bareTurns, end
}

// answeredOnce reports whether a question with a label has an answer with one.
func (x *reader) answeredOnce(labels map[int]label) bool {
	for k := range labels {
		if _, ok := labels[k+1]; ok && x.question(x.d.Paragraphs[k]) && x.reply(k+1) {
			return true
		}
	}
	return false
}

// question reports a paragraph that asks: it ends with a question mark outside of
// quotations.
func (x *reader) question(p news.TokenRange) bool {
	return p.Len() <= maxQuestion && x.d.Word(p.End-1) == "?" && x.m.Inside[p.End-1] < 0
}

// reply reports whether paragraph k is a sentence and asks nothing.
func (x *reader) reply(k int) bool {
	return k < len(x.d.Paragraphs) && !x.done[k] && x.stopped(x.d.Paragraphs[k]) && x.d.Word(x.d.Paragraphs[k].End-1) != "?"
}

// takesOver reports whether paragraph p, which has no label, is the turn of somebody
// else than open is.
func (x *reader) takesOver(open *statement.Statement, p news.TokenRange, b bareness) bool {
	asked := x.d.Word(open.Parts[len(open.Parts)-1].End-1) == "?"
	switch b {
	case bareAnswers:
		return asked
	case bareTurns:
		return asked != x.question(p)
	}
	return false
}
