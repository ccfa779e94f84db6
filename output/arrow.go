package output

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// arrowAnswers writes answers as an Arrow IPC stream: one row per record, the
// rows of each table as a list of structs with the table's columns.
type arrowAnswers struct {
	w      *ipc.Writer
	b      *array.RecordBuilder
	tables []func(*Rows) (bytes int) // append a record's rows of one table
	weight int                       // bytes of the rows not yet written, about
}

// A batch is written from this many answers or bytes of rows on: large enough
// that its frame costs nothing, small enough that memory stays flat.
const (
	batchAnswers = 256
	batchBytes   = 4 << 20
)

// AnswersArrow writes answers to w as an Arrow IPC stream. Its schema's
// metadata says what AnswersJSONL says in its first line.
func AnswersArrow(w io.Writer, tables []Table, o Options) (Answers, error) {
	fields := []arrow.Field{
		{Name: "record", Type: arrow.PrimitiveTypes.Int64},
		{Name: "article_id", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "status", Type: arrow.BinaryTypes.String},
		{Name: "reason", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "detail", Type: arrow.BinaryTypes.String, Nullable: true},
	}
	a := &arrowAnswers{}
	for _, t := range tables {
		f, err := arrowField(t)
		if err != nil {
			return nil, err
		}
		fields = append(fields, f)
	}
	meta := arrow.NewMetadata([]string{"whosaid_pipe", metaSchema, metaVersion, metaModel},
		[]string{fmt.Sprint(PipeVersion), SchemaVersion, o.Version, o.ModelHash})
	schema := arrow.NewSchema(fields, &meta)
	a.b = array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for i, t := range tables {
		a.tables = append(a.tables, arrowTable(t, a.b.Field(5+i).(*array.ListBuilder)))
	}
	a.w = ipc.NewWriter(w, ipc.WithSchema(schema))
	return a, a.write() // the schema, before anybody asks for rows
}

// arrowField is the column that holds a record's rows of table t.
func arrowField(t Table) (arrow.Field, error) {
	for _, s := range Schema() {
		if s.Name != t || t == Rejects || slices.Contains(AcrossTables(), t) {
			continue
		}
		var fields []arrow.Field
		for _, c := range s.Columns {
			fields = append(fields, arrow.Field{Name: c.Name, Type: arrowType(c.Type), Nullable: c.Nullable})
		}
		return arrow.Field{Name: string(t), Type: arrow.ListOfNonNullable(arrow.StructOf(fields...))}, nil
	}
	return arrow.Field{}, fmt.Errorf("table %q has no rows per article", t)
}

// arrowType is the Arrow type of a column of the schema.
func arrowType(t string) arrow.DataType {
	switch t {
	case "string":
		return arrow.BinaryTypes.String
	case "int32":
		return arrow.PrimitiveTypes.Int32
	case "int64":
		return arrow.PrimitiveTypes.Int64
	case "float32":
		return arrow.PrimitiveTypes.Float32
	case "bool":
		return arrow.FixedWidthTypes.Boolean
	case "timestamp":
		return arrow.FixedWidthTypes.Timestamp_us
	}
	inner, isList := strings.CutPrefix(t, "list<")
	inner = strings.TrimSuffix(inner, ">")
	if members, ok := strings.CutPrefix(inner, "struct<"); isList && ok {
		var fields []arrow.Field
		for m := range strings.SplitSeq(strings.TrimSuffix(members, ">"), ", ") {
			name, typ, _ := strings.Cut(m, " ")
			fields = append(fields, arrow.Field{Name: name, Type: arrowType(typ)})
		}
		return arrow.ListOfNonNullable(arrow.StructOf(fields...))
	}
	return arrow.ListOfNonNullable(arrowType(inner))
}

// arrowTable gives what appends a record's rows of table t to b.
func arrowTable(t Table, b *array.ListBuilder) func(*Rows) int {
	switch t {
	case Articles:
		cols := articleColumns()
		return func(r *Rows) int { return arrowRows(b, cols, []ArticleRow{r.Article}) }
	case Mentions:
		cols := mentionColumns()
		return func(r *Rows) int { return arrowRows(b, cols, r.Mentions) }
	case Entities:
		cols := entityColumns()
		return func(r *Rows) int { return arrowRows(b, cols, r.Entities) }
	}
	cols := quoteColumns()
	return func(r *Rows) int { return arrowRows(b, cols, r.Quotes) }
}

