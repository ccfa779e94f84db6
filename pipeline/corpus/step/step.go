// Package step is what the steps of a link have in common: the records that
// they read, and the tables that they write.
//
// A step gets an Input, streams of the corpus's records in a fixed order, and
// an Output, writers of its tables. It must give the same bytes at any number
// of workers, must not hold more than Input.Memory of records at once (package
// spill sorts what is larger), and must not touch files by itself.
package step

import (
	"context"
	"io"
	"iter"
	"log/slog"

	"github.com/whosaid/whosaid/output"
)

// Step makes some of the tables across articles.
type Step interface {
	// Name is a word for plans, logs and progress, such as "people".
	Name() string
	// Tables are those that the step writes, all of them in each run.
	Tables() []output.Table
	// Run makes them.
	Run(ctx context.Context, in *Input, out *Output) error
}

// Article is a row of the articles table that was read well (status ok).
type Article struct {
	Number    int64 // in the order of the corpus; those of the run before come first
	Place     Place // leads back to it, in this run and in those that add to it
	ID        string
	Partition string // such as published=2026-11-22; "" without partitions
	Outlet    string // "" unknown
	Published *output.Timestamp
	Words     int32
	TextHash  string // SHA-256 of the text, 64 hex digits
	Text      string // only when it was asked for, and the tables hold it
}

// Place is where a row of the articles table stands: its part, in the order of
// the corpus, and its row there. Places ascend with Number.
type Place uint64

// Entity is a row of the entities table, with what its article tells.
type Entity struct {
	Article     *Article // shared by the entities of the article; without text
	EntityID    string
	Name        string
	Kind        string
	Titles      []string
	Aliases     []string
	Gender      string // "" unknown
	GenderBasis string
	NMentions   int32
	NQuotes     int32
	NWords      int32
}

// Statement is a row of the quotes table, with what its article tells.
type Statement struct {
	Article  *Article // shared by the statements of the article; without text
	QuoteID  string
	Type     string
	Text     string
	PersonID string // people.person_id; "" where the step people has not linked the speaker
}

// Corpus is streams of records, article by article, in the order of Number.
// A stream may be read several times. What it yields is valid until the next.
type Corpus interface {
	// Articles are the articles, with their texts when asked for.
	Articles(ctx context.Context, text bool) iter.Seq2[*Article, error]
	// Entities are the entities of each article in turn.
	Entities(ctx context.Context) iter.Seq2[[]Entity, error]
	// Statements are the statements of each article in turn.
	Statements(ctx context.Context) iter.Seq2[[]Statement, error]
}

// Input is what a step works on.
type Input struct {
	// New is what no run before has seen; in a first run the whole corpus.
	New Corpus
	// At are the articles of the whole corpus at some places, in ascending
	// order. Of each it tells place, id and text, and costs a page of the part.
	At func(ctx context.Context, places []Place) iter.Seq2[*Article, error]
	// State opens a part of what this step kept in the run before; nil where it
	// kept none of that name.
	State func(name string) (State, error)
	// Previous are the tables of the run before; none in a first run.
	Previous Tables
	// Replaced are the tables that this run is to take the place of, without
	// adding to them; none in a first run, or one that adds.
	Replaced Tables
	// Made are the tables that the steps before this one have made in this run.
	Made Tables

	CopiesOnce bool   // count the copies of one article as one
	RunID      string // 16 hex digits
	Workers    int    // goroutines worth starting, at least 1
	Memory     int64  // bytes that the step may hold in memory, about
	Temp       string // folder for the files of package spill
	Log        *slog.Logger
	// Progress is told how far the step is, now and then; of may be 0.
	Progress func(doing string, done, of int64)
}

// State is a part of what a step kept: the bytes that it wrote.
type State interface {
	io.ReadCloser
	io.ReaderAt
}

// Tables are the parts of tables.
type Tables map[output.Table][]string

// Rows visits the rows of the table that T is a row of, in their order.
func Rows[T output.Row](t Tables, visit func(*T) error) error {
	for _, path := range t[output.TableOf[T]()] {
		if _, err := output.ReadFile(path, visit); err != nil {
			return err
		}
	}
	return nil
}

// Output takes what a step makes. The engine closes the writers, and drops
// what they wrote when the step ends with an error.
type Output struct {
	// Create creates a new part of a table, which Writer opens.
	Create func(output.Table) (path string, o output.Options, err error)
	// PartRows is the most rows of a part of a Table; 0: 32,768.
	PartRows int64
	// Opened is told of every part.
	Opened func(Closer)
	// Close ends a part before the step ends: many open ones take memory.
	Close func(Closer) error
	// Keep lets parts of the run before stay, as the next of the table, whose
	// parts stand in the order in which they are created and kept: those named,
	// or all. What is not kept is no part of the table any more.
	Keep func(t output.Table, paths ...string) error
	// State takes a part of what the step wants to find in the run after this
	// one.
	State func(name string) (io.Writer, error)
	// KeepState lets a part of the state of the run before stay.
	KeepState func(name string) error
	// Counts are figures for the summary of the run, under names that no other
	// step uses.
	Counts map[string]int64
}

// Closer ends a part.
type Closer interface {
	Close() (output.FileInfo, error)
	Abort() error
}

// Writer opens a part of the table that T is a row of.
func Writer[T output.Row](o *Output) (*output.TableWriter[T], error) {
	path, options, err := o.Create(output.TableOf[T]())
	if err != nil {
		return nil, err
	}
	w, err := output.Create[T](output.Parquet, path, options)
	if err != nil {
		return nil, err
	}
	o.Opened(w)
	return w, nil
}
