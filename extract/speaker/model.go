package speaker

import "math"

// Model is a trained ranker: a forest of small regression trees whose sum is
// a candidate's score, and the table that turns the winner's probability into
// a calibrated confidence.
type Model struct {
	Trees       []Tree
	Calibration [4]Table // by form of the source: none, name, pronoun, description
}

// Tree is a binary tree of decisions on measurements, root first.
type Tree struct{ Nodes []Node }

// Node sends a candidate left when its measurement is at most Cut, else to
// the right; a leaf has Left 0 and gives Value.
type Node struct {
	Feature     uint8
	Left, Right uint16
	Cut, Value  float32
}

// Table maps a raw probability to a calibrated one by straight lines between
// points; At and To rise together.
type Table struct{ At, To []float32 }

// calibrate maps the raw probability p of a winner for a source of the given
// form.
func (m *Model) calibrate(form, p float32) float32 {
	return m.Calibration[int(form)&3].at(p)
}

func (t *Table) at(p float32) float32 {
	n := len(t.At)
	switch {
	case n == 0:
		return p
	case p <= t.At[0]:
		return t.To[0]
	case p >= t.At[n-1]:
		return t.To[n-1]
	}
	k := 1
	for t.At[k] < p {
		k++
	}
	w := (p - t.At[k-1]) / float32(math.Max(1e-9, float64(t.At[k]-t.At[k-1])))
	return t.To[k-1] + w*(t.To[k]-t.To[k-1])
}
