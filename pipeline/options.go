package pipeline

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"runtime"
	"time"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// Source reads shards; source.Reader is the real one. An error that is a
// *source.Reject costs one record; any other ends the shard and the run.
type Source interface {
	Articles(context.Context, source.Shard) iter.Seq2[news.Article, error]
}

// Extract finds who said what in one article; (*extract.Extractor).Run is the
// real one. It is called from many goroutines at once. It should end soon after ctx
// does, but need not.
type Extract func(ctx context.Context, a *news.Article) (*news.Result, extract.Times, error)

// Sink takes the rows of one unit in order and makes them durable, all or none.
type Sink interface {
	Write(output.Rows) error
	Reject(output.RejectRow) error
	Commit(*Counters) error
	Abort()
}

// Options say how a run goes. All but Workers, Lanes, InFlight, Log and Progress
// change what is written, so callers put them in the plan's settings.
type Options struct {
	// Language is "en" to skip articles in other languages, "any" to take all.
	// "" means "en".
	Language string
	// Since and Until keep articles published in [Since, Until); zero: no
	// bound. With a bound, an article without a date is left out.
	Since, Until time.Time
	// Day keeps the articles of one day of publication, 2026-11-22, or those
	// without a date and the rejects, Undated; "" keeps all.
	Day string
	// Limit ends the run after this many articles that pass the filters;
	// 0: none.
	Limit int64
	// ArticleTime is the most one article may take before it is given up as
	// "timeout"; 0 means 60 s, a thousand times what a long article needs.
	// Negative: no limit. What does not heed the end of its context is left
	// behind to end by itself.
	ArticleTime time.Duration
	// Map says how results become rows.
	Map output.MapOptions

	// Workers is the number of goroutines that extract; 0: one a core.
	Workers int
	// Lanes is the number of readers and writers, each with its share of the
	// workers and whole units of its own; 0: one for every eight workers.
	Lanes int
	// InFlight bounds the bytes of text that are read and not yet written, in
	// each lane; 0 means 2 MiB: a hundred stories, and for text at its worst, which takes
	// some 250 times its size while it is worked on, still a run below 1 GiB. An
	// article larger than that goes alone.
	InFlight int64
	// MaxRejects ends the run with ErrTooManyRejects once more records than
	// this were rejected or failed; nil: never.
	MaxRejects *int64
	// Log gets what people may want to know; nil: nothing.
	Log *slog.Logger
	// Progress is counted up while the run goes on; nil: nobody looks.
	Progress *Progress
}

// ErrTooManyRejects ends a run that met more broken records than allowed.
// What is done stays done: a run with a higher limit takes it up.
var ErrTooManyRejects = errors.New("too many rejects")

const (
	defaultInFlight    = 2 << 20
	defaultArticleTime = 60 * time.Second
	// minWeight is what any record weighs in flight, so that a million tiny
	// ones do not pile up behind a slow one.
	minWeight = 16 << 10
)

// resolved fills the zero values in.
func (o Options) resolved() Options {
	if o.Language == "" {
		o.Language = "en"
	}
	if o.ArticleTime == 0 {
		o.ArticleTime = defaultArticleTime
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.InFlight <= 0 {
		o.InFlight = defaultInFlight
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = new(Progress)
	}
	return o
}
