package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whosaid/whosaid/desk/internal/desktest"
	"github.com/whosaid/whosaid/output"
)

// made is an index of a small corpus, with all of its statements.
func made(t *testing.T) (*Index, []*Hit) {
	t.Helper()
	dir := t.TempDir()
	if err := desktest.Write(dir, desktest.Corpus{Articles: 120, Statements: 6, Seed: 7}); err != nil {
		t.Fatal(err)
	}
	x, err := Open(context.Background(), dir, Options{SearchTime: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	var all []*Hit
	for h, err := range x.Each(context.Background(), Query{}, 1<<40) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, h)
	}
	if int64(len(all)) != x.About.Statements || len(all) < 500 {
		t.Fatalf("%d statements, %d counted", len(all), x.About.Statements)
	}
	return x, all
}

// A search finds what a look at every statement finds, page by page.
func TestSearchFindsWhatIsThere(t *testing.T) {
	x, all := made(t)
	has := func(h *Hit, words ...string) bool {
		text := " " + strings.NewReplacer("“", "", ",”", "").Replace(strings.ToLower(h.Row.Text)) + " "
		for _, w := range words {
			if !strings.Contains(text, w) {
				return false
			}
		}
		return true
	}
	day := func(h *Hit) string { return h.Row.Published.Time().Format(time.DateOnly) }
	for query, want := range map[string]func(h *Hit) bool{
		"q=bridge":                          func(h *Hit) bool { return has(h, " bridge ") },
		"q=BRIDGE+-closes":                  func(h *Hit) bool { return has(h, " bridge ") && !has(h, " closes ") },
		"q=%22the+bridge%22":                func(h *Hit) bool { return has(h, " the bridge ") },
		"q=bri*":                            func(h *Hit) bool { return has(h, " bri") },
		"q=bri*+OR+tower":                   func(h *Hit) bool { return has(h, " bri") || has(h, " tower ") },
		"q=tower+road+OR+tax":               func(h *Hit) bool { return has(h, " tower ") && (has(h, " road ") || has(h, " tax ")) },
		"q=%22the+bridge%22+-tower":         func(h *Hit) bool { return has(h, " the bridge ") && !has(h, " tower ") },
		"q=bridge+-%22the+bridge+opens%22":  func(h *Hit) bool { return has(h, " bridge ") && !has(h, " the bridge opens ") },
		"q=-%22the+bridge%22&type=mixed":    func(h *Hit) bool { return !has(h, " the bridge ") && h.Row.Type == "mixed" },
		"q=fam*+OR+great":                   func(h *Hit) bool { return has(h, " fam") || has(h, " great ") },
		"q=t*+-th*":                         func(h *Hit) bool { return has(h, " t") && !has(h, " th") },
		"q=nonesuch*":                       func(h *Hit) bool { return false },
		"q=-bri*":                           func(h *Hit) bool { return !has(h, " bri") },
		"q=bridge+OR+tower+-the":            func(h *Hit) bool { return (has(h, " bridge ") || has(h, " tower ")) && !has(h, " the ") },
		"q=bridge+OR+%22at+last%22":         func(h *Hit) bool { return has(h, " bridge ") || has(h, " at last ") },
		"q=-the":                            func(h *Hit) bool { return !has(h, " the ") },
		"q=-bridge&type=mixed":              func(h *Hit) bool { return !has(h, " bridge ") && h.Row.Type == "mixed" },
		"type=direct&type=mixed":            func(h *Hit) bool { return h.Row.Type != "indirect" },
		"kind=unnamed":                      func(h *Hit) bool { return h.Row.SpeakerKind == "unnamed" },
		"modality=asked&gender=female":      func(h *Hit) bool { return h.Row.Modality == "asked" && h.Row.SpeakerGender == "female" },
		"gender=unknown":                    func(h *Hit) bool { return h.Row.SpeakerGender == "" },
		"outlet=Outlet+07":                  func(h *Hit) bool { return h.Row.Outlet == "Outlet 07" },
		"outlet=Outlet+07&outlet=Outlet+08": func(h *Hit) bool { return h.Row.Outlet == "Outlet 07" || h.Row.Outlet == "Outlet 08" },
		"min=0.85":                          func(h *Hit) bool { return h.Row.DetectConfidence >= 0.85 },
		"min=0.5&below=0.55":                func(h *Hit) bool { return h.Row.DetectConfidence >= 0.5 && h.Row.DetectConfidence < 0.55 },
		"sure=0.9":                          func(h *Hit) bool { return h.Row.SpeakerConfidence >= 0.9 },
		"person=ada+example":                func(h *Hit) bool { return h.Row.Speaker == "Ada Example" },
		"person=Highw":                      func(h *Hit) bool { return h.Row.Speaker == "the Highways Trust" },
		"key=person:ada+example":            func(h *Hit) bool { return h.Row.Speaker == "Ada Example" },
		"since=2024-12-30&until=2025-02":    func(h *Hit) bool { return day(h) >= "2024-12-30" && day(h) <= "2025-02-28" },
		"since=2025":                        func(h *Hit) bool { return day(h) >= "2025" },
		"until=2024":                        func(h *Hit) bool { return day(h) < "2025" },
		"q=nonesuch":                        func(h *Hit) bool { return false },
		"outlet=nonesuch":                   func(h *Hit) bool { return false },
		"person=nonesuch":                   func(h *Hit) bool { return false },
		"since=1999&until=1999-12":          func(h *Hit) bool { return false },
		"polarity=refused":                  func(h *Hit) bool { return false },
		"q=the&type=direct&min=0.3&sure=0.3": func(h *Hit) bool {
			return has(h, " the ") && h.Row.Type == "direct" && h.Row.DetectConfidence >= 0.3 && h.Row.SpeakerConfidence >= 0.3
		},
	} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		q, err := ParseQuery(v)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		var wanted, got []int64
		for _, h := range all {
			if want(h) {
				wanted = append(wanted, h.N)
			}
		}
		total := int64(-1)
		for after := int64(0); ; {
			p, err := x.Search(context.Background(), q, after, 37)
			if err != nil {
				t.Fatalf("%s: %v", query, err)
			}
			if total < 0 {
				total = p.Total
			}
			for _, h := range p.Hits {
				got = append(got, h.N)
			}
			if after = p.Next; after == 0 {
				break
			}
		}
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: %d statements, want %d", query, len(got), len(wanted))
		}
		if total != int64(len(wanted)) {
			t.Errorf("%s: says %d, there are %d", query, total, len(wanted))
		}
		if again, err := ParseQuery(q.Values()); err != nil || fmt.Sprint(again) != fmt.Sprint(q) {
			t.Errorf("%s: read back as %v (%v)", query, again, err)
		}
	}
}

