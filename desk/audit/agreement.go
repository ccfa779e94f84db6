package audit

import (
	"math"
	"slices"
)

// Agreement is how far judges say the same of the same items.
type Agreement struct {
	Judges []string
	Items  int     // judged by two or more
	Same   float64 // share of pairs of judgements that agree
	// Kappas are Cohen's, for every two judges who share items; Alpha is
	// Krippendorff's for nominal values, over all judges. NaN where all
	// judgements are of one value, so that chance alone would agree as well.
	Kappas []Kappa
	Alpha  float64
}

// Kappa is Cohen's kappa of two judges.
type Kappa struct {
	A, B  string
	Items int
	Value float64
}

// agreement compares ratings: of every item, the value that each judge gave it.
func agreement(ratings []map[string]string) Agreement {
	var out Agreement
	out.Alpha, out.Same = Alpha(ratings), math.NaN()
	judges := map[string]bool{}
	var pairs, same float64
	for _, r := range ratings {
		if len(r) < 2 {
			continue
		}
		out.Items++
		values := map[string]float64{}
		for judge, v := range r {
			judges[judge] = true
			values[v]++
		}
		n := float64(len(r))
		pairs += n * (n - 1)
		for _, c := range values {
			same += c * (c - 1)
		}
	}
	if pairs > 0 {
		out.Same = same / pairs
	}
	out.Judges = sortedKeys(judges)
	for i, a := range out.Judges {
		for _, b := range out.Judges[i+1:] {
			var x, y []string
			for _, r := range ratings {
				va, okA := r[a]
				vb, okB := r[b]
				if okA && okB {
					x, y = append(x, va), append(y, vb)
				}
			}
			if len(x) > 0 {
				out.Kappas = append(out.Kappas, Kappa{a, b, len(x), Cohen(x, y)})
			}
		}
	}
	return out
}

// Cohen is the kappa of two judges' values of the same items.
func Cohen(x, y []string) float64 {
	n := float64(len(x))
	if n == 0 || len(x) != len(y) {
		return math.NaN()
	}
	ofX, ofY := map[string]float64{}, map[string]float64{}
	agree := 0.0
	for i := range x {
		ofX[x[i]]++
		ofY[y[i]]++
		if x[i] == y[i] {
			agree++
		}
	}
	chance := 0.0
	for _, v := range sortedKeys(ofX) {
		chance += ofX[v] / n * ofY[v] / n
	}
	if chance >= 1 {
		return math.NaN()
	}
	return (agree/n - chance) / (1 - chance)
}

// Alpha is Krippendorff's alpha for nominal values. Items with fewer than two
// values count for nothing.
func Alpha(ratings []map[string]string) float64 {
	of := map[string]float64{} // pairable values
	var n, disagree float64
	for _, r := range ratings {
		m := float64(len(r))
		if m < 2 {
			continue
		}
		values := map[string]float64{}
		for _, v := range r {
			values[v]++
			of[v]++
		}
		n += m
		for _, v := range sortedKeys(values) {
			disagree += values[v] * (m - values[v]) / (m - 1)
		}
	}
	expected := 0.0
	for _, v := range sortedKeys(of) {
		expected += of[v] * (n - of[v])
	}
	if n < 2 || expected == 0 {
		return math.NaN()
	}
	return 1 - (n-1)*disagree/expected
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
