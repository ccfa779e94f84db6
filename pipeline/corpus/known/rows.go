package known

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Columns of a table of one's own. Lists are parted by semicolons; a position
// is a title with its years behind bars: Mayor of Quito|2019|2021.
var Columns = []string{"id", "name", "aliases", "gender", "born", "died", "sitelinks", "places", "positions", "occupations"}

// table is rows of text by column.
type table struct {
	head map[string]int
	row  []string
}

func (t *table) get(names ...string) string {
	for _, n := range names {
		if i, ok := t.head[n]; ok && i < len(t.row) && t.row[i] != "" {
			return strings.TrimSpace(t.row[i])
		}
	}
	return ""
}

func (t *table) has(names ...string) bool {
	for _, n := range names {
		if _, ok := t.head[n]; !ok {
			return false
		}
	}
	return true
}

func (t *table) list(name string) (out []string) {
	for s := range strings.SplitSeq(t.get(name), ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Rows reads a table of one's own, or one of the two that the program's own
// file is made of, whose rows are told apart by their columns.
type Rows struct {
	head   []string
	found  *Found
	people map[string]*Person // by id, where a person has several rows
	order  []string
	write  func(*Person) error
}

// NewRows begins a table with these columns.
func NewRows(head []string, w *Writer) (*Rows, error) {
	t := table{head: headOf(head)}
	if !t.has("name") && !t.has("full_name") && !t.has("officeholderLabel") || !t.has("id") && !t.has("wikidata") && !t.has("wikidata_id") && !t.has("officeholder") {
		return nil, fmt.Errorf("the table needs the columns id and name, and may have %s", strings.Join(Columns[2:], ", "))
	}
	return &Rows{head: head, found: &Found{}, people: map[string]*Person{}, write: w.Write}, nil
}

func headOf(head []string) map[string]int {
	m := map[string]int{}
	for i, h := range head {
		m[strings.TrimPrefix(strings.TrimSpace(h), "\ufeff")] = i
	}
	return m
}

// Add takes a row.
func (r *Rows) Add(row []string) error {
	r.found.Records++
	t := &table{headOf(r.head), row}
	var p *Person
	switch {
	case t.has("officeholder", "positionLabel"):
		p = leader(t)
	case t.has("chamber", "state", "wikidata"):
		p = congress(t)
	default:
		p = own(t)
	}
	if p.ID == "" || p.Name == "" {
		r.found.broken(r.found.Records, errors.New("no id, or no name"))
		return nil
	}
	if old := r.people[p.ID]; old != nil {
		old.Positions = append(old.Positions, p.Positions...)
		for _, x := range p.Places {
			if !slices.Contains(old.Places, x) {
				old.Places = append(old.Places, x)
			}
		}
		return nil
	}
	r.people[p.ID] = p
	r.order = append(r.order, p.ID)
	return nil
}

// Close writes the people.
func (r *Rows) Close() (*Found, error) {
	for _, id := range r.order {
		if err := r.write(r.people[id]); err != nil {
			return nil, err
		}
		r.found.People++
	}
	return r.found, nil
}

// CSV reads a table from CSV.
func CSV(in io.Reader, w *Writer) (*Found, error) {
	c := csv.NewReader(in)
	c.FieldsPerRecord = -1
	head, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("neither a dump of Wikidata nor a table with the columns id and name: read the header line: %w", err)
	}
	rows, err := NewRows(head, w)
	if err != nil {
		return nil, err
	}
	for {
		row, err := c.Read()
		if err == io.EOF {
			return rows.Close()
		}
		if err != nil {
			rows.found.Records++
			rows.found.broken(rows.found.Records, err)
			var bad *csv.ParseError
			if !errors.As(err, &bad) {
				return nil, err
			}
			continue
		}
		if err := rows.Add(row); err != nil {
			return nil, err
		}
	}
}

func yearOf(s string) int {
	y, _, _ := strings.Cut(s, "-")
	n, _ := strconv.Atoi(y)
	return n
}

func genderOf(s string) string {
	switch strings.ToLower(s) {
	case "f", "female", "woman":
		return "female"
	case "m", "male", "man":
		return "male"
	}
	return ""
}

// own is a person of a table with Columns.
func own(t *table) *Person {
	links, _ := strconv.Atoi(t.get("sitelinks"))
	p := &Person{
		ID: t.get("id", "wikidata_id", "wikidata"), Name: t.get("name", "full_name"), Aliases: t.list("aliases"), Gender: genderOf(t.get("gender")),
		Born: yearOf(t.get("born")), Died: yearOf(t.get("died")), Sitelinks: links, Places: t.list("places"), Occupations: t.list("occupations"),
	}
	for _, x := range t.list("positions") {
		f := strings.Split(x+"||", "|")
		p.Positions = append(p.Positions, Position{strings.TrimSpace(f[0]), yearOf(strings.TrimSpace(f[1])), yearOf(strings.TrimSpace(f[2]))})
	}
	return p
}

// congress is a member of the US Congress.
func congress(t *table) *Person {
	p := &Person{ID: t.get("wikidata"), Name: t.get("full_name"), Gender: genderOf(t.get("gender")), Born: yearOf(t.get("birthday")), Sitelinks: 20}
	add := func(first string) {
		name := strings.TrimSpace(first + " " + t.get("last"))
		if name != p.Name && !slices.Contains(p.Aliases, name) {
			p.Aliases = append(p.Aliases, name)
		}
	}
	add(t.get("first"))
	if nick := t.get("nickname"); nick != "" {
		add(nick)
	}
	if middle := t.get("middle"); middle != "" {
		add(t.get("first") + " " + middle)
		if len(strings.Trim(middle, ".")) > 1 {
			add(middle)
		}
	}
	title := "United States representative"
	if t.get("chamber") == "sen" {
		title = "United States senator"
	}
	// The years are those of a first and a last term; what lies between is not
	// known, nor which house it was.
	p.Positions = []Position{{title, yearOf(t.get("first_term")), yearOf(t.get("last_term_end"))}}
	if title == "United States senator" {
		p.Positions = append(p.Positions, Position{"United States representative", yearOf(t.get("first_term")), yearOf(t.get("last_term_end"))})
	}
	p.Places = []string{"United States"}
	if s := states[t.get("state")]; s != "" {
		p.Places = append(p.Places, s)
	}
	p.Occupations = []string{"politician"}
	return p
}

// leader is a head of state or government.
func leader(t *table) *Person {
	title := t.get("positionLabel")
	p := &Person{
		ID: t.get("officeholder"), Name: t.get("officeholderLabel"), Places: []string{t.get("country")}, Sitelinks: 60,
		Positions:   []Position{{title, yearOf(t.get("start_year")), yearOf(t.get("end_year"))}},
		Occupations: []string{"politician"},
	}
	return p
}

// states of the United States by their code.
var states = func() map[string]string {
	m := map[string]string{}
	const list = "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,FL Florida,GA Georgia,HI Hawaii,ID Idaho," +
		"IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi," +
		"MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio," +
		"OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia," +
		"WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,DC District of Columbia,PR Puerto Rico,GU Guam,VI Virgin Islands,AS American Samoa,MP Northern Mariana Islands"
	for s := range strings.SplitSeq(list, ",") {
		code, name, _ := strings.Cut(s, " ")
		m[code] = name
	}
	return m
}()
