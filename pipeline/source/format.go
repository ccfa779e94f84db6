package source

import (
	"bytes"
	"fmt"
	"path/filepath"
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
	unknown // content that no reader can take
)

var formatNames = [...]string{"auto", "text", "jsonl", "csv", "tsv", "parquet", "html", "warc", "unknown"}

func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return fmt.Sprintf("format(%d)", uint8(f))
}

// ParseFormat finds a format by the name that String gives; "" is Auto.
func ParseFormat(name string) (Format, error) {
	if name == "" {
		return Auto, nil
	}
	for i, n := range formatNames[:unknown] {
		if strings.EqualFold(n, name) {
			return Format(i), nil
		}
	}
	return Auto, fmt.Errorf("unknown input format %q; one of %s", name, strings.Join(formatNames[:unknown], ", "))
}

// extensions are the file names that a folder is searched for.
var extensions = map[string]Format{
	".txt": Text, ".text": Text, "": Text,
	".jsonl": JSONL, ".ndjson": JSONL, ".json": JSONL, ".jl": JSONL,
	".csv": CSV, ".tsv": TSV, ".tab": TSV,
	".parquet": Parquet, ".pq": Parquet,
	".html": HTML, ".htm": HTML, ".xhtml": HTML,
	".warc": WARC, ".wet": WARC,
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
	f, ok = extensions[strings.ToLower(ext)]
	if !ok {
		return Auto, name, false
	}
	return f, strings.TrimSuffix(name, ext), true
}

// sniffLen is how much of the decompressed stream sniff looks at: enough for
// the longest header line seen in corpora, small enough to read for every file
// of a folder.
const sniffLen = 16 << 10

// sniff tells the format of a file by the head of its decompressed content and
// by its name. why says what the content seems to be when it is unknown.
func (o *Options) sniff(head []byte, path string) (f Format, why string) {
	named, _, known := byName(path)
	if bytes.HasPrefix(head, []byte("PAR1")) {
		return Parquet, ""
	}
	if bytes.HasPrefix(head, []byte("WARC/")) {
		return WARC, ""
	}
	for _, m := range foreign {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return unknown, m.what
		}
	}
	text := peekText(head)
	if text == nil {
		if known && named == Parquet {
			return Parquet, "" // its reader says best what is wrong with it
		}
		return unknown, "binary data"
	}
	t := bytes.TrimLeft(text, " \t\r\n")
	switch {
	case looksJSON(t):
		return JSONL, ""
	case looksHTML(t, named):
		return HTML, ""
	case known && (named == CSV || named == TSV):
		return named, ""
	case known && named == JSONL && len(t) > 0 && (t[0] == '{' || t[0] == '['):
		return JSONL, "" // broken from the first line on: say so line by line
	}
	line, _, _ := bytes.Cut(t, []byte("\n"))
	if delim := o.headerDelimiter(line); delim == '\t' {
		return TSV, ""
	} else if delim != 0 {
		return CSV, ""
	}
	if known && named != Auto && named != HTML && named != Parquet && named != WARC {
		return named, ""
	}
	return Text, ""
}

// foreign are files that turn up in corpora and that no reader takes.
var foreign = []struct{ magic, what string }{
	{"PK\x03\x04", "a zip archive"},
	{"%PDF-", "a PDF document"},
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

// looksJSON reports whether t starts as an object, or as an array of objects.
// A text that starts with a bracketed note does not.
func looksJSON(t []byte) bool {
	if len(t) > 0 && t[0] == '[' {
		t = bytes.TrimLeft(t[1:], " \t\r\n")
	}
	if len(t) == 0 || t[0] != '{' {
		return false
	}
	t = bytes.TrimLeft(t[1:], " \t\r\n")
	return len(t) > 0 && (t[0] == '"' || t[0] == '}')
}

// looksHTML reports whether t starts as a page. A file named .html may start
// with any tag, or hold some within its first kilobytes.
func looksHTML(t []byte, named Format) bool {
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
	return named == HTML && (bytes.HasPrefix(t, []byte("<")) || bytes.Contains(t, []byte("</")))
}
