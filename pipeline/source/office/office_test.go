package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"
)

func TestRTF(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"paragraphs", `{\rtf1 Rain.\par\par Sun.}`, "Rain.\n\nSun."},
		{"code page of the document", `{\rtf1\ansi\ansicpg1251 \'c4\'e0.}`, "Да."},
		{"code page of a font", `{\rtf1{\fonttbl{\f0 A;}{\f1\fcharset238 B;}}\f0 Zo\'eb {\f1 Dvo\'f8\'e1k}.}`, "Zoë Dvořák."},
		{"two bytes a character", `{\rtf1{\fonttbl{\f1\fcharset128 B;}}\f1\'93\'fa\'96\'7b}`, "日本"},
		{"Unicode with what old readers show", `{\rtf1\uc1 \u8220?Why?\u8221 ?{\uc0\u8212 x}}`, "“Why?”—x"},
		{"a character of two halves", `{\rtf1\u-10179?\u-8704?}`, "😀"},
		{"fields", `{\rtf1 {\field{\*\fldinst HYPERLINK "x"}{\fldrslt Rain}} fell.}`, "Rain fell."},
		{"what is no text", `{\rtf1{\info{\title T}}{\header h}{\*\secret s}{\footnote f}a{\v b}{\deleted c}d}`, "ad"},
		{"a table", `{\rtf1\trowd a\cell b\cell\row c\par}`, "a\tb\n\nc"},
		{"binary data with braces", "{\\rtf1 a{\\pict\\bin3 }}}}b}", "ab"},
		{"escapes", `{\rtf1 \{a\\b\}\~c\_d\-e}`, "{a\\b}\u00a0c\u2011de"},
		{"behind the end", `{\rtf1 a}b`, "a"},
	} {
		d, err := RTF([]byte(c.data))
		if err != nil || d.Text != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, d, err, c.want)
		}
	}
}

func archiveOf(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, _ := z.Create(parts[i])
		_, _ = w.Write([]byte(parts[i+1]))
	}
	_ = z.Close()
	return b.Bytes()
}

func TestDOCX(t *testing.T) {
	const open, end = `<w:document xmlns:w="w" xmlns:mc="m"><w:body>`, `</w:body></w:document>`
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"main part elsewhere", archiveOf("_rels/.rels", `<R><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></R>`, "word/document2.xml", open+`<w:p><w:r><w:t>Rain</w:t><w:tab/><w:t>fell.</w:t></w:r></w:p>`+end), "Rain\tfell."},
		{"a text box written twice", archiveOf("word/document.xml", open+`<w:p><w:r><w:t>Rain</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>`+end), "Rain\n\nBox"},
		{"white space between elements", archiveOf("word/document.xml", open+"\n <w:p>\n <w:r>\n <w:t>Rain</w:t> </w:r>\n<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"+end), "Rain"},
	} {
		d, err := DOCX(c.data, 1<<20)
		if err != nil || d.Text != c.want {
			t.Errorf("%s: %+v, %v, want %q", c.name, d, err, c.want)
		}
	}
	locked := archiveOf("mimetype", "x", "content.xml", "\x01", "META-INF/manifest.xml", `<m><encryption-data/></m>`)
	for _, c := range []struct {
		name string
		err  error
		want Cause
	}{
		{"no archive", errOf(DOCX([]byte("PK\x03\x04x"), 100)), Damaged},
		{"another archive", errOf(DOCX(archiveOf("a", "b"), 100)), Damaged},
		{"a spreadsheet", errOf(DOCX(archiveOf("word/document.xml", "<workbook/>"), 100)), Damaged},
		{"over the limit", errOf(DOCX(archiveOf("word/document.xml", open+end), 20)), TooLarge},
		{"with a password", errOf(ODT(locked, 1000)), Locked},
		{"no book", errOf(EPUB(archiveOf("META-INF/container.xml", "<x/>"), 1000)), Damaged},
		{"RTF without its end", errOf(RTF([]byte(`{\rtf1 a`))), Damaged},
	} {
		var e *Error
		if !errors.As(c.err, &e) || e.Cause != c.want {
			t.Errorf("%s: %v", c.name, c.err)
		}
	}
}

func errOf[T any](_ T, err error) error { return err }
