package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whosaid/whosaid/output"
)

// write puts items back in order and writes them.
func (l *lane) write(ctx context.Context, total *Counters) (err error) {
	waiting := map[int64]item{}
	var next int64
	var open *unitRun
	var quiet <-chan time.Time // ticks for a sink that hands on what waits
	flush := func() error { return nil }
	if l.ids == nil {
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
		case it, ok = <-l.results:
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
			if err := l.writeItem(it); err != nil {
				return err
			}
			if it.end {
				open = nil
				c := &it.unit.counters
				total.add(c)
				l.o.Progress.Units.Add(1)
				l.o.Progress.Done.Add(it.unit.Bytes)
			}
			l.inFlight.Release(it.weight)
			l.o.Progress.spend(Write, time.Since(start))
		}
	}
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
