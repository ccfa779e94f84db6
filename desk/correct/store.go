package correct

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/whosaid/whosaid/desk/audit"
)

// Store keeps corrections in one file. It is safe for concurrent use.
type Store struct {
	path string
	mu   sync.Mutex
}

// NewStore keeps corrections in a file, which need not be there yet.
func NewStore(path string) *Store { return &Store{path: path} }

// Add keeps a correction: when it returns without error, it is on disk.
func (s *Store) Add(c Correction) error {
	b, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("keep correction: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return audit.AppendLine(s.path, b)
}

// All reads all corrections, oldest first. Lines that a killed process left
// unfinished are passed over.
func (s *Store) All() ([]Correction, error) {
	b, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	var out []Correction
	for line := range bytes.Lines(b) {
		var c Correction
		if json.Unmarshal(line, &c) == nil && c.Do != "" {
			out = append(out, c)
		}
	}
	return out, nil
}
