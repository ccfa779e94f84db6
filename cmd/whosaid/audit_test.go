package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A sheet that is drawn, filled by two judges and read again gives a report;
// what is wrong with a sheet is told with its row.
func TestAudit(t *testing.T) {
	dir := t.TempDir()
	tables, sheet := filepath.Join(dir, "tables"), filepath.Join(dir, "sheet.csv")
	if code, _, errs := runs(t, "", "extract", "--quiet", "--progress", "none", "--out", tables, "../../testdata/articles/cable-car-quito.txt", "../../testdata/articles/brief-bridge.txt"); code != 0 {
		t.Fatal(errs)
	}
	sample := []string{"audit", "sample", "--size", "8", "--articles", "2", "--by", "type", "--seed", "7", "--out", sheet, tables}
	if code, out, errs := runs(t, "", sample...); code != 0 || out != "" || !strings.Contains(errs, "statements=8 articles=2") {
		t.Fatalf("exit code %d\n%s%s", code, out, errs)
	}
	if code, _, errs := runs(t, "", sample...); code != 1 || !strings.Contains(errs, "is there already") {
		t.Errorf("over a sheet: exit code %d\n%s", code, errs)
	}
	b, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
	if err != nil || len(rows) != 11 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	_, again, _ := runs(t, "", slices.DeleteFunc(sample, func(s string) bool { return s == "--out" || s == sheet })...)
	if again != string(b) {
		t.Error("the same seed draws another sample")
	}
	fill := func(name, first string) string {
		filled := slices.Clone(rows)
		for i := 1; i < len(filled); i++ {
			filled[i] = slices.Clone(rows[i])
			if filled[i][0] == "article" {
				filled[i][5] = "1"
				continue
			}
			filled[i][2] = "right"
			if i == 1 {
				filled[i][2] = first
			}
			if filled[i][slices.Index(rows[0], "speaker")] != "" && filled[i][2] != "none" {
				filled[i][3] = "right"
			}
		}
		var out strings.Builder
		if err := csv.NewWriter(&out).WriteAll(filled); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name)
		put(t, file, out.String(), 0o644)
		return file
	}
	code, out, errs := runs(t, "", "audit", "report", "--precision", "0.5", fill("ada.csv", "right"), fill("bilal.csv", "none"))
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, errs)
	}
	for _, want := range []string{"8 of 8 statements judged, 2 articles read in full, by ada, bilal", "precision by stratum", "statements found (recall)", "ada and bilal: Cohen's kappa", "A random sample of 8 statements was drawn from the ", "keep detect_confidence"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for args, want := range map[string]string{
		"audit":                            "sample or report or gold",
		"audit gold":                       "takes one folder",
		"audit gold " + tables:             "called right yet",
		"audit smaple x":                   "did you mean sample?",
		"audit sample":                     "takes one folder",
		"audit sample --by colour x":       `"colour" is not one of none, type, outlet, confidence`,
		"audit sample --size -1 x":         "at most",
		"audit sample no-such-folder":      "is not a folder",
		"audit report":                     "needs one filled sheet",
		"audit report --precision 2 x":     "is not between 0 and 1",
		"audit report no-such.csv":         "no-such.csv",
		"audit report ../../go.mod":        "no column",
		"audit report " + sheet:            "nobody has judged anything: all 10 rows",
		"audit report " + fill("x", "yes"): `row 2: statement "yes" is not one of right, edges, none`,
	} {
		code, out, errs := runs(t, "", strings.Fields(args)...)
		if code == 0 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: exit code %d\n%s%s", args, code, out, errs)
		}
	}
}
