package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// UnitBytes is the default size of a unit: what a killed run loses at most, and
// what one part file of each table holds. 64 MiB are some ten thousand articles,
// about a minute of a core.
const UnitBytes = 64 << 20

// unitFiles is the most inputs of a unit: small files cost opens, not bytes.
const unitFiles = 4096

// planFormat is the version of the layout of the plan, records and manifest.
const planFormat = 1

// Plan says what a run reads and how: everything that decides its output. Two
// runs with equal plans write the same bytes.
type Plan struct {
	Format   int               `json:"format"`
	Version  string            `json:"version"`  // of the program
	Model    string            `json:"model"`    // hash of the models
	Settings map[string]string `json:"settings"` // every option that can change a row
	Inputs   []Input           `json:"inputs"`
	Units    []Unit            `json:"units"`
	Nonce    string            `json:"nonce,omitempty"` // set when the input cannot be read twice
	Known    []string          `json:"known,omitempty"` // partitions whose articles are left out, with their plans
}

// Input is one shard of the input as it was when the run was planned: a file,
// or a slice of one.
type Input struct {
	Path     string    `json:"path"`
	Size     int64     `json:"size"` // of the file
	Modified time.Time `json:"modified"`
	Format   string    `json:"format"`          // as asked for or found by then
	Start    int64     `json:"start,omitempty"` // bytes of the slice, half-open; 0, 0: the whole file
	End      int64     `json:"end,omitempty"`
	First    int64     `json:"first,omitempty"` // records of the file before the slice
	Tag      string    `json:"tag,omitempty"`   // of an object's content, where its store has one
	shard    source.Shard
}

func newInput(s source.Shard) Input {
	return Input{s.Path, s.Size, s.ModTime.UTC(), s.Format.String(), s.Start, s.End, s.First, s.Tag, s}
}

// unitIDs are the names of the records of a run in that format.
func (p *Plan) unitIDs(f output.Format) []string {
	if !f.InParts() {
		return []string{wholeRun}
	}
	ids := make([]string, len(p.Units))
	for i, u := range p.Units {
		ids[i] = u.ID
	}
	return ids
}

// Unit is a fixed slice of the input: inputs First to End, half-open.
type Unit struct {
	ID    string `json:"id"`
	First int    `json:"first"`
	End   int    `json:"end"`
	Bytes int64  `json:"bytes"`
}

// NewPlan gathers shards, in their order, into units of unitBytes (0:
// UnitBytes). A shard is never cut here: the source has cut what can be cut.
func NewPlan(shards []source.Shard, unitBytes int64, version, model string, settings map[string]string) *Plan {
	if unitBytes <= 0 {
		unitBytes = UnitBytes
	}
	p := &Plan{Format: planFormat, Version: version, Model: model, Settings: settings}
	for _, s := range shards {
		if s.Stream {
			p.Nonce = time.Now().UTC().Format(time.RFC3339Nano)
		}
		p.Inputs = append(p.Inputs, newInput(s))
	}
	var u Unit
	for i, in := range p.Inputs {
		if n := i - u.First; n > 0 && (u.Bytes+in.shard.Bytes() > unitBytes || n >= unitFiles) {
			p.addUnit(u)
			u = Unit{First: i}
		}
		u.End = i + 1
		u.Bytes += in.shard.Bytes()
	}
	if u.End > u.First || len(p.Inputs) == 0 { // a run over nothing writes tables without rows
		p.addUnit(u)
	}
	return p
}

func (p *Plan) addUnit(u Unit) {
	u.ID = fmt.Sprintf("%06d", len(p.Units))
	p.Units = append(p.Units, u)
}

// Bytes is the size of all inputs.
func (p *Plan) Bytes() (n int64) {
	for _, u := range p.Units {
		n += u.Bytes
	}
	return n
}

// Encode is the plan's canonical form.
func (p *Plan) Encode() ([]byte, error) { return encodeJSON(p) }

