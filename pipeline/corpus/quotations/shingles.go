package quotations

import (
	"cmp"
	"context"
	"slices"
	"sync"
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

// scratch is what one worker works with.
type scratch struct {
	shingles []shingle
	found    []pairsort.Pair // not handed on yet
}

// emitShingles fills sorter with the shingles that more than one statement
// has, a new one among them: key the hash, value the statement and what else
// there is to know.
func (l *Linker) emitShingles(ctx context.Context, sorter *pairsort.Sorter) error {
	old, all := uint32(len(l.names)), uint32(l.store.metas.n)
	seen, weak, err := l.freshShingles(ctx, old, all)
	if err != nil {
		return err
	}
	const batch = 4096
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
	send := func(s *scratch) error {
		select {
		case batches <- s.found:
			s.found = make([]pairsort.Pair, 0, batch)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	emit := func(first, end uint32, shared, few func(hash uint64) bool) error {
		return l.parallel(ctx, first, end, func(at uint32, words []word, s *scratch) error {
			s.shingles = shingles(s.shingles[:0], words, l.store.metas.at(at))
			s.shingles = ordered(slices.DeleteFunc(s.shingles, func(g shingle) bool { return !shared(g.hash) }))
			for i, g := range s.shingles {
				if g.content > 1 || few(g.hash) {
					s.found = append(s.found, pairsort.Pair{Key: g.hash, Value: near.Value(at, g.content, i < equalShingles)})
				}
			}
			if len(s.found) < batch {
				return nil
			}
			return send(s)
		}, send)
	}
	group.Go(func() error {
		defer close(batches)
		// What is old counts where something new shares it, but for shingles
		// that say little and that many share: these make no pairs.
		any := func(uint64) bool { return true }
		few := weak.Few
		if weak == nil {
			few = any
		}
		if err := emit(0, old, seen.Meet, few); err != nil {
			return err
		}
		return emit(old, all, seen.Repeated, any)
	})
	return group.Wait()
}

// tallyBytes is what it takes to count a shingle.
const tallyBytes = 64

// freshShingles finds the shingles of new statements, and behind a run before
// lets those of them be counted that say little; nil where they are too many
// for the memory.
func (l *Linker) freshShingles(ctx context.Context, old, all uint32) (*near.Sketch, near.Tally, error) {
	hashes := l.store.shingles
	if old > 0 {
		hashes *= seldomTaken
	}
	seen := near.NewSketch(hashes, l.o.Memory/4)
	var weak near.Tally
	if old > 0 && tallyBytes*l.store.shingles <= l.o.Memory/4 {
		weak = near.Tally{}
	}
	var mu sync.Mutex
	return seen, weak, l.parallel(ctx, old, all, func(at uint32, words []word, s *scratch) error {
		s.shingles = ordered(shingles(s.shingles[:0], words, l.store.metas.at(at)))
		for _, g := range s.shingles {
			seen.Add(g.hash)
		}
		if weak == nil {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		for _, g := range s.shingles {
			if g.content == 1 {
				weak.Follow(g.hash)
			}
		}
		return nil
	}, nil)
}

// parallel calls f for every statement from first to behind last, on all
// workers, and end, unless it is nil, once a worker has nothing more to do.
func (l *Linker) parallel(ctx context.Context, first, last uint32, f func(at uint32, words []word, s *scratch) error, end func(*scratch) error) error {
	const slice = 1 << 14
	n := last - first
	var next atomic.Uint32
	group, ctx := errgroup.WithContext(ctx)
	for range l.o.Workers {
		group.Go(func() error {
			var s scratch
			for {
				i := next.Add(1) - 1
				if uint64(i)*slice >= uint64(n) {
					break
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				err := l.store.eachWords(first+i*slice, first+min(n, (i+1)*slice), func(at uint32, words []word) error {
					return f(at, words, &s)
				})
				if err != nil {
					return err
				}
			}
			if end == nil {
				return nil
			}
			return end(&s)
		})
	}
	return group.Wait()
}
