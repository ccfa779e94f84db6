package source

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// field is one part of an article that a record has under some name.
type field uint8

const (
	fID field = iota
	fText
	fTitle
	fURL
	fOutlet
	fAuthor
	fDate
	numFields
)

// usual are the names that fields go by, the likeliest first, in lower case
// and without hyphens, underscores and spaces.
var usual = [numFields][]string{
	fID:     {"id", "docid", "articleid", "documentid", "newsid", "storyid", "storiesid", "uid", "uuid", "guid", "identifier"},
	fText:   {"text", "body", "content", "maintext", "articletext", "articlebody", "fulltext", "article", "bodytext", "plaintext", "rawtext", "cleantext", "story", "document", "articlecontent", "storytext", "newstext", "contenttext"},
	fTitle:  {"title", "headline", "heading", "articletitle", "newstitle", "webtitle"},
	fURL:    {"url", "link", "uri", "href", "permalink", "canonicalurl", "weburl", "articleurl", "sourceurl", "pageurl", "storyurl", "urlused"},
	fOutlet: {"outlet", "publisher", "source", "sourcename", "publication", "newspaper", "sitename", "site", "medianame", "sourcedomain", "domain", "hostname"},
	fAuthor: {"authors", "author", "byline", "creator", "writer", "reporter", "authorname"},
	fDate:   {"published", "datepublished", "publishedat", "publishdate", "publisheddate", "publicationdate", "publicationdatetime", "datepublish", "pubdate", "date", "datetime", "timestamp", "time", "createdat", "webpublicationdate", "publisheddatetime", "firstpublished", "dateposted", "posted", "seendate"},
}

// names finds fields by what records call them.
type names struct {
	user  [numFields]string // the user's own mapping
	usual map[string]place  // every other field by its usual names
}

type place struct {
	field field
	rank  int // 0 is the likeliest name
}

func newNames(o *Options) *names {
	f := o.Fields
	n := &names{
		user:  [numFields]string{f.ID, f.Text, f.Title, f.URL, f.Outlet, f.Author, f.Date},
		usual: map[string]place{},
	}
	for fd, list := range usual {
		if n.user[fd] != "" {
			continue
		}
		for rank, name := range list {
			n.usual[name] = place{field(fd), rank}
		}
	}
	n.prefer(o.Preset)
	return n
}

// plainKey writes key as usual has it into buf; nil when it is longer than any
// usual name.
func plainKey(buf *[24]byte, key []byte) []byte {
	out := buf[:0]
	for _, c := range key {
		if c == '_' || c == '-' || c == ' ' {
			continue
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if len(out) == len(buf) {
			return nil
		}
		out = append(out, c)
	}
	return out
}

// usualPlace looks a key up among the usual names.
func (n *names) usualPlace(key []byte) (place, bool) {
	var buf [24]byte
	p, ok := n.usual[string(plainKey(&buf, key))]
	return p, ok
}

// columns finds the fields among the columns of a table; -1 for a field that
// none holds. The user's name may differ from the column's in case where no
// column has it as it is.
func (n *names) columns(header []string) (at [numFields]int) {
	rank := [numFields]int{}
	for fd := range at {
		at[fd] = -1
		if want := n.user[fd]; want != "" {
			at[fd] = slices.Index(header, want)
			if at[fd] < 0 {
				at[fd] = slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(h, want) })
			}
		}
	}
	for i, h := range header {
		p, ok := n.usualPlace([]byte(h))
		if ok && (at[p.field] < 0 || p.rank < rank[p.field]) {
			at[p.field], rank[p.field] = i, p.rank
		}
	}
	if at[fText] < 0 && n.user[fText] == "" {
		n.inner(header, &at)
	}
	return at
}

// inner finds the fields of a table whose text is inside a structure, by the
// last part of their paths. Fields that stand outside keep their place; of
// those inside, the ones beside the text go first.
func (n *names) inner(header []string, at *[numFields]int) {
	best := [numFields]int{}
	var beside string
	offer := func(i int, only bool) {
		dot := strings.LastIndexByte(header[i], '.')
		if dot < 0 {
			return
		}
		p, ok := n.usualPlace([]byte(header[i][dot+1:]))
		if !ok || only != (p.field == fText) {
			return
		}
		if !only && header[i][:dot] != beside {
			p.rank += elsewhere
		}
		if at[p.field] < 0 && best[p.field] == 0 || best[p.field] > 0 && p.rank+1 < best[p.field] {
			at[p.field], best[p.field] = i, p.rank+1
			if only {
				beside = header[i][:dot]
			}
		}
	}
	for _, only := range []bool{true, false} {
		for i := range header {
			offer(i, only)
		}
		if at[fText] < 0 {
			return
		}
	}
}

// elsewhere is added to the rank of a name that is not beside the text's.
const elsewhere = 100

// mapping tells which columns at chose.
func mapping(header []string, at [numFields]int) Fields {
	name := func(f field) string {
		if at[f] < 0 {
			return ""
		}
		return header[at[f]]
	}
	return Fields{name(fID), name(fText), name(fTitle), name(fURL), name(fOutlet), name(fAuthor), name(fDate)}
}

