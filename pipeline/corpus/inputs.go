package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
)

// ErrNoTables: a folder holds no tables that can be linked.
var ErrNoTables = errors.New("no tables to link")

// Input is a finished extraction: the one of a plain output folder, or a
// partition of a corpus.
type Input struct {
	Folder    string `json:"folder"`              // as named on the command line
	Partition string `json:"partition,omitempty"` // such as published=2026-11-22
	Manifest  string `json:"manifest"`            // hash of its manifest, which holds those of its files
	units     []unit
	articles  int64 // of status ok
}

// unit are the parts of one unit of an extraction.
type unit struct{ articles, entities, quotes string }

// name is the input in words.
func (in *Input) name() string {
	if in.Partition == "" {
		return in.Folder
	}
	return in.Folder + " (" + in.Partition + ")"
}

// Names inside the folders of extractions.
const (
	planName       = "_plan.json"
	unitsName      = "_units"
	manifestName   = "_manifest.json"
	partitionsName = "_partitions"
)

// findInputs lists the extractions of folders, in the order of the folders and
// of the names of their partitions.
func findInputs(fsys pipeline.FS, folders []string) ([]Input, error) {
	var all []Input
	seen := map[string]bool{}
	for _, folder := range folders {
		folder = filepath.ToSlash(filepath.Clean(folder))
		if seen[folder] {
			return nil, fmt.Errorf("%s is named twice", folder)
		}
		seen[folder] = true
		inputs, err := inputsOf(fsys, folder)
		if err != nil {
			return nil, err
		}
		all = append(all, inputs...)
	}
	return all, nil
}

func inputsOf(fsys pipeline.FS, folder string) ([]Input, error) {
	if _, err := fsys.Stat(filepath.Join(folder, planName)); err == nil {
		in, err := readInput(fsys, folder, "")
		return []Input{in}, err
	}
	entries, err := fsys.ReadDir(filepath.Join(folder, partitionsName))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := fsys.Stat(folder); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNoTables, err)
		}
		return nil, fmt.Errorf("%w: %s is not an output folder of whosaid extract (it has no %s)", ErrNoTables, folder, planName)
	}
	if err != nil {
		return nil, fmt.Errorf("find tables: %w", err)
	}
	var inputs []Input
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		in, err := readInput(fsys, folder, e.Name())
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, in)
	}
	if len(inputs) == 0 {
		return nil, fmt.Errorf("%w: %s has no partitions yet", ErrNoTables, folder)
	}
	return inputs, nil
}

// readInput reads the manifest of an extraction.
func readInput(fsys pipeline.FS, folder, partition string) (Input, error) {
	in := Input{Folder: folder, Partition: partition}
	meta := folder
	if partition != "" {
		meta = filepath.Join(folder, partitionsName, partition)
	}
	b, err := fsys.ReadFile(filepath.Join(meta, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return in, fmt.Errorf("%w: the extraction into %s is not finished; run whosaid extract again, then link", ErrNoTables, in.name())
	}
	if err != nil {
		return in, fmt.Errorf("find tables: %w", err)
	}
	var m pipeline.Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return in, fmt.Errorf("read %s: %w (whosaid verify tells more)", filepath.Join(meta, manifestName), err)
	}
	if m.Schema != output.SchemaVersion {
		return in, fmt.Errorf("%w: %s has tables of schema version %s, and this program reads version %s; extract again", ErrNoTables, in.name(), m.Schema, output.SchemaVersion)
	}
	sum := sha256.Sum256(b)
	in.Manifest = hex.EncodeToString(sum[:hashBytes])
	in.articles = m.Counters.Written
	return in, in.gather(m.Files)
}

// gather puts the parts of each unit together.
func (in *Input) gather(files []pipeline.PartFile) error {
	at := map[string]int{}
	for _, f := range files {
		if !strings.HasSuffix(f.Path, output.Parquet.FileName("")) {
			return fmt.Errorf("%w: %s has tables in another format than Parquet; extract with --format parquet", ErrNoTables, in.name())
		}
		base := f.Path[strings.LastIndexByte(f.Path, '/')+1:]
		id := base[:strings.LastIndexByte(base, '-')] // without the hash
		i, ok := at[id]
		if !ok {
			i = len(in.units)
			at[id] = i
			in.units = append(in.units, unit{})
		}
		path := filepath.Join(in.Folder, filepath.FromSlash(f.Path))
		switch f.Table {
		case output.Articles:
			in.units[i].articles = path
		case output.Entities:
			in.units[i].entities = path
		case output.Quotes:
			in.units[i].quotes = path
		}
	}
	for _, u := range in.units {
		if u.articles == "" || u.entities == "" || u.quotes == "" {
			return fmt.Errorf("%w: %s was extracted without the tables articles, quotes and entities, which link needs; extract without --tables", ErrNoTables, in.name())
		}
	}
	return nil
}
