package source

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Format is what kind of records a file holds.
type Format uint8

// The formats. Auto, the zero value, goes by content and then by extension.
const (
	Auto Format = iota
	Text
	JSONL
	CSV
	TSV
	Parquet
	HTML
	WARC
	Email
	Mbox
	Export
	DOCX
	ODT
	EPUB
	RTF
	Arrow
	Feed
	NITF
	NewsML
	unknown // content that no reader can take
)

// description is all there is to say of an input format. Help, completion, what
// a folder is searched for, how a file is recognized and how it is read all
// follow from it.
type description struct {
	format     Format
	name       string   // as --input-format has it
	what       string   // for people: what it is
	extensions []string // of the files that a folder is searched for, in lower case, with the dot
	// A file is of the first format in the table for which one of magic is its
	// first bytes, once decompressed, or which looks like it.
	magic []string
	looks func(*head) bool
	// named: a text that looks like no format is of this one when its name says so.
	named bool
	// slices reports whether a large file that begins with text may be cut into
	// ranges of whole lines; nil: never.
	slices func(o *Options, text []byte) bool
	// seeks: read by place, from a regular file that is not compressed.
	seeks bool
	// decodes: the reader gets the bytes as they are, and tells their charset
	// record by record; otherwise it gets UTF-8, or what is near it.
	decodes bool
	read    func(*run, *opened) error
}

// formats describes them, in the order in which a file is tried for them:
// the most particular first, what could be anything last. It is a function
// because the readers in it use it themselves.
func formats() []description {
	return []description{
		{
			format: Parquet, name: "parquet", what: "Parquet tables",
			extensions: []string{".parquet", ".pq"}, magic: []string{"PAR1"},
			looks: func(h *head) bool { return h.text == nil && h.named == Parquet }, // its reader says best what is wrong with it
			seeks: true, read: (*run).parquet,
		}, {
			format: Arrow, name: "arrow", what: "Arrow IPC streams and files",
			extensions: []string{".arrow", ".arrows"}, magic: []string{arrowFile, arrowStream},
			decodes: true, read: (*run).arrow,
		}, {
			format: WARC, name: "warc", what: "WARC and WET archives of web pages",
			extensions: []string{".warc", ".wet"}, magic: []string{"WARC/"},
			decodes: true, read: (*run).warc,
		}, {
			format: EPUB, name: "epub", what: "electronic books, an article a chapter",
			extensions: []string{".epub"}, looks: func(h *head) bool { return h.zipped() == EPUB },
			decodes: true, read: (*run).epub,
		}, {
			format: ODT, name: "odt", what: "text documents of OpenDocument",
			extensions: []string{".odt"}, looks: func(h *head) bool { return h.zipped() == ODT },
			decodes: true, read: (*run).odt,
		}, {
			format: DOCX, name: "docx", what: "documents of Word",
			extensions: []string{".docx"}, looks: func(h *head) bool { return h.zipped() == DOCX },
			decodes: true, read: (*run).docx,
		}, {
			format: RTF, name: "rtf", what: "documents in Rich Text Format",
			extensions: []string{".rtf"}, magic: []string{"{\\rtf"}, decodes: true, read: (*run).rtf,
		}, {
			format: Mbox, name: "mbox", what: "mailboxes of e-mail",
			extensions: []string{".mbox", ".mbx"}, looks: looksMbox, decodes: true, read: (*run).mbox,
		}, {
			format: Email, name: "email", what: "e-mail, a message a file",
			extensions: []string{".eml"}, looks: looksEmail, decodes: true, read: (*run).email,
		}, {
			format: JSONL, name: "jsonl", what: "JSON Lines, and JSON of other shapes",
			extensions: []string{".jsonl", ".ndjson", ".json", ".jl"}, looks: looksJSON,
			named: true, slices: linewise, read: (*run).jsonl,
		}, {
			format: Export, name: "export", what: "exports of Nexis Uni, LexisNexis, Factiva and ProQuest",
			looks: looksExport, decodes: true, read: (*run).export,
		}, {
			format: Feed, name: "feed", what: "RSS and Atom feeds",
			extensions: []string{".rss", ".atom", ".rdf", ".xml"}, looks: rooted("rss", "feed", "rdf"), read: (*run).feed,
		}, {
			format: NITF, name: "nitf", what: "NITF documents",
			extensions: []string{".nitf", ".ntf"}, looks: rooted("nitf"), read: (*run).nitf,
		}, {
			format: NewsML, name: "newsml", what: "NewsML documents",
			extensions: []string{".newsml"}, looks: rooted("newsmessage", "newsitem", "newsml"), read: (*run).newsML,
		}, {
			format: HTML, name: "html", what: "web pages",
			extensions: []string{".html", ".htm", ".xhtml"}, looks: looksHTML,
			decodes: true, read: (*run).html,
		}, {
			format: TSV, name: "tsv", what: "tables parted by tabs",
			extensions: []string{".tsv", ".tab"}, looks: func(h *head) bool { return h.table(TSV) },
			named: true, read: func(x *run, in *opened) error { return x.csv(in.w, true) },
		}, {
			format: CSV, name: "csv", what: "tables parted by commas, semicolons or bars",
			extensions: []string{".csv"}, looks: func(h *head) bool { return h.table(CSV) },
			named: true, read: func(x *run, in *opened) error { return x.csv(in.w, false) },
		}, {
			format: Text, name: "text", what: "plain text, an article a file",
			extensions: []string{".txt", ".text", ""}, looks: func(h *head) bool { return h.text != nil && !h.claimed() && !bytes.HasPrefix(h.text, []byte("<?xml")) },
			named: true, decodes: true, read: (*run).text,
		},
	}
}

