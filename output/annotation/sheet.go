package annotation

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Spreadsheets, CSV and XLSX alike: a table of statements, a row each, and one
// of documents with their texts. Words stand beside their places, written
// "12..40 55..60" in code points, which no spreadsheet takes for a number or a
// date. A row that comes back with other words than its places have is looked
// up in the text: so people may correct words without counting, and add rows.
// A cell that a spreadsheet would run as a formula has a ' before it, which is
// taken off again.

const (
	statementsCSV = "statements.csv"
	documentsCSV  = "documents.csv"
	// between pieces of a content, a cue or a source.
	ellipsis = " … "
)

var (
	documentColumns = []string{"doc", "outlet", "title", "url", "published", "authors", "text"}
	// context is for reading alone.
	statementColumns = []string{
		"doc", "statement", "speaker", "content", "cue", "source", "type", "form", "act", "polarity", "modality", "speaker_kind", "context",
		"speaker_title", "speaker_gender", "aliases", "detect_confidence", "speaker_confidence", "group", "parent",
		"content_at", "cue_at", "source_at",
	}
)

// documentRow is d as a row of documents.
func documentRow(d *Document) []string {
	return []string{d.ID, d.Outlet, d.Title, d.URL, d.Published, listCell(d.Authors), d.Text}
}

// statementRow is s as a row of statements.
func statementRow(d *Document, s *Statement, x *index) []string {
	row := []string{d.ID, s.ID, s.Speaker}
	for _, r := range roles {
		row = append(row, x.joined(*s.spans(r)))
	}
	for _, c := range choices() {
		row = append(row, *c.of(&s.Attributes))
	}
	row = append(row, x.context(s), s.SpeakerTitle, s.SpeakerGender, listCell(s.Aliases), number(s.DetectConfidence), number(s.SpeakerConfidence), s.Group, s.Parent)
	for _, r := range roles {
		row = append(row, places(*s.spans(r)))
	}
	return row
}

// joined are the words of spans.
func (x *index) joined(spans []Span) string {
	var words []string
	for _, s := range spans {
		words = append(words, x.slice(s))
	}
	return strings.Join(words, ellipsis)
}

// contextLength is how many characters a judge sees on either side.
const contextLength = 100

// context is what surrounds a statement, in one line.
func (x *index) context(s *Statement) string {
	hull := Span{x.len(), 0}
	for _, r := range roles {
		for _, p := range *s.spans(r) {
			hull.Start, hull.End = min(hull.Start, p.Start), max(hull.End, p.End)
		}
	}
	before, after := Span{max(0, hull.Start-contextLength), hull.Start}, Span{hull.End, min(x.len(), hull.End+contextLength)}
	return oneLine(x.slice(before) + " [" + x.slice(hull) + "] " + x.slice(after))
}

func places(spans []Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, fmt.Sprintf("%d..%d", s.Start, s.End))
	}
	return strings.Join(out, " ")
}

var place = regexp.MustCompile(`^(\d{1,9})\.\.(\d{1,9})$`)

func parsePlaces(cell string) (out []Span, err error) {
	for _, f := range strings.Fields(cell) {
		m := place.FindStringSubmatch(f)
		if m == nil {
			return nil, fmt.Errorf("%.40q is not a place such as 12..40", f)
		}
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		out = append(out, Span{a, b})
	}
	return out, nil
}

// listCell is a list in one cell, as JSON; "" for an empty one.
func listCell(list []string) string {
	if len(list) == 0 {
		return ""
	}
	b, err := marshal(list)
	if err != nil { // strings do not fail
		return ""
	}
	return string(b)
}

func parseList(cell string) (list []string) {
	if cell == "" {
		return nil
	}
	if unmarshal([]byte(cell), &list) != nil {
		return []string{cell} // filled in by hand
	}
	return list
}

