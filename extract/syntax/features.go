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
	var v view
	s.look(&v)
	v.words((*[20]uint64)(values[:20]))
	v.pairs((*[19]uint64)(values[20:39]))
	v.triples((*[6]uint64)(values[39:45]))
	v.children((*[15]uint64)(values[45:60]))
	v.distances((*[17]uint64)(values[60:77]))
	v.marks((*[10]uint64)(values[77:87]))
}

// view is what the next transition depends on: the three words on top of the
// stack, the four to come, and their outermost children.
type view struct {
	nodes                   []node
	i0, i1, j0, n           int32 // the two words on top of the stack, the next one, and the end
	s0, s1, s2              *node // from the top of the stack down
	b0, b1, b2, b3          *node // from the next word on
	s0l, s0r, s1l, s1r, b0l *node // leftmost and rightmost children
}

// look fills v.
func (s *Sentence) look(v *view) {
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
	v.nodes, v.i0, v.i1, v.j0, v.n = nodes, i0, i1, j0, n
	v.s0, v.s1, v.s2 = &nodes[i0], &nodes[i1], &nodes[i2]
	v.b0, v.b1, v.b2, v.b3 = &nodes[j0], &nodes[min(j0+1, n)], &nodes[min(j0+2, n)], &nodes[min(j0+3, n)]
	v.s0l, v.s0r = &nodes[v.s0.left], &nodes[v.s0.right]
	v.s1l, v.s1r = &nodes[v.s1.left], &nodes[v.s1.right]
	v.b0l = &nodes[v.b0.left]
}

// words are the words by themselves.
func (v *view) words(values *[20]uint64) {
	s0, s1, s2, b0, b1, b2, b3 := v.s0, v.s1, v.s2, v.b0, v.b1, v.b2, v.b3
	k := 0
	put := func(v uint64) {
		values[k] = v
		k++
	}
	put(s0.word)
	put(s0.tag)
	put(s0.wtag)
	put(s0.group)
	put(s1.word)
	put(s1.tag)
	put(s1.wtag)
	put(s1.group)
	put(two(s2.word, s2.tag))
	put(s2.tag)
	put(b0.word)
	put(b0.tag)
	put(b0.wtag)
	put(b0.group)
	put(b1.word)
	put(b1.tag)
	put(b1.wtag)
	put(b2.word)
	put(b2.tag)
	put(b3.tag)
}

// pairs are two words together: what may become an arc, and neighbours.
func (v *view) pairs(values *[19]uint64) {
	s0, s1, b0, b1 := v.s0, v.s1, v.b0, v.b1
	k := 0
	put := func(v uint64) {
		values[k] = v
		k++
	}
	put(two(s0.word, b0.word))
	put(two(s0.wtag, b0.tag))
	put(two(s0.tag, b0.wtag))
	put(two(s0.tag, b0.tag))
	put(two(s0.group, b0.group))
	put(two(s0.group, b0.tag))
	put(two(s0.tag, b0.group))
	put(two(s1.word, s0.word))
	put(two(s1.wtag, s0.tag))
	put(two(s1.tag, s0.wtag))
	put(two(s1.tag, s0.tag))
	put(two(s1.group, s0.group))
	put(two(s1.group, s0.tag))
	put(two(s1.tag, s0.group))
	put(two(s1.wtag, b0.tag))
	put(two(b0.word, b1.word))
	put(two(b0.wtag, b1.tag))
	put(two(b0.tag, b1.wtag))
	put(two(b0.tag, b1.tag))
}

// triples are the tags of three and of four words.
func (v *view) triples(values *[6]uint64) {
	s0t, s1t, s2t := v.s0.tag, v.s1.tag, v.s2.tag
	b0t, b1t, b2t := v.b0.tag, v.b1.tag, v.b2.tag
	k := 0
	put := func(v uint64) {
		values[k] = v
		k++
	}
	put(three(s0t, b0t, b1t))
	put(three(s1t, s0t, b0t))
	put(four(s1t, s0t, b0t, b1t))
	put(three(s2t, s1t, s0t))
	put(three(b0t, b1t, b2t))
	put(four(s0t, b0t, b1t, b2t))
}

