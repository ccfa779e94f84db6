package annotation

import (
	"fmt"
	"strings"
)

// Format names a format of annotated articles.
type Format string

// The formats.
const (
	Tables      Format = "tables"
	Gold        Format = "gold"
	Brat        Format = "brat"
	LabelStudio Format = "label-studio"
	CoNLL       Format = "conll"
	Inception   Format = "inception"
	Prodigy     Format = "prodigy"
	Citron      Format = "citron"
	CSV         Format = "csv"
	XLSX        Format = "xlsx"
)

// Options say how documents are written and read. The zero value will do.
type Options struct {
	// Segment cuts texts for the formats of tokens; nil: at white space and marks.
	Segment Segment
	// Predicted: the statements are a program's, and wait for people's judgement.
	Predicted bool
	// Program is the program's name and version, for formats that record who annotated.
	Program string
	// Excel begins CSV files with the mark that Excel takes UTF-8 by.
	Excel bool
	// Speakers is PolNeAR's table of who its sources are; "" for none.
	Speakers string
	// Skip is told of everything that is left out; nil: nobody is.
	Skip func(where, reason string)
}

func (o *Options) skip(where, reason string) {
	if o.Skip != nil {
		o.Skip(where, reason)
	}
}

// description is all there is to say of a format. Help, completion, what a
// folder is searched for, and how files are written and read follow from it.
type description struct {
	format Format
	what   string // for people: what it is
	// file is the name of the one file that the documents go to; "" when they
	// make a folder of several.
	file string
	// extensions of the files that a folder is searched for, and those among
	// them that go with another file and are not read by themselves.
	extensions []string
	beside     []string
	create     func(*folder, Options) (encoder, error) // nil: cannot be written
	read       func(*reader, string) error             // nil: cannot be read
}

// encoder writes documents, which are canonical, to the files of a format.
type encoder interface {
	encode(d *Document, x *index) error
	close() error
}

// formats describes the formats, those of this program first. It is a function
// because the readers in it use it themselves.
func formats() []description {
	return []description{
		{
			format: Tables, what: "an output folder of whosaid extract, Parquet or JSON Lines",
			read: (*reader).tables,
		}, {
			format: Gold, what: "JSON Lines as eval and train read them; also a PolNeAR folder to read",
			file: "gold.jsonl", extensions: []string{".jsonl"}, create: newGold, read: (*reader).gold,
		}, {
			format: Brat, what: "brat standoff: .txt and .ann, annotation.conf",
			extensions: []string{".ann"}, create: newBrat, read: (*reader).brat,
		}, {
			format: LabelStudio, what: "Label Studio tasks in JSON, with the labeling configuration",
			extensions: []string{".json"}, create: newLabelStudio, read: (*reader).labelStudio,
		}, {
			format: CoNLL, what: "CoNLL-U Plus, a column of BIO tags a statement",
			extensions: []string{".conllup", ".conllu", ".conll"}, create: newCoNLL, read: (*reader).conll,
		}, {
			format: Inception, what: "INCEpTION: UIMA CAS XMI with its type system, plain or zipped",
			extensions: []string{".xmi", ".zip"}, create: newInception, read: (*reader).inception,
		}, {
			format: Prodigy, what: "Prodigy JSON Lines: tokens, spans, relations",
			file: "prodigy.jsonl", extensions: []string{".jsonl"}, create: newProdigy, read: (*reader).prodigy,
		}, {
			format: Citron, what: "BBC Citron's annotation format in JSON",
			extensions: []string{".json"}, create: newCitron, read: (*reader).citron,
		}, {
			format: CSV, what: "spreadsheets in CSV: statements.csv and documents.csv",
			extensions: []string{".csv"}, beside: []string{documentsCSV}, create: newCSV, read: (*reader).csv,
		}, {
			format: XLSX, what: "an Excel workbook with a sheet of statements and one of documents",
			file: "statements.xlsx", extensions: []string{".xlsx"}, create: newXLSX, read: (*reader).xlsx,
		},
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

// WriteNames are the names of the formats that can be written.
func WriteNames() (names []string) {
	for _, d := range formats() {
		if d.create != nil {
			names = append(names, string(d.format))
		}
	}
	return names
}

// ReadNames are the names of the formats that can be read.
func ReadNames() (names []string) {
	for _, d := range formats() {
		if d.read != nil {
			names = append(names, string(d.format))
		}
	}
	return names
}

// Help has a line for each format: its name and what it is.
func Help() string {
	var b strings.Builder
	for _, d := range formats() {
		fmt.Fprintf(&b, "  %-13s %s\n", d.format, d.what)
	}
	return b.String()
}

// ParseWrite finds a format that can be written by its name.
func ParseWrite(name string) (Format, error) {
	if d, ok := Format(name).description(); ok && d.create != nil {
		return d.format, nil
	}
	return "", fmt.Errorf("format %q cannot be written; one of %s", name, strings.Join(WriteNames(), ", "))
}

// ParseRead finds a format that can be read by its name.
func ParseRead(name string) (Format, error) {
	if d, ok := Format(name).description(); ok && d.read != nil {
		return d.format, nil
	}
	return "", fmt.Errorf("format %q cannot be read; one of %s", name, strings.Join(ReadNames(), ", "))
}