// When time is up, counting ends, and what is shown is as before; where nothing
// is found in time, the next page goes on.
func TestTimeIsUp(t *testing.T) {
	x, all := made(t)
	q := Query{Types: []string{"direct", "mixed", "indirect"}}
	whole, err := x.Search(context.Background(), q, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	x.searchTime = time.Nanosecond
	cut, err := x.Search(context.Background(), q, 0, 10)
	if err != nil || !cut.More || cut.Total >= whole.Total || cut.Next != whole.Next || cut.Searched != 0 || len(cut.Hits) != 10 {
		t.Errorf("%d of %d counted, next %d of %d: %v", cut.Total, whole.Total, cut.Next, whole.Next, err)
	}
	rare := Query{Words: `"the bridge opens"`}
	want, found, pages := 0, 0, 0
	for _, h := range all {
		if strings.Contains(strings.ToLower(h.Row.Text), "the bridge opens") {
			want++
		}
	}
	for after := int64(0); ; pages++ {
		p, err := x.Search(context.Background(), rare, after, 10)
		if err != nil || p.Searched != 0 && (len(p.Hits) > 10 || p.Searched != p.Next || p.Next <= after) {
			t.Fatalf("searched %d, next %d: %v", p.Searched, p.Next, err)
		}
		found += len(p.Hits)
		if after = p.Next; after == 0 {
			break
		}
	}
	if found != want || want == 0 || pages < 5 {
		t.Errorf("%d found on %d pages, want %d", found, pages, want)
	}
}

// What the overview counts is what there is.
func TestOverviewCounts(t *testing.T) {
	x, all := made(t)
	o, err := x.Overview(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]int64{countType: {}, countKind: {}, countModality: {}, countMonth: {}, countGender: {}}
	outlets, people := map[string]int64{}, map[string]int64{}
	for _, h := range all {
		want[countType][h.Row.Type]++
		want[countKind][h.Row.SpeakerKind]++
		want[countModality][h.Row.Modality]++
		want[countMonth][monthOf(h.Row.Published)]++
		if h.Row.SpeakerKind == "person" {
			want[countGender][h.Row.SpeakerGender]++
			people[h.Row.Speaker]++
		}
		outlets[h.Row.Outlet]++
	}
	for what, counts := range want {
		got := map[string]int64{}
		for _, c := range o.Counts[what] {
			got[c.Name] += c.N
		}
		if !maps.Equal(got, counts) {
			t.Errorf("%s: %v, want %v", what, got, counts)
		}
	}
	for _, u := range o.Outlets {
		if outlets[u.Name] != u.Statements {
			t.Errorf("%s: %d statements, want %d", u.Name, u.Statements, outlets[u.Name])
		}
	}
	for i, p := range o.People {
		if people[p.Name] != p.Statements {
			t.Errorf("%s: %d statements, want %d", p.Name, p.Statements, people[p.Name])
		}
		if i > 0 && p.Statements > o.People[i-1].Statements {
			t.Errorf("%s stands behind %s", p.Name, o.People[i-1].Name)
		}
	}
}

// An article comes back with all of its rows, and a person with all counts.
func TestArticleAndPerson(t *testing.T) {
	x, all := made(t)
	ctx := context.Background()
	h := all[len(all)/2]
	a, err := x.Article(ctx, h.Row.ArticleID, 0)
	if err != nil {
		t.Fatal(err)
	}
	var of []*Hit
	for _, other := range all {
		if other.Row.ArticleID == h.Row.ArticleID {
			of = append(of, other)
		}
	}
	if len(of) != len(a.Quotes) || a.First != of[0].N || len(a.Entities) == 0 {
		t.Fatalf("%d statements from %d, want %d from %d", len(a.Quotes), a.First, len(of), of[0].N)
	}
	for i := range of {
		q := &a.Quotes[i]
		if fmt.Sprint(*q.CueStart, q.QuoteID, q.Text) != fmt.Sprint(*of[i].Row.CueStart, of[i].Row.QuoteID, of[i].Row.Text) || a.Persons[i] != of[i].Person {
			t.Errorf("statement %d is %v", i, q)
		}
		if (*a.Article.Text)[q.ByteStart:q.ByteEnd] != q.Text {
			t.Errorf("statement %d does not slice the text", i)
		}
	}
	if _, err := x.Article(ctx, "nonesuch", 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such article: %v", err)
	}
	p, err := x.Person(ctx, "person:ada example")
	if err != nil {
		t.Fatal(err)
	}
	months, outlets := int64(0), map[string]bool{}
	for _, c := range p.ByMonth {
		months += c.N
	}
	statements := int64(0)
	for _, h := range all {
		if h.Row.Speaker == "Ada Example" {
			statements++
			outlets[h.Row.Outlet] = true
		}
	}
	if p.Statements != statements || months != statements || p.Outlets != int64(len(outlets)) || len(p.CoQuoted) == 0 || p.Gender != "female" {
		t.Errorf("person: %+v, want %d statements in %d outlets", p, statements, len(outlets))
	}
	if _, err := x.Person(ctx, "person:nobody"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such person: %v", err)
	}
	for _, c := range p.CoQuoted {
		n := map[string]bool{}
		for _, a := range all {
			for _, b := range all {
				if a.Row.ArticleID == b.Row.ArticleID && a.Row.Speaker == "Ada Example" && b.Person == c.Person.N {
					n[a.Row.ArticleID] = true
				}
			}
		}
		if int64(len(n)) != c.N {
			t.Errorf("with %s: %d articles, want %d", c.Name, c.N, len(n))
		}
	}
}

// An index is built once, and again when the tables change or it is damaged.
func TestOpenAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a name; with #100% & ünusual letters")
	if err := desktest.Write(dir, desktest.Corpus{Articles: 20, Statements: 4, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	builds := 0
	o := Options{Building: func(string) { builds++ }}
	check := func(want int) {
		t.Helper()
		x, err := Open(context.Background(), dir, o)
		if err != nil {
			t.Fatal(err)
		}
		x.Close()
		if builds != want {
			t.Fatalf("%d builds, want %d", builds, want)
		}
	}
	check(1)
	check(1)
	path := filepath.Join(dir, Folder, fileName)
	if err := os.WriteFile(path, []byte("not a database, and longer than a header of one hundred bytes would have to be, by some words"), 0o666); err != nil {
		t.Fatal(err)
	}
	check(2)
	// One of another version of the program.
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE meta SET value = '1' WHERE key = 'version'`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	check(3)
	old := filepath.Join(dir, "articles", "part-000000-0a0b0c0d.parquet")
	if err := os.Rename(old, strings.Replace(old, "0a0b0c0d", "1a0b0c0d", 1)); err != nil {
		t.Fatal(err)
	}
	check(4)
	left, _ := os.ReadDir(filepath.Join(dir, Folder))
	if len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// A folder that cannot be written to has its index in the cache.
func TestReadOnlyTables(t *testing.T) {
	dir, cache := t.TempDir(), t.TempDir()
	if err := desktest.Write(dir, desktest.Corpus{Articles: 5, Statements: 4, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, Folder), nil, 0o444); err != nil { // a file in the folder's place stops root too
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), dir, Options{}); err == nil {
		t.Error("opened without a place for the index")
	}
	x, err := Open(context.Background(), dir, Options{CacheDir: cache})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if !x.Cached || !strings.HasPrefix(x.Dir, cache) {
		t.Errorf("in %s", x.Dir)
	}
}

// What is no folder of tables is told from one, and what to do.
func TestOpenNothing(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{"": "holds neither", "nowhere": "is not a folder", "jsonl": "--format parquet", "part": "no table quotes"} {
		in := filepath.Join(dir, name)
		if name == "jsonl" || name == "part" {
			if err := os.MkdirAll(filepath.Join(in, "articles"), 0o777); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(in, "quotes.jsonl")
			if name == "part" {
				file = filepath.Join(in, "articles", output.Parquet.PartName("x-y"))
			}
			if err := os.WriteFile(file, nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Open(context.Background(), in, Options{}); !errors.Is(err, ErrNoTables) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestQueriesRefused(t *testing.T) {
	for query, want := range map[string]string{
		"type=loud": "is not one of direct, indirect, mixed", "since=never": "is not a day", "min=2": "is not a number from 0 to 1",
		"min=NaN": "is not a number", "since=2026&until=2025": "until is before since",
		"q=" + strings.Repeat("a", maxWordsBytes+1): "more than", "q=" + strings.Repeat("a+", maxTerms+1): "more than 32 words",
	} {
		v, _ := url.ParseQuery(query)
		if _, err := ParseQuery(v); !errors.Is(err, ErrQuery) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// The days between two are covered once each.
func TestDaysBetween(t *testing.T) {
	since := time.Date(2023, 11, 29, 0, 0, 0, 0, time.UTC)
	for n := 0; n < 900; n += 31 {
		until := since.AddDate(0, 0, n)
		covered := map[string]int{}
		for _, token := range daysBetween(since, until) {
			for d := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2027; d = d.AddDate(0, 0, 1) {
				day := d.Format("20060102")
				if token == "y"+day[:4] || token == "m"+day[:6] || token == "d"+day {
					covered[day]++
				}
			}
		}
		if len(covered) != n+1 {
			t.Fatalf("%d days from %s: %d covered", n+1, since, len(covered))
		}
		for day, times := range covered {
			if times != 1 || day < since.Format("20060102") || day > until.Format("20060102") {
				t.Fatalf("%s is covered %d times", day, times)
			}
		}
	}
}

// Whatever is typed, the index understands the expression made of it.
func FuzzWords(f *testing.F) {
	for _, s := range []string{`bridge`, `"the bridge" -tower* OR road`, `" OR " AND -`, `“curly” *`, `facets : tdirect`, "a\x00b", `NEAR(a b)`, `-"`, `*`, `OR OR`, "\xff\xfe é中 🙂"} {
		f.Add(s)
	}
	dir := f.TempDir()
	if err := desktest.Write(dir, desktest.Corpus{Articles: 3, Statements: 4, Seed: 1}); err != nil {
		f.Fatal(err)
	}
	x, err := Open(context.Background(), dir, Options{})
	if err != nil {
		f.Fatal(err)
	}
	defer x.Close()
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuery(url.Values{"q": {s}, "person": {s}, "outlet": {s}})
		if err != nil {
			return
		}
		if _, err := x.Search(context.Background(), q, 0, 3); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if _, err := x.Search(context.Background(), Query{Words: s}, 0, 3); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
	})
}

