package layout

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

const (
	// maxLabel is the most tokens of a label.
	maxLabel = 16
	// minTurns labels, two of one name among them or all in capitals, make a
	// transcript; fewer may be headings.
	minTurns = 3
)

// label is who speaks at the start of a paragraph.
type label struct {
	source   news.TokenRange // empty for questions and answers of nobody named
	colon    int32
	body     int32  // where the words begin
	key      string // by which two labels of one speaker are known
	capitals bool
	initials bool // a few capitals alone, as names are cut short to
	asks     bool // a question's or an answer's
	narrates bool
}

// label reads the label of paragraph p.
func (x *reader) label(p news.TokenRange) (l label, ok bool) {
	i := x.labelStart(p)
	first, aside, depth := i, false, 0
	if l, ok := x.letter(p, i); ok {
		return l, true
	}
	l.capitals = true
	for ; i < p.End && i <= first+maxLabel; i++ {
		w := x.d.Word(i)
		switch {
		case w == ":":
			return x.finish(l, p, first, i)
		case bracket(w) != 0:
			depth += bracket(w)
		case w == "," && i > first:
			aside = true
		case endsSentence(w) || x.m.Inside[i] >= 0 && x.m.Inside[p.First] < 0:
			return l, false
		case w == "." && depth == 0 && !aside && !x.abbreviates(i, p.End):
			return l, false
		case aside || depth > 0 || joins(w):
			if x.d.Tokens[i].Tag.Finite() && !marks.Capital(w) {
				return l, false
			}
		default:
			if !l.name(w, i == first, x.w) {
				return l, false
			}
		}
	}
	return l, false
}

// name takes the word w into the name of a label; ok is false where a name does
// not hold it.
func (l *label) name(w string, first bool, words *Words) (ok bool) {
	switch {
	case marks.Capital(w), isHandle(w):
		l.key = strings.ToLower(w)
		l.capitals = l.capitals && (news.InCapitals(w) || len(w) == 1)
	case first:
		return false
	case statement.IsWord(w) && w[0] >= '0' && w[0] <= '9':
		l.key += w
	case !words.NameLinks.Has(w):
		return false
	default:
		l.capitals = false
	}
	return true
}

// labelStart is where the label of p begins, behind a time and marks.
func (x *reader) labelStart(p news.TokenRange) int32 {
	t, _ := x.stamp(p)
	i := t.End
	for i < p.End && (marks.IsMark(x.d.Word(i)) || isBold(x.d.Word(i)) || isArrow(x.d.Word(i))) {
		i++
	}
	return i
}

// maxAbbreviated is the most letters of a title that is cut short.
const maxAbbreviated = 5

// abbreviates reports whether the full stop at token i cuts a title or a name short:
// Cllr. Reyes.
func (x *reader) abbreviates(i, end int32) bool {
	w := x.d.Word(i - 1)
	return len(w) <= maxAbbreviated && marks.Capital(w) && i+1 < end && marks.Capital(x.d.Word(i+1)) && x.d.Tokens[i].Span.Start == x.d.Tokens[i-1].Span.End
}

// isHandle reports the name of somebody in a network: @reyes.
func isHandle(w string) bool { return len(w) > 1 && w[0] == '@' }

// bracket is 1 for a bracket that opens, -1 for one that closes, else 0.
func bracket(w string) int {
	switch w {
	case "(", "[":
		return 1
	case ")", "]":
		return -1
	}
	return 0
}

// endsSentence reports a mark that no label holds.
func endsSentence(w string) bool { return w == "?" || w == "!" || w == ";" }

// joins reports a mark or an ending inside a name.
func joins(w string) bool { return w == "." || w == "-" || w == "’s" || w == "'s" }

func isArrow(w string) bool { return strings.Trim(w, ">") == "" }

