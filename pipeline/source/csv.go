package source

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// csv reads tables of RFC 4180 with a header line: fields parted by comma,
// semicolon, tab or bar, as the header shows, quoted with "". Record is the
// 0-based record behind the header.
//
// A quote that is never closed would swallow the records behind it. It shows
// when the record ends with another number of fields than the header has, when
// something other than a delimiter follows a closing quote, or when the record
// grows over the limit. Then the record is one reject, and reading goes on at
// the next line from which a whole record can be read, if need be lines further.
// In a TSV such a line is read once more without quoting, which TSV of the
// IANA's kind does not have.
func (x *run) csv(w *window, tsv bool) error {
	header, f := x.csvHeader(w, tsv)
	switch {
	case f != nil && !x.rejectf(0, f):
		return errStop
	case f != nil:
		return errDone
	case header == nil:
		return w.err
	}
	c := &table{w: w, delim: header.delim, width: len(header.names), tsv: tsv}
	for rec := int64(0); ; rec++ {
		x.next = rec
		c.blank()
		n, f := c.record()
		if n == 0 && f == nil {
			return w.err
		}
		if f == nil && !c.ended && broken(w.err) {
			return w.err // the record's end is missing
		}
		if f == nil {
			ok := true
			if f = x.csvRecord(c.cells, header.at, rec, &ok); f != nil {
				ok = x.rejectf(rec, f)
			}
			if !ok {
				return errStop
			}
			w.advance(n)
			continue
		}
		end := c.leave(n)
		if end && broken(w.err) {
			return w.err
		}
		x.next = rec + 1
		if !x.rejectf(rec, f) {
			return errStop
		}
		if c.spent > maxSpent*int64(w.max) {
			return faultf(ReasonBadCSV, "too many quotes that are not closed; the rest of the file is not read")
		}
	}
}

type csvHead struct {
	names []string
	at    [numFields]int
	delim byte
}

// csvHeader reads the header line and finds the fields in it.
func (x *run) csvHeader(w *window, tsv bool) (*csvHead, *fault) {
	for {
		line, n, long := w.line()
		if long || n > 1<<20 {
			return nil, faultf(ReasonBadCSV, "the header line is over 1 MiB")
		}
		if n == 0 {
			return nil, nil
		}
		if len(bytes.TrimSpace(line)) > 0 {
			break
		}
		w.advance(n)
	}
	line, _, _ := w.line()
	h := &csvHead{delim: delimiter(line, tsv)}
	if len(x.o.Columns) > 0 {
		h.delim = x.columnDelimiter(w, tsv, h.delim)
		h.names = x.o.Columns
		return h, x.csvFields(h)
	}
	c := table{w: w, delim: h.delim, tsv: tsv}
	n, f := c.record()
	if f != nil {
		return nil, f
	}
	if n == 0 {
		return nil, nil
	}
	for _, cell := range c.cells {
		name, _ := decode(cell, "")
		h.names = append(h.names, string(bytes.TrimSpace([]byte(name))))
	}
	w.advance(n)
	return h, x.csvFields(h)
}

// delimiter is the one that a header line has most of.
func delimiter(line []byte, tsv bool) byte {
	if tsv {
		return '\t'
	}
	best, most := byte(','), 0
	for _, d := range []byte{',', ';', '\t', '|'} {
		if k := bytes.Count(line, []byte{d}); k > most {
			best, most = d, k
		}
	}
	return best
}

// columnDelimiter is the one by which the first record has the columns that
// the user names; likely where none does.
func (x *run) columnDelimiter(w *window, tsv bool, likely byte) byte {
	for _, d := range []byte{likely, ',', ';', '\t', '|'} {
		c := table{w: w, delim: d, tsv: tsv, width: len(x.o.Columns)}
		if n, f := c.record(); f == nil && n > 0 {
			return d
		}
	}
	return likely
}

