// Package nearest finds speakers in the plainest way: prose's own entities, and
// the name that stands nearest.
//
// In go a tokenized and tagged document and its quotations; out come its names,
// their entities, and a speaker for each quotation. It is what the trained
// stages are measured against (--engine prose), and is meant to stay small.
//
// Names are the runs of proper nouns, people where prose's entity extractor marks
// one or a form of address or office stands before them, else organizations
// (names.go). A name of one word is the person whose last word it is. A source that holds a name is spoken by that name; a pronoun by the
// person named last before it; a statement without a source by the name nearest
// to its cue in the same sentence, else by who spoke before in the paragraph.
// Any other source is spoken by somebody unnamed. Ties go to the earlier name.
package nearest

import (
	"fmt"
	"slices"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
)

// Resolver finds speakers. It is safe for concurrent use.
type Resolver struct{ names *names }

// New loads prose's models, once (about 0.3 s).
func New(l *lang.Language) (*Resolver, error) {
	n, err := shared()
	if err != nil {
		return nil, fmt.Errorf("load prose's entities: %w", err)
	}
	return &Resolver{&names{n.model, lang.Bind[words](l)}}, nil
}

// The ways in which a speaker is found.
const (
	byName    = "name in source"
	byPronoun = "person named last"
	byNearest = "nearest name"
	byBefore  = "speaker before"
	byNobody  = "nobody named"
)

// shares are how often each way is right, measured on 60 articles of PolNeAR's
// training part with gold statements and sources.
var shares = map[string]float32{byName: 0.58, byPronoun: 0.31, byNearest: 0.02, byBefore: 0.35, byNobody: 0.69}

// walk is one article on its way.
type walk struct {
	doc    *news.Document
	res    news.Result
	found  []name
	tokens []int32 // of each token: the name over it, -1
	extra  []news.Mention
}

// Resolve finds the names of an article and the speakers of its quotations.
func (r *Resolver) Resolve(d *news.Document, quotes []news.Quote) news.Result {
	w := &walk{doc: d, res: news.Result{Doc: d, Quotes: quotes, Attributions: make([]news.Attribution, len(quotes))}}
	w.found = r.names.find(d)
	w.res.Entities = gather(d, w.found)
	w.tokens = make([]int32, len(d.Tokens))
	for i := range w.tokens {
		w.tokens[i] = -1
	}
	for i, n := range w.found {
		for t := n.tokens.First; t < n.tokens.End; t++ {
			w.tokens[t] = int32(i)
		}
	}
	for q := range quotes {
		w.res.Attributions[q] = w.speaker(q)
	}
	w.finish()
	return w.res
}

// speaker attributes quotation q.
func (w *walk) speaker(q int) news.Attribution {
	x := &w.res.Quotes[q]
	source := w.doc.TokensOf(x.Source)
	form, entity, how := news.FormNone, int32(-1), byNobody
	switch {
	case source.Empty():
		if entity, how = w.around(x), byNearest; entity < 0 {
			entity, how = w.before(q), byBefore
		}
	case w.nameIn(source) >= 0:
		form, entity, how = news.Name, w.nameIn(source), byName
	case pronoun(w.doc.Tokens[source.First].Tag):
		form, entity, how = news.Pronoun, w.personBefore(source.First), byPronoun
		if entity >= 0 {
			w.extra = append(w.extra, news.Mention{Span: w.doc.Span(source), Form: form, Entity: entity})
		}
	default:
		form = news.Nominal
	}
	a := news.Attribution{Entity: entity, Form: form, Method: how, Confidence: shares[how]}
	switch {
	case entity >= 0:
		a.Kind = w.res.Entities[entity].Kind
		a.Candidates = []news.Candidate{{Entity: entity, Probability: a.Confidence}}
	case form == news.Nominal:
		a = w.unnamed(x, source)
	default:
		a.Method, a.Confidence = byNobody, shares[byNobody]
	}
	return a
}

