package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/whosaid/whosaid/output"
)

// WriteOptions say which tables are written, and how.
type WriteOptions struct {
	Format output.Format // "" means Parquet
	// Tables are written, the others are not; empty means all.
	Tables []output.Table
	Output output.Options
}

func (o WriteOptions) tables() []output.Table {
	if len(o.Tables) == 0 {
		return output.Tables()
	}
	return o.Tables
}

func (o WriteOptions) format() output.Format {
	if o.Format == "" {
		return output.Parquet
	}
	return o.Format
}

// parts is the sink of one unit of a format in parts: a part of each table.
type parts struct {
	store *Store
	o     WriteOptions
	unit  Unit
	w     output.Writer
	temp  map[output.Table]string // names the parts were opened under
}

func (s *Store) newParts(o WriteOptions, u Unit) *parts {
	return &parts{store: s, o: o, unit: u}
}

// open creates the temporary files, once there is something to write.
func (p *parts) open() error {
	if p.w != nil {
		return nil
	}
	p.temp = map[output.Table]string{}
	for _, t := range p.o.tables() {
		dir := p.store.partDir(t)
		if err := p.store.mkdirs(dir); err != nil {
			return err
		}
		name := filepath.Join(dir, p.o.format().PartName(p.unit.ID))
		if !p.store.plant.directParts {
			name = tempName(filepath.Join(dir, "part-"+p.unit.ID))
		}
		p.temp[t] = name
	}
	o := p.o.Output
	o.FS = p.store.fs
	if p.store.plant.noPartSync {
		o.FS = unsynced{p.store.fs}
	}
	w, err := output.Open(p.o.format(), p.temp, o)
	if err != nil {
		return err
	}
	p.w = w
	return nil
}

func (p *parts) Write(r output.Rows) error {
	if err := p.open(); err != nil {
		return err
	}
	if p.store.plant.loseArticle {
		p.store.plant.loseArticle = false
		return nil
	}
	return p.w.Write(r)
}

func (p *parts) Reject(r output.RejectRow) error {
	if err := p.open(); err != nil {
		return err
	}
	return p.w.Reject(r)
}

// Commit makes the unit durable: parts first, then the record. A unit of which
// nothing was read has no parts, save the first, so that every table has a file
// to show its columns.
func (p *parts) Commit(c *Counters) error {
	if p.w == nil && p.unit.ID == p.store.plan.Units[0].ID {
		if err := p.open(); err != nil {
			return err
		}
	}
	r := &Record{Unit: p.unit.ID, Plan: p.store.hash, Counters: *c, InputSum: p.store.inputSum(p.store.plan.inputsOf(p.unit.ID))}
	err := p.commit(r)
	if err == nil {
		return nil
	}
	p.Abort()
	// Another process of the same plan may have been faster, and may even have
	// swept our files away as leftovers.
	if there, rerr := p.store.done(p.unit.ID); rerr == nil && there != nil {
		return nil
	}
	return fmt.Errorf("commit unit %s: %w", p.unit.ID, err)
}

func (p *parts) commit(r *Record) error {
	var infos []output.FileInfo
	if p.w != nil {
		var err error
		if infos, err = p.w.Close(); err != nil {
			return err
		}
	}
	finals := make([]string, len(infos))
	for i, f := range infos {
		name := p.o.format().PartName(p.unit.ID + "-" + f.SHA256[:8])
		finals[i] = filepath.Join(p.store.partDir(f.Table), name)
		r.Files = append(r.Files, PartFile{
			Table: f.Table, Path: path.Join(string(f.Table), filepath.ToSlash(p.store.part), name),
			Rows: f.Rows, Bytes: f.Size, SHA256: f.SHA256,
		})
	}
	if err := accounted(&r.Counters, r.Files); err != nil {
		return err
	}
	if p.store.plant.recordFirst {
		if err := p.store.record(r); err != nil {
			return err
		}
	}
	for i, f := range infos {
		if err := p.store.settle(f.Path, finals[i], f.Size); err != nil {
			return err
		}
	}
	if p.store.plant.earlySweep {
		p.store.sweep(new(Manifest))
	}
	if p.store.plant.earlyManifest {
		if _, err := p.store.finishWith([]*Record{r}); err != nil {
			return err
		}
	}
	return p.store.record(r)
}