// seen is a field that a record has, under its full name, and the letters of
// its value where it is a string; 0 where that is not known.
type seen struct {
	name   string
	chars  int
	object bool // holds the fields listed behind it
}

func seenNames(names []string) []seen {
	out := make([]seen, len(names))
	for i, n := range names {
		out[i].name = n
	}
	return out
}

// missingText is the fault of a table or record without a field for the text.
func (n *names) missingText(have []seen) *fault {
	which := "no field has a name that is usual for the text"
	if n.user[fText] != "" {
		which = "no field " + strconv.Quote(n.user[fText])
	}
	use := likelyText(have)
	if use == "" {
		use = "NAME"
	}
	return faultf(ReasonNoText, "%s; the fields are %s; use --text-field %s", which, listFields(have), use)
}

// listFields lists names for a message.
func listFields(have []seen) string {
	const most, longest = 20, 400
	var b strings.Builder
	n := 0
	for _, s := range have {
		if s.object {
			continue
		}
		name := clean(s.name)
		if n == most || b.Len()+len(name) > longest {
			b.WriteString(", …")
			break
		}
		if n > 0 {
			b.WriteString(", ")
		}
		b.WriteString(name)
		n++
	}
	return b.String()
}

// likelyText guesses which field holds the text: the longest one that is long
// enough for prose, else one whose name has a word for it; "" for none.
func likelyText(have []seen) string {
	const prose = 100
	best := seen{chars: prose - 1}
	for _, s := range have {
		if s.chars > best.chars {
			best = s
		}
	}
	if best.name != "" {
		return clean(best.name)
	}
	for _, word := range []string{"body", "text", "content", "article", "story", "paragraph"} {
		for _, s := range have {
			if strings.Contains(strings.ToLower(s.name), word) && s.chars == 0 {
				return clean(s.name)
			}
		}
	}
	return ""
}

// values are the parts of one article as a record has them.
type values struct {
	id, text, title, url, outlet, date string
	authors                            []string
	repairs                            []string
	valid                              bool // text is known to be UTF-8
}

// article makes an article of v, whose text has been checked; setDate has its
// date.
func (v *values) article() news.Article {
	return news.Article{
		ID: clean(v.id), URL: clean(v.url), Title: clean(v.title), Outlet: clean(v.outlet),
		Authors: cleanAuthors(v.authors), Body: v.text, Repairs: v.repairs,
	}
}

// cleanAuthors splits bylines that name several, and drops repeats.
func cleanAuthors(list []string) []string {
	var out []string
	for _, s := range list {
		for _, name := range splitByline(clean(s)) {
			if len(out) < maxAuthors && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// splitByline takes "By Ann Lee and Bo Day; Cy Fox" apart. A comma or "and"
// parts only what has a space on both sides of it: "Lee, Ann" is one person.
func splitByline(s string) []string {
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '|' }) {
		out = append(out, splitNames(strings.TrimSpace(p))...)
	}
	return out
}

func splitNames(s string) []string {
	if s == "" {
		return nil
	}
	parts := strings.Split(strings.ReplaceAll(strings.ReplaceAll(s, ", and ", ", "), " and ", ", "), ", ")
	var out []string
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if !strings.Contains(p, " ") {
			return []string{s}
		}
		out = append(out, p)
	}
	return out
}

// listText takes a list of names that a CSV cell or a text column spells as
// JSON or as Python does: ["A", "B"] or ['A', 'B'].
func listText(s string) []string {
	t := strings.TrimSpace(s)
	if len(t) < 2 || t[0] != '[' || t[len(t)-1] != ']' {
		if t == "" {
			return nil
		}
		return []string{s}
	}
	t = t[1 : len(t)-1]
	var out []string
	for t = strings.TrimSpace(t); t != ""; t = strings.TrimLeft(t, ", ") {
		q := t[0]
		if q != '"' && q != '\'' {
			return []string{s}
		}
		end := strings.IndexByte(t[1:], q)
		if end < 0 {
			return []string{s}
		}
		out = append(out, t[1:1+end])
		t = t[end+2:]
	}
	return out
}

// headerDelimiter tells the delimiter of a line that is the header of a table
// with a text column; 0 when it does not look like one.
func (o *Options) headerDelimiter(line []byte) byte {
	line = bytes.TrimRight(line, "\r")
	if len(line) > 4096 {
		return 0
	}
	n := newNames(o)
	for _, d := range []byte{'\t', ',', ';', '|'} {
		cells := splitHeader(line, d)
		if len(cells) < 2 {
			continue
		}
		if at := n.columns(cells); at[fText] >= 0 && !slices.ContainsFunc(cells, func(c string) bool { return len(c) > 64 || strings.Count(c, " ") > 3 }) {
			return d
		}
	}
	return 0
}

// splitHeader cuts a header line, without regard to delimiters inside quotes,
// which headers do not have.
func splitHeader(line []byte, delim byte) []string {
	cells := strings.Split(string(line), string(delim))
	for i, c := range cells {
		cells[i] = strings.Trim(strings.TrimSpace(c), `"`)
	}
	return cells
}
