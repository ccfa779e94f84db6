package people

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"slices"

	"github.com/klauspost/compress/zstd"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/spill"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// persons are what the roots of the partition are: their ids, and when they
// were first seen.
type persons struct {
	id    []uint64 // by root
	first []int64
	links []uint32
}

// settle gives every root its id: that of the run before, where it has one,
// else that of its first entity. Where two persons of the run before have
// become one, the older id stays.
func (l *linker) settle() *persons {
	n := len(l.table)
	p := &persons{make([]uint64, n), make([]int64, n), make([]uint32, n)}
	was := make([]bool, n) // id is of the run before
	firstOf := make([]int64, n)
	for i := range n {
		x, r := &l.table[i], l.parts.root(int32(i))
		p.links[r] += x.links
		if p.id[r] == 0 || x.first < p.first[r] {
			p.first[r] = x.first
		}
		older := p.id[r] == 0 || x.first < firstOf[r]
		if old := x.person != 0; old && !was[r] || old == was[r] && older {
			p.id[r], firstOf[r], was[r] = x.id, x.first, old
			if old {
				p.id[r] = x.person
			}
		}
	}
	gone := map[uint64]uint64{}
	for old, node := range l.byPerson {
		if now := p.id[l.parts.root(node)]; old != now {
			gone[old] = now
		}
	}
	l.merged = map[string]string{}
	for old, id := range gone {
		l.merged[idText(old)] = idText(id)
	}
	return p
}

// writeLinks writes person_links: those of the run before stay, unless persons
// have become one.
func (l *linker) writeLinks(ctx context.Context) error {
	l.persons = l.settle()
	if err := l.followOld(); err != nil {
		return err
	}
	if len(l.merged) == 0 {
		if err := l.out.Keep(output.PersonLinks); err != nil {
			return err
		}
	} else if err := l.rewriteLinks(); err != nil {
		return err
	}
	w, err := step.Writer[output.PersonLinkRow](l.out)
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(l.links.Sorted())
	defer stop()
	r, rerr, ok := next()
	l.in.Progress("writing links", 0, 0)
	var seen []int32
	for entities, err := range l.in.New.Entities(ctx) {
		if err != nil {
			return err
		}
		number := entities[0].Article.Number
		seen = seen[:0]
		for ok && rerr == nil {
			order := int64(binary.BigEndian.Uint64(r.Key))
			if order>>orderBits > number {
				break
			}
			if order>>orderBits == number {
				e := &entities[order&(1<<orderBits-1)]
				node := int32(binary.LittleEndian.Uint32(r.Value))
				root := l.parts.root(node)
				if slices.Contains(seen, root) && !l.articles[hashOf(e.Article.ID)] {
					l.dup[node]++
				}
				seen = append(seen, root)
				row := l.linkRow(e, node, root, float64(binary.LittleEndian.Uint32(r.Value[4:]))/1e6, r.Value[8])
				if err := errors.Join(w.Write(&row), l.moves(&row)); err != nil {
					return err
				}
			}
			r, rerr, ok = next()
		}
		if rerr != nil {
			return rerr
		}
	}
	return l.writeChanges()
}

// linkRow makes the row of an entity's link.
func (l *linker) linkRow(e *step.Entity, node, root int32, p float64, method byte) output.PersonLinkRow {
	row := output.PersonLinkRow{ArticleID: e.Article.ID, EntityID: e.EntityID, PersonID: idText(l.persons.id[root]), Method: "name"}
	sure, variant := l.sure[node]
	if variant {
		p *= sure
		row.Method = "variant"
	}
	switch {
	case method == methodShort:
		row.Method = "short"
	case l.persons.links[root] == 1:
		row.Method = "single"
	}
	row.Probability = float32(p)
	return row
}

