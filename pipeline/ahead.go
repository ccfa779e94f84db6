package pipeline

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"sync"
	"time"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline/source"
)

// smallShard is the most bytes on disk of a shard that is read ahead: pages and
// stories of a file each, whose main text can take longer to find than their
// statements. Larger shards are read as they come, one at a time.
const smallShard = 256 << 10

// got is what a source yields.
type got struct {
	article news.Article
	err     error
}

// shards reads the shards of units.
type shards struct {
	src Source
	o   *Options
}

// each visits what the shards of inputs hold, in their order. Small shards are
// read by several goroutines at once, each a little ahead of its turn; all have
// ended when each returns.
func (r shards) each(ctx context.Context, inputs []Input, visit func(news.Article, error) error) error {
	inner, cancel := context.WithCancel(ctx)
	var readers sync.WaitGroup
	defer readers.Wait()
	defer cancel()
	ahead := r.readAhead(inner, inputs, &readers)
	for i, in := range inputs {
		if ahead[i] == nil {
			for a, err := range r.articles(ctx, in.shard) {
				if err := visit(a, err); err != nil {
					return err
				}
			}
		} else {
			for g := range ahead[i] {
				if err := visit(g.article, g.err); err != nil {
					return err
				}
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// readAhead starts goroutines that read the small shards, and returns for each
// shard where its articles come; nil for those that are not small.
func (r shards) readAhead(ctx context.Context, inputs []Input, readers *sync.WaitGroup) []chan got {
	out := make([]chan got, len(inputs))
	var small []int
	for i, in := range inputs {
		if !in.shard.Stream && in.shard.Bytes() <= smallShard {
			small = append(small, i)
		}
	}
	if len(small) < 2 {
		return out
	}
	next := make(chan int)
	for _, i := range small {
		out[i] = make(chan got, 1) // one article and the one being read: memory stays bounded
	}
	readers.Go(func() {
		defer close(next)
		for _, i := range small {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	for range min(len(small), 1+r.o.Workers/2) {
		readers.Go(func() {
			for i := range next {
				for a, err := range r.articles(ctx, inputs[i].shard) {
					select {
					case out[i] <- got{a, err}:
					case <-ctx.Done():
						return
					}
				}
				close(out[i])
			}
		})
	}
	return out
}

// articles is the source's, with the time it takes counted, and with a panic of
// a reader turned into a reject that ends its shard. Once the consumer has had
// enough nothing reaches it, whatever the source does.
func (r shards) articles(ctx context.Context, s source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		ours, enough := false, false // a panic of the consumer is none of the reader's
		record := int64(-1)
		defer func() {
			if ours {
				return
			}
			p := recover()
			if p == nil {
				return
			}
			r.o.Log.Error("panic in a reader", "path", s.Path, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			if !enough {
				yield(news.Article{}, &source.Reject{Path: s.Path, Record: record + 1, Reason: ReasonPanic, Detail: fmt.Sprint(p)})
			}
		}()
		start := time.Now()
		r.src.Articles(ctx, s)(func(a news.Article, err error) bool {
			if enough {
				return false
			}
			r.o.Progress.spend(Read, time.Since(start))
			record = a.Origin.Record
			ours = true
			enough = !yield(a, err)
			ours = false
			start = time.Now()
			return !enough
		})
	}
}
