package speaker

import "github.com/whosaid/whosaid/extract/news"

// ownKind is the kind of speaker that a source's own words are.
func (w *walker) ownKind(q int) news.SpeakerKind {
	s := &w.sources[q]
	if s.several {
		return news.Group
	}
	if s.class == bodyOne && !s.plural && s.form == news.Nominal && (s.definite || s.proper || w.a.low(s.head) == "police") && w.a.governs(s.head) {
		return news.Organization
	}
	if k, ok := w.counted(q); ok {
		return k
	}
	if s.class == otherOne {
		if s.plural {
			return news.Group
		}
		return news.DocumentKind
	}
	return kindOf(s.class, s.plural)
}

// counted reports whether a source is one word that counts people without
// naming them, and whether it counts one or more.
func (w *walker) counted(q int) (news.SpeakerKind, bool) {
	s := &w.sources[q]
	if s.tokens.Len() != 1 {
		return news.Unknown, false
	}
	switch w.a.low(s.tokens.First) {
	case "one", "another":
		return news.Unnamed, true
	case "others", "some", "many", "most", "several", "few", "both":
		return news.Group, true
	}
	return news.Unknown, false
}

// ownName is the source's own words.
func (w *walker) ownName(q int) string {
	s := &w.sources[q]
	if _, ok := w.counted(q); s.form == news.FormNone || s.form == news.Pronoun && !ok {
		return ""
	}
	if s.class == bodyOne && w.ownKind(q) == news.Organization { // "the federal government" without its clauses
		first, end := s.tokens.First, s.head+1
		for end < s.tokens.End {
			word := w.a.low(end)
			if word == "," || word == "(" || word == "who" || word == "which" || word == "that" || word == "in" || w.a.tag(end) == news.TagVBN || w.a.tag(end) == news.TagVBG {
				break
			}
			end++
		}
		switch w.a.low(first) {
		case "the", "a", "an":
			first++
		}
		for k := first; k < s.head; k++ { // the country's protection agency
			if w.a.low(k) == "'s" && w.a.nameAt(k-1) < 0 && w.a.is(k-1, lexOrgNoun) {
				first = k + 1
			}
		}
		if first <= s.head {
			return w.a.doc.Span(news.TokenRange{First: first, End: end}).Of(w.a.doc.Text)
		}
	}
	return s.words.Of(w.a.doc.Text)
}

// governs reports whether a body's head is one that papers treat as an actor
// by itself: the government, the appeals court; not a group or a family.
func (a *analysis) governs(i int32) bool {
	if a.low(i+1) == "of" && a.has(i+2, isCap) { // the city of X
		return true
	}
	switch a.low(i) {
	case "group", "team", "delegation", "organization", "organisation", "alliance", "movement", "coalition", "body", "network", "site", "chain", "state", "country", "city", "town", "county", "kingdom", "republic":
		return false
	}
	return true
}
