package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"
)

// Names of an audit's files: the sample, which never changes, and the
// judgements, a line each, of which the last of a judge and item holds.
const (
	sampleFile     = "sample.json"
	judgementsFile = "judgements.jsonl"
)

// Sample is what an audit judges.
type Sample struct {
	Name     string    `json:"name"`
	Drawn    time.Time `json:"drawn"`
	Design   Design    `json:"design"`
	Items    []Item    `json:"items"`
	Readings []Reading `json:"readings"`
}

// Store keeps audits in a folder, one folder each. It is safe for concurrent
// use, also by several processes: judgements are only ever appended.
type Store struct {
	dir string
	mu  sync.Mutex
}

// NewStore keeps audits below dir, which need not be there yet.
func NewStore(dir string) *Store { return &Store{dir: dir} }

// ErrName and ErrNoAudit are wrapped by what is wrong with a name.
var (
	ErrName    = errors.New("the name of an audit is lower-case letters, digits and hyphens, up to 40")
	ErrNoAudit = errors.New("there is no such audit")
	ErrTaken   = errors.New("there is an audit of that name already")
)

var auditName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

func (s *Store) path(name, file string) (string, error) {
	if !auditName.MatchString(name) {
		return "", fmt.Errorf("%q: %w", name, ErrName)
	}
	return filepath.Join(s.dir, name, file), nil
}

// Create keeps a new sample, whole or not at all.
func (s *Store) Create(sample *Sample) error {
	path, err := s.path(sample.Name, sampleFile)
	if err != nil {
		return err
	}
	b, err := json.Marshal(sample)
	if err != nil {
		return fmt.Errorf("keep audit: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("keep audit: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".sample-*")
	if err != nil {
		return fmt.Errorf("keep audit: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(append(b, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("keep audit: %w", err)
	}
	err = os.Link(f.Name(), path) // fails where the name is taken
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%q: %w", sample.Name, ErrTaken)
	}
	if err != nil {
		return fmt.Errorf("keep audit: %w", err)
	}
	return nil
}

// Names lists the audits there are.
func (s *Store) Names() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list audits: %w", err)
	}
	var names []string
	for _, e := range entries {
		if path, err := s.path(e.Name(), sampleFile); err == nil {
			if _, err := os.Stat(path); err == nil {
				names = append(names, e.Name())
			}
		}
	}
	slices.Sort(names)
	return names, nil
}

// Sample reads an audit's sample.
func (s *Store) Sample(name string) (*Sample, error) {
	path, err := s.path(name, sampleFile)
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%q: %w", name, ErrNoAudit)
	}
	if err != nil {
		return nil, fmt.Errorf("read audit: %w", err)
	}
	sample := new(Sample)
	if err := json.Unmarshal(b, sample); err != nil {
		return nil, fmt.Errorf("read audit %s: %w", path, err)
	}
	return sample, nil
}

// Judge keeps a judgement. When it returns without error, the judgement is on
// disk and outlives the process and the power.
func (s *Store) Judge(name string, j Judgement) error {
	if err := j.Check(); err != nil {
		return err
	}
	path, err := s.path(name, judgementsFile)
	if err != nil {
		return err
	}
	b, err := json.Marshal(j)
	if err != nil {
		return fmt.Errorf("keep judgement: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return AppendLine(path, b)
}

// AppendLine adds a line to a file and syncs it. A last line that a killed
// process left unfinished is closed first, so that it costs nothing but itself.
func AppendLine(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("keep line: %w", err)
	}
	var last [1]byte
	if st, err := f.Stat(); err == nil && st.Size() > 0 {
		if _, err := f.ReadAt(last[:], st.Size()-1); err == nil && last[0] != '\n' {
			line = append([]byte{'\n'}, line...)
		}
	}
	_, err = f.Write(append(line, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("keep line in %s: %w", path, err)
	}
	if d, err := os.Open(filepath.Dir(path)); err == nil {
		_ = d.Sync() // a new file's name; not every system can
		_ = d.Close()
	}
	return nil
}

// Judgements reads all judgements of an audit, oldest first. Lines that a killed
// process left unfinished are passed over.
func (s *Store) Judgements(name string) ([]Judgement, error) {
	path, err := s.path(name, judgementsFile)
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read judgements: %w", err)
	}
	var out []Judgement
	for line := range bytes.Lines(b) {
		var j Judgement
		if json.Unmarshal(line, &j) == nil && j.Check() == nil {
			out = append(out, j)
		}
	}
	return out, nil
}
