package train

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/whosaid/whosaid/extract/forest"
)

// A rankGroup is the candidates of one decision; right is the index of the one
// that is to win.
type rankGroup struct {
	rows   []float32 // of one width, one candidate after the other
	n      int       // candidates
	right  int
	fold   int
	weight float32 // of the group
}

// growOptions are the settings of the gradient boosting. They were chosen on
// PolNeAR dev among powers of two around these.
type growOptions struct {
	Trees     int
	Depth     int
	Rate      float64
	Lambda    float64 // penalty on squared leaf values
	MinHess   float64 // least sum of second derivatives in a leaf
	RowShare  float64 // share of groups seen by a tree
	FeatShare float64 // share of measurements seen by a tree
	Seed      uint64
}

// mostBins bounds the cuts tried for one measurement.
const mostBins = 48

// grow fits a forest whose sum, put through a softmax over the candidates of
// a group, gives the right one a high probability (Friedman's gradient
// boosting with second-order leaves, as in XGBoost, on the listwise
// log-loss).
func grow(ctx context.Context, groups []rankGroup, width int, o growOptions) ([]forest.Tree, error) {
	b := newGrower(groups, width, o)
	for range o.Trees {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b.round()
	}
	return b.trees, nil
}

type grower struct {
	o      growOptions
	rng    *rand.Rand
	groups []rankGroup
	start  []int // first row of each group, and the end
	width  int
	cuts   [][]float32
	bins   [][]uint8 // bin of each row
	score  []float64
	grad   []float64
	hess   []float64
	trees  []forest.Tree
}

func newGrower(groups []rankGroup, width int, o growOptions) *grower {
	b := &grower{o: o, rng: rand.New(rand.NewPCG(o.Seed, 7)), groups: groups, width: width, cuts: make([][]float32, width), bins: make([][]uint8, width)}
	n := 0
	for i := range groups {
		b.start = append(b.start, n)
		n += groups[i].n
	}
	b.start = append(b.start, n)
	b.score, b.grad, b.hess = make([]float64, n), make([]float64, n), make([]float64, n)
	values := make([]float32, 0, n)
	for f := range b.width {
		values = values[:0]
		for i := range groups {
			for r := range groups[i].n {
				values = append(values, groups[i].rows[r*width+f])
			}
		}
		b.cuts[f] = thresholds(values)
		b.bins[f] = make([]uint8, n)
		for r, v := range values {
			k, _ := slices.BinarySearch(b.cuts[f], v)
			b.bins[f][r] = uint8(k)
		}
	}
	return b
}

// thresholds is at most mostBins-1 thresholds between the values; a value falls
// into bin k when it is at most cut k.
func thresholds(values []float32) []float32 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	distinct := slices.Compact(slices.Clone(sorted))
	var cuts []float32
	if len(distinct) <= mostBins {
		for i := 1; i < len(distinct); i++ {
			cuts = append(cuts, (distinct[i-1]+distinct[i])/2)
		}
		return cuts
	}
	for k := 1; k < mostBins; k++ {
		v := sorted[k*len(sorted)/mostBins]
		if len(cuts) == 0 || v > cuts[len(cuts)-1] {
			cuts = append(cuts, v)
		}
	}
	return cuts
}

// hopeless is the probability of a wrong candidate below which a tree learns
// nothing from it; leaving those out makes training several times faster.
const hopeless = 0.0003

// learned is the probability of the right candidate above which a group has
// nothing left to teach; leaving such groups out of a tree halves the time.
const learned = 0.998

// sums is the sums of first and second derivatives by measurement and bin.
type sums [][mostBins + 1][2]float64

func (b *grower) fill(h sums, rows []int32, feats []int) {
	for _, f := range feats {
		bins, sums := b.bins[f], &h[f]
		for _, r := range rows {
			k := bins[r]
			sums[k][0] += b.grad[r]
			sums[k][1] += b.hess[r]
		}
	}
}

// minus takes another's sums away from h.
func (h sums) minus(o sums, feats []int) {
	for _, f := range feats {
		for k := range h[f] {
			h[f][k][0] -= o[f][k][0]
			h[f][k][1] -= o[f][k][1]
		}
	}
}

