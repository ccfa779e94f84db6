package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"sync/atomic"

	"github.com/parquet-go/parquet-go"
)

// Job is a run: what is read, how, and where the tables go.
type Job struct {
	Plan   *Plan
	Source Source
	// Ahead reads what Source reads, for the ids of articles alone; nil: Source.
	Ahead   Source
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
	// Folder is where output goes; nil: the local folder Out.
	Folder Folder
	// FS is the file system of a local Out; nil: the disk's.
	FS FS

	// What tests put in the way: of the folder, and of the writers of tables.
	wrap func(Folder) Folder
	open opener
}

// resolved fills the zero values in.
func (j Job) resolved() Job {
	j.Options = j.Options.resolved()
	if j.FS == nil {
		j.FS = OS{}
	}
	if j.Ahead == nil {
		j.Ahead = j.Source
	}
	return j
}

// store is the job's place in its output folder, not yet claimed.
func (j *Job) store() *Store {
	dir := j.Folder
	if dir == nil {
		dir = local{j.FS, j.Out}
	}
	s := &Store{dir: j.wrapped(dir), plan: j.Plan, log: j.Options.Log, open: j.open}
	if j.Partition != "" {
		s.meta, s.part = path.Join(partitionsName, j.Partition), j.Partition
	}
	return s
}

func (j *Job) wrapped(dir Folder) Folder {
	if j.wrap == nil {
		return dir
	}
	return j.wrap(dir)
}

// Summary tells what came of a run.
type Summary struct {
	*Manifest
	Resumed  int  // units that an earlier run, or another process, had done
	Did      int  // units done by this process
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
	s.Did += o.Did
	s.Already = s.Already && o.Already
	s.Replaced = s.Replaced || o.Replaced
}

// Run carries a job out, or takes it up where an earlier one with the same
// plan stopped. It returns once the manifest is durable, or with an error, in
// which case there is no manifest and the same job can be run again:
// ErrOtherPlan and ErrNotEmpty before anything is written, ErrTooManyRejects,
// the cause of ctx's end, or what went wrong.
func Run(ctx context.Context, j Job) (*Summary, error) {
	j = j.resolved()
	if j.Partition != "" {
		return j.partition(ctx)
	}
	s := j.store()
	if err := s.claim(ctx, j.Fresh); err != nil {
		return nil, err
	}
	defer s.Close()
	return j.into(ctx, s)
}

// into runs the job into a claimed store: all units, then the manifest.
func (j *Job) into(ctx context.Context, s *Store) (*Summary, error) {
	sum, err := j.already(s)
	if sum != nil || err != nil {
		return sum, err
	}
	if sum, err = j.work(ctx, s, Share{}); err != nil {
		return nil, err
	}
	sum.Manifest, err = s.Finish(s.plan.unitIDs(j.Write.format()))
	if err != nil {
		return nil, err
	}
	return sum, nil
}

// already is the summary of a run that was finished before; nil when it was not.
func (j *Job) already(s *Store) (*Summary, error) {
	m, err := s.finished()
	if m == nil || err != nil {
		return nil, err
	}
	if err := j.tolerable(&m.Counters); err != nil {
		return nil, err
	}
	s.sweep(m)
	return &Summary{Manifest: m, Already: true}, nil
}

// tolerable applies MaxRejects to a run that was finished under another limit.
func (j *Job) tolerable(c *Counters) error {
	e := &engine{o: j.Options}
	if err := e.tolerate(c.Rejected + c.Failed); err != nil {
		return fmt.Errorf("%w; they are in the table rejects", err)
	}
	return nil
}

// work does the share of the units that are not done.
func (j *Job) work(ctx context.Context, s *Store, share Share) (*Summary, error) {
	units := s.plan.unitIDs(j.Write.format())
	sum := new(Summary)
	next, settled, err := share.units(s, units)
	if err != nil {
		return nil, err
	}
	if j.Write.format().InParts() {
		err = j.byUnits(ctx, s, share, next, sum)
	} else {
		err = j.whole(ctx, s, next, sum)
	}
	if settled != nil {
		settled()
	}
	if err != nil {
		return nil, cause(ctx, err)
	}
	return sum, nil
}

