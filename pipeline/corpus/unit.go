package corpus

import (
	"bufio"
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
	"slices"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// unitOutput is what a step writes, until it is committed.
type unitOutput struct {
	l      *linker
	step   step.Step
	parts  []*tablePart
	states []*stateFile
}

// tablePart is a part that the step writes, or one that is whole.
type tablePart struct {
	writer step.Closer // nil once it is whole
	file   pipeline.PartFile
}

// stateFile takes a part of the state of a step, and hashes it; or it is one
// that stays.
type stateFile struct {
	name string // of the step and the part
	temp string
	out  output.File // nil once it is whole
	buf  *bufio.Writer
	sum  hash.Hash
	file pipeline.PartFile
}

func (f *stateFile) Write(b []byte) (int, error) {
	n, err := f.out.Write(b)
	f.sum.Write(b[:n])
	f.file.Bytes += int64(n)
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
	fresh, all := &corpus{links: l.last[output.PersonLinks]}, &corpus{inputs: l.plan.Inputs}
	previous, replaced := step.Tables{}, step.Tables{}
	if l.before == nil && l.old != nil {
		replaced = l.old.tables(l.Out)
	}
	if l.before != nil {
		known = len(l.before.Inputs)
		for _, in := range l.plan.Inputs[:known] {
			fresh.first += in.articles
			fresh.part += len(in.units)
		}
		previous = l.old.tables(l.Out)
	}
	fresh.inputs = l.plan.Inputs[known:]
	return &step.Input{
		New: fresh, At: all.At, Previous: previous, Replaced: replaced, Made: l.made, CopiesOnce: l.CopiesOnce, RunID: l.hash,
		Workers: l.Workers, Memory: l.Memory, Temp: temp, Log: l.Log,
		State:    func(name string) (step.State, error) { return l.openState(s, name) },
		Progress: func(doing string, done, of int64) { l.Progress(s.Name(), doing, done, of) },
	}
}

// stateOf is the path of a part of a step's state without its hash.
func stateOf(s step.Step, name string) string { return path.Join(stateName, s.Name()+"-"+name) }

// openState opens what a step kept in the run before.
func (l *linker) openState(s step.Step, name string) (step.State, error) {
	file, ok := l.states[stateOf(s, name)]
	if !ok {
		return nil, nil
	}
	f, err := l.fs.Open(filepath.Join(l.meta, runName, filepath.FromSlash(file.Path)))
	if err != nil {
		return nil, fmt.Errorf("read state: %w", err)
	}
	state, ok := f.(step.State)
	if !ok {
		return nil, errors.Join(fmt.Errorf("read state: %s can only be read from its beginning on", file.Path), f.Close())
	}
	return state, nil
}

func (u *unitOutput) make(ctx context.Context, in *step.Input) (*record, error) {
	out := &step.Output{
		Create:    u.create,
		Opened:    func(c step.Closer) { u.parts[len(u.parts)-1].writer = c },
		Close:     u.close,
		Keep:      u.keep,
		State:     u.openState,
		KeepState: u.keepState,
	}
	if err := u.step.Run(ctx, in, out); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	r := &record{Unit: u.step.Name(), Plan: u.l.hash, Counts: out.Counts}
	has := map[output.Table]bool{}
	for _, p := range u.parts {
		if err := u.end(p); err != nil {
			return nil, err
		}
		r.Files = append(r.Files, p.file)
		has[p.file.Table] = true
	}
	for _, s := range u.states {
		if err := u.settleState(s); err != nil {
			return nil, err
		}
		r.States = append(r.States, s.file)
	}
	for _, t := range u.step.Tables() {
		if !has[t] {
			return nil, fmt.Errorf("table %s was not written", t)
		}
	}
	return r, u.record(r)
}

// record makes the record that the step is done.
func (u *unitOutput) record(r *record) error {
	b, err := r.encode()
	if err != nil {
		return err
	}
	name := u.l.recordName(r.Unit)
	if err := mkdir(u.l.fs, filepath.Dir(name)); err != nil {
		return err
	}
	there, err := createOnce(u.l.fs, name, b)
	if err != nil {
		return err
	}
	if string(there) != string(b) {
		return fmt.Errorf("it came out otherwise than recorded in %s: the tables, the program or the disk is not what it was", name)
	}
	return nil
}

// create names a new part of a table.
func (u *unitOutput) create(t output.Table) (string, output.Options, error) {
	dir := filepath.Join(u.l.next, string(t))
	if err := mkdir(u.l.fs, dir); err != nil {
		return "", output.Options{}, err
	}
	u.parts = append(u.parts, &tablePart{})
	return tempName(filepath.Join(dir, "part")), output.Options{Version: u.l.Version, FS: u.l.fs}, nil
}

// close ends the part of a writer.
func (u *unitOutput) close(w step.Closer) error {
	i := slices.IndexFunc(u.parts, func(p *tablePart) bool { return p.writer == w })
	if i < 0 {
		return errors.New("a part is closed that is not open")
	}
	return u.end(u.parts[i])
}

// end ends a part, unless it is whole, and gives it its final name.
func (u *unitOutput) end(p *tablePart) error {
	if p.writer == nil {
		return nil
	}
	info, err := p.writer.Close()
	if err != nil {
		return err
	}
	p.writer = nil
	name := output.Parquet.PartName(fmt.Sprintf("%06d-%s", u.l.plan.Run, info.SHA256[:8]))
	p.file = pipeline.PartFile{
		Table: info.Table, Path: path.Join(string(info.Table), name), Rows: info.Rows, Bytes: info.Size, SHA256: info.SHA256,
	}
	return u.settle(info.Path, filepath.Join(u.l.next, string(info.Table), name), info.Size)
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

// keep makes parts of a table of the run before parts of this run: the same
// files under a second name.
func (u *unitOutput) keep(t output.Table, paths ...string) error {
	if u.l.before == nil {
		return nil
	}
	dir := filepath.Join(u.l.next, string(t))
	if err := mkdir(u.l.fs, dir); err != nil {
		return err
	}
	for _, f := range u.l.old.Files {
		from := filepath.Join(u.l.Out, filepath.FromSlash(f.Path))
		if f.Table != t || len(paths) > 0 && !slices.Contains(paths, from) {
			continue
		}
		if err := u.second(from, filepath.Join(u.l.next, filepath.FromSlash(f.Path))); err != nil {
			return err
		}
		u.parts = append(u.parts, &tablePart{file: f})
	}
	return u.l.fs.SyncDir(dir)
}

// second gives a file of the run before a second name.
func (u *unitOutput) second(from, to string) error {
	if err := u.l.fs.Link(from, to); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("keep part: %w", err)
	}
	return nil
}

func (u *unitOutput) stateDir() (string, error) {
	dir := filepath.Join(u.l.next, runName, stateName)
	return dir, mkdir(u.l.fs, dir)
}

func (u *unitOutput) openState(name string) (io.Writer, error) {
	dir, err := u.stateDir()
	if err != nil {
		return nil, err
	}
	name = stateOf(u.step, name)
	if slices.ContainsFunc(u.states, func(s *stateFile) bool { return s.name == name }) {
		return nil, fmt.Errorf("write state: there are two of %s", name)
	}
	s := &stateFile{name: name, temp: tempName(filepath.Join(dir, path.Base(name))), sum: sha256.New()}
	if s.out, err = u.l.fs.Create(s.temp); err != nil {
		return nil, fmt.Errorf("create state: %w", err)
	}
	s.buf = bufio.NewWriterSize(s, 1<<18)
	u.states = append(u.states, s)
	return s.buf, nil
}

func (u *unitOutput) keepState(name string) error {
	dir, err := u.stateDir()
	if err != nil {
		return err
	}
	name = stateOf(u.step, name)
	file, ok := u.l.states[name]
	if !ok {
		return fmt.Errorf("keep state: the run before has no %s", name)
	}
	if err := u.second(filepath.Join(u.l.meta, runName, filepath.FromSlash(file.Path)), filepath.Join(u.l.next, runName, filepath.FromSlash(file.Path))); err != nil {
		return err
	}
	u.states = append(u.states, &stateFile{name: name, file: file})
	return u.l.fs.SyncDir(dir)
}

func (u *unitOutput) settleState(s *stateFile) error {
	if s.out == nil {
		return nil
	}
	err := s.buf.Flush()
	if err == nil {
		err = s.out.Sync()
	}
	if cerr := s.out.Close(); err == nil {
		err = cerr
	}
	s.out = nil
	if err != nil {
		return fmt.Errorf("write state: %w", err)
	}
	s.file.SHA256 = hex.EncodeToString(s.sum.Sum(nil))
	s.file.Path = s.name + "-" + s.file.SHA256[:8]
	return u.settle(s.temp, filepath.Join(u.l.next, runName, filepath.FromSlash(s.file.Path)), s.file.Bytes)
}

// drop removes what a step wrote that ended with an error.
func (u *unitOutput) drop() {
	for _, p := range u.parts {
		if p.writer != nil {
			_ = p.writer.Abort()
		}
	}
	for _, s := range u.states {
		if s.out != nil {
			s.out.Close()
			_ = u.l.fs.Remove(s.temp)
		}
	}
}
