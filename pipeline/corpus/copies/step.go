package copies

import (
	"context"
	"errors"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/segments"
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
	kept, err := segments.Open(in, &struct{}{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	f, err := New(Options{Dir: in.Temp, Workers: in.Workers, Memory: in.Memory, At: in.At})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.load(in, kept); err != nil {
		return err
	}
	var n int64
	for a, err := range in.New.Articles(ctx, true) {
		if err != nil {
			return err
		}
		err := f.Add(&Article{ID: a.ID, Text: a.Text, TextHash: a.TextHash, Words: int(a.Words), Published: (*int64)(a.Published), Place: a.Place})
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
	if err != nil {
		return err
	}
	out.Counts = map[string]int64{"texts_with_copies": texts}
	return f.save(out, kept)
}
