package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// unit is the parts of one unit of a run: the same articles in every table.
type unit struct {
	key                        string // partition and unit
	articles, quotes, entities string // files; entities may be missing
}

// tables is what lies in an output folder.
type tables struct {
	dir         string
	units       []unit
	across      map[string][]string // files of the tables across articles, by table
	fingerprint string
	finished    bool // there is a manifest
}

// ErrNoTables says that a folder holds nothing to open.
var ErrNoTables = errors.New("no tables to open")

// acrossTables are the tables that link writes.
var acrossTables = []string{"people", "person_links", "quotations", "quotation_links", "copies"}

// findTables lists the parts of an output folder and pairs them by unit.
func findTables(dir string) (*tables, error) {
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return nil, fmt.Errorf("%w: %s is not a folder; name one that whosaid extract wrote", ErrNoTables, dir)
	}
	t := &tables{dir: dir, across: map[string][]string{}}
	sum := sha256.New()
	list := func(table string) (map[string]string, []string, error) {
		byUnit := map[string]string{}
		files, err := partsOf(filepath.Join(dir, table))
		for _, f := range files {
			rel, _ := filepath.Rel(filepath.Join(dir, table), f)
			st, err := os.Stat(f)
			if err != nil {
				return nil, nil, fmt.Errorf("look at %s: %w", f, err)
			}
			fmt.Fprintf(sum, "%s/%s %d\n", table, filepath.ToSlash(rel), st.Size())
			byUnit[unitOf(rel)] = f
		}
		return byUnit, files, err
	}
	articles, _, err := list(string(output.Articles))
	if err != nil {
		return nil, err
	}
	quotes, _, err := list(string(output.Quotes))
	if err != nil {
		return nil, err
	}
	entities, _, err := list(string(output.Entities))
	if err != nil {
		return nil, err
	}
	for _, name := range acrossTables {
		if _, t.across[name], err = list(name); err != nil {
			return nil, err
		}
	}
	if err := lacking(dir, len(articles), len(quotes)); err != nil {
		return nil, err
	}
	for key, file := range articles {
		u := unit{key: key, articles: file, quotes: quotes[key], entities: entities[key]}
		if u.quotes == "" {
			return nil, fmt.Errorf("%w: %s has no part in quotes; whosaid verify %s says what is missing", ErrNoTables, file, dir)
		}
		t.units = append(t.units, u)
	}
	slices.SortFunc(t.units, func(a, b unit) int { return strings.Compare(a.key, b.key) })
	for _, name := range []string{"_manifest.json", "_partitions"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			t.finished = true
		}
	}
	t.fingerprint = hex.EncodeToString(sum.Sum(nil))
	return t, nil
}

// lacking says what a folder without parts may be, and what to do.
func lacking(dir string, articles, quotes int) error {
	if articles > 0 && quotes > 0 {
		return nil
	}
	for _, f := range []output.Format{output.JSONL, output.CSV} {
		if _, err := os.Stat(filepath.Join(dir, f.FileName(string(output.Quotes)))); err == nil {
			return fmt.Errorf("%w: %s holds tables as %s, and only Parquet can be opened; extract with --format parquet", ErrNoTables, dir, f)
		}
	}
	switch {
	case articles == 0 && quotes == 0:
		return fmt.Errorf("%w: %s holds neither articles nor quotes; name the folder that whosaid extract --out wrote", ErrNoTables, dir)
	case articles == 0:
		return fmt.Errorf("%w: %s holds no table articles; extract without --tables, or with articles among them", ErrNoTables, dir)
	default:
		return fmt.Errorf("%w: %s holds no table quotes; extract without --tables, or with quotes among them", ErrNoTables, dir)
	}
}

// partsOf lists the Parquet parts below a table's folder, sorted.
func partsOf(dir string) (files []string, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if !d.IsDir() && output.IsPart(d.Name()) && strings.HasSuffix(d.Name(), output.Parquet.FileName("")) {
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list parts: %w", err)
	}
	return files, nil
}

// unitOf is the partition and unit of a part by its name, part-<unit>-<hash>.parquet.
func unitOf(rel string) string {
	name := strings.TrimSuffix(filepath.ToSlash(rel), output.Parquet.FileName(""))
	if i := strings.LastIndexByte(name, '-'); i > 0 {
		name = name[:i]
	}
	return name
}