// guard keeps a spreadsheet from running a cell; unguard takes that off.
func guard(cell string) string {
	if runs(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && runs(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}

func runs(cell string) bool { return cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) }

// cells are those of a row that are there, by their columns.
type cells map[int]string

// table is rows under a header, read from a sheet.
type table struct {
	where  func(row int) string // of a row, from 0
	column map[string]int
	rows   []cells
}

// newTable takes the first row for the header, which must name the columns.
func newTable(rows []cells, where func(row int) string, needed ...string) (*table, error) {
	if len(rows) == 0 {
		return nil, errors.New("it is empty; the first row must name the columns")
	}
	t := &table{column: map[string]int{}, rows: rows[1:], where: func(row int) string { return where(row + 1) }}
	var names []string
	for _, i := range slices.Sorted(maps.Keys(rows[0])) {
		name := strings.ToLower(strings.TrimSpace(rows[0][i]))
		names = append(names, name)
		if _, ok := t.column[name]; !ok {
			t.column[name] = i
		}
	}
	for _, name := range needed {
		if _, ok := t.column[name]; !ok {
			return nil, fmt.Errorf("no column %q in the first row, which has: %.200s", name, strings.Join(names, ", "))
		}
	}
	return t, nil
}

// cell of a row; "" where the row has none, or the table no such column.
func (t *table) cell(row int, name string) string {
	i, ok := t.column[name]
	if !ok {
		return ""
	}
	return unguard(t.rows[row][i])
}

// maxTexts is how many cells a text may take, far more than any article needs.
const maxTexts = 1000

// textColumn is the column in which a text goes on.
func textColumn(n int) string { return "text_" + strconv.Itoa(n) }

// document reads a row of documents; nil for an empty one.
func (t *table) document(i int) (*Document, error) {
	cell := func(name string) string { return t.cell(i, name) }
	d := &Document{ID: cell("doc")}
	texts := []string{cell("text")}
	for n := 2; n <= maxTexts; n++ {
		if _, ok := t.column[textColumn(n)]; !ok {
			break
		}
		texts = append(texts, cell(textColumn(n)))
	}
	size := 0
	for _, piece := range texts {
		if size += len(piece); size > maxFile {
			return nil, tooLarge(maxFile)
		}
	}
	d.Text = strings.Join(texts, "")
	if d.ID == "" && d.Text == "" {
		return nil, nil
	}
	d.Meta = Meta{Title: cell("title"), URL: cell("url"), Outlet: cell("outlet"), Published: cell("published"), Authors: parseList(cell("authors"))}
	return d, nil
}

// sheets hands on the documents of two tables.
func (r *reader) sheets(where string, statements, documents *table) error {
	var docs []*Document
	byID := map[string]*Document{}
	indexes := map[string]*index{}
	size := 0
	for i := range documents.rows {
		d, err := documents.document(i)
		if err != nil {
			return fmt.Errorf("read %s: the text is %w", documents.where(i), err)
		}
		if d == nil {
			continue
		}
		if byID[d.ID] != nil {
			return fmt.Errorf("read %s: a second document %q", documents.where(i), d.ID)
		}
		if size += len(d.Text); size > maxSheet {
			return fmt.Errorf("read %s: the texts together are %w", documents.where(i), tooLarge(maxSheet))
		}
		docs, byID[d.ID], indexes[d.ID] = append(docs, d), d, newIndex(d.Text)
	}
	for i := range statements.rows {
		id := statements.cell(i, "doc")
		d := byID[id]
		if d == nil {
			if len(statements.rows[i]) > 0 {
				r.skip(statements.where(i), fmt.Sprintf("a statement of a document that is not in the table of documents: %.60q", id))
			}
			continue
		}
		s, err := r.sheetStatement(statements, i, indexes[id])
		if err != nil {
			return fmt.Errorf("read %s: %w", statements.where(i), err)
		}
		if s != nil {
			d.Statements = append(d.Statements, *s)
		}
	}
	for _, d := range docs {
		if err := r.document("read "+where, d); err != nil {
			return err
		}
	}
	return nil
}

// sheetStatement reads one row; nil when it was left out, and told.
func (r *reader) sheetStatement(t *table, row int, x *index) (*Statement, error) {
	cell := func(name string) string { return t.cell(row, name) }
	s := &Statement{ID: cell("statement")}
	for _, role := range roles {
		name := strings.ToLower(string(role))
		at, err := parsePlaces(cell(name + "_at"))
		if err != nil {
			return nil, fmt.Errorf("column %s_at: %w", name, err)
		}
		spans, why := x.locate(cell(name), at)
		if why != "" {
			if role == Content {
				r.skip(t.where(row), "a statement with a content "+why)
				return nil, nil
			}
			r.skip(t.where(row), "a "+name+" "+why)
		}
		*s.spans(role) = spans
	}
	s.Speaker = cell("speaker")
	for _, c := range choices() {
		r.choose(t.where(row), c, &s.Attributes, cell(c.key))
	}
	s.Extra = Extra{SpeakerTitle: cell("speaker_title"), SpeakerGender: cell("speaker_gender"), Aliases: parseList(cell("aliases")), Group: cell("group"), Parent: cell("parent")}
	for name, to := range map[string]**float64{"detect_confidence": &s.DetectConfidence, "speaker_confidence": &s.SpeakerConfidence} {
		if v := cell(name); v != "" {
			f, err := strconv.ParseFloat(v, 64)
			if err != nil {
				return nil, fmt.Errorf("column %s: %.40q is not a number", name, v)
			}
			*to = &f
		}
	}
	return s, nil
}

// locate is where words stand: at the places given if these have the words,
// else at the only place in the text that has them, or the one nearest to where
// they stood. why tells when there is none.
func (x *index) locate(words string, at []Span) (spans []Span, why string) {
	inside := true
	for _, s := range at {
		inside = inside && x.has(s)
	}
	if oneLine(words) == "" {
		return nil, "" // taken out, or never there
	}
	if inside && len(at) > 0 && oneLine(x.joined(at)) == oneLine(words) {
		return at, ""
	}
	near := -1
	if len(at) > 0 && inside {
		near = x.bytes[at[0].Start]
	}
	if s, ok := x.only(words, near); ok {
		return []Span{s}, ""
	}
	pieces := strings.Split(words, strings.TrimSpace(ellipsis))
	for _, piece := range pieces {
		s, ok := x.only(strings.TrimSpace(piece), near)
		if !ok {
			return nil, fmt.Sprintf("whose words are not in the text, or there more than once: %.60q", piece)
		}
		spans = append(spans, s)
		near = x.bytes[s.End]
	}
	return spans, ""
}

// only finds words in the text: where they stand once, or nearest to a byte.
func (x *index) only(words string, near int) (Span, bool) {
	if words == "" {
		return Span{}, false
	}
	best, found := -1, 0
	for from := 0; ; {
		i := strings.Index(x.text[from:], words)
		if i < 0 {
			break
		}
		i += from
		if found++; best < 0 || distance(i, near) < distance(best, near) {
			best = i
		}
		from = i + 1
	}
	if found == 0 || found > 1 && near < 0 {
		return Span{}, false
	}
	return x.ofBytes(best, best+len(words))
}

func distance(a, b int) int { return max(a-b, b-a) }
