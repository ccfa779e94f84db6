package attribution

import (
	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// readNominal fills what the head of a description tells.
func (a reader) readNominal(s *source, i, end int32) {
	s.form = news.Nominal
	s.mention = a.MentionAt(s.head)
	if s.mention >= 0 && a.Mentions[s.mention].Form == news.Nominal {
		m := &a.Mentions[s.mention]
		s.class, s.plural, s.sex = m.Class, m.Plural, m.Sex
		s.definite = s.definite || m.Definite
		s.owned = s.owned || m.Owner >= 0
	} else {
		s.mention = -1
		s.class, s.plural = a.NounClass(s.head)
		if s.class == coref.NoClass { // what follows is the cue, be it tagged a noun
			s.class, s.plural = a.SortOf(s.head, a.Tag(s.head) == news.TagNNS)
		}
	}
	a.readDeterminer(s, i)
}

// readDeterminer fills what the first word of a description, at i, tells: whose it
// is, whether it is known, how many it counts.
func (a reader) readDeterminer(s *source, i int32) {
	switch {
	case a.Tag(i) == news.TagPRPS:
		s.definite, s.article = true, 3
	case s.owned:
		s.article = 3
	case a.Is(i, coref.Definite):
		s.definite, s.article = true, 2
	case a.Is(i, coref.Negative):
		s.article = 4
	case s.head == i && a.Tag(i) == news.TagCD && a.Is(i, coref.Indefinite): // one of them
		s.article, s.class, s.plural = 1, coref.One, false
	case a.Is(i, coref.Many) || a.Tag(i) == news.TagCD && !a.Is(i, coref.Indefinite) || a.Low(s.head) == "%" || a.Tag(s.head) == news.TagCD:
		s.article = 4
		if s.class != coref.Paper {
			s.class, s.plural = coref.Several, true
		}
	case a.Is(i, coref.Indefinite):
		s.article = 1
	}
}

// fits reports whether a name may be that of whom a description describes.
func (a reader) fits(s *source, m int32) bool {
	if m < 0 || a.Mentions[m].Entity < 0 {
		return false
	}
	e := &a.Entities[a.Mentions[m].Entity]
	switch s.class {
	case coref.One:
		return e.Kind == news.Person || !e.Place && a.Is(s.head, coref.Outlet|coref.Body)
	case coref.ABody:
		return e.Kind == news.Organization && !e.Place
	case coref.Other:
		return !e.Place
	}
	return false
}

// nameBehind is the name that a description's own phrase gives it behind its head:
// in apposition (the director of X, NAME), at its end (former secretary of state
// NAME), or as what it is called (a boy named NAME). -1 for none.
func (a reader) nameBehind(s *source, end int32) int32 {
	mark := false // a comma, dash or colon since the head
	for k := s.stop; k < end; k++ {
		switch {
		case a.Tag(k) == news.TagWP || a.Tag(k) == news.TagWDT:
			return -1
		case a.Is(k, coref.NamedAs) || a.Is(k-1, coref.NamedAs):
			mark = true
		case a.Low(k) == "," || a.Low(k) == "(" || a.Tag(k) == news.TagCOLON || a.Low(k) == "–" || a.Low(k) == "—":
			mark = true
			continue
		}
		m := a.NameAt(k)
		if m < 0 {
			continue
		}
		mm := &a.Mentions[m]
		next := a.Low(mm.End)
		whole := mm.End >= end || next == "," || next == "(" || next == "—"
		if whole && a.fits(s, m) && (mark || s.class == coref.One && a.closes(mm, end)) {
			return m
		}
		mark = false
		k = mm.End - 1
	}
	return -1
}

// closes reports whether a full name ends a source, with no preposition,
// conjunction or possessive before it.
func (a reader) closes(m *coref.Mention, end int32) bool {
	first := a.before(m)
	return (m.End >= end || a.Low(m.End) == "(") && m.End-m.First > 1 && !a.Is(first-1, coref.To|coref.Conjunction) && a.Tag(first-1) != news.TagPOS
}

// before is the first token of a name with its office.
func (a reader) before(m *coref.Mention) int32 {
	if m.Title.Empty() {
		return m.First
	}
	return m.Title.First
}
