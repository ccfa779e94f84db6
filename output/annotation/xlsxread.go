package annotation

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// xlsx reads a workbook with both sheets. Only cells that are there take
// memory, wherever they say that they stand.
func (r *reader) xlsx(file string) error {
	b, err := load(file, maxFile)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return fmt.Errorf("read %s: it is no workbook of Excel (.xlsx): %w", file, err)
	}
	book := &workbook{parts: map[string]*zip.File{}, left: maxSheet, file: file}
	for _, f := range archive.File {
		book.parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	statements, documents, err := book.tables()
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	return r.sheets(file, statements, documents)
}

// workbook is an archive under way.
type workbook struct {
	file    string
	parts   map[string]*zip.File
	left    int64    // bytes that may still be unpacked
	strings []string // those that sheets share
}

func (b *workbook) tables() (statements, documents *table, err error) {
	sheets, err := b.sheets()
	if err != nil {
		return nil, nil, err
	}
	if _, ok := b.parts["xl/sharedStrings.xml"]; ok {
		if err := b.shared(); err != nil {
			return nil, nil, fmt.Errorf("its strings: %w", err)
		}
	}
	if statements, err = b.sheet(statementSheet, sheets[statementSheet], "doc", "content"); err != nil {
		return nil, nil, err
	}
	documents, err = b.sheet(documentSheet, sheets[documentSheet], "doc", "text")
	return statements, documents, err
}

// elements visits the start and end elements of a part, and its text.
func (b *workbook) elements(name string, visit func(xml.Token) error) error {
	f, ok := b.parts[name]
	if !ok {
		return fmt.Errorf("the part %s is missing", name)
	}
	if f.UncompressedSize64 > uint64(b.left) {
		return tooLarge(maxSheet)
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	bounded := &io.LimitedReader{R: in, N: b.left + 1}
	dec := xml.NewDecoder(bounded)
	for {
		t, err := dec.Token()
		if bounded.N <= 0 {
			return tooLarge(maxSheet)
		}
		if errors.Is(err, io.EOF) {
			b.left = bounded.N - 1
			return nil
		}
		if err == nil {
			err = visit(t)
		}
		if err != nil {
			return err
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// sheets are the parts of the sheets by their names.
func (b *workbook) sheets() (map[string]string, error) {
	targets := map[string]string{}
	err := b.elements("xl/_rels/workbook.xml.rels", func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "/xl/" + target
			}
			targets[attribute(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	sheets := map[string]string{}
	err = b.elements("xl/workbook.xml", func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "sheet" {
			sheets[attribute(e, "name")] = targets[attribute(e, "id")]
		}
		return nil
	})
	return sheets, err
}

// text gathers what stands in t elements, those of phonetic hints aside.
type text struct {
	strings.Builder
	on, phonetic bool
}

func (x *text) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "t", "v":
			x.on = !x.phonetic
		case "rPh":
			x.phonetic = true
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "t", "v":
			x.on = false
		case "rPh":
			x.phonetic = false
		}
	case xml.CharData:
		if x.on {
			x.Write(t)
		}
	}
}

// shared reads the strings that cells name by number.
func (b *workbook) shared() error {
	x := &text{}
	return b.elements("xl/sharedStrings.xml", func(t xml.Token) error {
		x.token(t)
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "si" {
			b.strings = append(b.strings, unxstring(x.String()))
			x = &text{}
		}
		return nil
	})
}

// sheet reads the rows of a sheet.
func (b *workbook) sheet(name, part string, needed ...string) (*table, error) {
	if part == "" {
		return nil, fmt.Errorf("no sheet %q; did the workbook come from whosaid convert?", name)
	}
	var rows []cells
	var numbers []int
	row, column, kind := 0, 0, ""
	x := &text{}
	err := b.elements(part, func(t xml.Token) error {
		x.token(t)
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				row++
				if n, err := strconv.Atoi(attribute(t, "r")); err == nil {
					row = n
				}
				rows, numbers, column = append(rows, cells{}), append(numbers, row), -1
			case "c":
				column++
				if at := attribute(t, "r"); at != "" {
					column = columnOf(at)
				}
				kind, x = attribute(t, "t"), &text{}
			}
		case xml.EndElement:
			if t.Name.Local != "c" || len(rows) == 0 || column < 0 {
				return nil
			}
			value := x.String()
			if kind == "s" {
				n, err := strconv.Atoi(strings.TrimSpace(value))
				if err != nil || n < 0 || n >= len(b.strings) {
					return fmt.Errorf("row %d: a cell names the string %.20q, and there are %d", row, value, len(b.strings))
				}
				value = b.strings[n]
			} else {
				value = unxstring(value)
			}
			if value != "" {
				rows[len(rows)-1][column] = value
			}
		}
		return nil
	})
	if err == nil {
		var t *table
		where := func(row int) string { return fmt.Sprintf("%s: sheet %s, row %d", b.file, name, numbers[row]) }
		if t, err = newTable(rows, where, needed...); err == nil {
			return t, nil
		}
	}
	return nil, fmt.Errorf("sheet %s: %w", name, err)
}

// columnOf is the column of a place such as AB12, from 0; -1 for none.
func columnOf(at string) int {
	n := 0
	for _, c := range []byte(at) {
		if c < 'A' || c > 'Z' || n > maxRows {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1
}
