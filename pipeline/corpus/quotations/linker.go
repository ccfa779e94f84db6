package quotations

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/near"
	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
)

// Options say how quotations are linked.
type Options struct {
	// Dir is where statements are kept while they are linked; a folder of its
	// own is made in it. Empty: the system's folder for temporary files.
	Dir string
	// Workers; 0: one a processor.
	Workers int
	// Memory in bytes for sorting and counting, beside 64 bytes a statement;
	// 0: 512 MiB.
	Memory int64
	// CountCopiesOnce: articles that are copies count as one in n_articles.
	CountCopiesOnce bool
	// Renamed has what ids of persons are now that are another's.
	Renamed map[string]string
	// Person finds the person_id with a hash; not needed where no run was before.
	Person func(hash uint32) (string, error)
	// Model decides on pairs; nil: the one that comes with the program.
	Model *Model
}

const defaultMemory = 512 << 20

// Linker collects statements and finds which are the same utterance.
type Linker struct {
	o     Options
	dir   string
	store *store
	// Of each statement of the run before: the one that names its group, and the
	// fullest of its group then.
	names, stand []uint32
	// revised are those of which the copy_id of the article, where that counts,
	// or the speaker's person_id is another now.
	revised []uint32
	renamed map[uint32]string // the ids that are in Renamed now, by their hashes
}

// New makes a linker. It is not safe for concurrent use, and must be closed.
func New(o Options) (*Linker, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Memory <= 0 {
		o.Memory = defaultMemory
	}
	if o.Model == nil {
		o.Model = defaultModel
	}
	dir, err := os.MkdirTemp(o.Dir, "quotations-*")
	if err != nil {
		return nil, fmt.Errorf("link quotations: %w", err)
	}
	l := &Linker{o: o, dir: dir, renamed: map[uint32]string{}}
	for _, id := range o.Renamed {
		l.renamed[speakerOf(id)] = id
	}
	if l.store, err = openStore(dir); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return l, nil
}

// Add takes a statement.
func (l *Linker) Add(s *Statement) error { return l.store.add(s) }

// Close removes what was kept.
func (l *Linker) Close() error {
	return errors.Join(l.store.close(), os.RemoveAll(l.dir))
}

// Link finds the utterances of all statements, and hands over a row for each
// statement that was added, in their order, and before it a row for its
// utterance where it is the first of it.
func (l *Linker) Link(ctx context.Context, row func(*output.QuotationRow) error, link func(*output.QuotationLinkRow) error) error {
	x, err := l.group(ctx)
	if err != nil {
		return err
	}
	return x.added(ctx, row, link)
}

// group finds the utterances.
func (l *Linker) group(ctx context.Context) (*groups, error) {
	if err := l.store.done(); err != nil {
		return nil, err
	}
	l.rise()
	edges, err := l.edges(ctx)
	if err != nil {
		return nil, err
	}
	defer edges.Close()
	leaders, err := near.Groups(ctx, l.store.metas.n, edges, l.rules())
	if err != nil {
		return nil, err
	}
	return l.groups(leaders), nil
}

// rise lets the fullest of the statements of each group of the run before stand
// for them.
func (l *Linker) rise() {
	fullest := make([]uint32, len(l.names)) // by the one that names the group
	for i, name := range l.names {
		if f := fullest[name]; f == 0 || l.fuller(uint32(i), f-1) < 0 {
			fullest[name] = uint32(i) + 1
		}
	}
	l.stand = make([]uint32, len(l.names))
	for i, name := range l.names {
		l.stand[i] = fullest[name] - 1
	}
}

// edges are the pairs of statements that the model takes for one utterance:
// key both, value the probability.
func (l *Linker) edges(ctx context.Context) (*pairsort.Sorter, error) {
	pairs, err := l.pairs(ctx)
	if err != nil {
		return nil, err
	}
	defer pairs.Close()
	edges := pairsort.New(l.dir, l.o.Memory/4)
	if err := near.Verify(ctx, l.o.Workers, pairs, edges, l.judge); err != nil {
		return nil, errors.Join(err, edges.Close())
	}
	return edges, nil
}

// pairs are the candidates.
func (l *Linker) pairs(ctx context.Context) (*pairsort.Sorter, error) {
	byShingle := pairsort.New(l.dir, l.o.Memory/4)
	defer byShingle.Close()
	if err := l.emitShingles(ctx, byShingle); err != nil {
		return nil, err
	}
	pairs := pairsort.New(l.dir, l.o.Memory/4)
	if err := near.PairUp(ctx, l.item, uint32(len(l.names)), byShingle, pairs); err != nil {
		return nil, errors.Join(err, pairs.Close())
	}
	return pairs, nil
}

func (l *Linker) item(at uint32) *near.Item { return &l.store.metas.at(at).Item }
