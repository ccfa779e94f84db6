package output

import (
	"bytes"
	"io"
)

// OpenJSONL creates JSON Lines files: one object a row, all columns in order,
// null where null, RFC 3339 times in UTC.
func OpenJSONL(paths map[Table]string, o Options) (Writer, error) {
	return openSet(paths, o, makers{
		jsonLines(articleColumns()), jsonLines(quoteColumns()), jsonLines(mentionColumns()),
		jsonLines(entityColumns()), jsonLines(rejectColumns()),
	})
}

// OpenCSV creates CSV files (RFC 4180): a header, lists as JSON, and a '
// before text that a spreadsheet would run as a formula.
func OpenCSV(paths map[Table]string, o Options) (Writer, error) {
	return openSet(paths, o, makers{
		csvLines(articleColumns(), o), csvLines(quoteColumns(), o), csvLines(mentionColumns(), o),
		csvLines(entityColumns(), o), csvLines(rejectColumns(), o),
	})
}

// lineEncoder writes one line a row through a reused buffer.
type lineEncoder[T Row] struct {
	w      io.Writer
	line   func(dst []byte, row *T) []byte
	header []byte // not yet written
	buf    []byte
}

func jsonLines[T Row](cols []column[T]) func(io.Writer) encoder[T] {
	return func(w io.Writer) encoder[T] {
		return &lineEncoder[T]{w: w, line: func(dst []byte, row *T) []byte {
			return append(appendObject(dst, cols, row), '\n')
		}}
	}
}

func csvLines[T Row](cols []column[T], o Options) func(io.Writer) encoder[T] {
	var mark []byte
	if o.Excel {
		mark = []byte("\ufeff")
	}
	return func(w io.Writer) encoder[T] {
		var scratch []byte
		return &lineEncoder[T]{
			w:      w,
			header: appendHeader(bytes.Clone(mark), cols),
			line: func(dst []byte, row *T) []byte {
				return appendRecord(dst, cols, row, &scratch)
			},
		}
	}
}

func (e *lineEncoder[T]) encode(row *T, _ int) error {
	e.buf = append(e.buf[:0], e.header...)
	e.header = nil
	e.buf = e.line(e.buf, row)
	_, err := e.w.Write(e.buf)
	if cap(e.buf) > 1<<20 { // one huge article must not hold its buffer to the end
		e.buf = nil
	}
	return err
}

func (e *lineEncoder[T]) finish() error {
	_, err := e.w.Write(e.header)
	e.header = nil
	return err
}
