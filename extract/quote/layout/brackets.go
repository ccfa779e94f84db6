package layout

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

const (
	// minLetters paragraphs with their writer in brackets make a page of letters.
	minLetters = 2
	// maxBefore is the most tokens before the bracket with who says them.
	maxBefore = 30
)

// bracketed reads “…” (Name) in p, whose quotations are at the outermost level. A
// single word, or somebody who is no name, needs another one like it beside it, “grand”
// (one), “vile” (another), or names in brackets all over the article.
func (x *reader) bracketed(p news.TokenRange) {
	var words []statement.Statement
	n := 0
	for i := p.First; i+3 < p.End; i++ {
		q := x.m.Inside[i]
		if q < 0 || x.m.Quotations[q].Close != i || x.m.Quotations[q].Level > 0 || bracket(x.d.Word(i+1)) <= 0 {
			continue
		}
		o := &x.m.Quotations[q]
		c, ok := x.credit(i+2, p.End)
		if !ok || c.dated && !x.finite(o.Words) || x.cites(p, o, c) {
			continue
		}
		s := statement.Statement{Parts: []news.TokenRange{o.Tokens()}, Source: c.source}
		last := c.source.End - 1
		unnamed := x.d.Tokens[last].Tag.Noun() && !x.named(c.source) && !x.w.matters.Has(x.low(last)) && !x.w.FirstPerson.Has(x.low(c.source.First))
		switch {
		case x.remark(o) && x.somebody(c.source, o):
			x.add(s)
			n++
		case unnamed && x.finite(o.Words),
			o.Words.Len() == 1 && (!marks.Capital(x.d.Word(o.Words.First)) || o.Open == p.First):
			words = append(words, s)
		case unnamed && x.remark(o):
			x.unsure = append(x.unsure, s)
		case o.Words.Len() == 1 && x.alone(o.Open, c.close, p):
			x.doubt([]statement.Statement{s})
		}
	}
	x.credits += n
	if n+len(words) < 2 {
		x.doubt(words)
		return
	}
	for _, s := range words {
		x.add(s)
	}
}

// alone reports whether what stands from token i to the bracket at close is a sentence.
func (x *reader) alone(i, close int32, p news.TokenRange) bool {
	return (i == p.First || marks.Terminal(x.d.Word(i-1))) && (close+1 == p.End || marks.Terminal(x.d.Word(close+1)))
}

// doubt keeps those of words whose source is somebody.
func (x *reader) doubt(words []statement.Statement) {
	for _, s := range words {
		if t := x.d.Tokens[s.Source.First].Tag; x.named(s.Source) || t == news.TagDT || t == news.TagPRPS || t == news.TagCD {
			x.unsure = append(x.unsure, s)
		}
	}
}

// minCredits names in brackets of an article make others sure.
const minCredits = 3

// settle adds what stands before brackets that is sure only in an article of such.
func (x *reader) settle() {
	if x.credits < minCredits {
		return
	}
	for _, s := range x.unsure {
		x.add(s)
	}
}

// cites reports whether the bracket behind quotation o tells where it was printed, and
// somebody else before it said so: Ms Vey called it “a wet year” (The Lamp, 2 June).
func (x *reader) cites(p news.TokenRange, o *marks.Quotation, c credit) bool {
	sentence := x.d.SentenceAt(o.Open)
	for i := o.Open - 1; i >= p.First && x.d.SentenceAt(i) == sentence; i-- {
		if x.m.Inside[i] >= 0 || bracket(x.d.Word(i)) != 0 {
			return false
		}
		if x.d.Tokens[i].Tag.Finite() && x.w.reports.Has(x.d.Word(i)) {
			return c.dated || x.one(news.TokenRange{First: max(p.First, x.d.Sentences[sentence].First), End: i})
		}
	}
	return false
}

// one reports whether somebody with a name, or a pronoun, stands in r.
func (x *reader) one(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if t := x.d.Tokens[i].Tag; t == news.TagNNP && marks.Capital(x.d.Word(i)) || t == news.TagPRP {
			return true
		}
	}
	return false
}

