package attribution

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// A candidate that is no entity of the article.
const (
	ownPhrase int32 = -1 - iota // the source's own noun phrase: a group, a document, somebody unnamed
	nobody                      // unknown
	author                      // the article's own voice
	ownNamed                    // the source's own noun phrase, which names a body: the federal government
)

// Bounds of what is looked at for one quotation.
const (
	maxCandidates = 32
	inMind        = 12 // of the entities talked about
	spokeLast     = 4  // of the speakers before
	named         = 4  // of those named most often
	ahead         = 4  // of the names that follow
	lookup        = 8  // namesakes, and those whom a description fits
)

// Choice is one candidate speaker of a quotation, as training sees it.
type Choice struct {
	Entity int32 // index into the article's entities so far; negative: own phrase, nobody, author, own name
	Name   string
	Kind   news.SpeakerKind
}

// IsNobody, IsAuthor and IsOwn tell the candidates that are no entity.
func (c *Choice) IsNobody() bool { return c.Entity == nobody }

// IsAuthor reports the article's own voice.
func (c *Choice) IsAuthor() bool { return c.Entity == author }

// IsOwn reports the source's own words, as a name or not.
func (c *Choice) IsOwn() bool { return c.Entity == ownPhrase || c.Entity == ownNamed }

// candidates lists whom quotation q may belong to, in a fixed order.
func (w *walker) candidates(q int, at int32) []int32 {
	s := &w.sources[q]
	out := w.ids[:0]
	add := func(id int32) {
		if id >= 0 && len(out) < maxCandidates-4 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	w.fromSource(s, add)
	if s.name >= 0 && w.Mentions[s.name].Entity >= 0 && s.class != coref.Asker && s.class != coref.Answerer { // it is named: nobody else is meant but who shares the name
		return w.addOthers(s, out)
	}
	if w.authorsOwn(q) { // I outside of marks: nobody whom the article tells of
		return w.addOthers(s, out)
	}
	keep := len(out)
	add = func(id int32) {
		if id >= 0 && len(out) < maxCandidates-4 && !slices.Contains(out[keep:], id) && !slices.Contains(out[:keep], id) && w.possible(s, id) {
			out = append(out, id)
		}
	}
	w.fromTurns(q, add)
	for k, id := range w.state.Recent {
		if k >= inMind {
			break
		}
		if w.speaks(id) {
			add(id)
		}
	}
	w.fromAhead(at, add)
	for k, n := 0, 0; k < len(w.state.Top) && n < named; k++ {
		if id := w.state.Top[k]; w.speaks(id) {
			add(id)
			n++
		}
	}
	return w.addOthers(s, out)
}

// fromTurns adds who spoke before, who asks and answers in an interview, and who
// signs a letter.
func (w *walker) fromTurns(q int, add func(int32)) {
	s := &w.sources[q]
	for k := len(w.spoken) - 1; k >= max(0, len(w.spoken)-spokeLast); k-- {
		add(w.done[w.spoken[k]].choice)
	}
	if s.class == coref.Asker || s.words.Empty() {
		add(w.outlet)
	}
	if s.class == coref.Answerer {
		for _, id := range w.interviewed[:min(lookup, len(w.interviewed))] {
			add(id)
		}
	}
	if w.signed != nil {
		add(w.signed[q])
	}
}

// authorsOwn reports whether the source of quotation q is an I or we of the author's:
// outside of marks, of every other quotation and of signed letters.
func (w *walker) authorsOwn(q int) bool {
	s := &w.sources[q]
	return s.class == coref.First && s.form == news.Pronoun && !w.Has(s.head, coref.Quoted) && w.within[q] < 0 && (w.signed == nil || w.signed[q] < 0)
}

// possible reports whether grammar lets the source mean an entity that it does
// not name: she is no body, it no person, a report neither.
func (w *walker) possible(s *source, id int32) bool {
	e := &w.Entities[id]
	switch s.form {
	case news.Pronoun:
		switch s.class {
		case coref.HeShe:
			return (e.Kind == news.Person || e.Kind == news.Unnamed) && !e.Plural
		case coref.They, coref.It:
			return coref.Agrees(s.class, s.sex, e) > -1
		}
	case news.Nominal:
		if s.head >= 0 && s.class != coref.Asker && s.class != coref.Answerer {
			return !s.several && w.Describes(s.tokens.First, s.head+1, s.head, s.class, s.plural, s.sex, e).Role >= 0
		}
	}
	return true
}

// isName reports whether the head of a source is the name of somebody who can
// speak: its words are no description beside that.
func (w *walker) isName(s *source) bool {
	if s.name < 0 {
		return false
	}
	m := &w.Mentions[s.name]
	return m.First <= s.head && s.head < m.End && m.Entity >= 0 && w.speaks(m.Entity)
}

// addOthers adds the candidates that are no entity.
func (w *walker) addOthers(s *source, out []int32) []int32 {
	if len(out) > 0 && w.isName(s) {
		return append(out, nobody)
	}
	out = append(out, ownPhrase, nobody, author)
	if s.form == news.Nominal && (w.Is(s.head, coref.Police) || !s.several && (!s.plural || w.nameLike(s.head)) && (s.class == coref.ABody || s.class == coref.Other || s.class == coref.Several && w.nameLike(s.head))) {
		out = append(out, ownNamed)
	}
	return out
}

// nameLike reports whether token i is written as names are: Zero Hedge, @riverbus.
func (w *walker) nameLike(i int32) bool {
	return i >= 0 && (w.Has(i, coref.Cap) || strings.HasPrefix(w.Low(i), "@"))
}

// speaks reports whether an entity can speak: things and mere places, which the
// names tell, do so only where the source names them.
func (w *walker) speaks(id int32) bool { return w.Entities[id].Kind != news.Unknown }

// fromSource adds whom the source's words name or describe.
func (w *walker) fromSource(s *source, add func(int32)) {
	if s.name >= 0 {
		m := &w.Mentions[s.name]
		add(m.Entity)
		if m.Entity >= 0 && m.End-m.First == 1 && w.Entities[m.Entity].Kind == news.Person {
			for k, id := range w.Surnames(w.Low(m.First)) {
				if k < lookup {
					add(id)
				}
			}
		}
		if w.isName(s) { // what else the source names tells of it: Rep. X (D-Ohio), Y of Z
			return
		}
	}
	if s.form == news.Pronoun && s.class == coref.Relative && s.head >= 0 {
		add(w.state.RelativeHead(s.head))
	}
	if s.mention >= 0 {
		add(w.Mentions[s.mention].Entity)
	}
	for i := s.tokens.First; i < s.tokens.End; i++ {
		if m := w.NameAt(i); m >= 0 {
			add(w.Mentions[m].Entity)
			i = w.Mentions[m].End - 1
		} else if w.Has(i, coref.Cap) {
			for k, id := range w.Surnames(w.Low(i)) { // a surname that was not seen as a name here
				if k < lookup {
					add(id)
				}
			}
		}
	}
	if s.form == news.Nominal && s.head >= 0 && !s.several {
		w.state.ByRole(s.head, add)
	}
}

// fromAhead adds whom the text names from token at to the end of the next
// sentence.
func (w *walker) fromAhead(at int32, add func(int32)) {
	end := w.Sentence(at).End
	if int(end) < len(w.Toks) {
		end = w.Sentence(end).End
	}
	for i, n := at, 0; i < end && n < ahead && i < at+160; i++ {
		if m := w.NameAt(i); m >= 0 {
			if id := w.Mentions[m].Entity; id >= 0 && w.speaks(id) {
				add(id)
				n++
			}
			i = w.Mentions[m].End - 1
		}
	}
}

// ownKind is the kind of speaker that a source's own words are.
func (w *walker) ownKind(s *source) news.SpeakerKind {
	switch {
	case s.several:
		return news.Group
	case s.tokens.Len() == 1 && w.Is(s.tokens.First, coref.Many) && !w.Has(s.tokens.First, coref.Cap):
		return news.Group
	case s.class == coref.That && s.tokens.Len() == 1:
		return news.Unnamed
	case s.class == coref.Other && s.plural:
		return news.Group
	case s.class == coref.Other:
		return news.DocumentKind
	}
	return coref.KindOf(s.class, s.plural)
}

// ownName is the source's own words; for one that names a body without its
// determiner and clauses.
func (w *walker) ownName(s *source, asName bool) string {
	if s.form == news.FormNone || s.form == news.Pronoun && s.class != coref.That {
		return ""
	}
	if !asName || s.head < 0 {
		return s.words.Of(w.Doc.Text)
	}
	first, end := s.tokens.First, s.head+1
	for first < s.head && (!w.Has(first, coref.Word) || w.Tag(first) == news.TagDT) {
		first++
	}
	if w.nameLike(s.head) { // what stands before the name tells of it: the bird charity Wings
		for k := first; k < s.head; k++ {
			if !w.nameLike(k) && !w.Is(k, coref.To|coref.Conjunction) && w.Has(k, coref.Word) {
				first = k + 1
			}
		}
	}
	for end+1 < s.tokens.End && w.Is(end, coref.To) && (w.Has(end+1, coref.Cap) || w.Tag(end+1) == news.TagDT || coref.IsNoun(w.Tag(end+1))) {
		for end++; end < s.tokens.End && (coref.IsNoun(w.Tag(end)) || w.Tag(end) == news.TagDT || w.Tag(end) == news.TagJJ); end++ {
		}
	}
	return w.Text(first, end)
}