// csvFields finds the fields among the columns.
func (x *run) csvFields(h *csvHead) *fault {
	h.at = x.r.names.columns(h.names)
	x.look.table(h.names)
	if h.at[fText] < 0 {
		return x.r.names.missingText(seenNames(h.names))
	}
	x.setMapping(mapping(h.names, h.at))
	return nil
}

// csvRecord makes an article of the cells of a record.
func (x *run) csvRecord(cells [][]byte, at [numFields]int, rec int64, ok *bool) *fault {
	v := &x.values
	*v = values{}
	if n := len(cells[at[fText]]); n > x.o.MaxArticle {
		return tooLong(n, x.o.MaxArticle)
	}
	valid := true
	for _, i := range at {
		valid = valid && (i < 0 || utf8.Valid(cells[i]))
	}
	get := func(f field) (string, *fault) {
		i := at[f]
		if i < 0 {
			return "", nil
		}
		if valid {
			return string(cells[i]), nil
		}
		return decode(cells[i], "")
	}
	var authors string
	for _, part := range [...]struct {
		f   field
		out *string
	}{{fText, &v.text}, {fID, &v.id}, {fTitle, &v.title}, {fURL, &v.url}, {fOutlet, &v.outlet}, {fDate, &v.date}, {fAuthor, &authors}} {
		s, f := get(part.f)
		if f != nil {
			return f
		}
		*part.out = s
	}
	v.authors = listText(authors)
	*ok = x.article(rec, v)
	return nil
}

// table splits a window into the records of a delimited file.
type table struct {
	w     *window
	delim byte
	width int // fields of the header; 0 while that is read
	tsv   bool
	cells [][]byte // of the last record; valid until the next
	state csvState // how the last record came out
	ended bool     // the last record ended with a line end
	spare []byte   // unescaped cells of the last record
	spent int64    // bytes looked at again while resynchronising
}

// blank goes over blank lines.
func (c *table) blank() {
	for c.w.fill(1) {
		if b := c.w.bytes()[0]; b != '\n' && b != '\r' {
			return
		}
		c.w.advance(1)
	}
}

// record reads the record at the window's place without advancing over it, and
// gives its length. 0 without a fault is the end.
func (c *table) record() (n int, f *fault) {
	want := 4096
	for {
		c.w.fill(want)
		b := c.w.bytes()
		if len(b) == 0 {
			return 0, nil
		}
		n, state := c.split(b, c.w.err != nil)
		c.state = state
		if state == csvMore && c.w.err == nil && len(b) < c.w.max {
			want = min(max(2*want, 2*len(b)), c.w.max)
			continue
		}
		switch {
		case state == csvMore && len(b) >= c.w.max:
			f = faultf(ReasonTooLarge, "a record of over %d bytes; perhaps a quote is not closed", c.w.max-1)
		case state == csvMore:
			f = faultf(ReasonBadCSV, "a quote is not closed before the end of the file")
		case state == csvBad:
			f = faultf(ReasonBadCSV, "text behind a closing quote; perhaps a quote is not closed or not doubled")
		case state == csvWide || c.width > 0 && !c.fits():
			f = faultf(ReasonBadCSV, "%d fields or more, the header has %d; perhaps a quote is missing", len(c.cells), c.width)
			if len(c.cells) < c.width {
				f.detail = fmt.Sprintf("%d fields, the header has %d", len(c.cells), c.width)
			}
		}
		if f != nil && c.tsv && c.plain(b) {
			return c.plainLen(b), nil
		}
		return n, f
	}
}

// fits reports whether the record has the header's fields; empty ones behind
// them, which spreadsheets leave, are dropped.
func (c *table) fits() bool {
	for len(c.cells) > c.width && len(c.cells[len(c.cells)-1]) == 0 {
		c.cells = c.cells[:len(c.cells)-1]
	}
	return len(c.cells) == c.width
}

type csvState uint8

const (
	csvWhole csvState = iota
	csvMore           // the record goes on behind what is in memory
	csvBad            // text behind a closing quote
	csvWide           // more fields than the header has
)

