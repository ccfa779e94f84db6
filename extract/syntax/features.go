package syntax

import "math/bits"

// Features are values made of hashes by arithmetic alone; linear.Layout makes
// of them, by their place in the list, what leads to weights.

// far puts a distance into one of few classes.
func far(d int32) uint64 {
	switch {
	case d <= 5:
		return small[128+max(d, 0)]
	case d <= 8:
		return small[134]
	case d <= 15:
		return small[135]
	}
	return small[136]
}

// between says what stands between two words: marks and verbs.
func (p *parse) between(a, b int32) uint64 {
	return small[140+3*min(p.marks[b]-p.marks[a], 3)+min(p.verbs[b]-p.verbs[a], 2)]
}

func two(a, b uint64) uint64      { return bits.RotateLeft64(a, 23) ^ b }
func three(a, b, c uint64) uint64 { return bits.RotateLeft64(a, 23) ^ bits.RotateLeft64(b, 41) ^ c }
func four(a, b, c, d uint64) uint64 {
	return bits.RotateLeft64(a, 23) ^ bits.RotateLeft64(b, 41) ^ bits.RotateLeft64(c, 11) ^ d
}

// ArcFeatures is the number of features of a transition.
const ArcFeatures = 87

// ArcFeatures fills values with the features of the next transition.
func (s *Sentence) ArcFeatures(values *[ArcFeatures]uint64) {
	p := &s.parse
	n := int32(p.n)
	s0, s1, s2 := n, n, n
	if k := len(p.stack); k > 0 {
		s0 = p.stack[k-1]
		if k > 1 {
			s1 = p.stack[k-2]
		}
		if k > 2 {
			s2 = p.stack[k-3]
		}
	}
	b0 := p.next
	b1, b2, b3 := min(b0+1, n), min(b0+2, n), min(b0+3, n)
	s0l, s0r, s0l2, s0r2 := p.left[s0], p.right[s0], p.left2[s0], p.right2[s0]
	s1l, s1r, s1r2 := p.left[s1], p.right[s1], p.right2[s1]
	b0l, b0l2 := p.left[b0], p.left2[b0]

	w, t, wt, c, rel := p.word, p.tag, p.wtag, p.group, p.rel
	s0w, s0t, s0wt, s0c := w[s0], t[s0], wt[s0], c[s0]
	s1w, s1t, s1wt, s1c := w[s1], t[s1], wt[s1], c[s1]
	b0w, b0t, b0wt, b0c := w[b0], t[b0], wt[b0], c[b0]
	b1w, b1t := w[b1], t[b1]
	s2t, b2t, b3t := t[s2], t[b2], t[b3]
	d0, d1 := far(b0-s0), far(s0-s1)
	v0l, v0r, v1l, v1r, vbl := small[160+min(int(p.nLeft[s0]), 5)], small[170+min(int(p.nRight[s0]), 5)], small[180+min(int(p.nLeft[s1]), 5)], small[190+min(int(p.nRight[s1]), 5)], small[200+min(int(p.nLeft[b0]), 5)]
	k0, k1, kb := p.kinds[s0]*mulTemplate, p.kinds[s1]*mulTemplate, p.kinds[b0]*mulTemplate
	m0, m1, ms0 := p.before[p.edge[b0]], p.before[b1], p.before[p.edge[s0]]
	after0 := p.before[min(s0+1, n)]
	bet0, bet1 := p.between(s0, b0), p.between(s1, s0)

	*values = [ArcFeatures]uint64{
		s0w,
		s0t,
		s0wt,
		s0c,
		s1w,
		s1t,
		s1wt,
		s1c,
		two(w[s2], s2t),
		s2t,
		b0w,
		b0t,
		b0wt,
		b0c,
		b1w,
		b1t,
		wt[b1],
		w[b2],
		b2t,
		b3t,

		two(s0w, b0w),
		two(s0wt, b0t),
		two(s0t, b0wt),
		two(s0t, b0t),
		two(s0c, b0c),
		two(s0c, b0t),
		two(s0t, b0c),
		two(s1w, s0w),
		two(s1wt, s0t),
		two(s1t, s0wt),
		two(s1t, s0t),
		two(s1c, s0c),
		two(s1c, s0t),
		two(s1t, s0c),
		two(s1wt, b0t),
		two(b0w, b1w),
		two(b0wt, b1t),
		two(b0t, wt[b1]),
		two(b0t, b1t),

		three(s0t, b0t, b1t),
		three(s1t, s0t, b0t),
		four(s1t, s0t, b0t, b1t),
		three(s2t, s1t, s0t),
		three(b0t, b1t, b2t),
		four(s0t, b0t, b1t, b2t),

		three(s0t, t[s0l], b0t),
		three(s0t, t[s0r], b0t),
		three(s0t, b0t, t[b0l]),
		three(s1t, t[s1l], s0t),
		three(s1t, t[s1r], s0t),
		three(s1t, s0t, t[s0l]),
		three(s1t, s0t, t[s0r]),
		three(s0t, t[s0l], t[s0l2]),
		three(s0t, t[s0r], t[s0r2]),
		three(s1t, t[s1r], t[s1r2]),
		three(b0t, t[b0l], t[b0l2]),
		three(s0w, rel[s0l], rel[s0r]),
		three(s1t, s0t, w[s0l]),
		three(s0t, w[s0l], b0t),
		three(s0t, b0t, w[b0l]),

		three(s0t, b0t, d0),
		three(s1t, s0t, d1),
		two(s0w, d0),
		two(b0w, d0),
		two(s1w, d1),
		three(s0wt, v0l, v0r),
		three(s1wt, v1l, v1r),
		two(b0wt, vbl),
		three(s0t, v0r, b0t),
		three(s1t, v1r, s0t),
		two(s0wt, k0),
		three(s0t, k0, b0t),
		three(s1t, k1, s0t),
		two(s1wt, k1),
		three(b0t, kb, s0t),
		four(s0t, b0t, bet0, b1t),
		four(s1t, s0t, bet1, b0t),

		three(s0t, b0t, m0),
		two(s0wt, after0),
		two(b0wt, m0),
		four(s0t, b0t, m0, after0),
		three(s1t, s0t, ms0),
		four(s1t, s0t, b0t, m0),
		four(s0t, b0t, b1t, m1),
		two(m0, ms0),
		three(s0t, ms0, m0),
		four(s1t, s0t, ms0, m0),
	}
}

