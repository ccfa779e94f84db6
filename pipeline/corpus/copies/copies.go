// Package copies finds which articles are versions of one text: the same wire
// story in several outlets, republished, lightly edited, under another
// headline, with a paragraph more, cut at the end.
//
// In go articles with their texts (Finder.Add), in any order; out comes a row
// for each article that has copies (Finder.Link). Of an article some 50 bytes
// stay in memory, and on disk four bytes a word while it works.
//
// How: a text is the set of its runs of five words. One run in sixteen, chosen
// by its hash, stands for it (one in four for short texts): two texts of which
// one contains the other share about that part of its sample, whatever their
// lengths. Samples go through package near, which makes pairs of articles that
// share some; a pair is held together by all of its runs: copies share half of
// all their runs, or most of the shorter one's. Groups gather around the
// longest version, so that a story which is updated again and again does not
// draw everything into one.
package copies

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/near"
	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
)

const (
	// leastWords an article has that can be a copy: shorter texts are captions
	// and notices.
	leastWords = 20
	// jaccard is the share of all runs of two articles that both have, from
	// which they are copies; contained the share of the shorter one's, if it
	// has leastShared of them.
	jaccard     = 0.5
	contained   = 0.7
	leastShared = 30
	// centered is the share of an article's runs, or of the longest version's,
	// that both have, from which one that is joined to it over others is a copy.
	centered = 0.5

	sampleOneIn      = 16
	sampleShortOneIn = 4
	shortRuns        = 256
	equalHashes      = 3
	// mostRuns of an article are kept; what a longer text has behind them does
	// not count.
	mostRuns = 1 << 16
)

// Options say how copies are found.
type Options struct {
	Dir     string // for files; empty: the system's folder for temporary files
	Workers int    // 0: one a processor
	Memory  int64  // for sorting, beside 50 bytes an article; 0: 256 MiB
	// Known tells whether an id is that of a group of copies of the run before,
	// which stays; nil: no run was before.
	Known func(id uint64) bool
}

// Article is what counts of an article.
type Article struct {
	ID        string
	Text      string // empty where the tables hold none: then only equal texts are copies
	TextHash  string
	Words     int
	Published *int64 // microseconds since 1970
}

// meta is what is kept in memory of an article.
type meta struct {
	near.Item
	at        int64 // place of its runs in the file
	runs      uint32
	published int64
	id        int64 // place of its id in the file of ids
}

const unpublished = math.MaxInt64

// Finder collects articles.
type Finder struct {
	o        Options
	dir      string
	metas    []meta
	files    [2]*os.File
	runs     *bufio.Writer
	ids      *bufio.Writer
	at, idAt int64
	sampled  *pairsort.Sorter
	hashes   []uint64
	buf      []byte
}

const defaultMemory = 256 << 20

// New makes a finder. It is not safe for concurrent use, and must be closed.
func New(o Options) (*Finder, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Memory <= 0 {
		o.Memory = defaultMemory
	}
	dir, err := os.MkdirTemp(o.Dir, "copies-*")
	if err != nil {
		return nil, fmt.Errorf("find copies: %w", err)
	}
	f := &Finder{o: o, dir: dir, sampled: pairsort.New(dir, o.Memory/4)}
	for i := range f.files {
		if f.files[i], err = os.CreateTemp(dir, "articles-*"); err != nil {
			return nil, errors.Join(fmt.Errorf("find copies: %w", err), f.Close())
		}
	}
	f.runs, f.ids = bufio.NewWriterSize(f.files[0], 1<<18), bufio.NewWriterSize(f.files[1], 1<<16)
	return f, nil
}

// Close removes what was kept.
func (f *Finder) Close() error {
	err := f.sampled.Close()
	for _, file := range f.files {
		if file != nil {
			err = errors.Join(err, file.Close())
		}
	}
	return errors.Join(err, os.RemoveAll(f.dir))
}

// Add takes an article.
func (f *Finder) Add(a *Article) error {
	if len(f.metas) == math.MaxInt32 {
		return fmt.Errorf("find copies: more than %d articles", math.MaxInt32)
	}
	at := uint32(len(f.metas))
	m := meta{Item: near.Item{Key: articleKey(a.ID), Exact: uint32(xxhash.Sum64String(a.TextHash)), Day: near.NoDay}, at: f.at, id: f.idAt, published: unpublished}
	if a.Published != nil {
		m.published = *a.Published
		m.Day = int32(floorDiv(*a.Published, 24*3600*1e6))
	}
	f.hashes = f.hashes[:0]
	words := a.Words
	if a.Text != "" {
		f.hashes, words = runsOf(f.hashes, a.Text)
	}
	if words < leastWords {
		f.hashes = f.hashes[:0]
	} else {
		slices.Sort(f.hashes)
		f.hashes = slices.Compact(f.hashes)
		if err := f.sample(at, a); err != nil {
			return err
		}
	}
	m.Size, m.runs = uint32(words), uint32(len(f.hashes))
	f.buf = f.buf[:0]
	for _, h := range f.hashes {
		f.buf = binary.LittleEndian.AppendUint32(f.buf, uint32(h>>32)) // sorted as they are
	}
	f.at += int64(len(f.buf))
	f.buf = append(f.buf, a.ID...)
	n := len(f.buf) - len(a.ID)
	f.idAt += int64(len(a.ID))
	f.metas = append(f.metas, m)
	_, err := f.runs.Write(f.buf[:n])
	_, err2 := f.ids.Write(f.buf[n:])
	if err := cmp.Or(err, err2); err != nil {
		return fmt.Errorf("find copies: %w", err)
	}
	return nil
}

