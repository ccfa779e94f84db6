package attribution

import "github.com/whosaid/whosaid/extract/coref"

// countSources counts for each entity the statements whose source names it.
func (w *walker) countSources() {
	w.sourcesOf = map[int32]int32{}
	for q := range w.sources {
		if id := w.namedIn(q); id >= 0 {
			w.sourcesOf[id]++
		}
	}
}

// namedIn is the entity that the source of quotation q names; -1.
func (w *walker) namedIn(q int) int32 {
	if m := w.sources[q].name; m >= 0 {
		return w.Mentions[m].Entity
	}
	return -1
}

// lookAround is the most statements on either side that are asked whom their
// sources name.
const lookAround = 6

// readCourse fills the course of the article around quotation q: whom the
// sources before and after name, whom the paragraphs tell of first.
func (w *walker) readCourse(p *place, q int) {
	p.named, p.soon, p.last, p.topic, p.before = -1, -1, -1, -1, -1
	for k := q - 1; k >= max(0, q-lookAround); k-- {
		if id := w.namedIn(k); id >= 0 && !w.nested[k] {
			p.last = id
			break
		}
	}
	n := 0
	for k := q + 1; k < min(len(w.quotes), q+lookAround) && n < 3; k++ {
		if w.nested[k] || w.sources[k].words == w.sources[q].words && !w.sources[k].words.Empty() {
			continue
		}
		n++
		switch id := w.namedIn(k); {
		case id < 0:
		case n == 1:
			p.named = id
		case p.soon < 0:
			p.soon = id
		}
	}
	par := w.paragraphAt(p.at)
	p.topic = w.topicOf(par, p.at)
	if par > 0 {
		p.before = w.topicOf(par-1, p.at)
	}
}

// mostTopic is the most words of a paragraph that are asked whom it tells of.
const mostTopic = 80

// topicOf is whom a paragraph mentions first outside of statements, before token
// at; -1 for none.
func (w *walker) topicOf(par, at int32) int32 {
	r := w.Doc.Paragraphs[par]
	for i := r.First; i < min(r.End, at, r.First+mostTopic); i++ {
		m := w.ByToken[i]
		if m < 0 || w.Has(i, coref.Reported) {
			continue
		}
		if id := w.Mentions[m].Entity; id >= 0 && w.speaks(id) {
			return id
		}
	}
	return -1
}
