package speaker

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// result gathers what the walk has found: entities that somebody or something
// mentions, in order of first mention, and their mentions.
func (w *walker) result() news.Result {
	a := w.a
	w.firstPerson()
	res := news.Result{Doc: a.doc, Quotes: w.quotes, Attributions: make([]news.Attribution, len(w.quotes))}
	keep := func(id int32) int32 {
		e := &a.ents[id]
		if e.out < 0 {
			e.out = int32(len(res.Entities))
			res.Entities = append(res.Entities, a.entity(e))
		}
		return e.out
	}
	// entities that only a quotation's own words name come with their source
	type found struct {
		span news.Span
		form news.MentionForm
		ent  int32
	}
	var all []found
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.ent >= 0 {
			all = append(all, found{a.doc.Span(news.TokenRange{First: m.first, End: m.end}), m.form, m.ent})
		}
	}
	for q := range w.quotes {
		d := &w.done[q]
		if d.choice >= 0 && a.ents[d.choice].class != noClass && w.sources[q].mention < 0 && w.sources[q].form != news.FormNone && !w.quotes[q].Source.Empty() {
			all = append(all, found{w.quotes[q].Source, w.sources[q].form, d.choice})
		}
	}
	slices.SortStableFunc(all, func(x, y found) int {
		if x.span.Start != y.span.Start {
			return int(x.span.Start - y.span.Start)
		}
		return int(y.span.End - x.span.End)
	})
	for k, f := range all {
		if k > 0 && f.span == all[k-1].span {
			continue
		}
		res.Mentions = append(res.Mentions, news.Mention{Span: f.span, Form: f.form, Entity: keep(f.ent)})
	}
	for q := range w.quotes {
		res.Attributions[q] = w.attribution(q, keep)
	}
	return res
}

// attribution is the outcome of quotation q.
func (w *walker) attribution(q int, keep func(int32) int32) news.Attribution {
	d := &w.done[q]
	at := news.Attribution{Entity: -1, Kind: d.kind, Form: w.formOf(q), Confidence: d.confidence, Method: d.method, Why: d.why}
	if d.choice >= 0 {
		at.Entity = keep(d.choice)
		at.Kind = w.a.ents[d.choice].kind
		at.Title = w.title(q, d.choice)
	}
	for _, c := range d.candidates {
		at.Candidates = append(at.Candidates, news.Candidate{Entity: keep(c.ent), Probability: c.p})
	}
	return at
}

// formOf is the form of quotation q's source; FormNone where it has none, even
// if a name after a dash signs it.
func (w *walker) formOf(q int) news.MentionForm {
	if w.quotes[q].Source.Empty() {
		return news.FormNone
	}
	return w.sources[q].form
}

// title is the office that the source gives the speaker, else the first that
// the article gives.
func (w *walker) title(q int, id int32) string {
	e := &w.a.ents[id]
	if len(e.titles) == 0 {
		return ""
	}
	if m := w.sources[q].name; m >= 0 {
		mm := &w.a.mentions[m]
		if mm.titleEnd > mm.titleFirst {
			t := w.a.doc.Span(news.TokenRange{First: mm.titleFirst, End: mm.titleEnd}).Of(w.a.doc.Text)
			if slices.Contains(e.titles, t) {
				return t
			}
		}
	}
	return e.titles[0]
}

// entity is e as the result has it.
func (a *analysis) entity(e *entity) news.Entity {
	out := news.Entity{Name: e.name, Kind: e.kind, Titles: e.titles, Aliases: e.aliases}
	sex, basis := e.sex, e.basis
	if e.votes != 0 && e.kind == news.Person && (sex == 0 || basis == news.ByFirstName && (e.votes > 0) != (sex > 0) && (e.votes > 3 || e.votes < -3)) {
		sex, basis = 1, news.ByPronoun
		if e.votes < 0 {
			sex = -1
		}
	}
	switch sex {
	case 1:
		out.Gender, out.GenderBasis = news.Female, basis
	case -1:
		out.Gender, out.GenderBasis = news.Male, basis
	}
	if out.Gender != news.GenderUnknown && out.GenderBasis == news.BasisNone {
		out.GenderBasis = news.ByTitle
	}
	return out
}

// firstPerson gives I and my inside a quotation to its speaker.
func (w *walker) firstPerson() {
	a := w.a
	for q := range w.quotes {
		id := w.done[q].choice
		if id < 0 || a.ents[id].kind != news.Person && a.ents[id].kind != news.Unnamed {
			continue
		}
		for _, p := range w.quotes[q].Parts {
			if !p.Quoted {
				continue
			}
			r := a.tokensIn(p.Span)
			for i := r.First; i < r.End; i++ {
				if m := a.byToken[i]; m >= 0 && a.mentions[m].class == speakerI && !a.mentions[m].plural && a.mentions[m].ent < 0 {
					a.mentions[m].ent = id
				}
			}
		}
	}
}

// readTitle notes which entities the article's title or first heading names.
func (a *analysis) readTitle() {
	a.inTitle = map[int32]bool{}
	a.surnames = map[string][]int32{}
	for i := range a.ents {
		if e := &a.ents[i]; e.surname != "" {
			a.surnames[e.surname] = append(a.surnames[e.surname], int32(i))
		}
	}
	title := map[string]bool{}
	if a.doc.Article != nil {
		for _, w := range splitWords(a.doc.Article.Title) {
			title[fold(w)] = true
		}
	}
	for i := range a.ents {
		e := &a.ents[i]
		if len(e.words) > 0 && title[e.words[len(e.words)-1]] {
			a.inTitle[int32(i)] = true
		}
	}
	for i := range a.mentions {
		m := &a.mentions[i]
		if a.toks[m.first].sent > 0 {
			break
		}
		if m.form == news.Name && m.ent >= 0 {
			a.inTitle[m.ent] = true
		}
	}
}
