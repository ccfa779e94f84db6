package quotations

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/whosaid/whosaid/output"
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
	if err := l.gather(ctx, in); err != nil {
		return err
	}
	in.Progress("find the same words", int64(len(l.store.metas)), 0)
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

// gather adds the statements of the corpus.
func (l *Linker) gather(ctx context.Context, in *step.Input) error {
	copies := map[uint64]string{} // of the articles that have any
	err := step.Rows(in.Made, func(r *output.CopyRow) error {
		copies[key(r.ArticleID)] = r.CopyID
		return nil
	})
	if err != nil {
		return err
	}
	var n int64
	for batch, err := range in.All.Statements(ctx) {
		if err != nil {
			return err
		}
		for i := range batch {
			s := &batch[i]
			st := Statement{
				QuoteID: s.QuoteID, ArticleID: s.Article.ID, Text: s.Text, Type: s.Type, Person: s.PersonID, Probability: 1,
				Published: (*int64)(s.Article.Published), Outlet: s.Article.Outlet, Copy: copies[key(s.Article.ID)],
			}
			if err := l.Add(&st); err != nil {
				return err
			}
		}
		if n += int64(len(batch)); n>>16 != (n-int64(len(batch)))>>16 {
			in.Progress("read statements", n, 0)
		}
	}
	return nil
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
