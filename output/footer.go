package output

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// maxPageHeader bounds the header of a page: statistics hold at most two
// values, and those of free text are left out.
const maxPageHeader = 1 << 20

// checkFooter holds what a Parquet file of size bytes says about itself, in
// its footer and page headers, against itself: columns lie one after the other
// from the first byte to the indexes, pages fill their columns, and counts of
// values and rows add up. It reads footer, indexes and page headers, not the
// pages.
func checkFooter(f io.ReaderAt, size int64) error {
	var tail [8]byte
	if size < 12 { // magic, length of the footer, magic
		return fmt.Errorf("%d bytes are too few for a parquet file", size)
	}
	if _, err := f.ReadAt(tail[:], size-8); err != nil {
		return err
	}
	n := int64(binary.LittleEndian.Uint32(tail[:]))
	if n > size-12 {
		return fmt.Errorf("footer of %d bytes in a file of %d", n, size)
	}
	var meta format.FileMetaData
	if err := readThrift(f, size-8-n, n, &meta); err != nil {
		return fmt.Errorf("footer: %w", err)
	}
	rows, at, end := int64(0), int64(4), size-8-n
	for _, g := range meta.RowGroups {
		rows += g.NumRows
		for i := range g.Columns {
			c := &g.Columns[i]
			next, err := checkChunk(f, c, g.NumRows, at, end)
			if err != nil {
				return fmt.Errorf("column %v: %w", c.MetaData.PathInSchema, err)
			}
			at = next
		}
	}
	if rows != meta.NumRows {
		return fmt.Errorf("row groups hold %d rows, the footer counts %d", rows, meta.NumRows)
	}
	return nil
}

// checkChunk checks a column of a row group of so many rows, which must begin
// at byte at and end before byte end, and gives the byte it ends at.
func checkChunk(f io.ReaderAt, c *format.ColumnChunk, rows, at, end int64) (int64, error) {
	m := &c.MetaData
	from := m.DataPageOffset
	if m.DictionaryPageOffset > 0 {
		from = min(from, m.DictionaryPageOffset)
	}
	if from != at || m.TotalCompressedSize <= 0 || m.TotalCompressedSize > end-at {
		return 0, fmt.Errorf("%d bytes at %d, expected at %d", m.TotalCompressedSize, from, at)
	}
	next := at + m.TotalCompressedSize
	var ci format.ColumnIndex
	var oi format.OffsetIndex
	if err := checkIndex(f, c.ColumnIndexOffset, int64(c.ColumnIndexLength), end, &ci); err != nil {
		return 0, fmt.Errorf("column index: %w", err)
	}
	if err := checkIndex(f, c.OffsetIndexOffset, int64(c.OffsetIndexLength), end, &oi); err != nil {
		return 0, fmt.Errorf("offset index: %w", err)
	}
	p := pageSum{oi: &oi, most: m.NumValues}
	for at < next {
		n, err := p.add(f, at, next-at)
		if err != nil {
			return 0, err
		}
		at += n
	}
	switch {
	case p.values != m.NumValues || p.rows != rows:
		return 0, fmt.Errorf("pages hold %d values and %d rows, the footer counts %d and %d", p.values, p.rows, m.NumValues, rows)
	case p.bytes != m.TotalUncompressedSize:
		return 0, fmt.Errorf("pages hold %d bytes, the footer counts %d", p.bytes, m.TotalUncompressedSize)
	case len(oi.PageLocations) != p.pages || len(ci.NullPages) != p.pages:
		return 0, fmt.Errorf("indexes of %d and %d pages for %d", len(oi.PageLocations), len(ci.NullPages), p.pages)
	}
	return next, nil
}

// pageSum is what the pages of a column hold together.
type pageSum struct {
	oi   *format.OffsetIndex
	most int64 // values that a dictionary may hold

	values, rows, bytes int64
	pages               int
}

// add checks the page at byte at, of which at most limit bytes are left in its
// column, and gives its length with its header.
func (p *pageSum) add(f io.ReaderAt, at, limit int64) (int64, error) {
	var h format.PageHeader
	n, err := readHeader(f, at, limit, &h)
	if err != nil {
		return 0, fmt.Errorf("page at byte %d: %w", at, err)
	}
	size := int64(h.CompressedPageSize)
	if size < 0 || h.UncompressedPageSize < 0 || size > limit-n {
		return 0, fmt.Errorf("page at byte %d: %d bytes in %d", at, size, limit-n)
	}
	p.bytes += n + int64(h.UncompressedPageSize)
	switch v2 := &h.DataPageHeaderV2; {
	case h.Type == format.DictionaryPage && h.DictionaryPageHeader.Valid:
		if v := h.DictionaryPageHeader.V.NumValues; v < 0 || int64(v) > p.most {
			return 0, fmt.Errorf("dictionary of %d values for %d", v, p.most)
		}
	case h.Type == format.DataPageV2 && v2.Valid:
		levels := int64(v2.V.RepetitionLevelsByteLength) + int64(v2.V.DefinitionLevelsByteLength)
		if min(v2.V.RepetitionLevelsByteLength, v2.V.DefinitionLevelsByteLength, v2.V.NumValues, v2.V.NumNulls, v2.V.NumRows) < 0 ||
			levels > size || v2.V.NumNulls > v2.V.NumValues {
			return 0, fmt.Errorf("page at byte %d: counts do not fit", at)
		}
		if p.pages < len(p.oi.PageLocations) {
			l := p.oi.PageLocations[p.pages]
			if l.Offset != at || int64(l.CompressedPageSize) != n+size || l.FirstRowIndex != p.rows {
				return 0, fmt.Errorf("page at byte %d is elsewhere in the offset index", at)
			}
		}
		p.values += int64(v2.V.NumValues)
		p.rows += int64(v2.V.NumRows)
		p.pages++
	default:
		return 0, fmt.Errorf("page at byte %d: type %d", at, h.Type)
	}
	return n + size, nil
}

// checkIndex reads a page index into v.
func checkIndex(f io.ReaderAt, at, n, end int64, v any) error {
	if at < 4 || n <= 0 || n > end-at {
		return fmt.Errorf("%d bytes at %d of %d", n, at, end)
	}
	return readThrift(f, at, n, v)
}

// readThrift reads the structure that fills n bytes at byte at into v.
func readThrift(f io.ReaderAt, at, n int64, v any) error {
	b := make([]byte, n)
	if _, err := f.ReadAt(b, at); err != nil {
		return err
	}
	if used, err := skim(b); err != nil || int64(used) != n {
		return errThrift
	}
	return thrift.Unmarshal(new(thrift.CompactProtocol), b, v)
}

// readHeader reads the page header at byte at, within limit bytes, and gives
// its length.
func readHeader(f io.ReaderAt, at, limit int64, h *format.PageHeader) (int64, error) {
	for window := min(512, limit); ; window = min(8*window, limit) {
		b := make([]byte, window)
		if _, err := f.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		n, err := skim(b)
		if err == nil {
			return int64(n), thrift.Unmarshal(new(thrift.CompactProtocol), b[:n], h)
		}
		if window == limit || window >= maxPageHeader {
			return 0, err
		}
	}
}
