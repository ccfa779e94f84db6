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
	"io"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/spill"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// Step is the step of package corpus.
type Step struct {
	Model *Model
	// Known opens the file of known people; nil: nobody is known.
	Known func() (io.ReadCloser, error)
}

// Name is that of the step.
func (*Step) Name() string { return "people" }

// Tables are those that the step writes.
func (*Step) Tables() []output.Table {
	return []output.Table{output.People, output.PersonLinks, output.PersonChanges}
}

// linker is one run of the step.
type linker struct {
	m     *Model
	known func() (io.ReadCloser, error)
	in    *step.Input
	out   *step.Output
	c     *counts

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
	one      [][2]uint64      // persons of the run before who are one
	byPerson map[uint64]int32 // a node of each person of the run before
	persons  *persons
	moved    *spill.Sorter     // links of a run that is replaced, and of this one
	there    map[string]bool   // ids of now, where a run is replaced
	merged   map[string]string // ids of the run before that are another now
	rows     rowCounts
}

// nodeInfo is what is kept in memory of each node.
type nodeInfo struct {
	id, person uint64 // person: of the run before; 0 new
	first      int64
	links      uint32
}

type rowCounts struct{ persons, bodies, wikidata, unlinked int64 }

// Run makes the tables.
func (s *Step) Run(ctx context.Context, in *step.Input, out *step.Output) error {
	l := &linker{m: s.Model, known: s.Known, in: in, out: out, c: newCounts(), tokens: map[string]bool{}, articles: map[uint64]bool{}, dup: map[int32]uint32{}}
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
	if l.moved != nil {
		_ = l.moved.Close()
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
