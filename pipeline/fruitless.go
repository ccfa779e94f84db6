package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// ErrNothingRead ends a run that finished and read no article. Its tables are
// there, with the rejects, and its manifest: the run is whole, and worthless.
var ErrNothingRead = errors.New("no article was read")

// Fruitless reports whether a run with these counts has read nothing that it
// was meant to read. Articles that the corpus had already are no failure. With
// allowEmpty nor is input without articles, or whose articles were all left out
// as asked; records that could not be read are one all the same.
func (c *Counters) Fruitless(allowEmpty bool) bool {
	if c.Written > 0 || c.Reasons[ReasonInCorpus] > 0 {
		return false
	}
	broken := c.Failed
	for _, reason := range source.Reasons() {
		if reason != source.ReasonEmpty {
			broken += c.Reasons[reason]
		}
	}
	return !allowEmpty || broken > 0
}

// giveWay removes a finished run that read no article, so that the next one,
// which has the right flags, need not be told of another folder. The plan goes
// last: what a process leaves half removed is still such a run. It reports
// whether the folder is free.
func (s *Store) giveWay(planFile string) (bool, error) {
	m, err := s.Manifest()
	if err != nil || m == nil || m.Counters.Written > 0 {
		return false, nil //nolint:nilerr // a manifest that cannot be read gives way to nobody
	}
	unlock, alone, err := s.dir.Lock(planFile, true)
	if err != nil || !alone {
		return false, nil //nolint:nilerr // somebody is at work there
	}
	defer unlock()
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Path)
	}
	b, err := s.dir.ReadFile(planFile)
	if err != nil {
		return false, fmt.Errorf("read plan: %w", err)
	}
	old := &Store{dir: s.dir, meta: s.meta}
	if old.plan, err = decodePlan(planFile, b); err != nil {
		return false, nil //nolint:nilerr // nor a plan that cannot be read
	}
	for _, unit := range unitsOf(old) {
		names = append(names, old.recordName(unit))
	}
	for _, name := range append(names, s.in(manifestName), planFile) {
		if err := s.dir.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, fmt.Errorf("remove a run that read nothing: %w", err)
		}
	}
	s.log.Info("the run that was here read no article, and gives way", "folder", s.where())
	return true, nil
}

// evidenceName is the file of the rejects that stopped a run: those of the unit
// that was not committed.
const evidenceName = "_rejects.jsonl"

// maxEvidence is the most rejects kept of a unit for that file.
const maxEvidence = 1000

// evidence writes the rejects of a unit that is given up where people find
// them, and returns where.
func (s *Store) evidence(rows []output.RejectRow) (string, error) {
	var b bytes.Buffer
	for i := range rows {
		b.Write(output.AppendJSON(nil, &rows[i]))
		b.WriteByte('\n')
	}
	if err := s.dir.Replace(s.in(evidenceName), b.Bytes()); err != nil {
		return "", fmt.Errorf("list the rejects: %w", err)
	}
	return s.where() + "/" + evidenceName, nil
}
