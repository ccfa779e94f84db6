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
	b, err := load(path, maxSheet)
	if err != nil {
		return nil, err
	}
	rows, lines, err := parseCSV(strings.TrimPrefix(string(b), "\ufeff"))
	if err != nil {
		return nil, fmt.Errorf("read %s:%w", path, err)
	}
	sparse := make([]cells, len(rows))
	for i, row := range rows {
		sparse[i] = cells{}
		for k, cell := range row {
			if cell != "" {
				sparse[i][k] = cell
			}
		}
	}
	t, err := newTable(sparse, func(row int) string { return fmt.Sprintf("%s:%d", path, lines[row]) }, needed...)
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
	p := &csvParser{s: s, comma: ',', line: 1}
	header, _, _ := strings.Cut(s, "\n")
	for _, c := range []byte(";\t") {
		if strings.Count(header, string(c)) > strings.Count(header, string(p.comma)) {
			p.comma = c
		}
	}
	for p.at < len(p.s) {
		lines = append(lines, p.line)
		row, err := p.record()
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, row)
	}
	return rows, lines, nil
}

type csvParser struct {
	s     string
	comma byte
	at    int // byte
	line  int // from 1
}

// is reports whether the next byte is c.
func (p *csvParser) is(c byte) bool { return p.at < len(p.s) && p.s[p.at] == c }

// ends reports whether the cell ends here.
func (p *csvParser) ends() bool {
	return p.at == len(p.s) || p.is(p.comma) || p.is('\n') || p.is('\r')
}

func (p *csvParser) record() (row []string, err error) {
	for {
		var cell string
		if p.is('"') {
			if cell, err = p.quoted(); err != nil {
				return nil, err
			}
		} else {
			from := p.at
			for !p.ends() {
				p.at++
			}
			cell = p.s[from:p.at]
		}
		row = append(row, cell)
		if !p.is(p.comma) {
			break
		}
		p.at++
	}
	if p.is('\r') {
		p.at++
	}
	if p.is('\n') {
		p.at++
	}
	p.line++
	return row, nil
}

// quoted reads a cell in quotation marks.
func (p *csvParser) quoted() (string, error) {
	var b strings.Builder
	start := p.line
	for p.at++; ; p.at++ {
		switch {
		case p.at >= len(p.s):
			return "", fmt.Errorf("%d: a quotation mark that is not closed", start)
		case p.is('"'):
			if p.at++; !p.is('"') {
				if !p.ends() {
					return "", fmt.Errorf("%d: text behind a closing quotation mark; a mark inside a cell is written twice", p.line)
				}
				return b.String(), nil
			}
		case p.is('\n'):
			p.line++
		}
		b.WriteByte(p.s[p.at])
	}
}