// arrowRows appends rows as one list of structs.
func arrowRows[T Row](b *array.ListBuilder, cols []column[T], rows []T) (bytes int) {
	b.Append(true)
	item := b.ValueBuilder().(*array.StructBuilder)
	for i := range rows {
		item.Append(true)
		for k := range cols {
			arrowCell(item.FieldBuilder(k), &cols[k], &rows[i])
		}
		n, _ := measureRow(cols, &rows[i])
		bytes += n
	}
	return bytes
}

// arrowCell appends one cell.
func arrowCell[T Row](b array.Builder, c *column[T], row *T) {
	if list, ok := b.(*array.ListBuilder); ok {
		list.Append(true)
		c.list(list.ValueBuilder(), row)
		return
	}
	v := c.value(row)
	if v.kind == isNull {
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *array.StringBuilder:
		b.Append(v.s)
	case *array.Int32Builder:
		b.Append(int32(v.n))
	case *array.Int64Builder:
		b.Append(v.n)
	case *array.Float32Builder:
		b.Append(v.f)
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(v.n))
	case *array.BooleanBuilder:
		b.Append(v.n != 0)
	}
}

// arrowStrings appends the elements of a list of strings.
func arrowStrings(b array.Builder, list []string) {
	for _, s := range list {
		b.(*array.StringBuilder).Append(s)
	}
}

// arrowParts appends the pieces of a quotation.
func arrowParts(b array.Builder, list []PartRow) {
	item := b.(*array.StructBuilder)
	for _, p := range list {
		item.Append(true)
		for i, n := range []int32{p.Start, p.End, p.ByteStart, p.ByteEnd} {
			item.FieldBuilder(i).(*array.Int32Builder).Append(n)
		}
		item.FieldBuilder(4).(*array.BooleanBuilder).Append(p.Quoted)
	}
}

// arrowCandidates appends the candidates of a quotation.
func arrowCandidates(b array.Builder, list []CandidateRow) {
	item := b.(*array.StructBuilder)
	for _, c := range list {
		item.Append(true)
		item.FieldBuilder(0).(*array.StringBuilder).Append(c.EntityID)
		item.FieldBuilder(1).(*array.StringBuilder).Append(c.Name)
		item.FieldBuilder(2).(*array.Float32Builder).Append(c.Probability)
	}
}

func (a *arrowAnswers) Rows(rows *Rows, detail string) error {
	a.begin(rows.Article.SourceRecord, rows.Article.ArticleID, rows.Article.Status, rows.Article.Reason, detail)
	for _, add := range a.tables {
		a.weight += add(rows)
	}
	return a.end()
}

func (a *arrowAnswers) Reject(r *RejectRow) error {
	a.begin(r.SourceRecord, "", statusRejected, r.Reason, r.Detail)
	for i := range a.tables {
		a.b.Field(5 + i).(*array.ListBuilder).Append(true)
	}
	return a.end()
}

// begin appends the columns that every answer has.
func (a *arrowAnswers) begin(record int64, id, status, reason, detail string) {
	a.b.Field(0).(*array.Int64Builder).Append(record)
	for i, s := range []string{id, status, reason, detail} {
		if b := a.b.Field(1 + i).(*array.StringBuilder); s == "" {
			b.AppendNull()
		} else {
			b.Append(s)
		}
	}
}

func (a *arrowAnswers) end() error {
	if a.b.Field(0).Len() < batchAnswers && a.weight < batchBytes {
		return nil
	}
	return a.write()
}

// Flush writes the answers that wait for their batch to fill.
func (a *arrowAnswers) Flush() error {
	if a.b.Field(0).Len() == 0 {
		return nil
	}
	return a.write()
}

func (a *arrowAnswers) write() error {
	batch := a.b.NewRecordBatch()
	defer batch.Release()
	a.weight = 0
	if err := a.w.Write(batch); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return nil
}

// Close writes what waits and ends the stream.
func (a *arrowAnswers) Close() error {
	if err := a.Flush(); err != nil {
		return err
	}
	a.b.Release()
	return a.w.Close()
}
