package train

import (
	"fmt"
	"strings"

	"github.com/whosaid/whosaid/extract/eval"
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
		b.WriteString(t.Markdown())
	}
	if len(c.Weaknesses) > 0 {
		b.WriteString("## Known weaknesses\n\n")
		for _, w := range c.Weaknesses {
			fmt.Fprintf(&b, "- %s\n", w)
		}
	}
	return b.String()
}

// reliability is a reliability diagram (DeGroot and Fienberg 1983) as a table:
// a bin's bar is as long as the share that is right, one block for 5%, and its
// stroke is where the mean confidence lies.
func reliability(title string, c eval.Calibration) CardTable {
	t := CardTable{Title: title, Head: []string{"confidence", "number", "mean", "right", ""}}
	for _, b := range c.Bins {
		if b.N == 0 {
			continue
		}
		bar := []rune(strings.Repeat("█", int(20*b.Right+0.5)) + strings.Repeat("·", 20-int(20*b.Right+0.5)))
		bar[min(int(20*b.Confidence), 19)] = '│'
		t.Rows = append(t.Rows, []string{
			fmt.Sprintf("%.1f to %.1f", b.Low, b.High), fmt.Sprint(b.N), fmt.Sprintf("%.2f", b.Confidence), fmt.Sprintf("%.2f", b.Right), "`" + string(bar) + "`"})
	}
	return t
}

// Markdown is the table under its title.
func (t *CardTable) Markdown() string {
	var b strings.Builder
	if t.Title != "" {
		fmt.Fprintf(&b, "%s\n\n", t.Title)
	}
	writeTable(&b, t.Head, t.Rows)
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
