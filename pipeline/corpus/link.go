package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// ErrBusy: another process is linking into the same folder.
var ErrBusy = errors.New("another process is linking into this folder")

// Options say what is linked, how, and where the tables go.
type Options struct {
	Folders []string // output folders of extractions
	Out     string   // folder of the tables; "" is the one of Folders
	// Replace makes the tables anew where those that are there cannot be added
	// to: they are of other settings, or an input has changed.
	Replace bool
	// Steps make the tables, in this order.
	Steps []step.Step
	// Settings are all options of the steps that change a row.
	Settings map[string]string
	// CopiesOnce counts the copies of one article as one.
	CopiesOnce bool
	Version    string // of the program
	// Workers is the number of goroutines worth starting; 0: one a core.
	Workers int
	// Memory is what records may take in memory; 0 means 512 MiB.
	Memory int64
	Log    *slog.Logger // nil: nobody
	// Progress is told which step does what, and how far it is; nil: nobody.
	Progress func(step, doing string, done, of int64)
	FS       pipeline.FS // nil: the local disk
}

const defaultMemory = 512 << 20

// Summary tells what came of a run.
type Summary struct {
	*Manifest
	Already bool // the tables were there; nothing was done
	Grown   int  // inputs that were added to those of the run before; 0 in a first run
	Resumed int  // steps that a stopped run had done
	Out     string
}

// Names below the output folder.
const (
	linkName  = "_link"
	runName   = "run"
	nextName  = "next"
	readyName = "ready" // holds the hash of the plan that is to take over
	stateName = "state"
	tempFiles = "tmp"
	lockName  = "lock"
)

// linker is one run.
type linker struct {
	Options
	fs     pipeline.FS
	meta   string // OUT/_link
	next   string // OUT/_link/next
	plan   *Plan
	hash   string
	before *Plan // of the run that it adds to; nil in a first run
	old    *Manifest
	made   step.Tables // by the steps that are done
	last   map[output.Table]string
	states map[string]pipeline.PartFile // of the run before, by step and name
}

// Link carries a run out, or takes it up where one with the same plan
// stopped. It returns once the tables are in place, or with an error, in which
// case the tables of the run before are as they were and the same call can be
// made again.
func Link(ctx context.Context, o Options) (*Summary, error) {
	l := &linker{Options: o, fs: o.FS}
	if err := l.resolve(); err != nil {
		return nil, err
	}
	inputs, err := findInputs(l.fs, o.Folders)
	if err != nil {
		return nil, err
	}
	wanted := &Plan{Format: linkFormat, Schema: output.SchemaVersion, Version: o.Version, Settings: o.Settings, Inputs: inputs, Run: 1}
	for _, s := range o.Steps {
		wanted.Units = append(wanted.Units, s.Name())
	}
	if err := l.vacant(); err != nil {
		return nil, err
	}
	if err := mkdir(l.fs, l.meta); err != nil {
		return nil, err
	}
	unlock, err := l.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	// What a process before left half exchanged is completed first.
	if err := l.takeOver(); err != nil {
		return nil, err
	}
	already, err := l.choose(wanted)
	if err != nil || already != nil {
		return already, err
	}
	sum, err := l.run(ctx)
	if err != nil && ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return sum, err
}

// resolve fills the zero values in.
func (l *linker) resolve() error {
	if l.fs == nil {
		l.fs = pipeline.OS{}
	}
	if l.Out == "" && len(l.Folders) == 1 {
		l.Out = l.Folders[0]
	}
	if l.Out == "" {
		return errors.New("several folders are linked: say where the tables go (--out)")
	}
	if strings.Contains(l.Out, "://") {
		return fmt.Errorf("%s is not a folder of the local disk, which link needs", l.Out)
	}
	if l.Log == nil {
		l.Log = slog.New(slog.DiscardHandler)
	}
	if l.Progress == nil {
		l.Progress = func(string, string, int64, int64) {}
	}
	if l.Workers <= 0 {
		l.Workers = runtime.GOMAXPROCS(0)
	}
	if l.Memory <= 0 {
		l.Memory = defaultMemory
	}
	l.meta = filepath.Join(l.Out, linkName)
	l.next = filepath.Join(l.meta, nextName)
	return nil
}

// vacant refuses a folder that holds tables across articles which no run of
// link made.
func (l *linker) vacant() error {
	if _, err := l.fs.Stat(l.meta); err == nil {
		return nil
	}
	for _, t := range output.AcrossTables() {
		if _, err := l.fs.Stat(filepath.Join(l.Out, string(t))); err == nil {
			return fmt.Errorf("%w: %s holds a folder named %s but no %s; choose another --out", pipeline.ErrOtherPlan, l.Out, t, linkName)
		}
	}
	return nil
}

func (l *linker) lock() (func(), error) {
	name := filepath.Join(l.meta, lockName)
	if f, err := l.fs.Create(name); err == nil {
		if err := f.Close(); err != nil {
			return nil, err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("lock output folder: %w", err)
	}
	unlock, ok, err := l.fs.Lock(name, true)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrBusy, l.Out)
	}
	return unlock, nil
}

