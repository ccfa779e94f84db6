package source

import (
	"bufio"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// maxPageValues is the most values of a Parquet page; writers in use end a page
// at some 20,000 rows or 1 MiB, but long runs of nulls may share one.
const maxPageValues = 4 << 20

// scanPages walks over the page headers of a column chunk before the library
// reads it, and holds the sizes they claim against what is there and the
// limit: the library allocates whatever a header says.
func scanPages(f io.ReaderAt, size int64, m *format.ColumnMetaData, limit int64) (ft *fault) {
	defer recoverParquet(&ft)
	name := clean(strings.Join(m.PathInSchema, "."))
	pos := m.DataPageOffset
	if d := m.DictionaryPageOffset; d > 0 && d < pos {
		pos = d
	}
	if pos < 4 || m.TotalCompressedSize < 0 || pos > size-m.TotalCompressedSize {
		return faultf(ReasonDamaged, "column %s lies outside of the file", name)
	}
	end := pos + m.TotalCompressedSize
	protocol := new(thrift.CompactProtocol)
	br := bufio.NewReaderSize(nil, 1024)
	values := int64(0)
	for values < m.NumValues && pos < end {
		section := io.NewSectionReader(f, pos, end-pos)
		br.Reset(section)
		header := new(format.PageHeader)
		if err := thrift.NewDecoder(protocol.NewReader(br)).Decode(header); err != nil {
			return faultf(ReasonDamaged, "a page header of column %s: %v", name, err)
		}
		read, err := section.Seek(0, io.SeekCurrent)
		if err != nil {
			return faultf(ReasonDamaged, "a page header of column %s: %v", name, err)
		}
		pos += read - int64(br.Buffered())
		packed, unpacked := int64(header.CompressedPageSize), int64(header.UncompressedPageSize)
		if packed < 0 || unpacked < 0 || packed > end-pos {
			return faultf(ReasonDamaged, "a page of column %s claims %d bytes, %d are left", name, packed, end-pos)
		}
		if unpacked > limit || packed > limit {
			return faultf(ReasonTooLarge, "a page of column %s holds %d bytes, the limit is %d; write the file with smaller pages", name, max(packed, unpacked), limit)
		}
		pos += packed
		n := int64(header.DataPageHeader.V.NumValues) + int64(header.DataPageHeaderV2.V.NumValues)
		if n < 0 || n > maxPageValues || header.DictionaryPageHeader.V.NumValues > maxPageValues || header.DictionaryPageHeader.V.NumValues < 0 {
			return faultf(ReasonDamaged, "a page of column %s claims %d values", name, n)
		}
		values += n
	}
	return nil
}
