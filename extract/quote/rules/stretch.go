package rules

import (
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// stretch is a sentence of narration with the quotations in it.
type stretch struct {
	x         *reader
	u         []unit
	parent    int32 // the quotation it stands in, -1
	paragraph int   // -1 inside a quotation
}

func (s *stretch) isQ(i int) bool { return i >= 0 && i < len(s.u) && s.u[i].q >= 0 }

// word is the lower-case word of unit i; empty for a quotation and beyond.
func (s *stretch) word(i int) string {
	if i < 0 || i >= len(s.u) || s.u[i].q >= 0 {
		return ""
	}
	return s.x.word(s.u[i].first).low
}

// is reports whether the word of unit i, in lower case, is of one of the classes.
func (s *stretch) is(i int, c class) bool {
	return i >= 0 && i < len(s.u) && s.u[i].q < 0 && s.x.word(s.u[i].first).classes&c != 0
}

// written is is for the word as it is written.
func (s *stretch) written(i int, c class) bool {
	return i >= 0 && i < len(s.u) && s.u[i].q < 0 && s.x.word(s.u[i].first).asItIs&c != 0
}

// either is is for the word in either way.
func (s *stretch) either(i int, c class) bool { return s.is(i, c) || s.written(i, c) }

func (s *stretch) tag(i int) news.Tag {
	if i < 0 || i >= len(s.u) || s.u[i].q >= 0 {
		return news.NoTag
	}
	return s.x.d.Tokens[s.u[i].first].Tag
}

// tokens are those of units [a, b).
func (s *stretch) tokens(a, b int) news.TokenRange {
	if a >= b {
		return news.TokenRange{}
	}
	return news.TokenRange{First: s.u[a].first, End: s.u[b-1].end}
}

// end is the number of units before a final full stop.
func (s *stretch) end() int {
	n := len(s.u)
	for n > 0 && (s.word(n-1) == "." || s.word(n-1) == "!" || s.word(n-1) == "?" || s.word(n-1) == "…" || s.word(n-1) == "...") {
		n--
	}
	return n
}

// maxLater cues after one are looked at for where its words end: no sentence of
// news has more, and a line of nothing but cues must not take its square.
const maxLater = 8

// read finds the quotations of the stretch.
func (s *stretch) read() {
	x := s.x
	before := x.state
	x.state = state{last: -1}
	taken := make([]bool, len(s.u)) // quotations that have their cue
	matches := s.matches()
	from := 0 // where words that a cue may take begin
	for k := range matches {
		h := &matches[k]
		next := len(s.u)
		if k+1 < len(matches) {
			next = matches[k+1].from
		}
		if to, source, rest, ok := s.trailing(h, from); ok {
			f := s.proposal(h, source)
			s.take(&f, from, to, taken)
			// “A,” she said, “B.”
			for j := rest; j < next; j++ {
				if s.isQ(j) && !taken[j] && (s.word(j-1) == "," || s.word(j-1) == ":" || s.word(j-1) == ";" || s.isDash(j-1)) {
					s.take(&f, j, j+1, taken)
					rest = j + 1
				}
			}
			s.keep(f)
			x.state.trailing = true
			from = rest
			continue
		}
		s.leading(h, matches[k+1:min(len(matches), k+1+maxLater)], taken)
	}
	s.loose(taken, before)
	s.remember(matches)
}

// proposal is what cue h with its source reports, still without words.
func (s *stretch) proposal(h *match, source news.TokenRange) statement.Statement {
	return statement.Statement{Cue: s.tokens(h.from, h.to), Source: source, Lemma: h.lemma,
		Attitude: h.attitude, Quotation: -1, Parent: s.parent, Group: -1}
}

// keep records f. Inside a quotation only another quotation counts: what a
// quoted person reports in their own words is theirs.
func (s *stretch) keep(f statement.Statement) {
	if s.parent >= 0 && f.Quotation < 0 {
		return
	}
	s.x.proposals = append(s.x.proposals, f)
	s.x.state = state{last: len(s.x.proposals) - 1}
}

// take adds units [a, b) as a part of f.
func (s *stretch) take(f *statement.Statement, a, b int, taken []bool) {
	for j := a; j < b; j++ {
		if s.isQ(j) {
			taken[j] = true
			if f.Quotation < 0 {
				f.Quotation = s.u[j].q
			}
		}
	}
	f.Parts = append(f.Parts, s.tokens(a, b))
}

func (s *stretch) isDash(i int) bool {
	w := s.word(i)
	return w == "—" || w == "–" || w == "--" || w == "―" || w == "-"
}

// nounPhrase reports whether a noun phrase may begin at unit i.
func (s *stretch) nounPhrase(i int) bool {
	switch t := s.tag(i); t {
	case news.TagDT, news.TagPRP, news.TagPRPS, news.TagCD, news.TagJJ, news.TagJJS, news.TagPDT, news.TagWP, news.TagEX:
		return true
	default:
		return t.Noun()
	}
}

// hasFinite reports a finite verb among units [a, b), asides with who and
// which left out.
func (s *stretch) hasFinite(a, b int) bool {
	relative := false
	for i := a; i < b; i++ {
		switch t := s.tag(i); {
		case t == news.TagWP || t == news.TagWDT || t == news.TagWRB || t == news.TagWPS:
			relative = true
		case s.word(i) == ",":
			relative = false
		case t.Finite() && relative:
			relative = t == news.TagMD // its verb follows
		case t.Finite() || s.isQ(i) && s.x.m.Quotations[s.u[i].q].Words.Len() > 3:
			return true
		}
	}
	return false
}

// trailing tries to take the words before cue h: “…,” she said; …, said the
// minister; …, according to her. Words begin at unit from; it gives where they
// end, the source, and where the stretch goes on.
func (s *stretch) trailing(h *match, from int) (to int, source news.TokenRange, rest int, ok bool) {
	end := s.end()
	if h.according {
		if h.from <= from+1 {
			return 0, source, 0, false
		}
		to = h.from
		stop := s.phraseEnd(h.to, true)
		return to, s.tokens(h.to, stop), stop, true
	}
	if stop := s.inverted(h, from); stop > 0 {
		v := h.from - 1
		if (s.isQ(v) || s.isQ(v-1)) && s.tag(h.to) == news.TagPRP && s.clauseFollows(h.to+1) {
			return 0, source, 0, false // “A”, said he was
		}
		return s.wordsEnd(v), s.tokens(h.to, stop), stop, true
	}
	// In order: words, subject, cue.
	a, b := s.subject(h.from, from)
	if a >= b || a <= from {
		return 0, source, 0, false
	}
	if !s.endsWords(a-1, from) {
		return 0, source, 0, false
	}
	behindQ := s.isQ(a-1) || s.word(a-1) == "," && s.isQ(a-2)
	if behindQ {
		if q := s.lastQ(a - 1); !s.endsOpen(q) && s.word(a-1) != "," || s.reportsOn(h, end) {
			return 0, source, 0, false
		}
	} else if h.takes&(lang.Clause|lang.Addressee) == 0 || s.clauseBehind(h, end) || !s.hasFinite(from, a-1) || !s.closesClause(h.to) || s.startsAdverbial(from) {
		return 0, source, 0, false
	}
	return s.wordsEnd(a - 1), s.tokens(a, b), h.to, true
}

// inverted is the end of the source behind cue h that stands right behind its
// words, which begin at unit from: …, said the minister. It is 0 where cue and
// source stand otherwise.
func (s *stretch) inverted(h *match, from int) (stop int) {
	v := h.from - 1
	if !s.endsWords(v, from) || !s.nounPhrase(h.to) || s.tag(h.verb) == news.TagVBG || s.is(h.to, complementizersWord) {
		return 0
	}
	stop = s.phraseEnd(h.to, false)
	if stop <= h.to {
		return 0
	}
	if s.isQ(v) || s.isQ(v-1) || !s.hasFinite(h.to, stop) && s.closesClause(stop) && s.hasFinite(from, v) {
		return stop
	}
	return 0
}

// startsAdverbial reports a stretch that begins with a subordinate clause or a
// phrase of time, behind which the main clause's subject stands.
func (s *stretch) startsAdverbial(i int) bool {
	return s.is(i, adverbialsWord)
}

func (s *stretch) lastQ(i int) int32 {
	if s.isQ(i) {
		return s.u[i].q
	}
	return s.u[i-1].q
}

// endsOpen reports a quotation that ends as one does before its narration.
func (s *stretch) endsOpen(q int32) bool {
	o := &s.x.m.Quotations[q]
	if o.Words.Empty() {
		return false
	}
	return marks.Terminal((s.x.d.Word(o.Words.End - 1)))
}

// endsWords reports whether unit i ends words that a cue behind may take.
func (s *stretch) endsWords(i, from int) bool {
	if i < from {
		return false
	}
	return s.isQ(i) || (s.word(i) == "," || s.isDash(i)) && i > from
}

// wordsEnd is the end of the words before unit i+1, without a comma outside.
func (s *stretch) wordsEnd(i int) int {
	if s.word(i) == "," || s.isDash(i) {
		return i
	}
	return i + 1
}

func (s *stretch) trimComma(b, a int) int {
	for b > a && s.word(b-1) == "," {
		b--
	}
	return b
}

// closesClause reports whether nothing but adverbials follows at unit i.
func (s *stretch) closesClause(i int) bool {
	if i >= s.end() {
		return true
	}
	return s.is(i, closingsWord) || s.either(i, timesWord) || s.isQ(i)
}

// clauseBehind reports whether a clause or a quotation of its own stands
// behind the cue, so that it does not look back.
func (s *stretch) clauseBehind(h *match, end int) bool {
	i := s.skipAdverbials(h.to)
	if i >= end {
		return false
	}
	switch w := s.word(i); {
	case w == ":" || s.is(i, complementizersWord):
		return true
	case w == ",":
		return false
	}
	if s.isQ(i) {
		return true
	}
	return s.clauseFollows(i)
}

// reportsOn reports whether a clause without marks stands behind the cue that
// follows a quotation: In “Salt,” she says that; he called it “a lie,” and said
// it was over.
func (s *stretch) reportsOn(h *match, end int) bool {
	i := s.skipAdverbials(h.to)
	if h.takes&(lang.Addressee|lang.Listener) != 0 {
		i = s.skipAdverbials(s.skipAddressee(i))
	}
	if s.is(i, complementizersWord) || s.word(i) == ":" {
		return true
	}
	if !s.nounPhrase(i) {
		return false
	}
	for j := i; j < end && !s.isQ(j) && s.word(j) != ","; j++ {
		if s.tag(j).Finite() {
			return !s.relative(i, j)
		}
	}
	return false
}

// clauseFollows reports whether a subject and its finite verb begin at unit i.
func (s *stretch) clauseFollows(i int) bool {
	if !s.nounPhrase(i) && s.tag(i) != news.TagRB && s.tag(i) != news.TagEX {
		if !s.is(i, clauseBeginningsWord) {
			return s.tag(i) == news.TagVBG && s.hasFinite(i, len(s.u))
		}
	}
	return s.hasFinite(i, len(s.u))
}

// skipAdverbials passes words of time and place between a cue and its clause.
func (s *stretch) skipAdverbials(i int) int {
	for i < len(s.u) {
		switch {
		case s.either(i, timesWord) && s.tag(i+1) != news.TagPOS:
			i++
		default:
			return i
		}
	}
	return i
}

// remember keeps a cue that ended the paragraph, for its quotation in the
// next: The mayor said:
func (s *stretch) remember(matches []match) {
	if s.paragraph < 0 {
		return
	}
	s.x.pending = pendingCue{paragraph: noParagraph}
	n := len(s.u)
	last := s.word(n - 1)
	if last != ":" && last != "," {
		return
	}
	in := pendingCue{paragraph: s.paragraph}
	if len(matches) > 0 {
		h := &matches[len(matches)-1]
		in.cue, in.lemma = s.tokens(h.from, h.to), h.lemma
		in.source = s.tokens(s.subject(h.from, 0))
	}
	s.x.pending = in
}
