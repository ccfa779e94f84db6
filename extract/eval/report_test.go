package eval

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/extract/news"
)

// sample is an article with four gold attributions.
func sample() []Gold {
	text := "“We lost,” said Ada Example. Bo Sample said that he was “sick of it”. She believes him. Rain fell."
	at := func(words string) Range {
		i := strings.Index(text, words)
		if i < 0 {
			panic("no " + words)
		}
		n := len([]rune(text[:i]))
		return Range{n, n + len([]rune(words))}
	}
	one := func(words string) []Range { return []Range{at(words)} }
	return []Gold{{Doc: "daily_2031-01-01_x", Text: text, Attributions: []Attribution{
		{ID: "E1", Type: "direct", Act: "statement", Content: one("“We lost,”"), Cue: one("said"), Source: one("Ada Example"), Kind: "person", Name: "Ada Example"},
		{ID: "E2", Type: "mixed", Act: "statement", Content: one("that he was “sick of it”"), Cue: []Range{{39, 43}}, Source: one("Bo Sample"), Kind: "person", Name: "Bo Sample"},
		{ID: "E3", Type: "indirect", Act: "attitude", Content: one("him"), Cue: one("believes"), Source: one("She"), Kind: "person", Name: "Ada Example"},
	}}}
}

// asPredictions are the gold attributions as predictions, with confidence c.
func asPredictions(g Gold, c float64) []Prediction {
	var out []Prediction
	for _, a := range g.Attributions {
		out = append(out, Prediction{Type: a.Type, Act: a.Act, Content: a.Content, Cue: a.Cue, Source: a.Source, Kind: a.Kind, Name: a.Name, Detect: c, Speaker: c})
	}
	return out
}

func TestPerfect(t *testing.T) {
	golds := sample()
	r := Compare(golds, Predictions{Key(golds[0].Doc): asPredictions(golds[0], 1)})
	f := r.Figures()
	for _, p := range append(f.Exact[:], f.Triple, f.Pair, f.Content, f.SpeakerEndToEnd) {
		if p.F1 != 100 || p.Gold != 3 || p.Pred != 3 {
			t.Errorf("%+v, want 100", p)
		}
	}
	if ms := r.Mistakes(); len(ms) != 0 {
		t.Errorf("mistakes where all is right: %v", ms)
	}
}

// broken has a mistake of every kind but a cue's.
func broken() ([]Gold, Predictions) {
	golds := sample()
	p := asPredictions(golds[0], 0.75)
	p[0].Source = nil
	p[0].Name = "Bo Sample"
	p[1].Content = []Range{{p[1].Content[0][0] + 5, p[1].Content[0][1]}} // without "that"
	p[2].Content = []Range{{len([]rune(golds[0].Text)) - 10, len([]rune(golds[0].Text)) - 1}}
	p[2].Type, p[2].Name = "direct", ""
	return golds, Predictions{Key(golds[0].Doc): p}
}

func TestMistakes(t *testing.T) {
	r := Compare(broken())
	var got []string
	for _, m := range r.Mistakes() {
		id := "-"
		if m.Gold != nil {
			id = m.Gold.ID
		}
		got = append(got, id+" "+strings.Join(m.Kinds, ","))
	}
	want := []string{"E1 source,speaker", "E2 edges", "E3 missed", "- spurious"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("mistakes (-want +got):\n%s", d)
	}
	text := r.Mistakes()[1].String()
	for _, part := range []string{"daily_2031-01-01_x E2: edges", "[that he was “sick of it”]", "[he was “sick of it”]", "source [Bo Sample] cue [said]", `speaker person "Bo Sample"`} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in\n%s", part, text)
		}
	}
}

