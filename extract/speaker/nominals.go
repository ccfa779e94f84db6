package speaker

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// pronounOf is the class, gender and number of a pronoun; ok is false for
// any other word.
func pronounOf(w string) (c class, sex int8, plural, ok bool) {
	switch w {
	case "he", "him", "his", "himself":
		return heShe, -1, false, true
	case "she", "her", "hers", "herself":
		return heShe, 1, false, true
	case "they", "them", "their", "theirs", "themselves":
		return theyAll, 0, true, true
	case "it", "its", "itself":
		return thing, 0, false, true
	case "i", "me", "my", "mine", "myself":
		return speakerI, 0, false, true
	case "we", "us", "our", "ours", "ourselves":
		return speakerI, 0, true, true
	case "you", "your", "yours":
		return youAll, 0, false, true
	case "who", "whom", "whose", "which":
		return relative, 0, false, true
	}
	return noClass, 0, false, false
}

// findNominals adds the pronouns and the descriptions by role, group, body or
// document that stand outside of names, and keeps all mentions in order.
func (a *analysis) findNominals() {
	for i := int32(0); i < int32(len(a.toks)); i++ {
		if a.byToken[i] >= 0 || a.toks[i].flags&isWord == 0 {
			continue
		}
		w := a.toks[i].low
		if c, sex, plural, ok := pronounOf(w); ok {
			if c == youAll || c == speakerI && a.has(i, isAllCaps) && w == "us" {
				continue
			}
			m := mention{first: i, end: i + 1, head: i, form: news.Pronoun, class: c, sex: sex, plural: plural, definite: true, ent: -1, quoted: a.has(i, inMarks)}
			a.place(&m)
			if g := a.tag(i); g == news.TagPRPS || w == "whose" {
				m.gram = possessor
			}
			a.mentions = append(a.mentions, m)
			continue
		}
		c, plural := a.nounClass(i)
		if c == noClass || c == otherOne {
			continue
		}
		m := a.nominal(i, c, plural)
		if c == roleOne && !plural && a.has(i, isCap) && a.personEnds(m.first) {
			m.ent = a.mentions[a.nameAt(m.first-1)].ent
		}
		if c == bodyOne && !plural && a.lex.campaign[w] {
			a.ownedBody(&m)
		}
		a.mentions = append(a.mentions, m)
	}
	a.sortMentions()
	a.cover()
	a.ahead = a.scratch.ahead
	for i := range a.ahead {
		a.ahead[i] = -1
	}
	for m := range a.mentions {
		if mm := &a.mentions[m]; mm.form == news.Name {
			for i := min(mm.titleFirst, mm.descFirst); i < mm.first; i++ {
				a.ahead[i] = int32(m)
			}
		}
	}
	// indexes of names moved: entities point at their first mention
	for e := range a.ents {
		a.ents[e].head = -1
	}
	for m := range a.mentions {
		if e := a.mentions[m].ent; e >= 0 && a.ents[e].head < 0 {
			a.ents[e].head = int32(m)
		}
	}
}

// cover notes for each token the mention that covers it: the name where there
// is one, else the description or pronoun.
func (a *analysis) cover() {
	for i := range a.byToken {
		a.byToken[i] = -1
	}
	for _, names := range []bool{true, false} {
		for m := range a.mentions {
			mm := &a.mentions[m]
			if (mm.form == news.Name) != names {
				continue
			}
			for i := mm.first; i < mm.end; i++ {
				if a.byToken[i] < 0 {
					a.byToken[i] = int32(m)
				}
			}
		}
	}
}

// ownedBody reads "Dunn's campaign" as the body that the article also calls
// the Dunn campaign, or makes one of it.
func (a *analysis) ownedBody(m *mention) {
	for k := m.first; k < m.head; k++ {
		n := a.nameAt(k)
		if n < 0 || a.mentions[n].gram != possessor || a.mentions[n].ent < 0 {
			continue
		}
		owner := &a.ents[a.mentions[n].ent]
		for _, last := range []string{a.low(m.head), "campaign", "team", "camp"} {
			if last != a.low(m.head) && (last == "government" || !a.lex.sameBody(a.low(m.head), last)) {
				continue
			}
			for _, key := range []string{owner.surname + " " + last, strings.Join(owner.words, " ") + " " + last} {
				if id, ok := a.index.key[key]; ok {
					m.ent = id
					return
				}
			}
		}
		id := int32(len(a.ents))
		f := &form{key: owner.surname + " " + a.low(m.head), words: append(slices.Clone(owner.words), a.low(m.head)), mentions: nil}
		start := a.mentions[n].first
		a.ents = append(a.ents, entity{kind: news.Organization, words: f.words, name: a.doc.Span(news.TokenRange{First: start, End: m.end}).Of(a.doc.Text), last: -1, lastSent: -1000, lastQuote: -1, out: -1, head: -1})
		a.index.key[f.key] = id
		m.ent = id
		return
	}
}

