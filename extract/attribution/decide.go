package attribution

import (
	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/news"
)

// decide settles quotation q.
func (w *walker) decide(q int, at int32) {
	if words := w.sources[q].words; !words.Empty() {
		if p, ok := w.bySpan[words]; ok { // two statements of one source have one speaker
			w.done[q] = w.done[p]
			w.done[q].anchor = at
			w.record(q, at)
			return
		}
		w.bySpan[words] = q
	}
	ids := w.candidates(q, at)
	choices := w.measure(q, at, ids)
	best := w.best(q, choices)
	c := &choices[best]
	d := &w.done[q]
	d.made, d.anchor, d.choice, d.kind = true, at, c.Entity, c.Kind
	w.probabilities(d, choices, best)
	d.method = w.method(q, c, w.row0(best))
	if w.o.Explain {
		d.why = w.explain(q, choices, best)
	}
	switch {
	case c.Entity == ownPhrase || c.Entity == ownNamed:
		w.own(q, c)
	case c.Entity >= 0 && w.Entities[c.Entity].Kind == news.Unknown:
		w.Entities[c.Entity].Kind = news.Organization // it speaks
	case c.Entity == nobody:
		d.kind = news.Unknown
	}
	w.link(q)
	w.record(q, at)
}

// best is the index of the likeliest candidate; the probabilities of all stand
// in probs.
func (w *walker) best(q int, choices []Choice) int {
	best := 0
	points := w.points[:len(choices)]
	if w.o.Ranker != nil {
		w.o.Ranker.Score(w.rows, points)
	} else {
		clear(points)
	}
	forest.Softmax(points, w.probs[:])
	for k := range points {
		if points[k] > points[best] {
			best = k
		}
	}
	if w.pick != nil {
		if k := w.pick(q, choices, w.rows); k >= 0 {
			return k
		}
	}
	return best
}

// link ties the source's pronoun or description to the speaker.
func (w *walker) link(q int) {
	s, d := &w.sources[q], &w.done[q]
	if s.mention < 0 {
		return
	}
	w.state.Waiting[s.mention] = false
	m := &w.Mentions[s.mention]
	if m.Entity >= 0 || d.choice < 0 {
		return
	}
	w.state.Link(s.mention, d.choice)
	w.Entities[d.choice].Spoken += int32(s.sex)
}

// own turns the source's own words into an entity: the one that a definite
// description with the same head made before, or a new one.
func (w *walker) own(q int, c *Choice) {
	s, d := &w.sources[q], &w.done[q]
	if c.Name == "" {
		d.choice, d.kind = nobody, news.Unknown
		return
	}
	if id := w.state.ByHead(w.Low(s.head)); id >= 0 && s.definite && w.Entities[id].Class != coref.NoClass && w.Entities[id].Kind == d.kind {
		if f := w.Describes(s.tokens.First, s.head+1, s.head, s.class, s.plural, s.sex, &w.Entities[id]); f.Role >= 2 && f.Miss == 0 {
			d.choice = id
			return
		}
	}
	d.choice = w.state.AddDescribed(s.tokens.First, s.tokens.End, s.head, s.class, s.sex, s.plural || d.kind == news.Group, d.kind, c.Name)
}

// method says in words how the speaker was found.
func (w *walker) method(q int, c *Choice, f []float32) string {
	s := &w.sources[q]
	switch {
	case c.Entity == nobody:
		return "no likely speaker"
	case c.Entity == author:
		return "the article's own voice"
	case c.IsOwn() && s.several:
		return "several in source"
	case c.IsOwn():
		return "source's own words"
	case s.class == coref.Asker || s.class == coref.Answerer:
		return "question and answer"
	}
	switch {
	case s.form == news.Name && f[fHead] == 3:
		return "name in source"
	case s.form == news.Name:
		return "name ranked"
	case f[fRelative] == 1:
		return "head of relative clause"
	case s.class == coref.First:
		return "first person is its speaker"
	case s.form == news.Pronoun:
		return "pronoun ranked"
	case s.form == news.Nominal && f[fRole] >= 2:
		return "description matched"
	case s.form == news.Nominal:
		return "description ranked"
	}
	switch {
	case len(w.spoken) > 0 && w.done[w.spoken[len(w.spoken)-1]].choice == c.Entity:
		return "continues previous speaker"
	case f[fSubjectHere] == 1:
		return "named in the same sentence"
	}
	return "most likely from context"
}

// probabilities keeps the likeliest entities and calibrates the winner's
// probability by the form of the source.
func (w *walker) probabilities(d *decision, choices []Choice, best int) {
	p := w.probs[:len(choices)]
	d.confidence = float32(p[best])
	if w.o.Ranker != nil {
		d.confidence = w.o.Ranker.Calibrate(calibrationOf(w.row0(best)), d.confidence)
	}
	d.candidates = nil
	for len(d.candidates) < 5 {
		next := -1
		for k := range p {
			if choices[k].Entity >= 0 && p[k] >= 0.005 && (next < 0 || p[k] > p[next]) {
				next = k
			}
		}
		if next < 0 {
			break
		}
		d.candidates = append(d.candidates, ranked{choices[next].Entity, float32(p[next])})
		p[next] = 0
	}
}

// Calibrations is the number of tables that a ranker has: one for each form of
// source, and one for what has neither source nor cue.
const Calibrations = 5

func calibrationOf(f []float32) int {
	if f[fBare] == 1 {
		return 4
	}
	return int(f[fForm])
}
