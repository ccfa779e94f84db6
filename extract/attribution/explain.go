package attribution

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/whosaid/whosaid/extract/forest"
)

// least is the share in the decision from which on an explanation names a
// measurement.
const least = 0.05

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
	for _, m := range mine {
		if abs(m.Points) < least {
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

// words are the values, from 0 on, of measurements that choose one of several.
var words = map[int][]string{
	fForm:    {"none", "name", "pronoun", "description"},
	fClass:   {"none", "one person", "several", "a body", "a document", "pronoun of a person", "plural pronoun", "pronoun of a thing", "first person", "second person", "relative pronoun", "demonstrative", "another noun", "asks", "answers"},
	fArticle: {"none", "indefinite", "definite", "possessive", "number"},
	fKind:    {"direct", "indirect", "mixed"},
	fType:    {"person", "organization", "place", "group", "unnamed person", "document", "body without a name", "", "source's own words", "nobody", "author", "source's own words as a name"},
	fHead:    {"no", "mentioned in it", "shares the surname", "its head"},
}

// say gives the value of a measurement in words, or as a number where it counts.
func say(f int, v float32) string {
	if w := words[f]; w != nil {
		if k := int(v); float32(k) == v && 0 <= k && k < len(w) {
			return "(" + w[k] + ")"
		}
	}
	switch f {
	case fPlural, fSeveral, fHasCue, fWholeParagraph, fQuestion, fQuestionBefore, fBare, fRelative, fPrevSubject, fSubjectHere,
		fInContent, fTitled, fHasGiven, fSigns, fInterviewed, fOutlet:
		if v == 1 {
			return "(yes)"
		}
		if v == 0 {
			return "(no)"
		}
	case fSex, fAgrees:
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
