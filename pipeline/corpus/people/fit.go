package people

import (
	"errors"
	"math"
)

// example is a pair of summaries and whether they are one.
type example struct {
	v      []float64
	same   bool
	weight float64
}

// fit is logistic regression with a quadratic penalty; the same examples give
// the same weights.
func fit(examples []example, n int, penalty float64) ([]float64, error) {
	if len(examples) == 0 {
		return nil, errors.New("train: no examples")
	}
	return newton(n, penalty, func(w, grad []float64, hess [][]float64) {
		for k := range examples {
			e := &examples[k]
			s := 0.0
			for i, x := range e.v {
				s += w[i] * x
			}
			p := 1 / (1 + math.Exp(-s))
			y := 0.0
			if e.same {
				y = 1
			}
			for i, x := range e.v {
				if x == 0 {
					continue
				}
				grad[i] += e.weight * (y - p) * x
				for j := 0; j <= i; j++ {
					hess[i][j] += e.weight * p * (1 - p) * x * e.v[j]
				}
			}
		}
	})
}

// newton finds the n weights of the greatest likelihood, less a quadratic
// penalty, by Newton's method. add adds to the gradient of the likelihood and to
// the lower half of its negated second derivatives at w.
func newton(n int, penalty float64, add func(w, grad []float64, hess [][]float64)) ([]float64, error) {
	w := make([]float64, n)
	for range 60 {
		grad := make([]float64, n)
		hess := make([][]float64, n)
		for i := range n {
			hess[i] = make([]float64, n)
			grad[i] = -penalty * w[i]
			hess[i][i] = penalty
		}
		add(w, grad, hess)
		for i := range n {
			for j := i + 1; j < n; j++ {
				hess[i][j] = hess[j][i]
			}
		}
		d, ok := solve(hess, grad)
		if !ok {
			return nil, errors.New("train: the examples do not tell the features apart")
		}
		most := 0.0
		for i := range n {
			most = max(most, math.Abs(d[i]))
		}
		scale := min(1, 2/max(most, 1e-12)) // no leaps
		for i := range n {
			w[i] += scale * d[i]
		}
		if most < 1e-7 {
			break
		}
	}
	return w, nil
}

// solve solves a x = b by elimination.
func solve(a [][]float64, b []float64) ([]float64, bool) {
	n := len(b)
	x := append([]float64(nil), b...)
	m := make([][]float64, n)
	for i := range a {
		m[i] = append([]float64(nil), a[i]...)
	}
	for c := range n {
		top := c
		for r := c + 1; r < n; r++ {
			if math.Abs(m[r][c]) > math.Abs(m[top][c]) {
				top = r
			}
		}
		if math.Abs(m[top][c]) < 1e-12 {
			return nil, false
		}
		m[c], m[top] = m[top], m[c]
		x[c], x[top] = x[top], x[c]
		for r := c + 1; r < n; r++ {
			f := m[r][c] / m[c][c]
			for k := c; k < n; k++ {
				m[r][k] -= f * m[c][k]
			}
			x[r] -= f * x[c]
		}
	}
	for c := n - 1; c >= 0; c-- {
		for k := c + 1; k < n; k++ {
			x[c] -= m[c][k] * x[k]
		}
		x[c] /= m[c][c]
	}
	return x, true
}

// choice is one of several candidates, of which right is meant.
type choice struct {
	v     [][]float64
	right int
}

// fitChoices is logistic regression over the candidates of each choice.
func fitChoices(choices []choice, n int, penalty float64) ([]float64, error) {
	if len(choices) == 0 {
		return nil, errors.New("train: no choices")
	}
	return newton(n, penalty, func(w, grad []float64, hess [][]float64) {
		for _, c := range choices {
			p := softmax(w, c.v)
			mean := make([]float64, n)
			for k, v := range c.v {
				for i, x := range v {
					mean[i] += p[k] * x
				}
			}
			for i, x := range c.v[c.right] {
				grad[i] += x - mean[i]
			}
			for k, v := range c.v {
				for i := range v {
					di := v[i] - mean[i]
					if di == 0 {
						continue
					}
					for j := 0; j <= i; j++ {
						hess[i][j] += p[k] * di * (v[j] - mean[j])
					}
				}
			}
		}
	})
}

func softmax(w []float64, list [][]float64) []float64 {
	out := make([]float64, len(list))
	top := math.Inf(-1)
	for k, v := range list {
		for i, x := range v {
			out[k] += w[i] * x
		}
		top = max(top, out[k])
	}
	sum := 0.0
	for k := range out {
		out[k] = math.Exp(out[k] - top)
		sum += out[k]
	}
	for k := range out {
		out[k] /= sum
	}
	return out
}
