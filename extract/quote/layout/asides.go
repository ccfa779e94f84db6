package layout

import (
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

const (
	// maxAside is the most tokens of a bracket that is read for what it says.
	maxAside = 200
	// maxWhen is the most tokens that tell when or where: said on Friday.
	maxWhen = 4
	// maxSayer is the most tokens before a verb of saying in brackets.
	maxSayer = 10
)

// asides reads the brackets of p that tell whose words they hold, or whose those before
// them are: (The Lamp: “grand”; “a lie,” Ana Reyes wrote; farmers say they trebled).
func (x *reader) asides(p news.TokenRange) {
	var bare []statement.Statement // words in marks alone, behind a name
	sure, speaks := 0, false
	for i := p.First; i+3 < p.End; i++ {
		if bracket(x.d.Word(i)) <= 0 || x.m.Inside[i] >= 0 {
			continue
		}
		end := x.closing(i, p.End)
		if end == 0 {
			continue
		}
		r := news.TokenRange{First: i + 1, End: end}
		n := len(x.plan.Statements)
		for c := r.First; c < end; {
			clause := x.clauseFrom(c, end)
			if s, ok := x.aside(clause, clause != r); ok {
				x.add(s)
			} else if s, ok := x.echo(clause, x.ahead(p, i, end)); ok {
				x.add(s)
			}
			c = clause.End + 1
		}
		if n < len(x.plan.Statements) {
			x.plan.asides = append(x.plan.asides, news.TokenRange{First: i, End: end + 1})
		} else if s, ok := x.behindName(p, i, r); ok {
			bare = append(bare, s)
			speaks = speaks || x.firstPerson(s.Parts[0])
			if x.finite(s.Parts[0]) {
				sure++
			}
		}
		i = end
	}
	for _, s := range bare {
		if sure > 0 && (len(bare) > 1 || speaks) {
			x.add(s)
		}
	}
}

// closing is the bracket that closes the one at token i, or 0.
func (x *reader) closing(i, end int32) int32 {
	depth := 0
	for k := i; k < end && k <= i+maxAside; k++ {
		if x.m.Inside[k] >= 0 {
			continue
		}
		if depth += bracket(x.d.Word(k)); depth == 0 {
			return k
		}
	}
	return 0
}

// clauseFrom is what stands from token i up to a semicolon outside of marks, or end.
func (x *reader) clauseFrom(i, end int32) news.TokenRange {
	r := news.TokenRange{First: i, End: i}
	for r.End < end && (x.m.Inside[r.End] >= 0 || x.d.Word(r.End) != ";") {
		r.End++
	}
	return r
}

// ahead is the sentence before the bracket from token i to end, or nothing where that
// is none by itself.
func (x *reader) ahead(p news.TokenRange, i, end int32) (r news.TokenRange) {
	r = news.TokenRange{First: max(p.First, x.d.Sentences[x.d.SentenceAt(i)].First), End: i}
	if end+1 < p.End && x.d.Tokens[end+1].Tag.Finite() || r.Len() < minTold || r.Len() > maxAside || x.marked(r) || !x.clause(r) {
		return news.TokenRange{}
	}
	return r
}

// aside reads r, a clause in brackets, as words and who says them; several tells that
// it is not the only one.
func (x *reader) aside(r news.TokenRange, several bool) (s statement.Statement, ok bool) {
	if r.Len() < 3 {
		return s, false
	}
	if s, ok := x.signedOff(r); ok {
		return s, true
	}
	if s, ok := x.review(r); ok {
		return s, true
	}
	if s, ok := x.reviewed(r); ok {
		return s, true
	}
	if x.marked(r) {
		return s, false
	}
	for v := r.First + 1; v+1 < r.End && v <= r.First+maxSayer; v++ {
		if !x.d.Tokens[v].Tag.Verb() || !x.w.affirms.Has(x.d.Word(v)) && x.d.Tokens[v].Tag.Finite() && x.helps(v+1, r.End) {
			continue // has suggested
		}
		cue, source, _ := x.helped(news.TokenRange{First: v, End: v + 1}, news.TokenRange{First: r.First, End: v})
		if t := x.d.Tokens[v+1].Tag; x.w.affirms.Has(x.d.Word(v)) && x.phrased(source) && !x.finite(source) && statement.IsWord(x.d.Word(v+1)) && (several || t != news.TagIN) { // farmers say they trebled
			return x.told(x.unended(news.TokenRange{First: v + 1, End: r.End}), cue, source), true
		}
		break
	}
	for c := r.First + 1; c+2 < r.End; c++ {
		if x.d.Word(c) == "," { // nine, according to farmers
			if cue, source, ok := x.saying(news.TokenRange{First: c + 1, End: r.End}, x.w.affirms, false); ok {
				return x.told(news.TokenRange{First: r.First, End: c}, cue, source), true
			}
		}
	}
	return s, false
}

// unended is r without what ends a sentence.
func (x *reader) unended(r news.TokenRange) news.TokenRange {
	for r.Len() > 1 && x.m.Inside[r.End-1] < 0 && marks.Terminal(x.d.Word(r.End-1)) {
		r.End--
	}
	return r
}

// told is the statement with these parts.
func (x *reader) told(said, cue, source news.TokenRange) statement.Statement {
	return statement.Statement{Parts: []news.TokenRange{said}, Cue: cue, Source: source, Lemma: x.w.lemma(x.d.Word(cue.End-1), x.d.Tokens[cue.End-1].Tag)}
}

// echo reads r, a clause in brackets, as who says what stands before them: (farmers say).
func (x *reader) echo(r, before news.TokenRange) (s statement.Statement, ok bool) {
	if before.Empty() || x.marked(r) {
		return s, false
	}
	cue, source, ok := x.saying(r, x.w.affirms, true)
	if behind := r.End - cue.End; !ok || source.First < cue.First && behind > 0 && (behind > maxWhen || !x.w.Manners.Has(x.d.Word(cue.End)) || x.finite(news.TokenRange{First: cue.End, End: r.End})) {
		return s, false
	}
	return x.told(before, cue, source), true
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

// reviewed reads “…”, Name said; “…”, wrote Name; “…”: Name.
func (x *reader) reviewed(r news.TokenRange) (s statement.Statement, ok bool) {
	o := x.opened(r.First)
	if o == nil || o.Close+1 >= r.End {
		return s, false
	}
	by := news.TokenRange{First: o.Close + 1, End: r.End}
	mark := x.d.Word(by.First)
	if mark == "," || mark == ":" || isDash(mark) {
		by.First++
	}
	if by.Empty() || x.marked(by) {
		return s, false
	}
	if x.w.Echoes.Has(x.low(by.First)) && by.Len() > 3 && x.d.Tokens[by.End-2].Tag.Finite() && x.d.Tokens[by.End-1].Tag == news.TagPRP { // as she put it
		s = x.told(o.Tokens(), news.TokenRange{First: by.End - 2, End: by.End}, news.TokenRange{First: by.First + 1, End: by.End - 2})
		return s, x.phrased(s.Source) && !x.finite(s.Source)
	}
	if cue, source, ok := x.saying(by, x.w.reports, true); ok {
		return x.told(o.Tokens(), cue, source), true
	}
	s = statement.Statement{Parts: []news.TokenRange{o.Tokens()}, Source: by}
	return s, (mark == ":" || isDash(mark)) && x.named(by) && by.Len() <= maxBracket && !x.finite(by) && x.phrased(by)
}

// opened is the quotation that token i opens and that is closed; nil where there is
// none.
func (x *reader) opened(i int32) *marks.Quotation {
	q := x.m.Inside[i]
	if q < 0 || x.m.Quotations[q].Open != i || x.m.Quotations[q].Close < 0 {
		return nil
	}
	return &x.m.Quotations[q]
}

// saying is the verb of verbs that r begins or ends with, or words for according to, and
// who says it, which is all that is left of r; trailing lets a preposition stand behind
// the verb: the mate has said; replied Ole Vey; the mate wrote to her son.
func (x *reader) saying(r news.TokenRange, verbs lang.Set, trailing bool) (cue, source news.TokenRange, ok bool) {
	if by := x.credited(r); by > 0 {
		cue, source = news.TokenRange{First: r.First, End: by}, news.TokenRange{First: by, End: r.End}
		return cue, source, !source.Empty() && !x.finite(source) && x.phrased(source)
	}
	v := r.First
	if !verbs.Has(x.d.Word(v)) || !x.d.Tokens[v].Tag.Verb() {
		for v++; v < r.End && v <= r.First+maxSayer && !(verbs.Has(x.d.Word(v)) && (x.d.Tokens[v].Tag.Finite() || v == r.End-1)); v++ {
		}
	}
	if v >= r.End || v > r.First+maxSayer {
		return cue, source, false
	}
	cue, source = news.TokenRange{First: v, End: v + 1}, news.TokenRange{First: r.First, End: v}
	if v == r.First {
		source = news.TokenRange{First: v + 1, End: r.End}
	} else if v+1 < r.End && (!trailing || x.d.Tokens[v+1].Tag != news.TagIN && x.d.Tokens[v+1].Tag != news.TagTO) {
		return cue, source, false
	} else {
		cue, source, ok = x.helped(cue, source)
		if !ok {
			return cue, source, false
		}
	}
	if last := source.End - 1; source.Len() > 1 && x.d.Word(last) == "," && x.item(source.First, last).End == last {
		source.End = last // it closes no apposition
	}
	return cue, source, !source.Empty() && !x.finite(source) && !x.marked(source) && x.phrased(source)
}

// helps reports whether a participle stands at token i, or behind an adverb there.
func (x *reader) helps(i, end int32) bool {
	for i < end && x.d.Tokens[i].Tag == news.TagRB {
		i++
	}
	return i < end && x.d.Tokens[i].Tag == news.TagVBN
}

// helped is a verb, and the source before it, with the adverbs and auxiliaries between;
// ok is false for a passive: it is said.
func (x *reader) helped(cue, source news.TokenRange) (news.TokenRange, news.TokenRange, bool) {
	for source.Len() > 1 {
		t := &x.d.Tokens[source.End-1]
		switch {
		case t.Tag.Finite() && x.w.Being.Has(x.w.lemma(x.d.Word(source.End-1), t.Tag)):
			return cue, source, false
		case t.Tag != news.TagRB && !t.Tag.Finite():
			return cue, source, true
		}
		source.End--
		cue.First--
	}
	return cue, source, true
}

// credited is the token behind the words for according to that r begins with, or 0.
func (x *reader) credited(r news.TokenRange) int32 {
	words := ""
	for i := r.First; i < r.End && i < r.First+maxOpening; i++ {
		if words += x.low(i); x.w.According.Has(words) || x.w.WordsOf.Has(words) {
			return i + 1
		}
		words += " "
	}
	return 0
}

// behindName reads the bracket r, opened at token i, as what who is named before it says:
// Ole Vey (“I want my boat”).
func (x *reader) behindName(p news.TokenRange, i int32, r news.TokenRange) (s statement.Statement, ok bool) {
	q := x.m.Inside[r.First]
	if q < 0 {
		return s, false
	}
	o := &x.m.Quotations[q]
	if o.Tokens() != r || !x.remark(o) || !x.finite(o.Words) && !x.phrase(o) {
		return s, false
	}
	name := news.TokenRange{First: i, End: i}
	for name.First > p.First && x.d.Tokens[name.First-1].Tag == news.TagNNP && marks.Capital(x.d.Word(name.First-1)) {
		name.First--
	}
	return statement.Statement{Parts: []news.TokenRange{r}, Source: name}, !name.Empty()
}

// firstPerson reports whether a first person speaks in the quotation r.
func (x *reader) firstPerson(r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if x.w.FirstPerson.Has(x.low(i)) {
			return true
		}
	}
	return false
}
