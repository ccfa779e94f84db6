package shape

import (
	names "github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
)

// sureName is the least confidence with which the recognizer's edges and kind
// overrule those that shape and word lists give. At 0.95, eight more of a hundred
// speakers of outlets held out are wrong.
const sureName = 0.6

// likelyPerson and likelyBody are the least confidences with which the recognizer's
// word for a person or a body decides whether a first name begins the one or the
// other: Nora Banks, Goldman Sachs.
const (
	likelyPerson = 0.5
	likelyBody   = 0.85
)

// recognize takes the names of persons, bodies and places that the trained
// recognizer is sure of.
func (a *analysis) recognize(f *names.Found) {
	a.nameNear = make([]int32, len(a.toks))
	a.likely = make(map[news.TokenRange]names.Kind, len(f.Names))
	for i := range f.Names {
		n := &f.Names[i]
		if n.Kind == names.Person && n.Confidence >= likelyPerson || n.Kind == names.Organization && n.Confidence >= likelyBody {
			a.likely[n.Tokens] = n.Kind
		}
		if n.Confidence < sureName || n.Kind != names.Person && n.Kind != names.Organization && n.Kind != names.Place {
			continue
		}
		a.recognized = append(a.recognized, *n)
		for t := n.Tokens.First; t < n.Tokens.End; t++ {
			a.nameNear[t] = int32(len(a.recognized))
		}
	}
}

// recognizedAt is the recognized name around token i; nil where none is.
func (a *analysis) recognizedAt(i int32) *names.Name {
	if a.nameNear[i] == 0 {
		return nil
	}
	return &a.recognized[a.nameNear[i]-1]
}

// likelyKind is what the recognizer takes the whole of m for, if it is likely.
func (a *analysis) likelyKind(m *mention) names.Kind {
	return a.likely[news.TokenRange{First: m.first, End: m.end}]
}

// correct gives m, found by shape in a run that ends at j, the edges of the recognized
// names in it, and adds them; false where there are none, or m has their edges
// already.
func (a *analysis) correct(m *mention, j int32) bool {
	var inside []*names.Name
	for t := m.first; t < j; t++ {
		if n := a.recognizedAt(t); n != nil && (len(inside) == 0 || inside[len(inside)-1] != n) {
			inside = append(inside, n)
		}
	}
	switch {
	case len(inside) == 0:
		return false
	case len(inside) == 1 && inside[0].Tokens == news.TokenRange{First: m.first, End: m.end}:
		return false
	case !a.better(m, inside) || a.endsInPerson(m):
		return false
	}
	for k, n := range inside {
		x := mentionOf(n)
		if x.first < a.reach {
			continue
		}
		if n.Kind == names.Person && a.is(m.end-1, lexSuffix) && x.end < m.end && k == len(inside)-1 {
			x.end, x.head = m.end, m.end-1 // Jr.
		}
		switch {
		case !n.Title.Empty() && n.Title.First >= a.reach:
			x.titleFirst = n.Title.First
		case k == 0 && m.titleFirst < x.first && n.Kind == names.Person:
			x.titleFirst = m.titleFirst
		}
		a.finish(&x)
		a.kindOf(&x, n)
		a.mentions = append(a.mentions, x)
		a.reach = x.end
	}
	return true
}

// mentionOf is a mention of n, without a title.
func mentionOf(n *names.Name) mention {
	return mention{first: n.Tokens.First, end: n.Tokens.End, head: n.Tokens.End - 1, form: news.Name, ent: -1, titleFirst: n.Tokens.First, titleEnd: n.Tokens.First}
}

// better reports whether the recognized names inside the run of m say more than
// m does: a person among them, or the whole of a body of which m is a part. What
// shape takes for one body the recognizer may cut at an "of" or a bracket.
func (a *analysis) better(m *mention, inside []*names.Name) bool {
	for _, n := range inside {
		if n.Kind == names.Person || n.Tokens.First <= m.first && n.Tokens.End >= m.end {
			return true
		}
	}
	return false
}

// kindOf weighs what the recognizer takes m for.
func (a *analysis) kindOf(m *mention, n *names.Name) {
	switch n.Kind {
	case names.Person:
		add(&m.person, 6)
	case names.Organization:
		add(&m.org, 4)
	case names.Place:
		add(&m.place, 4)
	}
}

// addRecognized adds the recognized names that shape did not find, and reports
// whether there are any.
func (a *analysis) addRecognized() (added bool) {
	found := make([]bool, len(a.toks))
	for i := range a.mentions {
		m := &a.mentions[i]
		for t := m.first; t < m.end; t++ {
			found[t] = true
		}
		if n := a.recognizedAt(m.first); m.form == news.Name && n != nil && n.Tokens == (news.TokenRange{First: m.first, End: m.end}) && m.person < 6 {
			a.kindOf(m, n)
		}
	}
	for i := range a.recognized {
		n := &a.recognized[i]
		free := true
		for t := n.Tokens.First; t < n.Tokens.End; t++ {
			free = free && !found[t]
		}
		if !free || n.Kind == names.Place || n.Kind != names.Person && a.headline[a.toks[n.Tokens.First].sent] {
			continue
		}
		m := mentionOf(n)
		a.finish(&m)
		a.kindOf(&m, n)
		a.mentions = append(a.mentions, m)
		added = true
	}
	return added
}

// surnamed reports whether a word that mostly ends a body's name ends that of
// a person in m: Nora Banks, Ms Power. A first name or a lady's or gentleman's
// title stands before it, and the recognizer does not take the first name for a
// place's or a firm's.
func (a *analysis) surnamed(m *mention) bool {
	if m.end-m.first == 1 {
		return m.titleEnd > m.titleFirst
	}
	return a.is(m.first, lexFirst) && !placeAndName(a.low(m.first)) && a.likelyKind(m) == names.Person
}

// endsInPerson reports whether m is a common word and what the recognizer takes for
// a person: Per Rask, of whose first name it is not sure.
func (a *analysis) endsInPerson(m *mention) bool {
	return m.end-m.first == 2 && a.is(m.first, lexCommon) && a.likely[news.TokenRange{First: m.first + 1, End: m.end}] == names.Person
}
