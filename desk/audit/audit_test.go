package audit

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s: %.5f, want %.5f", what, got, want)
	}
}

// The intervals of Newcombe (1998), table I, method 3, for 81 of 263, 15 of 148,
// 0 of 20 and 1 of 29.
func TestWilson(t *testing.T) {
	for _, c := range []struct{ r, n, low, high float64 }{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718},
	} {
		low, high := Wilson(c.r/c.n, c.n)
		near(t, fmt.Sprintf("%v of %v, low", c.r, c.n), low, c.low, 0.00005)
		near(t, fmt.Sprintf("%v of %v, high", c.r, c.n), high, c.high, 0.00005)
	}
	if low, high := Wilson(1, 10); high != 1 || low < 0.7 {
		t.Errorf("10 of 10: %v to %v", low, high)
	}
}

// Two readers on fifty grant proposals: both yes 20, both no 15, 5 and 10
// apart, a kappa of 0.4 (the common worked example).
func TestCohen(t *testing.T) {
	var x, y []string
	for _, c := range []struct {
		a, b string
		n    int
	}{{"yes", "yes", 20}, {"yes", "no", 5}, {"no", "yes", 10}, {"no", "no", 15}} {
		for range c.n {
			x, y = append(x, c.a), append(y, c.b)
		}
	}
	near(t, "kappa", Cohen(x, y), 0.4, 1e-9)
	if !math.IsNaN(Cohen([]string{"a", "a"}, []string{"a", "a"})) {
		t.Error("one value alone has no kappa")
	}
}

// The three worked examples of Krippendorff (2011), sections A, B and C: two
// observers with binary data, two with nominal data, four with values missing.
func TestKrippendorff(t *testing.T) {
	ratings := func(observers ...string) (out []map[string]string) {
		for i := range strings.Fields(observers[0]) {
			r := map[string]string{}
			for o, line := range observers {
				if v := strings.Fields(line)[i]; v != "." {
					r[fmt.Sprint(o)] = v
				}
			}
			out = append(out, r)
		}
		return out
	}
	near(t, "binary", Alpha(ratings("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")), 0.095, 0.0005)
	near(t, "nominal", Alpha(ratings("a a b b d c c c e d d a", "b a b b b c c c e d d d")), 0.692, 0.0005)
	near(t, "missing", Alpha(ratings("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")), 0.743, 0.0005)
}

// corpus is invented items whose truth is known.
func corpus(r *rand.Rand, n int) (items []Item, right []bool) {
	for i := range n {
		c := r.Float64()
		items = append(items, Item{ID: fmt.Sprintf("%016x", r.Uint64()), Type: []string{"direct", "indirect", "indirect", "indirect", "mixed"}[i%5], Confidence: c, Sure: c, Speaker: "Ada Example"})
		right = append(right, r.Float64() < c)
	}
	return items, right
}

func draw(d Design, items []Item) (out []Item) {
	w := NewDrawer[int](d.Seed, d.Size)
	for i := range items {
		name := ""
		switch d.By {
		case "type":
			name = items[i].Type
		case "confidence":
			name = Band(items[i].Confidence)
		}
		w.Add(name, items[i].ID, i)
	}
	for _, c := range w.Draw(d.Size) {
		item := items[c.Value]
		item.Stratum, item.Size = c.Stratum, c.Size
		out = append(out, item)
	}
	return out
}

// In 95% of audits, or hardly fewer, the interval holds the true precision,
// with strata and without.
func TestIntervalsCover(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	items, right := corpus(r, 1500)
	truth, of := 0.0, map[string]bool{}
	for i := range items {
		of[items[i].ID] = right[i]
		if right[i] {
			truth += 1 / float64(len(items))
		}
	}
	for _, by := range Strata() {
		if by == "outlet" {
			continue
		}
		held := 0
		const audits = 150
		for seed := range uint64(audits) {
			d := Design{Seed: seed, By: by, Size: 100}
			var js []Judgement
			sample := draw(d, items)
			for _, item := range sample {
				j := Judgement{Judge: "a", Item: item.ID, Statement: None}
				if of[item.ID] {
					j.Statement = Right
				}
				js = append(js, j)
			}
			p := NewReport(d, sample, nil, js).Statements
			if p.Low <= truth && truth <= p.High {
				held++
			}
		}
		if share := float64(held) / audits; share < 0.91 {
			t.Errorf("by %s: the interval holds the truth in %.1f%% of audits", by, 100*share)
		}
	}
}

