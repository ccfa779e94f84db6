// Package people finds the persons and organizations of a corpus: which
// entities of different articles are one.
//
// In go the entities of a corpus, article by article, each with its name,
// titles and company; out come the tables people, person_links and
// person_changes. It is a step of package corpus.
//
// # How
//
//  1. Entities are sorted by name. Those of one name are parted into nodes
//     (nodes.go): an entity joins the likeliest node, or founds one. A trained
//     model tells how likely two summaries are one (features.go), from titles,
//     the names beside them, dates, outlets, and how common the name is.
//  2. Nodes of names that can be one (initials, nicknames, middle names,
//     acronyms, parts) meet in blocks and are compared by the same model
//     (blocks.go), then joined, the likeliest first, as long as nothing forbids
//     it: another gender, generation, middle name (join.go). A node that may as
//     well be either of two is left alone.
//  3. Parts of names, such as surnames alone, go to the likeliest person of
//     that surname, or to nobody when two are about as likely (short.go).
//  4. Persons get the id of a known person where enough speaks for it (known.go).
//
// The next run begins with the nodes of this one, and compares what is new
// alone. Ids are hashes of the first entity and stay.
//
// # Memory
//
// Entities and nodes are sorted on disk where they are many. In memory are
// some bytes for each node, the nodes of one name or block at a time, and
// counts of names of fixed size.
package people

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/spill"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// Step is the step of package corpus.
type Step struct{ Model *Model }

// Name is that of the step.
func (*Step) Name() string { return "people" }

// Tables are those that the step writes.
func (*Step) Tables() []output.Table {
	return []output.Table{output.People, output.PersonLinks, output.PersonChanges}
}

// linker is one run of the step.
type linker struct {
	m   *Model
	in  *step.Input
	out *step.Output
	c   *counts

	full  *spill.Sorter // new entities by name
	short *spill.Sorter // new entities known by a part of a name, by that part
	links *spill.Sorter // which node or person an entity is of, by its order
	nodes *nodeFile
	table []nodeInfo
	parts *partition
	sure  map[int32]float64

	tokens   map[string]bool  // parts of names that new entities are known by
	articles map[uint64]bool  // that are copies of an earlier one and not counted
	dup      map[int32]uint32 // by node: articles that its person counts twice
	persons  *persons
	merged   map[string]string // ids of the run before that are another now
	rows     rowCounts
}

// nodeInfo is what is kept in memory of each node.
type nodeInfo struct {
	id, person uint64 // person: of the run before; 0 new
	first      int64
}

type rowCounts struct{ persons, bodies, wikidata, unlinked int64 }

// Run makes the tables.
func (s *Step) Run(ctx context.Context, in *step.Input, out *step.Output) error {
	l := &linker{m: s.Model, in: in, out: out, c: newCounts(), tokens: map[string]bool{}, articles: map[uint64]bool{}, dup: map[int32]uint32{}}
	l.full, l.short, l.links = spill.New(in.Temp, in.Memory/2), spill.New(in.Temp, in.Memory/8), spill.New(in.Temp, in.Memory/8)
	defer l.close()
	if err := l.copies(); err != nil {
		return err
	}
	old, err := l.openState()
	if err != nil {
		return err
	}
	if old != nil {
		defer old.close()
	}
	if err := l.read(ctx); err != nil {
		return err
	}
	if err := l.part(ctx, old); err != nil {
		return err
	}
	if err := l.join(ctx); err != nil {
		return err
	}
	if err := l.resolve(ctx); err != nil {
		return err
	}
	if err := l.writeLinks(ctx); err != nil {
		return err
	}
	if err := l.writePeople(ctx); err != nil {
		return err
	}
	out.Counts = map[string]int64{"persons": l.rows.persons, "organizations": l.rows.bodies, "wikidata": l.rows.wikidata, "unlinked": l.rows.unlinked}
	return nil
}

func (l *linker) close() {
	for _, s := range []*spill.Sorter{l.full, l.short, l.links} {
		_ = s.Close()
	}
	if l.nodes != nil {
		l.nodes.close()
	}
}

// copies notes the articles that count for nothing, as they are copies.
func (l *linker) copies() error {
	if !l.in.CopiesOnce {
		return nil
	}
	return step.Rows(l.in.Made, func(r *output.CopyRow) error {
		if !r.IsEarliest {
			l.articles[hashOf(r.ArticleID)] = true
		}
		return nil
	})
}

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

