package audit

import (
	"fmt"
	"math"
)

// z95 is the 97.5% quantile of the normal distribution.
var z95 = math.Sqrt2 * math.Erfinv(0.95)

// Proportion is an estimated share with its 95% interval.
type Proportion struct {
	P         float64 // 0 to 1; NaN where nothing was judged
	Low, High float64
	// N is how many items it rests on, and Effective how many of a plain random
	// sample would be worth as much.
	N         int
	Effective float64
}

// Known reports whether there is an estimate at all.
func (p Proportion) Known() bool { return p.N > 0 }

// String is the estimate in words: 88.3% (95% interval 77.8 to 94.2%).
func (p Proportion) String() string {
	if !p.Known() {
		return "not judged"
	}
	return fmt.Sprintf("%.1f%% (95%% interval %.1f to %.1f%%)", 100*p.P, 100*p.Low, 100*p.High)
}

// Wilson is the 95% score interval, without continuity correction, of a share p
// in a sample of n, which need not be whole.
func Wilson(p, n float64) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	z2 := z95 * z95
	mid := (p + z2/(2*n)) / (1 + z2/n)
	half := z95 / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	return max(0, mid-half), min(1, mid+half)
}

// weighted is an item's value with its weight: how many statements of the
// corpus it stands for.
type weighted struct{ weight, value float64 }

// estimate is the weighted mean, with the interval that belongs to its
// effective sample size.
func estimate(items []weighted) Proportion {
	var all, squares, sum float64
	for _, i := range items {
		all += i.weight
		squares += i.weight * i.weight
		sum += i.weight * i.value
	}
	if all == 0 {
		return Proportion{P: math.NaN()}
	}
	out := Proportion{P: min(max(sum/all, 0), 1), N: len(items), Effective: all * all / squares}
	out.Low, out.High = Wilson(out.P, out.Effective)
	return out
}

// clusters is found / all over articles, each with its own numbers.
func clusters(found, all []float64) Proportion {
	var f, m float64
	for i := range all {
		f += found[i]
		m += all[i]
	}
	if m == 0 {
		return Proportion{P: math.NaN()}
	}
	p := f / m
	out := Proportion{P: p, N: int(math.Round(m)), Effective: m}
	if k := float64(len(all)); k > 1 && p > 0 && p < 1 {
		var squares float64
		for i := range all {
			e := found[i] - p*all[i]
			squares += e * e
		}
		// The variance of a ratio of totals over clusters.
		if v := k / (k - 1) * squares / (m * m); v > 0 {
			out.Effective = min(m, p*(1-p)/v)
		}
	}
	out.Low, out.High = Wilson(p, out.Effective)
	return out
}
