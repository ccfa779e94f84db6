package eval

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// NamedText is an article whose names people marked.
type NamedText struct {
	Doc   string
	Text  string
	Names []MarkedName // in text order, none overlapping
}

// MarkedName is one name in bytes of the text.
type MarkedName struct {
	Span news.Span
	Kind string // as the file has it: Person, Organization, Location, NORP, …
}

// Outlet is the outlet of the article: its name up to the number at its end.
func (t *NamedText) Outlet() string {
	return strings.TrimRight(strings.TrimRight(t.Doc, "0123456789"), "_")
}

// ReadNamesFile reads a BIO file as ReadNames does.
func ReadNamesFile(path string) ([]NamedText, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	defer f.Close()
	return ReadNames(f, path)
}

// ReadNames reads a BIO file: a token and its label (O, B-KIND, I-KIND) a
// line, set apart by a tab or spaces (further columns, for names inside names, are not
// read); `# doc NAME` opens an article, blank lines part
// paragraphs. The text is made of the tokens again, with spaces where English
// has them.
func ReadNames(r io.Reader, name string) ([]NamedText, error) {
	var out []NamedText
	var b textMaker
	line := 0
	flush := func(next string) {
		if b.text.Len() > 0 {
			out = append(out, NamedText{Doc: b.doc, Text: b.text.String(), Names: b.names})
		}
		b = textMaker{doc: next}
	}
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		line++
		row := strings.TrimRight(scan.Text(), "\r")
		if doc, ok := strings.CutPrefix(row, "# doc "); ok {
			flush(strings.TrimSpace(doc))
			continue
		}
		if strings.TrimSpace(row) == "" {
			b.paragraph()
			continue
		}
		token, label, ok := strings.Cut(row, "\t")
		if fields := strings.Fields(row); !ok && len(fields) == 2 {
			token, label, ok = fields[0], fields[1], true
		}
		if !ok || token == "" {
			return nil, fmt.Errorf("read %s:%d: %q is no token and label set apart by a tab or spaces", name, line, row)
		}
		label, _, _ = strings.Cut(label, "\t") // a name inside a name comes after the whole one
		if label != "O" && !strings.HasPrefix(label, "B-") && !strings.HasPrefix(label, "I-") {
			return nil, fmt.Errorf("read %s:%d: label %q is not O, B-KIND or I-KIND", name, line, label)
		}
		b.add(token, label)
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	flush("")
	return out, nil
}

// textMaker writes tokens as running text.
type textMaker struct {
	doc    string
	text   strings.Builder
	names  []MarkedName
	last   string // the token before; empty at the start of a paragraph
	before string // the one before that
	label  string // of the token before
	open   bool   // a straight quotation mark is open
	hyphen bool   // the token before is a hyphen inside a word
}

func (b *textMaker) paragraph() {
	if b.last != "" {
		b.text.WriteString("\n\n")
	}
	b.last, b.before, b.label, b.open, b.hyphen = "", "", "O", false, false
}

func (b *textMaker) add(token, label string) {
	hyphen := token == "-" && b.inWord()
	if b.last != "" && !b.glued(token, hyphen) {
		b.text.WriteByte(' ')
	}
	start := int32(b.text.Len())
	b.text.WriteString(token)
	span := news.Span{Start: start, End: int32(b.text.Len())}
	switch kind := label[min(2, len(label)):]; {
	case label == "O":
	case label[0] == 'I' && len(b.names) > 0 && b.label != "O" && b.names[len(b.names)-1].Kind == kind:
		b.names[len(b.names)-1].Span.End = span.End
	default:
		b.names = append(b.names, MarkedName{span, kind})
	}
	if token == `"` {
		b.open = !b.open
	}
	b.before, b.last, b.label, b.hyphen = b.last, token, label, hyphen
}

// inWord reports whether a hyphen after the last token is likely to stand
// inside a word: not after a mark, nor after the capitals of a dateline.
func (b *textMaker) inWord() bool {
	r, _ := utf8.DecodeLastRuneInString(b.last)
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return false
	}
	return b.before != "" && b.before != "," || strings.ToUpper(b.last) != b.last || len(b.last) < 4
}

func (b *textMaker) glued(token string, hyphen bool) bool {
	if b.hyphen || hyphen {
		return true
	}
	switch b.last {
	case "(", "[", "“", "‘", "«", "$", "£", "€", "#", "₡":
		return true
	case `"`:
		return b.open
	}
	switch token {
	case ",", ".", ";", ":", "?", "!", ")", "]", "”", "»", "%", "…", "™", "n't", "n’t", "...":
		return true
	case `"`:
		return b.open
	case "’", "'":
		return true
	}
	if b.last == "’" || b.last == "'" {
		return token == "s" || token == "t" || token == "re" || token == "ve" || token == "ll" || token == "d" || token == "m"
	}
	return strings.HasPrefix(token, "'") && len(token) <= 3 || strings.HasPrefix(token, "’") && len(token) <= 5
}
