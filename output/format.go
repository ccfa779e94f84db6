package output

import (
	"fmt"
	"strings"
)

// Format names a file format. It is also the ending of file names, without
// the dot.
type Format string

// The formats.
const (
	Parquet Format = "parquet"
	JSONL   Format = "jsonl"
	CSV     Format = "csv"
)

// description is all there is to say of an output format. Help, completion,
// names of files and how they are written follow from it.
type description struct {
	format Format
	what   string // for people: what it is
	// parts: written unit by unit, a file of each table for each; otherwise the
	// whole run is one file a table.
	parts bool
	open  func(map[Table]string, Options) (Writer, error)
}

// formats describes the formats; the first is what a run writes unless asked.
func formats() []description {
	return []description{
		{format: Parquet, what: "Parquet, in parts that a run can be taken up from", parts: true, open: OpenParquet},
		{format: JSONL, what: "JSON Lines", open: OpenJSONL},
		{format: CSV, what: "CSV with a header", open: OpenCSV},
	}
}

// description of f; false for a format that is not known.
func (f Format) description() (description, bool) {
	for _, d := range formats() {
		if d.format == f {
			return d, true
		}
	}
	return description{}, false
}

// InParts reports whether tables of that format are written unit by unit.
func (f Format) InParts() bool {
	d, _ := f.description()
	return d.parts
}

// FileName is the name of a file of that format.
func (f Format) FileName(stem string) string { return stem + "." + string(f) }

// PartName is the name of a part.
func (f Format) PartName(id string) string { return f.FileName(partPrefix + id) }

const partPrefix = "part-"

// IsPart reports whether a file is a part of any format, by its name.
func IsPart(name string) bool {
	for _, d := range formats() {
		if d.parts && strings.HasPrefix(name, partPrefix) && strings.HasSuffix(name, d.format.FileName("")) {
			return true
		}
	}
	return false
}

// FormatNames are the names that ParseFormat takes, the default first.
func FormatNames() []string {
	var names []string
	for _, d := range formats() {
		names = append(names, string(d.format))
	}
	return names
}

// ParseFormat finds a format by its name.
func ParseFormat(name string) (Format, error) {
	if d, ok := Format(name).description(); ok {
		return d.format, nil
	}
	return "", fmt.Errorf("format %q is not known; one of %s", name, strings.Join(FormatNames(), ", "))
}

// Open creates a file for every table that paths names, in format f. Tables
// without a path are not written. It fails where a file exists already, and
// then leaves nothing behind.
func Open(f Format, paths map[Table]string, o Options) (Writer, error) {
	d, ok := f.description()
	if !ok {
		return nil, fmt.Errorf("open output: format %q is not known", f)
	}
	return d.open(paths, o)
}
