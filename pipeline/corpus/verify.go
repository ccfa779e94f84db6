package corpus

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// Linked reports whether link has made tables in dir, or begun to.
func Linked(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, linkName))
	return err == nil
}

// Verify reads the tables across articles in dir to their last byte and holds
// everything against everything, as pipeline.Verify does with the others: the
// plan against its hash, records against the plan, the manifest against the
// records, files against size and sha256, and links against the ids that they
// lead to. It changes nothing.
func Verify(ctx context.Context, dir string) (*pipeline.Report, error) {
	v := &verifier{ctx: ctx, dir: dir, fs: pipeline.OS{}, report: &pipeline.Report{Rows: map[output.Table]int64{}}, keep: map[string]bool{}}
	if err := v.run(); err != nil {
		return nil, err
	}
	return v.report, v.extras()
}

type verifier struct {
	ctx    context.Context
	dir    string
	fs     pipeline.FS
	report *pipeline.Report
	keep   map[string]bool
}

func (v *verifier) found(path, unit, what string) {
	v.report.Problems = append(v.report.Problems, pipeline.Problem{Path: path, Unit: unit, What: what})
}

// Paths of a run, below the output folder.
func runPath(names ...string) string {
	return path.Join(append([]string{linkName, runName}, names...)...)
}

func (v *verifier) run() error {
	meta := filepath.Join(v.dir, linkName, runName)
	p, hash, err := readPlan(v.fs, meta)
	switch {
	case err != nil:
		v.found(runPath(planName), "", "damaged: "+err.Error())
		return nil
	case p == nil:
		v.found(runPath(planName), "", "missing: no run of link was finished")
		return nil
	}
	mb, err := v.fs.ReadFile(filepath.Join(meta, manifestName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("verify: %w", err)
	}
	var m Manifest
	switch {
	case mb == nil:
		v.found(runPath(manifestName), "", "missing")
	case json.Unmarshal(mb, &m) != nil:
		v.found(runPath(manifestName), "", "damaged")
		mb = nil
	case m.Plan != hash:
		v.found(runPath(planName), "", fmt.Sprintf("has hash %s, and the manifest is of plan %s", hash, m.Plan))
		hash = m.Plan
	}
	var records []*record
	tables := step.Tables{}
	for _, unit := range p.Units {
		r, problem := v.record(meta, unit, hash)
		if problem != "" {
			v.found(runPath(unitsName, unit+".json"), unit, problem)
			mb = nil // nothing to hold the manifest against
			continue
		}
		records = append(records, r)
		if err := v.unit(r, tables); err != nil {
			return err
		}
	}
	if mb != nil {
		want, err := encodeJSON(manifestOf(p, hash, records))
		if err != nil {
			return err
		}
		if !bytes.Equal(want, mb) {
			v.found(runPath(manifestName), "", "is not what the records make")
		}
	}
	if len(v.report.Problems) == 0 {
		return v.links(tables)
	}
	return nil
}

// record reads a step's record; problem says what is wrong with it.
func (v *verifier) record(meta, unit, hash string) (r *record, problem string) {
	b, err := v.fs.ReadFile(filepath.Join(meta, unitsName, unit+".json"))
	if err != nil {
		return nil, "missing"
	}
	if r, err = decodeRecord(b); err != nil {
		return nil, err.Error()
	}
	if r.Unit != unit || r.Plan != hash {
		return nil, "is of another step or plan"
	}
	return r, ""
}

// unit verifies the files of one record.
func (v *verifier) unit(r *record, tables step.Tables) error {
	files := slices.Clone(r.Files)
	for _, s := range r.States {
		s.Path = runPath(s.Path)
		files = append(files, s)
	}
	for _, f := range files {
		if err := v.ctx.Err(); err != nil {
			return context.Cause(v.ctx)
		}
		v.keep[f.Path] = true
		name := filepath.Join(v.dir, filepath.FromSlash(f.Path))
		what, err := f.Differs(name)
		if err != nil {
			return err
		}
		if what == "" && f.Table != "" {
			n, err := output.CheckFile(name)
			if err != nil {
				what = err.Error()
			} else if n != f.Rows {
				what = fmt.Sprintf("has %d rows, recorded with %d", n, f.Rows)
			}
			tables[f.Table] = append(tables[f.Table], name)
		}
		if what != "" {
			v.found(f.Path, r.Unit, what)
		}
		v.report.Files++
		v.report.Bytes += f.Bytes
		if f.Table != "" {
			v.report.Rows[f.Table] += f.Rows
		}
	}
	return nil
}

// links holds the ids that rows lead to against those that are there. What it
// finds is a fault of the program that wrote them.
func (v *verifier) links(t step.Tables) error {
	people, quotations := map[uint64]bool{}, map[uint64]bool{}
	add := func(ids map[uint64]bool, table output.Table, id string) {
		h := xxhash.Sum64String(id)
		if ids[h] {
			v.found(string(table), "", "the id "+id+" is there twice")
		}
		ids[h] = true
	}
	lead := func(ids map[uint64]bool, table output.Table, id string) {
		if !ids[xxhash.Sum64String(id)] {
			v.found(string(table), "", "a row leads to "+id+", which is not there")
		}
	}
	err := step.Rows(t, func(r *output.PersonRow) error { add(people, output.People, r.PersonID); return nil })
	if err == nil {
		err = step.Rows(t, func(r *output.PersonLinkRow) error { lead(people, output.PersonLinks, r.PersonID); return nil })
	}
	if err == nil {
		err = step.Rows(t, func(r *output.PersonChangeRow) error { lead(people, output.PersonChanges, r.PersonID); return nil })
	}
	if err == nil {
		err = step.Rows(t, func(r *output.QuotationRow) error {
			add(quotations, output.Quotations, r.QuotationID)
			if r.PersonID != "" {
				lead(people, output.Quotations, r.PersonID)
			}
			return nil
		})
	}
	if err == nil {
		err = step.Rows(t, func(r *output.QuotationLinkRow) error {
			lead(quotations, output.QuotationLinks, r.QuotationID)
			return nil
		})
	}
	return err
}

// extras reports files in the tables' folders that no record names.
func (v *verifier) extras() error {
	for _, t := range output.AcrossTables() {
		entries, err := v.fs.ReadDir(filepath.Join(v.dir, string(t)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("verify: %w", err)
		}
		for _, e := range entries {
			if p := path.Join(string(t), e.Name()); !v.keep[p] && !isTemp(e.Name()) {
				v.found(p, "", "is not of this run")
			}
		}
	}
	return nil
}
