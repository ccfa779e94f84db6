package corpus

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// unitOutput is what a step writes, until it is committed.
type unitOutput struct {
	l      *linker
	step   step.Step
	writer []step.Closer
	kept   []pipeline.PartFile
	state  *stateFile
}

// stateFile takes the state of a step: compressed, for states repeat
// themselves, and hashed.
type stateFile struct {
	temp string
	file output.File
	buf  *bufio.Writer
	zip  *gzip.Writer
	sum  hash.Hash
	size int64
}

func (f *stateFile) Write(b []byte) (int, error) {
	n, err := f.file.Write(b)
	f.sum.Write(b[:n])
	f.size += int64(n)
	return n, err
}

// step does one step and commits it.
func (l *linker) step(ctx context.Context, s step.Step) (*record, error) {
	temp := filepath.Join(l.next, tempFiles)
	if err := l.fs.MkdirAll(temp); err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	u := &unitOutput{l: l, step: s}
	r, err := u.make(ctx, l.input(s, temp))
	if err != nil {
		u.drop()
		return nil, fmt.Errorf("%s: %w", s.Name(), err)
	}
	return r, nil
}

// input is what a step gets to work on.
func (l *linker) input(s step.Step, temp string) *step.Input {
	known := 0 // inputs of the run before
	var number int64
	previous, replaced := step.Tables{}, step.Tables{}
	if l.before == nil && l.old != nil {
		replaced = l.old.tables(l.Out)
	}
	if l.before != nil {
		known = len(l.before.Inputs)
		for _, in := range l.plan.Inputs[:known] {
			number += in.articles
		}
		previous = l.old.tables(l.Out)
	}
	fresh := &corpus{inputs: l.plan.Inputs[known:], first: number, links: func() []string {
		if p := l.last[output.PersonLinks]; p != "" {
			return []string{p}
		}
		return nil
	}}
	all := &corpus{inputs: l.plan.Inputs, links: func() []string { return l.made[output.PersonLinks] }}
	in := &step.Input{
		New: fresh, All: all, Previous: previous, Replaced: replaced, Made: l.made, CopiesOnce: l.CopiesOnce, RunID: l.hash,
		Workers: l.Workers, Memory: l.Memory, Temp: temp, Log: l.Log,
		State:    func() (io.ReadCloser, error) { return nil, nil },
		Progress: func(doing string, done, of int64) { l.Progress(s.Name(), doing, done, of) },
	}
	if state := l.states[s.Name()]; state != "" && l.before != nil {
		in.State = func() (io.ReadCloser, error) { return openState(l.fs, state) }
	}
	return in
}

// openState opens the state that a step kept.
func openState(fsys pipeline.FS, name string) (io.ReadCloser, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read state: %w", err)
	}
	zip, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<18))
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("read state %s: %w", name, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{zip, f}, nil
}

func (u *unitOutput) make(ctx context.Context, in *step.Input) (*record, error) {
	out := &step.Output{
		Create: u.create,
		Opened: func(c step.Closer) { u.writer = append(u.writer, c) },
		Keep:   u.keep,
		State:  u.openState,
	}
	if err := u.step.Run(ctx, in, out); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	r := &record{Unit: u.step.Name(), Plan: u.l.hash, Files: u.kept, Own: len(u.writer), Counts: out.Counts}
	for _, w := range u.writer {
		info, err := w.Close()
		if err != nil {
			return nil, err
		}
		name := output.Parquet.PartName(fmt.Sprintf("%06d-%s", u.l.plan.Run, info.SHA256[:8]))
		if err := u.settle(info.Path, filepath.Join(u.l.next, string(info.Table), name), info.Size); err != nil {
			return nil, err
		}
		r.Files = append(r.Files, pipeline.PartFile{
			Table: info.Table, Path: path.Join(string(info.Table), name), Rows: info.Rows, Bytes: info.Size, SHA256: info.SHA256,
		})
	}
	u.writer = nil
	if err := u.settleState(r); err != nil {
		return nil, err
	}
	has := map[output.Table]bool{}
	for _, f := range r.Files {
		has[f.Table] = true
	}
	for _, t := range u.step.Tables() {
		if !has[t] {
			return nil, fmt.Errorf("table %s was not written", t)
		}
	}
	b, err := r.encode()
	if err != nil {
		return nil, err
	}
	if err := mkdir(u.l.fs, filepath.Dir(u.l.recordName(r.Unit))); err != nil {
		return nil, err
	}
	there, err := createOnce(u.l.fs, u.l.recordName(r.Unit), b)
	if err != nil {
		return nil, err
	}
	if string(there) != string(b) {
		return nil, fmt.Errorf("it came out otherwise than recorded in %s: the tables, the program or the disk is not what it was", u.l.recordName(r.Unit))
	}
	return r, nil
}

