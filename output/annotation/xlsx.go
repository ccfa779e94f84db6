package annotation

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// A workbook of Excel is a zip archive of XML, of which a table needs little:
// a list of sheets, and in each sheet rows of cells that hold their text. It is
// written as a stream, row by row, whatever the number of articles; xlsxread.go
// reads it, in whatever way a spreadsheet has saved it.

// The sheets of a workbook.
const (
	statementSheet = "statements"
	documentSheet  = "documents"
)

// maxCell is how many UTF-16 units Excel takes in a cell, less one for a guard;
// maxRows is how many rows it takes in a sheet.
const (
	maxCell = 32_766
	maxRows = 1_048_576
)

const (
	xlsxName = "statements.xlsx"
	xlsxMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	xlsxRels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// xlsxParts are the parts that say what the archive is.
var xlsxParts = [][2]string{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + xlsxRels + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="` + xlsxMain + `" xmlns:r="` + xlsxRels + `"><sheets>` +
		`<sheet name="` + statementSheet + `" sheetId="1" r:id="rId1"/><sheet name="` + documentSheet + `" sheetId="2" r:id="rId2"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + xlsxRels + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + xlsxRels + `/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`},
}

// sheetHead begins a sheet: the first row stays in view.
const sheetHead = `<worksheet xmlns="` + xlsxMain + `"><sheetViews><sheetView workbookViewId="0">` +
	`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`

type xlsxEncoder struct {
	dir                   string
	statements, documents *xlsxSheet
	texts                 int // columns that texts take
}

// xlsxSheet is a sheet under way: its rows are kept in a file until the header
// is known.
type xlsxSheet struct {
	file *os.File
	w    *bufio.Writer
	rows int   // and the header
	size int64 // of the cells' texts
}

func newXLSX(f *folder, _ Options) (encoder, error) {
	e := &xlsxEncoder{dir: f.dir, texts: 1}
	for _, to := range []**xlsxSheet{&e.statements, &e.documents} {
		file, err := os.CreateTemp(f.dir, "sheet-*")
		if err != nil {
			return nil, err
		}
		*to = &xlsxSheet{file: file, w: bufio.NewWriter(file), rows: 1}
	}
	return e, nil
}

func (s *xlsxSheet) add(cells []string) error {
	if s.rows++; s.rows > maxRows {
		return fmt.Errorf("more than %d rows do not fit a sheet; write CSV, or fewer articles (--limit)", maxRows)
	}
	for _, c := range cells {
		s.size += int64(len(c)) + cellSize
	}
	if s.size > maxSheet/2 { // there are two of them
		return fmt.Errorf("%w: a workbook of so many articles could not be read again; write CSV, or fewer (--limit)", tooLarge(maxSheet/2))
	}
	return writeRow(s.w, s.rows, cells)
}

// cellSize is what a cell takes besides its text.
const cellSize = 80

func writeRow(w *bufio.Writer, row int, cells []string) error {
	fmt.Fprintf(w, `<row r="%d">`, row)
	for i, c := range cells {
		if c != "" {
			fmt.Fprintf(w, `<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, columnName(i), row, escapeXML(xstring(guard(c))))
		}
	}
	_, err := w.WriteString("</row>\n")
	return err
}

// columnName is the letters of a column, from 0.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

func (e *xlsxEncoder) encode(d *Document, x *index) error {
	for i := range d.Statements {
		row := statementRow(d, &d.Statements[i], x)
		for k, cell := range row {
			if statementColumns[k] == "context" {
				row[k] = firstUnits(cell, maxCell) // for reading alone
			} else if units(cell) > maxCell {
				return fmt.Errorf("statement %s: its %s of %d characters is too long for a cell of a workbook; write CSV", d.Statements[i].ID, statementColumns[k], units(cell))
			}
		}
		if err := e.statements.add(row); err != nil {
			return err
		}
	}
	row := documentRow(d)
	text := row[len(row)-1]
	row = row[:len(row)-1]
	n := 0
	for ; n == 0 || text != ""; n++ {
		piece := firstUnits(text, maxCell)
		row, text = append(row, piece), text[len(piece):]
	}
	if n > maxTexts {
		return fmt.Errorf("a text of more than %d characters does not fit a row of a workbook; write CSV", maxTexts*maxCell)
	}
	e.texts = max(e.texts, n)
	return e.documents.add(row)
}

func (e *xlsxEncoder) close() error {
	out, err := os.OpenFile(filepath.Join(e.dir, xlsxName), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(out)
	for _, part := range xlsxParts {
		w, err2 := archive.Create(part[0])
		if err2 == nil {
			_, err2 = io.WriteString(w, xml.Header+part[1])
		}
		err = errors.Join(err, err2)
	}
	documents := documentColumns
	for n := 2; n <= e.texts; n++ {
		documents = append(documents[:len(documents):len(documents)], textColumn(n))
	}
	err = errors.Join(err,
		e.statements.finish(archive, "xl/worksheets/sheet1.xml", statementColumns),
		e.documents.finish(archive, "xl/worksheets/sheet2.xml", documents))
	return errors.Join(err, archive.Close(), out.Close())
}

// finish writes the sheet to the archive, and removes the file of its rows.
func (s *xlsxSheet) finish(archive *zip.Writer, name string, header []string) error {
	part, err := archive.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(part)
	w.WriteString(xml.Header + sheetHead)
	err = errors.Join(writeRow(w, 1, header), s.w.Flush())
	if _, err2 := s.file.Seek(0, io.SeekStart); err2 != nil {
		err = errors.Join(err, err2)
	} else if _, err2 := w.ReadFrom(s.file); err2 != nil {
		err = errors.Join(err, err2)
	}
	w.WriteString("</sheetData></worksheet>\n")
	return errors.Join(err, w.Flush(), s.file.Close(), os.Remove(s.file.Name()))
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
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 32)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}
