package quotations

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/whosaid/whosaid/pipeline/corpus/near"
	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
)

const (
	shingleWords = 4 // words in a row
	tripleWords  = 3 // content words in a row, whatever stands between
	// equalShingles are the shingles of two equal statements that make a pair
	// of them; the others would only say the same again.
	equalShingles = 3
)

// shingle is a hash of words that two statements may share.
type shingle struct {
	hash    uint64
	content uint8 // content words in it
}

// shingles appends what may lead from a statement to others: every run of four
// words with a content word in it, every three content words in a row; in an
// article that has copies also the whole statement, however short. They are in
// no order, and one may be there twice.
func shingles(dst []shingle, words []word, m *meta) []shingle {
	for i := 0; i+shingleWords <= len(words); i++ {
		part := words[i : i+shingleWords]
		content := uint8(0)
		for _, w := range part {
			content += uint8(w & contentBit)
		}
		if content > 0 {
			dst = append(dst, shingle{hash: hashWords(part), content: content})
		}
	}
	var triple [tripleWords]word
	n := 0
	for _, w := range words {
		if !w.content() {
			continue
		}
		triple[0], triple[1], triple[2] = triple[1], triple[2], w
		if n++; n >= tripleWords {
			dst = append(dst, shingle{hash: hashWords(triple[:]) + 1, content: tripleWords})
		}
	}
	if m.text != m.article && len(words) > 0 {
		dst = append(dst, shingle{hash: near.Mix(hashWords(words) + uint64(m.text)), content: shingleWords})
	}
	return dst
}

// ordered sorts shingles, those that say most first, and leaves each once.
func ordered(s []shingle) []shingle {
	slices.SortFunc(s, func(a, b shingle) int {
		return cmp.Or(cmp.Compare(b.content, a.content), cmp.Compare(a.hash, b.hash))
	})
	return slices.CompactFunc(s, func(a, b shingle) bool { return a.hash == b.hash })
}

// seldomTaken: the sketch has so many places for each shingle of a new
// statement that few of the many of old ones are taken for one of them.
const seldomTaken = 16

// emitShingles fills sorter with the shingles that more than one statement
// has, a new one among them: key the hash, value the statement and what else
// there is to know.
func (l *Linker) emitShingles(ctx context.Context, sorter *pairsort.Sorter) error {
	old, all := uint32(len(l.names)), uint32(l.store.metas.n)
	hashes := l.store.shingles
	if old > 0 {
		hashes *= seldomTaken
	}
	seen := near.NewSketch(hashes, l.o.Memory/4)
	err := l.parallel(ctx, old, all, func(at uint32, words []word, buf *[]shingle) error {
		*buf = ordered(shingles((*buf)[:0], words, l.store.metas.at(at)))
		for _, g := range *buf {
			seen.Add(g.hash)
		}
		return nil
	})
	if err != nil {
		return err
	}
	batches := make(chan []pairsort.Pair, l.o.Workers)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		for batch := range batches {
			for _, p := range batch {
				if err := sorter.Add(p.Key, p.Value); err != nil {
					return err
				}
			}
		}
		return nil
	})
	emit := func(shared func(hash uint64) bool) func(at uint32, words []word, buf *[]shingle) error {
		return func(at uint32, words []word, buf *[]shingle) error {
			*buf = shingles((*buf)[:0], words, l.store.metas.at(at))
			*buf = ordered(slices.DeleteFunc(*buf, func(g shingle) bool { return !shared(g.hash) }))
			if len(*buf) == 0 {
				return nil
			}
			batch := make([]pairsort.Pair, 0, len(*buf))
			for i, g := range *buf {
				batch = append(batch, pairsort.Pair{Key: g.hash, Value: near.Value(at, g.content, i < equalShingles)})
			}
			select {
			case batches <- batch:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	group.Go(func() error {
		defer close(batches)
		if err := l.parallel(ctx, 0, old, emit(seen.Meet)); err != nil { // what is old counts where something new shares it
			return err
		}
		return l.parallel(ctx, old, all, emit(seen.Repeated))
	})
	return group.Wait()
}

// parallel calls f for every statement from first to behind last, on all
// workers.
func (l *Linker) parallel(ctx context.Context, first, last uint32, f func(at uint32, words []word, buf *[]shingle) error) error {
	const slice = 1 << 14
	n := last - first
	var next atomic.Uint32
	group, ctx := errgroup.WithContext(ctx)
	for range l.o.Workers {
		group.Go(func() error {
			var buf []shingle
			for {
				i := next.Add(1) - 1
				if uint64(i)*slice >= uint64(n) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				err := l.store.eachWords(first+i*slice, first+min(n, (i+1)*slice), func(at uint32, words []word) error {
					return f(at, words, &buf)
				})
				if err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}