// sample gives the sorter what stands for an article; the hashes are sorted.
func (f *Finder) sample(at uint32, a *Article) error {
	oneIn := uint64(sampleOneIn)
	if len(f.hashes) < shortRuns {
		oneIn = sampleShortOneIn
	}
	for i, h := range f.hashes {
		if h > math.MaxUint64/oneIn {
			break
		}
		if err := f.sampled.Add(h, near.Value(at, 3, i < equalHashes)); err != nil {
			return err
		}
	}
	// Equal texts meet in any case.
	return f.sampled.Add(xxhash.Sum64String("equal "+a.TextHash), near.Value(at, 3, true))
}

// Link hands over a row for every article that is one of several versions of a
// text, in the order in which the articles were added.
func (f *Finder) Link(ctx context.Context, row func(*output.CopyRow) error) error {
	if err := cmp.Or(f.runs.Flush(), f.ids.Flush()); err != nil {
		return fmt.Errorf("find copies: %w", err)
	}
	pairs, edges := pairsort.New(f.dir, f.o.Memory/4), pairsort.New(f.dir, f.o.Memory/4)
	defer pairs.Close()
	defer edges.Close()
	item := func(at uint32) *near.Item { return &f.metas[at].Item }
	if err := near.PairUp(ctx, item, 0, f.sampled, pairs); err != nil {
		return err
	}
	if err := near.Verify(ctx, f.o.Workers, pairs, edges, f.judge); err != nil {
		return err
	}
	c := &comparer{f: f}
	leaders, err := near.Groups(ctx, len(f.metas), edges, near.Rules{
		Dir: f.dir, Memory: f.o.Memory / 4, Center: f.longer, Vouched: 2, // nobody
		Belongs: func(center, at uint32) (bool, error) {
			s, err := c.compare(center, at)
			return s.contained() >= centered, err
		},
	})
	if err != nil {
		return err
	}
	return f.rows(c, leaders, edges, row)
}

// longer orders articles: the longer first, then the earlier.
func (f *Finder) longer(a, b uint32) int {
	return cmp.Or(cmp.Compare(f.metas[b].Size, f.metas[a].Size), f.earlier(a, b))
}

func (f *Finder) earlier(a, b uint32) int {
	x, y := &f.metas[a], &f.metas[b]
	return cmp.Or(cmp.Compare(x.published, y.published), cmp.Compare(x.Key, y.Key))
}

func (f *Finder) judge() near.Judge {
	c := &comparer{f: f}
	return func(a, b uint32, _ near.Shared) (float32, bool, error) {
		s, err := c.compare(a, b)
		p := max(s.jaccard(), s.contained())
		return float32(p), s.jaccard() >= jaccard || s.contained() >= contained && s.both >= leastShared, err
	}
}

// rows hands over the rows of all groups.
func (f *Finder) rows(c *comparer, leaders []uint32, edges *pairsort.Sorter, row func(*output.CopyRow) error) error {
	similarity := make([]float32, len(leaders))
	for p, err := range edges.All() {
		if err != nil {
			return err
		}
		a, b := uint32(p.Key>>32), uint32(p.Key)
		if leaders[a] != leaders[b] {
			continue
		}
		s, err := c.compare(a, b)
		if err != nil {
			return err
		}
		similarity[a] = max(similarity[a], share(s.both, s.a))
		similarity[b] = max(similarity[b], share(s.both, s.b))
	}
	// The first article of each group, by its leader; then the one that names it.
	size, earliest, named := map[uint32]int{}, map[uint32]uint32{}, map[uint32]uint32{}
	for i, leader := range leaders {
		if leader != uint32(i) {
			size[leader]++
		}
	}
	for i, leader := range leaders {
		at := uint32(i)
		if size[leader] == 0 {
			continue
		}
		if first, ok := earliest[leader]; !ok || f.earlier(at, first) < 0 {
			earliest[leader] = at
		}
		if f.o.Known != nil && f.o.Known(f.metas[at].Key) {
			if first, ok := named[leader]; !ok || f.earlier(at, first) < 0 {
				named[leader] = at
			}
		}
	}
	for i, leader := range leaders {
		if size[leader] == 0 {
			continue
		}
		first := earliest[leader]
		name, ok := named[leader]
		if !ok {
			name = first
		}
		id, err := f.id(uint32(i))
		if err != nil {
			return err
		}
		r := output.CopyRow{ArticleID: id, CopyID: fmt.Sprintf("%016x", f.metas[name].Key), Similarity: similarity[i], IsEarliest: uint32(i) == first}
		if err := row(&r); err != nil {
			return err
		}
	}
	return nil
}

// id reads the id of an article back.
func (f *Finder) id(at uint32) (string, error) {
	end := f.idAt
	if int(at)+1 < len(f.metas) {
		end = f.metas[at+1].id
	}
	b := make([]byte, end-f.metas[at].id)
	if _, err := f.files[1].ReadAt(b, f.metas[at].id); err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("find copies: %w", err)
	}
	return string(b), nil
}

func floorDiv(a, b int64) int64 {
	d := a / b
	if a%b < 0 {
		d--
	}
	return d
}
