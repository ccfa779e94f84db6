package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

var update = flag.Bool("update", false, "rewrite the column tables of docs/tables")

// rowTypes is a row of each table.
func rowTypes() map[Table]any {
	return map[Table]any{
		Articles: ArticleRow{}, Quotes: QuoteRow{}, Mentions: MentionRow{}, Entities: EntityRow{}, Rejects: RejectRow{},
		People: PersonRow{}, PersonLinks: PersonLinkRow{}, PersonChanges: PersonChangeRow{},
		Quotations: QuotationRow{}, QuotationLinks: QuotationLinkRow{}, Copies: CopyRow{},
	}
}

// parquetColumn describes a field of a Parquet schema as Schema does.
func parquetColumn(n parquet.Node) (typ string, nullable bool) {
	nullable = n.Optional()
	if lt := n.Type().LogicalType(); !n.Leaf() {
		if lt == nil || lt.String() != "LIST" {
			return "group", nullable
		}
		element := n.Fields()[0].Fields()[0] // list, element: the three-level form
		if element.Leaf() {
			t, _ := parquetColumn(element)
			return "list<" + t + ">", nullable
		}
		var of []string
		for _, f := range element.Fields() {
			t, _ := parquetColumn(f)
			of = append(of, f.Name()+" "+t)
		}
		return "list<struct<" + strings.Join(of, ", ") + ">>", nullable
	}
	names := map[string]string{
		"STRING": "string", "INT(32,true)": "int32", "INT(64,true)": "int64", "FLOAT": "float32", "BOOLEAN": "bool",
		"TIMESTAMP(isAdjustedToUTC=true,unit=MICROS)": "timestamp",
	}
	name := n.Type().String()
	if t, ok := names[name]; ok {
		return t, nullable
	}
	return name, nullable
}

func TestSchemaParquet(t *testing.T) {
	for _, table := range Schema() {
		var got []Column
		for _, f := range parquet.SchemaOf(rowTypes()[table.Name]).Fields() {
			typ, nullable := parquetColumn(f)
			got = append(got, Column{Name: f.Name(), Type: typ, Nullable: nullable})
		}
		want := append([]Column(nil), table.Columns...)
		for i := range want {
			if want[i].Doc == "" || strings.Contains(want[i].Doc, "\n") {
				t.Errorf("%s.%s: doc %q is not one line", table.Name, want[i].Name, want[i].Doc)
			}
			want[i].Doc = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: schema, parquet: %s", table.Name, diff)
		}
	}
}

// The struct tags for reading JSON back name the same columns.
func TestSchemaTags(t *testing.T) {
	for _, table := range Schema() {
		row := reflect.TypeOf(rowTypes()[table.Name])
		if row.NumField() != len(table.Columns) {
			t.Fatalf("%s has %d fields for %d columns", row, row.NumField(), len(table.Columns))
		}
		for i, c := range table.Columns {
			if got := row.Field(i).Tag.Get("json"); got != c.Name {
				t.Errorf("%s.%s has json tag %q", row, row.Field(i).Name, got)
			}
		}
	}
}

func names(cols []Column) []string {
	out := make([]string, len(cols))
	for i := range cols {
		out[i] = cols[i].Name
	}
	return out
}

// Every line has every column in order, whatever is null.
func TestSchemaFiles(t *testing.T) {
	rows := fakeRows(t, 3, 8, 200, MapOptions{})
	dir := t.TempDir()
	writeAll(t, dir, JSONL, rows, Options{})
	writeAll(t, dir, CSV, rows, Options{})
	writeAcross(t, dir, JSONL, acrossRows(), Options{})
	writeAcross(t, dir, CSV, acrossRows(), Options{})
	for _, table := range Schema() {
		b, err := os.ReadFile(filepath.Join(dir, JSONL.FileName(string(table.Name))))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(b) {
			if diff := cmp.Diff(names(table.Columns), keys(t, line)); diff != "" {
				t.Fatalf("%s: schema, json: %s", table.Name, diff)
			}
			var m map[string]any
			if err := json.Unmarshal(line, &m); err != nil {
				t.Fatal(err)
			}
			for _, c := range table.Columns {
				if m[c.Name] == nil && !c.Nullable {
					t.Fatalf("%s.%s is null: %s", table.Name, c.Name, line)
				}
				if m[c.Name] == "" && c.Nullable {
					t.Fatalf("%s.%s is empty, not null: %s", table.Name, c.Name, line)
				}
			}
		}
		f, err := os.Open(filepath.Join(dir, CSV.FileName(string(table.Name))))
		if err != nil {
			t.Fatal(err)
		}
		header, err := csv.NewReader(f).Read()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(names(table.Columns), header); diff != "" {
			t.Errorf("%s: schema, csv: %s", table.Name, diff)
		}
	}
}

// keys is the keys of a JSON object in their order.
func keys(t *testing.T, line []byte) []string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(line))
	var out []string
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		k, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, k.(string))
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Markers in docs/tables/*.md between which the column table stands.
const (
	docBegin = "<!-- columns: begin -->\n"
	docEnd   = "<!-- columns: end -->\n"
)

// markdown is the column table of a page.
func markdown(table TableSchema) string {
	var b strings.Builder
	b.WriteString("| column | type | null | meaning |\n|---|---|---|---|\n")
	for _, c := range table.Columns {
		null := ""
		if c.Nullable {
			null = "yes"
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", c.Name, c.Type, null, c.Doc)
	}
	return b.String()
}

func TestSchemaDocs(t *testing.T) {
	for _, table := range Schema() {
		path := filepath.Join("..", "docs", "tables", string(table.Name)+".md")
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, ok := strings.Cut(string(b), docBegin)
		got, tail, ok2 := strings.Cut(rest, docEnd)
		if !ok || !ok2 {
			t.Fatalf("%s has no marked column table", path)
		}
		want := markdown(table)
		if *update && got != want {
			if err := os.WriteFile(path, []byte(head+docBegin+want+docEnd+tail), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (mend with -update): %s", path, diff)
		}
		if !strings.Contains(head, table.Doc) {
			t.Errorf("%s does not say %q", path, table.Doc)
		}
	}
}

func TestParse(t *testing.T) {
	for _, table := range Tables() {
		if got, err := ParseTable(string(table)); got != table || err != nil {
			t.Errorf("ParseTable(%q) = %q, %v", table, got, err)
		}
	}
	for _, f := range []Format{Parquet, JSONL, CSV} {
		if got, err := ParseFormat(string(f)); got != f || err != nil {
			t.Errorf("ParseFormat(%q) = %q, %v", f, got, err)
		}
	}
	if _, err := ParseTable("quote"); err == nil {
		t.Error("table quote is known")
	}
	if _, err := ParseFormat("json"); err == nil {
		t.Error("format json is known")
	}
	if _, err := Open("json", nil, Options{}); err == nil {
		t.Error("a file of format json can be opened")
	}
}
