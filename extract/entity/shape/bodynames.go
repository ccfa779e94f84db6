package shape

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// beforeAcronym goes on with the name [i, j) of a body to where its acronym
// stands in brackets: X Agency for Y in the Near East (XAYNE). The words
// between must be capitalised or small ones, and the acronym must be, or
// begin, their initials. 0 when none does.
func (a *analysis) beforeAcronym(i, j, end int32) int32 {
	switch a.low(j) {
	case "of", "in", "for", "and", "on", "to", ",":
	default:
		return 0
	}
	k := j
	for ; k < end && k < j+10 && a.near(k) && a.low(k) != "("; k++ {
		switch a.low(k) {
		case "of", "in", "for", "and", "on", "to", "the", ",", "&":
		default:
			if !a.has(k, isCap) || a.is(k, lexFirst) || a.is(k, lexHonorific) {
				return 0
			}
		}
	}
	if k >= end || a.low(k) != "(" || a.low(k+2) != ")" || !a.has(k+1, isAllCaps) || a.toks[k-1].flags&isCap == 0 {
		return 0
	}
	var words []string
	for n := i; n < k; n++ {
		if a.has(n, isWord) {
			words = append(words, a.low(n))
		}
	}
	short := strings.ReplaceAll(a.low(k+1), ".", "")
	for _, initials := range acronyms(words) {
		if len(short) >= 3 && strings.HasPrefix(initials, short) {
			return k
		}
	}
	return 0
}

// sameBut is the body whose name has the same words but for one letter of a
// long one, a slip of the pen: the Health Minstry. -1 for none.
func (a *analysis) sameBut(words []string, x *index) int32 {
	for _, w := range words {
		for _, id := range x.word[w] {
			e := &a.ents[id]
			if e.kind != news.Organization || e.place || len(e.words) != len(words) {
				continue
			}
			slips := 0
			for k := range words {
				if words[k] != e.words[k] {
					slips++
					if len(words[k]) < 7 || !a.lex.orgKey[e.words[k]] || words[k][0] != e.words[k][0] || a.lex.common[words[k]] || a.lex.orgKey[words[k]] || !oneApart(words[k], e.words[k]) {
						slips = 2
					}
				}
			}
			if slips == 1 {
				return id
			}
		}
	}
	return -1
}

// acronyms is the initials of words with and without the small ones.
func acronyms(words []string) []string {
	var all, big strings.Builder
	for _, w := range words {
		r := []rune(w)
		all.WriteRune(r[0])
		switch w {
		case "of", "the", "and", "for", "on", "in", "to", "de", "&":
		default:
			big.WriteRune(r[0])
			if i := strings.IndexByte(w, '-'); i > 0 && i+1 < len(w) {
				big.WriteByte(w[i+1])
			}
		}
	}
	if all.String() == big.String() {
		return []string{all.String()}
	}
	return []string{all.String(), big.String()}
}

// namedByBracket reads "Violations Documentation Center (VDC)": what stands
// in brackets after an organization's name is its acronym.
func (a *analysis) namedByBracket(x *index) {
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.form != news.Name || m.ent < 0 || a.ents[m.ent].kind != news.Organization {
			continue
		}
		if a.low(m.end) == "(" && a.low(m.end+2) == ")" && a.has(m.end+1, isCap) && len(a.low(m.end+1)) <= 10 {
			w := strings.ReplaceAll(a.low(m.end+1), ".", "")
			if sharesInitials(w, m.key) || len(w) > 2 && strings.HasPrefix(acronyms(a.ents[m.ent].words)[0], w) {
				x.acronym[w], x.bracketed[w] = []int32{m.ent}, m.ent
			}
		}
	}
}

// sharesInitials reports whether at least half of the letters of acronym w
// begin words of the name.
func sharesInitials(w, name string) bool {
	n := 0
	for _, p := range strings.Fields(name) {
		if strings.IndexByte(w, p[0]) >= 0 {
			n++
		}
	}
	return n >= 2 && w[0] == name[0] || n*2 >= len(w)
}
