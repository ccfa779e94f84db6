package pipeline

import (
	"fmt"
	"path"

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
		if err := p.store.dir.Mkdir(dir); err != nil {
			return err
		}
		p.temp[t] = p.store.dir.Stage(path.Join(dir, "part-"+p.unit.ID))
	}
	w, err := p.store.opened(p.o, p.temp)
	if err != nil {
		return err
	}
	p.w = w
	return nil
}

// opened opens the files of the tables under the paths they are staged at.
func (s *Store) opened(o WriteOptions, staged map[output.Table]string) (output.Writer, error) {
	open := s.open
	if open == nil {
		open = output.Open
	}
	wo := o.Output
	wo.FS = s.dir.Staging()
	return open(o.format(), staged, wo)
}

func (p *parts) Write(r output.Rows) error {
	if err := p.open(); err != nil {
		return err
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
		finals[i] = path.Join(p.store.partDir(f.Table), name)
		r.Files = append(r.Files, PartFile{Table: f.Table, Path: finals[i], Rows: f.Rows, Bytes: f.Size, SHA256: f.SHA256})
	}
	if err := accounted(&r.Counters, r.Files); err != nil {
		return err
	}
	for i, f := range infos {
		if err := p.store.dir.Settle(f.Path, finals[i], f.Size); err != nil {
			return err
		}
	}
	return p.store.record(r)
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
		_ = p.store.dir.Staging().Remove(name)
	}
	p.w = nil
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
		f.temp[t] = f.store.dir.Stage(f.final(t))
	}
	w, err := f.store.opened(f.o, f.temp)
	f.w = w
	return err
}

func (f *flat) final(t output.Table) string { return f.o.format().FileName(string(t)) }

// finish names the files and makes the record.
func (f *flat) finish(total *Counters) error {
	infos, err := f.w.Close()
	if err != nil {
		return err
	}
	r := &Record{Unit: wholeRun, Plan: f.store.hash, Counters: *total, InputSum: f.store.inputSum(f.store.plan.Inputs)}
	for _, i := range infos {
		r.Files = append(r.Files, PartFile{Table: i.Table, Path: f.final(i.Table), Rows: i.Rows, Bytes: i.Size, SHA256: i.SHA256})
	}
	if err := accounted(total, r.Files); err != nil {
		return err
	}
	for n, i := range infos {
		if err := f.store.dir.Settle(i.Path, r.Files[n].Path, -1); err != nil {
			return err
		}
	}
	return f.store.record(r)
}

func (f *flat) abort() {
	if f.w == nil {
		return
	}
	_ = f.w.Abort()
	for _, name := range f.temp {
		_ = f.store.dir.Staging().Remove(name)
	}
}

// stream lends the flat files to the units, one after the other.
type stream struct{ *flat }

func (s stream) Write(r output.Rows) error       { return s.w.Write(r) }
func (s stream) Reject(r output.RejectRow) error { return s.w.Reject(r) }
func (stream) Commit(*Counters) error            { return nil }
func (stream) Abort()                            {}
