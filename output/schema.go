package output

import (
	"strconv"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// Column describes one column of a table.
type Column struct {
	Name     string `json:"name"`
	Type     string `json:"type"` // string, int32, int64, float32, timestamp, bool, list<string> or list<struct<…>>
	Nullable bool   `json:"nullable"`
	Doc      string `json:"doc"` // one line
}

// TableSchema describes one table.
type TableSchema struct {
	Name    Table    `json:"name"`
	Doc     string   `json:"doc"` // one line
	Columns []Column `json:"columns"`
}

// Schema is all tables and their columns in the order of every file.
func Schema() []TableSchema {
	return []TableSchema{
		{Articles, "one row an article read, whatever became of it", columnsOf(articleColumns())},
		{Quotes, "one row a quotation, usable on its own", columnsOf(quoteColumns())},
		{Mentions, "one row a mention of an entity in an article", columnsOf(mentionColumns())},
		{Entities, "one row an entity of an article: who or what is mentioned or speaks", columnsOf(entityColumns())},
		{Rejects, "one row a record that could not be read as an article", columnsOf(rejectColumns())},
		{People, "one row a person, organization or other named speaker of the corpus", columnsOf(personColumns())},
		{PersonLinks, "one row an entity of an article whose person is known", columnsOf(personLinkColumns())},
		{PersonChanges, "one row an id of people that was merged or split since it was given", columnsOf(personChangeColumns())},
		{Quotations, "one row an utterance, however many articles quote it", columnsOf(quotationColumns())},
		{QuotationLinks, "one row a quotation of an article that is one of these utterances", columnsOf(quotationLinkColumns())},
		{Copies, "one row an article of whose text another article has a copy", columnsOf(copyColumns())},
	}
}

func columnsOf[T Row](cols []column[T]) []Column {
	out := make([]Column, len(cols))
	for i := range cols {
		out[i] = cols[i].Column
	}
	return out
}

// column is a Column with the way to read it off a row.
type column[T any] struct {
	Column
	free   bool                          // free text of any length: no bounds in the Parquet statistics
	value  func(r *T) value              // of a plain column
	nested func(dst []byte, r *T) []byte // of a list: appends it as JSON
	texts  func(r *T, m *measure)        // of a list: takes the measure of its elements
	list   func(b array.Builder, r *T)   // of a list: appends its elements to an Arrow list
}

// measure sums up the values of a row: their bytes, near enough to bound a row
// group, and whether all text is valid UTF-8.
type measure struct {
	bytes   int
	invalid bool
}

func (m *measure) text(s string) {
	m.bytes += len(s) + 8
	m.invalid = m.invalid || !utf8.ValidString(s)
}

// measureRow measures row; bad names the first column whose text is not valid
// UTF-8, which no reader of Parquet or JSON takes; empty where there is none.
func measureRow[T Row](cols []column[T], row *T) (bytes int, bad string) {
	var m measure
	for i := range cols {
		c := &cols[i]
		if c.nested != nil {
			c.texts(row, &m)
		} else if v := c.value(row); v.kind == isString {
			m.text(v.s)
		} else {
			m.bytes += 8
		}
		if m.invalid {
			return m.bytes, c.Name
		}
	}
	return m.bytes, ""
}

// value is one cell of a plain column.
type value struct {
	kind valueKind
	s    string
	n    int64
	f    float32
}

type valueKind uint8

const (
	isNull valueKind = iota
	isString
	isInt
	isFloat
	isTime
	isBool
)

// The makers of columns, one for each type of the schema.

func str[T any](name, doc string, get func(*T) string) column[T] {
	return column[T]{
		Column: Column{name, "string", false, doc},
		value:  func(r *T) value { return value{kind: isString, s: get(r)} },
	}
}

func strOrNull[T any](name, doc string, get func(*T) string) column[T] {
	return column[T]{
		Column: Column{name, "string", true, doc},
		value: func(r *T) value {
			if s := get(r); s != "" {
				return value{kind: isString, s: s}
			}
			return value{}
		},
	}
}

func i32[T any](name, doc string, get func(*T) int32) column[T] {
	return column[T]{
		Column: Column{name, "int32", false, doc},
		value:  func(r *T) value { return value{kind: isInt, n: int64(get(r))} },
	}
}

func i32OrNull[T any](name, doc string, get func(*T) *int32) column[T] {
	return column[T]{
		Column: Column{name, "int32", true, doc},
		value: func(r *T) value {
			if p := get(r); p != nil {
				return value{kind: isInt, n: int64(*p)}
			}
			return value{}
		},
	}
}

func i64[T any](name, doc string, get func(*T) int64) column[T] {
	return column[T]{
		Column: Column{name, "int64", false, doc},
		value:  func(r *T) value { return value{kind: isInt, n: get(r)} },
	}
}

func f32[T any](name, doc string, get func(*T) float32) column[T] {
	return column[T]{
		Column: Column{name, "float32", false, doc},
		value:  func(r *T) value { return value{kind: isFloat, f: get(r)} },
	}
}

func timeOrNull[T any](name, doc string, get func(*T) *Timestamp) column[T] {
	return column[T]{
		Column: Column{name, "timestamp", true, doc},
		value: func(r *T) value {
			if p := get(r); p != nil {
				return value{kind: isTime, n: int64(*p)}
			}
			return value{}
		},
	}
}

func strs[T any](name, doc string, get func(*T) []string) column[T] {
	return column[T]{
		Column: Column{name, "list<string>", false, doc},
		free:   true,
		nested: func(dst []byte, r *T) []byte {
			dst = append(dst, '[')
			for i, s := range get(r) {
				if i > 0 {
					dst = append(dst, ',')
				}
				dst = appendJSONString(dst, s)
			}
			return append(dst, ']')
		},
		texts: func(r *T, m *measure) {
			for _, s := range get(r) {
				m.text(s)
			}
		},
		list: func(b array.Builder, r *T) { arrowStrings(b, get(r)) },
	}
}

// long marks a column as free text.
func long[T any](c column[T]) column[T] {
	c.free = true
	return c
}

func parts(name, doc string) column[QuoteRow] {
	return column[QuoteRow]{
		Column: Column{name, "list<struct<start int32, end int32, byte_start int32, byte_end int32, quoted bool>>", false, doc},
		nested: func(dst []byte, r *QuoteRow) []byte {
			dst = append(dst, '[')
			for i := range r.Parts {
				p := &r.Parts[i]
				if i > 0 {
					dst = append(dst, ',')
				}
				dst = strconv.AppendInt(append(dst, `{"start":`...), int64(p.Start), 10)
				dst = strconv.AppendInt(append(dst, `,"end":`...), int64(p.End), 10)
				dst = strconv.AppendInt(append(dst, `,"byte_start":`...), int64(p.ByteStart), 10)
				dst = strconv.AppendInt(append(dst, `,"byte_end":`...), int64(p.ByteEnd), 10)
				dst = strconv.AppendBool(append(dst, `,"quoted":`...), p.Quoted)
				dst = append(dst, '}')
			}
			return append(dst, ']')
		},
		texts: func(r *QuoteRow, m *measure) { m.bytes += 17 * len(r.Parts) },
		list:  func(b array.Builder, r *QuoteRow) { arrowParts(b, r.Parts) },
	}
}

func candidates(name, doc string) column[QuoteRow] {
	return column[QuoteRow]{
		Column: Column{name, "list<struct<entity_id string, name string, probability float32>>", false, doc},
		nested: func(dst []byte, r *QuoteRow) []byte {
			dst = append(dst, '[')
			for i := range r.Candidates {
				c := &r.Candidates[i]
				if i > 0 {
					dst = append(dst, ',')
				}
				dst = appendJSONString(append(dst, `{"entity_id":`...), c.EntityID)
				dst = appendJSONString(append(dst, `,"name":`...), c.Name)
				dst = appendFloat(append(dst, `,"probability":`...), c.Probability)
				dst = append(dst, '}')
			}
			return append(dst, ']')
		},
		texts: func(r *QuoteRow, m *measure) {
			for i := range r.Candidates {
				m.text(r.Candidates[i].EntityID)
				m.text(r.Candidates[i].Name)
			}
		},
		list: func(b array.Builder, r *QuoteRow) { arrowCandidates(b, r.Candidates) },
	}
}
