package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/whosaid/whosaid/output"
)

// A corpus is an output folder that grows by partitions, each a run of its own:
//
//	OUT/quotes/published=2026-11-22/part-….parquet    and the other tables alike
//	OUT/_partitions/published=2026-11-22/             its plan, records and manifest
//	OUT/_staging/published=2026-11-22/                its replacement, while that is made
//
// A partition is added once. To replace it, the new one is made whole in
// _staging and then changes places with the old one, folder by folder; each
// change is one system call where the system has it, and a process that dies
// between two is completed by the next.

// Undated is the day of articles without a date, and, under ByDay, of records
// that could not be read.
const Undated = "__HIVE_DEFAULT_PARTITION__"

// Names of a replacement under way.
const (
	stagingName = "_staging"
	stagedMeta  = "_run"
	readyName   = "_ready" // holds the hash of the plan that is to take over
)

// partitionName is key=value, both safe as a folder's name on any system.
var partitionName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_][A-Za-z0-9_.+-]*$`)

// ParsePartition completes the name of a partition: a value alone is a day of
// publication. No other column may be a key: whoever reads the tables by folder
// would find the folder's value where the rows have another.
func ParsePartition(s string) (string, error) {
	name := s
	if !strings.Contains(s, "=") {
		name = "published=" + s
	}
	if !partitionName.MatchString(name) || strings.Contains(name, "..") {
		return "", fmt.Errorf("partition %q is not a name such as 2026-11-22 or batch=morning", s)
	}
	key, value, _ := strings.Cut(name, "=")
	if key == "published" && value != Undated && !isDay(value) {
		return "", fmt.Errorf("partition %q: %s is not a day such as 2026-11-22; choose another key for other names, such as batch=%s", s, value, value)
	}
	for _, t := range output.Schema() {
		if key != "published" && slices.ContainsFunc(t.Columns, func(c output.Column) bool { return c.Name == key }) {
			return "", fmt.Errorf("partition %q: %s is a column of the table %s; choose another key", s, key, t.Name)
		}
	}
	return name, nil
}

// isDay reports a day of the calendar, or a month or year of it.
func isDay(s string) bool {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// partition runs a job that is a partition of a corpus.
func (j *Job) partition(ctx context.Context) (*Summary, error) {
	staged := filepath.Join(j.Out, stagingName, j.Partition)
	s, known, err := j.beside(staged)
	if err != nil {
		return nil, err
	}
	err = s.claimKnowing(ctx, known, j.Fresh)
	if err == nil {
		defer s.Close()
		return j.into(ctx, s)
	}
	if !errors.Is(err, ErrOtherPlan) || !j.Replace {
		if errors.Is(err, ErrOtherPlan) {
			err = fmt.Errorf("partition %s: %w, or give --replace", j.Partition, err)
		}
		return nil, err
	}
	return j.replace(ctx, staged, known)
}

// beside opens the partition's place in the corpus; known are the partitions
// beside it.
func (j *Job) beside(staged string) (s *Store, known []string, err error) {
	s = j.store()
	if _, err := s.dir.Size(planName); err == nil {
		return nil, nil, fmt.Errorf("%w: %s holds the tables of one run, not a corpus of partitions; choose another --out", ErrOtherPlan, s.dir.Name())
	}
	// What a process before left half exchanged is completed first.
	if err := j.takeOver(staged); err != nil {
		return nil, nil, err
	}
	known, err = j.others(s.dir)
	return s, known, err
}

// replace makes the partition anew in the staging folder and puts it in place.
func (j *Job) replace(ctx context.Context, staged string, known []string) (*Summary, error) {
	s := j.store()
	s.dir, s.meta = j.wrapped(local{j.FS, staged}), stagedMeta
	err := s.claimKnowing(ctx, known, false)
	if errors.Is(err, ErrOtherPlan) { // a replacement that was given up
		if err := removeTree(j.FS, staged); err != nil {
			return nil, err
		}
		err = s.claimKnowing(ctx, known, false)
	}
	if err != nil {
		return nil, err
	}
	sum, err := j.into(ctx, s)
	s.Close()
	if err != nil {
		return nil, err
	}
	if _, _, err := createOnce(j.FS, filepath.Join(staged, readyName), []byte(s.hash)); err != nil {
		return nil, err
	}
	if err := j.takeOver(staged); err != nil {
		return nil, err
	}
	sum.Replaced = true
	return sum, nil
}

// takeOver puts a replacement that is ready in the place of the partition, or
// goes on doing so.
func (j *Job) takeOver(staged string) error {
	hash, err := j.FS.ReadFile(filepath.Join(staged, readyName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("replace partition: %w", err)
	}
	meta := filepath.Join(j.Out, partitionsName, j.Partition)
	now, err := readManifest(local{j.FS, meta}, "")
	if err != nil {
		return err
	}
	if now == nil || now.Plan != string(hash) {
		next, err := readManifest(local{j.FS, staged}, stagedMeta)
		if err != nil {
			return err
		}
		if next == nil || next.Plan != string(hash) {
			return fmt.Errorf("replace partition: %s is ready, and has no manifest", staged)
		}
		for _, t := range output.Tables() {
			if err := j.takeTable(staged, t, next); err != nil {
				return fmt.Errorf("replace partition: %w", err)
			}
		}
		if err := j.exchange(filepath.Join(staged, stagedMeta), meta); err != nil {
			return fmt.Errorf("replace partition: %w", err)
		}
	}
	// From here on the staging folder holds the old partition. The word that it
	// is ready goes last, so that a cleaning that was broken off goes on.
	entries, err := j.FS.ReadDir(staged)
	if err != nil {
		return fmt.Errorf("replace partition: %w", err)
	}
	for _, e := range entries {
		if e.Name() == readyName {
			continue
		}
		if err := removeTree(j.FS, filepath.Join(staged, e.Name())); err != nil {
			return err
		}
	}
	if err := removeTree(j.FS, staged); err != nil {
		return err
	}
	_ = j.FS.Remove(filepath.Dir(staged)) // unless another replacement is under way
	return nil
}

// takeTable exchanges one table's parts, unless that is done.
func (j *Job) takeTable(staged string, t output.Table, next *Manifest) error {
	have, want := filepath.Join(j.Out, string(t), j.Partition), filepath.Join(staged, string(t), j.Partition)
	files, there := 0, 0
	for _, f := range next.Files {
		if f.Table != t {
			continue
		}
		files++
		if _, err := j.FS.Stat(filepath.Join(j.Out, filepath.FromSlash(f.Path))); err == nil {
			there++
		}
	}
	if files > 0 && files == there {
		// In place, or the same bytes as before; what else is there goes with
		// the folder only when it changed places.
		if n, err := j.parts(have); n == files || err != nil {
			return err
		}
	}
	if files == 0 { // the new run does not write this table
		if _, err := j.FS.Stat(have); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		want = filepath.Join(staged, "gone-"+string(t))
		return j.FS.Rename(have, want)
	}
	return j.exchange(want, have)
}

// parts counts the parts in a folder.
func (j *Job) parts(dir string) (n int, err error) {
	entries, err := j.FS.ReadDir(dir)
	for _, e := range entries {
		if !isTemp(e.Name()) {
			n++
		}
	}
	return n, err
}

// exchange makes two folders change places, or moves the first where there is
// no second, durably.
func (j *Job) exchange(from, to string) error {
	if err := (local{j.FS, filepath.Dir(to)}).Mkdir(""); err != nil {
		return err
	}
	_, err := j.FS.Stat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = j.FS.Rename(from, to)
	case err == nil:
		err = j.FS.Exchange(from, to)
	}
	if err != nil {
		return err
	}
	return j.FS.SyncDir(filepath.Dir(to))
}

// others lists the finished partitions beside the job's own, each with the hash
// of its plan.
func (j *Job) others(corpus Folder) ([]string, error) {
	runs, err := runsOf(corpus)
	if err != nil {
		return nil, err
	}
	var known []string
	key, _, _ := strings.Cut(j.Partition, "=")
	for _, r := range runs {
		if k, _, _ := strings.Cut(r.part, "="); k != key { // no reader takes both
			return nil, fmt.Errorf("%w: the corpus is partitioned by %s, not by %s", ErrOtherPlan, k, key)
		}
		m, err := r.Manifest()
		if err != nil {
			return nil, err
		}
		if m != nil && r.part != j.Partition {
			known = append(known, r.part+" "+m.Plan)
		}
	}
	return known, nil
}

// claimKnowing claims the store under its plan, which takes in the partitions
// whose articles are known. A run that is taken up goes on with those that were
// known when it began, so that it ends as it would have.
func (s *Store) claimKnowing(ctx context.Context, known []string, fresh bool) error {
	b, err := s.dir.ReadFile(s.in(planName))
	if err == nil {
		old, err := decodePlan(planName, b)
		if err != nil {
			return err
		}
		still := map[string]bool{}
		for _, k := range known {
			still[k] = true
		}
		known = nil
		for _, k := range old.Known {
			if still[k] {
				known = append(known, k)
			}
		}
		if m, err := s.Manifest(); m != nil && err == nil {
			known = old.Known // a finished run needs them no more
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read plan: %w", err)
	}
	p := *s.plan
	p.Known = known
	s.plan = &p
	return s.claim(ctx, fresh)
}

// tellKnown tells of the articles of the partitions that the plan knows.
func (s *Store) tellKnown(k *known, corpus Folder) error {
	for _, name := range s.plan.Known {
		part, _, _ := strings.Cut(name, " ")
		m, err := readManifest(corpus, path.Join(partitionsName, part))
		if err != nil {
			return err
		}
		if m == nil {
			return fmt.Errorf("partition %s has no manifest any more", part)
		}
		for _, f := range m.Files {
			if f.Table != output.Articles {
				continue
			}
			if err := eachArticle(corpus, f.Path, k.addCorpus); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeTree removes a file, or a folder and all below it.
func removeTree(f FS, dir string) error {
	entries, err := f.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil && !errors.Is(err, syscall.ENOTDIR) {
		return fmt.Errorf("remove %s: %w", dir, err)
	}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		if e.IsDir() {
			err = removeTree(f, name)
		} else {
			err = f.Remove(name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := f.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", dir, err)
	}
	return nil
}
