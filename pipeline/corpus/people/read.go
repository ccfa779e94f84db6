package people

import (
	"context"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

func hashOf(articleID string) uint64 { return xxhash.Sum64String(articleID) }

// idOf is the id of an entity, and of a person that was first seen as it.
func idOf(articleID, entityID string) uint64 {
	var h xxhash.Digest
	h.Reset()
	_, _ = h.WriteString(articleID)
	_, _ = h.WriteString("\x00")
	_, _ = h.WriteString(entityID)
	return max(1, h.Sum64())
}

func idText(id uint64) string { return fmt.Sprintf("%016x", id) }

// orderBits are the bits of an order that say which entity of its article.
const orderBits = 20

// mostCompany bounds the names beside an entity that are remembered: those met
// most often in its article.
const mostCompany = 24

// read reads the new entities: counts their names, and sorts them by name.
func (l *linker) read(ctx context.Context) error {
	seen := map[uint64]string{}
	var buf, key []byte
	var company []met
	for entities, err := range l.in.New.Entities(ctx) {
		if err != nil {
			return err
		}
		a := entities[0].Article
		l.c.articles++
		if a.Number%20000 == 0 {
			l.in.Progress("reading entities", a.Number, 0)
		}
		h := xxhash.Sum64String(a.ID)
		if where, again := seen[h]; again {
			return fmt.Errorf("article %q is there twice (%s, %s): folders that share ids cannot be linked together", a.ID, orRun(where), orRun(a.Partition))
		}
		seen[h] = a.Partition
		company = l.company(entities, company[:0])
		for i := range entities {
			e := &entities[i]
			s, ok := l.summarize(e, i, company)
			if !ok {
				continue
			}
			l.follow(s)
			buf = s.encode(buf[:0])
			key = append(key[:0], s.key...)
			to := l.full
			if s.short {
				to = l.short
				l.tokens[s.key[1:]] = true
			}
			if err := to.Add(key, buf); err != nil {
				return err
			}
		}
	}
	return nil
}

func orRun(partition string) string {
	if partition == "" {
		return "a run without partitions"
	}
	return partition
}

// named reports whether an entity of that kind has a name.
func named(kind string) bool { return kind == "person" || kind == "organization" }

func (l *linker) follow(s *summary) {
	kind := kindBody
	if s.isPerson() {
		kind = kindPerson
	}
	if !s.short {
		l.c.company[kind].follow(s)
	}
}

// company is the names of an article, those met most often first.
func (l *linker) company(entities []step.Entity, out []met) []met {
	for i := range entities {
		e := &entities[i]
		if !named(e.Kind) {
			continue
		}
		var h uint32
		if e.Kind == "person" {
			n := personName(e.Name)
			h = contextHash(true, &n)
		} else {
			n := bodyName(e.Name)
			h = contextHash(false, &n)
		}
		if slices.ContainsFunc(out, func(m met) bool { return m.hash == h }) {
			continue
		}
		l.c.names.add(h)
		out = append(out, met{h, uint32(max(1, e.NMentions))})
	}
	slices.SortStableFunc(out, func(x, y met) int { return int(y.n) - int(x.n) })
	return out[:min(len(out), mostCompany+1)]
}

// summarize makes a summary of one entity; false where it has no name.
func (l *linker) summarize(e *step.Entity, i int, company []met) (*summary, bool) {
	if !named(e.Kind) {
		return nil, false
	}
	a := e.Article
	s := &summary{
		id: idOf(a.ID, e.EntityID), first: a.Number<<orderBits | int64(min(i, 1<<orderBits-1)), links: 1,
		names: []counted{{e.Name, 1}}, from: noTime, to: noTime,
	}
	var n name
	if e.Kind == "person" {
		s.kinds[kindPerson] = 1
		n = personName(e.Name)
		if n.last != "" && n.given == "" {
			s.short = true
		}
	} else {
		s.kinds[kindBody] = 1
		n = bodyName(e.Name)
	}
	s.key = n.key
	if n.key == "" {
		return nil, false
	}
	if s.short {
		s.key = "~" + n.last
	} else if e.Kind == "person" {
		l.c.full(&n)
	}
	self := contextHash(e.Kind == "person", &n)
	for _, m := range company {
		if m.hash != self && len(s.context) < mostCompany {
			s.context = append(s.context, met{m.hash, 1})
		}
	}
	slices.SortFunc(s.context, func(x, y met) int {
		if x.hash < y.hash {
			return -1
		}
		return 1
	})
	if a.Outlet != "" {
		s.outlets = []uint32{hash32(a.Outlet)}
	}
	if a.Published != nil {
		s.from, s.to = int64(*a.Published), int64(*a.Published)
	}
	for _, t := range e.Titles {
		if len(s.titles) < 4 {
			s.titles = append(s.titles, dated{t, 1, s.from, s.to})
		}
	}
	for _, al := range e.Aliases {
		if len(s.aliases) < 4 && al != e.Name {
			s.aliases = append(s.aliases, counted{al, 1})
		}
	}
	basis := map[string]int{"first_name": 0, "title": 1, "pronoun": 2}[e.GenderBasis]
	switch e.Gender {
	case "female":
		s.genders[basis][0] = 1
	case "male":
		s.genders[basis][1] = 1
	}
	if !l.articles[hashOf(a.ID)] {
		s.articles, s.quotes, s.words = 1, uint32(max(0, e.NQuotes)), uint32(max(0, e.NWords))
	}
	return s, true
}
