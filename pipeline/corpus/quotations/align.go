package quotations

import (
	"math/bits"
	"slices"

	"github.com/whosaid/whosaid/pipeline/corpus/near"
)

// jumpCost is what it costs an alignment to leave a run of equal words and go
// on elsewhere: a single function word is never worth it, a content word is.
const jumpCost = 2

// maxCells bounds the work of one exact alignment; longer pairs are aligned
// along their common runs of anchorWords words.
const (
	maxCells    = 1 << 18
	anchorWords = 3
)

// run is a stretch of equal words: a[i:i+n] and b[j:j+n].
type run struct{ i, j, n int }

// aligner holds one worker's buffers.
type aligner struct {
	rows  [2][]int32 // scores of runs that end here
	bests [2][]int32 // best score of all that end here or before
	steps []uint8    // how each cell was reached
	runs  []run
	first map[uint64]int32
}

const (
	fromStart uint8 = iota
	fromRun         // goes on with the run
	fromJump        // behind the best chain before
	stepMask  uint8 = 3
	bestUp    uint8 = 1 << 2 // best of this cell is that of the cell above
	bestLeft  uint8 = 2 << 2
	bestHere  uint8 = 3 << 2
	bestMask  uint8 = 3 << 2
)

// align finds runs of equal words, in the same order in both, whose words
// weigh most after a cost for each jump between runs. The runs are in order
// and good until the next call.
func (x *aligner) align(a, b []word) []run {
	x.runs = x.runs[:0]
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	if slices.Equal(a, b) {
		x.runs = append(x.runs, run{0, 0, len(a)})
		return x.runs
	}
	if len(a)*len(b) > maxCells {
		return x.anchored(a, b)
	}
	width := len(b) + 1
	for k := range x.rows {
		x.rows[k] = grow(x.rows[k], width)
		x.bests[k] = grow(x.bests[k], width)
		clear(x.rows[k])
		clear(x.bests[k])
	}
	x.steps = slices.Grow(x.steps[:0], len(a)*len(b))[:len(a)*len(b)]
	for i, w := range a {
		above, row := x.rows[i&1], x.rows[1-i&1]
		bestAbove, best := x.bests[i&1], x.bests[1-i&1]
		steps := x.steps[i*len(b) : (i+1)*len(b)]
		weight := int32(w.weight())
		best[0], row[0] = 0, 0
		for j := range b {
			var step uint8
			score := int32(0)
			if b[j] == w {
				score, step = weight, fromStart
				if s := bestAbove[j] - jumpCost; s > 0 {
					score, step = weight+s, fromJump
				}
				if s := above[j]; s > 0 && weight+s >= score {
					score, step = weight+s, fromRun
				}
			}
			row[j+1] = score
			switch {
			case score > bestAbove[j+1] && score > best[j]:
				best[j+1], step = score, step|bestHere
			case bestAbove[j+1] >= best[j]:
				best[j+1], step = bestAbove[j+1], step|bestUp
			default:
				best[j+1], step = best[j], step|bestLeft
			}
			steps[j] = step
		}
	}
	x.trace(len(a), len(b))
	return x.runs
}

// trace walks back from the best end.
func (x *aligner) trace(n, m int) {
	i, j := n-1, m-1
	for i >= 0 && j >= 0 {
		step := x.steps[i*m+j]
		switch step & bestMask {
		case bestUp:
			i--
			continue
		case bestLeft:
			j--
			continue
		}
		length := 1
		for step&stepMask == fromRun {
			length++
			i, j = i-1, j-1
			step = x.steps[i*m+j]
		}
		x.runs = append(x.runs, run{i, j, length})
		if step&stepMask == fromStart {
			break
		}
		i, j = i-1, j-1
	}
	slices.Reverse(x.runs)
}

// anchored aligns two long texts along the longest chain of words that stand
// in the same order in both, among those that begin a run of anchorWords words
// which a has once.
func (x *aligner) anchored(a, b []word) []run {
	if x.first == nil {
		x.first = map[uint64]int32{}
	}
	clear(x.first)
	for i := 0; i+anchorWords <= len(a); i++ {
		h := hashWords(a[i : i+anchorWords])
		if _, again := x.first[h]; again {
			x.first[h] = -1
		} else {
			x.first[h] = int32(i)
		}
	}
	// Patience: ends[k] is the anchor with the smallest place in a that ends a
	// chain of k+1 anchors.
	type anchor struct{ i, j, before int }
	var anchors []anchor
	var ends []int
	for j := 0; j+anchorWords <= len(b); j++ {
		at, ok := x.first[hashWords(b[j:j+anchorWords])]
		if !ok || at < 0 || !slices.Equal(a[at:at+anchorWords], b[j:j+anchorWords]) {
			continue
		}
		k, _ := slices.BinarySearchFunc(ends, int(at), func(e, i int) int { return anchors[e].i - i })
		before := -1
		if k > 0 {
			before = ends[k-1]
		}
		anchors = append(anchors, anchor{int(at), j, before})
		if k == len(ends) {
			ends = append(ends, 0)
		}
		ends[k] = len(anchors) - 1
	}
	if len(ends) == 0 {
		return nil
	}
	for k := ends[len(ends)-1]; k >= 0; k = anchors[k].before {
		c := anchors[k]
		if n := len(x.runs); n > 0 && x.runs[n-1].i-c.i == x.runs[n-1].j-c.j && x.runs[n-1].i-c.i <= anchorWords {
			last := &x.runs[n-1]
			last.n += last.i - c.i
			last.i, last.j = c.i, c.j
			continue
		}
		end := run{c.i, c.j, anchorWords}
		if n := len(x.runs); n > 0 { // runs may not overlap
			end.n = min(end.n, x.runs[n-1].i-c.i, x.runs[n-1].j-c.j)
		}
		x.runs = append(x.runs, end)
	}
	slices.Reverse(x.runs)
	return x.runs
}

// hashWords is a hash of some words in order.
func hashWords(words []word) uint64 {
	h := uint64(len(words))
	for _, w := range words {
		h = bits.RotateLeft64(h^uint64(w)*0x9e3779b97f4a7c15, 29) * 0xbf58476d1ce4e5b9
	}
	return near.Mix(h)
}

func grow(s []int32, n int) []int32 { return slices.Grow(s[:0], n)[:n] }

func weigh(words []word) (weight int) {
	for _, w := range words {
		weight += w.weight()
	}
	return weight
}