// hashBytes of a sha256 name a plan.
const hashBytes = 8

// Hash names the plan: 16 hex digits of the hash of its canonical form. Runs of
// one hash write the same bytes, so it serves as the run's id.
func (p *Plan) Hash() (string, error) {
	b, err := p.Encode()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:hashBytes]), nil
}

// Differences lists, in words for people, how q differs from p; empty when a
// run under q may take up a run under p.
func (p *Plan) Differences(q *Plan) []string {
	var d Differences
	d.Add("plan format", fmt.Sprint(p.Format), fmt.Sprint(q.Format))
	d.Add("program version", p.Version, q.Version)
	d.Add("model", p.Model, q.Model)
	d.AddSettings(p.Settings, q.Settings)
	for _, k := range p.Known {
		if !slices.Contains(q.Known, k) {
			d = append(d, "partition "+k+", which it knows, was replaced or is gone")
		}
	}
	if p.Nonce != q.Nonce {
		d = append(d, "standard input cannot be read a second time")
	}
	d = append(d, inputDifferences(p.Inputs, q.Inputs)...)
	if len(d) == 0 && !slices.Equal(p.Units, q.Units) {
		d = append(d, "the input is cut into other units")
	}
	return d
}

// Differences are what is there, in a plan that a folder has, and another here,
// in the one that is wanted: a line each.
type Differences []string

// Add compares a value.
func (d *Differences) Add(what, there, here string) {
	if there != here {
		*d = append(*d, fmt.Sprintf("%s is %s there and %s here", what, orNone(there), orNone(here)))
	}
}

// AddSettings compares settings, in the order of their names.
func (d *Differences) AddSettings(there, here map[string]string) {
	settings := maps.Clone(there)
	if settings == nil {
		settings = map[string]string{}
	}
	maps.Copy(settings, here)
	for _, k := range sortedKeys(settings) {
		d.Add(k, there[k], here[k])
	}
}

func inputDifferences(there, here []Input) []string {
	const most = 5
	var d []string
	old := make(map[string]Input, len(there))
	for _, in := range there {
		old[in.Path] = in
	}
	seen := make(map[string]bool, len(here))
	for _, in := range here {
		if seen[in.Path] { // another slice of it
			continue
		}
		seen[in.Path] = true
		was, ok := old[in.Path]
		switch {
		case !ok:
			d = append(d, "input "+in.Path+" is new")
		case was.Size != in.Size:
			d = append(d, fmt.Sprintf("input %s had %d bytes, has %d", in.Path, was.Size, in.Size))
		case !was.Modified.Equal(in.Modified):
			d = append(d, fmt.Sprintf("input %s was changed at %s", in.Path, in.Modified.Format(time.RFC3339)))
		}
	}
	for _, in := range there {
		if !seen[in.Path] {
			seen[in.Path] = true
			d = append(d, "input "+in.Path+" is missing here")
		}
	}
	if len(d) > most {
		d = append(d[:most], fmt.Sprintf("and %d more inputs differ", len(d)-most))
	}
	return d
}

// decodePlan reads a plan back, its shards too: what a plan says can be read
// again, as long as the input is what it was.
func decodePlan(name string, b []byte) (*Plan, error) {
	var p Plan
	if err := json.Unmarshal(b, &p); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	for i := range p.Inputs {
		in := &p.Inputs[i]
		f, err := source.ParseFormat(in.Format)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		in.shard = source.Shard{Path: in.Path, Format: f, Size: in.Size, ModTime: in.Modified,
			Start: in.Start, End: in.End, First: in.First, Tag: in.Tag, Stream: p.Nonce != "" && in.Size == 0}
	}
	for _, u := range p.Units {
		if u.First < 0 || u.First > u.End || u.End > len(p.Inputs) {
			return nil, fmt.Errorf("read %s: unit %s is of inputs %d to %d of %d", name, u.ID, u.First, u.End, len(p.Inputs))
		}
	}
	return &p, nil
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

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func orNone(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}
