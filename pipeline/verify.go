package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/output"
)

// ErrNoRun: a folder that was to be verified holds no run.
var ErrNoRun = errors.New("there is no " + planName + "; it is not an output folder of whosaid")

// Problem is one thing that is wrong in an output folder.
type Problem struct {
	Path string // of the file below the folder
	Unit string // whose it is; empty where it is of none, or of all
	What string // in words

	file  bool // a part is damaged: removing it makes its unit be done again
	extra bool // a part too many
	state bool // a record or the manifest is damaged: removing it makes it be written again
	plan  bool // the plan is damaged: nothing tells what to do again
	run   *Store
}

func (p Problem) String() string { return p.Path + ": " + p.What }

// Report is what Verify found.
type Report struct {
	Files    int
	Bytes    int64
	Rows     map[output.Table]int64
	Problems []Problem
}

// Verify reads an output folder to its last byte and holds everything against
// everything: the plan against its hash, records against the plan, the manifest
// against the records, files against size and sha256, rows against counters,
// each article's rows against one another and its text, article ids against
// each other. It changes nothing. An error means that it could not look; what
// it found is in the report.
func Verify(ctx context.Context, dir Folder) (*Report, error) {
	v := &verifier{ctx: ctx, report: &Report{Rows: map[output.Table]int64{}}, ids: map[uint64]string{}}
	runs, err := runsOf(dir)
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, fmt.Errorf("verify %s: %w", dir.Name(), ErrNoRun)
	}
	keep := map[string]bool{}
	for _, s := range runs {
		if err := v.run(s, keep); err != nil {
			return nil, err
		}
	}
	return v.report, v.extras(dir, keep)
}

type verifier struct {
	ctx    context.Context
	report *Report
	ids    map[uint64]string // article ids met → file
	store  *Store            // the run under the eye
}

func (v *verifier) found(p Problem) {
	p.run = v.store
	v.report.Problems = append(v.report.Problems, p)
}

// run verifies one run: the folder's only one, or a partition's.
func (v *verifier) run(s *Store, keep map[string]bool) error {
	v.store = s
	rel := s.in
	b, err := s.dir.ReadFile(rel(planName))
	if errors.Is(err, fs.ErrNotExist) {
		v.found(Problem{Path: rel(planName), What: "missing", plan: true})
		return nil
	}
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	sum := sha256.Sum256(b)
	s.hash = hex.EncodeToString(sum[:hashBytes])
	if s.plan, err = decodePlan(planName, b); err != nil {
		v.found(Problem{Path: rel(planName), What: "damaged: " + err.Error(), plan: true})
		return nil
	}
	mb, err := s.dir.ReadFile(rel(manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		v.found(Problem{Path: rel(manifestName), What: "missing: the run is not finished", state: true})
	} else if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	var m Manifest
	if mb != nil {
		if err := json.Unmarshal(mb, &m); err != nil {
			v.found(Problem{Path: rel(manifestName), What: "damaged: " + err.Error(), state: true})
			mb = nil
		} else if m.Plan != s.hash {
			// Which of the two is damaged, the records tell.
			v.found(Problem{Path: rel(planName), What: fmt.Sprintf("has hash %s, and the manifest is of plan %s", s.hash, m.Plan), plan: true})
			s.hash = m.Plan
		}
	}
	var records []*Record
	for _, unit := range unitsOf(s) {
		r, problem := v.record(s, unit)
		if problem != "" {
			v.found(Problem{Path: s.recordName(unit), Unit: unit, What: problem, state: true})
			mb = nil // nothing to hold the manifest against
			continue
		}
		records = append(records, r)
		if err := v.unit(s, r, keep); err != nil {
			return err
		}
	}
	if mb == nil {
		return nil
	}
	wb, err := encodeJSON(manifestOf(s.plan, s.hash, records))
	if err != nil {
		return err
	}
	if !bytes.Equal(wb, mb) {
		v.found(Problem{Path: rel(manifestName), What: "is not what the records make", state: true})
	}
	return nil
}

// unitsOf are the names of a run's records.
func unitsOf(s *Store) []string {
	f := output.Format(s.plan.Settings["--format"])
	if f == "" {
		f = output.Parquet
	}
	return s.plan.unitIDs(f)
}

// record reads a unit's record; problem says what is wrong with it.
func (v *verifier) record(s *Store, unit string) (r *Record, problem string) {
	b, err := s.dir.ReadFile(s.recordName(unit))
	if err != nil {
		return nil, "missing: the unit is not done"
	}
	if r, err = decodeRecord(b); err != nil {
		return nil, err.Error()
	}
	if r.Unit != unit || r.Plan != s.hash {
		return nil, "is of another unit or plan"
	}
	if !r.Counters.balanced() {
		return nil, "its counters do not add up"
	}
	return r, ""
}

// unit verifies the files of one record.
func (v *verifier) unit(s *Store, r *Record, keep map[string]bool) error {
	whole := true
	paths := map[output.Table]string{} // on the local disk
	for _, f := range r.Files {
		keep[f.Path] = true
		if err := v.ctx.Err(); err != nil {
			return context.Cause(v.ctx)
		}
		name, release, err := s.dir.Fetch(f.Path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("verify: %w", err)
		}
		what := "missing"
		if err == nil {
			defer release()
			paths[f.Table] = name
			if what, err = f.Differs(name); err != nil {
				return err
			}
		}
		if what != "" {
			v.found(Problem{Path: f.Path, Unit: r.Unit, What: what, file: true})
			whole = false
		}
		v.report.Files++
		v.report.Bytes += f.Bytes
		v.report.Rows[f.Table] += f.Rows
	}
	if err := accounted(&r.Counters, r.Files); err != nil {
		v.found(Problem{Path: s.recordName(r.Unit), Unit: r.Unit, What: err.Error(), state: true})
	}
	if whole && r.Unit != wholeRun {
		v.rows(r, paths)
	}
	return nil
}

// Differs holds the file called name against its record; what says how it differs,
// in words for people, and is empty where it does not.
func (f PartFile) Differs(name string) (what string, err error) {
	in, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "missing", nil
	}
	if err != nil {
		return "", fmt.Errorf("verify: %w", err)
	}
	defer in.Close()
	h := sha256.New()
	n, err := io.Copy(h, in)
	switch {
	case err != nil:
		return "cannot be read: " + err.Error(), nil
	case n != f.Bytes:
		return fmt.Sprintf("has %d bytes, recorded with %d", n, f.Bytes), nil
	case hex.EncodeToString(h.Sum(nil)) != f.SHA256:
		return "has other bytes than recorded", nil
	}
	return "", nil
}

