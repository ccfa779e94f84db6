package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// linkFormat is the version of the layout of plans, records, manifests and
// states.
const linkFormat = 2

// hashBytes of a sha256 name a plan or an input.
const hashBytes = 8

// Plan says what a run of link reads and how: everything that decides its
// output. Two runs with equal plans write the same bytes.
type Plan struct {
	Format   int               `json:"format"`
	Schema   string            `json:"schema_version"`
	Version  string            `json:"version"` // of the program
	Settings map[string]string `json:"settings"`
	Inputs   []Input           `json:"inputs"`
	Before   string            `json:"before,omitempty"` // the plan whose tables it adds to
	Run      int               `json:"run"`              // 1 for the first, 2 for the first that adds to it
	Units    []string          `json:"units"`            // the steps
}

func (p *Plan) encode() ([]byte, error) { return encodeJSON(p) }

func (p *Plan) hash() (string, error) {
	b, err := p.encode()
	if err != nil {
		return "", err
	}
	return sumOf(b), nil
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:hashBytes])
}

// differences lists, in words for people, how q differs from p, save that q may
// have more inputs.
func (p *Plan) differences(q *Plan) []string {
	var d pipeline.Differences
	d.Add("format", fmt.Sprint(p.Format), fmt.Sprint(q.Format))
	d.Add("schema version", p.Schema, q.Schema)
	d.Add("program version", p.Version, q.Version)
	d.AddSettings(p.Settings, q.Settings)
	for _, in := range p.Inputs {
		i := slices.IndexFunc(q.Inputs, func(o Input) bool { return o.Folder == in.Folder && o.Partition == in.Partition })
		switch {
		case i < 0:
			d = append(d, in.name()+" is missing here")
		case q.Inputs[i].Manifest != in.Manifest:
			d = append(d, in.name()+" was extracted again")
		}
	}
	if !slices.Equal(p.Units, q.Units) {
		d = append(d, "it has other steps")
	}
	return d
}

// after is q as a run that adds to p: the inputs of p first, in their order.
func (q *Plan) after(p *Plan, hash string) *Plan {
	next := *q
	next.Before, next.Run = hash, p.Run+1
	next.Inputs = nil
	old := map[string]bool{}
	for _, in := range p.Inputs {
		old[in.name()] = true
		for _, o := range q.Inputs {
			if o.name() == in.name() {
				next.Inputs = append(next.Inputs, o)
			}
		}
	}
	for _, in := range q.Inputs {
		if !old[in.name()] {
			next.Inputs = append(next.Inputs, in)
		}
	}
	return &next
}

// record says that a step is done.
type record struct {
	Unit   string              `json:"unit"`
	Plan   string              `json:"plan"`
	Files  []pipeline.PartFile `json:"files"`            // the whole tables, each in the order of its rows
	States []pipeline.PartFile `json:"states,omitempty"` // below the folder of the run
	Counts map[string]int64    `json:"counts,omitempty"`
	Sum    string              `json:"sum"` // of the record without it, so that damage shows
}

func (r *record) encode() ([]byte, error) {
	r.Sum = ""
	b, err := encodeJSON(r)
	if err != nil {
		return nil, err
	}
	r.Sum = sumOf(b)
	return encodeJSON(r)
}

func decodeRecord(b []byte) (*record, error) {
	var r record
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, fmt.Errorf("damaged: %w", err)
	}
	if again, err := r.encode(); err != nil || !bytes.Equal(again, b) {
		return nil, errors.New("damaged: its sum does not hold")
	}
	return &r, nil
}

// Manifest says that a run is done, and lists its files. It is a pure function
// of the plan and the records.
type Manifest struct {
	Format  int                 `json:"format"`
	Schema  string              `json:"schema_version"`
	Plan    string              `json:"plan"`
	Version string              `json:"version"`
	Run     int                 `json:"run"`
	Files   []pipeline.PartFile `json:"files"`
	States  []pipeline.PartFile `json:"states"`
	Counts  map[string]int64    `json:"counts"`
}

// Rows is the number of rows of a table.
func (m *Manifest) Rows(t output.Table) (n int64) {
	for _, f := range m.Files {
		if f.Table == t {
			n += f.Rows
		}
	}
	return n
}

// tables are the parts of the manifest's tables, below dir.
func (m *Manifest) tables(dir string) step.Tables {
	t := step.Tables{}
	for _, f := range m.Files {
		t[f.Table] = append(t[f.Table], filepath.Join(dir, filepath.FromSlash(f.Path)))
	}
	return t
}

func manifestOf(p *Plan, hash string, records []*record) *Manifest {
	m := &Manifest{Format: linkFormat, Schema: p.Schema, Plan: hash, Version: p.Version, Run: p.Run, Counts: map[string]int64{}}
	for _, r := range records {
		m.Files = append(m.Files, r.Files...)
		m.States = append(m.States, r.States...)
		maps.Copy(m.Counts, r.Counts)
	}
	return m
}

// readPlan reads a plan and its hash; nil where there is none.
func readPlan(fsys pipeline.FS, meta string) (*Plan, string, error) {
	p, b, err := pipeline.ReadJSON[Plan](fsys.ReadFile, filepath.Join(meta, planName))
	if p == nil {
		return nil, "", err
	}
	return p, sumOf(b), nil
}

// readManifest reads a manifest; nil where there is none.
func readManifest(fsys pipeline.FS, meta string) (*Manifest, error) {
	m, _, err := pipeline.ReadJSON[Manifest](fsys.ReadFile, filepath.Join(meta, manifestName))
	return m, err
}

func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
