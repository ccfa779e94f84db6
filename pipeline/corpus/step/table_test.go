package step_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/internal/steptest"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// editor is a step that changes some rows of a table and appends others.
type editor struct {
	rows    []int64 // of each part
	changed []int64
	fresh   int
}

func (*editor) Name() string           { return "editor" }
func (*editor) Tables() []output.Table { return []output.Table{output.Copies} }

func (e *editor) Run(_ context.Context, in *step.Input, out *step.Output) (err error) {
	table := step.NewTable[output.CopyRow](out)
	err = table.Revise(in.Previous[output.Copies], e.rows, func(first, end int64) bool {
		return slices.ContainsFunc(e.changed, func(at int64) bool { return at >= first && at < end })
	}, func(at int64, r *output.CopyRow) error {
		if r.ArticleID != fmt.Sprint(at) {
			return fmt.Errorf("row %d is %s", at, r.ArticleID)
		}
		if slices.Contains(e.changed, at) {
			r.Similarity++
		}
		return nil
	})
	if err != nil {
		return err
	}
	n := int64(0)
	for _, k := range e.rows {
		n += k
	}
	for i := range e.fresh {
		if err := table.Write(&output.CopyRow{ArticleID: fmt.Sprint(n + int64(i))}); err != nil {
			return err
		}
	}
	e.rows, err = table.End()
	return err
}

// TestTable: rows that change are others in their places; of the parts (100
// rows each here) those stay that have none, and small ones at the end grow.
func TestTable(t *testing.T) {
	e := &editor{}
	var before *steptest.Made
	total, times := 0, map[string]float32{}
	for run, c := range []struct {
		fresh   int
		changed []int64
		kept    int // parts
		parts   int
	}{
		{0, nil, 0, 1}, {30, nil, 0, 1}, {250, []int64{3}, 0, 3}, {10, []int64{279}, 2, 4}, {0, nil, 3, 4},
		{200, []int64{0, 150}, 1, 6}, {1, []int64{489}, 5, 6}, {0, []int64{100, 199}, 4, 6},
	} {
		e.changed, e.fresh = c.changed, c.fresh
		made := steptest.Run(t, e, step.Input{}, before)
		total += c.fresh
		for _, at := range c.changed {
			times[fmt.Sprint(at)]++
		}
		i, kept := 0, 0
		err := step.Rows(made.Tables, func(r *output.CopyRow) error {
			if r.ArticleID != fmt.Sprint(i) || r.Similarity != times[r.ArticleID] {
				return fmt.Errorf("row %d is %+v", i, *r)
			}
			i++
			return nil
		})
		if err != nil || i != total {
			t.Fatalf("run %d: %d rows, wanted %d: %v", run, i, total, err)
		}
		for _, p := range made.Tables[output.Copies] {
			if before != nil && slices.Contains(before.Tables[output.Copies], p) {
				kept++
			}
		}
		if n := len(made.Tables[output.Copies]); kept != c.kept || n != c.parts {
			t.Errorf("run %d: %d of %d parts stayed, wanted %d of %d", run, kept, n, c.kept, c.parts)
		}
		before = made
	}
}
