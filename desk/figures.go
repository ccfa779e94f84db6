package desk

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/desk/plot"
)

// figure is a chart with its numbers: drawn, as a table whose rows lead to what
// is behind them, and as CSV.
type figure struct {
	Name, Title, Note string
	Key               string // of the person it is about
	Head              []string
	Rows              []figureRow
	Over              bool // bars stand upright
	Total             int64
}

// figureRow is a label, its numbers and where they come from.
type figureRow struct {
	Label  string
	Values []int64
	Link   string
}

// maxBars is the most labels that a chart has room for; the table has all.
const maxBars = 36

func (f *figure) add(label, link string, values ...int64) {
	f.Rows = append(f.Rows, figureRow{label, values, link})
	for _, v := range values {
		f.Total += v
	}
}

// Address is where the drawing is.
func (f *figure) Address(kind, theme string) string {
	return query("/figures/"+f.Name+"."+kind, "key", f.Key, "theme", theme)
}

// Shares reports whether the rows are parts of a whole.
func (f *figure) Shares() bool { return len(f.Head) == 2 && !f.Over && f.Total > 0 }

// Share is a row's share in percent.
func (f *figure) Share(r figureRow) string { return percent(float64(r.Values[0]) / float64(f.Total)) }

func (f *figure) chart() *plot.Chart {
	c := &plot.Chart{Over: f.Over}
	rows := f.Rows
	if len(rows) > maxBars {
		if f.Over {
			rows = rows[len(rows)-maxBars:]
		} else {
			rows = rows[:maxBars]
		}
	}
	for _, name := range f.Head[1:] {
		c.Series = append(c.Series, plot.Series{Name: name})
	}
	for _, r := range rows {
		c.Labels = append(c.Labels, r.Label)
		for i := range c.Series {
			c.Series[i].Values = append(c.Series[i].Values, float64(r.Values[i]))
		}
	}
	return c
}

// figureFile gives the drawing or the CSV of a figure.
func (d *Desk) figureFile(w http.ResponseWriter, r *http.Request) {
	name, kind, _ := strings.Cut(r.PathValue("file"), ".")
	figures, err := d.figuresFor(r, name)
	if err != nil {
		status, message := d.explained(r, err)
		d.refuse(w, r, status, message)
		return
	}
	for _, f := range figures {
		if f.Name != name {
			continue
		}
		switch kind {
		case "svg":
			b, err := f.chart().SVG(r.URL.Query().Get("theme") == "dark")
			if err != nil {
				status, message := d.explained(r, err)
				d.refuse(w, r, status, message)
				return
			}
			w.Header().Set("Content-Type", "image/svg+xml")
			// The drawing has styles of its own and nothing else.
			w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
			_, _ = w.Write(b)
			return
		case "csv":
			f.csv(w)
			return
		}
	}
	d.refuse(w, r, http.StatusNotFound, "no such figure")
}

func (d *Desk) figuresFor(r *http.Request, name string) ([]*figure, error) {
	if strings.HasPrefix(name, "person-") {
		p, err := d.x.Person(r.Context(), r.URL.Query().Get("key"))
		if err != nil {
			return nil, err
		}
		return personFigures(p), nil
	}
	o, err := d.x.Overview(r.Context())
	if err != nil {
		return nil, err
	}
	return overviewFigures(o), nil
}

func (f *figure) csv(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+f.Name+`.csv"`)
	c := csv.NewWriter(w)
	_ = c.Write(f.Head)
	for _, r := range f.Rows {
		record := []string{cell(r.Label)}
		for _, v := range r.Values {
			record = append(record, strconv.FormatInt(v, 10))
		}
		_ = c.Write(record)
	}
	c.Flush()
}

// cell is text that no spreadsheet runs as a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// counted adds the counts of one kind to a figure, in the order of values first.
func (f *figure) counted(counts []index.Count, values []string, param string) {
	sums := map[string]int64{}
	for _, c := range counts {
		sums[c.Name] += c.N
	}
	for _, v := range values {
		if n := sums[v]; n > 0 {
			f.add(label(v), query("/search", param, v), n)
			delete(sums, v)
		}
	}
	for v, n := range sums { // at most what a later program adds
		f.add(label(v), query("/search", param, v), n)
	}
}

