package speaker

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// agrees tells whether a pronoun may stand for an entity: 1 yes with gender
// known, 0 perhaps, -1 no.
func (w *walker) agrees(c class, sex int8, e *entity) int {
	named := e.class == noClass
	switch c {
	case heShe:
		if e.kind != news.Person && e.kind != news.Unnamed || e.plural {
			return -1
		}
		if g := w.a.entitySex(e); g != 0 {
			if g != sex {
				return -1
			}
			return 1
		}
		return 0
	case theyAll:
		if e.kind == news.Group || e.plural {
			return 1
		}
		if e.kind == news.Organization && !e.place {
			return 0
		}
		if !named && e.kind == news.Unnamed {
			return 0
		}
		return -1
	case thing:
		if e.kind == news.Organization && !e.plural {
			return 1
		}
		if e.kind == news.DocumentKind && !e.plural {
			return 1
		}
		return -1
	}
	return -1
}

// antecedent finds whom a pronoun of the narration stands for: the most
// recent entity that agrees, subjects and often-named ones before others.
func (w *walker) antecedent(m *mention) int32 {
	if m.class == relative {
		return w.relativeHead(m.first)
	}
	if m.class != heShe && m.class != theyAll && m.class != thing {
		return -1
	}
	if id := w.ahead(m); id >= 0 {
		return id
	}
	best, score := int32(-1), float32(-1e9)
	sent := w.a.toks[m.first].sent
	for rank, id := range w.recent {
		if rank >= 12 {
			break
		}
		e := &w.a.ents[id]
		g := w.agrees(m.class, m.sex, e)
		if g < 0 {
			continue
		}
		s := salience(e, rank, sent) + float32(g)
		if m.gram == possessor && e.lastSent == sent && e.lastGram == subject {
			s += 1.5 // X shook his head
		}
		if m.class == thing && sent-e.lastSent > 1 || m.class == theyAll && sent-e.lastSent > 2 {
			continue
		}
		if s > score {
			best, score = id, s
		}
	}
	if best >= 0 && m.class == heShe {
		w.a.ents[best].votes += int16(m.sex)
	}
	return best
}

// ahead finds the subject that a pronoun of a fronted clause looks ahead to:
// Asked whether he had lost hope, farmer X shook his head. -1 for none.
func (w *walker) ahead(m *mention) int32 {
	a := w.a
	s := a.sentence(m.first)
	if m.class != heShe || m.quoted || m.first-s.First > 12 {
		return -1
	}
	switch a.low(s.First) {
	case "asked", "as", "when", "while", "although", "though", "before", "after", "since", "until", "despite", "with", "in", "during", "on", "if", "because", "like", "unlike", "at", "for", "speaking", "pressed", "told":
	default:
		return -1
	}
	comma := false
	for k := m.first; k < s.End && k < m.first+20; k++ {
		comma = comma || a.low(k) == ","
		n := a.nameAt(k)
		if n < 0 {
			continue
		}
		nm := &a.mentions[n]
		if comma && nm.gram == subject && nm.ent >= 0 && !nm.quoted && w.agrees(m.class, m.sex, &a.ents[nm.ent]) >= 0 {
			return nm.ent
		}
		return -1
	}
	return -1
}

// salience is how much an entity is in the reader's mind at a sentence.
func salience(e *entity, rank int, sent int32) float32 {
	d := float32(max(0, sent-e.lastSent))
	s := -1.5*min(d, 10) - 0.5*float32(rank)
	switch e.lastGram {
	case subject:
		s += 2
	case possessor:
		s += 0.3
	case object, otherPlace:
		s -= 0.3
	}
	if e.lastForm == news.Pronoun {
		s += 0.7
	}
	if e.class != noClass {
		s -= 0.7 // names come back more often than descriptions
	}
	s += 0.3 * float32(min(e.soFar, 6))
	return s
}

// relativeHead is the entity of the noun that "who" or "which" at token i
// speaks for: the nearest mention before of the right sort, else the clause's
// head in the parse.
func (w *walker) relativeHead(i int32) int32 {
	m := w.relativeMention(i)
	if m < 0 {
		return -1
	}
	return w.a.mentions[m].ent
}

