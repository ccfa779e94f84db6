package detect

import (
	"math"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/internal/quotetest"
)

// single is a judge with one tree, which asks whether a measurement is above a cut.
func single(feature uint8, cut float32) Judge {
	m := &forest.Model{Width: NumJudged, Trees: []forest.Tree{{Nodes: []forest.Node{
		{Feature: feature, Cut: cut, Left: 1, Right: 2}, {Value: -1}, {Value: 2},
	}}}}
	m.Calibration = []forest.Table{{At: []float32{0, 1}, To: []float32{0.2, 0.6}}}
	m.Lay()
	return NewJudge(m)
}

// A judge's probability is that of the difference to a row of zeros; its calibration
// gives shares, and comes back from a file.
func TestJudge(t *testing.T) {
	j := single(measureCue, 1)
	var low, high Candidate
	low.measures[measureCue], high.measures[measureCue] = 0.5, 1.5
	if got := j.of(&low); got != 0.5 {
		t.Errorf("as a row of zeros: %v", got)
	}
	if got, want := j.of(&high), 1/(1+math.Exp(-3)); math.Abs(float64(got)-want) > 1e-6 {
		t.Errorf("three more: %v, want %v", got, want)
	}
	f := model.New()
	EncodeCalibration(f, &Calibration{Content: j, Pair: j, Remaining: 0.5})
	c, err := decodeCalibration(f)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Content.share(&low); math.Abs(float64(got)-0.4) > 1e-6 {
		t.Errorf("share %v, want 0.4", got)
	}
}

// prepared is a featurizer that has seen a text.
func prepared(t *testing.T, text string) (*news.Document, *Featurizer) {
	d := quotetest.Document(text)
	words(t).Annotate(d)
	f := NewFeaturizer(english.Language(), nil, words(t))
	m := f.Pair(d)
	f.Prepare(d, &m)
	return d, f
}

func word(t *testing.T, d *news.Document, w string) int32 {
	t.Helper()
	for i := range d.Tokens {
		if d.Word(int32(i)) == w {
			return int32(i)
		}
	}
	t.Fatalf("no word %q", w)
	return 0
}

func TestRuled(t *testing.T) {
	d, f := prepared(t, "“It is lost,” Ana Reyes said on Monday. Jon Vey denied that he had sold it.")
	roles := func(y []uint8) string {
		var b strings.Builder
		for i := range d.Tokens {
			b.WriteByte(".scqoSCQ_SCQ"[y[i]])
		}
		return b.String()
	}
	if got, want := roles(f.ruled), "qqqqqqssc...sscqqqqq."; got != want {
		t.Errorf("roles %s, want %s", got, want)
	}
	all := news.TokenRange{End: int32(len(d.Tokens))}
	f.ruledFor(all, word(t, d, "said"))
	if got := roles(f.seen); !strings.HasPrefix(got, "qqqqqqssc") || strings.ContainsAny(got[12:], "scq") {
		t.Errorf("roles from said: %s", got)
	}
	f.ruledFor(all, word(t, d, "sold"))
	if got := roles(f.seen); strings.ContainsAny(got, "scqo") {
		t.Errorf("roles from sold, which the rules do not know: %s", got)
	}
}

func TestMeasure(t *testing.T) {
	d, f := prepared(t, "“It is lost,” Ana Reyes said, adding that she was sorry.")
	said, adding := word(t, d, "said"), word(t, d, "adding")
	at := func(first, end int32) news.TokenRange { return news.TokenRange{First: first, End: end} }
	labels := FirstPass{Labels: make([]uint8, len(d.Tokens))}
	ana := word(t, d, "Ana")
	labels.Labels[ana], labels.Labels[ana+1] = LabelBS, LabelIS
	found := []Candidate{
		// The tagger stopped at the comma, inside the marks.
		{Anchor: Anchor{said, 0.9}, P: 0.5, Cue: at(said, said+1), Source: at(ana, ana+2), Content: []news.TokenRange{at(0, 4)}, inside: 0.5, begin: 0.5, end: 0.5, sourced: 0.5},
		{Anchor: Anchor{adding, 0.9}, P: 0.9, Cue: at(adding, adding+1), Content: []news.TokenRange{at(adding+1, int32(len(d.Tokens))-1)}, inside: 1, begin: 1, end: 1},
	}
	f.Complete(d, &labels, found)
	f.Measure(d, found)
	if got := hardText(d, found[0].Content[0]); got != "“It is lost,”" {
		t.Errorf("content %q", got)
	}
	if got := hardText(d, found[1].Source); got != "Ana Reyes" {
		t.Errorf("source %q", got)
	}
	for _, w := range []struct {
		name      string
		got, want float32
	}{
		{"cue", found[0].measures[measureCue], 0},
		{"marked", found[0].measures[measureMarked], 1},
		{"agrees with the rules", found[0].measures[measureExact], 1},
		{"source as the rules have it", found[0].measures[measureSame], 1},
		{"new to the rules", found[0].measures[measureNew], 0},
		{"source from the parse", found[0].measures[measureParse], 0},
		{"adding: marked", found[1].measures[measureMark], 0},
		{"adding: nobody", found[1].measures[measureNobody], 0},
		{"adding: source from parse or rules", found[1].measures[measureParse] + found[1].measures[measureRules], 1},
		{"adding: words", found[1].measures[measureWords], float32(math.Log(4))},
	} {
		if math.Abs(float64(w.got-w.want)) > 1e-6 {
			t.Errorf("%s: %v, want %v", w.name, w.got, w.want)
		}
	}
	var taken []int32
	sure := single(measureCue, 1)
	c := Calibration{Content: sure, Pair: sure}
	c.Settle(d, &taken, &found)
	if len(found) != 2 || found[0].Anchor.Token != adding || taken[adding+1] != 1 || taken[0] != 2 {
		t.Errorf("settled %v, taken %v", found, taken)
	}
}

// Who is asked, or told, is no source.
func TestIsAddressee(t *testing.T) {
	for _, c := range []struct {
		text, cue string
		want      bool
	}{
		{"Asked whether it was lost, Ana Reyes said no.", "Asked", true},
		{"Ana Reyes was told that it was lost.", "told", true},
		{"Ana Reyes smiled and asked whether it was lost.", "asked", false},
		{"Ana Reyes told them that it was lost.", "told", false},
	} {
		d, f := prepared(t, c.text)
		if got := f.isAddressee(d, word(t, d, c.cue)); got != c.want {
			t.Errorf("%s: %v", c.text, got)
		}
	}
}

func hardText(d *news.Document, r news.TokenRange) string { return d.Span(r).Of(d.Text) }
