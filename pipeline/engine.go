package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// engine is one pass of reader, workers and writer over units of a plan.
type engine struct {
	plan    *Plan
	src     Source
	extract Extract
	o       Options
	runID   string

	// recorded returns what an earlier run recorded of a unit; nil: to do.
	recorded func(Unit) (*Counters, error)
	// replay tells the ids of the articles of a recorded unit to known.
	replay func(Unit, *known) error
	// open makes the sink of a unit.
	open func(Unit) (Sink, error)
	// evidence keeps the rejects of a unit that is given up because they are
	// too many, and tells where; nil: nobody asks.
	evidence func([]output.RejectRow) (string, error)

	// stream: every record is answered; an article met before is no duplicate,
	// and none is remembered.
	stream   bool
	known    *known
	inFlight *semaphore.Weighted
	jobs     chan item
	results  chan item
	bad      atomic.Int64 // records rejected or failed, in earlier runs too
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

// run goes through the units and returns the sum of their counters, recorded
// ones included.
func (e *engine) run(ctx context.Context, units []Unit) (*Counters, error) {
	e.o = e.o.resolved()
	e.inFlight = semaphore.NewWeighted(e.o.InFlight)
	e.jobs = make(chan item, 2*e.o.Workers)
	e.results = make(chan item, 2*e.o.Workers)
	if e.known == nil {
		e.known = newKnown()
	}
	total := new(Counters)

	g, ctx := errgroup.WithContext(ctx)
	senders, sctx := errgroup.WithContext(ctx) // those who send results
	senders.Go(func() error {
		defer close(e.jobs)
		return e.read(sctx, units, total)
	})
	for range e.o.Workers {
		senders.Go(func() error { return e.work(sctx) })
	}
	g.Go(func() error {
		defer close(e.results)
		return senders.Wait()
	})
	written := new(Counters)
	g.Go(func() error { return e.write(ctx, written) })
	if err := g.Wait(); err != nil {
		return nil, err
	}
	total.add(written)
	total.rank()
	return total, nil
}

// read sends everything the units hold, in order, numbered.
func (e *engine) read(ctx context.Context, units []Unit, done *Counters) error {
	r := reader{engine: e, ctx: ctx}
	for _, u := range units {
		c, err := e.recorded(u)
		if err != nil {
			return err
		}
		if c != nil {
			if err := e.replay(u, e.known); err != nil {
				return err
			}
			done.add(c)
			if err := e.tolerate(c.Rejected + c.Failed); err != nil {
				return fmt.Errorf("%w; those of finished units are listed in the table rejects", err)
			}
			r.taken += c.Written + c.Skipped + c.Failed
			e.o.Progress.Units.Add(1)
			e.o.Progress.Done.Add(u.Bytes)
			e.o.Progress.Resumed.Add(u.Bytes)
			continue
		}
		if err := r.unit(u); err != nil {
			return err
		}
	}
	return nil
}

// reader is the reading goroutine's state.
type reader struct {
	*engine
	ctx   context.Context
	seq   int64
	taken int64 // articles sent to the workers, or by earlier runs
	// silent reads for the ids alone: nothing is sent.
	silent bool
}

func (r *reader) unit(u Unit) error {
	run := &unitRun{Unit: u}
	if r.o.Limit > 0 && r.taken >= r.o.Limit { // recorded all the same, as empty
		return r.send(item{unit: run, end: true}, false)
	}
	err := r.each(r.plan.Inputs[u.First:u.End], func(a news.Article, err error) error {
		if err != nil {
			return r.broken(run, err)
		}
		return r.article(run, a)
	})
	if err != nil && !errors.Is(err, errLimit) {
		return err
	}
	return r.send(item{unit: run, end: true}, false)
}

var errLimit = errors.New("limit reached")

// broken sends a record that is no article.
func (r *reader) broken(run *unitRun, err error) error {
	var rej *source.Reject
	if !errors.As(err, &rej) {
		return err
	}
	if r.o.Day != "" && r.o.Day != Undated {
		return r.send(item{unit: run, left: ReasonPartition}, false)
	}
	row := output.NewReject(rej.Path, rej.Record, rej.Reason, rej.Detail, r.runID)
	return r.send(item{unit: run, reject: &row}, false)
}

// article sends an article to the workers, or past them when it is left out.
func (r *reader) article(run *unitRun, a news.Article) error {
	it := item{unit: run, article: a, bytes: int64(len(a.Body))}
	if it.left = r.outOfDates(&a); it.left != "" {
		return r.send(it, false)
	}
	met := first
	if !r.stream {
		met = r.known.meet(&it.article)
	}
	switch met {
	case again:
		row := output.NewReject(a.Origin.Path, a.Origin.Record, ReasonDuplicate, "same id and text as an article before: "+it.article.ID, r.runID)
		return r.send(item{unit: run, reject: &row, left: ReasonDuplicate, bytes: it.bytes}, false)
	case inCorpus:
		it.left = ReasonInCorpus
		return r.send(it, false)
	}
	if err := r.send(it, true); err != nil {
		return err
	}
	r.taken++
	if r.o.Limit > 0 && r.taken >= r.o.Limit {
		return errLimit
	}
	return nil
}

func (r *reader) outOfDates(a *news.Article) string {
	since, until := r.o.Since, r.o.Until
	switch {
	case r.o.Day != "" && r.o.Day != dayOf(a):
		return ReasonPartition
	case since.IsZero() && until.IsZero():
		return ""
	case a.Published.IsZero():
		return ReasonNoDate
	case !since.IsZero() && a.Published.Before(since), !until.IsZero() && !a.Published.Before(until):
		return ReasonDate
	}
	return ""
}

// send numbers an item and hands it to the workers, or straight to the writer.
func (r *reader) send(it item, work bool) error {
	if r.silent {
		return nil
	}
	it.seq = r.seq
	r.seq++
	it.weight = min(max(it.bytes, minWeight), r.o.InFlight)
	if err := r.inFlight.Acquire(r.ctx, it.weight); err != nil {
		return err
	}
	to := r.results
	if work {
		to = r.jobs
	}
	select {
	case to <- it:
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}

// write puts items back in order and writes them.
func (e *engine) write(ctx context.Context, total *Counters) (err error) {
	waiting := map[int64]item{}
	var next int64
	var open *unitRun
	var quiet <-chan time.Time // ticks for a sink that hands on what waits
	flush := func() error { return nil }
	if e.stream {
		t := time.NewTicker(idle)
		defer t.Stop()
		quiet = t.C
		flush = func() error {
			if open == nil || open.sink == nil {
				return nil
			}
			return open.sink.(*answering).Flush()
		}
	}
	defer func() {
		if open != nil && open.sink != nil {
			open.sink.Abort()
		}
	}()
	for {
		var it item
		var ok bool
		select {
		case it, ok = <-e.results:
		case <-quiet:
			if err := flush(); err != nil {
				return err
			}
			continue
		case <-ctx.Done():
			return ctx.Err()
		}
		if !ok {
			return nil
		}
		waiting[it.seq] = it
		for {
			it, ok := waiting[next]
			if !ok {
				break
			}
			delete(waiting, next)
			next++
			start := time.Now()
			open = it.unit
			if err := e.writeItem(it); err != nil {
				return err
			}
			if it.end {
				open = nil
				c := &it.unit.counters
				total.add(c)
				e.o.Progress.Units.Add(1)
				e.o.Progress.Done.Add(it.unit.Bytes)
			}
			e.inFlight.Release(it.weight)
			e.o.Progress.spend(Write, time.Since(start))
		}
	}
}

// tolerate counts broken records and reports when they are too many.
func (e *engine) tolerate(n int64) error {
	bad := e.bad.Add(n)
	if e.o.MaxRejects != nil && bad > *e.o.MaxRejects {
		return fmt.Errorf("%w: at least %d, and --max-rejects allows %d", ErrTooManyRejects, bad, *e.o.MaxRejects)
	}
	return nil
}

// writeItem hands one item to its unit's sink and accounts for it.
func (e *engine) writeItem(it item) error {
	u := it.unit
	if u.sink == nil {
		sink, err := e.open(u.Unit)
		if err != nil {
			return err
		}
		u.sink = sink
	}
	c := &u.counters
	if it.end {
		c.rank()
		if !c.balanced() {
			return fmt.Errorf("unit %s does not add up: %+v", u.ID, *c)
		}
		return u.sink.Commit(c)
	}
	c.Read++
	c.TextBytes += it.bytes
	if it.article.DateUnread != "" {
		c.UnreadDates++
	}
	switch {
	case it.left != "":
		c.Filtered++
		c.because(it.left)
		if it.reject != nil {
			return u.sink.Reject(*it.reject)
		}
		return nil
	case it.reject != nil && it.rows.Article.Status == "":
		c.Rejected++
		c.because(it.reject.Reason)
		e.o.Progress.Rejects.Add(1)
		return e.refuse(u, *it.reject)
	}
	c.count(&it.rows)
	e.o.Progress.Articles.Add(1)
	e.o.Progress.Quotes.Add(int64(len(it.rows.Quotes)))
	if err := u.sink.Write(it.rows); err != nil {
		return err
	}
	if it.rows.Article.Status != string(output.StatusFailed) {
		return nil
	}
	e.o.Progress.Rejects.Add(1)
	return e.refuse(u, output.NewReject(it.article.Origin.Path, it.article.Origin.Record, it.rows.Article.Reason, it.detail, e.runID))
}

// refuse writes a reject, and ends the run when they are too many: the unit is
// given up then, and its rejects are kept as evidence.
func (e *engine) refuse(u *unitRun, row output.RejectRow) error {
	if err := u.sink.Reject(row); err != nil {
		return err
	}
	if e.o.MaxRejects != nil && len(u.rejects) < maxEvidence {
		u.rejects = append(u.rejects, row)
	}
	err := e.tolerate(1)
	if err == nil || e.evidence == nil {
		return err
	}
	name, ferr := e.evidence(u.rejects)
	if ferr != nil {
		return errors.Join(err, ferr)
	}
	return fmt.Errorf("%w; the last of them are listed in %s, those of finished units in the table rejects", err, name)
}
