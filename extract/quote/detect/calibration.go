package detect

import (
	"fmt"
	"math"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/model"
)

// Calibration turns what is known of an attribution into probabilities, by forests
// grown on articles that the taggers did not learn from.
type Calibration struct {
	Content   Judge   // that people mark such a content (token overlap at least one half)
	Pair      Judge   // that they do, with a source that overlaps
	Remaining float32 // of a content that only marks show
}

// Judge is a forest that tells what is so from what is not: the difference of its
// scores for a row and for one of zeros is a log odds. Its first table of calibration
// turns that probability into the share that was right.
type Judge struct {
	forest *forest.Model
	none   float32 // score of the row of zeros
}

// NewJudge makes a judge of a forest for rows of NumJudged measurements.
func NewJudge(m *forest.Model) Judge {
	var none [1]float32
	m.Score(make([]float32, NumJudged), none[:])
	return Judge{m, none[0]}
}

// NumJudged is the number of measurements of an attribution.
const NumJudged = int(numMeasures) + NumSpanMeasures + 2*NumRoles

// Judged is what is known of an attribution that was Measured.
func (g *Candidate) Judged() (row [NumJudged]float32) {
	n := copy(row[:], g.measures[:])
	n += copy(row[n:], g.content[:])
	for _, p := range g.ranked {
		n += copy(row[n:], p[:])
	}
	return row
}

// of is the probability that j gives.
func (j *Judge) of(g *Candidate) float32 {
	row := g.Judged()
	return j.Of(&row)
}

// Of is the probability of an attribution of which this is known.
func (j *Judge) Of(row *[NumJudged]float32) float32 {
	var score [1]float32
	j.forest.Score(row[:], score[:])
	return float32(1 / (1 + math.Exp(float64(j.none-score[0]))))
}

// share is the share of such attributions that were right.
func (j *Judge) share(g *Candidate) float32 { return j.forest.Calibrate(0, j.of(g)) }

func decodeCalibration(f *model.File) (c Calibration, err error) {
	for _, p := range []struct {
		name string
		to   *Judge
	}{{"judge.content.", &c.Content}, {"judge.pair.", &c.Pair}} {
		m, err := forest.Get(f, p.name, NumJudged)
		if err != nil {
			return c, fmt.Errorf("%w: %w", model.ErrDamaged, err)
		}
		*p.to = NewJudge(m)
	}
	b, err := f.Get("judge.remaining")
	if err != nil {
		return c, err
	}
	x, err := model.DecodeFloats(b)
	if err != nil {
		return c, err
	}
	if len(x) != 1 || x[0]-x[0] != 0 {
		return c, fmt.Errorf("%w: confidence %g of what remains", model.ErrDamaged, x)
	}
	c.Remaining = x[0]
	return c, nil
}

// EncodeCalibration puts c into a model file.
func EncodeCalibration(f *model.File, c *Calibration) {
	c.Content.forest.Put(f, "judge.content.")
	c.Pair.forest.Put(f, "judge.pair.")
	f.Put("judge.remaining", model.EncodeFloats([]float32{c.Remaining}))
}
