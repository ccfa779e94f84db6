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
func between(a, b *node) uint64 {
	return small[140+3*min(b.marks-a.marks, 3)+min(b.verbs-a.verbs, 2)]
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
	nodes := p.nodes
	n := int32(p.n)
	i0, i1, i2 := n, n, n
	if k := len(p.stack); k > 0 {
		i0 = p.stack[k-1]
		if k > 1 {
			i1 = p.stack[k-2]
		}
		if k > 2 {
			i2 = p.stack[k-3]
		}
	}
	j0 := p.next
	s0, s1, s2 := &nodes[i0], &nodes[i1], &nodes[i2]
	b0, b1, b2, b3 := &nodes[j0], &nodes[min(j0+1, n)], &nodes[min(j0+2, n)], &nodes[min(j0+3, n)]
	s0l, s0r := &nodes[s0.left], &nodes[s0.right]
	s1l, s1r := &nodes[s1.left], &nodes[s1.right]
	b0l := &nodes[b0.left]

	s0w, s0t, s0wt, s0c := s0.word, s0.tag, s0.wtag, s0.group
	s1w, s1t, s1wt, s1c := s1.word, s1.tag, s1.wtag, s1.group
	b0w, b0t, b0wt, b0c := b0.word, b0.tag, b0.wtag, b0.group
	b1w, b1t := b1.word, b1.tag
	s2t, b2t, b3t := s2.tag, b2.tag, b3.tag
	s0lt, s0rt, s1lt, s1rt, b0lt := s0l.tag, s0r.tag, s1l.tag, s1r.tag, b0l.tag
	s0lw := s0l.word
	d0, d1 := far(j0-i0), far(i0-i1)
	v0l, v0r := small[160+min(int(s0.nLeft), 5)], small[170+min(int(s0.nRight), 5)]
	v1l, v1r := small[180+min(int(s1.nLeft), 5)], small[190+min(int(s1.nRight), 5)]
	vbl := small[200+min(int(b0.nLeft), 5)]
	k0, k1, kb := s0.kinds*mulTemplate, s1.kinds*mulTemplate, b0.kinds*mulTemplate
	m0, m1, ms0 := nodes[b0.edge].before, b1.before, nodes[s0.edge].before
	after0 := nodes[min(i0+1, n)].before
	bet0, bet1 := between(s0, b0), between(s1, s0)

	k := 0
	put := func(v uint64) {
		values[k] = v
		k++
	}
	put(s0w)
	put(s0t)
	put(s0wt)
	put(s0c)
	put(s1w)
	put(s1t)
	put(s1wt)
	put(s1c)
	put(two(s2.word, s2t))
	put(s2t)
	put(b0w)
	put(b0t)
	put(b0wt)
	put(b0c)
	put(b1w)
	put(b1t)
	put(b1.wtag)
	put(b2.word)
	put(b2t)
	put(b3t)

	put(two(s0w, b0w))
	put(two(s0wt, b0t))
	put(two(s0t, b0wt))
	put(two(s0t, b0t))
	put(two(s0c, b0c))
	put(two(s0c, b0t))
	put(two(s0t, b0c))
	put(two(s1w, s0w))
	put(two(s1wt, s0t))
	put(two(s1t, s0wt))
	put(two(s1t, s0t))
	put(two(s1c, s0c))
	put(two(s1c, s0t))
	put(two(s1t, s0c))
	put(two(s1wt, b0t))
	put(two(b0w, b1w))
	put(two(b0wt, b1t))
	put(two(b0t, b1.wtag))
	put(two(b0t, b1t))

	put(three(s0t, b0t, b1t))
	put(three(s1t, s0t, b0t))
	put(four(s1t, s0t, b0t, b1t))
	put(three(s2t, s1t, s0t))
	put(three(b0t, b1t, b2t))
	put(four(s0t, b0t, b1t, b2t))

	put(three(s0t, s0lt, b0t))
	put(three(s0t, s0rt, b0t))
	put(three(s0t, b0t, b0lt))
	put(three(s1t, s1lt, s0t))
	put(three(s1t, s1rt, s0t))
	put(three(s1t, s0t, s0lt))
	put(three(s1t, s0t, s0rt))
	put(three(s0t, s0lt, nodes[s0.left2].tag))
	put(three(s0t, s0rt, nodes[s0.right2].tag))
	put(three(s1t, s1rt, nodes[s1.right2].tag))
	put(three(b0t, b0lt, nodes[b0.left2].tag))
	put(three(s0w, s0l.rel, s0r.rel))
	put(three(s1t, s0t, s0lw))
	put(three(s0t, s0lw, b0t))
	put(three(s0t, b0t, b0l.word))

	put(three(s0t, b0t, d0))
	put(three(s1t, s0t, d1))
	put(two(s0w, d0))
	put(two(b0w, d0))
	put(two(s1w, d1))
	put(three(s0wt, v0l, v0r))
	put(three(s1wt, v1l, v1r))
	put(two(b0wt, vbl))
	put(three(s0t, v0r, b0t))
	put(three(s1t, v1r, s0t))
	put(two(s0wt, k0))
	put(three(s0t, k0, b0t))
	put(three(s1t, k1, s0t))
	put(two(s1wt, k1))
	put(three(b0t, kb, s0t))
	put(four(s0t, b0t, bet0, b1t))
	put(four(s1t, s0t, bet1, b0t))

	put(three(s0t, b0t, m0))
	put(two(s0wt, after0))
	put(two(b0wt, m0))
	put(four(s0t, b0t, m0, after0))
	put(three(s1t, s0t, ms0))
	put(four(s1t, s0t, b0t, m0))
	put(four(s0t, b0t, b1t, m1))
	put(two(m0, ms0))
	put(three(s0t, ms0, m0))
	put(four(s1t, s0t, ms0, m0))
}