// somebody reports whether r, in brackets behind o, is who says it: a name, or
// somebody without one (one neighbour) where o is a sentence, a question or a shout.
func (x *reader) somebody(r news.TokenRange, o *marks.Quotation) bool {
	if x.named(r) || x.handle(r) {
		return true
	}
	r = x.main(r)
	noun := r.Len() > 1 && x.d.Tokens[r.End-1].Tag.Noun() && !x.w.matters.Has(x.low(r.End-1))
	switch x.d.Tokens[r.First].Tag {
	case news.TagPRPS: // our critic, but not our italics
		return noun && (!x.w.FirstPerson.Has(x.low(r.First)) || x.w.sources.Has(x.w.lemma(x.low(r.End-1), news.TagNNS)))
	case news.TagDT, news.TagCD:
		last := x.d.Word(o.Words.End - 1)
		return noun && (x.finite(o.Words) || last == "!" || last == "?")
	}
	return false
}

// readersLetters takes paragraphs that end with their writer in brackets, where there
// are some and one speaks of itself or to its reader: … Who pays? (Ole Vey, Gorse Hill)
func (x *reader) readersLetters() {
	var at []int
	var letters []statement.Statement
	writers := map[string]bool{}
	speaks, telling := false, 0
	for k := range x.d.Paragraphs {
		s, full, ok := x.readersLetter(k)
		if !ok {
			continue
		}
		at, letters = append(at, k), append(letters, s)
		writers[strings.ToLower(x.d.Span(s.Source).Of(x.d.Text))] = true
		body := s.Parts[0]
		speaks = speaks || x.speaksFirst(body) || x.addresses(body)
		if full {
			telling++
		}
	}
	if len(writers) < minLetters || 2*telling < len(letters) || !speaks {
		return
	}
	for i, k := range at {
		x.add(letters[i])
		x.done[k] = true
	}
}

// readersLetter reads paragraph k as such a letter; full tells that more than a name
// stands in the brackets.
func (x *reader) readersLetter(k int) (s statement.Statement, full, ok bool) {
	p := x.d.Paragraphs[k]
	open := x.opening(p)
	body := news.TokenRange{First: p.First, End: open}
	if x.done[k] || body.Len() < minListed || !x.stopped(body) || x.whole(body) {
		return s, false, false
	}
	c, ok := x.credit(open+1, p.End)
	if !ok || c.dated || !x.named(c.source) {
		return s, false, false
	}
	r := c.source
	first := x.item(r.First, r.End) // the name
	return statement.Statement{Parts: []news.TokenRange{body}, Source: r, Spoken: true}, c.told || first.End < r.End, true
}

// inserted reads what a sentence says that somebody is inserted into in brackets: The
// boat [the mate said] would sail.
func (x *reader) inserted(p news.TokenRange) {
	for i := p.First + 1; i+3 < p.End; i++ {
		if bracket(x.d.Word(i)) <= 0 || x.m.Inside[i] >= 0 {
			continue
		}
		end := i + 1
		for end < p.End && end <= i+maxBracket && bracket(x.d.Word(end)) == 0 {
			end++
		}
		if end+1 >= p.End || bracket(x.d.Word(end)) >= 0 || !x.d.Tokens[end+1].Tag.Finite() {
			continue
		}
		t := x.d.Sentences[x.d.SentenceAt(i)]
		before, behind := news.TokenRange{First: max(t.First, p.First), End: i}, news.TokenRange{First: end + 1, End: min(t.End, p.End)}
		behind = x.unended(behind)
		cue, source, ok := x.saying(news.TokenRange{First: i + 1, End: end}, x.w.cues, false)
		if !ok || before.Empty() || before.Len() > maxBefore || x.finite(before) || x.marked(before) || !x.d.Tokens[i-1].Tag.Noun() {
			continue
		}
		s := x.told(before, cue, source)
		s.Parts = append(s.Parts, behind)
		x.add(s)
		i = behind.End
	}
}
