package annotation

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/tealeg/xlsx/v3"
)

// The sheets of a workbook.
const (
	statementSheet = "statements"
	documentSheet  = "documents"
)

// maxCell is how many UTF-16 units Excel takes in a cell, less one for a guard.
const maxCell = 32_766

// maxRows is how many rows Excel takes in a sheet.
const maxRows = 1_048_576

// xlsxEncoder writes a workbook, which is built in memory.
type xlsxEncoder struct {
	path                  string
	book                  *xlsx.File
	statements, documents *xlsx.Sheet
	texts                 int // columns that texts take
	rows                  int
}

func newXLSX(f *folder, _ Options) (encoder, error) {
	e := &xlsxEncoder{path: filepath.Join(f.dir, "statements.xlsx"), book: xlsx.NewFile(), texts: 1}
	var err, err2 error
	e.statements, err = e.book.AddSheet(statementSheet)
	e.documents, err2 = e.book.AddSheet(documentSheet)
	if err := errors.Join(err, err2); err != nil {
		return nil, err
	}
	addRow(e.statements, statementColumns)
	addRow(e.documents, documentColumns)
	return e, nil
}

func addRow(sheet *xlsx.Sheet, cells []string) {
	row := sheet.AddRow()
	for _, c := range cells {
		row.AddCell().SetString(xstring(guard(c)))
	}
}

func (e *xlsxEncoder) encode(d *Document, x *index) error {
	if e.rows += len(d.Statements); e.rows >= maxRows {
		return fmt.Errorf("more than %d statements do not fit a sheet; write CSV, or fewer articles", maxRows-1)
	}
	for i := range d.Statements {
		row := statementRow(d, &d.Statements[i], x)
		for k, cell := range row {
			if statementColumns[k] == "context" {
				row[k] = firstUnits(cell, maxCell) // for reading alone
			} else if units(cell) > maxCell {
				return fmt.Errorf("statement %s: its %s of %d characters is too long for a cell of a workbook; write CSV", d.Statements[i].ID, statementColumns[k], units(cell))
			}
		}
		addRow(e.statements, row)
	}
	row := documentRow(d)
	text := row[len(row)-1]
	row = row[:len(row)-1]
	n := 0
	for n == 0 || text != "" {
		piece := firstUnits(text, maxCell)
		row, text = append(row, piece), text[len(piece):]
		n++
	}
	e.texts = max(e.texts, n)
	addRow(e.documents, row)
	return nil
}

func (e *xlsxEncoder) close() error {
	header, err := e.documents.Row(0)
	if err != nil {
		return err
	}
	for n := 2; n <= e.texts; n++ {
		header.AddCell().SetString("text_" + strconv.Itoa(n))
	}
	return e.book.Save(e.path)
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// firstUnits is as much of s as takes n UTF-16 units.
func firstUnits(s string, n int) string {
	for i, r := range s {
		if n -= max(1, utf16.RuneLen(r)); n < 0 {
			return s[:i]
		}
	}
	return s
}

// escaped is how a workbook writes a character that XML cannot hold.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// xstring writes s as a workbook holds it (ST_Xstring): what XML cannot hold or
// would change is escaped, and so is what looks like an escape.
func xstring(s string) string {
	s = escaped.ReplaceAllString(s, "_x005F$0")
	var b strings.Builder
	for _, r := range s {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			fmt.Fprintf(&b, "_x%04X_", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unxstring reads what xstring writes.
func unxstring(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 32)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}

// xlsx reads a workbook with both sheets.
func (r *reader) xlsx(path string) error {
	b, err := load(path)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return fmt.Errorf("read %s: it is no workbook of Excel (.xlsx): %w", path, err)
	}
	size := uint64(0)
	for _, f := range archive.File {
		if size += f.UncompressedSize64; size > maxFile {
			return fmt.Errorf("read %s: unpacked, it is %w", path, errMany)
		}
	}
	statements, err := readSheet(b, path, statementSheet, "doc", "content")
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	documents, err := readSheet(b, path, documentSheet, "doc", "text")
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return r.sheets(path, statements, documents)
}

// readSheet reads one sheet. Damage that the library panics on is an error.
func readSheet(b []byte, path, name string, needed ...string) (t *table, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("sheet %s: damaged: %v", name, p)
		}
	}()
	book, err := xlsx.OpenBinary(b)
	if err != nil {
		return nil, err
	}
	sheet, ok := book.Sheet[name]
	if !ok {
		return nil, fmt.Errorf("no sheet %q; did the workbook come from whosaid convert?", name)
	}
	var rows [][]string
	err = sheet.ForEachRow(func(row *xlsx.Row) error {
		var cells []string
		err := row.ForEachCell(func(c *xlsx.Cell) error {
			cells = append(cells, unxstring(c.Value))
			return nil
		})
		rows = append(rows, cells)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sheet %s: %w", name, err)
	}
	t, err = newTable(rows, func(row int) string { return fmt.Sprintf("%s: sheet %s, row %d", path, name, row+1) }, needed...)
	if err != nil {
		return nil, fmt.Errorf("sheet %s: %w", name, err)
	}
	return t, nil
}
