package source

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// parquet reads a table of columns, of which it touches only those that hold
// fields, a page of each at a time. Record is the 0-based row.
//
// The library can panic on damaged data, and believes sizes and counts that
// are wrong. So every page's header is held against the limits before the page
// is read, panics become rejects, and every row group must give as many rows
// as the footer says. Damage costs the rest of its row group.
func (x *run) parquet(in *opened) error {
	f, raw := in.file, in.raw
	file, ft := openParquet(f, x.shard.Size)
	if ft != nil {
		return ft
	}
	cols, ft := x.parquetColumns(file)
	if ft != nil {
		return ft
	}
	row := int64(0)
	for i, g := range file.RowGroups() {
		x.next = row
		if g.NumRows() == 0 { // some writers end a file so; its columns have no pages, and lie nowhere
			continue
		}
		read, ft, err := x.rowGroup(f, &file.Metadata().RowGroups[i], g, cols, row)
		if err != nil {
			return err
		}
		n := g.NumRows()
		if ft != nil {
			ft.detail += fmt.Sprintf(" (rows %d to %d are lost)", row+read, row+n-1)
			if !x.rejectf(row+read, ft) {
				return errStop
			}
		}
		row += max(n, 0)
		raw.reached(int64(float64(x.shard.Size) * float64(row) / float64(max(file.NumRows(), row, 1)))) // of the bytes, as many as of the rows
	}
	x.next = row
	if row != file.NumRows() {
		return faultf(ReasonDamaged, "%d rows in the row groups, %d in the footer", row, file.NumRows())
	}
	return nil
}

// maxFooter is the most bytes of a footer, which is held in memory as a whole:
// some thousand times that of a plain table of a million rows.
const maxFooter = 16 << 20

// openParquet reads the footer.
func openParquet(f io.ReaderAt, size int64) (file *parquet.File, ft *fault) {
	defer func() {
		if p := recover(); p != nil {
			file, ft = nil, faultf(ReasonDamaged, "the Parquet footer makes no sense: %s", clean(fmt.Sprint(p)))
		}
	}()
	var tail [8]byte
	if size < 12 {
		return nil, faultf(ReasonTruncated, "%d bytes are no Parquet file", size)
	}
	if _, err := f.ReadAt(tail[:], size-8); err != nil {
		return nil, faultf(ReasonTruncated, "the Parquet footer is missing: %v", err)
	}
	if string(tail[4:]) != "PAR1" {
		return nil, faultf(ReasonTruncated, "the file does not end as Parquet does; perhaps it was not written to the end")
	}
	if n := int64(binary.LittleEndian.Uint32(tail[:4])); n > size-12 || n > maxFooter {
		return nil, faultf(ReasonDamaged, "a Parquet footer of %d bytes in a file of %d", n, size)
	}
	file, err := parquet.OpenFile(f, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, faultf(ReasonDamaged, "the Parquet footer does not decode: %v", err)
	}
	return file, nil
}

// parquetColumn is a leaf that holds a field.
type parquetColumn struct {
	field field
	leaf  parquet.LeafColumn
}

// parquetColumns finds the fields among the leaves, by the name of a leaf's
// top column, or by its path when the user gave one with dots.
func (x *run) parquetColumns(file *parquet.File) (cols []parquetColumn, ft *fault) {
	defer func() {
		if p := recover(); p != nil {
			ft = faultf(ReasonDamaged, "the Parquet schema makes no sense: %s", clean(fmt.Sprint(p)))
		}
	}()
	var header []string
	var leaves []parquet.LeafColumn
	schema := file.Schema()
	for _, path := range schema.Columns() {
		leaf, ok := schema.Lookup(path...)
		if !ok {
			continue
		}
		name := path[0]
		switch {
		case len(path) == 1 || isList(path):
		default:
			name = strings.Join(path, ".")
		}
		header, leaves = append(header, name), append(leaves, leaf)
	}
	at := x.r.names.columns(header)
	x.look.table(header)
	if at[fText] < 0 {
		return nil, x.r.names.missingText(seenNames(header))
	}
	x.setMapping(mapping(header, at))
	for fd, i := range at {
		if i >= 0 {
			cols = append(cols, parquetColumn{field(fd), leaves[i]})
		}
	}
	return cols, nil
}