// part parts the entities of each name into nodes, beginning with the nodes
// of the run before.
func (l *linker) part(ctx context.Context, old *stateReader) error {
	var err error
	if l.nodes, err = newNodeFile(l.in.Temp); err != nil {
		return err
	}
	g := &group{}
	var key string
	total := l.full.Len()
	var done int64
	flush := func() error {
		if len(g.nodes) > 0 {
			g.settle(l.m, l.c)
		}
		err := l.keep(g)
		*g = group{}
		return err
	}
	// before passes the old nodes up to key on, and puts those of key into g.
	before := func(key string) error {
		for old != nil {
			n, err := old.peek()
			if err != nil || n == nil || n.key > key {
				return err
			}
			if n.key == key && !n.short {
				g.nodes, g.touched = append(g.nodes, n), append(g.touched, false)
			} else if err := l.keep(&group{nodes: []*summary{n}, touched: []bool{false}}); err != nil {
				return err
			}
			old.pop()
		}
		return nil
	}
	for r, err := range l.full.Sorted() {
		if err != nil {
			return err
		}
		if string(r.Key) != key {
			if err := flush(); err != nil {
				return err
			}
			key = string(r.Key)
			if err := before(key); err != nil {
				return err
			}
		}
		if done++; done%50000 == 0 {
			l.in.Progress("telling namesakes apart", done, total)
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
		}
		e := new(summary)
		if err := decodeSummary(r.Value, e); err != nil {
			return err
		}
		g.add(l.m, l.c, e)
	}
	if err := flush(); err != nil {
		return err
	}
	return before("\U0010FFFF")
}

// keep writes the nodes of a group, and which of them its entities are of.
func (l *linker) keep(g *group) error {
	base := int32(len(l.table))
	for i, n := range g.nodes {
		if err := l.addNode(n, g.touched[i]); err != nil {
			return err
		}
	}
	for _, a := range g.links {
		if a.node < 0 {
			l.rows.unlinked++
			continue
		}
		if err := l.addLink(a.order, base+int32(a.node), a.p, methodName); err != nil {
			return err
		}
	}
	return nil
}

func (l *linker) addNode(n *summary, touched bool) error {
	l.table = append(l.table, nodeInfo{n.id, n.person, n.first})
	return l.nodes.add(n, touched)
}

// Methods of a link.
const (
	methodName byte = iota
	methodShort
)

// addLink notes that an entity is of a node.
func (l *linker) addLink(order int64, node int32, p float64, method byte) error {
	var key, value [9]byte
	binary.BigEndian.PutUint64(key[:8], uint64(order))
	binary.LittleEndian.PutUint32(value[:4], uint32(node))
	binary.LittleEndian.PutUint32(value[4:8], uint32(p*1e6))
	value[8] = method
	return l.links.Add(key[:8], value[:])
}

// join joins the nodes that are one person.
func (l *linker) join(ctx context.Context) error {
	sorter := spill.New(l.in.Temp, l.in.Memory/2)
	defer sorter.Close()
	// Old nodes take part where a new one shares a block with them.
	var wanted map[uint64]bool
	all := true
	for i := range l.table {
		if l.table[i].person != 0 {
			all = false
			break
		}
	}
	if !all {
		wanted = map[uint64]bool{}
		err := l.nodes.each(func(_ int32, touched bool, n *summary, _ []byte) error {
			if touched {
				for _, k := range keys(n) {
					wanted[xxhash.Sum64String(k)] = true
				}
			}
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	l.in.Progress("comparing names", 0, 0)
	var value []byte
	err := l.nodes.each(func(i int32, touched bool, n *summary, raw []byte) error {
		for _, k := range keys(n) {
			if !all && !wanted[xxhash.Sum64String(k)] {
				continue
			}
			value = binary.LittleEndian.AppendUint32(value[:0], uint32(i))
			value = append(value, 0)
			if touched {
				value[4] = 1
			}
			value = append(value, raw...)
			if err := sorter.Add([]byte(k), value); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	var list []edge
	need := map[int32]nodeName{}
	if err := edges(sorter.Sorted(), l.m, l.c, func(e edge) {
		list = append(list, e)
		need[e.a], need[e.b] = nodeName{}, nodeName{}
	}); err != nil {
		return err
	}
	l.parts = newPartition(len(l.table))
	l.rejoin()
	err = l.nodes.each(func(i int32, _ bool, n *summary, _ []byte) error {
		if _, ok := need[i]; ok {
			x := *n.name()
			g, basis := n.gender()
			if basis == 0 { // a first name is no proof
				g = 0
			}
			need[i] = nodeName{n.key, n.isPerson(), g, &x}
		}
		return nil
	})
	if err != nil {
		return err
	}
	l.sure = l.parts.join(list, func(n int32) nodeName { return need[n] })
	return nil
}

// rejoin puts the nodes together that were one person in the run before.
func (l *linker) rejoin() {
	at := map[uint64]int32{}
	for i := range l.table {
		p := l.table[i].person
		if p == 0 {
			continue
		}
		if first, ok := at[p]; ok {
			l.parts.link(first, int32(i))
		} else {
			at[p] = int32(i)
		}
	}
}