// letter reads the label of a question or an answer without a colon at token i: Q. and
// A., and Q with space behind it.
func (x *reader) letter(p news.TokenRange, i int32) (l label, ok bool) {
	if i+1 >= p.End {
		return l, false
	}
	w := strings.TrimSuffix(x.d.Word(i), ".")
	if !x.w.Labels.Has(w) || x.d.Word(i+1) == ":" {
		return l, false
	}
	l = label{colon: i, body: i + 1, key: w, capitals: true, asks: true}
	switch {
	case w != x.d.Word(i):
	case x.d.Word(i+1) == ".":
		l.body++
	case x.d.Tokens[i+1].Span.Start < x.d.Tokens[i].Span.End+2: // "A boat" is no label
		return l, false
	}
	return l, l.body < p.End && marks.Capital(x.d.Word(l.body))
}

// someone reads the label of somebody without a name in a transcript: Woman in the
// audience.
func (x *reader) someone(p news.TokenRange) (l label, ok bool) {
	for i := p.First; i+1 < p.End && i <= p.First+maxSomeone; i++ {
		w, t := x.d.Word(i), x.d.Tokens[i].Tag
		if w == ":" && i > p.First {
			return label{source: news.TokenRange{First: p.First, End: i}, colon: i, body: i + 1}, marks.Capital(x.d.Word(i + 1))
		}
		if !t.Noun() && t != news.TagDT && t != news.TagIN && t != news.TagJJ && t != news.TagCD || i == p.First && !marks.Capital(w) {
			return l, false
		}
	}
	return l, false
}

// maxSomeone is the most tokens of such a label.
const maxSomeone = 6

// finish is label l of the tokens from first to the colon at i.
func (x *reader) finish(l label, p news.TokenRange, first, i int32) (label, bool) {
	l.colon, l.body = i, i+1
	for l.body < p.End && isBold(x.d.Word(l.body)) {
		l.body++
	}
	if l.key == "" || l.body >= p.End {
		return l, false
	}
	name := news.TokenRange{First: first, End: i}
	l.initials = l.capitals && name.Len() == 1 && len(x.d.Word(first)) <= maxInitials
	word := strings.ToUpper(strings.Trim(x.d.Span(name).Of(x.d.Text), "0123456789. "))
	switch {
	case x.w.Labels.Has(word):
		l.asks = true
	case name.Len() > 3 && bracket(x.d.Word(first+1)) > 0 && bracket(x.d.Word(i-1)) < 0 && x.w.Labels.Has(strings.ToUpper(x.d.Word(first))):
		l.asks, l.source = true, news.TokenRange{First: first + 2, End: i - 1} // Q (Ole Vey, Gorse Hill):
	case x.w.Narrators.Has(l.key):
		l.narrates = true
	default:
		l.source = name
	}
	return l, true
}

// maxInitials is the most letters of a name that is cut short to capitals.
const maxInitials = 3

// turns takes the labelled paragraphs of a transcript and what goes on behind
// them. ok is false where the document is none.
func (x *reader) turns() (ok bool) {
	labels := make(map[int]label)
	count := make(map[string]int)
	all, best, big, asks, ended, last, initials := 0, 0, 0, 0, 0, 0, 0
	for k, p := range x.d.Paragraphs {
		l, ok := x.label(p)
		if !ok || x.done[k] {
			continue
		}
		labels[k] = l
		all++
		last = k
		count[l.key]++
		best = max(best, count[l.key])
		if l.capitals {
			big++
		}
		if l.asks {
			asks++
		}
		if l.initials {
			initials++
		}
		if x.stopped(p) {
			ended++
		}
	}
	signed := x.signed()
	b, end := x.bareness(labels)
	switch {
	case all == 0 || 2*ended < all:
		return false
	case asks >= 2, all >= minTurns && (best >= 2 || big >= minTurns || x.answeredOnce(labels)), signed && all >= 1, b != labelled:
	case all == 2 && big == 2 && last >= 1 && len(x.d.Paragraphs) <= 4:
		// A short exchange: A: … B: …
	default:
		return false
	}
	shout := 2*big > all && 2*(big-initials) > all-initials
	x.take(labels, func(l label) bool { return l.asks || l.capitals || !shout || l.key == "" }, max(last, end), signed && all == 1, b)
	return true
}