// rows reads the rows of a unit whose bytes are as recorded. What it finds is
// a fault of the program that wrote them, not of the disk.
func (v *verifier) rows(r *Record, paths map[output.Table]string) {
	files := map[output.Table]PartFile{}
	for _, f := range r.Files {
		files[f.Table] = f
	}
	at := func(t output.Table) string { return paths[t] }
	for _, t := range output.Tables() {
		f, ok := files[t]
		if !ok {
			continue
		}
		if n, err := output.CheckFile(at(t)); err != nil {
			v.found(Problem{Path: f.Path, Unit: r.Unit, What: err.Error()})
			return
		} else if n != f.Rows {
			v.found(Problem{Path: f.Path, Unit: r.Unit, What: fmt.Sprintf("has %d rows, recorded with %d", n, f.Rows)})
		}
	}
	for _, t := range []output.Table{output.Articles, output.Quotes, output.Mentions, output.Entities} {
		if _, ok := files[t]; !ok {
			return // links lead into a table that was not written
		}
	}
	quotes := group(at(output.Quotes), func(q *output.QuoteRow) string { return q.ArticleID })
	mentions := group(at(output.Mentions), func(m *output.MentionRow) string { return m.ArticleID })
	entities := group(at(output.Entities), func(e *output.EntityRow) string { return e.ArticleID })
	defer quotes.stop()
	defer mentions.stop()
	defer entities.stop()
	_, err := output.ReadFile(at(output.Articles), func(a *output.ArticleRow) error {
		id := xxhash.Sum64String(a.ArticleID)
		if where, again := v.ids[id]; again {
			v.found(Problem{Path: files[output.Articles].Path, Unit: r.Unit, What: fmt.Sprintf("article %q is in %s too", a.ArticleID, where)})
		}
		v.ids[id] = files[output.Articles].Path
		if err := output.CheckArticle(*a, quotes.of(a.ArticleID), mentions.of(a.ArticleID), entities.of(a.ArticleID)); err != nil {
			v.found(Problem{Path: files[output.Articles].Path, Unit: r.Unit, What: err.Error()})
		}
		return v.ctx.Err()
	})
	for _, err := range []error{err, quotes.rest(), mentions.rest(), entities.rest()} {
		if err != nil {
			v.found(Problem{Path: files[output.Articles].Path, Unit: r.Unit, What: err.Error()})
		}
	}
}

// extras reports part files that no record names.
func (v *verifier) extras(dir Folder, keep map[string]bool) error {
	v.store = nil
	for _, t := range output.Tables() {
		if err := v.extrasIn(dir, string(t), keep); err != nil {
			return fmt.Errorf("verify: %w", err)
		}
	}
	return nil
}

func (v *verifier) extrasIn(dir Folder, below string, keep map[string]bool) error {
	entries, err := dir.List(below)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(below, e.Name)
		switch {
		case e.Dir:
			if err := v.extrasIn(dir, name, keep); err != nil {
				return err
			}
		case !keep[name] && !isTemp(e.Name):
			v.found(Problem{Path: name, What: "is not of this run", extra: output.IsPart(e.Name)})
		}
	}
	return nil
}
