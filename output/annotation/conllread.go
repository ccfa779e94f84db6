package annotation

import (
	"fmt"
	"strconv"
	"strings"
)

// conll reads one or more documents that conll.go's encoder wrote, or that
// people made in the same way: comments may be missing, and then ids are
// numbers, and attributes unknown.
func (r *reader) conll(path string) error {
	c := &conllReader{reader: r, path: path}
	err := eachLine(path, func(where string, line []byte) error {
		if err := c.line(where, strings.TrimRight(string(line), "\r\n")); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.end()
}

// conllReader is one file under way.
type conllReader struct {
	*reader
	path       string
	d          *Document // nil before the first
	text       strings.Builder
	n          int // code points of text
	columns    []string
	statements []conllOpen
	gap        string // white space between the token before and the next
	told       bool   // gap stands in the file
}

// conllOpen is the statement of one column under way.
type conllOpen struct {
	Statement
	open [3]bool // of each role, whether its last span may go on
}

func (c *conllReader) line(where, line string) error {
	if !strings.HasPrefix(line, "#") {
		return c.token(where, strings.Split(line, "\t"))
	}
	key, value, _ := strings.Cut(strings.TrimPrefix(line, "#"), "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	number, isStatement := strings.CutPrefix(key, "whosaid_statement_")
	switch {
	case key == "global.columns":
		if err := c.end(); err != nil {
			return err
		}
		c.columns = strings.Fields(value)
		return nil
	case key == "newdoc id":
		if c.n > 0 || len(c.statements) > 0 {
			if err := c.end(); err != nil {
				return err
			}
		}
		c.begin()
		c.d.ID = value
	case key == "whosaid_document":
		var doc conllDoc
		if err := unmarshal([]byte(value), &doc); err != nil {
			return fmt.Errorf("the comment on the document is not what whosaid wrote there: %w", err)
		}
		c.begin()
		c.d.ID, c.d.Meta = doc.Doc, doc.Meta
		c.gap, c.told = doc.Blank, true
	case isStatement:
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > maxColumns {
			return fmt.Errorf("%q is not the number of a statement", number)
		}
		var s conllStatement
		if err := unmarshal([]byte(value), &s); err != nil {
			return fmt.Errorf("the comment on statement %d is not what whosaid wrote there: %w", n, err)
		}
		c.begin()
		to := c.statement(n)
		to.ID = s.ID
		to.Speaker, to.Extra = s.Speaker, s.Extra
		for _, k := range choices() {
			c.choose(where, k, &to.Attributes, *k.of(&s.Attributes))
		}
	}
	return nil
}

// maxColumns bounds the statements of an article, far above any.
const maxColumns = 100_000

func (c *conllReader) begin() {
	if c.d == nil {
		c.d = &Document{}
	}
}

// statement is the one of column n, from 1.
func (c *conllReader) statement(n int) *conllOpen {
	for len(c.statements) < n {
		c.statements = append(c.statements, conllOpen{})
	}
	return &c.statements[n-1]
}

// token reads a line of columns.
func (c *conllReader) token(where string, f []string) error {
	if c.columns == nil {
		return fmt.Errorf("a token before the line \"# global.columns = ID FORM MISC …\"")
	}
	if len(f) != len(c.columns) {
		return fmt.Errorf("%d columns, where global.columns names %d", len(f), len(c.columns))
	}
	c.begin()
	form, after := "", " "
	for i, name := range c.columns {
		switch name {
		case "ID":
			if strings.ContainsAny(f[i], "-.") {
				c.skip(where, "a line for several words, or for none")
				return nil
			}
		case "FORM":
			form = f[i]
		case "MISC":
			before, gap, explicit, err := conllMisc(f[i])
			if err != nil {
				return err
			}
			c.told = explicit
			if before != "" && c.n == 0 {
				c.gap = before
			}
			after = gap
		}
	}
	if form == "" {
		return fmt.Errorf("a token without FORM")
	}
	c.add(c.gap)
	t := Span{c.n, 0}
	c.add(form)
	t.End, c.gap = c.n, after
	column := 0
	for i, name := range c.columns {
		if !strings.HasPrefix(name, conllColumn) {
			continue
		}
		column++
		if err := c.statement(column).tag(f[i], t); err != nil {
			return fmt.Errorf("column %s: %w", name, err)
		}
	}
	return nil
}

func (c *conllReader) add(s string) {
	c.text.WriteString(s)
	c.n += len([]rune(s))
}

// conllMisc reads the white space around a token.
func conllMisc(misc string) (before, after string, told bool, err error) {
	after = " "
	for item := range strings.SplitSeq(misc, "|") {
		key, value, _ := strings.Cut(item, "=")
		spaces, ok := unescapeSpaces(value)
		switch key {
		case "SpaceAfter":
			if value == "No" {
				after, told = "", true
			}
			continue
		case "SpacesAfter":
			after, told = spaces, true
		case "SpacesBefore":
			before = spaces
		default:
			continue
		}
		if !ok {
			return "", "", false, fmt.Errorf("MISC: %.40q is not white space such as \\s or \\n", value)
		}
	}
	return before, after, told, nil
}

// tag reads the cell of token t.
func (s *conllOpen) tag(cell string, t Span) error {
	var now [3]bool
	if cell != "O" && cell != "_" {
		for tag := range strings.SplitSeq(cell, "|") {
			mark, name, _ := strings.Cut(tag, "-")
			k := -1
			for i, r := range roles {
				if strings.EqualFold(string(r), name) {
					k = i
				}
			}
			if k < 0 || mark != "B" && mark != "I" {
				return fmt.Errorf("%.40q is not O, B-Content, I-Content, or the like with Cue and Source", tag)
			}
			spans := s.spans(roles[k])
			if mark == "I" && s.open[k] {
				(*spans)[len(*spans)-1].End = t.End
			} else {
				*spans = append(*spans, t)
			}
			now[k] = true
		}
	}
	s.open = now
	return nil
}

// end hands on the document under way.
func (c *conllReader) end() error {
	if c.d == nil {
		return nil
	}
	if c.told { // a file made elsewhere ends without white space
		c.add(c.gap)
	}
	d := c.d
	d.Text = c.text.String()
	if d.ID == "" {
		known, err := c.registered(c.path)
		if err != nil {
			return err
		}
		d.ID = known.Doc
	}
	for i := range c.statements {
		d.Statements = append(d.Statements, c.statements[i].Statement)
	}
	c.d, c.statements, c.n, c.gap, c.told = nil, nil, 0, "", false
	c.text.Reset()
	return c.document("read "+c.path, d)
}
