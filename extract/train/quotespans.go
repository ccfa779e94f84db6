package train

import (
	"context"
	"errors"
	"sync"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/quote/detect"
)

// spanGrow are the settings of the forests that rank spans and judge attributions.
// Deeper trees and twice as many rank no better.
func (o *QuoteOptions) spanGrow(n uint64) growOptions {
	return growOptions{Trees: 120, Depth: 5, Rate: 0.12, Lambda: 4, MinHess: 4, RowShare: 0.7, FeatShare: 0.5, Seed: o.Seed*1000 + n}
}

// rank grows the forests that choose among the spans of attributions, and those that
// judge what comes of it: for each fold those of the others, and last those of all.
func (t *quoteTrainer) rank(ctx context.Context, read []heldAnchor) ([]detect.Rankers, []detect.Calibration, error) {
	t.o.Progress("rank spans")
	rankers := make([]detect.Rankers, t.o.Folds+1)
	for role := range detect.NumRoles {
		var groups []rankGroup
		for i := range read {
			h := &read[i]
			if n := len(h.spans[role].Parts); n > 1 && h.right[role] >= 0 {
				groups = append(groups, rankGroup{rows: h.spans[role].Rows, n: n, right: h.right[role], fold: h.fold, weight: 1})
			}
		}
		forests, err := t.forests(ctx, groups, detect.NumSpanMeasures)
		if err != nil {
			return nil, nil, err
		}
		for fold, f := range forests {
			rankers[fold][role] = f
		}
	}
	t.o.Progress("judge attributions")
	var content, pair judgements
	rows := t.judge(read, rankers, &content, &pair)
	calibration := make([]detect.Calibration, len(rankers))
	for _, j := range []struct {
		judgements
		to func(*detect.Calibration) *detect.Judge
	}{
		{content, func(c *detect.Calibration) *detect.Judge { return &c.Content }},
		{pair, func(c *detect.Calibration) *detect.Judge { return &c.Pair }},
	} {
		judges, err := t.judges(ctx, rows, j.judgements)
		if err != nil {
			return nil, nil, err
		}
		for fold := range calibration {
			*j.to(&calibration[fold]) = judges[fold]
			calibration[fold].Remaining = remaining
		}
	}
	return rankers, calibration, nil
}

// forests grows for each fold a forest of the others, and last one of all.
func (t *quoteTrainer) forests(ctx context.Context, groups []rankGroup, width int) ([]*forest.Model, error) {
	out := make([]*forest.Model, t.o.Folds+1)
	errs := make([]error, len(out))
	var wait sync.WaitGroup
	room := make(chan struct{}, t.o.Parallel)
	for fold := range out {
		wait.Add(1)
		room <- struct{}{}
		go func() {
			defer func() { <-room; wait.Done() }()
			var rest []rankGroup
			for _, g := range groups {
				if g.fold != fold {
					rest = append(rest, g)
				}
			}
			trees, err := grow(ctx, rest, width, t.o.spanGrow(uint64(fold)))
			out[fold], errs[fold] = newForest(trees, width), err
		}()
	}
	wait.Wait()
	return out, errors.Join(errs...)
}

// judgedRow is what is known of an attribution.
type judgedRow struct {
	row  [detect.NumJudged]float32
	fold int
}

// judgements tell which attributions are right.
type judgements []bool

// judge gives the attributions the spans that rankers choose which have not seen their
// article, and judges them.
func (t *quoteTrainer) judge(read []heldAnchor, rankers []detect.Rankers, content, pair *judgements) (rows []judgedRow) {
	for len(read) > 0 {
		n := 1 // of the same article
		for n < len(read) && read[n].c == read[0].c {
			n++
		}
		c, fold := read[0].c, read[0].fold
		found := make([]detect.Candidate, n)
		for i := range found {
			h := &read[i]
			var chosen [detect.NumRoles]detect.Choice
			for role := range chosen {
				chosen[role] = rankers[fold].Choose(role, &h.spans[role])
			}
			found[i] = h.Candidate
			found[i].Take(&chosen)
		}
		t.f.Prepare(c.Doc, &c.marks)
		t.f.Complete(c.Doc, &c.firsts, found)
		t.f.Measure(c.Doc, found)
		for i := range found {
			rightContent, rightPair := c.right(&found[i])
			*content, *pair = append(*content, rightContent), append(*pair, rightPair)
			rows = append(rows, judgedRow{found[i].Judged(), fold})
		}
		read = read[n:]
	}
	return rows
}

// judges grows judges of what rows tell, for each fold and of all. How probable they
// take what they have not seen for right, and how often it is, makes their calibration.
func (t *quoteTrainer) judges(ctx context.Context, rows []judgedRow, right judgements) ([]detect.Judge, error) {
	groups := make([]rankGroup, len(rows))
	for i := range rows {
		groups[i] = rankGroup{rows: append(rows[i].row[:len(rows[i].row):len(rows[i].row)], make([]float32, detect.NumJudged)...), n: 2, right: 1, fold: rows[i].fold, weight: 1}
		if right[i] {
			groups[i].right = 0
		}
	}
	forests, err := t.forests(ctx, groups, detect.NumJudged)
	if err != nil {
		return nil, err
	}
	judges := make([]detect.Judge, len(forests))
	for k, f := range forests {
		judges[k] = detect.NewJudge(f)
	}
	points := make([]calPoint, len(rows))
	for i := range rows {
		points[i] = calPoint{float64(judges[rows[i].fold].Of(&rows[i].row)), right[i]}
	}
	table := isotonic(points)
	for _, f := range forests {
		f.Calibration = []forest.Table{table}
	}
	return judges, nil
}
