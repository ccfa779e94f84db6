package detect

import (
	"math"
	"slices"
	"testing"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// reading is what a tagger reads of "Ana Reyes said …" in a text of one sentence: labels
// as given, a letter a token, each by two more than "nothing".
func reading(t *testing.T, text, labels string) (*Reading, Candidate) {
	t.Helper()
	d, f := prepared(t, text)
	if len(labels) != len(d.Tokens) {
		t.Fatalf("%d labels for %d tokens", len(labels), len(d.Tokens))
	}
	l := &linear.Lattice{Emit: make([]linear.Row, len(labels))}
	first := new(FirstPass)
	for i, c := range labels {
		y := slices.Index([]rune("OSsCcQq"), c)
		if y < 0 {
			y = 0
		}
		l.Emit[i][y] += 4
		var row linear.Row
		row[y] = 1
		first.Post = append(first.Post, row)
		first.Labels = append(first.Labels, uint8(y))
	}
	trans := linear.NewTransitions(int(NumLabels), Classes)
	l.Exponentiate(trans)
	seq := &linear.Sequence{Classes: make([]uint8, len(labels))}
	all := news.TokenRange{End: int32(len(labels))}
	g, ok := Decode(trans, seq, l, all, Anchor{Token: word(t, d, "said"), P: 0.9})
	if !ok {
		t.Fatal("nothing read")
	}
	return &Reading{F: f, Doc: d, First: first, Trans: trans, Seq: seq, Lattice: l, Window: all, Sentences: d.Sentences}, g
}

// The clause that the tree shows is among the spans of a content that the tagger cut
// short; the tagger's own is the first, and what is measured of both says so.
func TestAlternatives(t *testing.T) {
	r, g := reading(t, "Ana Reyes said that the boat was lost in the storm.", "SsCQqqqqOOOO")
	all := r.Alternatives(&g)
	c := &all[RoleContent]
	words := func(k int) string { return hardText(r.Doc, c.Parts[k][0]) }
	if words(0) != "that the boat was lost" {
		t.Errorf("the tagger's own is %q", words(0))
	}
	k := slices.IndexFunc(c.Parts, func(p []news.TokenRange) bool {
		return len(p) == 1 && hardText(r.Doc, p[0]) == "that the boat was lost in the storm"
	})
	if k < 0 {
		t.Fatalf("no whole clause among %v", c.Parts)
	}
	own, clause := c.Rows[:NumSpanMeasures], c.Rows[k*NumSpanMeasures:(k+1)*NumSpanMeasures]
	for _, w := range []struct {
		name      string
		got, want float32
	}{
		{"own found", own[spanFound], 1},
		{"own delta", own[spanDelta], 0},
		{"own strangers", own[spanStrangers], 1}, // storm
		{"clause found", clause[spanFound], 0},
		{"clause delta", clause[spanDelta], -12}, // three tokens
		{"clause heads", clause[spanHeads], 1},
		{"clause strangers", clause[spanStrangers], 0},
		{"clause ends", clause[spanCloses], 1},
		{"clause moved", clause[spanEndMoved], 3},
	} {
		if math.Abs(float64(w.got-w.want)) > 1e-4 {
			t.Errorf("%s: %v, want %v", w.name, w.got, w.want)
		}
	}
	for role, a := range all {
		if len(a.Rows) != len(a.Parts)*NumSpanMeasures || len(a.Parts) > maxAlternatives {
			t.Errorf("role %d: %d spans, %d measurements", role, len(a.Parts), len(a.Rows))
		}
	}
}

// A ranker's choice is taken, and words that the cue takes are no content.
func TestTake(t *testing.T) {
	r, g := reading(t, "Ana Reyes said that the boat was lost in the storm.", "SsCQqqqqOOOO")
	tree := func(feature uint8, cut float32) *forest.Model {
		m := &forest.Model{Width: NumSpanMeasures, Trees: []forest.Tree{{Nodes: []forest.Node{
			{Feature: feature, Cut: cut, Left: 1, Right: 2}, {Value: 0}, {Value: 3},
		}}}}
		m.Lay()
		return m
	}
	rankers := Rankers{tree(spanFound, 0.5), tree(spanFound, 0.5), tree(spanCloses, 0.5)}
	r.refine(&rankers, &g)
	if got := hardText(r.Doc, g.Content[0]); got != "that the boat was lost in the storm" || len(g.Content) != 1 {
		t.Errorf("content %q", got)
	}
	if got := hardText(r.Doc, g.Source); got != "Ana Reyes" {
		t.Errorf("source %q", got)
	}
	if g.ranked[RoleContent][0] <= g.ranked[RoleContent][1] || g.content[spanCloses] != 1 {
		t.Errorf("ranked %v, content %v", g.ranked, g.content)
	}
	that := news.TokenRange{First: 2, End: 4}
	g.Take(&[NumRoles]Choice{RoleCue: {parts: []news.TokenRange{that}}, RoleContent: {parts: g.Content}})
	if g.Cue != that || g.Content[0].First != 4 {
		t.Errorf("cue %v, content %v", g.Cue, g.Content)
	}
}
