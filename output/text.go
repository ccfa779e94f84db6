package output

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends row as one JSON object without a line end: every column
// in order, null where null, no HTML escaping.
func AppendJSON[T Row](dst []byte, row *T) []byte {
	return appendObject(dst, columnsFor[T](), row)
}

// columnsFor is the columns of the table that T is a row of.
func columnsFor[T Row]() []column[T] {
	var cols any
	switch any((*T)(nil)).(type) {
	case *ArticleRow:
		cols = articleColumns()
	case *QuoteRow:
		cols = quoteColumns()
	case *MentionRow:
		cols = mentionColumns()
	case *EntityRow:
		cols = entityColumns()
	case *RejectRow:
		cols = rejectColumns()
	case *PersonRow:
		cols = personColumns()
	case *PersonLinkRow:
		cols = personLinkColumns()
	case *PersonChangeRow:
		cols = personChangeColumns()
	case *QuotationRow:
		cols = quotationColumns()
	case *QuotationLinkRow:
		cols = quotationLinkColumns()
	case *CopyRow:
		cols = copyColumns()
	}
	return cols.([]column[T])
}

func appendObject[T any](dst []byte, cols []column[T], row *T) []byte {
	for i := range cols {
		c := &cols[i]
		if i == 0 {
			dst = append(dst, `{"`...)
		} else {
			dst = append(dst, `,"`...)
		}
		dst = append(dst, c.Name...)
		dst = append(dst, `":`...)
		if c.nested != nil {
			dst = c.nested(dst, row)
			continue
		}
		switch v := c.value(row); v.kind {
		case isString:
			dst = appendJSONString(dst, v.s)
		case isInt:
			dst = strconv.AppendInt(dst, v.n, 10)
		case isFloat:
			dst = appendFloat(dst, v.f)
		case isBool:
			dst = strconv.AppendBool(dst, v.n != 0)
		case isTime:
			dst = append(dst, '"')
			dst = Timestamp(v.n).Time().AppendFormat(dst, timestampLayout)
			dst = append(dst, '"')
		default:
			dst = append(dst, "null"...)
		}
	}
	return append(dst, '}')
}

// appendFloat appends the shortest decimal that reads back as f. NaN and
// infinities, which JSON cannot hold, never reach a row (the mapper clamps).
func appendFloat(dst []byte, f float32) []byte {
	if f != f || math.IsInf(float64(f), 0) {
		f = 0
	}
	return strconv.AppendFloat(dst, float64(f), 'f', -1, 32)
}

// appendJSONString appends s, which must be valid UTF-8, as a JSON string.
// Escaped are the quotation mark, the backslash, control characters and the
// two line separators that JavaScript takes for line ends.
func appendJSONString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0xE2 {
			i++
			continue
		}
		if c == 0xE2 {
			if r, size := utf8.DecodeRuneInString(s[i:]); r != '\u2028' && r != '\u2029' {
				i += size
				continue
			} else {
				dst = append(dst, s[from:i]...)
				dst = append(dst, '\\', 'u', '2', '0', '2', hex[r&15])
				i += size
				from = i
				continue
			}
		}
		dst = append(dst, s[from:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		from = i
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}

// appendHeader appends the CSV header line.
func appendHeader[T any](dst []byte, cols []column[T]) []byte {
	for i := range cols {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, cols[i].Name...)
	}
	return append(dst, '\r', '\n')
}

// appendRecord appends row as one CSV record (RFC 4180): null is an empty
// cell, an empty string a quoted one, a list its JSON. scratch holds the JSON
// of lists between calls.
func appendRecord[T any](dst []byte, cols []column[T], row *T, scratch *[]byte) []byte {
	for i := range cols {
		c := &cols[i]
		if i > 0 {
			dst = append(dst, ',')
		}
		if c.nested != nil {
			*scratch = c.nested((*scratch)[:0], row)
			dst = appendCell(dst, *scratch)
			continue
		}
		switch v := c.value(row); v.kind {
		case isString:
			dst = appendCell(dst, v.s)
		case isInt:
			dst = strconv.AppendInt(dst, v.n, 10)
		case isFloat:
			dst = appendFloat(dst, v.f)
		case isBool:
			dst = strconv.AppendBool(dst, v.n != 0)
		case isTime:
			dst = Timestamp(v.n).Time().AppendFormat(dst, timestampLayout)
		}
	}
	return append(dst, '\r', '\n')
}

// appendCell appends the cell of a text. Spreadsheets run a cell that starts
// with one of = + - @ TAB CR as a formula: such a cell gets a leading ' and is
// quoted.
func appendCell[S string | []byte](dst []byte, s S) []byte {
	guard, quote := false, len(s) == 0
	if len(s) > 0 {
		switch s[0] {
		case '=', '+', '-', '@', '\t', '\r':
			guard, quote = true, true
		case ' ':
			quote = true
		}
		quote = quote || s[len(s)-1] == ' '
	}
	for i := 0; !quote && i < len(s); i++ {
		c := s[i]
		quote = c == ',' || c == '"' || c == '\n' || c == '\r'
	}
	if !quote {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	if guard {
		dst = append(dst, '\'')
	}
	for i := range len(s) {
		if s[i] == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"')
}
