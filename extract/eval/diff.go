package eval

import (
	"fmt"
	"slices"
	"strings"
)

// Change is one gold attribution that an old and a new set of predictions treat
// differently.
type Change struct {
	Doc    string       `json:"doc"`
	Gold   *Attribution `json:"gold"`
	Gained []string     `json:"gained"` // of found, exact, source, speaker
	Lost   []string     `json:"lost"`
	page   *page
}

// Changes is what became better and worse between two reports.
type Changes struct {
	Right       []Change `json:"right"`        // newly right, in the gold's order
	Wrong       []Change `json:"wrong"`        // newly wrong
	Other       []Change `json:"other"`        // changed without becoming right or ceasing to be
	OldSpurious int      `json:"old_spurious"` // predictions that match nothing
	NewSpurious int      `json:"new_spurious"`
}

// Diff compares two reports on the same gold. A gold attribution is right when
// it is found (content@0.5), its source overlaps, and its speaker is right
// where the gold tells it.
func Diff(old, now *Report) (Changes, error) {
	var c Changes
	if len(old.docs) != len(now.docs) {
		return c, fmt.Errorf("compare reports: %d and %d articles", len(old.docs), len(now.docs))
	}
	for i := range old.docs {
		a, b := &old.docs[i], &now.docs[i]
		if a.name != b.name || len(a.gold) != len(b.gold) {
			return c, fmt.Errorf("compare reports: article %d is %s with %d attributions in one, %s with %d in the other",
				i, a.name, len(a.gold), b.name, len(b.gold))
		}
		for k := range a.gold {
			va, vb := a.verdict(k), b.verdict(k)
			ch := Change{Doc: a.name, Gold: a.gold[k].a, Gained: without(vb, va), Lost: without(va, vb), page: a.page}
			switch ra, rb := isRight(va), isRight(vb); {
			case !ra && rb:
				c.Right = append(c.Right, ch)
			case ra && !rb:
				c.Wrong = append(c.Wrong, ch)
			case len(ch.Gained)+len(ch.Lost) > 0:
				c.Other = append(c.Other, ch)
			}
		}
		c.OldSpurious += a.spurious()
		c.NewSpurious += b.spurious()
	}
	return c, nil
}

// verdict lists in which respects gold attribution k is right.
func (d *docReport) verdict(k int) []string {
	g := &d.gold[k]
	if g.match < 0 {
		return nil
	}
	p := &d.pred[g.match]
	v := []string{"found"}
	if slices.Equal(g.frags[roleContent], p.frags[roleContent]) {
		v = append(v, "exact")
	}
	if g.pair {
		v = append(v, "source")
	}
	if g.a.Kind == "" || speakerRight(g.a, p.p) {
		v = append(v, "speaker")
	}
	return v
}

func isRight(v []string) bool {
	return slices.Contains(v, "source") && slices.Contains(v, "speaker")
}

// without lists the members of a that b lacks.
func without(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

func (d *docReport) spurious() int {
	n := 0
	for i := range d.pred {
		if d.pred[i].match < 0 {
			n++
		}
	}
	return n
}

// String is the change on one line.
func (c *Change) String() string {
	var signs []string
	for _, x := range c.Gained {
		signs = append(signs, "+"+x)
	}
	for _, x := range c.Lost {
		signs = append(signs, "-"+x)
	}
	words := []rune(c.page.words(c.Gold.Content))
	if len(words) > 100 {
		words = slices.Concat(words[:60], []rune(" … "), words[len(words)-37:])
	}
	return fmt.Sprintf("%s %s %s: [%s] %s [%s]", c.Doc, c.Gold.ID, strings.Join(signs, " "),
		c.page.words(c.Gold.Source), c.page.words(c.Gold.Cue), string(words))
}
