package detect

import (
	"fmt"
	"math"

	"github.com/whosaid/whosaid/extract/model"
)

// Calibration turns the measures of an attribution into probabilities, by
// logistic regressions fitted on articles that the taggers did not learn from.
type Calibration struct {
	Content   Regression // that people mark such a content (token overlap at least one half)
	Pair      Regression // that they do, with a source that overlaps
	Remaining float32    // of a content that only marks or a transcript's order show
}

// Regression is the weights of a logistic regression.
type Regression [numMeasures]float32

// of is the probability that r gives.
func (r *Regression) of(m *Measures) float32 {
	s := float32(0)
	for i, x := range m {
		s += r[i] * x
	}
	return float32(1 / (1 + math.Exp(-float64(s))))
}

// Judged is an attribution of a held-out article, measured, with its judgement.
type Judged struct {
	Candidate
	Content, Pair bool
}

// Calibrate fits both regressions.
func Calibrate(judged []Judged) Calibration {
	return Calibration{
		Content: fit(judged, func(j *Judged) bool { return j.Content }),
		Pair:    fit(judged, func(j *Judged) bool { return j.Pair }),
	}
}

// ridge is the penalty on squared weights, in attributions.
const ridge = 1

// fit maximises the likelihood by Newton's method (iteratively reweighted
// least squares): the measures are few and go together, so that plain descent
// would take long.
func fit(judged []Judged, right func(*Judged) bool) (r Regression) {
	var w [numMeasures]float64
	for range 25 {
		var a [numMeasures][numMeasures + 1]float64 // the Hessian and, last, the gradient
		for k := range w {
			a[k][k] = ridge
			a[k][numMeasures] = -ridge * w[k]
		}
		for i := range judged {
			x := &judged[i].measures
			s := 0.0
			for k := range w {
				s += w[k] * float64(x[k])
			}
			p := 1 / (1 + math.Exp(-s))
			e := -p
			if right(&judged[i]) {
				e++
			}
			for k := range w {
				v := float64(x[k])
				a[k][numMeasures] += e * v
				v *= p * (1 - p)
				for l := range w {
					a[k][l] += v * float64(x[l])
				}
			}
		}
		for k, d := range solve(&a) {
			w[k] += d
		}
	}
	for k := range w {
		r[k] = float32(w[k])
	}
	return r
}

// solve solves the equations whose right sides stand last, by elimination; the
// matrix is symmetric and positive definite.
func solve(a *[numMeasures][numMeasures + 1]float64) (x [numMeasures]float64) {
	for k := range a {
		for i := k + 1; i < numMeasures; i++ {
			q := a[i][k] / a[k][k]
			for j := k; j <= numMeasures; j++ {
				a[i][j] -= q * a[k][j]
			}
		}
	}
	for k := numMeasures - 1; k >= 0; k-- {
		x[k] = a[k][numMeasures]
		for j := k + 1; j < numMeasures; j++ {
			x[k] -= a[k][j] * x[j]
		}
		x[k] /= a[k][k]
	}
	return x
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
	if len(x) != 2*int(numMeasures)+1 {
		return c, fmt.Errorf("%w: calibration has %d numbers", model.ErrDamaged, len(x))
	}
	for _, w := range x {
		if w-w != 0 {
			return c, fmt.Errorf("%w: calibration has the number %g", model.ErrDamaged, w)
		}
	}
	copy(c.Content[:], x)
	copy(c.Pair[:], x[numMeasures:])
	c.Remaining = x[2*numMeasures]
	return c, nil
}

// EncodeCalibration puts c into a model file.
func EncodeCalibration(f *model.File, c Calibration) {
	x := append(c.Content[:], c.Pair[:]...)
	f.Put("calibration", model.EncodeFloats(append(x, c.Remaining)))
}