// RelFeatures is the number of features of the choice of a relation.
const RelFeatures = 44

// RelFeatures fills values with the features of the relation of an
// arc that has just been made.
func (s *Sentence) RelFeatures(head, dependent int32, values *[RelFeatures]uint64) {
	p := &s.parse
	n := int32(p.n)
	h, d := head, dependent
	nodes := p.nodes
	around := func(i, step int32) int32 {
		if i+step < 0 || i+step >= n {
			return n
		}
		return i + step
	}
	side, dist := small[220], far(h-d)
	x, y := &nodes[h], &nodes[d]
	// The child of the head that stands next to the new one, on its side.
	next := x.left2
	if d > h {
		side, dist, next = small[221], far(d-h), x.right2
	}
	beside := &nodes[next]
	hw, ht, hwt, hc := x.word, x.tag+side, x.wtag, x.group
	dw, dt, dwt, dc := y.word, y.tag, y.wtag, y.group
	dl, dr, hl, hr := &nodes[y.left], &nodes[y.right], &nodes[x.left], &nodes[x.right]
	dk, hk := y.kinds*mulTemplate, x.kinds*mulTemplate
	dprev, dnext, hprev, hnext := &nodes[around(d, -1)], &nodes[around(d, 1)], &nodes[around(h, -1)], &nodes[around(h, 1)]
	bet := between(&nodes[min(h, d)], &nodes[max(h, d)])

	k := 0
	put := func(v uint64) {
		values[k] = v
		k++
	}
	put(hw + side)
	put(ht)
	put(hwt + side)
	put(hc + side)
	put(dw + side)
	put(dt + side)
	put(dwt)
	put(dc + side)
	put(two(ht, dt))
	put(two(hwt+side, dt))
	put(two(ht, dwt))
	put(two(hc+side, dc))
	put(two(ht, dc))
	put(two(hc+side, dt))
	put(three(ht, dt, dist))
	put(three(ht, dt, bet))
	put(two(dt, dist+side))

	put(three(ht, dt, dl.word))
	put(three(ht, dt, dl.tag))
	put(two(dw, dl.word))
	put(two(ht, dl.wtag))
	put(three(ht, dt, dr.tag))
	put(three(ht, dt, dl.rel))
	put(three(ht, dt, dk))
	put(two(dw, dk))
	put(two(dk, ht))

	put(three(ht, dt, hk))
	put(three(ht, dt, beside.rel))
	put(three(ht, dt, beside.tag))
	put(three(ht, dt, hl.rel))
	put(three(ht, dt, hr.rel))
	put(three(ht, dt, hl.word))

	put(three(dt, dprev.tag, ht))
	put(three(dt, dnext.tag, ht))
	put(two(dt, dprev.word+side))
	put(two(dt, dnext.word+side))
	put(three(ht, hprev.tag, dt))
	put(three(ht, hnext.tag, dt))
	put(two(hprev.word+side, dt))
	put(three(dprev.tag, dt, dnext.tag))
	put(three(dt, ht, nodes[s.below()].tag))
	put(three(dt, ht, nodes[y.edge].before))
	put(three(dt, ht, nodes[min(d+1, n)].before))
	put(three(dt, ht, nodes[x.edge].before))
}

// below is the word under the top of the stack once the arc is made.
func (s *Sentence) below() int32 {
	if k := len(s.parse.stack); k > 0 {
		return s.parse.stack[k-1]
	}
	return int32(s.parse.n)
}
