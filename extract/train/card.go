package train

import (
	"fmt"
	"strings"
)

// Card tells people what a model is: what it does, what it was made of, how
// well it does, and where it fails.
type Card struct {
	Title      string
	Purpose    string
	Data       []CardData
	Seed       uint64
	Settings   []CardLine
	Figures    []CardTable
	Weaknesses []string
	Hash       string // of the model file
	Bytes      int    // of the model file
}

// CardData is one body of data that a model was trained or judged on.
type CardData struct{ Name, Size, Licence, Use string }

// CardLine is one setting.
type CardLine struct{ Name, Value string }

// CardTable is one table of figures; every row has as many cells as Head.
type CardTable struct {
	Title string
	Head  []string
	Rows  [][]string
}

// Markdown writes the card as a page of documentation. It holds no date and
// no path, so that the same training gives the same page.
func (c *Card) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", c.Title, c.Purpose)
	fmt.Fprintf(&b, "File: %d bytes, SHA-256 of its body `%s`.\n\n", c.Bytes, c.Hash)
	var rows [][]string
	for _, d := range c.Data {
		rows = append(rows, []string{d.Name, d.Size, d.Licence, d.Use})
	}
	b.WriteString("## Data\n\n")
	writeTable(&b, []string{"name", "size", "licence", "use"}, rows)
	b.WriteString("## Settings\n\n")
	rows = [][]string{{"seed", fmt.Sprint(c.Seed)}}
	for _, s := range c.Settings {
		rows = append(rows, []string{s.Name, s.Value})
	}
	writeTable(&b, []string{"setting", "value"}, rows)
	b.WriteString("## Figures\n\n")
	for _, t := range c.Figures {
		if t.Title != "" {
			fmt.Fprintf(&b, "%s\n\n", t.Title)
		}
		writeTable(&b, t.Head, t.Rows)
	}
	if len(c.Weaknesses) > 0 {
		b.WriteString("## Known weaknesses\n\n")
		for _, w := range c.Weaknesses {
			fmt.Fprintf(&b, "- %s\n", w)
		}
	}
	return b.String()
}

func writeTable(b *strings.Builder, head []string, rows [][]string) {
	line := func(cells []string) {
		for _, cell := range cells {
			fmt.Fprintf(b, "| %s ", strings.ReplaceAll(cell, "|", `\|`))
		}
		b.WriteString("|\n")
	}
	line(head)
	b.WriteString(strings.Repeat("|---", len(head)) + "|\n")
	for _, r := range rows {
		line(r)
	}
	b.WriteByte('\n')
}