func (w *walker) relativeMention(i int32) int32 {
	a := w.a
	first := a.sentence(i).First
	for k := i - 1; k >= first && i-k < 20; k-- {
		m := a.byToken[k]
		if m < 0 || a.mentions[m].class == relative || a.mentions[m].form == news.Pronoun {
			continue
		}
		mm := &a.mentions[m]
		k = mm.first
		if mm.form == news.Nominal && !mm.definite && !mm.plural && a.tag(mm.first) != news.TagDT && (a.low(mm.first-1) == "for" || a.low(mm.first-1) == "as" || a.low(mm.first-1) == "of") {
			continue // the nominee for president, who
		}
		if mm.gram == possessor || mm.ent < 0 {
			continue
		}
		e := &a.ents[mm.ent]
		person := e.kind == news.Person || e.kind == news.Unnamed
		place := e.place || a.lex.place[mm.key]
		switch a.low(i) {
		case "who", "whom", "whose":
			if place || !person && e.kind != news.Group {
				continue
			}
		case "which":
			if person {
				continue
			}
		default: // that
			if place {
				continue
			}
		}
		return m
	}
	if h := a.doc.Tokens[i].Head; h >= 0 && h != i {
		for n := 0; n < 3 && h >= 0; n++ {
			t := &a.doc.Tokens[h]
			if t.Rel == news.RelAclRelcl && t.Head >= 0 && t.Head < i && a.byToken[t.Head] >= 0 {
				return a.byToken[t.Head]
			}
			h = t.Head
		}
	}
	return -1
}

// described finds the entity that a description stands for, or makes one.
func (w *walker) described(m *mention) int32 {
	if m.definite && (m.class == roleOne || m.class == bodyOne) && !m.plural {
		best, score := int32(-1), 1
		for _, id := range w.describable(m) {
			e := &w.a.ents[id]
			if s := w.describes(m, e); s > score {
				best, score = id, s
			}
		}
		if best >= 0 {
			return best
		}
	}
	if !m.definite && w.a.predicate(m) { // he is an important partner
		if s := w.subject[w.a.toks[m.first].sent]; s >= 0 && w.a.mentions[s].first < m.first && m.class == roleOne {
			return w.a.mentions[s].ent
		}
		return -1
	}
	head := w.a.low(m.head)
	if id, ok := w.byHead[head]; ok && m.definite && w.a.toks[m.first].sent-w.a.ents[id].lastSent < 40 {
		return id
	}
	kind := kindOf(m.class, m.plural)
	id := int32(len(w.a.ents))
	w.a.ents = append(w.a.ents, entity{kind: kind, class: m.class, head: -1, name: w.a.phrase(m), sex: m.sex, plural: m.plural,
		last: -1, lastSent: -1000, lastQuote: -1, out: -1})
	w.byHead[head] = id
	return id
}

// predicate reports whether a description stands after a form of "be" or
// "as": it says something of somebody and is no one new.
func (a *analysis) predicate(m *mention) bool {
	for k := m.first - 1; k >= m.first-4 && k >= 0 && a.toks[k].sent == a.toks[m.first].sent; k-- {
		switch a.low(k) {
		case "is", "was", "are", "were", "be", "been", "being", "become", "became", "as", "'s", "'re", "'m", "remains", "remained":
			return true
		case "a", "an", "not", "also", "still", "now", "very":
		default:
			return false
		}
	}
	return false
}

// phrase is the text of a description, a leading determiner left out only
// when it points back.
func (a *analysis) phrase(m *mention) string { return a.mentionText(m) }

// kindOf is the kind of speaker that a description is.
func kindOf(c class, plural bool) news.SpeakerKind {
	switch {
	case c == paper:
		return news.DocumentKind
	case c == roleMany || plural:
		return news.Group
	case c == roleOne:
		return news.Unnamed
	case c == bodyOne:
		return news.Group
	}
	return news.DocumentKind
}

// describable lists the named entities that a description may stand for: the
// recent ones and those whose role it names.
func (w *walker) describable(m *mention) []int32 {
	out := slices.Clone(w.recent)
	n := 0
	for _, id := range w.byRole[expand(w.a.low(m.head))] {
		if n < maxLookup && !slices.Contains(out, id) {
			out = append(out, id)
			n++
		}
	}
	return out
}

// describes scores how well a definite description fits a named entity; 2
// and more is a match.
func (w *walker) describes(m *mention, e *entity) int {
	role, over, miss := w.descMatch(m.first, m.end, m.head, m.class, m.sex, e)
	if role < 1 {
		return 0
	}
	return int(role*3) + over - miss
}
