package quotations

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
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
	known, err := knownIDs(in.Previous)
	if err != nil {
		return err
	}
	l, err := New(Options{Dir: in.Temp, Workers: in.Workers, Memory: in.Memory, CountCopiesOnce: in.CopiesOnce, Known: known})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	before, err := l.gather(ctx, in)
	if err != nil {
		return err
	}
	defer before.Close()
	if err := l.regroup(in.Previous, before); err != nil {
		return err
	}
	in.Progress("find the same words", int64(l.store.metas.n), 0)
	rows, err := step.Writer[output.QuotationRow](out)
	if err != nil {
		return err
	}
	links, err := step.Writer[output.QuotationLinkRow](out)
	if err != nil {
		return err
	}
	var utterances, several int64
	err = l.Link(ctx, func(r *output.QuotationRow) error {
		utterances++
		if r.NArticles > 1 {
			several++
		}
		return rows.Write(r)
	}, links.Write)
	out.Counts = map[string]int64{"quotations": utterances, "quotations_in_several_articles": several}
	return err
}

// gather adds the statements of the corpus, those of the run before first, whose
// quote ids it sorts: key a hash of the id, value the statement.
func (l *Linker) gather(ctx context.Context, in *step.Input) (before *pairsort.Sorter, err error) {
	fresh := int64(0) // number of the first article that no run before has seen
	if len(in.Previous[output.QuotationLinks]) > 0 {
		fresh = math.MaxInt64
		for a, err := range in.New.Articles(ctx, false) {
			if err != nil {
				return nil, err
			}
			fresh = a.Number
			break
		}
	}
	copies := map[uint64]string{} // of the articles that have any
	err = step.Rows(in.Made, func(r *output.CopyRow) error {
		copies[key(r.ArticleID)] = r.CopyID
		return nil
	})
	if err != nil {
		return nil, err
	}
	before = pairsort.New(l.dir, l.o.Memory/4)
	for batch, err := range in.All.Statements(ctx) {
		if err != nil {
			return nil, errors.Join(err, before.Close())
		}
		for i := range batch {
			s := &batch[i]
			st := Statement{
				QuoteID: s.QuoteID, ArticleID: s.Article.ID, Text: s.Text, Type: s.Type, Person: s.PersonID, Probability: 1,
				Published: (*int64)(s.Article.Published), Outlet: s.Article.Outlet, Copy: copies[key(s.Article.ID)],
			}
			at := uint64(l.store.metas.n)
			err := l.Add(&st)
			if err == nil && s.Article.Number < fresh {
				err = before.Add(key(s.QuoteID), at)
			}
			if err != nil {
				return nil, errors.Join(err, before.Close())
			}
		}
		if n := l.store.metas.n; n>>16 != (n-len(batch))>>16 {
			in.Progress("read statements", int64(n), 0)
		}
	}
	return before, nil
}

// regroup finds the groups of the run before: of its statements, by quote id,
// and the links that it wrote.
func (l *Linker) regroup(previous step.Tables, before *pairsort.Sorter) error {
	links, members := pairsort.New(l.dir, l.o.Memory/4), pairsort.New(l.dir, l.o.Memory/4)
	defer links.Close()
	defer members.Close()
	err := step.Rows(previous, func(r *output.QuotationLinkRow) error {
		id, err := strconv.ParseUint(r.QuotationID, 16, 64)
		if err != nil {
			return fmt.Errorf("quotation_id %q of the run before: %w", r.QuotationID, err)
		}
		return links.Add(key(r.QuoteID), id)
	})
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(links.All())
	defer stop()
	link, err, more := next()
	for p, perr := range before.All() {
		if perr != nil {
			return perr
		}
		for more && err == nil && link.Key < p.Key {
			link, err, more = next()
		}
		if err != nil {
			return err
		}
		if more && link.Key == p.Key {
			if err := members.Add(link.Value, p.Value); err != nil {
				return err
			}
		}
		l.old = append(l.old, uint32(len(l.old)))
	}
	var group uint64
	var statements []uint32
	for p, err := range members.All() {
		if err != nil {
			return err
		}
		if p.Key != group {
			l.stand(statements)
			group, statements = p.Key, statements[:0]
		}
		statements = append(statements, uint32(p.Value))
	}
	l.stand(statements)
	return nil
}

// stand lets the fullest of the statements of a group of the run before stand
// for them.
func (l *Linker) stand(group []uint32) {
	if len(group) < 2 {
		return
	}
	fullest := slices.MinFunc(group, l.fuller)
	for _, at := range group {
		l.old[at] = fullest
	}
}

// knownIDs tells which quotations were in the run before; nil when none was.
func knownIDs(previous step.Tables) (func(uint64) bool, error) {
	var ids []uint64
	err := step.Rows(previous, func(r *output.QuotationRow) error {
		id, err := strconv.ParseUint(r.QuotationID, 16, 64)
		if err != nil {
			return fmt.Errorf("quotation_id %q of the run before: %w", r.QuotationID, err)
		}
		ids = append(ids, id)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	slices.Sort(ids)
	return func(id uint64) bool {
		_, found := slices.BinarySearch(ids, id)
		return found
	}, nil
}
