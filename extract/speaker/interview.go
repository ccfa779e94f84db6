package speaker

import "github.com/whosaid/whosaid/extract/news"

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
		c := labelOf(a.low(i))
		if !a.has(i, isCap) || c == answerer && first-i < 2 {
			return noClass
		}
		return c
	}
	return noClass
}

// labelOf reads Q, A, Q1, A12 and the like.
func labelOf(w string) class {
	if w == "" || len(w) > 4 || len(w) > 1 && !isNumber(trimPoint(w[1:])) {
		return noClass
	}
	switch w[0] {
	case 'q':
		return questioner
	case 'a':
		return answerer
	}
	return noClass
}

// signature is the name that a dash after a quotation's last word leads to:
// "…" - Rosa Finch. -1 when there is none.
func (a *analysis) signature(q *news.Quote) int32 {
	i := a.tokenAt(q.Extent().End)
	for n := 0; n < 3 && int(i) < len(a.toks) && a.toks[i].flags&isWord == 0 && !dash(a.low(i)); n++ {
		i++
	}
	if int(i) >= len(a.toks) || !dash(a.low(i)) {
		return -1
	}
	i++
	if int(i) >= len(a.toks) || a.toks[i].par > a.toks[i-1].par+1 {
		return -1
	}
	m := a.nameAt(i)
	if h := a.ahead[i]; m < 0 && h >= 0 {
		m = h
	}
	if m < 0 || a.mentions[m].ent < 0 || a.ents[a.mentions[m].ent].place {
		return -1
	}
	end := a.mentions[m].end
	if int(end) < len(a.toks) && a.toks[end].par == a.toks[i].par && a.toks[end].flags&(newLine|isWord) == isWord {
		return -1 // the sentence goes on: it is no signature
	}
	return m
}

func dash(w string) bool {
	switch w {
	case "-", "–", "—", "―", "--", "~":
		return true
	}
	return false
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

// forum reports whether the sentence, or the one before it, has somebody speak
// to entity e, an outlet or show: in an interview with X, on X's "Y", during
// a Z interview.
func (w *walker) forum(e *entity, id, sent int32) bool {
	a := w.a
	if e.class != noClass || e.place {
		return false
	}
	for t := max(0, sent-1); t <= sent; t++ {
		talk := false
		s := a.doc.Sentences[t]
		for i := s.First; i < s.End && !talk; i++ {
			talk = a.low(i) == "interview"
		}
		for i := s.First; i < s.End; i++ {
			m := a.byToken[i]
			if m < 0 || a.mentions[m].ent != id || a.mentions[m].first != i {
				continue
			}
			outlet := e.kind == news.Organization && a.lex.outletTail[e.words[len(e.words)-1]]
			before := a.low(i - 1)
			if before == "the" || before == "a" || before == "an" {
				before = a.low(i - 2)
			}
			switch before {
			case "on", "with", "during", "to", "by":
				if outlet || talk && before == "with" || e.kind == news.Organization && talk {
					return true
				}
			case "in":
				if outlet && talk {
					return true
				}
			}
		}
	}
	return false
}
