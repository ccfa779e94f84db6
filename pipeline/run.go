package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"

	"github.com/whosaid/whosaid/output"
)

// Job is a run: what is read, how, and where the tables go.
type Job struct {
	Plan    *Plan
	Source  Source
	Extract Extract
	Options Options
	Write   WriteOptions
	Out     string
	// Fresh refuses an output folder that holds anything.
	Fresh bool
	// Partition makes the run a partition of a corpus: a name that
	// ParsePartition gives. Replace lets it take the place of one of another
	// plan.
	Partition string
	Replace   bool
	// FS is where output goes; nil: the local disk.
	FS FS

	plant plant
}

// Summary tells what came of a run.
type Summary struct {
	*Manifest
	Resumed  int  // units that an earlier run had done
	Already  bool // the whole run had been done before; nothing was
	Replaced bool // an older partition gave way
}

// Add sums another run's summary in; the first sets what cannot be summed.
func (s *Summary) Add(o *Summary) {
	if s.Manifest == nil {
		m := *o.Manifest
		m.Counters = Counters{}
		s.Manifest, s.Already = &m, true
		s.Units, s.Files = 0, nil
	}
	s.Counters.add(&o.Counters)
	s.Counters.rank()
	s.Units += o.Units
	s.Files = append(s.Files, o.Files...)
	s.Resumed += o.Resumed
	s.Already = s.Already && o.Already
	s.Replaced = s.Replaced || o.Replaced
}

// Run carries a job out, or takes it up where an earlier one with the same
// plan stopped. It returns once the manifest is durable, or with an error, in
// which case there is no manifest and the same job can be run again:
// ErrOtherPlan and ErrNotEmpty before anything is written, ErrTooManyRejects,
// the cause of ctx's end, or what went wrong.
func Run(ctx context.Context, j Job) (*Summary, error) {
	j.Options = j.Options.resolved()
	if j.FS == nil {
		j.FS = OS{}
	}
	if j.Partition != "" {
		return j.partition(ctx)
	}
	s := &Store{fs: j.FS, dir: j.Out, meta: j.Out, plan: j.Plan, log: j.Options.Log, plant: j.plant}
	if err := s.claim(ctx, j.Fresh); err != nil {
		return nil, err
	}
	defer s.Close()
	return j.into(ctx, s)
}

// into runs the job into a claimed store.
func (j *Job) into(ctx context.Context, s *Store) (*Summary, error) {
	if m, err := s.finished(); m != nil || err != nil {
		if err != nil {
			return nil, err
		}
		if err := j.tolerable(&m.Counters); err != nil {
			return nil, err
		}
		s.sweep(m)
		return &Summary{Manifest: m, Already: true}, nil
	}
	if j.Write.format().InParts() {
		return j.byUnits(ctx, s)
	}
	return j.whole(ctx, s)
}

// tolerable applies MaxRejects to a run that was finished under another limit.
func (j *Job) tolerable(c *Counters) error {
	e := &engine{o: j.Options}
	if err := e.tolerate(c.Rejected + c.Failed); err != nil {
		return fmt.Errorf("%w; they are in the table rejects", err)
	}
	return nil
}

// byUnits runs and commits unit by unit.
func (j *Job) byUnits(ctx context.Context, s *Store) (*Summary, error) {
	sum := new(Summary)
	e := j.engine(s)
	e.recorded = func(u Unit) (*Counters, error) {
		r, err := s.done(u.ID)
		if r == nil || err != nil {
			return nil, err
		}
		sum.Resumed++
		return &r.Counters, nil
	}
	e.replay = func(u Unit, k *known) error { return s.replay(ctx, u, k, e) }
	e.open = func(u Unit) (Sink, error) { return s.newParts(j.Write, u), nil }
	e.known = newKnown()
	if err := s.tellKnown(e.known, j.Out); err != nil {
		return nil, err
	}
	if _, err := e.run(ctx, s.plan.Units); err != nil {
		return nil, cause(ctx, err)
	}
	var err error
	sum.Manifest, err = s.Finish()
	if err != nil {
		return nil, err
	}
	return sum, nil
}

