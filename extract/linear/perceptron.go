package linear

// Averaged trains a table of weights by the averaged perceptron (Collins
// 2002): every weight is the mean of its values over all steps, which costs
// nothing but a second sum (Daumé 2006). The zero value is not usable;
// NewAveraged makes one. Not safe for concurrent use.
type Averaged struct {
	cols    int
	weights []float32 // row by row
	sums    []float32 // of step number times change
	step    float64
}

// NewAveraged returns a table of zeros.
func NewAveraged(rows, cols int) *Averaged {
	return &Averaged{cols: cols, weights: make([]float32, rows*cols), sums: make([]float32, rows*cols), step: 1}
}

// Score adds up the rows into scores, which has one place a column.
func (a *Averaged) Score(rows []uint32, scores []float32) {
	clear(scores)
	for _, r := range rows {
		w := a.weights[int(r)*a.cols:][:len(scores)]
		for i := range scores {
			scores[i] += w[i]
		}
	}
}

// AddColumns adds some columns of the rows, the others left out, to scores.
func (a *Averaged) AddColumns(rows []uint32, columns []uint8, scores []float32) {
	for _, r := range rows {
		w := a.weights[int(r)*a.cols:][:len(scores)]
		for _, c := range columns {
			scores[c] += w[c]
		}
	}
}

// Update moves the weights of the rows by size toward column good and away
// from column bad.
func (a *Averaged) Update(rows []uint32, good, bad int, size float32) {
	for _, r := range rows {
		at := int(r) * a.cols
		a.weights[at+good] += size
		a.sums[at+good] += float32(a.step) * size
		a.weights[at+bad] -= size
		a.sums[at+bad] -= float32(a.step) * size
	}
}

// Step counts one decision, whether it changed anything or not.
func (a *Averaged) Step() { a.step++ }

// Average returns the mean of the weights over all steps so far.
func (a *Averaged) Average() []float32 {
	if a.sums == nil {
		return a.weights
	}
	mean := make([]float32, len(a.weights))
	for i, w := range a.weights {
		mean[i] = w - a.sums[i]/float32(a.step)
	}
	return mean
}

// Merge adds up the means of tables of one size into a frozen one: what they
// learned in common stays, what the order of the training data taught each
// wears off. Their sums rule as their mean would.
func Merge(tables []*Averaged) *Averaged {
	sum := tables[0].Average()
	for _, t := range tables[1:] {
		for i, w := range t.Average() {
			sum[i] += w
		}
	}
	return &Averaged{cols: tables[0].cols, weights: sum}
}

// Freeze replaces the weights by their mean, once: training ends with it.
func (a *Averaged) Freeze() {
	if a.sums == nil {
		return
	}
	a.weights, a.sums = a.Average(), nil
}
