package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/whosaid/whosaid/output"
)

// Doc is an article with its rows of the tables.
type Doc struct {
	Article  output.ArticleRow  `json:"article"`
	Quotes   []output.QuoteRow  `json:"quotes"`
	Entities []output.EntityRow `json:"entities"`
}

// rowsOf visits the rows of a part; a file that is not there has none.
func rowsOf[T output.Row](file string) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		if file == "" {
			return
		}
		stopped := errors.New("stopped")
		_, err := output.ReadFile(file, func(row *T) error {
			if !yield(row, nil) {
				return stopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, stopped) {
			yield(nil, fmt.Errorf("%w; whosaid verify says what is wrong, and tables of another schema version than %s are to be extracted again", err, output.SchemaVersion))
		}
	}
}

// docs reads a unit article by article: the three tables have the same
// articles in the same order.
func (u *unit) docs(yield func(*Doc, error) bool) {
	nextQuote, stopQuotes := iter.Pull2(rowsOf[output.QuoteRow](u.quotes))
	defer stopQuotes()
	nextEntity, stopEntities := iter.Pull2(rowsOf[output.EntityRow](u.entities))
	defer stopEntities()
	var ahead *output.EntityRow // read, and of a later article
	for a, err := range rowsOf[output.ArticleRow](u.articles) {
		if err != nil {
			yield(nil, err)
			return
		}
		d := &Doc{Article: *a}
		for len(d.Quotes) < int(a.NQuotes) {
			q, err, ok := nextQuote()
			if err == nil && (!ok || q.ArticleID != a.ArticleID) {
				err = fmt.Errorf("read %s: article %q has %d statements there and %d in articles; whosaid verify says what is wrong", u.quotes, a.ArticleID, len(d.Quotes), a.NQuotes)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			d.Quotes = append(d.Quotes, *q)
		}
		for {
			if ahead == nil {
				e, err, ok := nextEntity()
				if err != nil {
					yield(nil, err)
					return
				}
				if !ok {
					break
				}
				own := *e
				ahead = &own
			}
			if ahead.ArticleID != a.ArticleID {
				break
			}
			d.Entities, ahead = append(d.Entities, *ahead), nil
		}
		if !yield(d, nil) {
			return
		}
	}
}

// packed is a Doc on its way into the index, with what is stored of it.
type packed struct {
	doc  *Doc
	rows []byte
	err  error
}

// batchSize is how many articles go through the channels at once.
const batchSize = 64

// batch is some articles in order; done closes when all are packed.
type batch struct {
	docs []packed
	done chan struct{}
}

// stream reads the units in order and packs their articles on two goroutines,
// few batches ahead of whoever consumes them.
func stream(ctx context.Context, units []unit) iter.Seq2[*packed, error] {
	return func(yield func(*packed, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		ordered, work := make(chan *batch, 8), make(chan *batch, 8)
		finished := make(chan struct{}, 3)
		go func() {
			defer func() { close(ordered); close(work); finished <- struct{}{} }()
			readAll(ctx, units, ordered, work)
		}()
		for range 2 {
			go func() {
				defer func() { finished <- struct{}{} }()
				for b := range work {
					for i := range b.docs {
						b.docs[i].pack()
					}
					close(b.done)
				}
			}()
		}
		defer func() {
			cancel()
			for range 3 {
				<-finished
			}
		}()
		for b := range ordered {
			<-b.done
			for i := range b.docs {
				if !yield(&b.docs[i], b.docs[i].err) || b.docs[i].err != nil {
					cancel()
					for range ordered {
					}
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// readAll cuts the articles of all units into batches and sends each both
// ways.
func readAll(ctx context.Context, units []unit, ordered, work chan<- *batch) {
	b := &batch{done: make(chan struct{})}
	send := func() bool {
		for _, to := range []chan<- *batch{work, ordered} {
			select {
			case to <- b:
			case <-ctx.Done():
				return false
			}
		}
		b = &batch{done: make(chan struct{})}
		return true
	}
	for i := range units {
		for d, err := range units[i].docs {
			b.docs = append(b.docs, packed{doc: d, err: err})
			if (len(b.docs) == batchSize || err != nil) && !send() || err != nil {
				return
			}
		}
	}
	if len(b.docs) > 0 {
		send()
	}
}

// The coders are safe for concurrent use by EncodeAll and DecodeAll, and are
// made on first use: other commands must not pay for them.
var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(err) // the options are constant
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(1<<30))
		if err != nil {
			panic(err)
		}
		return d
	})
)

// pack makes what is stored of the article.
func (p *packed) pack() {
	if p.err != nil {
		return
	}
	b, err := json.Marshal(p.doc)
	if err != nil {
		p.err = fmt.Errorf("pack article %q: %w", p.doc.Article.ArticleID, err)
		return
	}
	p.rows = encoder().EncodeAll(b, nil)
}

// unpack reads what pack stored.
func unpack(rows []byte) (*Doc, error) {
	b, err := decoder().DecodeAll(rows, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack article: %w", err)
	}
	d := new(Doc)
	if err := json.Unmarshal(b, d); err != nil {
		return nil, fmt.Errorf("unpack article: %w", err)
	}
	return d, nil
}
