package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// read sends everything the units hold, in order, numbered.
func (l *lane) read(ctx context.Context, done *Counters) error {
	r := reader{lane: l, ctx: ctx}
	for {
		i, more, err := l.next(ctx)
		if err != nil || !more {
			return err
		}
		u := l.units[i]
		c, err := l.recorded(u)
		if err != nil {
			return err
		}
		if c == nil {
			if err := r.unit(i); err != nil {
				return err
			}
			continue
		}
		if err := l.ids.recorded(ctx, i); err != nil {
			return err
		}
		done.add(c)
		if err := l.tolerate(c.Rejected + c.Failed); err != nil {
			return fmt.Errorf("%w; those of finished units are listed in the table rejects", err)
		}
		l.o.Progress.Units.Add(1)
		l.o.Progress.Done.Add(u.Bytes)
		l.o.Progress.Resumed.Add(u.Bytes)
	}
}

// reader is the reading goroutine's state.
type reader struct {
	*lane
	ctx context.Context
	seq int64
	ids encounters // of the unit under way; nil: nobody asks
}

func (r *reader) unit(index int) error {
	u := r.units[index]
	run := &unitRun{Unit: u}
	if ids := r.engine.ids; ids != nil {
		var err error
		if r.ids, err = ids.unit(r.ctx, index); err != nil {
			return err
		}
		if r.ids.full() { // recorded all the same, as empty
			return r.send(item{unit: run, end: true}, false)
		}
	}
	in := shards{src: r.src, o: &r.o}
	err := in.each(r.ctx, r.inputs[u.First:u.End], func(a news.Article, err error) error {
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
	if it.left = r.o.outOfDates(&a); it.left != "" {
		return r.send(it, false)
	}
	if r.ids != nil {
		met, err := r.ids.meet(&it.article)
		switch {
		case err != nil:
			return err
		case met == again:
			row := output.NewReject(a.Origin.Path, a.Origin.Record, ReasonDuplicate, "same id and text as an article before: "+it.article.ID, r.runID)
			return r.send(item{unit: run, reject: &row, left: ReasonDuplicate, bytes: it.bytes}, false)
		case met == inCorpus:
			it.left = ReasonInCorpus
			return r.send(it, false)
		}
	}
	if err := r.send(it, true); err != nil {
		return err
	}
	if r.ids != nil && r.ids.full() {
		return errLimit
	}
	return nil
}

// outOfDates is the reason why an article is left out for its date; "": it is not.
func (o *Options) outOfDates(a *news.Article) string {
	switch {
	case o.Day != "" && o.Day != dayOf(a):
		return ReasonPartition
	case o.Since.IsZero() && o.Until.IsZero():
		return ""
	case a.Published.IsZero():
		return ReasonNoDate
	case !o.Since.IsZero() && a.Published.Before(o.Since), !o.Until.IsZero() && !a.Published.Before(o.Until):
		return ReasonDate
	}
	return ""
}

// send numbers an item and hands it to the workers, or straight to the writer.
func (r *reader) send(it item, work bool) error {
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
