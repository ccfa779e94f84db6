package source

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// arrow reads an Arrow IPC stream, or an IPC file as the stream that it holds,
// batch by batch. Record is the 0-based row. The library panics on some damaged
// data: a panic, as any other damage, costs the rest of the stream, which has
// no mark to begin anew at.
func (x *run) arrow(in *opened) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if e, ok := p.(error); ok && errors.Is(e, errStop) {
				err = errStop
				return
			}
			err = faultf(ReasonDamaged, "the Arrow data make no sense: %s", clean(fmt.Sprint(p)))
		}
	}()
	raw := bufio.NewReader(in.bytes)
	if magic, _ := raw.Peek(len(arrowFile)); string(magic) == arrowFile {
		_, _ = raw.Discard(8) // padded to eight bytes
	}
	r, err := ipc.NewReader(raw, ipc.WithAllocator(&arrowMemory{limit: 8 * x.o.MaxRecord}), ipc.WithDelayReadSchema(false))
	if err != nil {
		return arrowFault(err)
	}
	defer r.Release()
	var header []string
	for _, f := range r.Schema().Fields() {
		header = append(header, f.Name)
	}
	at := x.r.names.columns(header)
	x.look.table(header)
	if at[fText] < 0 {
		return x.r.names.missingText(seenNames(header))
	}
	x.setMapping(mapping(header, at))
	for r.Next() {
		if err := x.arrowBatch(r.RecordBatch(), at); err != nil {
			return err
		}
	}
	if err := r.Err(); err != nil && err != io.EOF {
		return arrowFault(err)
	}
	return nil
}

// arrowFile are the first bytes of an IPC file, arrowStream those of a stream:
// the mark before the length of its first message.
const (
	arrowFile   = "ARROW1"
	arrowStream = "\xff\xff\xff\xff"
)

func arrowFault(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return faultf(ReasonTruncated, "the Arrow stream ends in the middle of a message")
	}
	return faultf(ReasonDamaged, "the Arrow stream does not decode: %s", clean(err.Error()))
}

// arrowMemory bounds what a message may take: its length is a number in the
// stream, and may be anything.
type arrowMemory struct {
	memory.GoAllocator
	limit int
}

func (m *arrowMemory) Allocate(size int) []byte {
	if size > m.limit {
		panic(fmt.Sprintf("a message of %d bytes, the limit is %d", size, m.limit))
	}
	return m.GoAllocator.Allocate(size)
}

func (m *arrowMemory) Reallocate(size int, b []byte) []byte {
	if size > m.limit {
		panic(fmt.Sprintf("a message of %d bytes, the limit is %d", size, m.limit))
	}
	return m.GoAllocator.Reallocate(size, b)
}

// arrowBatch hands on the rows of a batch.
func (x *run) arrowBatch(b arrow.RecordBatch, at [numFields]int) error {
	for i := range int(b.NumRows()) {
		v := &x.values
		*v = values{}
		for fd, col := range at {
			if col >= 0 {
				setArrow(v, field(fd), b.Column(col), i)
			}
		}
		ok := true
		if f := utf8Values(v); f != nil {
			ok = x.rejectf(x.next, f)
		} else {
			ok = x.article(x.next, v)
		}
		if !ok {
			return errStop
		}
		x.next++
	}
	return nil
}

// setArrow puts cell i of a column where its field has it.
func setArrow(v *values, fd field, col arrow.Array, i int) {
	if col.IsNull(i) {
		return
	}
	if d, ok := col.(*array.Dictionary); ok {
		setArrow(v, fd, d.Dictionary(), d.GetValueIndex(i))
		return
	}
	if l, ok := col.(array.ListLike); ok {
		from, to := l.ValueOffsets(i)
		for k := int(from); k < int(to); k++ {
			setArrow(v, fd, l.ListValues(), k)
		}
		return
	}
	switch fd {
	case fText:
		if v.text != "" {
			v.text += "\n\n" // a list of paragraphs
		}
		v.text += arrowText(col, i)
	case fAuthor:
		v.authors = append(v.authors, listText(arrowText(col, i))...)
	case fDate:
		v.date = arrowDate(col, i)
	default:
		p := map[field]*string{fID: &v.id, fTitle: &v.title, fURL: &v.url, fOutlet: &v.outlet}[fd]
		if *p == "" {
			*p = arrowText(col, i)
		}
	}
}

// arrowText is a cell as text, numbers exactly.
func arrowText(col arrow.Array, i int) string {
	switch a := col.(type) {
	case *array.String:
		return strings.Clone(a.Value(i)) // the batch goes, the article stays
	case *array.LargeString:
		return strings.Clone(a.Value(i))
	case *array.StringView:
		return strings.Clone(a.Value(i))
	case *array.Binary:
		return string(a.Value(i))
	case *array.LargeBinary:
		return string(a.Value(i))
	case *array.BinaryView:
		return string(a.Value(i))
	}
	return col.ValueStr(i)
}

// arrowDate is a cell as a date that parseDate reads.
func arrowDate(col arrow.Array, i int) string {
	var t time.Time
	switch a := col.(type) {
	case *array.Timestamp:
		t = a.Value(i).ToTime(a.DataType().(*arrow.TimestampType).Unit)
	case *array.Date32:
		t = a.Value(i).ToTime()
	case *array.Date64:
		t = a.Value(i).ToTime()
	default:
		return arrowText(col, i)
	}
	return t.UTC().Format(time.RFC3339Nano)
}
