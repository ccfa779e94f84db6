package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/whosaid/whosaid/output"
)

// Names inside an output folder.
const (
	planName     = "_plan.json"
	unitsName    = "_units"
	manifestName = "_manifest.json"
)

// Errors that a caller branches on.
var (
	// ErrOtherPlan: the output folder belongs to a run over other input or with
	// other settings.
	ErrOtherPlan = errors.New("the output folder belongs to another run")
	// ErrNotEmpty: a fresh start was asked for in a folder that holds something.
	ErrNotEmpty = errors.New("the output folder is not empty")
)

// Store is an output folder under one plan. Steps of a commit, each of which
// may be the last one done before the power goes:
//
//	claim   _plan.json, made once
//	part    written where nobody looks, then given a name with its hash
//	record  _units/<unit>.json, made once
//	Finish  _manifest.json, made once, then the sweep of leftovers
//
// Several processes may run one plan in one folder at once: they write the same
// bytes under the same names, and whoever makes a record first has made it.
type Store struct {
	dir    Folder
	meta   string // where plan, records and manifest are below dir; "" but for partitions
	part   string // folder of the parts below each table's; "" but for partitions
	plan   *Plan
	hash   string
	log    *slog.Logger
	open   opener
	unlock func()
}

// opener opens the files of a unit's tables: output.Open, but in tests.
type opener func(output.Format, map[output.Table]string, output.Options) (output.Writer, error)

// in is the name of a file of the plan, the records or the manifest.
func (s *Store) in(name string) string { return path.Join(s.meta, name) }

// where is what people call the place of the run.
func (s *Store) where() string {
	if s.meta == "" {
		return s.dir.Name()
	}
	return s.dir.Name() + "/" + s.meta
}

// claim makes the folder the output folder of the store's plan, or finds that
// it is already. With fresh, anything in the folder is an error.
func (s *Store) claim(ctx context.Context, fresh bool) error {
	hash, err := s.plan.Hash()
	if err != nil {
		return err
	}
	s.hash = hash
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.vacant(fresh); err != nil {
		return err
	}
	if err := s.dir.Mkdir(s.meta); err != nil {
		return err
	}
	name := s.in(planName)
	want, err := s.plan.Encode()
	if err != nil {
		return err
	}
	// Looked at first, so that a folder of another run is refused without a
	// byte written.
	there, err := s.dir.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		there, _, err = s.dir.Once(name, want)
	}
	if err != nil {
		return err
	}
	if !bytes.Equal(there, want) && !s.sameBytes(ctx, there) {
		free, err := s.giveWay(name)
		if err != nil {
			return err
		}
		if !free {
			return s.differs(name, there)
		}
		if there, _, err = s.dir.Once(name, want); err != nil {
			return err
		}
		if !bytes.Equal(there, want) { // another process was faster
			return s.differs(name, there)
		}
	}
	s.unlock = s.lock(name)
	return s.dir.Mkdir(s.in(unitsName))
}

// vacant refuses a folder that holds tables without a plan, which a run would
// mix with its own, and anything at all when fresh is asked for.
func (s *Store) vacant(fresh bool) error {
	entries, err := s.dir.List(s.meta)
	if err != nil {
		return fmt.Errorf("look into output folder: %w", err)
	}
	if fresh && len(entries) > 0 {
		return fmt.Errorf("%w: %s (--fresh needs an empty folder)", ErrNotEmpty, s.where())
	}
	held := map[string]bool{}
	for _, e := range entries {
		held[e.Name] = true
	}
	if held[partitionsName] && s.meta == "" {
		return fmt.Errorf("%w: %s is a corpus of partitions; give --partition, or choose another --out", ErrOtherPlan, s.where())
	}
	if held[planName] || s.meta != "" {
		return nil
	}
	for _, t := range output.Tables() {
		if held[string(t)] {
			return fmt.Errorf("%w: %s holds a folder named %s but no %s; choose another --out", ErrOtherPlan, s.where(), t, planName)
		}
	}
	return nil
}

func (s *Store) differs(name string, there []byte) error {
	old, err := decodePlan(name, there)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOtherPlan, err)
	}
	d := old.Differences(s.plan)
	if len(d) == 0 {
		d = []string{"the plan is written in another way"}
	}
	return fmt.Errorf("%w: %s: %s; choose another --out, or remove the folder", ErrOtherPlan, s.where(), strings.Join(d, "; "))
}

// lock holds a shared lock on the plan for as long as the store is open, so
// that nobody sweeps while anybody writes.
func (s *Store) lock(name string) func() {
	for range 50 { // a sweep is over in moments
		unlock, ok, err := s.dir.Lock(name, false)
		if err != nil {
			break
		}
		if ok {
			return unlock
		}
		time.Sleep(20 * time.Millisecond)
	}
	return func() {}
}

// Close lets the folder go.
func (s *Store) Close() {
	if s.unlock != nil {
		s.unlock()
		s.unlock = nil
	}
}

func (s *Store) recordName(unit string) string { return s.in(unitsName + "/" + unit + ".json") }

