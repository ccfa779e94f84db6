package output

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestStudies holds the queries of the documentation to the tables: each names
// tables that there are, and columns that these have or that the query makes.
// Where Python has DuckDB and Polars, python/tests runs them.
func TestStudies(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("..", "docs", "tables", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	block := regexp.MustCompile("(?s)```(sql|python)\n(.*?)```")
	folder := regexp.MustCompile(`(?:whosaid-out/|table\(")([a-z_]+)`)
	qualified := regexp.MustCompile(`\b([a-z])\.([a-z_]+)\b`)
	column := regexp.MustCompile(`pl\.col\("([a-z_]+)"\)`)
	made := regexp.MustCompile(`([a-z_]+)=|AS ([a-z_]+)`)
	columns := map[string]bool{}
	for _, s := range Schema() {
		for _, c := range s.Columns {
			columns[c.Name] = true
		}
	}
	queries := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		known := map[string]bool{}
		for _, m := range made.FindAllStringSubmatch(string(text), -1) {
			known[m[1]+m[2]] = true
		}
		for _, b := range block.FindAllStringSubmatch(string(text), -1) {
			queries++
			for _, m := range folder.FindAllStringSubmatch(b[2], -1) {
				if named := Table(m[1]); !slices.Contains(append(Tables(), AcrossTables()...), named) {
					t.Errorf("%s: no table is called %s, in\n%s", page, m[1], b[2])
				}
			}
			names := column.FindAllStringSubmatch(b[2], -1)
			if b[1] == "sql" {
				for _, m := range qualified.FindAllStringSubmatch(b[2], -1) {
					names = append(names, []string{"", m[2]})
				}
			}
			for _, m := range names {
				if !columns[m[1]] && !known[m[1]] && !strings.Contains(b[2], "STRUCT") && !partOf(m[1]) {
					t.Errorf("%s: no table has a column %s, in\n%s", page, m[1], b[2])
				}
			}
		}
	}
	if queries < 20 {
		t.Errorf("%d queries found", queries)
	}
}

// partOf tells a field of the structs that some columns hold.
func partOf(name string) bool {
	for _, s := range Schema() {
		for _, c := range s.Columns {
			if strings.Contains(c.Type, "<"+name+" ") || strings.Contains(c.Type, " "+name+" ") {
				return true
			}
		}
	}
	return false
}
