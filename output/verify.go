package output

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"
)

// readBatch is the rows read at once: enough to spread the cost of a call, few
// enough that rows with long texts stay small together.
const readBatch = 64

// CheckFile reads the Parquet part at path to its last value and gives its
// rows. The error tells of bytes that cannot be read, checksums that do not
// hold, a schema that is not one of the tables', text that is not UTF-8, and
// row counts that differ from the footer's. It does not panic and takes no
// memory on the word of a damaged footer alone.
//
// A flipped byte in a place that Parquet does not cover by a checksum can
// give other values without an error: compare the sha256 of FileInfo as well.
func CheckFile(path string) (rows int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("check parquet: %w", err)
	}
	defer f.Close()
	file, err := openParquetFile(f)
	if err != nil {
		return 0, fmt.Errorf("check %s: %w", path, err)
	}
	s := file.Schema()
	for _, t := range []tableCheck{
		checkOf[ArticleRow](), checkOf[QuoteRow](), checkOf[MentionRow](), checkOf[EntityRow](), checkOf[RejectRow](),
		checkOf[PersonRow](), checkOf[PersonLinkRow](), checkOf[PersonChangeRow](),
		checkOf[QuotationRow](), checkOf[QuotationLinkRow](), checkOf[CopyRow](),
	} {
		if parquet.EqualNodes(s, t.schema) {
			return t.check(path)
		}
	}
	return 0, fmt.Errorf("check %s: columns are not those of any table", path)
}

// tableCheck checks the files of one table, which are known by their schema.
type tableCheck struct {
	schema parquet.Node
	check  func(path string) (int64, error)
}

func checkOf[T Row]() tableCheck {
	return tableCheck{parquet.SchemaOf(new(T)), func(path string) (int64, error) { return checkRows(path, columnsFor[T]()) }}
}

func checkRows[T Row](path string, cols []column[T]) (int64, error) {
	return ReadFile(path, func(row *T) error {
		if _, bad := measureRow(cols, row); bad != "" {
			return fmt.Errorf("column %s is not valid UTF-8", bad)
		}
		return nil
	})
}

// ReadFile visits the rows of the Parquet part at path, which must be of the
// table that T is a row of, in order, and gives how many there were. It stops
// at the first error of the visit. Damage is an error, never a panic; the
// number of rows visited is held against the footer.
func ReadFile[T Row](path string, visit func(*T) error) (rows int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("read parquet: %w", err)
	}
	defer f.Close()
	rows, err = readRows(f, visit)
	if err != nil {
		return rows, fmt.Errorf("read %s: row %d: %w", path, rows, err)
	}
	return rows, nil
}

func readRows[T Row](f *os.File, visit func(*T) error) (rows int64, err error) {
	defer recoverParquet(&err)
	file, err := openParquetFile(f)
	if err != nil {
		return 0, err
	}
	if !parquet.EqualNodes(file.Schema(), parquet.SchemaOf(new(T))) {
		return 0, errors.New("columns are not those of the table")
	}
	return visitRows(file, readBatch, visit)
}

// visitRows shows visit every row of a file, size at a time, and counts them; a
// number other than the footer's is an error.
func visitRows[T any](file *parquet.File, size int, visit func(*T) error) (rows int64, err error) {
	r := parquet.NewGenericReader[T](file)
	defer r.Close()
	batch := make([]T, size)
	for {
		clear(batch)
		n, err := r.Read(batch)
		for i := range batch[:n] {
			if err := visit(&batch[i]); err != nil {
				return rows, err
			}
			rows++
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return rows, err
		}
		if err != nil || n == 0 {
			break
		}
	}
	if rows != file.NumRows() {
		return rows, fmt.Errorf("footer counts %d rows", file.NumRows())
	}
	return rows, nil
}

// openParquetFile opens f once its footer and all page headers hold against
// each other and the size of the file: parquet-go would take their word for
// how much memory to take.
func openParquetFile(f *os.File) (file *parquet.File, err error) {
	defer recoverParquet(&err)
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := checkFooter(f, info.Size()); err != nil {
		return nil, err
	}
	return parquet.OpenFile(f, info.Size(), parquet.SkipBloomFilters(true))
}

// recoverParquet turns a panic of parquet-go over damaged bytes into an error.
func recoverParquet(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("damaged: %v", p)
	}
}
