package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline/source"
)

// sighter tells what articles a unit holds, all that may be met again.
type sighter func(ctx context.Context, index int) ([]sighting, error)

// inOrder is the ids of a process that does all units, one after the other: each
// article is met as it is read.
type inOrder struct {
	known *known
	limit int64 // of articles; 0: none
	taken int64
	see   sighter // of units that have their record
}

func (o *inOrder) unit(context.Context, int) (encounters, error) { return o, nil }

func (o *inOrder) recorded(ctx context.Context, index int) error {
	seen, err := o.see(ctx, index)
	for _, s := range seen {
		if _, met := o.known.meet(s); met == first {
			o.taken++
		}
	}
	return err
}

func (o *inOrder) meet(a *news.Article) (meeting, error) {
	id, met := o.known.meet(sight(a))
	a.ID = id
	if met == first {
		o.taken++
	}
	return met, nil
}

func (o *inOrder) full() bool { return o.limit > 0 && o.taken >= o.limit }

// ledger is the ids of a process that does units out of order, or some of them:
// what units hold is looked up before they are read in earnest, and entered in
// their order, so that what is met does not depend on who does which unit when.
type ledger struct {
	limit int64
	fresh func() (*known, error) // what is known before the first unit
	see   sighter
	// shared: other processes look for the same at the same time, and tell.
	shared bool

	mu      sync.Mutex
	pending map[int]*pending
	mine    map[int]*verdicts // of units that are this process's: nil until entered

	turn  chan struct{} // held by who enters units
	known *known
	next  int // units entered
	taken int64
}

// pending is what a unit holds, perhaps not yet known.
type pending struct {
	done chan struct{}
	seen []sighting
	err  error
}

func newLedger(limit int64, fresh func() (*known, error), see sighter) *ledger {
	return &ledger{limit: limit, fresh: fresh, see: see, pending: map[int]*pending{}, mine: map[int]*verdicts{}, turn: make(chan struct{}, 1)}
}

// expect says that the unit will be asked for.
func (l *ledger) expect(index int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mine[index] = nil
}

// recorded has nothing to do: who needs to know of the unit looks it up.
func (l *ledger) recorded(context.Context, int) error { return nil }

func (l *ledger) unit(ctx context.Context, index int) (encounters, error) {
	if v := l.entered(index); v != nil {
		return v, nil
	}
	if _, err := l.sightings(ctx, index); err != nil { // before its turn, beside other lanes
		return nil, err
	}
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if v := l.entered(index); v != nil {
		return v, nil
	}
	if err := l.enterTo(ctx, index); err != nil {
		return nil, err
	}
	return l.entered(index), nil
}

// entered takes out what came of the process's own unit; nil: it was not entered yet.
func (l *ledger) entered(index int) *verdicts {
	l.mu.Lock()
	defer l.mu.Unlock()
	v := l.mine[index]
	if v != nil {
		delete(l.mine, index)
		delete(l.pending, index) // looked up once too often
	}
	return v
}

// enterTo enters all units up to one that is the process's own.
func (l *ledger) enterTo(ctx context.Context, index int) error {
	l.expect(index)
	if l.known == nil || index < l.next { // a unit before one that was entered: begin again
		known, err := l.fresh()
		if err != nil {
			return err
		}
		l.known, l.next, l.taken = known, 0, 0
	}
	if n := index - l.next; l.shared && n > 0 {
		// Processes that start together begin at different places, so that each
		// looks up a share, and finds the others'.
		from := rand.IntN(n)
		for i := range n {
			if _, err := l.sightings(ctx, l.next+(from+i)%n); err != nil {
				return err
			}
		}
	}
	for ; l.next <= index; l.next++ {
		seen, err := l.sightings(ctx, l.next)
		if err != nil {
			return err
		}
		v := l.enter(seen)
		l.mu.Lock()
		if _, ok := l.mine[l.next]; ok {
			l.mine[l.next] = v
		}
		delete(l.pending, l.next)
		l.mu.Unlock()
	}
	return nil
}

// sightings are what the unit holds, looked up by whoever asks first.
func (l *ledger) sightings(ctx context.Context, index int) ([]sighting, error) {
	l.mu.Lock()
	p, ok := l.pending[index]
	if !ok {
		p = &pending{done: make(chan struct{})}
		l.pending[index] = p
	}
	l.mu.Unlock()
	if !ok {
		p.seen, p.err = l.see(ctx, index)
		close(p.done)
	}
	select {
	case <-p.done:
		return p.seen, p.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// enter meets the articles of the next unit.
func (l *ledger) enter(seen []sighting) *verdicts {
	v := new(verdicts)
	for _, s := range seen {
		if l.limit > 0 && l.taken >= l.limit {
			break
		}
		id, met := l.known.meet(s)
		if met == first {
			l.taken++
		}
		v.list = append(v.list, verdict{s, id, met})
	}
	v.last = l.limit > 0 && l.taken >= l.limit
	return v
}

// verdicts are the encounters of a unit that was looked up.
type verdicts struct {
	list []verdict
	at   int
	last bool // the run's limit is reached behind them
}

type verdict struct {
	sighting
	as  string // id in the tables
	met meeting
}

func (v *verdicts) meet(a *news.Article) (meeting, error) {
	s := sight(a)
	if v.at == len(v.list) || v.list[v.at].sighting != s {
		return first, fmt.Errorf("read %s: record %d: %w", a.Origin.Path, a.Origin.Record, source.ErrChanged)
	}
	w := v.list[v.at]
	v.at++
	a.ID = w.as
	return w.met, nil
}

func (v *verdicts) full() bool { return v.last && v.at == len(v.list) }