func overviewFigures(o *index.Overview) []*figure {
	var out []*figure
	simple := func(name, title, note, head, what, param string) {
		f := &figure{Name: name, Title: title, Note: note, Head: []string{head, "statements"}}
		f.counted(o.Counts[what], index.Values(param), param)
		out = append(out, f)
	}
	simple("types", "Statements by type", "Direct stands inside quotation marks, indirect outside, mixed is both.", "type", "type", "type")
	simple("kinds", "Who speaks", "Named sources are persons and organizations; unnamed ones are described only.", "kind of speaker", "kind", "kind")
	simple("polarity", "Statements by polarity", "Negated: never said that. Refused: declined to comment.", "polarity", "polarity", "polarity")
	simple("modality", "Statements by modality", "Hypothetical: would say. Future: will say.", "modality", "modality", "modality")
	out = append(out, monthFigure(o), genderFigure(o), personsFigure(o))
	people := func(name, title string, list []index.Person) {
		f := &figure{Name: name, Title: title, Head: []string{"name", "statements"}}
		for _, p := range list {
			f.add(p.Name, query("/person", "key", p.Key), p.Statements)
		}
		out = append(out, f)
	}
	people("people", "Who is heard most", o.People)
	people("organizations", "Organizations heard most", o.Bodies)
	f := &figure{Name: "outlets", Title: "Outlets", Head: []string{"outlet", "statements of named sources", "other statements"}, Note: fmt.Sprintf("The %d with most statements, of %s.", len(o.Outlets), number(o.Many))}
	for _, u := range o.Outlets {
		link := ""
		if u.Name != "" {
			link = query("/search", "outlet", u.Name)
		}
		f.add(label(u.Name), link, u.Named, u.Statements-u.Named)
	}
	out = append(out, f)
	conf := &figure{Name: "confidence", Title: "Confidence of statements", Note: "How sure the program is that a statement is right, in steps of 0.05.", Head: []string{"from", "statements"}, Over: true}
	for _, c := range o.Counts["confidence"] {
		from, _ := strconv.ParseFloat(c.Name, 64)
		link := query("/search", "min", c.Name)
		if from < 0.94 {
			link = query("/search", "min", c.Name, "below", strconv.FormatFloat(from+0.05, 'f', 2, 64))
		}
		conf.add(c.Name, link, c.N)
	}
	out = append(out, conf)
	if o.About.Quotations {
		f := &figure{Name: "spread", Title: "How far quotations travel", Note: "Quotations by the number of outlets that have them.", Head: []string{"outlets", "quotations"}}
		sums := map[string]int64{}
		for _, c := range o.Counts["spread"] {
			sums[c.Name] += c.N
		}
		for _, step := range [][2]string{{"0", "no outlet named"}, {"1", "1"}, {"2", "2"}, {"3", "3"}, {"4", "4"}, {"5-9", "5 to 9"}, {"10+", "10 and more"}} {
			if n := sums[step[0]]; n > 0 {
				f.add(step[1], "/quotations", n)
			}
		}
		out = append(out, f)
	}
	return out
}

func monthFigure(o *index.Overview) *figure {
	f := &figure{Name: "months", Title: "Statements by month", Head: []string{"month", "direct", "indirect", "mixed"}, Over: true}
	at := map[string]int{}
	for _, c := range o.Counts["month"] {
		i, ok := at[c.Name]
		if !ok {
			i = len(f.Rows)
			at[c.Name] = i
			link := ""
			if c.Name != "" {
				link = query("/search", "since", c.Name, "until", c.Name)
			}
			f.add(label(c.Name), link, 0, 0, 0)
		}
		for k, v := range f.Head[1:] {
			if c.Sub == v {
				f.Rows[i].Values[k] += c.N
			}
		}
	}
	return f
}

func genderFigure(o *index.Overview) *figure {
	f := &figure{Name: "gender", Title: "Gender of persons, by statement", Head: []string{"gender and what it rests on", "statements"},
		Note: "As the articles have it: by pronoun, by title, or by how a first name is usually used. Not a fact about a person."}
	for _, c := range o.Counts["gender"] {
		if c.Name == "" {
			f.add("unknown", query("/search", "kind", "person", "gender", index.Unknown), c.N)
			continue
		}
		name := c.Name
		if c.Sub != "" {
			name += ", by " + label(c.Sub)
		}
		f.add(name, query("/search", "kind", "person", "gender", c.Name, "basis", c.Sub), c.N)
	}
	return f
}

// personsFigure counts every person once.
func personsFigure(o *index.Overview) *figure {
	f := &figure{Name: "persons", Title: "Gender of persons, each counted once", Head: []string{"gender", "persons"},
		Note: "A person counts as female or male where nine in ten articles that tell agree."}
	sums := map[string]int64{}
	for _, c := range o.Counts["persons"] {
		sums[c.Name] += c.N
	}
	for _, g := range []string{"female", "male", ""} {
		name := g
		if g == "" {
			name = "unknown"
		}
		f.add(name, query("/search", "kind", "person", "gender", name), sums[g])
	}
	return f
}

func personFigures(p *index.PersonPage) []*figure {
	months := &figure{Name: "person-months", Title: "Statements by month", Key: p.Key, Head: []string{"month", "statements"}, Over: true}
	for _, c := range p.ByMonth {
		months.add(c.Name, query("/search", "key", p.Key, "since", c.Name, "until", c.Name), c.N)
	}
	outlets := &figure{Name: "person-outlets", Title: "Outlets", Key: p.Key, Head: []string{"outlet", "statements"}}
	for _, c := range p.ByOutlet {
		link := ""
		if c.Name != "" {
			link = query("/search", "key", p.Key, "outlet", c.Name)
		}
		outlets.add(label(c.Name), link, c.N)
	}
	return []*figure{months, outlets}
}