// Record reads the record of a unit; nil when there is none.
func (s *Store) Record(unit string) (*Record, error) {
	name := s.recordName(unit)
	b, err := s.dir.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	r, err := decodeRecord(b)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w (whosaid verify --repair repairs it)", name, err)
	}
	if r.Plan != s.hash || r.Unit != unit {
		return nil, fmt.Errorf("%w: %s is of plan %s, unit %s", ErrOtherPlan, name, r.Plan, r.Unit)
	}
	return r, nil
}

// done is a unit's record when its files are all there in their sizes; nil
// when the unit is to be done, or done again.
func (s *Store) done(unit string) (*Record, error) {
	r, err := s.Record(unit)
	if r == nil || err != nil {
		return r, err
	}
	for _, f := range r.Files {
		size, err := s.dir.Size(f.Path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("look for part: %w", err)
		}
		if err != nil || size != f.Bytes {
			s.log.Warn("a part is missing or has another size: its unit is done again", "unit", unit, "part", f.Path)
			return nil, nil
		}
	}
	return r, nil
}

// errOutcome: a unit came out otherwise than its record says.
var errOutcome = errors.New("the input, the program or the disk is not what it was, or an article ran out of time")

// record makes a unit's record. Where there is one already, it must say the
// same: a run that was here before, or at the same time, did the same work.
func (s *Store) record(r *Record) error {
	b, err := r.encode()
	if err != nil {
		return err
	}
	name := s.recordName(r.Unit)
	there, _, err := s.dir.Once(name, b)
	if err != nil {
		return err
	}
	if !sameRecord(there, b) {
		s.disown(r, there)
		return fmt.Errorf("unit %s came out otherwise than recorded in %s: %w", r.Unit, name, errOutcome)
	}
	return nil
}

// disown removes the parts of a unit that the record there does not name, so
// that nobody who reads all parts sees an article twice.
func (s *Store) disown(r *Record, there []byte) {
	kept, err := decodeRecord(there)
	if err != nil || kept.Plan != r.Plan {
		return
	}
	for _, f := range r.Files {
		if !slices.ContainsFunc(kept.Files, func(k PartFile) bool { return k.Path == f.Path }) {
			_ = s.dir.Remove(f.Path)
		}
	}
}

// Finish writes the manifest, provided that every unit has its record, and
// sweeps what killed runs left behind.
func (s *Store) Finish(units []string) (*Manifest, error) {
	// A record may be of a process that died before it synced the folder.
	if err := s.dir.Sync(s.in(unitsName)); err != nil {
		return nil, err
	}
	records := make([]*Record, 0, len(units))
	for _, u := range units {
		r, err := s.Record(u)
		if err != nil {
			return nil, err
		}
		if r == nil {
			return nil, fmt.Errorf("no manifest: unit %s has no record", u)
		}
		records = append(records, r)
	}
	return s.finishWith(records)
}

// finishWith writes the manifest of these records.
func (s *Store) finishWith(records []*Record) (*Manifest, error) {
	m := manifestOf(s.plan, s.hash, records)
	b, err := encodeJSON(m)
	if err != nil {
		return nil, err
	}
	name := s.in(manifestName)
	there, created, err := s.dir.Once(name, b)
	if err != nil {
		if created { // there, but perhaps not for good: an error must not leave one
			_ = s.dir.Remove(name)
		}
		return nil, err
	}
	if !bytes.Equal(there, b) {
		return nil, fmt.Errorf("the manifest %s does not match its records", name)
	}
	s.sweep(m)
	return m, nil
}

// Manifest reads the manifest; nil when there is none.
func (s *Store) Manifest() (*Manifest, error) { return readManifest(s.dir, s.meta) }

// sweep removes temporary files, parts that no record names, and what the
// processes of a run told each other. It does so only when no other process has
// the folder open. Leftovers harm nobody: what cannot be removed stays for the
// next run.
func (s *Store) sweep(m *Manifest) {
	s.Close() // our own shared lock stands in our way
	unlock, alone, err := s.dir.Lock(s.in(planName), true)
	if err != nil || !alone {
		return
	}
	defer unlock()
	keep := make(map[string]bool, len(m.Files))
	for _, f := range m.Files {
		keep[f.Path] = true
	}
	dirs := []string{s.meta, s.in(unitsName), s.in(idsName), s.in(claimsName)}
	for _, t := range output.Tables() {
		dirs = append(dirs, s.partDir(t))
	}
	for _, dir := range dirs {
		if err := s.sweepFolder(dir, keep); err != nil {
			s.log.Warn("leftovers stay", "folder", dir, "error", err)
		}
	}
}

func (s *Store) sweepFolder(dir string, keep map[string]bool) error {
	entries, err := s.dir.List(dir)
	if err != nil {
		return err
	}
	all := dir == s.in(idsName) || dir == s.in(claimsName)
	for _, e := range entries {
		name := path.Join(dir, e.Name)
		stray := output.IsPart(e.Name) && !keep[name] || e.Name == evidenceName || all
		if e.Dir || !stray && !isTemp(e.Name) {
			continue
		}
		if err := s.dir.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if all && len(entries) > 0 {
		if err := s.dir.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// partDir is the folder of a table's parts.
func (s *Store) partDir(t output.Table) string { return path.Join(string(t), s.part) }