// settle gives a finished, synced part its final name, durably.
func (s *Store) settle(temp, final string, size int64) error {
	if st, err := s.fs.Stat(final); err == nil && st.Size() == size {
		// There already, from a run that died before its record: the hash in
		// the name says that it is the same. A name of a damaged part is taken
		// over below only when the size tells; verify finds the rest.
		if err := s.fs.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove %s: %w", temp, err)
		}
	} else if err := s.fs.Rename(temp, final); err != nil {
		return fmt.Errorf("rename part: %w", err)
	}
	if s.plant.noFolderSync {
		return nil
	}
	if err := s.fs.SyncDir(filepath.Dir(final)); err != nil {
		return fmt.Errorf("sync folder of parts: %w", err)
	}
	return nil
}

// accounted holds the rows of the files against the counters.
func accounted(c *Counters, files []PartFile) error {
	for _, f := range files {
		want := f.Rows
		switch f.Table {
		case output.Articles:
			want = c.Written + c.Skipped + c.Failed
		case output.Quotes:
			want = c.Quotes()
		case output.Rejects:
			want = c.Rejected + c.Failed + c.Reasons[ReasonDuplicate]
		}
		if f.Rows != want {
			return fmt.Errorf("table %s has %d rows, and the counters say %d", f.Table, f.Rows, want)
		}
	}
	return nil
}

// Abort drops what was written of the unit.
func (p *parts) Abort() {
	if p.w == nil {
		return
	}
	if err := p.w.Abort(); err != nil {
		p.store.log.Warn("leftovers stay until the run is finished", "error", err)
	}
	for _, name := range p.temp { // after Close, the files are ours to remove
		_ = p.store.fs.Remove(name)
	}
	p.w = nil
}

// mkdirs makes a table's folder, and the partition's below it, durably.
func (s *Store) mkdirs(dir string) error {
	if s.part != "" {
		if err := s.mkdir(filepath.Dir(dir)); err != nil {
			return err
		}
	}
	return s.mkdir(dir)
}

// unsynced forgets to sync files: a planted fault.
type unsynced struct{ FS }

type unsyncedFile struct{ output.File }

func (unsyncedFile) Sync() error { return nil }

func (u unsynced) Create(name string) (output.File, error) {
	f, err := u.FS.Create(name)
	if err != nil {
		return nil, err
	}
	return unsyncedFile{f}, nil
}

// wholeRun stands for all units in the one record of a flat run.
const wholeRun = "all"

// flat is the sink of a whole run into one file a table, such as
// DIR/quotes.jsonl. It takes every unit; the last commit gives the files their names.
type flat struct {
	store *Store
	o     WriteOptions
	w     output.Writer
	temp  map[output.Table]string
}

func (f *flat) start() error {
	f.temp = map[output.Table]string{}
	for _, t := range f.o.tables() {
		f.temp[t] = tempName(f.final(t))
	}
	o := f.o.Output
	o.FS = f.store.fs
	w, err := output.Open(f.o.format(), f.temp, o)
	f.w = w
	return err
}

func (f *flat) final(t output.Table) string {
	return filepath.Join(f.store.dir, f.o.format().FileName(string(t)))
}

// finish names the files and writes the manifest.
func (f *flat) finish(total *Counters) (*Manifest, error) {
	infos, err := f.w.Close()
	if err != nil {
		return nil, err
	}
	r := &Record{Unit: wholeRun, Plan: f.store.hash, Counters: *total, InputSum: f.store.inputSum(f.store.plan.Inputs)}
	for _, i := range infos {
		r.Files = append(r.Files, PartFile{Table: i.Table, Path: filepath.Base(f.final(i.Table)), Rows: i.Rows, Bytes: i.Size, SHA256: i.SHA256})
	}
	if err := accounted(total, r.Files); err != nil {
		return nil, err
	}
	for _, i := range infos {
		if err := f.store.fs.Rename(i.Path, f.final(i.Table)); err != nil {
			return nil, fmt.Errorf("rename table: %w", err)
		}
	}
	if err := f.store.fs.SyncDir(f.store.dir); err != nil {
		return nil, fmt.Errorf("sync output folder: %w", err)
	}
	if err := f.store.record(r); err != nil {
		return nil, err
	}
	return f.store.finishWith([]*Record{r})
}

func (f *flat) abort() {
	if f.w == nil {
		return
	}
	_ = f.w.Abort()
	for _, name := range f.temp {
		_ = f.store.fs.Remove(name)
	}
}

// stream lends the flat files to the units, one after the other.
type stream struct{ *flat }

func (s stream) Write(r output.Rows) error       { return s.w.Write(r) }
func (s stream) Reject(r output.RejectRow) error { return s.w.Reject(r) }
func (stream) Commit(*Counters) error            { return nil }
func (stream) Abort()                            {}