// whole runs into one file a table; what a stopped run did is lost.
func (j *Job) whole(ctx context.Context, s *Store) (*Summary, error) {
	f := &flat{store: s, o: j.Write}
	if err := f.start(); err != nil {
		return nil, err
	}
	e := j.engine(s)
	e.recorded = func(Unit) (*Counters, error) { return nil, nil }
	e.open = func(Unit) (Sink, error) { return stream{f}, nil }
	total, err := e.run(ctx, j.Plan.Units)
	if err != nil {
		f.abort()
		return nil, cause(ctx, err)
	}
	m, err := f.finish(total)
	if err != nil {
		f.abort()
		return nil, err
	}
	return &Summary{Manifest: m}, nil
}

func (j *Job) engine(s *Store) *engine {
	return &engine{plan: s.plan, src: j.Source, extract: j.Extract, o: j.Options, runID: s.hash, evidence: s.evidence}
}

// cause prefers the reason why a run was stopped over the error that stopping
// made.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// RunUnit extracts one unit of a plan into a sink and returns its counters. It
// knows nothing of commits, resuming or other units: it is what a distributed
// runner calls. Duplicates are found within the unit only.
func RunUnit(ctx context.Context, p *Plan, u Unit, src Source, x Extract, out Sink, o Options) (*Counters, error) {
	hash, err := p.Hash()
	if err != nil {
		return nil, err
	}
	e := &engine{plan: p, src: src, extract: x, o: o, runID: hash}
	e.recorded = func(Unit) (*Counters, error) { return nil, nil }
	e.open = func(Unit) (Sink, error) { return out, nil }
	c, err := e.run(ctx, []Unit{u})
	return c, cause(ctx, err)
}

// finished is the manifest when all of its files are there in their sizes.
func (s *Store) finished() (*Manifest, error) {
	m, err := s.Manifest()
	if m == nil || err != nil {
		return nil, err
	}
	if m.Plan != s.hash {
		return nil, fmt.Errorf("%w: manifest of plan %s in %s", ErrOtherPlan, m.Plan, s.meta)
	}
	for _, f := range m.Files {
		st, err := s.fs.Stat(filepath.Join(s.dir, filepath.FromSlash(f.Path)))
		if err != nil || st.Size() != f.Bytes {
			s.log.Warn("a file of the finished run is missing or has another size: it is made again", "file", f.Path)
			return nil, nil //nolint:nilerr // doing the unit again shows what is wrong
		}
	}
	return m, nil
}

// replay tells the ids of a recorded unit's articles: from its part of the
// articles table, or, where that table is not written, from the input.
func (s *Store) replay(ctx context.Context, u Unit, k *known, e *engine) error {
	r, err := s.Record(u.ID)
	if err != nil || r == nil {
		return err
	}
	for _, f := range r.Files {
		if f.Table != output.Articles {
			continue
		}
		return eachArticle(filepath.Join(s.dir, filepath.FromSlash(f.Path)), k.add)
	}
	again := reader{engine: e, ctx: ctx, silent: true}
	return again.unit(u)
}

// articleKey is the part of an articles row that tells articles apart.
type articleKey struct {
	ArticleID  string `parquet:"article_id"`
	TextSHA256 string `parquet:"text_sha256"`
}

// openSized opens a file of the local disk for reading at any place.
func openSized(name string) (*os.File, int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, st.Size(), nil
}

// eachArticle calls f for every row of a part of the articles table.
func eachArticle(name string, f func(id, textSHA256 string)) (err error) {
	defer func() { // the library panics on some damaged files
		if p := recover(); p != nil {
			err = fmt.Errorf("read %s: damaged: %v", name, p)
		}
	}()
	file, size, err := openSized(name)
	if err != nil {
		return fmt.Errorf("read part: %w", err)
	}
	defer file.Close()
	pf, err := parquet.OpenFile(file, size)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	r := parquet.NewGenericReader[articleKey](pf)
	defer r.Close()
	buf := make([]articleKey, 256)
	var rows int64
	for {
		n, err := r.Read(buf)
		for _, a := range buf[:n] {
			f(a.ArticleID, a.TextSHA256)
		}
		rows += int64(n)
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
	if rows != pf.NumRows() {
		return fmt.Errorf("read %s: %d rows of %d", name, rows, pf.NumRows())
	}
	return nil
}
