package pipeline

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// Pipe takes the records of one shard, most often standard input, through the
// stages and answers each of them, in order. It keeps no files, remembers no
// article (the same one twice gets two answers), and holds no more than
// Options.InFlight bytes of text, however long the stream. Close answers when
// it returns nil: an error means that the stream is not whole.
func Pipe(ctx context.Context, src Source, shard source.Shard, x Extract, o Options, answers output.Answers) (*Counters, error) {
	e := &engine{
		units: []Unit{{ID: "pipe", End: 1}}, inputs: []Input{{shard: shard}}, next: inTurn(1),
		src: unlessEmpty{src}, extract: x, o: o.resolved(),
		recorded: func(Unit) (*Counters, error) { return nil, nil },
		open:     func(Unit) (Sink, error) { return &answering{answers: answers}, nil },
	}
	return e.run(ctx, 1)
}

// unlessEmpty is a source to which a stream without a byte is one without a
// record, and no fault.
type unlessEmpty struct{ Source }

func (u unlessEmpty) Articles(ctx context.Context, s source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		for a, err := range u.Source.Articles(ctx, s) {
			var rej *source.Reject
			if errors.As(err, &rej) && rej.Reason == source.ReasonEmpty {
				continue
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// answering makes answers of the rows and rejects of a stream.
type answering struct {
	answers output.Answers
	failed  *output.Rows // waits for the reject that says why
}

func (s *answering) Write(rows output.Rows) error {
	if rows.Article.Status == string(output.StatusFailed) {
		s.failed = &rows
		return nil
	}
	return s.answers.Rows(&rows, "")
}

func (s *answering) Reject(r output.RejectRow) error {
	if rows := s.failed; rows != nil {
		s.failed = nil
		return s.answers.Rows(rows, r.Detail)
	}
	return s.answers.Reject(&r)
}

// Flush hands on what has been answered, when nothing more comes for a while.
func (s *answering) Flush() error { return s.answers.Flush() }

func (s *answering) Commit(*Counters) error { return s.answers.Flush() }

func (s *answering) Abort() {}

// idle is how long answers wait for more before they are handed on: nobody at a
// desk notices, and a stream in full flow never waits so long.
const idle = 50 * time.Millisecond
