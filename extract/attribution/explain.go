package attribution

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/whosaid/whosaid/extract/forest"
)

// most is how many measurements an explanation gives.
const most = 6

// explain tells what speaks for the choice against the next best: the
// measurements in words with their share of the difference in score, largest
// first.
func (w *walker) explain(q int, choices []Choice, best int) []string {
	if w.o.Ranker == nil {
		return nil
	}
	second := -1
	for k := range choices {
		if k != best && (second < 0 || w.points[k] > w.points[second]) {
			second = k
		}
	}
	chosen := w.row0(best)
	mine := w.o.Ranker.Explain(chosen)
	var out []string
	if second >= 0 {
		other := w.row0(second)
		theirs := w.o.Ranker.Explain(other)
		for f := range mine {
			mine[f].Points -= theirs[f].Points
		}
		out = append(out, fmt.Sprintf("next best: %s, %.1f behind", w.sayChoice(&choices[second]), w.points[best]-w.points[second]))
	}
	slices.SortStableFunc(mine, func(a, b forest.Weight) int {
		switch x, y := abs(a.Points), abs(b.Points); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	for _, m := range mine[:min(most, len(mine))] {
		if abs(m.Points) < 0.05 {
			break
		}
		out = append(out, fmt.Sprintf("%s %s: %+.1f", featureNames[m.Feature], say(m.Feature, chosen[m.Feature]), m.Points))
	}
	return out
}

func (w *walker) sayChoice(c *Choice) string {
	switch c.Entity {
	case nobody:
		return "nobody"
	case author:
		return "the author"
	case ownPhrase:
		return "the source's own words"
	case ownNamed:
		return "the source's own words as a name"
	}
	return c.Name
}

// say gives the value of a measurement in words where it is a yes or no.
func say(f int, v float32) string {
	switch f {
	case fRelative, fLastQuoted, fNextSubject, fPrevSubject, fSubjectHere, fControls, fAddressee, fInContent, fTitled, fHasGiven, fOwner, fOwned, fWithin, fKin, fTurn, fSigns, fAsks, fForum, fAhead, fOutlet, fHasCue, fMarksFirst, fBare:
		if v == 1 {
			return "(yes)"
		}
		return "(no)"
	case fSex, fVotes, fAgrees, fTitleSex, fNearSex:
		switch {
		case v > 0:
			return "(agrees)"
		case v < 0:
			return "(differs)"
		}
		return "(unknown)"
	}
	return "(" + strconv.FormatFloat(float64(v), 'g', 2, 32) + ")"
}

func abs(x float32) float32 { return max(x, -x) }