// byUnits runs and commits unit by unit.
func (j *Job) byUnits(ctx context.Context, s *Store, share Share, next chooser, sum *Summary) error {
	e := j.engine(s)
	e.next = next
	var resumed, did atomic.Int64
	e.recorded = func(u Unit) (*Counters, error) {
		r, err := s.done(u.ID)
		if r == nil || err != nil {
			did.Add(1)
			return nil, err
		}
		resumed.Add(1)
		return &r.Counters, nil
	}
	e.open = func(u Unit) (Sink, error) { return s.newParts(j.Write, u), nil }
	fresh := func() (*known, error) {
		k := newKnown()
		return k, s.tellKnown(k, j.corpus(s))
	}
	lanes := j.Options.lanes(len(s.plan.Units))
	if lanes == 1 && share.all() {
		k, err := fresh()
		if err != nil {
			return err
		}
		e.ids = &inOrder{known: k, limit: j.Options.Limit, see: j.sighter(s, false)}
	} else {
		l := newLedger(j.Options.Limit, fresh, j.sighter(s, !share.all()))
		l.shared = !share.all()
		e.ids = l
		e.next = func(ctx context.Context) (int, bool, error) {
			i, more, err := next(ctx)
			if more && err == nil {
				l.expect(i)
			}
			return i, more, err
		}
	}
	_, err := e.run(ctx, lanes)
	sum.Resumed, sum.Did = int(resumed.Load()), int(did.Load())
	return err
}

// whole runs into one file a table; what a stopped run did is lost.
func (j *Job) whole(ctx context.Context, s *Store, next chooser, sum *Summary) error {
	if _, ours, err := next(ctx); err != nil || !ours {
		return err
	}
	r, err := s.done(wholeRun)
	if r != nil || err != nil {
		sum.Resumed = len(s.plan.Units)
		return err
	}
	f := &flat{store: s, o: j.Write}
	if err := f.start(); err != nil {
		return err
	}
	e := j.engine(s)
	e.next = inTurn(len(s.plan.Units))
	e.recorded = func(Unit) (*Counters, error) { return nil, nil }
	e.open = func(Unit) (Sink, error) { return stream{f}, nil }
	e.ids = &inOrder{known: newKnown(), limit: j.Options.Limit}
	total, err := e.run(ctx, 1)
	if err == nil {
		err = f.finish(total)
	}
	if err != nil {
		f.abort()
		return err
	}
	sum.Did = len(s.plan.Units)
	return nil
}

func (j *Job) engine(s *Store) *engine {
	return &engine{units: s.plan.Units, inputs: s.plan.Inputs, src: j.Source, extract: j.Extract, o: j.Options, runID: s.hash, evidence: s.evidence}
}

// corpus is the folder of the partitions beside the job's, also while it is
// made in the staging folder.
func (j *Job) corpus(s *Store) Folder {
	if j.Folder == nil && j.Partition != "" {
		return local{j.FS, j.Out}
	}
	return s.dir
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
	e := &engine{units: []Unit{u}, inputs: p.Inputs, next: inTurn(1), src: src, extract: x, o: o.resolved(), runID: hash}
	e.recorded = func(Unit) (*Counters, error) { return nil, nil }
	e.open = func(Unit) (Sink, error) { return out, nil }
	e.ids = &inOrder{known: newKnown(), limit: o.Limit}
	c, err := e.run(ctx, 1)
	return c, cause(ctx, err)
}

// finished is the manifest when all of its files are there in their sizes.
func (s *Store) finished() (*Manifest, error) {
	m, err := s.Manifest()
	if m == nil || err != nil {
		return nil, err
	}
	if m.Plan != s.hash {
		return nil, fmt.Errorf("%w: manifest of plan %s in %s", ErrOtherPlan, m.Plan, s.where())
	}
	for _, f := range m.Files {
		size, err := s.dir.Size(f.Path)
		if err != nil || size != f.Bytes {
			s.log.Warn("a file of the finished run is missing or has another size: it is made again", "file", f.Path)
			return nil, nil //nolint:nilerr // doing the unit again shows what is wrong
		}
	}
	return m, nil
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
func eachArticle(dir Folder, part string, f func(id, textSHA256 string)) (err error) {
	name, release, err := dir.Fetch(part)
	if err != nil {
		return fmt.Errorf("read part: %w", err)
	}
	defer release()
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