// isList reports the three-level form of a list of scalars, and what older
// writers call its levels.
func isList(path []string) bool {
	return len(path) == 3 && (path[1] == "list" || path[1] == "bag" || path[1] == "array") ||
		len(path) == 2 && path[1] == "array"
}

// rowGroup reads the rows of a group; read is how many were handed on before
// a fault. An error ends the shard.
func (x *run) rowGroup(f io.ReaderAt, meta *format.RowGroup, g parquet.RowGroup, cols []parquetColumn, first int64) (read int64, ft *fault, err error) {
	rows := g.NumRows()
	cursors, ft := x.cursors(f, meta, g, cols)
	defer func() {
		for _, c := range cursors {
			c.close()
		}
	}()
	if ft != nil {
		return 0, ft, nil
	}
	for ; read < rows; read++ {
		v := &x.values
		*v = values{}
		for _, c := range cursors {
			if ft = c.row(v, x.o); ft != nil {
				return read, ft, x.ctx.Err()
			}
		}
		ok := true
		if ft := utf8Values(v); ft != nil {
			ok = x.rejectf(first+read, ft)
		} else {
			ok = x.article(first+read, v)
		}
		if !ok {
			return read, nil, errStop
		}
	}
	for _, c := range cursors {
		if ft := c.end(); ft != nil {
			return read, ft, nil
		}
	}
	return read, nil, nil
}

// utf8Values decodes what is not UTF-8: byte arrays may hold anything.
func utf8Values(v *values) *fault {
	for _, s := range []*string{&v.text, &v.id, &v.title, &v.url, &v.outlet} {
		if utf8.ValidString(*s) {
			continue
		}
		t, f := decode([]byte(*s), "")
		if f != nil {
			return f
		}
		*s = t
	}
	return nil
}

// cursor reads one column of a row group, row by row.
type cursor struct {
	parquetColumn
	pages parquet.Pages
	page  parquet.Page
	vals  parquet.ValueReader
	buf   []parquet.Value
	have  []parquet.Value // read and not yet used
}

func (x *run) cursors(f io.ReaderAt, meta *format.RowGroup, g parquet.RowGroup, cols []parquetColumn) (out []*cursor, ft *fault) {
	defer recoverParquet(&ft)
	chunks := g.ColumnChunks()
	for _, col := range cols {
		if col.leaf.ColumnIndex >= min(len(chunks), len(meta.Columns)) {
			return out, faultf(ReasonDamaged, "a row group of %d columns", len(chunks))
		}
		chunk := chunks[col.leaf.ColumnIndex]
		if ft := scanPages(f, x.shard.Size, &meta.Columns[col.leaf.ColumnIndex].MetaData, int64(x.o.MaxRecord)); ft != nil {
			return out, ft
		}
		out = append(out, &cursor{parquetColumn: col, pages: chunk.Pages(), buf: make([]parquet.Value, 64)})
	}
	return out, nil
}

func recoverParquet(ft **fault) {
	if p := recover(); p != nil {
		*ft = faultf(ReasonDamaged, "the Parquet data make no sense: %s", clean(fmt.Sprint(p)))
	}
}

func (c *cursor) close() {
	defer func() { _ = recover() }() // it closes what a damaged page left behind
	if c.page != nil {
		parquet.Release(c.page)
	}
	_ = c.pages.Close() // nothing is written
}

// more reads values until one is there; false at the end of the column.
func (c *cursor) more() (ok bool, ft *fault) {
	defer recoverParquet(&ft)
	for len(c.have) == 0 {
		if c.vals == nil {
			page, err := c.pages.ReadPage()
			if err == io.EOF {
				return false, nil
			}
			if err != nil {
				return false, faultf(ReasonDamaged, "a page of column %s: %v", strings.Join(c.leaf.Path, "."), err)
			}
			if c.page != nil {
				parquet.Release(c.page)
			}
			c.page, c.vals = page, page.Values()
		}
		n, err := c.vals.ReadValues(c.buf)
		c.have = c.buf[:n]
		if err == io.EOF {
			c.vals = nil
		} else if err != nil {
			return false, faultf(ReasonDamaged, "values of column %s: %v", strings.Join(c.leaf.Path, "."), err)
		}
	}
	return true, nil
}

