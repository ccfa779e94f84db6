package speaker

import "whosaid/extract/news"

// label reads the letter before a statement that stands in an interview set
// as "Q1: … A1: …" and has no source of its own: questioner, answerer, or
// noClass.
func (a *analysis) label(first int32) class {
	for i := first - 1; i >= 0 && i >= first-4; i-- {
		if a.toks[i].flags&newLine == 0 {
			continue
		}
		if end := first - 1; end > i && a.low(end) != ":" && a.low(end) != "." && a.low(end) != ")" {
			return noClass
		}
		w := a.low(i)
		if len(w) == 0 || len(w) > 4 || len(w) > 1 && !isNumber(trimPoint(w[1:])) {
			return noClass
		}
		switch {
		case w[0] == 'q' && a.has(i, isCap):
			return questioner
		case w[0] == 'a' && a.has(i, isCap) && first-i >= 2:
			return answerer
		}
		return noClass
	}
	return noClass
}

func trimPoint(w string) string {
	if n := len(w); n > 0 && (w[n-1] == ':' || w[n-1] == '.') {
		return w[:n-1]
	}
	return w
}

// findInterviewer is the outlet that a sentence with "interview" names: whose
// the questions are. -1 when there is none, and the questions are the
// author's.
func (a *analysis) findInterviewer() int32 {
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.form != news.Name || m.ent < 0 || a.ents[m.ent].kind != news.Organization || a.ents[m.ent].place {
			continue
		}
		words := a.ents[m.ent].words
		if !a.lex.outletTail[words[len(words)-1]] {
			continue
		}
		s := a.sentence(m.first)
		for k := s.First; k < s.End; k++ {
			if w := a.low(k); w == "interview" || w == "interviewed" {
				return m.ent
			}
		}
	}
	return -1
}
