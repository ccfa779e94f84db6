package quote

import (
	"fmt"
	"math"

	"whosaid/extract/model"
)

// Calibration turns what the second tagger thinks of an attribution into the
// probability that its content is one that people mark (token overlap at
// least one half), by a logistic regression fitted on articles that the
// taggers did not learn from.
type Calibration struct {
	Weights   [calibrationFeatures]float32
	Remaining float32 // of a statement that only marks or a transcript's order show
}

const calibrationFeatures = 6

// features are what the regression sees of an attribution.
func (f *Found) features() [calibrationFeatures]float32 {
	words := 0
	for _, r := range f.Content {
		words += r.Len()
	}
	x := [calibrationFeatures]float32{1, logit(f.P), logit(f.Anchor.P), float32(math.Log(float64(words)))}
	if f.Source.Empty() {
		x[4] = 1
	}
	if len(f.Content) > 1 {
		x[5] = 1
	}
	return x
}

func logit(p float32) float32 {
	q := min(max(float64(p), 1e-3), 1-1e-3)
	return float32(math.Log(q / (1 - q)))
}

func (c *Calibration) detected(f *Found) float32 {
	s := float32(0)
	for i, x := range f.features() {
		s += c.Weights[i] * x
	}
	return float32(1 / (1 + math.Exp(-float64(s))))
}

// Judged is an attribution of a held-out article with its judgement.
type Judged struct {
	Found
	Right bool
}

// Calibrate fits the regression by gradient descent; the data are few and the
// features six, so that plain descent reaches the optimum.
func Calibrate(judged []Judged) Calibration {
	var w [calibrationFeatures]float64
	for range 3000 {
		var g [calibrationFeatures]float64
		for i := range judged {
			x := judged[i].features()
			s := 0.0
			for k := range w {
				s += w[k] * float64(x[k])
			}
			e := -1 / (1 + math.Exp(-s))
			if judged[i].Right {
				e++
			}
			for k := range g {
				g[k] += e * float64(x[k])
			}
		}
		for k := range w {
			w[k] += 0.15 * g[k] / float64(max(len(judged), 1))
		}
	}
	var c Calibration
	for k := range w {
		c.Weights[k] = float32(w[k])
	}
	return c
}

func decodeCalibration(f *model.File) (c Calibration, err error) {
	b, err := f.Get("calibration")
	if err != nil {
		return c, err
	}
	x, err := model.DecodeFloats(b)
	if err != nil {
		return c, err
	}
	if len(x) != calibrationFeatures+1 {
		return c, fmt.Errorf("%w: calibration has %d numbers", model.ErrDamaged, len(x))
	}
	for _, w := range x {
		if w-w != 0 {
			return c, fmt.Errorf("%w: calibration has the number %g", model.ErrDamaged, w)
		}
	}
	copy(c.Weights[:], x)
	c.Remaining = x[calibrationFeatures]
	return c, nil
}

// EncodeCalibration puts c into a model file.
func EncodeCalibration(f *model.File, c Calibration) {
	f.Put("calibration", model.EncodeFloats(append(c.Weights[:], c.Remaining)))
}
