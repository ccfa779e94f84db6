package office

import (
	"encoding/xml"
	"path"
	"strings"
)

// DOCX reads a document of Word. limit is the most bytes of all that is
// unpacked.
func DOCX(b []byte, limit int) (*Document, error) {
	a, err := open(b, limit)
	if err != nil {
		return nil, err
	}
	body, err := a.wordBody()
	if err != nil {
		return nil, err
	}
	d := &Document{}
	if d.Text, err = wordText(body); err != nil {
		return nil, err
	}
	core, err := a.part("docProps/core.xml")
	if err == nil && core != nil {
		_ = metadata(core, d) // what is damaged there costs the title
	}
	return d, nil
}

// wordBody is the main part, wherever the package says it is.
func (a *archive) wordBody() ([]byte, error) {
	name := "word/document.xml"
	rels, err := a.part("_rels/.rels")
	if err != nil {
		return nil, err
	}
	err = walk(rels, func(t xml.Token) {
		if e, ok := t.(xml.StartElement); ok && strings.HasSuffix(value(e, "Type"), "/officeDocument") {
			if target := path.Clean("/" + value(e, "Target")); a.files[target[1:]] != nil {
				name = target[1:]
			}
		}
	})
	if err != nil {
		return nil, err
	}
	body, err := a.part(name)
	if err == nil && body == nil {
		return nil, errorf(Damaged, "a zip archive without a Word document in it")
	}
	return body, err
}

// wordGone are the elements that readers of the document do not see, and the
// second of two ways to write a text box.
var wordGone = map[string]bool{
	"del": true, "moveFrom": true, "Fallback": true, "instrText": true, "delText": true,
	"footnote": true, "comment": true, "rPr": true, "pPr": true, "sectPr": true,
}

func wordText(b []byte) (string, error) {
	var p paragraphs
	gone, inText, root := 0, false, ""
	err := walk(b, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			if root == "" {
				root = t.Name.Local
			}
			if gone > 0 || wordGone[t.Name.Local] {
				gone++
				return
			}
			switch t.Name.Local {
			case "p", "txbxContent":
				p.end()
			case "t":
				inText = true
			case "tab", "ptab":
				p.line.WriteByte('\t')
			case "br", "cr":
				p.line.WriteByte('\n')
			case "noBreakHyphen":
				p.line.WriteRune('\u2011')
			}
		case xml.EndElement:
			if gone > 0 {
				gone--
				return
			}
			switch t.Name.Local {
			case "p", "txbxContent":
				p.end()
			case "t":
				inText = false
			}
		case xml.CharData:
			if inText && gone == 0 {
				p.line.Write(t)
			}
		}
	})
	if err == nil && root != "document" {
		err = errorf(Damaged, "its main part is no Word document")
	}
	return p.text(), err
}