// create names a new part of a table.
func (u *unitOutput) create(t output.Table) (string, output.Options, error) {
	dir := filepath.Join(u.l.next, string(t))
	if err := mkdir(u.l.fs, dir); err != nil {
		return "", output.Options{}, err
	}
	return tempName(filepath.Join(dir, "part")), output.Options{Version: u.l.Version, FS: u.l.fs}, nil
}

// settle gives a finished, synced file its final name, durably.
func (u *unitOutput) settle(temp, final string, size int64) error {
	if st, err := u.l.fs.Stat(final); err == nil && st.Size() == size {
		if err := u.l.fs.Remove(temp); err != nil { // a stopped run made it: the hash in the name says that it is the same
			return fmt.Errorf("remove %s: %w", temp, err)
		}
	} else if err := u.l.fs.Rename(temp, final); err != nil {
		return fmt.Errorf("rename part: %w", err)
	}
	if err := u.l.fs.SyncDir(filepath.Dir(final)); err != nil {
		return fmt.Errorf("sync folder of parts: %w", err)
	}
	return nil
}

// keep makes the parts of a table of the run before parts of this run: the same
// files under a second name.
func (u *unitOutput) keep(t output.Table) error {
	if u.l.before == nil {
		return nil
	}
	dir := filepath.Join(u.l.next, string(t))
	if err := mkdir(u.l.fs, dir); err != nil {
		return err
	}
	for _, f := range u.l.old.Files {
		if f.Table != t {
			continue
		}
		err := u.l.fs.Link(filepath.Join(u.l.Out, filepath.FromSlash(f.Path)), filepath.Join(u.l.next, filepath.FromSlash(f.Path)))
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("keep part: %w", err)
		}
		u.kept = append(u.kept, f)
	}
	return u.l.fs.SyncDir(dir)
}

func (u *unitOutput) openState() (io.Writer, error) {
	if u.state != nil {
		return nil, errors.New("the state is open already")
	}
	dir := filepath.Join(u.l.next, runName, stateName)
	if err := mkdir(u.l.fs, dir); err != nil {
		return nil, err
	}
	s := &stateFile{temp: tempName(filepath.Join(dir, u.step.Name())), sum: sha256.New()}
	var err error
	if s.file, err = u.l.fs.Create(s.temp); err != nil {
		return nil, fmt.Errorf("create state: %w", err)
	}
	s.buf = bufio.NewWriterSize(s, 1<<18)
	s.zip, err = gzip.NewWriterLevel(s.buf, gzip.BestSpeed)
	u.state = s
	return s.zip, err
}

func (u *unitOutput) settleState(r *record) error {
	s := u.state
	if s == nil {
		return nil
	}
	err := s.zip.Close()
	if err == nil {
		err = s.buf.Flush()
	}
	if err == nil {
		err = s.file.Sync()
	}
	if cerr := s.file.Close(); err == nil {
		err = cerr
	}
	s.file = nil
	if err != nil {
		return fmt.Errorf("write state: %w", err)
	}
	sum := hex.EncodeToString(s.sum.Sum(nil))
	name := u.step.Name() + "-" + sum[:8] + ".gz"
	r.State = &pipeline.PartFile{Path: path.Join(stateName, name), Bytes: s.size, SHA256: sum}
	return u.settle(s.temp, filepath.Join(u.l.next, runName, stateName, name), s.size)
}

// drop removes what a step wrote that ended with an error.
func (u *unitOutput) drop() {
	for _, w := range u.writer {
		_ = w.Abort()
	}
	if s := u.state; s != nil {
		if s.file != nil {
			s.file.Close()
		}
		_ = u.l.fs.Remove(s.temp)
	}
}
