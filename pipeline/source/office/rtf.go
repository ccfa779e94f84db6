package office

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// RTF reads a document in Rich Text Format.
func RTF(b []byte) (*Document, error) {
	if !bytes.HasPrefix(b, []byte(`{\rtf`)) {
		return nil, errorf(Damaged, "it does not begin as RTF does")
	}
	r := &rtf{b: b, page: charmap.Windows1252, fonts: map[int]encoding.Encoding{}}
	r.state.skip = 1
	if err := r.read(); err != nil {
		return nil, err
	}
	d := &Document{Title: strings.TrimSpace(r.info["title"]), Author: strings.TrimSpace(r.info["author"])}
	r.bytes()
	d.Text = r.out.text()
	return d, nil
}

// rtf is the reading of one document.
type rtf struct {
	b       []byte
	i       int
	out     paragraphs
	info    map[string]string
	raw     []byte // characters of a code page that are not decoded yet
	high    uint16 // the first half of a character outside of the basic plane
	page    encoding.Encoding
	fonts   map[int]encoding.Encoding
	state   group
	groups  []group
	omit    int  // characters that stand behind \u for old readers
	starred bool // \* came right before
}

// group is what holds between two braces.
type group struct {
	skip int    // characters behind \u
	dest string // "" is the text, "-" what is no text, others those of infos
	font int
	hide bool
}

// unread are the destinations that are no text.
var unread = map[string]bool{
	"fonttbl": true, "colortbl": true, "stylesheet": true, "pict": true, "object": true, "header": true, "headerl": true,
	"headerr": true, "headerf": true, "footer": true, "footerl": true, "footerr": true, "footerf": true, "footnote": true,
	"annotation": true, "info": true, "themedata": true, "datastore": true, "filetbl": true, "listtable": true,
	"listoverridetable": true, "revtbl": true, "rsidtbl": true, "generator": true, "xmlnstbl": true, "fldinst": true,
	"listtext": true, "pntext": true, "nonshppict": true, "bkmkstart": true, "bkmkend": true, "atnid": true, "atnauthor": true,
	"latentstyles": true, "colorschememapping": true, "mmathPr": true, "tc": true, "xe": true, "private": true, "falt": true, "panose": true,
}

// characters are the control words that stand for one.
var characters = map[string]string{
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "tab": "\t", "cell": "\t", "nestcell": "\t", "line": "\n", "lbr": "\n",
}

func (r *rtf) read() error {
	for r.i < len(r.b) {
		c := r.b[r.i]
		r.i++
		switch c {
		case '{':
			if len(r.groups) >= maxDepth {
				return errorf(TooComplex, "groups nested over %d deep", maxDepth)
			}
			r.bytes()
			r.groups = append(r.groups, r.state)
			r.omit = 0
		case '}':
			r.bytes()
			r.omit = 0
			if len(r.groups) == 0 {
				continue
			}
			r.state = r.groups[len(r.groups)-1]
			r.groups = r.groups[:len(r.groups)-1]
			if len(r.groups) == 0 {
				return nil // what stands behind the document is none of it
			}
		case '\\':
			r.control()
		case '\r', '\n', 0:
		default:
			r.char(c)
		}
	}
	if len(r.groups) > 0 {
		return errorf(Damaged, "the document ends within its braces")
	}
	return nil
}

// control reads what stands behind a backslash.
func (r *rtf) control() {
	if r.i >= len(r.b) {
		return
	}
	c := r.b[r.i]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		r.word()
		return
	}
	r.i++
	switch c {
	case '\'':
		if r.i+2 <= len(r.b) {
			if n, err := strconv.ParseUint(string(r.b[r.i:r.i+2]), 16, 8); err == nil {
				r.char(byte(n))
			}
			r.i += 2
		}
	case '*':
		r.starred = true
	case '~':
		r.write("\u00a0")
	case '_':
		r.write("\u2011")
	case '-', '|', ':': // a place to part a word; marks of indexes
	case '\n', '\r':
		r.paragraph()
	default:
		r.char(c) // \\ \{ \}
	}
}