// With the tables of link, persons, quotations and copies are those of link.
func TestAcrossArticles(t *testing.T) {
	dir := t.TempDir()
	if err := desktest.Write(dir, desktest.Corpus{Articles: 60, Statements: 6, Seed: 7}); err != nil {
		t.Fatal(err)
	}
	if err := desktest.WriteAcross(dir); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	x, err := Open(ctx, dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if !x.About.Linked || !x.About.Quotations {
		t.Fatalf("%+v", x.About)
	}
	people, err := x.People(ctx, "person", "", 0, 10)
	if err != nil || len(people) < 5 {
		t.Fatalf("%d people: %v", len(people), err)
	}
	p, err := x.Person(ctx, people[0].Key)
	if err != nil || len(p.Key) != 16 || len(p.About.Aliases) != 1 || p.Gender == "" {
		t.Fatalf("%+v: %v", p, err)
	}
	found, err := x.Search(ctx, Query{Key: p.Key}, 0, 500)
	if err != nil || int64(len(found.Hits)) != p.Statements {
		t.Errorf("%d statements of %d: %v", len(found.Hits), p.Statements, err)
	}
	for _, h := range found.Hits {
		if h.Row.Speaker != p.Name {
			t.Errorf("%q is not %q", h.Row.Speaker, p.Name)
		}
	}
	list, err := x.Travelled(ctx, 0, 5)
	if err != nil || len(list) == 0 || list[0].Outlets < 2 {
		t.Fatalf("quotations: %+v, %v", list, err)
	}
	u, variants, err := x.Quotation(ctx, list[0].ID, 0)
	if err != nil || int64(len(variants)) != u.Statements {
		t.Fatalf("%d variants of %d: %v", len(variants), u.Statements, err)
	}
	for _, v := range variants {
		if v.Relation != "reworded" || !strings.HasPrefix(strings.Trim(v.Row.Text, "“"), strings.Join(strings.Fields(strings.Trim(u.Text, "“"))[:3], " ")) {
			t.Errorf("variant %q of %q", v.Row.Text, u.Text)
		}
	}
	a, err := x.Article(ctx, variants[0].Article.ID, 0)
	if err != nil || len(a.Copies) != 1 || a.Quotations[variants[0].Row.Ordinal] != u.N {
		t.Errorf("copies %+v, quotations %v: %v", a.Copies, a.Quotations, err)
	}
	o, err := x.Overview(ctx)
	if err != nil || len(o.Counts["spread"]) == 0 || len(o.Travelled) == 0 {
		t.Errorf("spread %v: %v", o.Counts["spread"], err)
	}
}
