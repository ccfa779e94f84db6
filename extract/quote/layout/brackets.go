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
	// maxReview is the most tokens in brackets of words in marks and whose they are.
	maxReview = 200
)

// bracketed reads “…” (Name) in p, whose quotations are at the outermost level. A
// single word needs another one like it beside it: “grand” (one), “vile” (another).
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
		switch {
		case x.remark(o) && x.somebody(c.source, o):
			x.add(s)
			n++
		case x.finite(o.Words) && x.d.Tokens[c.source.End-1].Tag.Noun() && !x.named(c.source): // a sentence, and somebody without a name
			words = append(words, s)
		case o.Words.Len() == 1 && (!marks.Capital(x.d.Word(o.Words.First)) || o.Open == p.First):
			words = append(words, s)
		}
	}
	if n+len(words) < 2 {
		return
	}
	for _, s := range words {
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
	noun := r.Len() > 1 && x.d.Tokens[r.End-1].Tag.Noun()
	switch x.d.Tokens[r.First].Tag {
	case news.TagPRPS: // our critic
		return noun
	case news.TagDT, news.TagCD:
		last := x.d.Word(o.Words.End - 1)
		return noun && (x.finite(o.Words) || last == "!" || last == "?")
	}
	return false
}

// reviews reads the brackets of p that give words in marks to who stands before or
// behind them: (The Lamp: “grand”; Film Weekly: “vile”); (“a lie” – Ana Reyes, owner).
func (x *reader) reviews(p news.TokenRange) {
	for i := p.First; i+4 < p.End; i++ {
		if bracket(x.d.Word(i)) <= 0 || x.m.Inside[i] >= 0 {
			continue
		}
		for i++; i < p.End; i++ {
			r := news.TokenRange{First: i, End: i}
			for r.End < p.End && r.Len() <= maxReview && (x.m.Inside[r.End] >= 0 || x.d.Word(r.End) != ";" && bracket(x.d.Word(r.End)) >= 0) {
				r.End++
			}
			if r.End == p.End || r.Len() < 3 || r.Len() > maxReview {
				break
			}
			if s, ok := x.signedOff(r); ok {
				x.add(s)
			} else if s, ok := x.review(r); ok {
				x.add(s)
			}
			if i = r.End; x.d.Word(i) != ";" {
				break
			}
		}
	}
}

// review reads Name: “…”.
func (x *reader) review(r news.TokenRange) (s statement.Statement, ok bool) {
	c := r.First
	for c < r.End && x.d.Word(c) != ":" {
		c++
	}
	if c == r.First || c+1 >= r.End || x.m.Inside[c+1] < 0 {
		return s, false
	}
	o, source := &x.m.Quotations[x.m.Inside[c+1]], news.TokenRange{First: r.First, End: c}
	if o.Open != c+1 || o.Tokens().End != r.End || source.Len() > maxBracket || x.w.NoSpeakers.Has(x.low(r.First)) || !x.named(source) || x.finite(source) || x.marked(source) {
		return s, false
	}
	return statement.Statement{
		Parts: []news.TokenRange{o.Tokens()}, Source: source, Cue: news.TokenRange{First: c, End: c + 1}, Lemma: ":",
	}, true
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
	if x.done[k] || bracket(x.d.Word(p.End-1)) >= 0 {
		return s, false, false
	}
	open, depth := p.End-1, -1
	for depth < 0 && open > p.First {
		open--
		depth += bracket(x.d.Word(open))
	}
	body := news.TokenRange{First: p.First, End: open}
	if depth < 0 || body.Len() < minListed || !x.stopped(body) || x.whole(body) {
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
		for behind.Len() > 1 && marks.Terminal(x.d.Word(behind.End-1)) {
			behind.End--
		}
		cue, source, ok := x.saying(news.TokenRange{First: i + 1, End: end})
		if !ok || before.Empty() || before.Len() > maxBefore || x.finite(before) || x.marked(before) || !x.d.Tokens[i-1].Tag.Noun() {
			continue
		}
		x.add(statement.Statement{
			Parts: []news.TokenRange{before, behind}, Source: source, Cue: cue, Lemma: x.w.lemma(x.d.Word(cue.First), x.d.Tokens[cue.First].Tag),
		})
		i = behind.End
	}
}

// saying is the verb of saying that r begins or ends with, and who says it, which is
// all that is left of r: the mate said; replied Ole Vey.
func (x *reader) saying(r news.TokenRange) (cue, source news.TokenRange, ok bool) {
	cue, source = news.TokenRange{First: r.End - 1, End: r.End}, news.TokenRange{First: r.First, End: r.End - 1}
	if !x.w.cues.Has(x.d.Word(cue.First)) {
		cue, source = news.TokenRange{First: r.First, End: r.First + 1}, news.TokenRange{First: r.First + 1, End: r.End}
	}
	for source.Len() > 1 && x.d.Word(source.End-1) == "," {
		source.End--
	}
	if source.Empty() || !x.w.cues.Has(x.d.Word(cue.First)) || x.finite(source) || x.marked(source) {
		return cue, source, false
	}
	t := x.d.Tokens[source.End-1].Tag
	return cue, source, t.Noun() || t == news.TagPRP
}