// description of f; false for Auto and what no reader takes.
func (f Format) description() (description, bool) {
	for _, d := range formats() {
		if d.format == f {
			return d, true
		}
	}
	return description{}, false
}

func (f Format) String() string {
	switch d, ok := f.description(); {
	case ok:
		return d.name
	case f == Auto:
		return "auto"
	case f == unknown:
		return "unknown"
	}
	return fmt.Sprintf("format(%d)", uint8(f))
}

// FormatNames are the names that ParseFormat takes, auto first and the others
// in the order of the alphabet.
func FormatNames() []string {
	var names []string
	for _, d := range formats() {
		names = append(names, d.name)
	}
	slices.Sort(names)
	return append([]string{"auto"}, names...)
}

// ParseFormat finds a format by the name that String gives; "" is Auto.
func ParseFormat(name string) (Format, error) {
	if name == "" || strings.EqualFold(name, "auto") {
		return Auto, nil
	}
	for _, d := range formats() {
		if strings.EqualFold(d.name, name) {
			return d.format, nil
		}
	}
	return Auto, fmt.Errorf("unknown input format %q; one of %s", name, strings.Join(FormatNames(), ", "))
}

// compressions are the extensions that stand behind a format's own.
var compressions = map[string]bool{".gz": true, ".zst": true, ".zstd": true, ".bz2": true, ".xz": true}

// byName is the format that a file's name suggests; ok is false for an
// extension that no reader claims. stem is the name without its extensions.
func byName(path string) (f Format, stem string, ok bool) {
	name := filepath.Base(path)
	for {
		ext := filepath.Ext(name)
		if !compressions[strings.ToLower(ext)] || ext == name {
			break
		}
		name = strings.TrimSuffix(name, ext)
	}
	ext := filepath.Ext(name)
	if ext == name { // .profile has no extension
		ext = ""
	}
	for _, d := range formats() {
		if slices.Contains(d.extensions, strings.ToLower(ext)) {
			return d.format, strings.TrimSuffix(name, ext), true
		}
	}
	return Auto, name, false
}

// sniffLen is how much of the decompressed stream sniff looks at: enough for
// the longest header line seen in corpora, small enough to read for every file
// of a folder.
const sniffLen = 16 << 10

// head is what a format is told by.
type head struct {
	raw   []byte // the first bytes, decompressed
	text  []byte // in UTF-8 or near it, from the first character that is no space; nil when the bytes are no text
	named Format // what the file's name suggests; Auto when that says nothing
	o     *Options
}

