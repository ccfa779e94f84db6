package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
)

// work takes articles through tokenize, detect, attribute and mapping.
func (l *lane) work(ctx context.Context) error {
	w := &worker{lane: l, ctx: ctx}
	w.startRunner()
	defer func() { close(w.todo) }()
	for it := range l.jobs {
		if err := w.process(&it); err != nil {
			return err
		}
		select {
		case l.results <- it:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// worker hands each article to a runner: a goroutine it can leave behind with an
// article that takes too long.
type worker struct {
	*lane
	ctx    context.Context
	todo   chan task
	runner *runner
}

type task struct {
	ctx context.Context
	it  *item
}

// outcome is what a runner makes of an article.
type outcome struct {
	rows   output.Rows
	detail string // why it failed
}

type runner struct {
	*engine
	mapper *output.Mapper
	todo   chan task
	done   chan outcome
}

// startRunner starts a new runner. It ends when its todo channel is closed; one left
// behind ends when its article does.
func (w *worker) startRunner() {
	w.todo = make(chan task)
	w.runner = &runner{engine: w.engine, mapper: output.NewMapper(w.o.Map), todo: w.todo, done: make(chan outcome, 1)}
	go w.runner.run()
}

// process fills an item's rows. The only error is the end of the run.
func (w *worker) process(it *item) error {
	ctx := w.ctx
	var late <-chan time.Time
	if w.o.ArticleTime > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, w.o.ArticleTime)
		defer cancel()
		// Extractors that watch the context end by themselves, with a better
		// word for what took the time; the others are left behind.
		t := time.NewTimer(w.o.ArticleTime + w.o.ArticleTime/4)
		defer t.Stop()
		late = t.C
	}
	own := *it // a runner left behind must not touch what the writer reads
	select {
	case w.todo <- task{ctx, &own}:
	case <-w.ctx.Done():
		return w.ctx.Err()
	}
	select {
	case out := <-w.runner.done:
		if err := w.ctx.Err(); err != nil {
			return err // the outcome may be no more than the end of ctx
		}
		it.rows, it.detail = out.rows, out.detail
	case <-late:
		w.leave(it)
		it.detail = fmt.Sprintf("over the time limit of %v", w.o.ArticleTime)
		it.rows = output.NewMapper(w.o.Map).Skipped(it.article, output.StatusFailed, ReasonTimeout)
		w.o.Log.Warn("article given up", "path", it.article.Origin.Path, "record", it.article.Origin.Record, "reason", it.detail)
	case <-w.ctx.Done():
		return w.ctx.Err()
	}
	return nil
}

// abandonedFactor is how many times the time limit of an article its memory is counted
// as taken after it was left behind: long enough for all that ends at all, on a
// machine that does much else. One that never ends must not hold up the run for
// ever.
const abandonedFactor = 16

// leave leaves the runner behind with its article, whose share of the bytes in
// flight is given back when it ends, and not when the article's row is written.
func (w *worker) leave(it *item) {
	close(w.todo)
	done, weight := w.runner.done, it.weight
	it.weight = 0
	go func() {
		t := time.NewTimer(abandonedFactor * w.o.ArticleTime)
		defer t.Stop()
		select {
		case <-done:
		case <-t.C:
		case <-w.ctx.Done():
		}
		w.inFlight.Release(weight)
	}()
	w.startRunner()
}

func (h *runner) run() {
	for t := range h.todo {
		h.done <- h.one(t.ctx, t.it)
	}
}

// one runs the stages over one article. A panic becomes a failed article with
// its stack in the log.
func (h *runner) one(ctx context.Context, it *item) (out outcome) {
	a := &it.article
	log := h.o.Log.With("path", a.Origin.Path, "record", a.Origin.Record, "article", a.ID)
	defer func() {
		if p := recover(); p != nil {
			log.Error("panic in an article", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			h.mapper = output.NewMapper(h.o.Map) // the old one may be half written
			out = h.failed(a, ReasonPanic, fmt.Sprint(p))
		}
	}()
	start := time.Now()
	skip := Skips(a, h.o.Language)
	h.o.Progress.spend(Tokenize, time.Since(start))
	if skip != "" {
		return outcome{rows: h.mapper.Skipped(*a, output.StatusSkipped, skip)}
	}
	res, times, err := h.extract(ctx, a)
	h.o.Progress.spend(Tokenize, times.Tokenize)
	h.o.Progress.spend(Detect, times.Detect)
	h.o.Progress.spend(Attribute, times.Attribute)
	if errors.Is(ctx.Err(), context.Canceled) {
		return outcome{} // the run is being stopped, and nobody waits: the next run takes the article
	}
	if err != nil {
		reason := ReasonError
		if errors.Is(err, context.DeadlineExceeded) {
			reason = ReasonTimeout
		}
		log.LogAttrs(context.Background(), slog.LevelWarn, "article failed", slog.String("reason", reason), slog.Any("error", err))
		return h.failed(a, reason, err.Error())
	}
	start = time.Now()
	rows := h.mapper.Map(res, output.StatusOK)
	h.o.Progress.spend(Write, time.Since(start))
	return outcome{rows: rows}
}

func (h *runner) failed(a *news.Article, reason, detail string) outcome {
	return outcome{rows: h.mapper.Skipped(*a, output.StatusFailed, reason), detail: detail}
}
