package pipeline

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
)

// partitionsName is the folder of the plans, records and manifests of a
// corpus's partitions.
const partitionsName = "_partitions"

// runsOf opens every run of an output folder for reading: the one run of a
// plain folder, or those of a corpus's partitions in order of their names.
func runsOf(fsys FS, dir string) ([]*Store, error) {
	if _, err := fsys.Stat(filepath.Join(dir, planName)); err == nil {
		return []*Store{{fs: fsys, dir: dir, meta: dir}}, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	entries, err := fsys.ReadDir(filepath.Join(dir, partitionsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var runs []*Store
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		runs = append(runs, &Store{fs: fsys, dir: dir, meta: filepath.Join(dir, partitionsName, e.Name()), part: e.Name()})
	}
	return runs, nil
}
