package near

import (
	"context"
	"math"

	"golang.org/x/sync/errgroup"

	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
)

// EachPair calls f for every pair of candidates once, with what is known of
// the rarest words they share.
func EachPair(pairs *pairsort.Sorter, f func(a, b uint32, s Shared) error) error {
	var last uint64
	first := true
	for p, err := range pairs.All() {
		if err != nil {
			return err
		}
		if p.Key == last && !first {
			continue // sorted by value: the first was the rarest
		}
		last, first = p.Key, false
		if err := f(uint32(p.Key>>32), uint32(p.Key), sharedOf(p.Value)); err != nil {
			return err
		}
	}
	return nil
}

type candidate struct {
	a, b uint32
	Shared
}

// Judge gives the probability that two items belong together, and whether
// that is enough. It is called by one goroutine.
type Judge func(a, b uint32, s Shared) (p float32, together bool, err error)

// Verify has every pair judged, by so many workers with a judge each, and adds
// those that belong together to edges: key both items, value the bits of the
// probability.
func Verify(ctx context.Context, workers int, pairs, edges *pairsort.Sorter, judge func() Judge) error {
	const batchPairs = 2048
	work, found := make(chan []candidate, workers), make(chan []pairsort.Pair, workers)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(work)
		var batch []candidate
		send := func() error {
			select {
			case work <- batch:
				batch = make([]candidate, 0, batchPairs)
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		err := EachPair(pairs, func(a, b uint32, s Shared) error {
			batch = append(batch, candidate{a, b, s})
			if len(batch) < batchPairs {
				return nil
			}
			return send()
		})
		if err != nil {
			return err
		}
		return send()
	})
	group.Go(func() error {
		defer close(found)
		judges, ctx := errgroup.WithContext(ctx)
		for range workers {
			judges.Go(func() error { return decide(ctx, judge(), work, found) })
		}
		return judges.Wait()
	})
	group.Go(func() error {
		for batch := range found {
			for _, p := range batch {
				if err := edges.Add(p.Key, p.Value); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return group.Wait()
}

func decide(ctx context.Context, judge Judge, work <-chan []candidate, found chan<- []pairsort.Pair) error {
	for batch := range work {
		var kept []pairsort.Pair
		for _, k := range batch {
			p, together, err := judge(k.a, k.b, k.Shared)
			if err != nil {
				return err
			}
			if together {
				kept = append(kept, pairsort.Pair{Key: uint64(k.a)<<32 | uint64(k.b), Value: uint64(math.Float32bits(p))})
			}
		}
		select {
		case found <- kept:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
