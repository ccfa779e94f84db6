package shape

import (
	names "github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
)

// Find finds the names of a document and their entities.
func (r *Finder) Find(d *news.Document) *names.Found {
	s := r.scratch.Get().(*scratch)
	defer r.scratch.Put(s)
	a := newAnalysis(r.lex, s, d)
	a.recognize(r.recognizer.Find(d))
	a.findNames()
	a.cluster()
	a.describe()
	f := &names.Found{}
	id := make([]int32, len(a.ents))
	for i := range id {
		id[i] = -1
	}
	last := int32(0)
	for i := range a.mentions {
		m := &a.mentions[i]
		if m.form != news.Name || m.ent < 0 || m.first < last {
			continue
		}
		last = m.end
		if id[m.ent] < 0 {
			id[m.ent] = int32(len(f.Entities))
			f.Entities = append(f.Entities, a.named(&a.ents[m.ent]))
		}
		n := names.Name{Tokens: news.TokenRange{First: m.first, End: m.end}, Confidence: 1, Entity: id[m.ent]}
		if m.titleEnd > m.titleFirst {
			n.Title = news.TokenRange{First: m.titleFirst, End: m.titleEnd}
		}
		e := &f.Entities[n.Entity]
		n.Kind = e.Type
		e.Names = append(e.Names, int32(len(f.Names)))
		f.Names = append(f.Names, n)
	}
	s.keep(a)
	return f
}

// named is e as package entity has it.
func (a *analysis) named(e *entity) names.Entity {
	out := names.Entity{Entity: a.entity(e), Type: names.Organization, Given: e.given}
	switch {
	case e.kind == news.Person:
		out.Type, out.Surname = names.Person, e.surname
	case e.place:
		out.Type = names.Place
	}
	return out
}
