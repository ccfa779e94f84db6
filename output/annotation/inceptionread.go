package annotation

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// inception reads a CAS in XMI, or the zip archive that INCEpTION exports,
// which holds one beside its type system.
func (r *reader) inception(file string) error {
	b, err := load(file, maxFile)
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(b, []byte("PK")) {
		return r.xmi(file, file, b)
	}
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	found := 0
	left := uint64(maxFile) // for all entries together
	for _, entry := range archive.File {
		if strings.ToLower(path.Ext(entry.Name)) != ".xmi" {
			continue
		}
		found++
		where := file + "!" + entry.Name
		if entry.UncompressedSize64 > left {
			return fmt.Errorf("read %s: %w", where, tooLarge(maxFile))
		}
		in, err := entry.Open()
		if err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		content, err := io.ReadAll(io.LimitReader(in, int64(left)+1))
		if err = errors.Join(err, in.Close()); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		if uint64(len(content)) > left {
			return fmt.Errorf("read %s: %w", where, tooLarge(maxFile))
		}
		left -= uint64(len(content))
		if err := r.xmi(where, filepath.Join(filepath.Dir(file), path.Base(entry.Name)), content); err != nil {
			return err
		}
	}
	if found == 0 {
		return fmt.Errorf("read %s: no .xmi file in the archive; export as UIMA CAS XMI (XML 1.0)", file)
	}
	return nil
}

// xmiElement is an element with its attributes.
type xmiElement struct {
	line       int
	attributes map[string]string
}

// xmiReader is one CAS under way.
type xmiReader struct {
	*reader
	where        string
	text         *string
	documentID   string
	spans, links []xmiElement
}

// xmi reads one CAS; file is its name on disk, for documents.jsonl.
func (r *reader) xmi(where, file string, content []byte) error {
	c := &xmiReader{reader: r, where: where}
	if err := c.parse(content); err != nil {
		return fmt.Errorf("read %s: %w", where, err)
	}
	if c.text == nil {
		return fmt.Errorf("read %s: no cas:Sofa with a sofaString: this is no UIMA CAS in XMI", where)
	}
	// INCEpTION puts the name of the imported file in place of the id.
	known, err := r.registered(file, strings.TrimSuffix(c.documentID, ".xmi"))
	if err != nil {
		return err
	}
	d := &Document{ID: known.Doc, Meta: known.Meta, Text: *c.text}
	if d.Statements, err = c.statements(); err != nil {
		return fmt.Errorf("read %s: %w", where, err)
	}
	return r.document("read "+where, d)
}

func (c *xmiReader) parse(content []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(content))
	other := 0
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		line, _ := dec.InputPos()
		element := xmiElement{line, map[string]string{}}
		for _, a := range e.Attr {
			element.attributes[a.Name.Local] = a.Value
		}
		switch {
		case e.Name.Local == "Sofa":
			text, ok := element.attributes["sofaString"]
			if ok && (c.text == nil || element.attributes["sofaID"] == "_InitialView") {
				c.text = &text
			}
		case e.Name.Local == "DocumentMetaData":
			c.documentID = element.attributes["documentId"]
		case e.Name.Space == xmiCustom && e.Name.Local == xmiSpan:
			c.spans = append(c.spans, element)
		case e.Name.Space == xmiCustom && e.Name.Local == xmiLink:
			c.links = append(c.links, element)
		case e.Name.Space == xmiCustom:
			other++
		}
	}
	for range other {
		c.skip(c.where, "an annotation of another layer than "+xmiSpan)
	}
	return nil
}

func (c *xmiReader) statements() ([]Statement, error) {
	x := newIndex(*c.text)
	g := read{where: c.where, skip: c.reader.skip}
	at := map[string]int{}
	for _, e := range c.spans {
		where := fmt.Sprintf("%s:%d", c.where, e.line)
		role := Role(e.attributes["role"])
		if !slices.Contains(roles, role) {
			c.skip(where, fmt.Sprintf("a %s whose role is %q, not Content, Cue or Source", xmiSpan, role))
			continue
		}
		begin, err := strconv.Atoi(e.attributes["begin"])
		end, err2 := strconv.Atoi(e.attributes["end"])
		if err != nil || err2 != nil {
			return nil, fmt.Errorf("line %d: a %s without begin and end", e.line, xmiSpan)
		}
		s, ok := x.ofUTF16(begin, end)
		if !ok {
			return nil, fmt.Errorf("line %d: %w", e.line, x.outside(string(role)+" (in UTF-16 units)", begin, end))
		}
		n := readNode{role: role, span: s, place: fmt.Sprintf("line %d", e.line)}
		if h := e.attributes["whosaid"]; h != "" {
			var one Statement
			if err := one.unhide(h); err != nil {
				return nil, fmt.Errorf("line %d: the feature whosaid: %w", e.line, err)
			}
			n.id, n.attributes.Extra, n.anchor = one.ID, one.Extra, true
		}
		n.attributes.Speaker = e.attributes["speaker"]
		for i, f := range xmiFeatures()[1:] {
			c.choose(where, choices()[i], &n.attributes, e.attributes[f.name])
		}
		at[e.attributes["id"]] = len(g.nodes)
		g.nodes = append(g.nodes, n)
	}
	for _, e := range c.links {
		from, okA := at[e.attributes["Governor"]]
		to, okB := at[e.attributes["Dependent"]]
		if !okA || !okB {
			c.skip(fmt.Sprintf("%s:%d", c.where, e.line), "a "+xmiLink+" of something that is not there, or was left out")
			continue
		}
		g.lines = append(g.lines, line{from, to})
	}
	return g.statements(), nil
}
