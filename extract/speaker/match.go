package speaker

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// descMatch compares a description's words with what the text calls e: role
// is 3 when they are one of its titles, 2 when the head is one of its roles, 1
// when it is of the same sort, a half when nothing speaks against it, -1 when
// gender or kind forbid it; over counts its other words found for e, miss
// those not found.
func (w *walker) descMatch(i, end, head int32, c class, sex int8, e *entity) (role float32, over, miss int) {
	if e.class != noClass || e.plural {
		return -1, 0, 0
	}
	person := e.kind == news.Person
	if (c == roleOne) != person || e.place && c != bodyOne {
		return -1, 0, 0
	}
	if sex != 0 {
		if g := w.a.entitySex(e); g != 0 && g != sex {
			return -1, 0, 0
		}
	}
	if person && w.otherParty(i, end, e) {
		return -1, 0, 0
	}
	h := expand(w.a.low(head))
	switch {
	case person:
		role = w.roleMatch(i, end, h, e)
	case e.place:
		if w.a.lex.sortOfPlace(h) {
			role = 1
		}
	case e.roles[h] || contains(e.words, h):
		role = 2
	default:
		role = w.bodyMatch(h, e)
	}
	for k := i; k < end; k++ {
		if k == head || !w.a.has(k, isWord) {
			continue
		}
		word := expand(w.a.low(k))
		if w.a.lex.startStop[word] || word == "'s" {
			continue
		}
		if e.desc[word] || e.roles[word] || contains(e.words, word) {
			over++
		} else if !passing(word) {
			miss++
		}
	}
	return role, over, miss
}

// otherParty reports whether the description [i, end) names one party and the
// text calls e by another.
func (w *walker) otherParty(i, end int32, e *entity) bool {
	for k := i; k < end; k++ {
		own := party(w.a.low(k))
		if own == "" {
			continue
		}
		other := false
		for _, p := range [...]string{"republican", "democratic", "democrat", "libertarian", "labour", "tory", "gop"} {
			if e.desc[p] || e.roles[p] {
				if party(p) == own {
					return false
				}
				other = true
			}
		}
		return other
	}
	return false
}

// party is one word for the party that w names, empty for none.
func party(w string) string {
	switch w {
	case "republican", "gop":
		return "republican"
	case "democratic", "democrat":
		return "democrat"
	case "libertarian", "labour", "tory":
		return w
	}
	return ""
}

// passing reports whether a word of a description says nothing that the text
// would repeat.
func passing(w string) bool {
	switch w {
	case "former", "then", "longtime", "presumptive", "likely", "same", "current", "outgoing", "own", "late", "new", "his", "her", "its", "their", "old":
		return true
	}
	return false
}

// roleMatch compares the head of a person's description with e's roles.
func (w *walker) roleMatch(i, end int32, h string, e *entity) float32 {
	if strings.HasSuffix(h, "year-old") {
		switch age, _, _ := strings.Cut(h, "-"); {
		case e.age == "":
			return 0.5
		case e.age == age:
			return 3
		}
		return -1
	}
	switch {
	case (e.roles[h] || e.desc[h]) && w.titled(i, end, e):
		return 3
	case e.roles[h] || e.desc[h] || h == "premier" && e.desc["prime"] && e.desc["minister"]:
		return 2
	}
	for _, s := range w.a.lex.sameSort(h) {
		if e.roles[s] || e.desc[s] {
			return 1
		}
	}
	return 0
}

// bodyMatch compares the head of a body's description with the word of an
// organization's name that tells its sort: the last, or the one before "of".
func (w *walker) bodyMatch(h string, e *entity) float32 {
	last := ""
	for _, word := range e.words {
		if word == "of" || word == "for" {
			break
		}
		last = word
	}
	for _, s := range w.a.lex.sameSort(h) {
		if e.roles[s] || last == s {
			return 1
		}
	}
	for _, word := range e.words {
		if w.a.lex.orgKey[word] {
			return 0
		}
	}
	return 0.5 // a name that does not tell its sort
}

// sortOfPlace reports whether h is a sort of place.
func (l *lexicon) sortOfPlace(h string) bool {
	switch h {
	case "state", "city", "country", "county", "town", "nation", "kingdom", "republic", "government":
		return true
	}
	return false
}

// titled reports whether tokens [i, end), determiner and "former" aside, are one
// of e's titles word for word.
func (w *walker) titled(i, end int32, e *entity) bool {
	switch w.a.low(i) {
	case "the", "his", "her", "this", "that", "our", "its":
		i++
	}
	if i < end && w.a.low(i) == "former" {
		i++
	}
	if i >= end {
		return false
	}
	phrase := w.a.doc.Span(news.TokenRange{First: i, End: end}).Of(w.a.doc.Text)
	for _, t := range e.titles {
		if strings.EqualFold(t, phrase) || len(t) > len(phrase) && strings.EqualFold(t[len(t)-len(phrase):], phrase) {
			return true
		}
	}
	return false
}

func contains(words []string, w string) bool { return slices.Contains(words, w) }

// sameSort lists other heads for the same sort of person or body.
func (l *lexicon) sameSort(h string) []string { return l.sort[h] }
