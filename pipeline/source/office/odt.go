package office

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// ODT reads a text document of OpenDocument, as LibreOffice writes it.
func ODT(b []byte, limit int) (*Document, error) {
	a, err := open(b, limit)
	if err != nil {
		return nil, err
	}
	content, err := a.part("content.xml")
	if err != nil {
		return nil, err
	}
	if content == nil {
		return nil, errorf(Damaged, "a zip archive without content.xml in it")
	}
	if manifest, err := a.part("META-INF/manifest.xml"); err == nil && strings.Contains(string(manifest), "encryption-data") {
		return nil, errorf(Locked, "the document is locked with a password")
	}
	d := &Document{}
	if d.Text, err = odtText(content); err != nil {
		return nil, err
	}
	meta, err := a.part("meta.xml")
	if err == nil && meta != nil {
		_ = metadata(meta, d)
	}
	return d, nil
}

// odtGone are the elements that are not part of the running text.
var odtGone = map[string]bool{
	"tracked-changes": true, "note": true, "annotation": true, "scripts": true, "font-face-decls": true,
	"automatic-styles": true, "sequence-decls": true, "forms": true, "table-of-content": true, "desc": true, "title": true,
}

func odtText(b []byte) (string, error) {
	var p paragraphs
	gone, open := 0, 0 // open: paragraphs and headings that have begun
	err := walk(b, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			if gone > 0 || odtGone[t.Name.Local] {
				gone++
				return
			}
			switch t.Name.Local {
			case "p", "h":
				p.end()
				open++
			case "s":
				n, err := strconv.Atoi(value(t, "c"))
				if err != nil {
					n = 1
				}
				p.line.WriteString(strings.Repeat(" ", max(0, min(n, 100))))
			case "tab":
				p.line.WriteByte('\t')
			case "line-break":
				p.line.WriteByte('\n')
			}
		case xml.EndElement:
			if gone > 0 {
				gone--
				return
			}
			if t.Name.Local == "p" || t.Name.Local == "h" {
				p.end()
				open--
			}
		case xml.CharData:
			if open > 0 && gone == 0 {
				// Runs of white space are one space, as the format has it.
				if s := strings.Join(strings.Fields(string(t)), " "); s != "" {
					p.spaced(string(t), s)
				} else if len(t) > 0 {
					p.line.WriteByte(' ')
				}
			}
		}
	})
	return p.text(), err
}

// spaced writes s, the words of raw, with a space on each side where raw has
// white space.
func (p *paragraphs) spaced(raw, s string) {
	if strings.TrimLeft(raw, " \t\r\n") != raw {
		p.line.WriteByte(' ')
	}
	p.line.WriteString(s)
	if strings.TrimRight(raw, " \t\r\n") != raw {
		p.line.WriteByte(' ')
	}
}