// choose settles the plan: the tables are there already, they can be added to,
// or they are made from the beginning.
func (l *linker) choose(wanted *Plan) (already *Summary, err error) {
	run := filepath.Join(l.meta, runName)
	before, hash, err := readPlan(l.fs, run)
	if err != nil {
		return nil, err
	}
	l.plan = wanted
	if before != nil {
		if l.old, err = readManifest(l.fs, run); err != nil {
			return nil, err
		}
		d, broken := before.differences(wanted), l.broken(run)
		switch {
		case len(broken) > 0 && l.Replace: // from the beginning
			if err := l.discard(run, broken); err != nil {
				return nil, err
			}
		case len(d) > 0 && !l.Replace:
			return nil, fmt.Errorf("%w: %s was linked otherwise: %s; give --replace to make its tables anew", pipeline.ErrOtherPlan, l.Out, strings.Join(d, "; "))
		case len(d) > 0: // from the beginning
		case len(broken) > 0:
			return nil, fmt.Errorf("%s is missing or has another size: give --replace to make the tables anew", broken[0])
		case len(before.Inputs) == len(wanted.Inputs):
			return &Summary{Manifest: l.old, Already: true, Out: l.Out}, nil
		default:
			l.before = before
			l.plan = wanted.after(before, hash)
		}
	}
	if l.hash, err = l.plan.hash(); err != nil {
		return nil, err
	}
	return nil, l.claim()
}

// broken lists the files of the finished run that are missing or have another
// size.
func (l *linker) broken(run string) (names []string) {
	if l.old == nil {
		return []string{filepath.Join(run, manifestName)}
	}
	files := slices.Clone(l.old.Files)
	for _, s := range l.old.States {
		s.Path = runPath(s.Path)
		files = append(files, s)
	}
	for _, f := range files {
		name := filepath.Join(l.Out, filepath.FromSlash(f.Path))
		if st, err := l.fs.Stat(name); err != nil || st.Size() != f.Bytes {
			names = append(names, name)
		}
	}
	return names
}

// discard removes what is broken, and the word that there is a finished run:
// parts of the next one have the names of whole ones.
func (l *linker) discard(run string, broken []string) error {
	l.old = nil
	for _, name := range append(broken, run) {
		if err := removeTree(l.fs, name); err != nil {
			return err
		}
	}
	return nil
}

// claim makes the folder of the next run ours, or finds that a stopped run has
// begun it.
func (l *linker) claim() error {
	meta := filepath.Join(l.next, runName)
	b, err := l.plan.encode()
	if err != nil {
		return err
	}
	there, hash, err := readPlan(l.fs, meta)
	if there != nil && hash == l.hash {
		return errors.Join(removeTree(l.fs, filepath.Join(l.next, tempFiles)), sweep(l.fs, l.next))
	}
	if there != nil || err != nil { // err: its plan is damaged
		l.Log.Info("a run that was stopped and not taken up is dropped", "folder", l.next)
	}
	if err := removeTree(l.fs, l.next); err != nil {
		return err
	}
	if err := mkdir(l.fs, filepath.Join(meta, unitsName)); err != nil {
		return err
	}
	_, err = createOnce(l.fs, filepath.Join(meta, planName), b)
	return err
}

// run does the steps that are left and puts the tables in place.
func (l *linker) run(ctx context.Context) (*Summary, error) {
	sum := &Summary{Out: l.Out}
	if l.before != nil {
		sum.Grown = len(l.plan.Inputs) - len(l.before.Inputs)
	}
	l.made, l.last, l.states = step.Tables{}, map[output.Table]string{}, map[string]pipeline.PartFile{}
	if l.before != nil {
		for _, s := range l.old.States {
			l.states[s.Path[:strings.LastIndexByte(s.Path, '-')]] = s
		}
	}
	var records []*record
	for _, s := range l.Steps {
		r, err := l.recorded(s.Name())
		if err != nil {
			return nil, err
		}
		if r != nil {
			sum.Resumed++
		} else if r, err = l.step(ctx, s); err != nil {
			return nil, err
		}
		records = append(records, r)
		for _, f := range r.Files {
			path := filepath.Join(l.next, filepath.FromSlash(f.Path))
			l.made[f.Table] = append(l.made[f.Table], path)
			l.last[f.Table] = path
		}
	}
	m := manifestOf(l.plan, l.hash, records)
	b, err := encodeJSON(m)
	if err != nil {
		return nil, err
	}
	if _, err := createOnce(l.fs, filepath.Join(l.next, runName, manifestName), b); err != nil {
		return nil, err
	}
	if _, err := createOnce(l.fs, filepath.Join(l.next, readyName), []byte(l.hash)); err != nil {
		return nil, err
	}
	sum.Manifest = m
	return sum, l.takeOver()
}

// recorded is the record of a step when its files are all there in their
// sizes; nil when the step is to be done.
func (l *linker) recorded(name string) (*record, error) {
	b, err := l.fs.ReadFile(l.recordName(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	r, err := decodeRecord(b)
	if err != nil || r.Plan != l.hash {
		l.Log.Warn("the record of a step is damaged: it is done again", "step", name)
		return nil, l.fs.Remove(l.recordName(name))
	}
	for _, f := range r.Files {
		st, err := l.fs.Stat(filepath.Join(l.next, filepath.FromSlash(f.Path)))
		if err != nil || st.Size() != f.Bytes {
			l.Log.Warn("a part is missing or has another size: its step is done again", "step", name, "part", f.Path)
			return nil, l.fs.Remove(l.recordName(name))
		}
	}
	return r, nil
}

func (l *linker) recordName(unit string) string {
	return filepath.Join(l.next, runName, unitsName, unit+".json")
}