// word reads a control word, its number, and the space that ends it.
func (r *rtf) word() {
	from := r.i
	for r.i < len(r.b) && (r.b[r.i] >= 'a' && r.b[r.i] <= 'z' || r.b[r.i] >= 'A' && r.b[r.i] <= 'Z') {
		r.i++
	}
	name := string(r.b[from:min(r.i, from+40)])
	at := r.i
	if r.i < len(r.b) && r.b[r.i] == '-' {
		r.i++
	}
	for r.i < len(r.b) && r.b[r.i] >= '0' && r.b[r.i] <= '9' && r.i-at < 11 {
		r.i++
	}
	n, err := strconv.Atoi(string(r.b[at:r.i]))
	given := err == nil
	if r.i < len(r.b) && r.b[r.i] == ' ' {
		r.i++
	}
	starred := r.starred
	r.starred = false
	if starred || unread[name] {
		r.bytes()
		if r.state.dest == "" {
			r.state.dest = "-"
		}
		if name != "info" {
			return
		}
	}
	r.act(name, n, given)
}

// act does what a control word says.
func (r *rtf) act(name string, n int, given bool) {
	switch name {
	case "u":
		r.unicode(n)
	case "uc":
		r.state.skip = max(0, min(n, 100))
	case "bin":
		r.i += max(0, min(n, len(r.b)-r.i))
	case "par", "sect", "page", "row", "nestrow":
		r.paragraph()
	case "title", "author":
		if r.state.dest == "-" {
			r.state.dest = name
		}
	case "ansicpg":
		if e := codePage(n); e != nil {
			r.page = e
		}
	case "mac":
		r.page = charmap.Macintosh
	case "pc":
		r.page = charmap.CodePage437
	case "f":
		r.bytes()
		r.state.font = n
	case "fcharset":
		if e := fontPage(n); e != nil && len(r.fonts) < 4096 {
			r.fonts[r.state.font] = e
		}
	case "v", "deleted":
		r.bytes()
		r.state.hide = !given || n != 0
	case "plain":
		r.bytes()
		r.state.hide = false
	default:
		if s := characters[name]; s != "" {
			r.write(s)
		}
	}
}

// char takes a byte of the text, in the code page of its font.
func (r *rtf) char(c byte) {
	r.starred = false
	if r.omit > 0 {
		r.omit--
		return
	}
	r.raw = append(r.raw, c)
}

// unicode takes \u's number, which is signed and of 16 bits.
func (r *rtf) unicode(n int) {
	r.bytes()
	c := uint16(n)
	r.omit = r.state.skip
	switch {
	case c >= 0xd800 && c < 0xdc00:
		r.high = c
		return
	case c >= 0xdc00 && c < 0xe000:
		r.put(string(utf16.Decode([]uint16{r.high, c})))
	default:
		r.put(string(utf16.Decode([]uint16{c})))
	}
	r.high = 0
}

// write adds text in UTF-8.
func (r *rtf) write(s string) {
	r.bytes()
	r.put(s)
}

// bytes decodes what was gathered.
func (r *rtf) bytes() {
	if len(r.raw) == 0 {
		return
	}
	e := r.page
	if f := r.fonts[r.state.font]; f != nil {
		e = f
	}
	s, err := e.NewDecoder().Bytes(r.raw)
	if err != nil {
		s = bytes.ToValidUTF8(r.raw, []byte("\ufffd"))
	}
	r.put(string(s))
	r.raw = r.raw[:0]
}

func (r *rtf) put(s string) {
	switch d := r.state.dest; {
	case r.state.hide || d == "-":
	case d == "":
		r.out.line.WriteString(s)
	default:
		if r.info == nil {
			r.info = map[string]string{}
		}
		if len(r.info[d]) < 8<<10 {
			r.info[d] += s
		}
	}
}

func (r *rtf) paragraph() {
	r.bytes()
	if r.state.dest == "" {
		r.out.end()
	}
}

// codePage is Windows' code page of a number; nil for those not known here.
func codePage(n int) encoding.Encoding {
	switch n {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258:
		return []encoding.Encoding{charmap.Windows1250, charmap.Windows1251, charmap.Windows1252, charmap.Windows1253,
			charmap.Windows1254, charmap.Windows1255, charmap.Windows1256, charmap.Windows1257, charmap.Windows1258}[n-1250]
	case 10000:
		return charmap.Macintosh
	}
	return nil
}

// fontPage is the code page of a font's charset.
func fontPage(charset int) encoding.Encoding {
	return codePage(map[int]int{
		77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
		177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
	}[charset])
}
