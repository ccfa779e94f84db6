package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// mark is what stands at a byte of the text, for pages in colour.
type mark uint8

const (
	markNone mark = iota
	markQuote
	markCue
	markSource
)

var markStyles = [...]string{"", styleQuote, styleCue, styleSource}

// article prints the text, its statements, cues and sources marked.
func (p *page) article() {
	text := p.r.Doc.Text
	p.b.WriteString(strings.Repeat("─", p.width))
	p.b.WriteString("\n")
	l := layout{page: p, marks: make([]mark, len(text)+1)}
	set := func(s news.Span, m mark) {
		for i := s.Start; i < s.End; i++ {
			l.marks[i] = m
		}
	}
	for i := range p.r.Quotes {
		for _, part := range p.r.Quotes[i].Parts {
			set(part.Span, markQuote)
		}
	}
	for i := range p.r.Quotes {
		set(p.r.Quotes[i].Cue, markCue)
		set(p.r.Quotes[i].Source, markSource)
	}
	if !p.color {
		l.opens, l.closes = brackets(text, p.r.Quotes)
	}
	at := 0
	for line := range strings.Lines(text) {
		l.line(line, at)
		at += len(line)
	}
}

// bracket is a span that pages without colour put between two marks.
type bracket struct {
	span        news.Span
	open, close string
}

// brackets are the marks before and behind bytes of the text: [1 …] around
// statement 1 and *…* around sources, one inside the other. Words that are a
// source twice are marked once, and a source that reaches over the edge of a
// statement is cut there.
func brackets(text string, quotes []news.Quote) (opens, closes map[int]string) {
	var all []bracket
	var sources []news.Span
	for i := range quotes {
		for _, part := range quotes[i].Parts {
			all = append(all, bracket{part.Span, "[" + strconv.Itoa(i+1) + " ", "]"})
		}
		if !quotes[i].Source.Empty() {
			sources = append(sources, quotes[i].Source)
		}
	}
	statements := all
	for _, s := range union(sources) {
		for _, piece := range pieces(text, s, statements) {
			all = append(all, bracket{piece, "*", "*"})
		}
	}
	// The outer one opens first and closes last.
	slices.SortStableFunc(all, func(a, b bracket) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	opens, closes = map[int]string{}, map[int]string{}
	for _, b := range all {
		opens[int(b.span.Start)] += b.open
		closes[int(b.span.End)] = b.close + closes[int(b.span.End)]
	}
	return opens, closes
}

// union are the stretches that spans cover.
func union(spans []news.Span) (out []news.Span) {
	slices.SortFunc(spans, func(a, b news.Span) int { return cmp.Compare(a.Start, b.Start) })
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// pieces cuts a source where a statement begins or ends that does not lie in it
// as a whole, and leaves the blanks at the cuts out.
func pieces(text string, source news.Span, statements []bracket) (out []news.Span) {
	cuts := []int32{source.Start, source.End}
	for _, b := range statements {
		if source.Contains(b.span) {
			continue
		}
		for _, at := range []int32{b.span.Start, b.span.End} {
			if at > source.Start && at < source.End {
				cuts = append(cuts, at)
			}
		}
	}
	slices.Sort(cuts)
	for i := range len(cuts) - 1 {
		s := news.Span{Start: cuts[i], End: cuts[i+1]}
		for s.Start < s.End && isBlank(text[s.Start]) {
			s.Start++
		}
		for s.Start < s.End && isBlank(text[s.End-1]) {
			s.End--
		}
		if !s.Empty() {
			out = append(out, s)
		}
	}
	return out
}
