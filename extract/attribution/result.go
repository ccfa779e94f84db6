package attribution

import (
	"slices"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// found is a mention on its way to the result.
type found struct {
	span   news.Span
	form   news.MentionForm
	entity int32
}

// result gathers what the walk has found: entities that somebody or something
// mentions, in order of first mention, and their mentions.
func (w *walker) result() news.Result {
	w.firstPerson()
	res := news.Result{Doc: w.Doc, Quotes: w.quotes, Attributions: make([]news.Attribution, len(w.quotes))}
	place := make([]int32, len(w.Entities))
	for i := range place {
		place[i] = -1
	}
	keep := func(id int32) int32 {
		if place[id] < 0 {
			place[id] = int32(len(res.Entities))
			res.Entities = append(res.Entities, w.entity(&w.Entities[id]))
		}
		return place[id]
	}
	all := w.mentions()
	for k, f := range all {
		if k > 0 && f.span == all[k-1].span {
			continue
		}
		res.Mentions = append(res.Mentions, news.Mention{Span: f.span, Form: f.form, Entity: keep(f.entity)})
	}
	for q := range w.quotes {
		res.Attributions[q] = w.attribution(q, keep)
	}
	return res
}

// mentions lists the mentions of entities that can speak, in text order; what
// only a quotation's own words name comes with its source.
func (w *walker) mentions() []found {
	var all []found
	for i := range w.Mentions {
		m := &w.Mentions[i]
		if m.Entity >= 0 && w.Entities[m.Entity].Kind != news.Unknown {
			all = append(all, found{w.Doc.Span(news.TokenRange{First: m.First, End: m.End}), m.Form, m.Entity})
		}
	}
	for q := range w.quotes {
		d, s := &w.done[q], &w.sources[q]
		if d.choice >= 0 && w.Entities[d.choice].Class != coref.NoClass && s.mention < 0 && s.form != news.FormNone && !w.quotes[q].Source.Empty() {
			all = append(all, found{w.quotes[q].Source, s.form, d.choice})
		}
	}
	slices.SortStableFunc(all, func(x, y found) int {
		if x.span.Start != y.span.Start {
			return int(x.span.Start - y.span.Start)
		}
		return int(y.span.End - x.span.End)
	})
	return all
}

// attribution is the outcome of quotation q.
func (w *walker) attribution(q int, keep func(int32) int32) news.Attribution {
	d := &w.done[q]
	at := news.Attribution{Entity: -1, Kind: d.kind, Confidence: d.confidence, Method: d.method, Why: d.why}
	if !w.quotes[q].Source.Empty() {
		at.Form = w.sources[q].form
	}
	if d.choice >= 0 {
		at.Entity = keep(d.choice)
		at.Kind = w.Entities[d.choice].Kind
		at.Title = w.title(q, d.choice)
	}
	for _, c := range d.candidates {
		if w.Entities[c.entity].Kind != news.Unknown {
			at.Candidates = append(at.Candidates, news.Candidate{Entity: keep(c.entity), Probability: c.p})
		}
	}
	return at
}

// title is the office that the source gives the speaker, else the first that
// the article gives.
func (w *walker) title(q int, id int32) string {
	e := &w.Entities[id]
	if len(e.Titles) == 0 {
		return ""
	}
	if m := w.sources[q].name; m >= 0 {
		if r := w.Mentions[m].Title; !r.Empty() {
			if t := w.Text(r.First, r.End); slices.Contains(e.Titles, t) {
				return t
			}
		}
	}
	return e.Titles[0]
}

// entity is e as the result has it.
func (w *walker) entity(e *coref.Entity) news.Entity {
	out := e.Entity
	sex, basis := e.Sex, e.GenderBasis
	if votes := e.Votes + e.Spoken; votes != 0 && e.Kind == news.Person && (sex == 0 || basis == news.ByFirstName && (votes > 0) != (sex > 0) && (votes > 3 || votes < -3)) {
		sex, basis = 1, news.ByPronoun
		if votes < 0 {
			sex = -1
		}
	}
	out.Gender, out.GenderBasis = news.GenderUnknown, news.BasisNone
	if sex == 0 {
		return out
	}
	if out.Gender, out.GenderBasis = news.Female, basis; sex < 0 {
		out.Gender = news.Male
	}
	if basis == news.BasisNone {
		out.GenderBasis = news.ByTitle
	}
	return out
}

// firstPerson gives I and my inside a quotation to its speaker.
func (w *walker) firstPerson() {
	for q := range w.quotes {
		id := w.done[q].choice
		if id < 0 || w.Entities[id].Kind != news.Person && w.Entities[id].Kind != news.Unnamed {
			continue
		}
		for _, p := range w.quotes[q].Parts {
			if !p.Quoted {
				continue
			}
			r := w.TokensIn(p.Span)
			for i := r.First; i < r.End; i++ {
				if m := w.ByToken[i]; m >= 0 && w.Mentions[m].Class == coref.First && !w.Mentions[m].Plural && w.Mentions[m].Entity < 0 {
					w.Mentions[m].Entity = id
				}
			}
		}
	}
}
