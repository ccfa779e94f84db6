package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/whosaid/whosaid/output"
)

// Record says that a unit is done: which files hold its rows, and what became
// of its records. Equal plans give equal records.
type Record struct {
	Unit     string     `json:"unit"`
	Plan     string     `json:"plan"`
	Files    []PartFile `json:"files"`
	Counters Counters   `json:"counters"`
	InputSum string     `json:"input_sum,omitempty"` // of the bytes the unit was read from; "" where they cannot be read again
	Sum      string     `json:"sum"`                 // of the record without it, so that damage shows
}

// encode fixes the sum and is the record's canonical form.
func (r *Record) encode() ([]byte, error) {
	r.Sum = ""
	b, err := encodeJSON(r)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	r.Sum = hex.EncodeToString(sum[:hashBytes])
	return encodeJSON(r)
}

// PartFile is one file of one table.
type PartFile struct {
	Table  output.Table `json:"table"`
	Path   string       `json:"path"` // below the output folder, with slashes
	Rows   int64        `json:"rows"`
	Bytes  int64        `json:"bytes"`
	SHA256 string       `json:"sha256"`
}

// Manifest says that a run is done, and lists all of its files. It is a pure
// function of the plan and the records.
type Manifest struct {
	Format   int        `json:"format"`
	Schema   string     `json:"schema_version"`
	Plan     string     `json:"plan"`
	Version  string     `json:"version"`
	Model    string     `json:"model"`
	Units    int        `json:"units"`
	Files    []PartFile `json:"files"`
	Counters Counters   `json:"counters"`
}

// decodeRecord reads a record and holds it against its sum.
func decodeRecord(b []byte) (*Record, error) {
	var r Record
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, fmt.Errorf("damaged: %w", err)
	}
	if again, err := r.encode(); err != nil || !bytes.Equal(again, b) {
		return nil, errors.New("damaged: its sum does not hold")
	}
	return &r, nil
}

// manifestOf is the manifest of a plan's records.
func manifestOf(p *Plan, hash string, records []*Record) *Manifest {
	m := &Manifest{Format: planFormat, Schema: output.SchemaVersion, Plan: hash,
		Version: p.Version, Model: p.Model, Units: len(p.Units)}
	for _, r := range records {
		m.Files = append(m.Files, r.Files...)
		m.Counters.add(&r.Counters)
	}
	m.Counters.rank()
	return m
}

func readManifest(dir Folder, meta string) (*Manifest, error) {
	m, _, err := ReadJSON[Manifest](dir.ReadFile, path.Join(meta, manifestName))
	return m, err
}

// ReadJSON reads a value of JSON, and gives the bytes that it was read from; nil
// where there is no such file.
func ReadJSON[T any](read func(string) ([]byte, error), name string) (*T, []byte, error) {
	b, err := read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	v := new(T)
	if err := json.Unmarshal(b, v); err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	return v, b, nil
}