// The same seed draws the same sample, in whatever order the corpus is met;
// strata get equal shares; another seed draws another sample.
func TestDraw(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	items, _ := corpus(r, 500)
	ids := func(items []Item) (out []string) {
		for _, i := range items {
			out = append(out, i.ID)
		}
		return out
	}
	d := Design{Seed: 9, By: "type", Size: 90}
	first := draw(d, items)
	shuffled := slices.Clone(items)
	r.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
	if !slices.Equal(ids(first), ids(draw(d, shuffled))) {
		t.Error("the order of the corpus matters")
	}
	d.Seed++
	if slices.Equal(ids(first), ids(draw(d, items))) {
		t.Error("the seed does not matter")
	}
	n := map[string]int{}
	for _, i := range first {
		n[i.Type]++
	}
	if n["direct"] != 30 || n["indirect"] != 30 || n["mixed"] != 30 || first[0].Size == 0 {
		t.Errorf("drawn by type: %v", n)
	}
	d.Size = 450 // more than the small strata have
	n = map[string]int{}
	for _, i := range draw(d, items) {
		n[i.Type]++
	}
	if n["direct"] != 100 || n["mixed"] != 100 || n["indirect"] != 250 {
		t.Errorf("450 by type: %v", n)
	}
}

// known is an audit whose figures follow by hand: 60 statements, of which 50 are
// right, 4 have wrong edges and 6 are none; of 40 speakers that could be judged,
// 38 are right.
func known() ([]Item, []Judgement) {
	var items []Item
	var js []Judgement
	for i := range 60 {
		item := Item{ID: fmt.Sprintf("%016x", i), Stratum: "all", Size: 412, Confidence: 0.9, Sure: 0.95, Speaker: "Ada Example"}
		j := Judgement{Judge: "Ada", Item: item.ID, Statement: Right, Speaker: Right}
		switch {
		case i < 6:
			j.Statement, j.Speaker, item.Confidence = None, "", 0.3
		case i < 10:
			j.Statement, item.Confidence = Edges, 0.6
		}
		switch {
		case i >= 10 && i < 12:
			j.Speaker = Wrong
		case i >= 12 && i < 20:
			j.Speaker = Unknown
		case i >= 20 && i < 26:
			item.Speaker, j.Speaker = "", ""
		}
		items, js = append(items, item), append(js, j)
	}
	return items, js
}

func TestKnownAudit(t *testing.T) {
	items, js := known()
	r := NewReport(Design{Seed: 1, By: "none", Total: 412}, items, nil, js)
	near(t, "statements", r.Statements.P, 54.0/60, 1e-9)
	near(t, "low", r.Statements.Low, 0.79854, 0.00005) // 54 of 60: 79.9 to 95.3%
	near(t, "high", r.Statements.High, 0.95335, 0.00005)
	near(t, "exact", r.Exact.P, 50.0/60, 1e-9)
	near(t, "speakers", r.Speakers.P, 38.0/40, 1e-9)
	near(t, "pairs", r.Pairs.P, 38.0/46, 1e-9)
	if r.Speakers.N != 40 || r.Pairs.N != 46 || r.Statements.Effective < 59.999 || r.Statements.Effective > 60.001 {
		t.Errorf("rests on %d and %d of %v", r.Speakers.N, r.Pairs.N, r.Statements.Effective)
	}
	low, ok := r.For(0.99)
	if !ok || low.At != 0.35 || low.Precision.P != 1 {
		t.Errorf("threshold for 99%%: %+v", low)
	}
	near(t, "kept", low.Kept, 54.0/60, 1e-9)
	if len(r.Calibration.Bins) != 3 {
		t.Fatalf("bins: %+v", r.Calibration.Bins)
	}
	near(t, "calibration error", r.Calibration.Error, (6*0.3+4*0.4+50*0.1)/60, 1e-9)
	near(t, "brier", r.Calibration.Brier, (6*0.09+4*0.16+50*0.01)/60, 1e-9)
	for _, want := range []string{"60 statements", "412", "90.0% (79.9 to 95.3%)", "95.0%", "40 statements", "Wilson", "one person", "seed 1"} {
		if !strings.Contains(r.Methods(), want) {
			t.Errorf("no %q in %s", want, r.Methods())
		}
	}
}

