package annotation

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// brat reads NAME.ann and the NAME.txt beside it.
func (r *reader) brat(path string) error {
	texts := strings.TrimSuffix(path, ".ann") + ".txt"
	if _, err := os.Stat(texts); err != nil {
		return fmt.Errorf("read %s: its text %s is missing: %w", path, texts, err)
	}
	text, err := load(texts, maxFile)
	if err != nil {
		return err
	}
	known, err := r.registered(path)
	if err != nil {
		return err
	}
	b := &bratReader{reader: r, x: newIndex(string(text)), marks: map[string]*bratMark{}, events: map[string]*bratEvent{}}
	err = eachLine(path, func(where string, line []byte) error {
		if err := b.line(where, strings.TrimRight(string(line), "\r\n")); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	d := &Document{ID: known.Doc, Meta: known.Meta, Text: string(text)}
	if d.Statements, err = b.statements(path); err != nil {
		return err
	}
	return r.document("read "+path, d)
}

// bratReader is one .ann file under way.
type bratReader struct {
	*reader
	x      *index
	marks  map[string]*bratMark
	order  []string // of marks, as they stand in the file
	events map[string]*bratEvent
	list   []*bratEvent
	lines  []bratLine // attributes, notes and relations: what they name may come later
}

type bratMark struct {
	where  string
	role   string
	pieces []Span
	used   bool // by an event
}

type bratEvent struct {
	where     string
	id        string
	arguments [][2]string // role, mark
	statement Statement
}

type bratLine struct {
	where  string
	fields []string // by tabs
}

func (b *bratReader) line(where, line string) error {
	fields := strings.SplitN(line, "\t", 3)
	if len(fields) < 2 || len(fields[0]) < 2 {
		b.skip(where, "a line that is no annotation")
		return nil
	}
	switch id := fields[0]; id[0] {
	case 'T':
		return b.mark(where, fields)
	case 'E':
		e := &bratEvent{where: where, id: id}
		for i, f := range strings.Fields(fields[1]) {
			role, to, ok := strings.Cut(f, ":")
			if !ok {
				return fmt.Errorf("%q is not ROLE:MARK, as in Content:T1", f)
			}
			if i == 0 && role != "Attribution" {
				b.skip(where, "an event of type "+role+", not Attribution")
				return nil
			}
			e.arguments = append(e.arguments, [2]string{strings.TrimRight(role, "0123456789"), to})
		}
		if b.events[id] != nil {
			return fmt.Errorf("a second event %s", id)
		}
		b.events[id] = e
		b.list = append(b.list, e)
	case 'A', 'M', '#', 'R':
		b.lines = append(b.lines, bratLine{where, fields})
	default:
		b.skip(where, "a line of a kind that holds nothing of statements: "+string(id[0]))
	}
	return nil
}

// mark reads a text-bound annotation.
func (b *bratReader) mark(where string, fields []string) error {
	kind, offsets, _ := strings.Cut(fields[1], " ")
	m := &bratMark{where: where, role: kind}
	var words []string
	for pair := range strings.SplitSeq(offsets, ";") {
		f := strings.Fields(pair)
		if len(f) != 2 {
			return fmt.Errorf("%q is not a pair of offsets, as in 0 12", pair)
		}
		start, err := strconv.Atoi(f[0])
		end, err2 := strconv.Atoi(f[1])
		if err != nil || err2 != nil {
			return fmt.Errorf("%q is not a pair of offsets, as in 0 12", pair)
		}
		s := Span{start, end}
		if !b.x.has(s) {
			return b.x.outside(fields[0], start, end)
		}
		words = append(words, b.x.slice(s))
		if n := len(m.pieces); n > 0 && m.pieces[n-1].End <= s.Start && b.x.broken(Span{m.pieces[n-1].End, s.Start}) {
			m.pieces[n-1].End = s.End
		} else {
			m.pieces = append(m.pieces, s)
		}
	}
	if len(fields) == 3 && !strings.HasPrefix(oneLine(strings.Join(words, " ")), oneLine(fields[2])) {
		return fmt.Errorf("%s says %.60q where the text has %.60q; was the text changed after it was annotated?", fields[0], fields[2], strings.Join(words, " "))
	}
	if b.marks[fields[0]] != nil {
		return fmt.Errorf("a second mark %s", fields[0])
	}
	b.marks[fields[0]] = m
	b.order = append(b.order, fields[0])
	return nil
}

// statements are those of the events, then those that relations make of marks
// that no event uses.
func (b *bratReader) statements(path string) ([]Statement, error) {
	for _, e := range b.list {
		e.statement.ID = e.id
		for _, a := range e.arguments {
			m := b.marks[a[1]]
			if m == nil {
				return nil, fmt.Errorf("read %s: event %s names %s, and there is no such mark", e.where, e.id, a[1])
			}
			m.used = true
			switch r := Role(a[0]); {
			case slices.Contains(roles, r):
				*e.statement.spans(r) = append(*e.statement.spans(r), m.pieces...)
			case a[0] != "Attribution":
				b.skip(e.where, "an argument that is no Content, Cue or Source: "+a[0])
			}
		}
	}
	g := &read{where: path, skip: b.reader.skip}
	at := b.nodes(g)
	for _, l := range b.lines {
		if err := b.apply(l, g, at); err != nil {
			return nil, fmt.Errorf("read %s: %w", l.where, err)
		}
	}
	var out []Statement
	for _, e := range b.list {
		out = append(out, e.statement)
	}
	return append(out, g.statements()...), nil
}

// nodes makes nodes of the marks that no event uses; at tells where.
func (b *bratReader) nodes(g *read) (at map[string]int) {
	at = map[string]int{}
	for _, id := range b.order {
		m := b.marks[id]
		if m.used {
			continue
		}
		if !slices.Contains(roles, Role(m.role)) {
			b.skip(m.where, "a mark of type "+m.role+" that no Attribution uses")
			continue
		}
		at[id] = len(g.nodes)
		for i, p := range m.pieces {
			g.nodes = append(g.nodes, readNode{role: Role(m.role), span: p, place: id})
			if i > 0 {
				g.lines = append(g.lines, line{at[id], len(g.nodes) - 1})
			}
		}
	}
	return at
}

// apply reads an attribute, a note or a relation.
func (b *bratReader) apply(l bratLine, g *read, at map[string]int) error {
	f := strings.Fields(l.fields[1])
	if len(f) < 2 {
		return fmt.Errorf("%q names nothing that it belongs to", l.fields[1])
	}
	if l.fields[0][0] == 'R' {
		if len(f) != 3 {
			return fmt.Errorf("%q is not a relation with two ends", l.fields[1])
		}
		_, from, _ := strings.Cut(f[1], ":")
		_, to, _ := strings.Cut(f[2], ":")
		a, okA := at[from]
		c, okC := at[to]
		if !okA || !okC {
			b.skip(l.where, "a relation of a mark that an event has, or that is not there")
			return nil
		}
		// Arg2 is what the other belongs to.
		g.lines = append(g.lines, line{c, a})
		return nil
	}
	var attributes *Attributes
	e := b.events[f[1]]
	if n, ok := at[f[1]]; ok {
		attributes = &g.nodes[n].attributes
	} else if e != nil {
		attributes = &e.statement.Attributes
	} else {
		b.skip(l.where, "a note or an attribute of something that is no statement")
		return nil
	}
	if l.fields[0][0] == '#' {
		return b.note(l, f[0], attributes, e)
	}
	for _, c := range choices() {
		if c.name == f[0] && len(f) == 3 {
			b.choose(l.where, c, attributes, f[2])
			return nil
		}
	}
	b.skip(l.where, "an attribute that is not whosaid's: "+f[0])
	return nil
}

func (b *bratReader) note(l bratLine, kind string, a *Attributes, e *bratEvent) error {
	text := ""
	if len(l.fields) == 3 {
		text = l.fields[2]
	}
	switch {
	case kind == "AnnotatorNotes":
		if oneLine(a.Speaker) != text { // else it is the longer form of the same
			a.Speaker = text
		}
	case kind == "Whosaid" && e != nil:
		h := bratHidden{hidden: hidden{ID: e.statement.ID}}
		if err := json.Unmarshal([]byte(text), &h); err != nil {
			return fmt.Errorf("note %s is not what whosaid wrote there (remove the line): %w", l.fields[0], err)
		}
		e.statement.ID, a.Extra = h.ID, h.Extra
		if oneLine(h.Speaker) == a.Speaker && h.Speaker != "" {
			a.Speaker = h.Speaker
		}
	default:
		b.skip(l.where, "a note of type "+kind)
	}
	return nil
}