// rewriteLinks writes the parts of the links of the run before anew in which
// an id is another now; the others stay.
func (l *linker) rewriteLinks() error {
	type linked struct {
		PersonID string `parquet:"person_id,dict"`
	}
	for _, part := range l.in.Previous[output.PersonLinks] {
		changes := false
		_, err := output.ReadColumns(part, func(r *linked) error {
			changes = changes || l.merged[r.PersonID] != ""
			return nil
		})
		if err == nil && changes {
			err = l.rewritePart(part)
		} else if err == nil {
			err = l.out.Keep(output.PersonLinks, part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *linker) rewritePart(part string) error {
	w, err := step.Writer[output.PersonLinkRow](l.out)
	if err != nil {
		return err
	}
	_, err = output.ReadFile(part, func(r *output.PersonLinkRow) error {
		if id := l.merged[r.PersonID]; id != "" {
			r.PersonID = id
		}
		return w.Write(r)
	})
	if err != nil {
		return err
	}
	return l.out.Close(w)
}

// writePeople writes the people and the state for the next run.
func (l *linker) writePeople(ctx context.Context) error {
	people, state := spill.New(l.in.Temp, l.in.Memory/2), spill.New(l.in.Temp, l.in.Memory/2)
	defer people.Close()
	defer state.Close()
	l.in.Progress("writing people", 0, 0)
	var key [12]byte
	var raw []byte
	err := l.nodes.each(func(i int32, _ bool, n *summary, _ []byte) error {
		root := l.parts.root(i)
		n.person = l.persons.id[root]
		n.articles -= min(n.articles, l.dup[i])
		raw = n.encode(raw[:0])
		binary.BigEndian.PutUint64(key[:], uint64(l.persons.first[root]))
		binary.BigEndian.PutUint32(key[8:], uint32(root))
		if err := people.Add(key[:], raw); err != nil {
			return err
		}
		if err := state.Add([]byte(n.key), raw); err != nil {
			return err
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if err := l.writeRows(people); err != nil {
		return err
	}
	return l.writeState(state)
}

// writeRows writes the rows of the persons whose nodes are sorted by person.
func (l *linker) writeRows(sorted *spill.Sorter) error {
	persons, err := newNodeFile(l.in.Temp)
	if err != nil {
		return err
	}
	defer persons.close()
	if err := gather(sorted, persons); err != nil {
		return err
	}
	ids, err := l.identifyAll(persons)
	if err != nil {
		return err
	}
	w, err := step.Writer[output.PersonRow](l.out)
	if err != nil {
		return err
	}
	return persons.each(func(i int32, _ bool, s *summary, _ []byte) error {
		row := l.row(s)
		if row.WikidataID = ids[i]; row.WikidataID != "" {
			l.rows.wikidata++
		}
		return w.Write(&row)
	})
}

// gather makes one summary of the nodes of each person.
func gather(sorted *spill.Sorter, persons *nodeFile) error {
	var all *summary
	var key []byte
	flush := func() error {
		if all == nil {
			return nil
		}
		return persons.add(all, false)
	}
	for r, err := range sorted.Sorted() {
		if err != nil {
			return err
		}
		n := new(summary)
		if err := decodeSummary(r.Value, n); err != nil {
			return err
		}
		if n.short { // parts of names are aliases
			n.aliases, n.names = n.names, nil
		}
		if string(r.Key) == string(key) {
			all.absorb(n)
			continue
		}
		if err := flush(); err != nil {
			return err
		}
		all, key = n, append(key[:0], r.Key...)
	}
	return flush()
}

// row makes the row of a person.
func (l *linker) row(s *summary) output.PersonRow {
	row := output.PersonRow{
		PersonID: idText(s.person), Name: s.commonest(), Kind: "organization", Aliases: []string{}, Titles: []output.TitleRow{},
		NArticles: int32(s.articles), NOutlets: int32(len(s.outlets)), NQuotes: int32(s.quotes), NWords: int32(s.words),
		FirstSeen: stamp(s.from), LastSeen: stamp(s.to), Confidence: float32(s.sure / float64(max(1, s.links))),
	}
	l.rows.bodies++
	if s.isPerson() {
		row.Kind = "person"
		l.rows.bodies--
		l.rows.persons++
		g, basis := s.gender()
		row.Gender = []string{"", "female", "male"}[g]
		if g != 0 {
			row.GenderBasis = []string{"first_name", "title", "pronoun"}[basis]
		}
	}
	forms := append(slices.Clone(s.names), s.aliases...)
	slices.SortStableFunc(forms, func(x, y counted) int { return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.text, y.text)) })
	for _, f := range forms {
		if f.text != row.Name && !slices.Contains(row.Aliases, f.text) {
			row.Aliases = append(row.Aliases, f.text)
		}
	}
	if row.Name == "" { // a part of a name is all there is
		row.Name, row.Aliases = row.Aliases[0], row.Aliases[1:]
	}
	slices.SortStableFunc(s.titles, func(x, y dated) int { return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.text, y.text)) })
	for _, t := range s.titles {
		row.Titles = append(row.Titles, output.TitleRow{Title: t.text, FirstSeen: stamp(t.first), LastSeen: stamp(t.last)})
	}
	return row
}

func stamp(t int64) *output.Timestamp {
	if t == noTime {
		return nil
	}
	at := output.Timestamp(t)
	return &at
}

// writeState keeps the counts and the nodes, sorted by name, for the next run.
func (l *linker) writeState(sorted *spill.Sorter) error {
	out, err := l.out.State(nodesName)
	if err != nil {
		return err
	}
	w, err := zstd.NewWriter(out, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	if err := l.c.save(w); err != nil {
		return err
	}
	var head []byte
	for r, err := range sorted.Sorted() {
		if err != nil {
			return err
		}
		head = binary.AppendUvarint(head[:0], uint64(len(r.Value)))
		if _, err := w.Write(append(head, r.Value...)); err != nil {
			return err
		}
	}
	if _, err := w.Write([]byte{0}); err != nil {
		return err
	}
	return w.Close()
}
