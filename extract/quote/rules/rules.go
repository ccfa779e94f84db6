// Package rules finds quotations by the marks, the verbs of saying and the order
// of words, without any training: the plain account of what the marks alone can
// tell, and a proposal that the trained taggers may read or leave.
//
// In go a document with tokens and tags and its paired marks; out come
// statements in tokens, which nobody changes later. Heads and relations are not
// read. What the taggers find without them is no rule any more: reports by a noun,
// in the passive, behind a preposition, lists of quotations.
//
// How. A paragraph is read as a row of units, words and whole quotations, cut to
// stretches where sentences end outside of quotations. In every stretch the
// cues are found (matches.go), and each takes, in this order of preference, the
// words before it (“…,” she said; …, according to her: stretch.go) or those
// behind it (she said that …; she said: “…”: content.go), and its subject for
// its source (source.go). Quotations that no cue takes go on with the speaker
// before, or stand alone; turns and headlines are the layout's; single
// words, titles and nicknames among them are no statements and are left out. The
// words inside a quotation are read in the same way, so that a quoted person
// may quote another.
//
// Ties: of two cues the earlier takes first, and a word belongs to the first
// that took it. Limits: 400 units a stretch (maxStretch) and eight later cues
// (maxLater) keep the time linear in the length of the text.
package rules

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/layout"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/mend"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// Detector finds quotations by the rules alone: the detector of the prose
// engine. It has no state and is safe for concurrent use.
type Detector struct {
	words  *Words
	layout *layout.Words
	mend   *mend.Words
}

// New gives the rule detector of a language.
func New(l *lang.Language) *Detector {
	return &Detector{lang.Bind[Words](l), lang.Bind[layout.Words](l), lang.Bind[mend.Words](l)}
}

// Detect finds the quotations of d, in text order; turns are the layout's. Tokens need their Tag;
// heads and relations are not read.
func (r *Detector) Detect(d *news.Document) []news.Quote {
	m := marks.Pair(d, r.words.marks)
	found := Propose(d, &m, r.words)
	plan := layout.Read(d, &m, r.layout, int32(len(m.Quotations)))
	return statement.Quotes(d, &m, plan.Merge(d, &m, r.layout, mend.Mend(d, &m, r.mend, found, plan.Turns())))
}

// Propose finds what the rules find in d, whose marks are m and whose language's
// words are w, in the order they find it. Tokens need their Tag.
func Propose(d *news.Document, m *marks.Marks, w *Words) []statement.Statement {
	x := &reader{w: w, d: d, m: m, startAt: make([]int32, len(d.Tokens)), sentEnd: make([]bool, len(d.Tokens)), words: make([]word, len(d.Tokens))}
	for i := range x.startAt {
		x.startAt[i] = -1
	}
	for i := range x.m.Quotations {
		x.startAt[x.m.Quotations[i].Tokens().First] = int32(i)
	}
	for _, s := range d.Sentences {
		x.sentEnd[s.End-1] = true
	}
	for k, p := range x.d.Paragraphs {
		x.state = state{last: -1}
		x.context(p, -1, k)
	}
	return x.proposals
}

// reader is one document while its quotations are found.
type reader struct {
	w         *Words
	d         *news.Document
	m         *marks.Marks
	startAt   []int32 // per token: the quotation whose first token it is, -1
	sentEnd   []bool  // per token: the last of its sentence
	words     []word  // per token, once it was asked for
	proposals []statement.Statement
	state     state
	pending   pendingCue // of the paragraph before: a cue that waits for its quotation
}

// state is what one stretch hands to the next of its paragraph.
type state struct {
	last     int  // index into proposals of the quotation that may go on, -1
	trailing bool // its cue stood behind or between its words
}

// noParagraph comes before no paragraph, unlike -1.
const noParagraph = -2

// pendingCue is a cue or a colon that ended a paragraph.
type pendingCue struct {
	cue, source news.TokenRange
	lemma       string
	paragraph   int
}

// unit is a word, or a whole quotation.
type unit struct {
	first, end int32
	q          int32 // index into Marks.Quotations; -1 for a word
}

// maxStretch units are read as one: what a cue takes is searched for anew at
// every cue, so a stretch must have an end even where no sentence has.
const maxStretch = 400

// context reads the tokens r, a paragraph or the words of quotation parent.
func (x *reader) context(r news.TokenRange, parent int32, paragraph int) {
	units := make([]unit, 0, r.Len())
	from := 0
	for i := r.First; i < r.End; {
		u := unit{i, i + 1, -1}
		if q := x.startAt[i]; q >= 0 && x.m.Quotations[q].Parent == parent {
			u = unit{i, x.m.Quotations[q].Tokens().End, q}
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

// titled reports a quotation in title case, as works have it.
func (x *reader) titled(q int32) bool {
	r := x.m.Quotations[q].Words
	words, big := 0, 0
	for i := r.First; i < r.End; i++ {
		w := x.d.Word(i)
		if !statement.IsWord(w) || len(w) <= 3 {
			continue
		}
		words++
		if marks.Capital(w) && !news.InCapitals(w) {
			big++
		}
	}
	return words > 0 && words <= 10 && words == big
}

// word is what is asked of a token's word again and again.
type word struct {
	low     string // in lower case
	classes class  // of it in lower case
	asItIs  class  // of it as it is written
}

// word is token i's.
func (x *reader) word(i int32) *word {
	k := &x.words[i]
	if k.low == "" {
		w := x.d.Word(i)
		k.low = lowered(w)
		k.asItIs = x.w.classes[w]
		k.classes = k.asItIs
		if k.low != w {
			k.classes = x.w.classes[k.low]
		}
	}
	return k
}

func lowered(w string) string {
	for i := range len(w) {
		if c := w[i]; c < 'a' || c > 'z' {
			return strings.ToLower(w)
		}
	}
	return w
}
