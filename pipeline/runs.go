package pipeline

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// partitionsName is the folder of the plans, records and manifests of a
// corpus's partitions.
const partitionsName = "_partitions"

// runsOf opens every run of an output folder for reading: the one run of a
// plain folder, or those of a corpus's partitions in order of their names.
func runsOf(dir Folder) ([]*Store, error) {
	if _, err := dir.Size(planName); err == nil {
		return []*Store{{dir: dir}}, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	entries, err := dir.List(partitionsName)
	if err != nil {
		return nil, err
	}
	var runs []*Store
	for _, e := range entries {
		if !e.Dir || strings.HasPrefix(e.Name, ".") {
			continue
		}
		runs = append(runs, &Store{dir: dir, meta: path.Join(partitionsName, e.Name), part: e.Name})
	}
	return runs, nil
}