// sniff tells the format of a file by the head of its decompressed content and
// by its name. why says what the content seems to be when it is unknown.
func (o *Options) sniff(raw []byte, path string) (f Format, why string) {
	h := &head{raw: raw, text: peekText(raw), o: o}
	h.named, _, _ = byName(path)
	known := formats()
	for _, d := range known {
		for _, m := range d.magic {
			if bytes.HasPrefix(raw, []byte(m)) {
				return d.format, ""
			}
		}
	}
	for _, m := range foreign {
		if bytes.HasPrefix(raw, []byte(m.magic)) && h.zipped() == Auto {
			return unknown, m.what
		}
	}
	if h.zipped() != Auto {
		h.text = nil
	}
	if h.text != nil {
		h.text = append([]byte{}, bytes.TrimLeft(h.text, " \t\r\n")...) // not nil, be there nothing but spaces
	}
	for _, d := range known {
		if d.looks != nil && d.looks(h) {
			return d.format, ""
		}
	}
	if h.text == nil {
		return unknown, "binary data"
	}
	if root := xmlRoot(h.text); root != "" && bytes.HasPrefix(h.text, []byte("<?xml")) {
		return unknown, "XML of a kind that is not read: its first element is <" + clean(root) + ">"
	}
	return h.named, "" // claimed by its name
}

// claimed reports whether the file's name says what it is, where its content
// does not.
func (h *head) claimed() bool {
	d, ok := h.named.description()
	return ok && d.named
}

// table reports whether h is a table of that format, by its name or by a header
// line that names a text column.
func (h *head) table(f Format) bool {
	if h.text == nil || h.named == CSV || h.named == TSV {
		return h.text != nil && h.named == f
	}
	line, _, _ := bytes.Cut(h.text, []byte("\n"))
	delim := h.o.headerDelimiter(line)
	return delim != 0 && (delim == '\t') == (f == TSV)
}

// foreign are files that turn up in corpora and that no reader takes.
var foreign = []struct{ magic, what string }{
	{"PK\x03\x04", "a zip archive; unpack it first"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of old Word, Excel or Outlook; save it as DOCX, text or e-mail (.eml)"},
	{"%PDF-", "a PDF document; a program such as pdftotext makes plain text of it"},
	{"\x89PNG", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"GIF8", "a GIF image"},
	{"\x7fELF", "a program"},
	{"ORC", "an ORC file"},
	{"ARROW1", "an Arrow file"},
	{"Obj\x01", "an Avro file"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
	{"Rar!", "a RAR archive"},
}

// peekText decodes UTF-16 and drops a byte-order mark; nil when the head is
// not text.
func peekText(head []byte) []byte {
	if order := utf16Order(head); order != notUTF16 {
		b, err := utf16Encoding(order).NewDecoder().Bytes(head[:len(head)&^1])
		if err != nil {
			return nil
		}
		return bytes.TrimPrefix(b, []byte("\ufeff"))
	}
	if controlShare(head) {
		return nil
	}
	return bytes.TrimPrefix(head, []byte("\ufeff"))
}

// rooted is for XML that begins with an element of one of the names.
func rooted(names ...string) func(*head) bool {
	return func(h *head) bool { return slices.Contains(names, xmlRoot(h.text)) }
}

// looksJSON reports whether h starts as an object, or as an array of objects.
// A text that starts with a bracketed note does not. A file named .json may be
// broken from the first line on: its reader says so line by line.
func looksJSON(h *head) bool {
	t := h.text
	if h.named == JSONL && len(t) > 0 && (t[0] == '{' || t[0] == '[') {
		return true
	}
	if len(t) > 0 && t[0] == '[' {
		t = bytes.TrimLeft(t[1:], " \t\r\n")
	}
	if len(t) == 0 || t[0] != '{' {
		return false
	}
	t = bytes.TrimLeft(t[1:], " \t\r\n")
	return len(t) > 0 && (t[0] == '"' || t[0] == '}')
}

// looksHTML reports whether h starts as a page. A file named .html may start
// with any tag, or hold some within its first kilobytes.
func looksHTML(h *head) bool {
	t := h.text
	start := bytes.ToLower(t[:min(len(t), 64)])
	for _, p := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if bytes.HasPrefix(start, []byte(p)) {
			return true
		}
	}
	if bytes.HasPrefix(start, []byte("<?xml")) || bytes.HasPrefix(start, []byte("<!--")) {
		low := bytes.ToLower(t)
		return bytes.Contains(low, []byte("<html"))
	}
	return h.named == HTML && (bytes.HasPrefix(t, []byte("<")) || bytes.Contains(t, []byte("</")))
}