func TestBy(t *testing.T) {
	r := Compare(broken())
	for dimension, want := range map[string][]Class{
		"outlet": {{Name: "daily", Gold: 3, Pred: 3, Match: 2, Pair: 1, Named: 2, NamedRight: 1}},
		"type": {
			{Name: "direct", Gold: 1, Pred: 2, Match: 1, Named: 1},
			{Name: "mixed", Gold: 1, Pred: 1, Match: 1, Pair: 1, Named: 1, NamedRight: 1},
			{Name: "indirect", Gold: 1},
		},
		"cue": {
			{Name: "said", Gold: 2, Pred: 2, Match: 2, Pair: 1, Named: 2, NamedRight: 1},
			{Name: "believes", Gold: 1, Pred: 1},
		},
		"form": {
			{Name: "full", Gold: 2, Pred: 2, Match: 1, Named: 1},
			{Name: "fragment", Gold: 1, Pred: 1, Match: 1, Pair: 1, Named: 1, NamedRight: 1},
		},
		"source_form": {
			{Name: "full name", Gold: 2, Pred: 2, Match: 2, Pair: 1, Named: 2, NamedRight: 1},
			{Name: "pronoun", Gold: 1, Pred: 1},
		},
	} {
		got, err := r.By(dimension)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("by %s (-want +got):\n%s", dimension, d)
		}
	}
	if _, err := r.By("colour"); err == nil {
		t.Error("no error for an unknown dimension")
	}
}

func TestSourceForm(t *testing.T) {
	for _, c := range []struct{ source, name, want string }{
		{"", "Ada Example", "none"},
		{"She", "Ada Example", "pronoun"},
		{"Ada Example, a baker,", "Ada Example", "full name"},
		{"Ms. Example", "Ada Example", "surname"},
		{"the baker", "Ada Example", "nominal"},
		{"the mayor’s office", "Town of Sample", "nominal"},
		{"Critics", "Critics", "full name"},
		{"the Clinic", "", "nominal"},
	} {
		if got := sourceForm(c.source, c.name); got != c.want {
			t.Errorf("sourceForm(%q, %q) = %q, want %q", c.source, c.name, got, c.want)
		}
	}
}

func TestDiff(t *testing.T) {
	golds, bad := broken()
	old := Compare(golds, bad)
	now := Compare(golds, Predictions{Key(golds[0].Doc): asPredictions(golds[0], 1)[:2]})
	c, err := Diff(old, now)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, list := range [][]Change{c.Right, c.Wrong, c.Other} {
		var s []string
		for _, x := range list {
			s = append(s, x.Gold.ID+" +"+strings.Join(x.Gained, "+")+" -"+strings.Join(x.Lost, "-"))
		}
		got = append(got, strings.Join(s, "; "))
	}
	want := []string{"E1 +source+speaker -", "", "E2 +exact -"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("changes (-want +got):\n%s", d)
	}
	if c.OldSpurious != 1 || c.NewSpurious != 0 {
		t.Errorf("spurious %d, %d; want 1, 0", c.OldSpurious, c.NewSpurious)
	}
	if _, err := Diff(old, Compare(nil, nil)); err == nil {
		t.Error("no error for reports on different gold")
	}
}

func TestCalibration(t *testing.T) {
	detect, speaker := Compare(broken()).Calibration()
	// Detection: three at 0.75, two right. Speakers: two matched, one right.
	if d := math.Abs(detect.ECE - (0.75 - 2.0/3)); detect.N != 3 || d > 1e-12 {
		t.Errorf("detection: n %d ECE %v", detect.N, detect.ECE)
	}
	if d := math.Abs(speaker.ECE - 0.25); speaker.N != 2 || d > 1e-12 {
		t.Errorf("speakers: n %d ECE %v", speaker.N, speaker.ECE)
	}
	if b := detect.Bins[7]; b.N != 3 || b.Confidence != 0.75 {
		t.Errorf("bin %+v", b)
	}
	var edge bag
	edge.add(1, true)
	edge.add(0, false)
	if c := edge.calibration(); c.ECE != 0 || c.Bins[9].N != 1 || c.Bins[0].N != 1 {
		t.Errorf("edges: %+v", c)
	}
}

