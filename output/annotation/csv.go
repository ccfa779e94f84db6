package annotation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// csvEncoder writes statements.csv and documents.csv (RFC 4180).
type csvEncoder struct{ statements, documents *stream }

func newCSV(f *folder, o Options) (encoder, error) {
	e := &csvEncoder{}
	for _, one := range []struct {
		name   string
		to     **stream
		header []string
	}{{statementsCSV, &e.statements, statementColumns}, {documentsCSV, &e.documents, documentColumns}} {
		s, err := f.stream(one.name)
		if err != nil {
			return nil, err
		}
		*one.to = s
		if o.Excel {
			s.WriteString("\ufeff")
		}
		if err := writeRecord(s, one.header); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func (e *csvEncoder) close() error { return errors.Join(e.statements.close(), e.documents.close()) }

func (e *csvEncoder) encode(d *Document, x *index) error {
	for i := range d.Statements {
		if err := writeRecord(e.statements, statementRow(d, &d.Statements[i], x)); err != nil {
			return err
		}
	}
	return writeRecord(e.documents, documentRow(d))
}

// writeRecord writes a row, every text that needs it in quotation marks.
func writeRecord(s *stream, row []string) error {
	for i, cell := range row {
		if i > 0 {
			s.WriteByte(',')
		}
		cell = guard(cell)
		if strings.ContainsAny(cell, ",;\"\r\n\t'") || strings.TrimSpace(cell) != cell {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		s.WriteString(cell)
	}
	_, err := s.WriteString("\r\n")
	return err
}

// csv reads a table of statements and documents.csv beside it.
func (r *reader) csv(path string) error {
	documents := filepath.Join(filepath.Dir(path), documentsCSV)
	if _, err := os.Stat(documents); err != nil {
		return fmt.Errorf("read %s: the table of its documents is missing beside it: %w", path, err)
	}
	s, err := csvTable(path, "doc", "content")
	if err != nil {
		return err
	}
	d, err := csvTable(documents, "doc", "text")
	if err != nil {
		return err
	}
	return r.sheets(path, s, d)
}

func csvTable(path string, needed ...string) (*table, error) {
	b, err := load(path)
	if err != nil {
		return nil, err
	}
	rows, lines, err := parseCSV(strings.TrimPrefix(string(b), "\ufeff"))
	if err != nil {
		return nil, fmt.Errorf("read %s:%w", path, err)
	}
	t, err := newTable(rows, func(row int) string { return fmt.Sprintf("%s:%d", path, lines[row]) }, needed...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return t, nil
}

// parseCSV reads records parted by commas, or by the semicolons or tabs that
// spreadsheets write in some countries; lines are where they begin. Line ends
// inside quotation marks stay as they are, which encoding/csv would change, and
// with them every offset behind.
func parseCSV(s string) (rows [][]string, lines []int, err error) {
	header, _, _ := strings.Cut(s, "\n")
	comma := byte(',')
	for _, c := range []byte(";\t") {
		if strings.Count(header, string(c)) > strings.Count(header, string(comma)) {
			comma = c
		}
	}
	line := 1
	for i := 0; i < len(s); {
		var row []string
		lines = append(lines, line)
		for end := false; !end; {
			var cell string
			start := line
			if i < len(s) && s[i] == '"' {
				var b strings.Builder
				for i++; ; i++ {
					if i >= len(s) {
						return nil, nil, fmt.Errorf("%d: a quotation mark that is not closed", start)
					}
					if s[i] == '"' {
						if i+1 >= len(s) || s[i+1] != '"' {
							break
						}
						i++
					} else if s[i] == '\n' {
						line++
					}
					b.WriteByte(s[i])
				}
				i++
				cell = b.String()
				if i < len(s) && s[i] != comma && s[i] != '\n' && s[i] != '\r' {
					return nil, nil, fmt.Errorf("%d: text behind a closing quotation mark; a mark inside a cell is written twice", line)
				}
			} else {
				from := i
				for i < len(s) && s[i] != comma && s[i] != '\n' && s[i] != '\r' {
					i++
				}
				cell = s[from:i]
			}
			row = append(row, cell)
			if i < len(s) && s[i] == comma {
				i++
				continue
			}
			end = true
			if i < len(s) && s[i] == '\r' {
				i++
			}
			if i < len(s) && s[i] == '\n' {
				i++
			}
			line++
		}
		rows = append(rows, row)
	}
	return rows, lines, nil
}