// signed reports whether the first paragraphs say that a transcript follows.
func (x *reader) signed() bool {
	for k := 0; k < len(x.d.Paragraphs) && k < 2; k++ {
		p := x.d.Paragraphs[k]
		for i := p.First; i < p.End; i++ {
			if x.startsWith(news.TokenRange{First: i, End: p.End}, x.w.TranscriptSigns) > 0 {
				return true
			}
		}
	}
	return false
}

// take makes turns of the paragraphs whose label is one, and of those behind that
// go on with them: up to the last label, behind it where a first person speaks, or
// all where the transcript is one speech.
func (x *reader) take(labels map[int]label, turn func(label) bool, last int, speech bool, b bareness) {
	var open *statement.Statement
	said := map[string]bool{} // whose label stood before
	key := ""                 // of the turn that is open
	flush := func() {
		if open != nil {
			x.add(*open)
		}
		open = nil
	}
	for k, p := range x.d.Paragraphs {
		l, labelled := labels[k]
		if !labelled && open != nil && k < last {
			l, labelled = x.someone(p)
		}
		switch {
		case labelled && turn(l) && l.narrates:
			flush()
			x.silence(k)
		case labelled && turn(l):
			flush()
			x.done[k] = true
			said[l.key], key = true, l.key
			open = x.turn(l, p)
		case open == nil || x.done[k]:
			flush()
		case x.between(p, labels[k+1], key):
			flush()
			x.done[k] = true
			x.add(statement.Statement{Parts: []news.TokenRange{p}, Spoken: true})
		case x.direction(p) || !x.stopped(p) && p.Len() <= maxHeading || k < last && x.presents(p, labels, k+1, said):
			flush()
		case k <= last && x.takesOver(open, p, b):
			flush()
			x.done[k] = true
			open = &statement.Statement{Parts: []news.TokenRange{p}, Spoken: true}
		case k < last || speech || x.speaksFirst(p):
			open.Parts = append(open.Parts, p)
			x.done[k] = true
		default:
			flush()
		}
	}
	flush()
}

// between reports a question without a label behind the turn of somebody who answers it:
// whose the label next is as well.
func (x *reader) between(p news.TokenRange, next label, key string) bool {
	return key != "" && next.key == key && x.question(p)
}

// turn is the turn that begins with paragraph p and its label.
func (x *reader) turn(l label, p news.TokenRange) *statement.Statement {
	s := &statement.Statement{Parts: []news.TokenRange{x.spoken(l.body, p.End)}, Spoken: true}
	if l.source.Empty() {
		return s
	}
	s.Source = l.source
	s.Cue, s.Lemma = news.TokenRange{First: l.colon, End: l.colon + 1}, ":"
	return s
}

// spoken is a turn's words without the marks of bold type at their end.
func (x *reader) spoken(first, end int32) news.TokenRange {
	for end-1 > first && isBold(x.d.Word(end-1)) {
		end--
	}
	return news.TokenRange{First: first, End: end}
}

// presents reports whether paragraph p tells of somebody who speaks from paragraph k on
// for the first time: Anders Bly was listening.
func (x *reader) presents(p news.TokenRange, labels map[int]label, k int, said map[string]bool) bool {
	l, ok := labels[k]
	if !ok || said[l.key] || l.asks || x.speaksFirst(p) {
		return false
	}
	for i := p.First; i < p.End; i++ {
		if w := x.d.Word(i); marks.Capital(w) && strings.ToLower(w) == l.key {
			return true
		}
	}
	return false
}

// direction reports a line in brackets: (APPLAUSE).
func (x *reader) direction(p news.TokenRange) bool {
	a, b := x.d.Word(p.First), x.d.Word(p.End-1)
	return a == "(" && b == ")" || a == "[" && b == "]"
}