// Gold as a detector's output: every part slices the text, and a resolver that
// knows nothing leaves only the speakers wrong.
func TestGoldQuotes(t *testing.T) {
	for _, s := range readStories(t, "gold") {
		g := s.gold
		quotes, order := GoldQuotes(&g)
		if len(quotes) != len(g.Attributions) || len(order) != len(quotes) {
			t.Fatalf("%s: %d attributions became %d quotes", s.name, len(g.Attributions), len(quotes))
		}
		last := int32(0)
		for i, q := range quotes {
			end := int32(0)
			for _, p := range q.Parts {
				if p.Span.Start < end || p.Span.Empty() || int(p.Span.End) > len(g.Text) {
					t.Fatalf("%s %s: parts %v", s.name, order[i].ID, q.Parts)
				}
				end = p.Span.End
			}
			if q.Extent().Start < last {
				t.Errorf("%s %s: not in text order", s.name, order[i].ID)
			}
			last = q.Extent().Start
			if q.Parent >= int32(i) {
				t.Errorf("%s %s: parent %d comes later", s.name, order[i].ID, q.Parent)
			}
		}
		r := &news.Result{Doc: &news.Document{Text: g.Text}, Quotes: quotes}
		rep := Compare([]Gold{g}, Predictions{Key(g.Doc): Resolved(order, r)})
		if f := rep.Figures(); f.Content.Gold > 0 && (f.Triple.F1 != 100 || f.Pair.F1 != 100) {
			t.Errorf("%s: triple %v pair %v, want 100", s.name, f.Triple.F1, f.Pair.F1)
		}
	}
}

func TestFromResult(t *testing.T) {
	text := "Zoë: “Ja”"
	r := &news.Result{
		Doc: &news.Document{Text: text},
		Quotes: []news.Quote{{
			Kind: news.Direct, Parts: []news.Part{{Span: news.Span{Start: 6, End: 14}, Quoted: true}},
			Cue: news.Span{Start: 4, End: 5}, Source: news.Span{Start: 0, End: 4}, Confidence: 0.5,
		}},
		Entities:     []news.Entity{{Name: "Zoë", Kind: news.Person}},
		Attributions: []news.Attribution{{Entity: 0, Kind: news.Person, Confidence: 0.25}},
	}
	want := []Prediction{{
		Type: "direct", Act: "statement", Content: []Range{{5, 9}}, Cue: []Range{{3, 4}}, Source: []Range{{0, 3}},
		Kind: "person", Name: "Zoë", Detect: 0.5, Speaker: 0.25,
	}}
	if d := cmp.Diff(want, FromResult(r)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Broken input costs an error that names the line, never a panic.
func TestBrokenInput(t *testing.T) {
	for _, in := range []string{
		"{", `{"doc": "x", "text": "ab", "attributions": [{"id": "E1", "content": [[0, 3]]}]}`,
		`{"doc": "x", "text": "ab", "attributions": [{"id": "E1", "content": [[-1, 1]]}]}`,
		`{"doc": "x", "text": "ab", "attributions": [{"id": "E1", "content": [[1, 0]]}]}`,
	} {
		if _, err := ReadGold(strings.NewReader("\n" + in)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("gold %s: error %v", in, err)
		}
	}
	for _, in := range []string{
		"[]", `{"article_id": "x"}`, `{"start": 1, "end": 2}`, `{"article_id": "x", "start": 2, "end": 1}`,
		`{"article_id": "x", "parts": [{"start": 1}]}`, `{"article_id": "x", "start": 1, "end": 2, "act": 5}`,
		`{"article_id": "x", "start": 1.5, "end": 2}`,
	} {
		if _, err := ReadPredictions(strings.NewReader(in), ""); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("predictions %s: error %v", in, err)
		}
	}
	// Offsets beyond the text come from another version of it: they count as wrong.
	p, err := ReadPredictions(strings.NewReader(`{"article_id": 12345678901234567890, "start": 90, "end": 99}`), "")
	if err != nil || len(p["12345678901234567890"]) != 1 {
		t.Fatalf("%v, %v", p, err)
	}
	r := Compare([]Gold{{Doc: "12345678901234567890", Text: "short"}}, p)
	if f := r.Figures(); f.Content.Pred != 1 || f.Content.P != 0 {
		t.Errorf("%+v", f.Content)
	}
	if m := r.Mistakes(); len(m) != 1 || m[0].String() == "" {
		t.Errorf("mistakes %v", m)
	}
}