// children are words with what hangs on them already.
func (v *view) children(values *[15]uint64) {
	nodes := v.nodes
	s0, s1, b0 := v.s0, v.s1, v.b0
	s0t, s1t, b0t := s0.tag, s1.tag, b0.tag
	s0l, s0r, s1l, s1r, b0l := v.s0l, v.s0r, v.s1l, v.s1r, v.b0l
	s0lt, s0rt := s0l.tag, s0r.tag
	k := 0
	put := func(v uint64) {
		values[k] = v
		k++
	}
	put(three(s0t, s0lt, b0t))
	put(three(s0t, s0rt, b0t))
	put(three(s0t, b0t, b0l.tag))
	put(three(s1t, s1l.tag, s0t))
	put(three(s1t, s1r.tag, s0t))
	put(three(s1t, s0t, s0lt))
	put(three(s1t, s0t, s0rt))
	put(three(s0t, s0lt, nodes[s0.left2].tag))
	put(three(s0t, s0rt, nodes[s0.right2].tag))
	put(three(s1t, s1r.tag, nodes[s1.right2].tag))
	put(three(b0t, b0l.tag, nodes[b0.left2].tag))
	put(three(s0.word, s0l.rel, s0r.rel))
	put(three(s1t, s0t, s0l.word))
	put(three(s0t, s0l.word, b0t))
	put(three(s0t, b0t, b0l.word))
}

// distances are how far words stand apart, how many and which kinds of children
// they have, and what stands between them.
func (v *view) distances(values *[17]uint64) {
	s0, s1, b0 := v.s0, v.s1, v.b0
	s0t, s1t, b0t, b1t := s0.tag, s1.tag, b0.tag, v.b1.tag
	d0, d1 := far(v.j0-v.i0), far(v.i0-v.i1)
	v0l, v0r := small[160+min(int(s0.nLeft), 5)], small[170+min(int(s0.nRight), 5)]
	v1l, v1r := small[180+min(int(s1.nLeft), 5)], small[190+min(int(s1.nRight), 5)]
	vbl := small[200+min(int(b0.nLeft), 5)]
	k0, k1, kb := s0.kinds*mulTemplate, s1.kinds*mulTemplate, b0.kinds*mulTemplate
	bet0, bet1 := between(s0, b0), between(s1, s0)
	k := 0
	put := func(v uint64) {
		values[k] = v
		k++
	}
	put(three(s0t, b0t, d0))
	put(three(s1t, s0t, d1))
	put(two(s0.word, d0))
	put(two(b0.word, d0))
	put(two(s1.word, d1))
	put(three(s0.wtag, v0l, v0r))
	put(three(s1.wtag, v1l, v1r))
	put(two(b0.wtag, vbl))
	put(three(s0t, v0r, b0t))
	put(three(s1t, v1r, s0t))
	put(two(s0.wtag, k0))
	put(three(s0t, k0, b0t))
	put(three(s1t, k1, s0t))
	put(two(s1.wtag, k1))
	put(three(b0t, kb, s0t))
	put(four(s0t, b0t, bet0, b1t))
	put(four(s1t, s0t, bet1, b0t))
}

// marks are the marks that stand before the words and their phrases.
func (v *view) marks(values *[10]uint64) {
	s0, b0 := v.s0, v.b0
	s0t, s1t, b0t, b1t := s0.tag, v.s1.tag, b0.tag, v.b1.tag
	m0, m1, ms0 := v.nodes[b0.edge].before, v.b1.before, v.nodes[s0.edge].before
	after0 := v.nodes[min(v.i0+1, v.n)].before
	k := 0
	put := func(v uint64) {
		values[k] = v
		k++
	}
	put(three(s0t, b0t, m0))
	put(two(s0.wtag, after0))
	put(two(b0.wtag, m0))
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