// round adds one tree.
func (b *grower) round() {
	var rows []int32
	for g := range b.groups {
		if b.rng.Float64() >= b.o.RowShare {
			continue
		}
		lo, hi := b.start[g], b.start[g+1]
		top := slices.Max(b.score[lo:hi])
		sum := 0.0
		for r := lo; r < hi; r++ {
			sum += math.Exp(b.score[r] - top)
		}
		if math.Exp(b.score[lo+b.groups[g].right]-top)/sum > learned {
			continue
		}
		for r := lo; r < hi; r++ {
			p := math.Exp(b.score[r]-top) / sum
			y := 0.0
			if r-lo == b.groups[g].right {
				y = 1
			} else if p < hopeless {
				continue // it comes back when its probability rises
			}
			w := float64(b.groups[g].weight)
			b.grad[r], b.hess[r] = w*(p-y), w*p*(1-p)+1e-6
			rows = append(rows, int32(r))
		}
	}
	var feats []int
	for f := range b.width {
		if len(b.cuts[f]) > 0 && b.rng.Float64() < b.o.FeatShare {
			feats = append(feats, f)
		}
	}
	t := forest.Tree{}
	if len(rows) == 0 {
		return
	}
	all := make(sums, b.width)
	b.fill(all, rows, feats)
	b.grow(&t, rows, feats, all, 0)
	b.trees = append(b.trees, t)
	for r := range b.score {
		n := uint16(0)
		for t.Nodes[n].Left != 0 {
			f := t.Nodes[n].Feature
			k := b.bins[f][r]
			if int(k) < len(b.cuts[f]) && b.cuts[f][k] <= t.Nodes[n].Cut {
				n = t.Nodes[n].Left
			} else {
				n = t.Nodes[n].Right
			}
		}
		b.score[r] += float64(t.Nodes[n].Value)
	}
}

// grow adds the node for rows, whose sums are in hist, to t and returns its
// index. It uses hist up.
func (b *grower) grow(t *forest.Tree, rows []int32, feats []int, hist sums, depth int) uint16 {
	id := uint16(len(t.Nodes))
	t.Nodes = append(t.Nodes, forest.Node{})
	var g, h float64
	for _, r := range rows {
		g += b.grad[r]
		h += b.hess[r]
	}
	bestF, bestK := -1, 0
	if depth < b.o.Depth && h >= 2*b.o.MinHess {
		bestF, bestK = b.cut(feats, hist, g, h)
	}
	if bestF < 0 {
		t.Nodes[id].Value = float32(-b.o.Rate * g / (h + b.o.Lambda))
		return id
	}
	var left, right []int32
	for _, r := range rows {
		if int(b.bins[bestF][r]) <= bestK {
			left = append(left, r)
		} else {
			right = append(right, r)
		}
	}
	t.Nodes[id].Feature, t.Nodes[id].Cut = uint8(bestF), b.cuts[bestF][bestK]
	small := make(sums, b.width)
	var l, r uint16
	if depth+1 == b.o.Depth { // leaves need no sums
		l = b.grow(t, left, feats, nil, depth+1)
		r = b.grow(t, right, feats, nil, depth+1)
	} else if len(left) < len(right) {
		b.fill(small, left, feats)
		hist.minus(small, feats)
		l = b.grow(t, left, feats, small, depth+1)
		r = b.grow(t, right, feats, hist, depth+1)
	} else {
		b.fill(small, right, feats)
		hist.minus(small, feats)
		l = b.grow(t, left, feats, hist, depth+1)
		r = b.grow(t, right, feats, small, depth+1)
	}
	t.Nodes[id].Left, t.Nodes[id].Right = l, r
	return id
}

// cut finds the measurement and bin at which a split gains most; -1 when none
// gains.
func (b *grower) cut(feats []int, hist sums, g, h float64) (bestF, bestK int) {
	base := g * g / (h + b.o.Lambda)
	bestGain := 1e-3
	bestF = -1
	for _, f := range feats {
		var lg, lh float64
		for k := range b.cuts[f] {
			lg += hist[f][k][0]
			lh += hist[f][k][1]
			if lh < b.o.MinHess || h-lh < b.o.MinHess {
				continue
			}
			gain := lg*lg/(lh+b.o.Lambda) + (g-lg)*(g-lg)/(h-lh+b.o.Lambda) - base
			if gain > bestGain {
				bestGain, bestF, bestK = gain, f, k
			}
		}
	}
	return bestF, bestK
}
