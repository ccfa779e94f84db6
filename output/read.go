package output

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// ReadColumns visits the rows of the Parquet part at path, in order, with some
// of their columns alone: those that the struct T has fields for, tagged as in
// the rows of this package. Columns without a field are not read. Otherwise it
// is as ReadFile.
func ReadColumns[T any](path string, visit func(*T) error) (rows int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("read parquet: %w", err)
	}
	defer f.Close()
	rows, err = readColumns(f, visit)
	if err != nil {
		return rows, fmt.Errorf("read %s: row %d: %w", path, rows, err)
	}
	return rows, nil
}

// ReadTexts visits some rows of the Parquet part at path, whose numbers are
// given in ascending order, with the texts of some of their columns: "" where
// one is null. It reads the pages that they stand on, and no others.
func ReadTexts(path string, columns []string, numbers []int64, visit func(texts []string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read parquet: %w", err)
	}
	defer f.Close()
	if err := readTexts(f, columns, numbers, visit); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

func readTexts(f *os.File, columns []string, numbers []int64, visit func([]string) error) (err error) {
	defer recoverParquet(&err)
	file, err := openParquetFile(f)
	if err != nil {
		return err
	}
	at := make([]int, len(columns))
	for i, name := range columns {
		leaf, ok := file.Schema().Lookup(name)
		if !ok || !leaf.Node.Leaf() {
			return fmt.Errorf("there is no column %s", name)
		}
		at[i] = leaf.ColumnIndex
	}
	texts, start := make([]string, len(columns)), int64(0)
	for _, group := range file.RowGroups() {
		end := start + group.NumRows()
		n := 0
		for n < len(numbers) && numbers[n] < end {
			n++
		}
		if err := textsOf(group, at, start, numbers[:n], texts, visit); err != nil {
			return err
		}
		numbers, start = numbers[n:], end
	}
	if len(numbers) > 0 {
		return fmt.Errorf("there is no row %d", numbers[0])
	}
	return nil
}

// textsOf visits rows of a row group that begins with row start.
func textsOf(group parquet.RowGroup, columns []int, start int64, numbers []int64, texts []string, visit func([]string) error) (err error) {
	if len(numbers) == 0 {
		return nil
	}
	pages := make([]parquet.Pages, len(columns))
	for i, c := range columns {
		pages[i] = group.ColumnChunks()[c].Pages()
		defer func() { err = errors.Join(err, pages[i].Close()) }()
	}
	for _, n := range numbers {
		for i := range pages {
			if err := pages[i].SeekToRow(n - start); err != nil {
				return fmt.Errorf("row %d: %w", n, err)
			}
			page, err := pages[i].ReadPage()
			if err != nil {
				return fmt.Errorf("row %d: %w", n, err)
			}
			var v [1]parquet.Value
			got, err := page.Values().ReadValues(v[:])
			if got == 0 {
				return fmt.Errorf("row %d: %w", n, err)
			}
			texts[i] = ""
			if !v[0].IsNull() {
				texts[i] = string(v[0].ByteArray())
			}
			parquet.Release(page)
		}
		if err := visit(texts); err != nil {
			return err
		}
	}
	return nil
}

// openColumns opens a part that must have the columns of T.
func openColumns[T any](f *os.File) (*parquet.File, error) {
	file, err := openParquetFile(f)
	if err != nil {
		return nil, err
	}
	for _, name := range columnNames(reflect.TypeFor[T]()) {
		if !hasColumn(file.Schema(), name) {
			return nil, fmt.Errorf("there is no column %s", name)
		}
	}
	return file, nil
}

func readColumns[T any](f *os.File, visit func(*T) error) (rows int64, err error) {
	defer recoverParquet(&err)
	file, err := openColumns[T](f)
	if err != nil {
		return 0, err
	}
	return visitRows(file, 4*readBatch, visit)
}

// columnNames are the columns that the fields of a row's type are tagged with.
func columnNames(row reflect.Type) (names []string) {
	for i := range row.NumField() {
		name, _, _ := strings.Cut(row.Field(i).Tag.Get("parquet"), ",")
		names = append(names, name)
	}
	return names
}

func hasColumn(s *parquet.Schema, name string) bool {
	for _, f := range s.Fields() {
		if f.Name() == name {
			return true
		}
	}
	return false
}

// ReadStrings visits the rows of any Parquet file, in order, as texts: the
// names of its columns first, then one text for each column of each row, ""
// where it is null; the values of a list are parted by semicolons.
func ReadStrings(path string, head func([]string) error, visit func([]string) error) (err error) {
	defer recoverParquet(&err)
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read parquet: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("read parquet: %w", err)
	}
	file, err := parquet.OpenFile(f, info.Size(), parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true))
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	var names []string
	column := map[int]int{} // of a leaf
	for i, leaf := range file.Schema().Columns() {
		if len(names) == 0 || names[len(names)-1] != leaf[0] {
			names = append(names, leaf[0])
		}
		column[i] = len(names) - 1
	}
	if err := head(names); err != nil {
		return err
	}
	r := parquet.NewReader(file)
	defer r.Close()
	batch := make([]parquet.Row, readBatch)
	for {
		n, err := r.ReadRows(batch)
		for _, row := range batch[:n] {
			cells := make([]string, len(names))
			for _, v := range row {
				if v.IsNull() {
					continue
				}
				if c := &cells[column[v.Column()]]; *c == "" {
					*c = v.String()
				} else {
					*c += ";" + v.String()
				}
			}
			if err := visit(cells); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || err == nil && n == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
	}
}
