package train

import (
	"math"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/forest"
)

// sameHead reports whether two descriptions are the same, one ends the other, or
// their heads are one word: a top aide, the aide who wished to stay unnamed.
func sameHead(a, b string) bool {
	if a == b {
		return true
	}
	h := headWord(a)
	return h != "" && h == headWord(b)
}

// headWord is the last word of a description before its first preposition, relative
// pronoun or comma.
func headWord(s string) string {
	last := ""
	for i, w := range strings.Fields(s) {
		switch w {
		case "of", "in", "from", "with", "at", "on", "for", "to", "who", "which", "that", "whose", "by", "about", "near", "behind", "and", "familiar", "close":
			if i > 0 {
				return last
			}
		}
		last = strings.TrimRight(w, ",;:")
		if last != w {
			return last
		}
	}
	return last
}

type calPoint struct {
	p     float64
	right bool
}

// leastPool is how many answers a step of the calibration rests on at least.
const leastPool = 40

// isotonic fits a rising step function by pooling adjacent violators and
// returns the middle of each step.
func isotonic(points []calPoint) forest.Table {
	slices.SortStableFunc(points, func(a, b calPoint) int {
		switch {
		case a.p < b.p:
			return -1
		case a.p > b.p:
			return 1
		}
		return 0
	})
	type pool struct{ n, right, sum float64 }
	var pools []pool
	for i := 0; i < len(points); {
		var cur pool
		for ; i < len(points) && cur.n < leastPool; i++ {
			cur.n++
			cur.sum += points[i].p
			if points[i].right {
				cur.right++
			}
		}
		pools = append(pools, cur)
		for k := len(pools) - 1; k > 0 && pools[k-1].right/pools[k-1].n >= pools[k].right/pools[k].n; k-- {
			pools[k-1].n += pools[k].n
			pools[k-1].right += pools[k].right
			pools[k-1].sum += pools[k].sum
			pools = pools[:k]
		}
	}
	var t forest.Table
	for _, p := range pools {
		at, to := float32(p.sum/p.n), float32((p.right+1)/(p.n+2))
		if n := len(t.At); n > 0 && at-t.At[n-1] < 1e-4 {
			t.To[n-1] = float32(math.Max(float64(t.To[n-1]), float64(to)))
			continue
		}
		t.At, t.To = append(t.At, at), append(t.To, to)
	}
	return t
}