// maxSpent is how many windows full of bytes may be looked at again in a file
// before it is given up: looking for the next whole record costs a look ahead
// from every line, and a file can be made to waste time with it.
const maxSpent = 64

// split cuts the record at the start of b into cells.
func (c *table) split(b []byte, last bool) (n int, state csvState) {
	c.cells, c.spare, c.ended = c.cells[:0], c.spare[:0], false
	i := 0
	for {
		if i < len(b) && b[i] == '"' {
			cell, end, state := c.quoted(b, i+1, last)
			if state != csvWhole {
				return end, state
			}
			c.cells = append(c.cells, cell)
			i = end
		} else {
			end := i
			for end < len(b) && b[end] != c.delim && b[end] != '\n' {
				end++
			}
			if end == len(b) && !last {
				return end, csvMore
			}
			cell := b[i:end]
			if end == len(b) || b[end] == '\n' {
				cell = bytes.TrimSuffix(cell, []byte("\r"))
			}
			c.cells = append(c.cells, cell)
			i = end
		}
		switch {
		case c.width > 0 && len(c.cells) > c.width && len(c.cells[len(c.cells)-1]) > 0:
			return i, csvWide
		case i == len(b):
			return i, csvWhole
		case b[i] == c.delim:
			i++
			if i == len(b) && !last {
				return i, csvMore
			}
			continue
		case b[i] == '\r':
			i++
		}
		if i < len(b) && b[i] == '\n' {
			c.ended = true
			return i + 1, csvWhole
		}
		return i, csvBad
	}
}

// quoted reads the cell whose opening quote stands before i, and gives the
// place behind its closing quote.
func (c *table) quoted(b []byte, i int, last bool) (cell []byte, end int, state csvState) {
	start, doubled := i, false
	for {
		j := bytes.IndexByte(b[i:], '"')
		if j < 0 {
			return nil, len(b), csvMore
		}
		i += j + 1
		if i < len(b) && b[i] == '"' {
			doubled = true
			i++
			continue
		}
		break
	}
	if i+1 >= len(b) && !last { // what follows the quote decides
		return nil, i, csvMore
	}
	if i < len(b) && b[i] != c.delim && b[i] != '\n' && (b[i] != '\r' || i+1 < len(b) && b[i+1] != '\n') {
		return nil, i, csvBad
	}
	cell = b[start : i-1]
	if doubled {
		from := len(c.spare)
		for {
			k := bytes.IndexByte(cell, '"')
			if k < 0 {
				break
			}
			c.spare = append(c.spare, cell[:k+1]...)
			cell = cell[k+2:]
		}
		c.spare = append(c.spare, cell...)
		cell = c.spare[from:]
	}
	return cell, i, csvWhole
}

// plain splits the first line of b without quoting, and reports whether that
// gives the header's fields.
func (c *table) plain(b []byte) bool {
	line := bytes.TrimSuffix(bytes.TrimSuffix(b[:c.plainLen(b)], []byte("\n")), []byte("\r"))
	if c.width < 2 || bytes.Count(line, []byte{c.delim})+1 != c.width {
		return false
	}
	c.cells = append(c.cells[:0], bytes.Split(line, []byte{c.delim})...)
	c.ended = true
	return true
}

func (c *table) plainLen(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}

// leave goes behind a broken record of which n bytes were understood, and
// reports whether the input ended there. What has the wrong number of fields
// on one line costs that line. Otherwise a quote may have swallowed records,
// and reading goes on at the next line from which a whole one can be read.
func (c *table) leave(n int) (end bool) {
	b := c.w.bytes()
	n = min(n, len(b))
	line := bytes.IndexByte(b[:n], '\n')
	if c.state == csvWide && line < 0 || c.state == csvWhole && line == n-1 {
		c.w.skipLine()
		return false
	}
	for c.spent <= maxSpent*int64(c.w.max) {
		c.w.skipLine()
		c.blank()
		if !c.w.fill(1) {
			return true
		}
		n, f := c.record()
		if f == nil {
			return false
		}
		c.spent += int64(n)
	}
	return false
}
