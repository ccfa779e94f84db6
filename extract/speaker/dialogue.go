package speaker

import "github.com/whosaid/whosaid/extract/news"

// shortTurn is the most words of a bare quotation that may be a turn of a
// dialogue; statements to a reporter that go on in the next paragraph are
// mostly longer.
const shortTurn = 25

// findTurns reads dialogues: quotations in paragraphs of their own, one after
// the other, of which the first and last name their speakers and two or more
// between are bare. Where the number of turns lets two speakers alternate from
// the one to the other, they do: turn[q] is who then speaks bare quotation q,
// -1 elsewhere. Once a dialogue has been met, a bare turn after a named one at
// the end of such a row belongs to the other of the two.
func (w *walker) findTurns() {
	w.turn = make([]int32, len(w.quotes))
	for q := range w.turn {
		w.turn[q] = -1
	}
	last, other, alternate := -1, int32(-1), false // the last named turn, who spoke the one before
	for q := range w.quotes {
		if w.nested[q] {
			continue
		}
		if w.bareTurn(q) {
			continue
		}
		id := w.namedSpeaker(q)
		if last >= 0 && id >= 0 {
			a := w.namedSpeaker(last)
			if n := w.row(last, q); n >= 3 && n%2 == 1 && a != id {
				w.fillTurns(last, q, a, id)
				alternate = true
			} else if alternate && a != id {
				w.fillTurns(last, q, a, id)
			}
			if a != id {
				other = a
			}
		}
		if id >= 0 {
			last = q
		}
	}
	if alternate && last >= 0 && other >= 0 {
		w.fillTurns(last, len(w.quotes), w.namedSpeaker(last), other)
	}
}

// namedSpeaker is the person whom the source of quotation q names; -1 for
// none.
func (w *walker) namedSpeaker(q int) int32 {
	m := w.sources[q].name
	if m < 0 || w.a.mentions[m].ent < 0 || w.a.ents[w.a.mentions[m].ent].kind != news.Person {
		return -1
	}
	return w.a.mentions[m].ent
}

// bareTurn reports whether quotation q is short, in marks, and all of its
// paragraph.
func (w *walker) bareTurn(q int) bool {
	quote := &w.quotes[q]
	if !quote.Source.Empty() || !quote.Cue.Empty() || quote.Kind != news.Direct || len(quote.Parts) != 1 {
		return false
	}
	r := w.a.tokensIn(quote.Parts[0].Span)
	if r.Empty() || r.Len() > shortTurn {
		return false
	}
	p := w.a.doc.Paragraphs[w.a.toks[r.First].par]
	return r.First-p.First <= 1 && p.End-r.End <= 1
}

// row is the number of steps from turn p to turn q when every quotation
// between is a bare turn and stands in the paragraph after the one before; 0
// otherwise.
func (w *walker) row(p, q int) int {
	n, par := 0, w.paragraph(p)
	for k := p + 1; k <= q && k < len(w.quotes); k++ {
		if w.nested[k] {
			continue
		}
		next := w.paragraph(k)
		if next != par+1 || k < q && !w.bareTurn(k) {
			return 0
		}
		par = next
		n++
	}
	return n
}

func (w *walker) paragraph(q int) int32 {
	e := w.quotes[q].Extent()
	return w.a.toks[min(w.a.tokenAt(e.Start), int32(len(w.a.toks)-1))].par
}

// fillTurns gives the bare turns that follow p, up to q, to b and a in turn.
func (w *walker) fillTurns(p, q int, a, b int32) {
	par := w.paragraph(p)
	for k, n := p+1, 1; k < q; k++ {
		if w.nested[k] {
			continue
		}
		if w.paragraph(k) != par+1 || !w.bareTurn(k) {
			return
		}
		par++
		w.turn[k] = a
		if n%2 == 1 {
			w.turn[k] = b
		}
		n++
	}
}