// unnamed makes an entity of a source that names nobody.
func (w *walk) unnamed(x *news.Quote, source news.TokenRange) news.Attribution {
	kind := news.Unnamed
	for i := source.First; i < source.End; i++ {
		switch w.doc.Tokens[i].Tag {
		case news.TagNNS:
			kind = news.Group
		case news.TagIN, news.TagCOMMA, news.TagWP:
			i = source.End // what follows says more of the head
		}
	}
	id := int32(len(w.res.Entities))
	w.res.Entities = append(w.res.Entities, news.Entity{Name: x.Source.Of(w.doc.Text), Kind: kind})
	w.extra = append(w.extra, news.Mention{Span: x.Source, Form: news.Nominal, Entity: id})
	return news.Attribution{Entity: id, Kind: kind, Form: news.Nominal, Method: byNobody, Confidence: shares[byNobody],
		Candidates: []news.Candidate{{Entity: id, Probability: shares[byNobody]}}}
}

func pronoun(t news.Tag) bool { return t == news.TagPRP || t == news.TagPRPS || t == news.TagWP }

// nameIn is the entity of the first name among tokens r, a person before others;
// -1 for none.
func (w *walk) nameIn(r news.TokenRange) int32 {
	first := int32(-1)
	for i := r.First; i < r.End; i++ {
		if n := w.tokens[i]; n >= 0 {
			id := w.found[n].entity
			if w.res.Entities[id].Kind == news.Person {
				return id
			}
			if first < 0 {
				first = id
			}
		}
	}
	return first
}

// personBefore is the person named last before token i; -1 for none.
func (w *walk) personBefore(i int32) int32 {
	for i--; i >= 0; i-- {
		if n := w.tokens[i]; n >= 0 && w.res.Entities[w.found[n].entity].Kind == news.Person {
			return w.found[n].entity
		}
	}
	return -1
}

// around is the entity named nearest to the cue of a quotation without a source,
// outside of its content and in the cue's sentence; -1 for none.
func (w *walk) around(x *news.Quote) int32 {
	cue := w.doc.TokensOf(x.Cue)
	if cue.Empty() {
		return -1
	}
	s := w.doc.Sentences[w.doc.SentenceAt(cue.First)]
	best, at := int32(-1), int32(1<<30)
	for i := s.First; i < s.End; i++ {
		n := w.tokens[i]
		if n < 0 || slices.ContainsFunc(x.Parts, func(p news.Part) bool { return p.Span.Overlaps(w.doc.Tokens[i].Span) }) {
			continue
		}
		if d := max(cue.First-i, i-cue.End+1); d < at {
			best, at = w.found[n].entity, d
		}
	}
	return best
}

// before is who speaks the quotation before q, in the same paragraph or the one
// before it; -1 for nobody.
func (w *walk) before(q int) int32 {
	if q == 0 {
		return -1
	}
	at := func(q int) int {
		r := w.doc.TokensOf(w.res.Quotes[q].Parts[0].Span)
		return w.doc.ParagraphAt(r.First)
	}
	if at(q)-at(q-1) > 1 {
		return -1
	}
	return w.res.Attributions[q-1].Entity
}

// finish puts the mentions in text order and numbers the entities by the first
// of theirs.
func (w *walk) finish() {
	for _, n := range w.found {
		w.res.Mentions = append(w.res.Mentions, news.Mention{Span: w.doc.Span(n.tokens), Form: news.Name, Entity: n.entity})
	}
	w.res.Mentions = append(w.res.Mentions, w.extra...)
	slices.SortStableFunc(w.res.Mentions, func(x, y news.Mention) int {
		if x.Span.Start != y.Span.Start {
			return int(x.Span.Start - y.Span.Start)
		}
		return int(y.Span.End - x.Span.End)
	})
	w.res.Mentions = slices.CompactFunc(w.res.Mentions, func(x, y news.Mention) bool { return x.Span == y.Span })
	number := make([]int32, len(w.res.Entities))
	for i := range number {
		number[i] = -1
	}
	var kept []news.Entity
	keep := func(id int32) int32 {
		if number[id] < 0 {
			number[id] = int32(len(kept))
			kept = append(kept, w.res.Entities[id])
		}
		return number[id]
	}
	for i := range w.res.Mentions {
		w.res.Mentions[i].Entity = keep(w.res.Mentions[i].Entity)
	}
	for i := range w.res.Attributions {
		a := &w.res.Attributions[i]
		if a.Entity >= 0 {
			a.Entity = keep(a.Entity)
		}
		for k := range a.Candidates {
			a.Candidates[k].Entity = keep(a.Candidates[k].Entity)
		}
	}
	w.res.Entities = kept
}
