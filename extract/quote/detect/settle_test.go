package detect

import (
	"testing"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/internal/quotetest"
)

// odds is a judge whose log odds are a measurement, a whole number from -4 to 4.
func odds(feature uint8) Judge {
	m := &forest.Model{Width: NumJudged}
	for k := -4; k < 4; k++ {
		m.Trees = append(m.Trees, forest.Tree{Nodes: []forest.Node{{Feature: feature, Cut: float32(k) + 0.5, Left: 1, Right: 2}, {Value: 0}, {Value: 1}}})
	}
	m.Lay()
	return NewJudge(m)
}

// A candidate is kept by the mean of what content and pair say of it, in which
// the pair has more to say.
func TestSettle(t *testing.T) {
	d := quotetest.Document("The boat is lost, Vey said. The quay is shut, Lund said.")
	c := Calibration{Content: odds(measureCue), Pair: odds(measureEnd)}
	candidate := func(content, pair float32, first int32) Candidate {
		f := Candidate{Anchor: Anchor{Token: first}, Content: []news.TokenRange{{First: first, End: first + 3}}}
		f.measures[measureCue], f.measures[measureEnd] = content, pair
		return f
	}
	for _, k := range []struct {
		name string
		in   []Candidate
		want []int32 // anchors that are kept, best first
	}{
		{"neither is likely", []Candidate{candidate(-2, -2, 0)}, nil},
		{"both are likely", []Candidate{candidate(2, 2, 0)}, []int32{0}},
		{"the content alone is likely", []Candidate{candidate(3, -3, 0)}, nil},
		{"the pair alone is likely", []Candidate{candidate(-3, 3, 0)}, []int32{0}},
		{"the likelier pair comes first", []Candidate{candidate(1, 0, 0), candidate(0, 1, 5)}, []int32{5, 0}},
		{"the better one keeps what both claim", []Candidate{candidate(1, 1, 0), candidate(2, 2, 1)}, []int32{1}},
	} {
		var taken []int32
		found := k.in
		c.Settle(d, &taken, &found)
		var got []int32
		for i := range found {
			got = append(got, found[i].Anchor.Token)
		}
		if len(got) != len(k.want) {
			t.Errorf("%s: kept %v, want %v", k.name, got, k.want)
			continue
		}
		for i := range got {
			if got[i] != k.want[i] {
				t.Errorf("%s: kept %v, want %v", k.name, got, k.want)
				break
			}
		}
	}
}

// A run of tokens that may stand in a cue ends where one hardly may, though it is a
// verb.
func TestAnchorsEnd(t *testing.T) {
	d := quotetest.Document("Nobody word lost word")
	d.Tokens[2].Tag = news.TagVBD
	var first FirstPass
	for _, p := range []float32{0, 0.5, 0.05, 0} {
		var row linear.Row
		row[LabelBC] = 0
		row[LabelIC] = p
		first.Post = append(first.Post, row)
	}
	f := &Featurizer{}
	got := f.Anchors(d, &first, news.TokenRange{End: 4}, readAnchors, nil)
	if len(got) != 1 || got[0].Token != 1 {
		t.Errorf("anchors %v, want one at token 1", got)
	}
	first.Post[2][LabelIC] = 0.4 // a verb of the same run
	got = f.Anchors(d, &first, news.TokenRange{End: 4}, readAnchors, nil)
	if len(got) != 1 || got[0].Token != 2 {
		t.Errorf("anchors %v, want one at token 2", got)
	}
}
