// Package office reads the text out of documents that word processors and
// makers of electronic books write: DOCX, ODT, EPUB and RTF.
//
// In: the bytes of one file. Out: its text, an empty line between paragraphs,
// and the title and author it states. What is no text for readers goes: deleted
// passages, comments, footnotes, headers, fields' instructions, pictures.
//
// A file may be made to harm: of a zip archive the number of parts and the size
// of all that is unpacked are bounded, as is the depth of XML and of RTF's
// groups. XML names no other file here and defines no entities. Every failure
// is an *Error that says which of these it was.
package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Document is what a file holds for readers.
type Document struct {
	Title, Author string
	Text          string
}

// Cause tells errors apart.
type Cause uint8

// The causes.
const (
	Damaged    Cause = iota // not what it says it is
	TooLarge                // unpacked, over the limit
	TooComplex              // too many parts, or nested too deeply
	Locked                  // encrypted
)

// Error says why a file cannot be read.
type Error struct {
	Cause  Cause
	Detail string
}

func (e *Error) Error() string { return e.Detail }

func errorf(c Cause, format string, args ...any) *Error {
	return &Error{Cause: c, Detail: fmt.Sprintf(format, args...)}
}

const (
	maxParts = 20_000 // files within a zip archive; a book of a thousand chapters and pictures has a tenth of that
	maxDepth = 1000   // of XML's elements and RTF's groups; documents in use are some 30 deep
)

// archive is a zip archive of which at most left bytes more are unpacked.
type archive struct {
	files map[string]*zip.File
	left  int64
}

// open reads the list of an archive's parts. limit is for all that is unpacked.
func open(b []byte, limit int) (*archive, error) {
	if n := bytes.Count(b, []byte("PK\x01\x02")); n > maxParts { // the library would list any number
		return nil, errorf(TooComplex, "an archive of over %d parts", maxParts)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, errorf(Damaged, "the zip archive cannot be read: %v", err)
	}
	a := &archive{files: map[string]*zip.File{}, left: int64(limit)}
	for _, f := range z.File {
		if _, twice := a.files[f.Name]; !twice {
			a.files[f.Name] = f
		}
	}
	return a, nil
}

// part unpacks one part; nil without an error when there is none of that name.
func (a *archive) part(name string) ([]byte, error) {
	f := a.files[strings.TrimPrefix(path.Clean(name), "/")]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, errorf(Locked, "%s is encrypted", clip(name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, errorf(Damaged, "%s: %v", clip(name), err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, a.left+1))
	if int64(len(b)) > a.left {
		return nil, errorf(TooLarge, "unpacked it is larger than the limit")
	}
	if err != nil {
		return nil, errorf(Damaged, "%s: %v", clip(name), err)
	}
	a.left -= int64(len(b))
	return b, nil
}

func clip(name string) string {
	return strings.ToValidUTF8(name[:min(len(name), 80)], "")
}

// walk calls visit for the start and end of every element and for its text.
func walk(b []byte, visit func(t xml.Token)) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("charset %q, where such files are UTF-8", label)
	}
	depth := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errorf(Damaged, "XML: %v", err)
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errorf(TooComplex, "XML nested over %d deep", maxDepth)
			}
		case xml.EndElement:
			depth--
		}
		visit(t)
	}
}

// paragraphs gathers text.
type paragraphs struct {
	out  strings.Builder
	line strings.Builder
}

// end ends a paragraph; empty ones leave no trace.
func (p *paragraphs) end() {
	s := strings.TrimSpace(p.line.String())
	p.line.Reset()
	if s == "" {
		return
	}
	if p.out.Len() > 0 {
		p.out.WriteString("\n\n")
	}
	p.out.WriteString(s)
}

// text is all of it.
func (p *paragraphs) text() string {
	p.end()
	return p.out.String()
}

// value is an attribute, whatever its space.
func value(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// metadata reads the first title and the first creator of Dublin Core, as all
// these formats have them.
func metadata(b []byte, d *Document) error {
	inside := ""
	first := map[string]string{}
	err := walk(b, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			inside = t.Name.Local
			if _, again := first[inside]; again || len(first) > 100 {
				inside = ""
			}
		case xml.CharData:
			if inside == "title" || inside == "creator" || inside == "initial-creator" {
				first[inside] += string(t)
			}
		case xml.EndElement:
			inside = ""
		}
	})
	d.Title = strings.TrimSpace(first["title"])
	d.Author = strings.TrimSpace(first["initial-creator"])
	if d.Author == "" {
		d.Author = strings.TrimSpace(first["creator"])
	}
	return err
}
