package audit

import "math"

// Calibration compares confidences with what judges say.
type Calibration struct {
	Bins []Bin
	// Brier is the mean squared difference, 0 at best; Error the mean distance
	// of a bin's confidence from its share of right ones, weighted by the items
	// in it (expected calibration error). NaN where nothing was judged.
	Brier, Error float64
}

// Bin is a tenth of the confidences.
type Bin struct {
	From, To   float64
	Confidence float64 // mean
	Right      Proportion
}

// bins is how many a calibration has.
const bins = 10

// calibration sorts values into bins, each item by its weight.
func calibration(values []value, of func(*value) (confidence, right float64, ok bool)) Calibration {
	var in [bins][]weighted
	var confidence [bins]float64
	var all, brier float64
	for i := range values {
		c, right, ok := of(&values[i])
		if !ok {
			continue
		}
		w := values[i].weight
		k := min(max(int(c*bins+1e-9), 0), bins-1)
		in[k] = append(in[k], weighted{w, right})
		confidence[k] += w * c
		all += w
		brier += w * (c - right) * (c - right)
	}
	out := Calibration{Brier: math.NaN(), Error: math.NaN()}
	if all == 0 {
		return out
	}
	out.Brier, out.Error = brier/all, 0
	for k, items := range in {
		if len(items) == 0 {
			continue
		}
		weight := 0.0
		for _, i := range items {
			weight += i.weight
		}
		bin := Bin{From: float64(k) / bins, To: float64(k+1) / bins, Confidence: confidence[k] / weight, Right: estimate(items)}
		out.Error += weight / all * math.Abs(bin.Confidence-bin.Right.P)
		out.Bins = append(out.Bins, bin)
	}
	return out
}

// Threshold is what remains when only statements of some confidence are kept.
type Threshold struct {
	At        float64
	Precision Proportion // of what is kept
	Kept      float64    // share of all statements, estimated
}

// thresholds are those in steps of 0.05.
func thresholds(values []value) (out []Threshold) {
	for step := range 20 {
		at := float64(step) / 20
		var kept []weighted
		var weight, all float64
		for _, v := range values {
			all += v.weight
			if v.item.Confidence >= at-1e-9 {
				kept = append(kept, weighted{v.weight, v.there})
				weight += v.weight
			}
		}
		if len(kept) == 0 {
			break
		}
		out = append(out, Threshold{At: at, Kept: weight / all, Precision: estimate(kept)})
	}
	return out
}

// For is the lowest threshold whose precision reaches a wish; false when none
// does.
func (r *Report) For(precision float64) (Threshold, bool) {
	for _, t := range r.Thresholds {
		if t.Precision.P >= precision {
			return t, true
		}
	}
	return Threshold{}, false
}
