package shape

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// whichPerson chooses among people of one surname for a mention: the title's
// gender must agree; who has been introduced before it and is named more
// often comes first.
func (a *analysis) whichPerson(mi int32, ids []int32) int32 {
	m := &a.mentions[mi]
	sex := a.titleSex(m)
	if sex == 0 && len(ids) > 1 {
		sex = a.frontedSex(m)
	}
	best, score := int32(-1), -1<<30
	for _, id := range ids {
		e := &a.ents[id]
		s := int(e.names)

		if s > 6 {
			s = 6
		}
		if g := a.entitySex(e); sex != 0 && g != 0 && g != sex {
			continue
		} else if sex != 0 && g == sex {
			s += 10
		}
		if e.head < mi {
			s += 8
			if m.end-m.first == 1 && e.words[0] == a.low(m.first) { // of several Kims, the one named last
				s = 14 + int(e.head)
			}
		}
		if e.suffix != "" || a.kin(e) {
			s -= 6 // who is introduced as somebody's wife or son seldom owns the bare surname
		}
		if e.given != "" && a.alone[e.given] {
			s -= 2 // nor who is called by first name
		}
		if s > score {
			best, score = id, s
		}
	}
	return best
}

// frontedSex is the gender of the "his" or "her" in a phrase that opens the
// sentence before mention m, nobody else being named between: In her latest
// book, Dunn noted. 0 for none.
func (a *analysis) frontedSex(m *mention) int8 {
	first := a.sentence(m.first).First
	if d := m.first - first; d < 3 || d > 14 || a.low(m.first-1) != "," {
		return 0
	}
	switch a.low(first) {
	case "in", "after", "during", "with", "at", "for", "before", "throughout", "despite", "on", "as", "like", "unlike":
	default:
		return 0
	}
	sex := int8(0)
	for i := first + 1; i < m.first; i++ {
		switch w := a.low(i); {
		case w == "his" && sex == 0:
			sex = -1
		case w == "her" && sex == 0 && a.tag(i) == news.TagPRPS:
			sex = 1
		case a.has(i, isCap) && a.is(i, lexFirst|lexHonorific|lexTitle):
			return 0
		}
	}
	return sex
}

// lastFull is e's last mention by full name before mention mi; -1 for none.
func (a *analysis) lastFull(e *entity, mi int32) int32 {
	k, _ := slices.BinarySearch(e.full, mi)
	if k == 0 {
		return -1
	}
	return e.full[k-1]
}

// reintroduced is the one of several namesakes whose full name stands in the
// last three sentences while no other has been meant for twelve; -1 for none.
func (a *analysis) reintroduced(mi int32, ids []int32, lastBare map[int32]int32) int32 {
	if len(ids) < 2 || a.titleSex(&a.mentions[mi]) != 0 {
		return -1
	}
	here := a.toks[a.mentions[mi].first].sent
	found := int32(-1)
	for _, id := range ids {
		last := a.lastFull(&a.ents[id], mi)
		if last >= 0 && here-a.toks[a.mentions[last].first].sent <= 3 {
			if found >= 0 {
				return -1
			}
			found = id
			continue
		}
		if b, ok := lastBare[id]; ok && b > last {
			last = b
		}
		if last >= 0 && here-a.toks[a.mentions[last].first].sent < 12 {
			return -1
		}
	}
	return found
}

// kin reports whether e is described by its family relation to another.
func (a *analysis) kin(e *entity) bool {
	for n, f := range e.full {
		if n == 3 {
			break
		}
		m := &a.mentions[f]
		former := a.low(m.titleFirst-1) == "former" || a.low(m.titleFirst) == "former" || a.low(m.descFirst) == "former"
		if !former && (m.titleEnd > m.titleFirst || m.descEnd > m.descFirst && a.is(m.descEnd-1, lexTitle)) {
			return false // an office counts for more than a marriage
		}
		if m.descEnd > m.descFirst && kinWord(a.low(m.descEnd-1)) {
			return true
		}
		for i := m.titleFirst - 1; i >= 0 && i >= m.titleFirst-3 && a.toks[i].sent == a.toks[m.first].sent; i-- {
			if kinWord(a.low(i)) || a.low(i) == "lady" && a.low(i-1) == "first" && a.low(i-2) != "former" { // her husband, NAME
				return true
			}
		}
		if a.low(m.end) == "," {
			for i := m.end + 1; i < m.end+6 && int(i) < len(a.toks) && a.low(i) != ","; i++ {
				if kinWord(a.low(i)) && (a.low(i-1) == "'s" || a.tag(i-1) == news.TagPRPS || a.tag(i-1) == news.TagJJ || a.tag(i-1) == news.TagJJS) {
					return true
				}
			}
		}
	}
	return false
}

func kinWord(w string) bool {
	switch w {
	case "wife", "husband", "son", "daughter", "brother", "sister", "father", "mother", "widow", "niece", "nephew", "cousin", "spouse":
		return true
	}
	return false
}

// titleSex is the gender that a mention's title shows.
func (a *analysis) titleSex(m *mention) int8 {
	for i := m.titleFirst; i < m.titleEnd; i++ {
		if g := a.lex.sex[a.low(i)]; g != 0 {
			return g
		}
	}
	for i := m.descFirst; i < m.descEnd; i++ {
		if g := a.lex.sex[a.low(i)]; g != 0 && i == m.descEnd-1 {
			return g
		}
	}
	return 0
}

// entitySex is what title or first name tell of an entity's gender.
func (a *analysis) entitySex(e *entity) int8 {
	if e.sex != 0 {
		return e.sex
	}
	return a.lex.firstSex(e.given)
}
