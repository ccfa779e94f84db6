package quotations

import (
	"context"
	"math"

	"github.com/whosaid/whosaid/pipeline/corpus/near"
)

// Example is a pair of statements of which it is known whether they are one
// utterance.
type Example struct {
	Evidence Evidence
	Same     bool
	Weight   float64
}

// Candidates calls f with every pair of the added statements that the linker
// would look at, and what speaks for and against it. The linker can do nothing
// else after that.
func (l *Linker) Candidates(ctx context.Context, f func(a, b *Statement, e *Evidence) error) error {
	if err := l.store.done(); err != nil {
		return err
	}
	pairs, err := l.pairs(ctx)
	if err != nil {
		return err
	}
	defer pairs.Close()
	c := &comparer{l: l}
	return near.EachPair(pairs, func(at, other uint32, s near.Shared) error {
		e, err := c.evidence(at, other, s)
		if err != nil {
			return err
		}
		a, err := l.store.statement(at)
		if err != nil {
			return err
		}
		b, err := l.store.statement(other)
		if err != nil {
			return err
		}
		return f(a, b, e)
	})
}

// Fit trains a model: logistic regression with a quadratic penalty on all
// weights but the bias, by Newton's method. The same examples in the same
// order give the same model.
func Fit(examples []Example, penalty float64) *Model {
	const n = len(features)
	m := &Model{}
	for range 50 {
		var gradient [n]float64
		var hessian [n][n]float64
		for i := range examples {
			e := &examples[i]
			x := e.Evidence.vector()
			p := m.Probability(&e.Evidence)
			y := 0.0
			if e.Same {
				y = 1
			}
			for j := range x {
				gradient[j] += e.Weight * (y - p) * x[j]
				for k := range x {
					hessian[j][k] += e.Weight * p * (1 - p) * x[j] * x[k]
				}
			}
		}
		for j := range n {
			hessian[j][j] += 1e-6
			if j > 0 {
				gradient[j] -= penalty * m.weights[j]
				hessian[j][j] += penalty
			}
		}
		step := solve(hessian, gradient)
		largest := 0.0
		for j := range step {
			step[j] = math.Max(-5, math.Min(5, step[j]))
			m.weights[j] += step[j]
			largest = math.Max(largest, math.Abs(step[j]))
		}
		if largest < 1e-6 {
			break
		}
	}
	return m
}

// solve finds x with a·x = b, by elimination with pivots.
func solve(a [len(features)][len(features)]float64, b [len(features)]float64) (x [len(features)]float64) {
	n := len(features)
	for i := range n {
		pivot := i
		for j := i + 1; j < n; j++ {
			if math.Abs(a[j][i]) > math.Abs(a[pivot][i]) {
				pivot = j
			}
		}
		a[i], a[pivot] = a[pivot], a[i]
		b[i], b[pivot] = b[pivot], b[i]
		for j := i + 1; j < n; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		s := b[i]
		for k := i + 1; k < n; k++ {
			s -= a[i][k] * x[k]
		}
		x[i] = s / a[i][i]
	}
	return x
}
