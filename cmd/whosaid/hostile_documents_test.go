package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// zipOf packs parts, given as name and content in turns.
func zipOf(parts ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		method := zip.Deflate
		if parts[i] == "mimetype" {
			method = zip.Store
		}
		w, _ := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: method})
		_, _ = io.WriteString(w, parts[i+1])
	}
	_ = z.Close()
	return b.String()
}

func docx(body string, more ...string) string {
	return zipOf(append([]string{"word/document.xml", `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`}, more...)...)
}

func letter(id, contentType, body string) string {
	return "From: Ada Example <ada@alder.invalid>\nDate: Mon, 9 Jan 2023 06:00:00 +0000\nMessage-ID: <" + id + "@alder.invalid>\nSubject: A day\nContent-Type: " +
		contentType + "\n\n" + body + "\n\n"
}

// hostileDocuments are those of documents, e-mail and exports.
func hostileDocuments() []hostileInput {
	const mib = 1 << 20
	paragraph := func(mark string) string { return "<w:p><w:r><w:t>" + said + " " + mark + "</w:t></w:r></w:p>" }
	var many []string
	for i := range 21_000 {
		many = append(many, fmt.Sprintf("x/%d", i), "")
	}
	whole := docx(paragraph("whole"))
	deep := "x"
	for i := range 40 {
		deep = fmt.Sprintf("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n%s", i+1, i, deep)
	}
	from := "From ada@alder.invalid Mon Jan  9 06:00:00 2023\n"
	chapter := "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>" + said + " In a book.</p></body></html>"
	article := func(n int, text string) string {
		return fmt.Sprintf("%d of 2 DOCUMENTS\n\nThe Alder Gazette\n\nMarch %d, 2014 Monday\n\nA day %d\n\nLENGTH: 20 words\n\n%s\n\nLOAD-DATE: March 3, 2014\n\n", n, n, n, text)
	}
	return []hostileInput{
		{"a DOCX bomb", "bomb.docx", docx(strings.Repeat("<w:p/>", 12*mib)), "rejects: 1 too_large"},
		{"DOCX of 21,000 parts", "parts.docx", docx(paragraph("parts"), many...), "rejects: 1 too_complex"},
		{"DOCX nested 20,000 deep", "deep.docx", docx(strings.Repeat("<w:p>", 20_000) + strings.Repeat("</w:p>", 20_000)), "rejects: 1 too_complex"},
		{"DOCX cut in the middle", "cut.docx", whole[:len(whole)/2], "rejects: 1 damaged"},
		{"DOCX with an entity of its own", "entity.docx", zipOf("word/document.xml", `<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), "rejects: 1 damaged"},
		{"an ODT bomb", "bomb.odt", zipOf("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<a>"+strings.Repeat(" ", 80*mib)+"</a>"), "rejects: 1 too_large"},
		{"EPUB that lists a chapter 10,000 times", "chapters.epub", zipOf("mimetype", "application/epub+zip",
			"META-INF/container.xml", `<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>`,
			"c.opf", `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine>`+strings.Repeat(`<itemref idref="a"/>`, 10_000)+`</spine></package>`,
			"a.xhtml", chapter), "1 ok"},
		{"RTF with 100,000 open braces", "braces.rtf", `{\rtf1 ` + strings.Repeat("{", 100_000), "rejects: 1 too_complex"},
		{"RTF cut in the middle", "cut.rtf", `{\rtf1 ` + said, "rejects: 1 damaged"},
		{"RTF with a picture of 3 MB", "picture.rtf", `{\rtf1 ` + said + ` Picture.\par{\pict ` + strings.Repeat("ff", 1_500_000) + "}}", "1 ok"},
		{"e-mail nested 40 deep", "deep.eml", letter("deep", "multipart/mixed; boundary=b40", deep), "rejects: 1 too_complex"},
		{"e-mail cut within its parts", "cut.eml", letter("cut", "multipart/mixed; boundary=b", "--b\n\n"+said), "rejects: 1 truncated"},
		{"e-mail with a lying charset", "lying.eml", letter("lying", "text/plain; charset=us-ascii", said+" In a letter."), "1 ok"},
		{"a mailbox with a broken message", "broken.mbox", from + letter("box1", "text/plain", said+" Box 1.") + from + letter("box2", "multipart/mixed; boundary=b", "--b\n\nx") +
			from + letter("box3", "text/plain", said+" Box 3."), "2 ok; rejects: 1 truncated"},
		{"an export with an article without text", "hole.txt", article(1, said+" Exported.") + article(2, ""), "1 ok; rejects: 1 no_text"},
		{"a PDF file", "paper.pdf.txt", "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "rejects: 1 unsupported"},
	}
}