// sameBody reports whether two nouns may be one body of a candidate's.
func (l *lexicon) sameBody(a, b string) bool {
	return (a == "campaign" || a == "team" || a == "camp") && (b == "campaign" || b == "team" || b == "camp")
}

// nounClass tells what kind of thing the noun at i speaks for when it is the
// head of its phrase; noClass when it is no such head.
func (a *analysis) nounClass(i int32) (c class, plural bool) {
	g := a.tag(i)
	plural = g == news.TagNNS || g == news.TagNNPS
	if g != news.NoTag && g != news.TagNN && g != news.TagNNS && g != news.TagNNP && g != news.TagNNPS && g != news.TagJJ && g != news.TagDT && g != news.TagCD {
		return noClass, false
	}
	if a.near(i + 1) {
		n := a.tag(i + 1)
		next := a.low(i + 1)
		noun := n == news.TagNN || n == news.TagNNS || (n == news.TagNNP || n == news.TagNNPS)
		if noun && !a.is(i+1, lexSay) && (g != news.TagNNS || n == news.TagNNP) {
			return noClass, false
		}
		if next == "-" && a.has(i+1, glued) {
			return noClass, false
		}
	}
	if g == news.TagJJ && !(a.is(i, lexRole) && (a.low(i-1) == "the" || a.low(i-1) == "a" || a.low(i-1) == "same")) {
		return noClass, false
	}
	return a.sortOf(i, plural)
}

// sortOf is what nounClass says of the noun at i, whatever stands beside it.
func (a *analysis) sortOf(i int32, plural bool) (class, bool) {
	w := a.low(i)
	lists := a.toks[i].lists
	if k := strings.LastIndexByte(w, '-'); k > 0 && lists&(lexRole|lexDocument) == 0 {
		w = w[k+1:]
		lists = a.lex.lists[w]
	}
	singular := lists // of the singular
	if plural {
		singular = a.lex.lists[one(w)]
	}
	switch {
	case lists&lexRole != 0 && !plural:
		return roleOne, false
	case lists&lexDocument != 0:
		return paper, plural
	case lists&lexGroup != 0 && (plural || lists&lexOrgNoun == 0):
		return roleMany, true
	case lists&lexOrgNoun != 0:
		return bodyOne, plural && w != "police" && w != "archives" && w != "authorities"
	case plural && (singular&lexRole != 0 || lists&lexGroup != 0):
		return roleMany, true
	case plural && singular&lexOrgNoun != 0:
		return roleMany, true
	case strings.HasSuffix(w, "year-old") || strings.HasSuffix(w, "-old"):
		return roleOne, false
	case plural:
		return otherOne, true
	}
	return otherOne, false
}

// one is the singular of a plural noun, by its letters.
func one(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return w[:len(w)-2] + "an"
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

// personEnds reports whether a person's full name ends before token k: what
// follows in capitals is the person's office.
func (a *analysis) personEnds(k int32) bool {
	m := a.nameAt(k - 1)
	return m >= 0 && a.mentions[m].end == k && a.mentions[m].end-a.mentions[m].first > 1 && a.mentions[m].person > 2 && a.mentions[m].ent >= 0 && a.ents[a.mentions[m].ent].kind == news.Person
}

// nominal makes the mention of the noun phrase with its head at i, from its
// determiner to the head.
func (a *analysis) nominal(i int32, c class, plural bool) mention {
	k := i
	for k > 0 && i-k < 10 && a.near(k) {
		w := a.low(k - 1)
		g := a.tag(k - 1)
		mod := g == news.TagJJ || g == news.TagJJR || g == news.TagJJS || g == news.TagNN || g == news.TagNNP || g == news.TagNNPS || g == news.TagCD || g == news.TagVBN && k-1 > 0 && a.tag(k-2) == news.TagDT ||
			g == news.TagPOS || w == "'s" || g == news.TagHYPH || w == "-"
		if !mod || a.lex.say[w] || a.has(i, isCap) && a.personEnds(k) {
			break
		}
		k--
	}
	m := mention{first: k, end: i + 1, head: i, form: news.Nominal, class: c, plural: plural, ent: -1, sex: a.lex.sex[a.low(i)], quoted: a.has(i, inMarks)}
	if k > 0 && a.near(k) {
		switch g := a.tag(k - 1); {
		case g == news.TagPRPS:
			m.definite = true
		case g == news.TagDT || a.low(k-1) == "the" || a.low(k-1) == "a" || a.low(k-1) == "an":
			w := a.low(k - 1)
			m.definite = w == "the" || w == "this" || w == "that" || w == "these" || w == "those"
			m.first = k - 1
		}
	}
	for j := k; j < i; j++ {
		if a.low(j) == "'s" || a.low(j) == "'" {
			m.definite = true
		}
	}
	a.place(&m)
	return m
}