// Strata are weighted by their sizes: 9 of 10 right in a stratum of 900 and 1 of
// 10 in one of 100 are 82%, with the effective size 1/(0.81/10 + 0.01/10).
func TestStrataAreWeighted(t *testing.T) {
	var items []Item
	var js []Judgement
	for i := range 20 {
		item := Item{ID: fmt.Sprint(i), Stratum: "large", Size: 900}
		j := Judgement{Judge: "a", Item: item.ID, Statement: Right}
		if i >= 10 {
			item.Stratum, item.Size = "small", 100
		}
		if i == 0 || i > 10 {
			j.Statement = None
		}
		items, js = append(items, item), append(js, j)
	}
	r := NewReport(Design{By: "type"}, items, nil, js)
	near(t, "precision", r.Statements.P, 0.82, 1e-9)
	near(t, "effective", r.Statements.Effective, 1/(0.81/10+0.01/10), 1e-9)
	if len(r.ByStratum) != 2 || r.ByStratum[1].Name != "small" || math.Abs(r.ByStratum[1].P-0.1) > 1e-9 {
		t.Errorf("by stratum: %+v", r.ByStratum)
	}
}

// Articles read in full give a recall whose interval is wider where they
// differ.
func TestRecall(t *testing.T) {
	reading := func(id string, n int) Reading { return Reading{ID: id, Statements: make([]string, n)} }
	readings := []Reading{reading("a", 10), reading("b", 10), reading("c", 10), reading("unread", 5)}
	missed := func(id string, wrong, missed int) Judgement {
		return Judgement{Judge: "x", Reading: id, Wrong: make([]string, wrong), Missed: make([]string, missed)}
	}
	even := NewReport(Design{By: "none"}, nil, readings, []Judgement{missed("a", 1, 1), missed("b", 1, 1), missed("c", 1, 1)})
	near(t, "recall", even.Recall.P, 27.0/30, 1e-9)
	near(t, "even", even.Recall.Effective, 30, 1e-9)
	uneven := NewReport(Design{By: "none"}, nil, readings, []Judgement{missed("a", 1, 3), missed("b", 1, 0), missed("c", 1, 0)})
	near(t, "recall", uneven.Recall.P, 27.0/30, 1e-9)
	if uneven.Recall.Effective >= even.Recall.Effective || uneven.Readings != 3 || uneven.Missed != 3 {
		t.Errorf("uneven: %+v", uneven.Recall)
	}
	if s := even.Methods(); !strings.Contains(s, "In 3 articles read in full, recall was 90.0%") {
		t.Error(s)
	}
}

// Two judges: items count by their mean, agreement is told, names differ by
// case alone are one.
func TestTwoJudges(t *testing.T) {
	items, js := known()
	for _, j := range slices.Clone(js[:30]) {
		j.Judge = "Bilal"
		if j.Item == items[29].ID {
			j.Statement, j.Speaker = None, ""
		}
		js = append(js, j)
	}
	js = append(js, Judgement{Judge: " ada ", Item: items[0].ID, Statement: None})
	r := NewReport(Design{By: "none", Total: 412}, items, nil, js)
	near(t, "statements", r.Statements.P, 53.5/60, 1e-9)
	if len(r.Judges) != 2 || r.OfStatements.Items != 30 || len(r.OfStatements.Kappas) != 1 {
		t.Fatalf("%v, %+v", r.Judges, r.OfStatements)
	}
	near(t, "same", r.OfStatements.Same, 29.0/30, 1e-9)
	if k := r.OfStatements.Kappas[0].Value; k < 0.85 || k > 1 {
		t.Errorf("kappa %v", k)
	}
	if !strings.Contains(r.Methods(), "2 people") || !strings.Contains(r.Methods(), "Cohen's kappa") {
		t.Error(r.Methods())
	}
}

