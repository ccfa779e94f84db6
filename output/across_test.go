package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// across is a few rows of every table across articles, with and without nulls.
type across struct {
	People         []PersonRow
	PersonLinks    []PersonLinkRow
	PersonChanges  []PersonChangeRow
	Quotations     []QuotationRow
	QuotationLinks []QuotationLinkRow
	Copies         []CopyRow
}

func acrossRows() across {
	at, later, days := Timestamp(1_700_000_000_000_000), Timestamp(1_700_000_086_400_000), int32(0)
	return across{
		[]PersonRow{
			{PersonID: "0a", Name: "Luz Toapanta", Kind: "person", Aliases: []string{"L. Toapanta", "=Luz"}, Gender: "female", GenderBasis: "pronoun", WikidataID: "Q1",
				Titles:    []TitleRow{{"Councilwoman", &at, &later}, {"Mayor \"elect\"", nil, nil}},
				NArticles: 3, NOutlets: 2, NQuotes: 9, NWords: 120, FirstSeen: &at, LastSeen: &later, Confidence: 0.98},
			{PersonID: "0b", Name: "Seilwerk Tirol", Kind: "organization", Aliases: []string{}, Titles: []TitleRow{}, NArticles: 1, Confidence: 1},
		},
		[]PersonLinkRow{{"a1", "e1", "0a", 0.97, "name"}, {"a2", "e9", "0a", 0.5, "short"}},
		[]PersonChangeRow{{"0c", "0a", "merged", "r1"}},
		[]QuotationRow{
			{"q1", "We sang, we prayed", "direct", "0a", 3, 2, 2, "a1", &at, &later, &days},
			{QuotationID: "q2", Text: "that it would rain", Type: "indirect", NQuotes: 1, NArticles: 1, FirstArticleID: "a2"},
		},
		[]QuotationLinkRow{{"k1", "q1", "same", 1}, {"k2", "q1", "shortened", 0.6}},
		[]CopyRow{{"a1", "c1", 0.99, true}, {"a2", "c1", 0.99, false}},
	}
}

func writeTable[T Row](t *testing.T, dir string, f Format, rows []T, o Options) {
	t.Helper()
	w, err := Create[T](f, filepath.Join(dir, f.FileName(string(TableOf[T]()))), o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := w.Write(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	info, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Abort(); err != nil { // too late to do anything
		t.Error(err)
	}
	if st, err := os.Stat(info.Path); err != nil || st.Size() != info.Size || info.Rows != int64(len(rows)) || info.Table != TableOf[T]() {
		t.Errorf("%+v is not the file's (%v)", info, err)
	}
}

func writeAcross(t *testing.T, dir string, f Format, a across, o Options) {
	t.Helper()
	writeTable(t, dir, f, a.People, o)
	writeTable(t, dir, f, a.PersonLinks, o)
	writeTable(t, dir, f, a.PersonChanges, o)
	writeTable(t, dir, f, a.Quotations, o)
	writeTable(t, dir, f, a.QuotationLinks, o)
	writeTable(t, dir, f, a.Copies, o)
}

// What is written comes back, from Parquet and JSON Lines alike.
func TestAcrossRoundTrip(t *testing.T) {
	want := acrossRows()
	for _, o := range []Options{{}, {RowGroupRows: 1}} {
		dir := t.TempDir()
		at := func(table Table, f Format) string { return filepath.Join(dir, f.FileName(string(table))) }
		writeAcross(t, dir, Parquet, want, o)
		got := across{
			readParquet[PersonRow](t, at(People, Parquet)), readParquet[PersonLinkRow](t, at(PersonLinks, Parquet)),
			readParquet[PersonChangeRow](t, at(PersonChanges, Parquet)), readParquet[QuotationRow](t, at(Quotations, Parquet)),
			readParquet[QuotationLinkRow](t, at(QuotationLinks, Parquet)), readParquet[CopyRow](t, at(Copies, Parquet)),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v: %s", o, diff)
		}
		for _, table := range AcrossTables() {
			if n, err := CheckFile(at(table, Parquet)); n == 0 || err != nil {
				t.Errorf("%s: %d rows, %v", table, n, err)
			}
		}
		writeAcross(t, dir, JSONL, want, o)
		got = across{
			readJSON[PersonRow](t, at(People, JSONL)), readJSON[PersonLinkRow](t, at(PersonLinks, JSONL)),
			readJSON[PersonChangeRow](t, at(PersonChanges, JSONL)), readJSON[QuotationRow](t, at(Quotations, JSONL)),
			readJSON[QuotationLinkRow](t, at(QuotationLinks, JSONL)), readJSON[CopyRow](t, at(Copies, JSONL)),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v: %s", o, diff)
		}
	}
}

// A file that is there is not written over, and an aborted one goes.
func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "copies.parquet")
	w, err := Create[CopyRow](Parquet, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create[CopyRow](Parquet, path, Options{}); err == nil {
		t.Error("a file was written over")
	}
	if err := w.Abort(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the aborted file is there: %v", err)
	}
	if _, err := Create[CopyRow]("json", path, Options{}); err == nil {
		t.Error("a file of format json can be created")
	}
}

// Some rows of a part, by their numbers, are those that reading all gives.
func TestReadTexts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "part.parquet")
	w, err := Create[QuotationRow](Parquet, path, Options{RowGroupRows: 700})
	if err != nil {
		t.Fatal(err)
	}
	var want [][2]string
	for i := range 2000 {
		r := QuotationRow{QuotationID: fmt.Sprint(i), Text: strings.Repeat(fmt.Sprint("word ", i, " "), 1+i%200)}
		if i%3 > 0 {
			r.PersonID = fmt.Sprint("p", i%7)
		}
		want = append(want, [2]string{r.PersonID, r.Text})
		if err := w.Write(&r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, numbers := range [][]int64{{}, {0}, {1999}, {0, 1, 2, 698, 699, 700, 701, 1400, 1401, 1998}, {5, 5, 1300}} {
		var got [][2]string
		err := ReadTexts(path, []string{"person_id", "text"}, numbers, func(texts []string) error {
			got = append(got, [2]string{texts[0], texts[1]})
			return nil
		})
		if err != nil || len(got) != len(numbers) {
			t.Fatalf("rows %v: %d, %v", numbers, len(got), err)
		}
		for i, n := range numbers {
			if got[i] != want[n] {
				t.Errorf("row %d is %q", n, got[i])
			}
		}
	}
	none := func([]string) error { return nil }
	for what, err := range map[string]error{
		"a row too many":    ReadTexts(path, []string{"text"}, []int64{3, 2000}, none),
		"no such column":    ReadTexts(path, []string{"texts"}, []int64{0}, none),
		"a stop by visit":   ReadTexts(path, []string{"text"}, []int64{0}, func([]string) error { return errors.New("stop") }),
		"a file that is no": ReadTexts(filepath.Join(t.TempDir(), "none"), []string{"text"}, []int64{0}, none),
	} {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
