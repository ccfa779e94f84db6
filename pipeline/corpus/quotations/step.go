package quotations

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/segments"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// Step is the step of a link that makes the tables quotations and
// quotation_links. It reads what the steps copies and people have made.
type Step struct{}

// Name of the step.
func (Step) Name() string { return "quotations" }

// Tables it makes.
func (Step) Tables() []output.Table {
	return []output.Table{output.Quotations, output.QuotationLinks}
}

// Run makes them.
func (Step) Run(ctx context.Context, in *step.Input, out *step.Output) (err error) {
	var n note
	kept, err := segments.Open(in, &n)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	c, err := changesOf(in)
	if err != nil {
		return err
	}
	l, err := New(Options{
		Dir: in.Temp, Workers: in.Workers, Memory: in.Memory, CountCopiesOnce: in.CopiesOnce,
		Renamed: c.renamed, Person: func(hash uint32) (string, error) { return person(in, hash) },
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if err := l.load(in, kept, c); err != nil {
		return err
	}
	if err := l.gather(ctx, in, c); err != nil {
		return err
	}
	in.Progress("find the same words", int64(l.store.metas.n), 0)
	x, err := l.group(ctx)
	if err != nil {
		return err
	}
	in.Progress("write quotations", 0, 0)
	if err := x.write(ctx, in, out, &n); err != nil {
		return err
	}
	out.Counts = map[string]int64{"quotations": sum(n.Quotations), "quotations_in_several_articles": n.Several}
	return x.save(out, kept, &n)
}

// gather adds the new statements of the corpus.
func (l *Linker) gather(ctx context.Context, in *step.Input, c *changes) error {
	for batch, err := range in.New.Statements(ctx) {
		if err != nil {
			return err
		}
		for i := range batch {
			s := &batch[i]
			err := l.Add(&Statement{
				QuoteID: s.QuoteID, ArticleID: s.Article.ID, Text: s.Text, Type: s.Type, Person: s.PersonID,
				Published: (*int64)(s.Article.Published), Outlet: s.Article.Outlet, Copy: c.copies[key(s.Article.ID)],
			})
			if err != nil {
				return err
			}
		}
		if n := l.store.metas.n; n>>16 != (n-len(batch))>>16 {
			in.Progress("read statements", int64(n), 0)
		}
	}
	return nil
}

const merged = "merged" // a change of person_changes

// changesOf reads what the steps before have made of copies and people.
func changesOf(in *step.Input) (*changes, error) {
	c := &changes{copies: map[uint64]string{}, moved: map[uint64]bool{}, renamed: map[string]string{}, persons: map[uint32]uint32{}, fresh: map[uint32]bool{}}
	err := step.Rows(in.Made, func(r *output.CopyRow) error {
		at := key(r.ArticleID)
		c.copies[at] = r.CopyID
		if in.CopiesOnce {
			c.moved[at] = true
		}
		return nil
	})
	if err == nil && in.CopiesOnce {
		err = step.Rows(in.Previous, func(r *output.CopyRow) error {
			at := key(r.ArticleID)
			c.moved[at] = c.copies[at] != r.CopyID
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	return c, step.Rows(in.Made, func(r *output.PersonChangeRow) error {
		if r.Change == merged {
			was := speakerOf(r.OldPersonID)
			c.renamed[r.OldPersonID], c.persons[was], c.fresh[was] = r.PersonID, speakerOf(r.PersonID), r.RunID == in.RunID
		}
		return nil
	})
}

// person finds the id of a person by its hash. It reads all people: seldom
// does a row depend on it.
func person(in *step.Input, hash uint32) (id string, err error) {
	type row struct {
		PersonID string `parquet:"person_id,plain"`
	}
	for _, part := range in.Made[output.People] {
		_, err := output.ReadColumns(part, func(r *row) error {
			if speakerOf(r.PersonID) == hash {
				id = r.PersonID
			}
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	if id == "" {
		return "", fmt.Errorf("a speaker of the run before is no person any more (whosaid verify tells more)")
	}
	return id, nil
}

// changed is a row of a table of the run before that is another now.
type changed struct {
	row int64
	at  uint32 // the leader, or the statement
}

// write writes the tables: those of the run before, with the rows that are
// others now, and what is new.
func (x *groups) write(ctx context.Context, in *step.Input, out *step.Output, n *note) error {
	rows, links := x.changed()
	quotations, quotationLinks := step.NewTable[output.QuotationRow](out), step.NewTable[output.QuotationLinkRow](out)
	if sum(n.Links) != int64(x.l.store.kept) {
		return errors.New("the tables of the run before are not those of what it kept (whosaid verify tells more)")
	}
	count := func(r *output.QuotationRow, by int64) {
		if r.NArticles > 1 {
			n.Several += by
		}
	}
	err := quotations.Revise(in.Previous[output.Quotations], n.Quotations, within(rows), func(row int64, r *output.QuotationRow) error {
		at, ok := find(rows, row)
		if !ok {
			return nil
		}
		count(r, -1)
		err := x.fill(r, at)
		count(r, 1)
		return err
	})
	if err != nil {
		return err
	}
	err = quotationLinks.Revise(in.Previous[output.QuotationLinks], n.Links, within(links), func(row int64, r *output.QuotationLinkRow) (err error) {
		if at, ok := find(links, row); ok {
			r.Relation, r.Similarity, err = x.l.relation(&x.c, x.fullest[x.leaders[at]], at)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = x.added(ctx, func(r *output.QuotationRow) error {
		count(r, 1)
		return quotations.Write(r)
	}, quotationLinks.Write)
	if err != nil {
		return err
	}
	if n.Quotations, err = quotations.End(); err != nil {
		return err
	}
	n.Links, err = quotationLinks.End()
	return err
}

// changed tells which rows of the run before are others now: of quotations,
// those with a new statement, or of which a speaker or an article is another's
// now; of quotation_links, those of groups with another fullest statement. Rows
// of quotations stand in the order of their leaders, those of quotation_links
// in the order of the statements.
func (x *groups) changed() (rows, links []changed) {
	kept := x.l.store.kept
	touched := map[uint32]bool{}
	for _, lead := range x.leaders[kept:] {
		if int(lead) < kept {
			touched[lead] = true
		}
	}
	for _, at := range x.l.revised {
		touched[x.leaders[at]] = true
	}
	row := int64(0)
	for i, lead := range x.leaders[:kept] {
		at := uint32(i)
		if touched[lead] && x.fullest[lead] != x.l.stand[lead] {
			links = append(links, changed{int64(i), at})
		}
		if lead == at {
			if touched[at] {
				rows = append(rows, changed{row, at})
			}
			row++
		}
	}
	return rows, links
}

// within tells whether a row of those listed stands in a part.
func within(list []changed) func(first, end int64) bool {
	return func(first, end int64) bool {
		i, _ := slices.BinarySearchFunc(list, first, changed.compare)
		return i < len(list) && list[i].row < end
	}
}

func find(list []changed, row int64) (at uint32, ok bool) {
	i, ok := slices.BinarySearchFunc(list, row, changed.compare)
	if !ok {
		return 0, false
	}
	return list[i].at, true
}

func (c changed) compare(row int64) int { return int(c.row - row) }

func sum(rows []int64) (n int64) {
	for _, k := range rows {
		n += k
	}
	return n
}