// row puts the column's values of the next row into v.
func (c *cursor) row(v *values, o *Options) (ft *fault) {
	defer recoverParquet(&ft)
	for n := 0; ; n++ {
		ok, ft := c.more()
		if ft != nil {
			return ft
		}
		if !ok {
			if n == 0 {
				return faultf(ReasonDamaged, "column %s has fewer rows than the footer says", strings.Join(c.leaf.Path, "."))
			}
			return nil
		}
		val := c.have[0]
		if n > 0 && val.RepetitionLevel() == 0 {
			return nil
		}
		c.have = c.have[1:]
		if !val.IsNull() {
			c.set(v, val)
		}
		if c.leaf.MaxRepetitionLevel == 0 {
			return nil
		}
	}
}

// end reports values behind the last row.
func (c *cursor) end() *fault {
	ok, ft := c.more()
	if ft == nil && ok {
		ft = faultf(ReasonDamaged, "column %s has more rows than the footer says", strings.Join(c.leaf.Path, "."))
	}
	return ft
}

// set puts one value where its field has it.
func (c *cursor) set(v *values, val parquet.Value) {
	switch c.field {
	case fDate:
		if v.date == "" {
			v.date = c.date(val)
		}
	case fAuthor:
		if c.leaf.MaxRepetitionLevel > 0 {
			v.authors = append(v.authors, c.plain(val))
		} else {
			v.authors = listText(c.plain(val))
		}
	case fText:
		if v.text != "" {
			v.text += "\n\n"
		}
		v.text += c.plain(val)
	default:
		p := map[field]*string{fID: &v.id, fTitle: &v.title, fURL: &v.url, fOutlet: &v.outlet}[c.field]
		if *p == "" {
			*p = c.plain(val)
		}
	}
}

// plain is a value as text, numbers exactly.
func (c *cursor) plain(val parquet.Value) string {
	switch val.Kind() {
	case parquet.ByteArray:
		return string(val.ByteArray())
	case parquet.FixedLenByteArray:
		b := val.ByteArray()
		if _, ok := c.logical().(*format.UUIDType); ok && len(b) == 16 {
			h := hex.EncodeToString(b)
			return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
		}
		return string(b)
	case parquet.Int32, parquet.Int64:
		n := val.Int64()
		if val.Kind() == parquet.Int32 {
			n = int64(val.Int32())
		}
		if t, ok := c.logical().(*format.IntType); ok && !t.IsSigned {
			if val.Kind() == parquet.Int32 {
				return strconv.FormatUint(uint64(uint32(n)), 10)
			}
			return strconv.FormatUint(uint64(n), 10)
		}
		return strconv.FormatInt(n, 10)
	case parquet.Double:
		return strconv.FormatFloat(val.Double(), 'f', -1, 64)
	case parquet.Float:
		return strconv.FormatFloat(float64(val.Float()), 'f', -1, 32)
	}
	return ""
}

// logical is what the schema says a value means; nil when it says nothing.
func (c *cursor) logical() format.LogicalTypeValue {
	if lt := c.leaf.Node.Type().LogicalType(); lt != nil {
		return lt.Value
	}
	return nil
}

// date is a value as a date that parseDate reads.
func (c *cursor) date(val parquet.Value) string {
	var t time.Time
	switch lt := c.logical().(type) {
	case *format.DateType:
		t = time.Unix(int64(val.Int32())*86400, 0)
	case *format.TimestampType:
		unit := time.Nanosecond
		if lt.Unit.Value != nil {
			unit = lt.Unit.Value.Duration()
		}
		n := val.Int64()
		each := int64(time.Second / unit)
		t = time.Unix(n/each, n%each*int64(unit))
	default:
		if val.Kind() != parquet.Int96 {
			return c.plain(val)
		}
		w := val.Int96() // nanoseconds of the day and the Julian day, as Spark and Impala wrote
		t = time.Unix((int64(w[2])-2440588)*86400, int64(w[0])|int64(w[1])<<32)
	}
	return t.UTC().Format(time.RFC3339Nano)
}
