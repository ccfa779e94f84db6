// Package copies finds which articles are versions of one text: the same wire
// story in several outlets, republished, lightly edited, under another
// headline, with a paragraph more, cut at the end.
//
// In go articles with their texts (Finder.Add), in any order; out comes a row
// for each article that has copies (Finder.Link). Of an article some 70 bytes
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
//
// What the next run needs of an article is kept: its sample, and with which
// articles it is joined (kept.go). That run compares pairs with something new,
// reads the texts of the old articles in them again, and forms the groups anew
// that something new is in.
package copies

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"runtime"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/near"
	"github.com/whosaid/whosaid/pipeline/corpus/segments"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
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
	Memory  int64  // for sorting, beside 70 bytes an article; 0: 256 MiB
	// Known tells whether an id is that of a group of copies of the run before,
	// which stays; nil: no run was before.
	Known func(id uint64) bool
	// At are the articles of runs before at some places, with their texts.
	At func(ctx context.Context, places []step.Place) iter.Seq2[*step.Article, error]
}

// Article is what counts of an article.
type Article struct {
	ID        string
	Text      string // empty where the tables hold none: then only equal texts are copies
	TextHash  string
	Words     int
	Published *int64 // microseconds since 1970
	Place     step.Place
}

// meta is what is kept in memory of an article.
type meta struct {
	near.Item
	published int64
	place     step.Place
	at        int64  // place of its runs in the file; absent when they are not there
	id        int64  // place of its id in the file of ids, likewise
	runs      uint32 // how many
	sampled   uint32 // how many stand for it, and its whole text
}

const (
	unpublished = math.MaxInt64
	absent      = -1
)

// Finder collects articles.
type Finder struct {
	o     Options
	dir   string
	metas []meta // those of runs before first
	old   int    // how many these are
	files [3]file
	joins []join // of the runs before, and in the end of this one
	rows  []row  // of the run before
	// samples are those of old articles.
	samples *segments.Column

	hashes []uint64
	buf    []byte
}

// The files of a finder.
const (
	runsFile = iota
	idsFile
	samplesFile
)

// file is written at its end.
type file struct {
	*os.File
	w   *bufio.Writer
	end int64
}

func (f *file) Write(b []byte) (int, error) {
	n, err := f.w.Write(b)
	f.end += int64(n)
	return n, err
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
	f := &Finder{o: o, dir: dir}
	for i := range f.files {
		at, err := os.CreateTemp(dir, "articles-*")
		if err != nil {
			return nil, errors.Join(fmt.Errorf("find copies: %w", err), f.Close())
		}
		f.files[i] = file{File: at, w: bufio.NewWriterSize(at, 1<<17)}
	}
	return f, nil
}

// Close removes what was kept while it worked.
func (f *Finder) Close() error {
	var err error
	for _, file := range f.files {
		if file.File != nil {
			err = errors.Join(err, file.Close())
		}
	}
	return errors.Join(err, os.RemoveAll(f.dir))
}

// flush makes what was written readable.
func (f *Finder) flush() error {
	for i := range f.files {
		if err := f.files[i].w.Flush(); err != nil {
			return fmt.Errorf("find copies: %w", err)
		}
	}
	return nil
}

// Add takes an article.
func (f *Finder) Add(a *Article) error {
	if len(f.metas) == math.MaxInt32 {
		return fmt.Errorf("find copies: more than %d articles", math.MaxInt32)
	}
	m := meta{
		Item:      near.Item{Key: articleKey(a.ID), Exact: uint32(xxhash.Sum64String(a.TextHash)), Day: near.DayOf(a.Published)},
		published: unpublished, place: a.Place, at: absent,
	}
	if a.Published != nil {
		m.published = *a.Published
	}
	words := f.cut(a.Text)
	if a.Text == "" {
		words = a.Words
	}
	m.Size = uint32(words)
	if words < leastWords {
		f.hashes = f.hashes[:0]
	} else if err := f.sample(&m, a); err != nil {
		return err
	}
	f.metas = append(f.metas, m)
	return f.keep(&f.metas[len(f.metas)-1], a.ID)
}

// cut fills hashes with the runs of a text, sorted, and counts its words.
func (f *Finder) cut(text string) (words int) {
	f.hashes, words = runsOf(f.hashes[:0], text)
	slices.Sort(f.hashes)
	f.hashes = slices.Compact(f.hashes)
	return words
}

// keep writes the runs, which are in hashes, and the id of an article.
func (f *Finder) keep(m *meta, id string) error {
	m.runs, m.at, m.id = uint32(len(f.hashes)), f.files[runsFile].end, f.files[idsFile].end
	f.buf = f.buf[:0]
	for _, h := range f.hashes {
		f.buf = binary.LittleEndian.AppendUint32(f.buf, uint32(h>>32)) // sorted as they are
	}
	_, err := f.files[runsFile].Write(f.buf)
	f.buf = append(binary.LittleEndian.AppendUint32(f.buf[:0], uint32(len(id))), id...)
	_, err2 := f.files[idsFile].Write(f.buf)
	if err := cmp.Or(err, err2); err != nil {
		return fmt.Errorf("find copies: %w", err)
	}
	return nil
}

// sample writes what stands for an article: some of its runs, which are in
// hashes, and its text as a whole, so that equal ones meet in any case.
func (f *Finder) sample(m *meta, a *Article) error {
	oneIn := uint64(sampleOneIn)
	if len(f.hashes) < shortRuns {
		oneIn = sampleShortOneIn
	}
	f.buf = f.buf[:0]
	for _, h := range f.hashes {
		if h > math.MaxUint64/oneIn {
			break
		}
		f.buf = binary.LittleEndian.AppendUint64(f.buf, h)
	}
	f.buf = binary.LittleEndian.AppendUint64(f.buf, xxhash.Sum64String("equal "+a.TextHash))
	m.sampled = uint32(len(f.buf) / 8)
	if _, err := f.files[samplesFile].Write(f.buf); err != nil {
		return fmt.Errorf("find copies: %w", err)
	}
	return nil
}

// Link hands over a row for every article that is one of several versions of a
// text, in the order in which the articles were added.
func (f *Finder) Link(ctx context.Context, visit func(*output.CopyRow) error) error {
	fresh, err := f.compare(ctx)
	if err != nil {
		return err
	}
	rows, err := f.groups(ctx, f.touched(fresh))
	if err != nil {
		return err
	}
	for i := range rows {
		if err := visit(&rows[i].CopyRow); err != nil {
			return err
		}
	}
	return nil
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
