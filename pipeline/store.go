package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
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
//	claim   _plan.json by exclusive create
//	part    temporary file, sync, rename to a name with its hash, sync folder
//	record  temporary file, sync, link to _units/<unit>.json, sync folder
//	Finish  the same to _manifest.json, then the sweep of leftovers
//
// Several processes may run one plan in one folder at once: they write the same
// bytes under the same names, and whoever links a record first has made it.
type Store struct {
	fs     FS
	dir    string // output folder
	meta   string // where plan, records and manifest are; dir but for partitions
	part   string // folder of the parts below each table's; "" but for partitions
	plan   *Plan
	hash   string
	log    *slog.Logger
	unlock func()
	plant  plant
}

// plant holds faults that tests put into the protocol to see the harness catch
// them. Nothing but tests sets one.
type plant struct {
	recordFirst     bool // the record before the parts have their names
	noPartSync      bool // parts renamed without being synced
	noFolderSync    bool // parts renamed without the folder being synced
	overwriteRecord bool // records by rename, which replaces
	earlyManifest   bool // the manifest without waiting for all records
	trustRecords    bool // resume without looking at the parts
	directParts     bool // parts written under their final names
	earlySweep      bool // leftovers removed before the manifest
	loseArticle     bool // an article counted and not written
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
	if err := s.mkdir(s.meta); err != nil {
		return err
	}
	name := filepath.Join(s.meta, planName)
	want, err := s.plan.Encode()
	if err != nil {
		return err
	}
	// Looked at first, so that a folder of another run is refused without a
	// byte written.
	there, err := s.fs.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		there, _, err = createOnce(s.fs, name, want)
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
		if there, _, err = createOnce(s.fs, name, want); err != nil {
			return err
		}
		if !bytes.Equal(there, want) { // another process was faster
			return s.differs(name, there)
		}
	}
	s.unlock = s.lock(name)
	return s.mkdir(filepath.Join(s.meta, unitsName))
}

// vacant refuses a folder that holds tables without a plan, which a run would
// mix with its own, and anything at all when fresh is asked for.
func (s *Store) vacant(fresh bool) error {
	entries, err := s.fs.ReadDir(s.meta)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look into output folder: %w", err)
	}
	if fresh && len(entries) > 0 {
		return fmt.Errorf("%w: %s (--fresh needs an empty folder)", ErrNotEmpty, s.meta)
	}
	held := map[string]bool{}
	for _, e := range entries {
		held[e.Name()] = true
	}
	if held[partitionsName] && s.meta == s.dir {
		return fmt.Errorf("%w: %s is a corpus of partitions; give --partition, or choose another --out", ErrOtherPlan, s.dir)
	}
	if held[planName] || s.meta != s.dir {
		return nil
	}
	for _, t := range output.Tables() {
		if held[string(t)] {
			return fmt.Errorf("%w: %s holds a folder named %s but no %s; choose another --out", ErrOtherPlan, s.dir, t, planName)
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
	return fmt.Errorf("%w: %s: %s; choose another --out, or remove the folder", ErrOtherPlan, s.meta, strings.Join(d, "; "))
}

// lock holds a shared lock on the plan for as long as the store is open, so
// that nobody sweeps while anybody writes.
func (s *Store) lock(name string) func() {
	for range 50 { // a sweep is over in moments
		unlock, ok, err := s.fs.Lock(name, false)
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

// mkdir makes a folder durably.
func (s *Store) mkdir(dir string) error {
	if st, err := s.fs.Stat(dir); err == nil && st.IsDir() {
		return nil
	}
	if err := s.fs.MkdirAll(dir); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := s.fs.SyncDir(filepath.Dir(dir)); err != nil {
		return fmt.Errorf("sync folder above %s: %w", dir, err)
	}
	return nil
}

func (s *Store) recordName(unit string) string {
	return filepath.Join(s.meta, unitsName, unit+".json")
}

// Record reads the record of a unit; nil when there is none.
func (s *Store) Record(unit string) (*Record, error) {
	name := s.recordName(unit)
	b, err := s.fs.ReadFile(name)
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
	if r == nil || err != nil || s.plant.trustRecords {
		return r, err
	}
	for _, f := range r.Files {
		st, err := s.fs.Stat(filepath.Join(s.dir, filepath.FromSlash(f.Path)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("look for part: %w", err)
		}
		if err != nil || st.Size() != f.Bytes {
			s.log.Warn("a part is missing or has another size: its unit is done again", "unit", unit, "part", f.Path)
			return nil, nil
		}
	}
	return r, nil
}

// record makes a unit's record. Where there is one already, it must say the
// same: a run that was here before, or at the same time, did the same work.
func (s *Store) record(r *Record) error {
	b, err := r.encode()
	if err != nil {
		return err
	}
	name := s.recordName(r.Unit)
	if s.plant.overwriteRecord {
		return replaceFile(s.fs, name, b)
	}
	there, _, err := createOnce(s.fs, name, b)
	if err != nil {
		return err
	}
	if !sameRecord(there, b) {
		return fmt.Errorf("unit %s came out otherwise than recorded in %s: the input, the program or the disk is not what it was", r.Unit, name)
	}
	return nil
}

// Finish writes the manifest, provided that every unit has its record, and
// sweeps what killed runs left behind.
func (s *Store) Finish() (*Manifest, error) {
	// A record may be of a process that died before it synced the folder.
	if err := s.fs.SyncDir(filepath.Join(s.meta, unitsName)); err != nil {
		return nil, fmt.Errorf("sync folder of records: %w", err)
	}
	records := make([]*Record, 0, len(s.plan.Units))
	for _, u := range s.plan.Units {
		r, err := s.Record(u.ID)
		if err != nil {
			return nil, err
		}
		if r == nil {
			return nil, fmt.Errorf("no manifest: unit %s has no record", u.ID)
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
	name := filepath.Join(s.meta, manifestName)
	there, created, err := createOnce(s.fs, name, b)
	if err != nil {
		if created { // there, but perhaps not for good: an error must not leave one
			_ = s.fs.Remove(name)
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
func (s *Store) Manifest() (*Manifest, error) { return readManifest(s.fs, s.meta) }

// sweep removes temporary files and parts that no record names. It does so
// only when no other process has the folder open. Leftovers harm nobody: what
// cannot be removed stays for the next run.
func (s *Store) sweep(m *Manifest) {
	s.Close() // our own shared lock stands in our way
	unlock, alone, err := s.fs.Lock(filepath.Join(s.meta, planName), true)
	if err != nil || !alone {
		return
	}
	defer unlock()
	keep := make(map[string]bool, len(m.Files))
	for _, f := range m.Files {
		keep[f.Path] = true
	}
	dirs := []string{s.meta, filepath.Join(s.meta, unitsName)}
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
	entries, err := s.fs.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		rel, _ := filepath.Rel(s.dir, filepath.Join(dir, e.Name()))
		stray := output.IsPart(e.Name()) && !keep[filepath.ToSlash(rel)]
		stray = stray || e.Name() == evidenceName
		if e.IsDir() || !stray && !isTemp(e.Name()) {
			continue
		}
		if err := s.fs.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// partDir is the folder of a table's parts.
func (s *Store) partDir(t output.Table) string { return filepath.Join(s.dir, string(t), s.part) }
