package pipeline

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
)

// engine goes through units of a plan, in one lane or several.
type engine struct {
	units   []Unit // of which next gives the indexes
	inputs  []Input
	src     Source
	extract Extract
	o       Options
	runID   string

	// next gives the index of the unit to do next; false: there is none.
	next func(context.Context) (int, bool, error)
	// recorded returns what an earlier run recorded of a unit; nil: to do.
	recorded func(Unit) (*Counters, error)
	// open makes the sink of a unit.
	open func(Unit) (Sink, error)
	// evidence keeps the rejects of a unit that is given up because they are
	// too many, and tells where; nil: nobody asks.
	evidence func([]output.RejectRow) (string, error)
	// ids says which articles were met before; nil: nobody asks, every record
	// is answered.
	ids ids

	bad atomic.Int64 // records rejected or failed, in earlier runs too
}

// ids says of the articles of a run whether they were met before.
type ids interface {
	// unit begins the reading of a unit.
	unit(ctx context.Context, index int) (encounters, error)
	// recorded passes a unit over that has its record.
	recorded(ctx context.Context, index int) error
}

// encounters are the articles of one unit, asked about in their order.
type encounters interface {
	// meet gives the article its id and reports whether it was met before.
	meet(*news.Article) (meeting, error)
	// full reports that the run has the articles it is limited to.
	full() bool
}

// lane is one pass of reader, workers and writer over whole units. Lanes share
// nothing but the list of units.
type lane struct {
	*engine
	workers  int
	inFlight *semaphore.Weighted
	jobs     chan item
	results  chan item
}

// perLane is how many workers a lane has: what one writer keeps up with, with
// some to spare.
const perLane = 8

// lanes is the number of lanes for so many workers and units.
func (o Options) lanes(units int) int {
	n := o.Lanes
	if n <= 0 {
		n = o.Workers / perLane
	}
	return max(1, min(n, units, o.Workers))
}

// inTurn gives the indexes of n units, one after the other.
func inTurn(n int) func(context.Context) (int, bool, error) {
	var at atomic.Int64
	return func(context.Context) (int, bool, error) {
		i := int(at.Add(1)) - 1
		return i, i < n, nil
	}
}

// run goes through the units in n lanes and returns the sum of their counters,
// recorded ones included.
func (e *engine) run(ctx context.Context, n int) (*Counters, error) {
	total := new(Counters)
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	for i := range n {
		g.Go(func() error {
			l := &lane{engine: e, workers: (e.o.Workers + i) / n}
			c, err := l.run(ctx)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			total.merge(c)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	total.rank()
	return total, nil
}

// run takes units until there are no more.
func (l *lane) run(ctx context.Context) (*Counters, error) {
	l.inFlight = semaphore.NewWeighted(l.o.InFlight)
	l.jobs = make(chan item, 2*l.workers)
	l.results = make(chan item, 2*l.workers)
	total := new(Counters)

	g, ctx := errgroup.WithContext(ctx)
	senders, sctx := errgroup.WithContext(ctx) // those who send results
	senders.Go(func() error {
		defer close(l.jobs)
		return l.read(sctx, total)
	})
	for range l.workers {
		senders.Go(func() error { return l.work(sctx) })
	}
	g.Go(func() error {
		defer close(l.results)
		return senders.Wait()
	})
	written := new(Counters)
	g.Go(func() error { return l.write(ctx, written) })
	if err := g.Wait(); err != nil {
		return nil, err
	}
	total.merge(written)
	return total, nil
}

// tolerate counts broken records and reports when they are too many.
func (e *engine) tolerate(n int64) error {
	bad := e.bad.Add(n)
	if e.o.MaxRejects != nil && bad > *e.o.MaxRejects {
		return fmt.Errorf("%w: at least %d, and --max-rejects allows %d", ErrTooManyRejects, bad, *e.o.MaxRejects)
	}
	return nil
}

// item is one thing on its way from the reader to the writer: an article (rows
// once it has been through a worker), a reject, an article that is left out, or
// the end of a unit.
type item struct {
	seq    int64
	weight int64
	unit   *unitRun

	article news.Article
	rows    output.Rows
	reject  *output.RejectRow
	left    string // reason why the article is left out
	end     bool
	bytes   int64  // of text
	detail  string // why the article failed
}

// unitRun is a unit under way. Only the writer touches sink and counters.
type unitRun struct {
	Unit
	sink     Sink
	counters Counters
	rejects  []output.RejectRow // the first maxEvidence
}