// RelFeatures is the number of features of the choice of a relation.
const RelFeatures = 44

// RelFeatures fills values with the features of the relation of an
// arc that has just been made.
func (s *Sentence) RelFeatures(head, dependent int32, values *[RelFeatures]uint64) {
	p := &s.parse
	n := int32(p.n)
	h, d := head, dependent
	w, t, wt, c, rel := p.word, p.tag, p.wtag, p.group, p.rel
	around := func(i, step int32) int32 {
		if i+step < 0 || i+step >= n {
			return n
		}
		return i + step
	}
	side, dist := small[220], far(h-d)
	// The child of the head that stands next to the new one, on its side.
	beside := p.left2[h]
	if d > h {
		side, dist, beside = small[221], far(d-h), p.right2[h]
	}
	hw, ht, hwt, hc := w[h], t[h]+side, wt[h], c[h]
	dw, dt, dwt, dc := w[d], t[d], wt[d], c[d]
	dl, dr := p.left[d], p.right[d]
	hl, hr := p.left[h], p.right[h]
	dk, hk := p.kinds[d]*mulTemplate, p.kinds[h]*mulTemplate
	prev, next, hprev, hnext := around(d, -1), around(d, 1), around(h, -1), around(h, 1)
	bet := p.between(min(h, d), max(h, d))

	*values = [RelFeatures]uint64{
		hw + side,
		ht,
		hwt + side,
		hc + side,
		dw + side,
		dt + side,
		dwt,
		dc + side,
		two(ht, dt),
		two(hwt+side, dt),
		two(ht, dwt),
		two(hc+side, dc),
		two(ht, dc),
		two(hc+side, dt),
		three(ht, dt, dist),
		three(ht, dt, bet),
		two(dt, dist+side),

		three(ht, dt, w[dl]),
		three(ht, dt, t[dl]),
		two(dw, w[dl]),
		two(ht, wt[dl]),
		three(ht, dt, t[dr]),
		three(ht, dt, rel[dl]),
		three(ht, dt, dk),
		two(dw, dk),
		two(dk, ht),

		three(ht, dt, hk),
		three(ht, dt, rel[beside]),
		three(ht, dt, t[beside]),
		three(ht, dt, rel[hl]),
		three(ht, dt, rel[hr]),
		three(ht, dt, w[hl]),

		three(dt, t[prev], ht),
		three(dt, t[next], ht),
		two(dt, w[prev]+side),
		two(dt, w[next]+side),
		three(ht, t[hprev], dt),
		three(ht, t[hnext], dt),
		two(w[hprev]+side, dt),
		three(t[prev], dt, t[next]),
		three(dt, ht, p.tag[s.below()]),
		three(dt, ht, p.before[p.edge[d]]),
		three(dt, ht, p.before[min(d+1, n)]),
		three(dt, ht, p.before[p.edge[h]]),
	}
}

// below is the word under the top of the stack once the arc is made.
func (s *Sentence) below() int32 {
	if k := len(s.parse.stack); k > 0 {
		return s.parse.stack[k-1]
	}
	return int32(s.parse.n)
}
