package quote

import (
	"slices"
	"sort"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// Rules finds quotations by the marks, the verbs of saying and the order of
// words, without any training: the detector of the prose engine, and the plain
// account of what the marks alone can tell. It has no state and is safe for
// concurrent use.
type Rules struct{}

// NewRules gives the rule detector.
func NewRules() *Rules { return &Rules{} }

// Detect finds the quotations of d, in text order. Tokens need their Tag;
// heads and relations are not read.
//
// A paragraph is read as a row of units, words and whole quotations, cut to
// stretches where sentences end outside of quotations. In every stretch the
// cues are found, and each takes, in this order of preference, the words
// before it (“…,” she said; …, according to her) or those behind it (she said
// that …; she said: “…”). Quotations that no cue takes go on with the speaker
// before, or belong to a transcript's label, or stand alone; single words,
// titles and nicknames among them are no statements and are left out. The
// words inside a quotation are read in the same way, so that a quoted person
// may quote another.
func (r *Rules) Detect(d *news.Document) []news.Quote { return read(d, Pair(d)).finish() }

// read finds what the rules find in d, whose marks are m.
func read(d *news.Document, m Marks) *reading {
	x := &reading{d: d, m: m, startAt: make([]int32, len(d.Tokens)), sentEnd: make([]bool, len(d.Tokens)), low: make([]string, len(d.Tokens))}
	for i := range x.startAt {
		x.startAt[i] = -1
	}
	for i := range x.m.Quotations {
		x.startAt[x.first(int32(i))] = int32(i)
	}
	for _, s := range d.Sentences {
		x.sentEnd[s.End-1] = true
	}
	x.findLabels()
	x.turn, x.groups = -1, int32(len(x.m.Quotations))
	for k, p := range d.Paragraphs {
		if x.transcript(k, p) {
			continue
		}
		x.state = state{last: -1}
		x.context(p, -1, k)
	}
	return x
}

// reading is one document while its quotations are found.
type reading struct {
	d       *news.Document
	m       Marks
	startAt []int32        // per token: the quotation whose first token it is, -1
	sentEnd []bool         // per token: the last of its sentence
	low     []string       // per token: its word in lower case, once that was asked for
	labels  map[string]int // of a transcript: paragraphs by label; nil elsewhere
	ends    int            // the last paragraph with a label
	turn    int32          // group of the transcript's turn in work, -1
	groups  int32          // group numbers used
	found   []finding
	state   state
	intro   intro // of the paragraph before: a cue that waits for its quotation
}

// finding is one quotation while parts may still join it.
type finding struct {
	parts       []news.TokenRange
	cue, source news.TokenRange
	lemma       string
	attitude    bool
	spoken      bool    // a transcript's turn: direct without marks
	headline    bool    // a line without full stop that begins with its speaker and a colon
	quotation   int32   // the first one it takes whole, -1
	parent      int32   // the quotation it was found in, -1
	group       int32   // of a turn's paragraphs, -1
	exact       bool    // the parts' edges are as they should be
	sure        float32 // its confidence where that is known, else 0
}

// state is what one stretch hands to the next of its paragraph.
type state struct {
	last     int  // index into found of the quotation that may go on, -1
	trailing bool // its cue stood behind or between its words
}

// intro is a cue or a colon that ended a paragraph.
type intro struct {
	cue, source news.TokenRange
	lemma       string
	paragraph   int
}

// unit is a word, or a whole quotation.
type unit struct {
	first, end int32
	q          int32 // index into Marks.Quotations; -1 for a word
}

// first and last are the token range of quotation q, with its marks.
func (x *reading) first(q int32) int32 {
	if o := x.m.Quotations[q].Open; o >= 0 {
		return o
	}
	return x.m.Quotations[q].Words.First
}

func (x *reading) last(q int32) int32 {
	if c := x.m.Quotations[q].Close; c >= 0 {
		return c + 1
	}
	return x.m.Quotations[q].Words.End
}

// maxStretch units are read as one: what a cue takes is searched for anew at
// every cue, so a stretch must have an end even where no sentence has.
const maxStretch = 400

// context reads the tokens r, a paragraph or the words of quotation parent.
func (x *reading) context(r news.TokenRange, parent int32, paragraph int) {
	units := make([]unit, 0, r.Len())
	from := 0
	for i := r.First; i < r.End; {
		u := unit{i, i + 1, -1}
		if q := x.startAt[i]; q >= 0 && x.m.Quotations[q].Parent == parent {
			u = unit{i, x.last(q), q}
		}
		units = append(units, u)
		i = u.end
		if x.sentEnd[i-1] || len(units)-from >= maxStretch {
			s := stretch{x, units[from:], parent, paragraph}
			s.read()
			from = len(units)
		}
	}
	if from < len(units) {
		s := stretch{x, units[from:], parent, paragraph}
		s.read()
	}
	saved := x.state
	for _, u := range units {
		if u.q >= 0 && x.m.Quotations[u.q].Words.Len() > 3 {
			x.state = state{last: -1}
			x.context(x.m.Quotations[u.q].Words, u.q, -1)
		}
	}
	x.state = saved
}

// finish turns the findings into quotations in text order.
func (x *reading) finish() []news.Quote {
	out := make([]news.Quote, 0, len(x.found))
	for i := range x.found {
		if q, ok := x.quote(&x.found[i]); ok {
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
	// What somebody is reported to have reported, without marks, is right once
	// in four times on PolNeAR's development articles: left out.
	kept := out[:0]
	for _, q := range out {
		if q.Parent < 0 || q.Kind != news.Indirect && q.Act == news.Statement {
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
func (x *reading) quote(f *finding) (q news.Quote, ok bool) {
	letters, quoted := 0, 0
	for _, p := range f.parts {
		p = afterDateline(x.d, p)
		for !f.exact && p.First < p.End && x.edge(p.First) {
			p.First++
		}
		for !f.exact && p.First < p.End && x.edge(p.End-1) && !x.insideEnd(p.End-1) && !f.spoken {
			p.End--
		}
		if p.Empty() {
			continue
		}
		n, in := 0, 0
		for i := p.First; i < p.End; i++ {
			if !isWord(x.d.Word(i)) {
				continue
			}
			l := x.d.Tokens[i].Span.Len()
			n += l
			if x.quoted(i, f.parent) {
				in += l
			}
		}
		if n == 0 {
			continue
		}
		letters += n
		quoted += in
		q.Parts = append(q.Parts, news.Part{Span: x.d.Span(p), Quoted: in*20 >= n*19})
	}
	if len(q.Parts) == 0 {
		return q, false
	}
	q.Group, q.Parent = f.group, -1
	for _, p := range f.parts {
		k := x.m.Outermost(p.First)
		if k < 0 {
			continue
		}
		if o := &x.m.Quotations[k]; o.Group >= 0 && p.First <= o.Words.First {
			q.Group = o.Group // its last part may go on in the next paragraph
		}
	}
	switch {
	case f.spoken || quoted*20 >= letters*19:
		q.Kind = news.Direct
	case quoted == 0:
		q.Kind = news.Indirect
	default:
		q.Kind = news.Mixed
	}
	if f.attitude {
		q.Act = news.Attitude
	}
	if f.quotation >= 0 {
		o := &x.m.Quotations[f.quotation]
		switch {
		case o.Unclosed():
			q.Form = news.Unclosed
		case q.Kind == news.Direct && !x.whole(f.quotation):
			q.Form = news.Fragment
		}
	}
	q.Cue, q.Source, q.CueLemma = x.d.Span(f.cue), x.d.Span(afterDateline(x.d, f.source)), f.lemma
	if q.Confidence = f.sure; f.sure == 0 {
		q.Confidence = confidence(f, q.Kind)
	}
	return q, true
}

// confidence is the share of such quotations that PolNeAR's development
// articles have, measured once.
func confidence(f *finding, k news.Kind) float32 {
	switch {
	case f.parent >= 0:
		return 0.4
	case f.attitude:
		return 0.65
	case k == news.Direct && !f.cue.Empty():
		return 0.96
	case k == news.Mixed:
		return 0.84
	}
	return 0.79
}

// quoted reports whether token i stands inside marks within quotation parent.
func (x *reading) quoted(i, parent int32) bool { return x.m.Inside[i] != parent }

// edge reports a token that no part begins or ends with, unless it stands
// inside the marks there.
func (x *reading) edge(i int32) bool {
	switch w := x.d.Word(i); w {
	case ",", ".", ":", ";", "—", "–", "--", "-", "…", "?!":
		return true
	}
	return false
}

func (x *reading) insideEnd(i int32) bool { return x.m.Inside[i] >= 0 }

// whole reports whether quotation q looks like a sentence or clause: it begins
// big or after a comma or colon, or ends with a mark of its own.
func (x *reading) whole(q int32) bool {
	o := &x.m.Quotations[q]
	if o.Words.Len() < 2 {
		return o.Words.Len() == 1 && isCapital(x.d.Word(o.Words.First)) && isTerminal(lastRune(x.d.Word(o.Words.End-1)))
	}
	return isCapital(x.d.Word(o.Words.First)) || o.Words.Len() > 6
}

// titled reports a quotation in title case, as works have it.
func (x *reading) titled(q int32) bool {
	r := x.m.Quotations[q].Words
	words, big := 0, 0
	for i := r.First; i < r.End; i++ {
		w := x.d.Word(i)
		if !isWord(w) || len(w) <= 3 {
			continue
		}
		words++
		if isCapital(w) && !upper(w) {
			big++
		}
	}
	return words > 0 && words <= 10 && words == big
}

func isWord(w string) bool {
	for _, r := range w {
		if isLetter(r) || isDigit(r) {
			return true
		}
	}
	return false
}

// lower is token i's word in lower case.
func (x *reading) lower(i int32) string {
	if x.low[i] == "" {
		x.low[i] = lowered(x.d.Word(i))
	}
	return x.low[i]
}

func lowered(w string) string {
	for i := range len(w) {
		if c := w[i]; c < 'a' || c > 'z' {
			return strings.ToLower(w)
		}
	}
	return w
}
