package output

import (
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Keys of the key-value metadata of every Parquet file.
const (
	metaSchema  = "schema_version"
	metaVersion = "program_version"
	metaModel   = "model_hash"
)

const (
	defaultRowGroupRows  = 128 << 10
	defaultRowGroupBytes = 16 << 20
	defaultDictionary    = 1 << 20
	// pageBytes is the most a column's page holds before compression. Every
	// open column has a buffer of this size, some sixty of them in quotes.
	pageBytes = 128 << 10
)

// OpenParquet creates Parquet files: zstd, dictionaries where values repeat,
// lists in the three-level form, bounded row groups, page statistics but not
// the bounds of free text.
func OpenParquet(paths map[Table]string, o Options) (Writer, error) {
	codec, err := newPageCodec()
	if err != nil {
		return nil, fmt.Errorf("open parquet: %w", err)
	}
	return openSet(paths, o, makers{
		parquetRows(articleColumns(), codec, o), parquetRows(quoteColumns(), codec, o),
		parquetRows(mentionColumns(), codec, o), parquetRows(entityColumns(), codec, o),
		parquetRows(rejectColumns(), codec, o),
	})
}

// parquetEncoder hands rows to parquet-go one at a time: it looks at page
// sizes after each call, so that pages end at the same rows however the rows
// came in, and no row outlives its call.
type parquetEncoder[T Row] struct {
	w        *parquet.GenericWriter[T]
	one      [1]T
	rows     int64 // of the open row group
	bytes    int64
	maxRows  int64
	maxBytes int64
}

func parquetRows[T Row](cols []column[T], codec *pageCodec, o Options) func(io.Writer) encoder[T] {
	return func(w io.Writer) encoder[T] {
		e := &parquetEncoder[T]{maxRows: o.RowGroupRows, maxBytes: o.RowGroupBytes}
		if e.maxRows <= 0 {
			e.maxRows = defaultRowGroupRows
		}
		if e.maxBytes <= 0 {
			e.maxBytes = defaultRowGroupBytes
		}
		e.w = parquet.NewGenericWriter[T](w, parquetOptions(cols, codec, o)...)
		return e
	}
}

func parquetOptions[T Row](cols []column[T], codec *pageCodec, o Options) []parquet.WriterOption {
	dictionary := o.DictionaryMaxBytes
	if dictionary <= 0 {
		dictionary = defaultDictionary
	}
	opts := []parquet.WriterOption{
		parquet.CreatedBy("whosaid", o.Version, "go"),
		parquet.Compression(codec),
		parquet.PageBufferSize(pageBytes),
		parquet.DictionaryMaxBytes(dictionary),
		parquet.DataPageStatistics(true),
		parquet.KeyValueMetadata(metaSchema, SchemaVersion),
	}
	if o.Version != "" {
		opts = append(opts, parquet.KeyValueMetadata(metaVersion, o.Version))
	}
	if o.ModelHash != "" {
		opts = append(opts, parquet.KeyValueMetadata(metaModel, o.ModelHash))
	}
	for i := range cols {
		if !cols[i].free {
			continue
		}
		path := []string{cols[i].Name}
		if strings.HasPrefix(cols[i].Type, "list<") {
			path = append(path, "list", "element")
		}
		opts = append(opts, parquet.SkipPageBounds(path...), parquet.SkipPageStatistics(path...))
	}
	return append(opts,
		parquet.SkipPageBounds("candidates", "list", "element", "name"),
		parquet.SkipPageStatistics("candidates", "list", "element", "name"),
		parquet.SkipPageBounds("titles", "list", "element", "title"),
		parquet.SkipPageStatistics("titles", "list", "element", "title"))
}

func (e *parquetEncoder[T]) encode(row *T, bytes int) error {
	e.one[0] = *row
	_, err := e.w.Write(e.one[:])
	e.one[0] = *new(T)
	if err != nil {
		return err
	}
	e.rows++
	e.bytes += int64(bytes)
	if e.rows < e.maxRows && e.bytes < e.maxBytes {
		return nil
	}
	e.rows, e.bytes = 0, 0
	return e.w.Flush()
}

func (e *parquetEncoder[T]) finish() error { return e.w.Close() }
