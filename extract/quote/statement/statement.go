// Package statement makes quotations of statements: what the rules and the
// trained taggers found, in tokens, becomes a news.Quote, in bytes and tokens.
//
// In go a document, its paired marks, and statements in any order; out come
// quotations in text order. Nothing that went in is changed. How:
//
//   - A part loses the dateline it begins with, and the punctuation at its edges
//     unless its edges are exact; a part without a word is dropped, and with the
//     last part the statement.
//   - A quotation is direct when 19 of 20 of its letters stand inside marks (or
//     when it is a turn of a transcript), indirect when none does, else mixed.
//   - Pieces of one group, which paragraphs cut, are joined where no more than
//     one of them has a cue (join.go).
//   - Parents are found by extents. What somebody is said to think is left out.
//
// Ties: of two quotations that begin together the longer comes first, else the
// order they came in stands. Time is n log n in the statements.
package statement

import (
	"slices"
	"sort"
	"unicode"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
)

// Statement is one statement in tokens.
type Statement struct {
	Parts       []news.TokenRange // in text order
	Cue, Source news.TokenRange   // empty where the text has none
	Lemma       string            // of the cue
	Attitude    bool              // reports a mind
	Spoken      bool              // a transcript's turn: direct without marks
	Quotation   int32             // the first quotation in marks that it takes whole, None
	Parent      int32             // the quotation in marks that it was found in, None
	Group       int32             // of a turn's paragraphs, None
	Exact       bool              // the parts' edges are as they should be
	Confidence  float32           // where that is known, else 0
}

// None stands where an index or a group number is missing.
const None int32 = -1

// maker makes the quotations of one document.
type maker struct {
	d *news.Document
	m *marks.Marks
}

// Quotes makes the quotations of d, whose marks are m, in text order.
func Quotes(d *news.Document, m *marks.Marks, statements []Statement) []news.Quote {
	x := &maker{d, m}
	out := make([]news.Quote, 0, len(statements))
	for i := range statements {
		if q, ok := x.quote(&statements[i]); ok {
			out = append(out, q)
		}
	}
	sort.SliceStable(out, func(a, b int) bool {
		ea, eb := out[a].Extent(), out[b].Extent()
		if ea.Start != eb.Start {
			return ea.Start < eb.Start
		}
		return ea.End > eb.End
	})
	out = join(out)
	parents(out)
	kept := out[:0]
	for _, q := range out {
		if q.Parent < 0 || q.Act == news.Statement {
			kept = append(kept, q)
		}
	}
	parents(kept)
	return kept
}

// parents tells for every quotation, in text order, the innermost one that
// holds it whole, in one of its parts.
func parents(out []news.Quote) {
	var around []int32
	for i := range out {
		e := out[i].Extent()
		for len(around) > 0 && out[around[len(around)-1]].Extent().End <= e.Start {
			around = around[:len(around)-1]
		}
		out[i].Parent = -1
		for k := len(around) - 1; k >= 0; k-- {
			if p := &out[around[k]]; p.Extent() != e && slices.ContainsFunc(p.Parts, func(s news.Part) bool { return s.Span.Contains(e) }) {
				out[i].Parent = around[k]
				break
			}
		}
		around = append(around, int32(i))
	}
}

// quote is the quotation that f became; ok is false where nothing is left.
func (x *maker) quote(f *Statement) (q news.Quote, ok bool) {
	letters, quoted := 0, 0
	for _, p := range f.Parts {
		part, n, in := x.part(f, p)
		if n == 0 {
			continue
		}
		letters += n
		quoted += in
		q.Parts = append(q.Parts, part)
	}
	if len(q.Parts) == 0 {
		return q, false
	}
	q.Group, q.Parent = f.Group, -1
	for _, p := range f.Parts {
		k := x.m.Outermost(p.First)
		if k < 0 {
			continue
		}
		if o := &x.m.Quotations[k]; o.Group >= 0 && p.First <= o.Words.First {
			q.Group = o.Group // its last part may go on in the next paragraph
		}
	}
	switch {
	case f.Spoken || quoted*20 >= letters*19:
		q.Kind = news.Direct
	case quoted == 0:
		q.Kind = news.Indirect
	default:
		q.Kind = news.Mixed
	}
	if f.Attitude {
		q.Act = news.Attitude
	}
	if f.Quotation >= 0 {
		o := &x.m.Quotations[f.Quotation]
		switch {
		case o.Unclosed():
			q.Form = news.Unclosed
		case q.Kind == news.Direct && !Whole(x.d, x.m, f.Quotation):
			q.Form = news.Fragment
		}
	}
	q.CueTokens, q.SourceTokens = f.Cue, afterDateline(x.d, inParagraph(x.d, f.Source, f.Cue))
	q.Cue, q.Source, q.CueLemma = x.d.Span(q.CueTokens), x.d.Span(q.SourceTokens), f.Lemma
	if q.Confidence = f.Confidence; f.Confidence == 0 {
		q.Confidence = confidence(f, q.Kind)
	}
	return q, true
}

// part is what is left of tokens p of f without its edges, and how many letters it
// has, and how many of them between marks.
func (x *maker) part(f *Statement, p news.TokenRange) (part news.Part, letters, quoted int) {
	p = afterDateline(x.d, p)
	for !f.Exact && p.First < p.End && x.edge(p.First) {
		p.First++
	}
	for !f.Exact && p.First < p.End && x.edge(p.End-1) && !x.insideEnd(p.End-1) && !f.Spoken {
		p.End--
	}
	for i := p.First; i < p.End; i++ {
		if !IsWord(x.d.Word(i)) {
			continue
		}
		l := x.d.Tokens[i].Span.Len()
		letters += l
		if x.quoted(i, f.Parent) {
			quoted += l
		}
	}
	return news.Part{Span: x.d.Span(p), Tokens: p, Quoted: quoted*20 >= letters*19}, letters, quoted
}

// confidence is the share of such quotations that PolNeAR's development
// articles have, measured once.
func confidence(f *Statement, k news.Kind) float32 {
	switch {
	case f.Parent >= 0:
		return 0.4
	case f.Attitude:
		return 0.65
	case k == news.Direct && !f.Cue.Empty():
		return 0.96
	case k == news.Mixed:
		return 0.84
	}
	return 0.79
}

// quoted reports whether token i stands inside marks within quotation parent.
func (x *maker) quoted(i, parent int32) bool { return x.m.Inside[i] != parent }

// edge reports a token that no part begins or ends with, unless it stands
// inside the marks there.
func (x *maker) edge(i int32) bool {
	switch w := x.d.Word(i); w {
	case ",", ".", ":", ";", "—", "–", "--", "-", "…", "?!":
		return true
	}
	return false
}

func (x *maker) insideEnd(i int32) bool { return x.m.Inside[i] >= 0 }

// Whole reports whether quotation q of m looks like a sentence or clause: it
// begins big or after a comma or colon, or ends with a mark of its own.
func Whole(d *news.Document, m *marks.Marks, q int32) bool {
	o := &m.Quotations[q]
	if o.Words.Len() < 2 {
		return o.Words.Len() == 1 && marks.Capital(d.Word(o.Words.First)) && marks.Terminal(d.Word(o.Words.End-1))
	}
	return marks.Capital(d.Word(o.Words.First)) || o.Words.Len() > 6
}

// IsWord reports a token with a letter or a digit.
func IsWord(w string) bool {
	for _, r := range w {
		if unicode.IsLetter(r) || '0' <= r && r <= '9' {
			return true
		}
	}
	return false
}
