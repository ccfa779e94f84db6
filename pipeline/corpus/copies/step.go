package copies

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// Step is the step of a link that makes the table copies.
type Step struct{}

// Name of the step.
func (Step) Name() string { return "copies" }

// Tables it makes.
func (Step) Tables() []output.Table { return []output.Table{output.Copies} }

// Run makes them.
func (Step) Run(ctx context.Context, in *step.Input, out *step.Output) (err error) {
	known := map[uint64]bool{}
	err = step.Rows(in.Previous, func(r *output.CopyRow) error {
		id, err := strconv.ParseUint(r.CopyID, 16, 64)
		if err != nil {
			return fmt.Errorf("copy_id %q of the run before: %w", r.CopyID, err)
		}
		known[id] = true
		return nil
	})
	if err != nil {
		return err
	}
	f, err := New(Options{Dir: in.Temp, Workers: in.Workers, Memory: in.Memory, Known: func(id uint64) bool { return known[id] }})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var n int64
	for a, err := range in.All.Articles(ctx, true) {
		if err != nil {
			return err
		}
		err := f.Add(&Article{ID: a.ID, Text: a.Text, TextHash: a.TextHash, Words: int(a.Words), Published: (*int64)(a.Published)})
		if err != nil {
			return err
		}
		if n++; n%10_000 == 0 {
			in.Progress("read articles", n, 0)
		}
	}
	rows, err := step.Writer[output.CopyRow](out)
	if err != nil {
		return err
	}
	texts := int64(0)
	err = f.Link(ctx, func(r *output.CopyRow) error {
		if r.IsEarliest {
			texts++
		}
		return rows.Write(r)
	})
	out.Counts = map[string]int64{"texts_with_copies": texts}
	return err
}