// What is kept is there again; a line that a killed process left half-written
// costs itself alone; a judgement that makes no sense is not kept.
func TestStore(t *testing.T) {
	dir := t.TempDir()
	s := NewStore(dir)
	items, js := known()
	sample := &Sample{Name: "first", Design: Design{Seed: 1, By: "none", Size: 60}, Items: items}
	if err := s.Create(sample); err != nil {
		t.Fatal(err)
	}
	if err := s.Create(sample); err == nil {
		t.Error("a name was taken twice")
	}
	for _, name := range []string{"", "..", "a/b", "A", "-a", strings.Repeat("a", 41)} {
		if _, err := s.Sample(name); err == nil {
			t.Errorf("name %q", name)
		}
		if err := s.Judge(name, js[0]); err == nil {
			t.Errorf("name %q", name)
		}
	}
	for i, j := range js {
		if err := s.Judge("first", j); err != nil {
			t.Fatal(err)
		}
		if i == 30 {
			f, err := os.OpenFile(filepath.Join(dir, "first", judgementsFile), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = f.WriteString(`{"judge":"Ada","item":"00`)
			f.Close()
		}
	}
	got, err := NewStore(dir).Judgements("first")
	if err != nil || fmt.Sprint(got) != fmt.Sprint(js) {
		t.Errorf("%d judgements of %d (%v)", len(got), len(js), err)
	}
	if err := s.Judge("first", Judgement{Judge: "a", Item: "x", Statement: "perhaps"}); err == nil {
		t.Error("a judgement that makes no sense was kept")
	}
	names, err := s.Names()
	if err != nil || !slices.Equal(names, []string{"first"}) {
		t.Errorf("names %v (%v)", names, err)
	}
	again, err := s.Sample("first")
	if err != nil || fmt.Sprint(again.Items) != fmt.Sprint(items) {
		t.Errorf("sample differs (%v)", err)
	}
}

// The last judgement of a judge holds, and can be taken back.
func TestLatest(t *testing.T) {
	got := Latest([]Judgement{
		{Judge: "a", Item: "1", Statement: Right}, {Judge: "a", Item: "2", Statement: Right}, {Judge: "b", Item: "1", Statement: None},
		{Judge: "A", Item: "1", Statement: Edges}, {Judge: "a", Item: "2"},
	})
	if len(got) != 2 || got[0].Statement != Edges || got[1].Judge != "b" {
		t.Errorf("%+v", got)
	}
}

// A sheet that is filled gives what the same judgements give.
func TestSheet(t *testing.T) {
	items, js := known()
	for i := range items {
		items[i].Text, items[i].Title = "=words, with \"marks\"\nand lines", "@title"
	}
	sample := &Sample{Design: Design{Seed: 5, By: "type", Total: 412}, Items: items, Readings: []Reading{{ID: "-a", Title: "t", Text: "[1 so], she said", Statements: []string{"1", "2", "3"}}}}
	var b bytes.Buffer
	if err := WriteSheet(&b, sample); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(b.String(), "\nstatement,,,,,,,")
	if len(lines) != 61 {
		t.Fatalf("%d rows", len(lines))
	}
	filled := lines[0]
	for i, j := range js {
		filled = strings.TrimSuffix(filled, "statement,,,,,,,") + "statement,Ada," + strings.ToUpper(j.Statement) + "," + j.Speaker + ",,,,"
		filled += lines[i+1]
	}
	filled = strings.Replace(filled, "\narticle,,,,,,,", "\narticle,Ada,,,1,so it is | and more,,", 1)
	var s Sheets
	if err := s.ReadSheet("ada.csv", strings.NewReader("\ufeff"+filled)); err != nil {
		t.Fatal(err)
	}
	if s.Empty != 0 || len(s.Items) != 60 || len(s.Judgements) != 61 {
		t.Fatalf("%d items, %d judgements, %d empty", len(s.Items), len(s.Judgements), s.Empty)
	}
	got := NewReport(s.Design, s.Items, s.Readings, s.Judgements)
	want := NewReport(sample.Design, items, sample.Readings, append(js, Judgement{Judge: "Ada", Reading: "-a", Wrong: []string{""}, Missed: []string{"", ""}}))
	if got.Methods() != want.Methods() || !strings.Contains(got.Methods(), "recall was 50.0%") {
		t.Errorf("got  %s\nwant %s", got.Methods(), want.Methods())
	}
	var empty Sheets
	if err := empty.ReadSheet("x.csv", bytes.NewReader(b.Bytes())); err != nil || empty.Empty != 61 || len(empty.Judgements) != 0 {
		t.Errorf("an empty sheet: %d empty (%v)", empty.Empty, err)
	}
	for name, c := range map[string][2]string{
		"other columns":  {"a,b\n1,2\n", "no column"},
		"other words":    {strings.Replace(filled, ",RIGHT,", ",YES,", 1), `row 12: statement "yes" is not one of right, edges, none`},
		"no statement":   {strings.Replace(filled, ",RIGHT,right,", ",,right,", 1), "speaker_is is filled"},
		"too many wrong": {strings.Replace(filled, ",,1,so it", ",,4,so it", 1), "wrong: 4 is not a number from 0 to 3"},
		"no number":      {strings.Replace(filled, "0.9000", "high", 1), "is not a number from 0 to 1"},
	} {
		var s Sheets
		if err := s.ReadSheet("x.csv", strings.NewReader(c[0])); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadSheet(f *testing.F) {
	var b bytes.Buffer
	items, _ := known()
	if err := WriteSheet(&b, &Sample{Design: Design{By: "none"}, Items: items[:2], Readings: []Reading{{ID: "a", Statements: []string{"1"}}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.String())
	f.Add(strings.Replace(b.String(), "statement,,,", "statement,a,right,", 1))
	f.Fuzz(func(t *testing.T, sheet string) {
		var s Sheets
		if s.ReadSheet("x.csv", strings.NewReader(sheet)) == nil {
			_ = NewReport(s.Design, s.Items, s.Readings, s.Judgements).Methods()
		}
	})
}
