package syntax

import (
	"math/bits"

	"whosaid/extract/linear"
	"whosaid/extract/news"
)

// The transitions of the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and
// Satta 2011): Shift pushes the next word; Left makes the next word the head
// of the top of the stack; Right makes the word below the top its head. Both
// pop. The last word left is the root.
const (
	Shift = iota
	Left
	Right
	NumActions
)

// RelColumns is the width of the table of relations: a cache line.
const RelColumns = 64

// parse is the state of a sentence while it is parsed. It numbers the words
// without the marks between them: those take no part in the transitions, but
// are seen by the features of the words beside them (Ma, Zhang and Zhu 2014),
// and get their heads by rule at the end. Index n stands for a word that is
// not there, in all slices but the stack.
type parse struct {
	n                      int
	at                     []int32  // where each word stands in the sentence
	word, tag, wtag, group []uint64 // hashes: of word, tag, both, cluster
	before                 []uint64 // hash of the marks before each word
	rel                    []uint64 // hash of the relation, once attached
	heads                  []int32
	rels                   []news.Rel
	left, right            []int32  // outermost children so far
	left2, right2          []int32  // next to outermost
	nLeft, nRight          []uint8  // numbers of children
	kinds                  []uint64 // the relations of the children so far, a bit each
	marks, verbs           []uint16 // how many before this word
	stack                  []int32
	next                   int32
}

// small are well-mixed values for small numbers.
var small = func() (t [256]uint64) {
	for i := range t {
		t[i] = linear.Join(linear.Join(uint64(i), mulTemplate), mulFeature)
		t[i] = linear.Join(t[i], t[i]) ^ t[i]<<32
	}
	return t
}()

// Mark tells whether a tag is that of a mark, which stands outside of the
// transitions.
func Mark(t news.Tag) bool {
	switch t {
	case news.TagCOMMA, news.TagPERIOD, news.TagCOLON, news.TagOpenQuote, news.TagCloseQuote,
		news.TagLRB, news.TagRRB, news.TagHYPH, news.TagNFP:
		return true
	}
	return false
}

// StartParse makes s ready for its first transition. Its tags must be set.
func (s *Sentence) StartParse() {
	p := &s.parse
	p.at = p.at[:0]
	for i, t := range s.Tags {
		if !Mark(t) {
			p.at = append(p.at, int32(i))
		}
	}
	p.n = len(p.at)
	n := p.n + 1
	p.word, p.tag, p.wtag, p.group, p.rel = resize(p.word, n), resize(p.tag, n), resize(p.wtag, n), resize(p.group, n), resize(p.rel, n)
	p.before, p.kinds, p.heads, p.rels = resize(p.before, n), resize(p.kinds, n), resize(p.heads, n), resize(p.rels, n)
	p.left, p.right, p.left2, p.right2 = resize(p.left, n), resize(p.right, n), resize(p.left2, n), resize(p.right2, n)
	p.nLeft, p.nRight = resize(p.nLeft, n), resize(p.nRight, n)
	p.marks, p.verbs = resize(p.marks, n), resize(p.verbs, n)
	p.stack, p.next = p.stack[:0], 0
	var marks, verbs uint16
	for k := range n {
		from, to := 0, s.n
		if k > 0 {
			from = int(p.at[k-1]) + 1
		}
		if k < p.n {
			to = int(p.at[k])
		}
		before := uint64(0)
		for _, t := range s.Tags[from:to] {
			before |= 1 << t
			marks++
		}
		p.before[k] = (before + 1) * mulTemplate
		p.marks[k], p.verbs[k] = marks, verbs
		p.rel[k] = small[255]
		p.left[k], p.right[k], p.left2[k], p.right2[k] = int32(p.n), int32(p.n), int32(p.n), int32(p.n)
		p.nLeft[k], p.nRight[k], p.kinds[k] = 0, 0, 0
		p.heads[k], p.rels[k] = news.NoHead, news.NoRel
		if k == p.n {
			break
		}
		w, tag := &s.words[to+2], s.Tags[to]
		p.word[k], p.tag[k] = w.lower, small[tag]
		p.wtag[k] = bits.RotateLeft64(w.lower, 31) * (small[tag] | 1)
		p.group[k] = (uint64(w.entry.Cluster) + 1) * mulFeature
		switch tag {
		case news.TagVB, news.TagVBD, news.TagVBZ, news.TagVBP, news.TagMD:
			verbs++
		}
	}
	p.word[p.n], p.tag[p.n], p.wtag[p.n], p.group[p.n] = small[253], small[254], small[252], small[251]
}

// FinishParse sets Heads and Rels of s: of words by the transitions made, of
// marks by rule.
func (s *Sentence) FinishParse() {
	p := &s.parse
	if len(p.stack) == 1 {
		p.rels[p.stack[0]] = news.RelRoot
	}
	for i := range s.Heads {
		s.Heads[i], s.Rels[i] = news.NoHead, news.NoRel
	}
	for k, i := range p.at {
		s.Rels[i] = p.rels[k]
		if h := p.heads[k]; h >= 0 {
			s.Heads[i] = p.at[h]
		}
	}
	s.pairs = AttachMarks(s.Tags, s.Heads, s.Rels, s.pairs)
}

// Stack and Next are the state that training needs: the words on the stack,
// top last, and the first word not yet on it.
func (s *Sentence) Stack() []int32 { return s.parse.stack }

// Next is the first word not yet on the stack; Len at the end.
func (s *Sentence) Next() int32 { return s.parse.next }

// Len is the number of words that are not marks.
func (s *Sentence) Len() int { return s.parse.n }

// At is where in the sentence word k of the transitions stands.
func (s *Sentence) At(k int32) int32 { return s.parse.at[k] }

// Done tells whether only the root is left.
func (s *Sentence) Done() bool { return int(s.parse.next) == s.parse.n && len(s.parse.stack) <= 1 }

// Forced is the only transition that can be made; ok is false when there is
// a choice.
func (s *Sentence) Forced() (action int, ok bool) {
	switch {
	case len(s.parse.stack) == 0:
		return Shift, true
	case int(s.parse.next) == s.parse.n:
		return Right, true
	}
	return 0, false
}

// Legal tells whether a transition can be made, where there is a choice.
func (s *Sentence) Legal(action int) bool { return action != Right || len(s.parse.stack) > 1 }

// Apply makes a transition. For Left and Right it returns the new arc, whose
// relation SetRel sets; dependent is -1 for Shift.
func (s *Sentence) Apply(action int) (head, dependent int32) {
	p := &s.parse
	top := len(p.stack) - 1
	switch action {
	case Left:
		d, h := p.stack[top], p.next
		p.stack = p.stack[:top]
		p.left2[h], p.left[h] = p.left[h], d
		p.nLeft[h] = min(p.nLeft[h]+1, 100)
		p.heads[d] = h
		return h, d
	case Right:
		d, h := p.stack[top], p.stack[top-1]
		p.stack = p.stack[:top]
		p.right2[h], p.right[h] = p.right[h], d
		p.nRight[h] = min(p.nRight[h]+1, 100)
		p.heads[d] = h
		return h, d
	}
	p.stack = append(p.stack, p.next)
	p.next++
	return -1, -1
}

// SetRel sets the relation of a word that has just got its head.
func (s *Sentence) SetRel(dependent int32, r news.Rel) {
	s.parse.rels[dependent] = r
	s.parse.rel[dependent] = small[64+int(r)]
	if h := s.parse.heads[dependent]; h >= 0 {
		s.parse.kinds[h] |= 1 << r
	}
}

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
const ArcFeatures = 98

// ArcFeatures fills hashes with the features of the next transition.
func (s *Sentence) ArcFeatures(hashes *[ArcFeatures]uint64) {
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
	m0, m1, ms0 := p.before[b0], p.before[b1], p.before[s0]
	after0 := p.before[min(s0+1, n)]
	bet0, bet1 := p.between(s0, b0), p.between(s1, s0)

	*hashes = [ArcFeatures]uint64{
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
		two(s0wt, b0wt),
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
		two(s1w, b0w),
		two(s1wt, b0t),
		two(s1t, b0wt),
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
		three(s0wt, b0t, b1t),
		three(s0t, b0wt, b1t),
		three(s1wt, s0t, b0t),
		three(s1t, s0wt, b0t),
		three(s1t, s0t, b0wt),
		three(s1w, s0t, b0w),

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
		three(s0t, w[s0r], b0t),
		three(s1t, s0t, w[s0l]),
		three(s1t, w[s1r], s0t),
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
	seal(hashes[:])
}

// RelFeatures is the number of features of the choice of a relation.
const RelFeatures = 49

// RelFeatures fills hashes with the features of the relation of an
// arc that has just been made.
func (s *Sentence) RelFeatures(head, dependent int32, hashes *[RelFeatures]uint64) {
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

	*hashes = [RelFeatures]uint64{
		hw + side,
		ht,
		hwt + side,
		hc + side,
		dw + side,
		dt + side,
		dwt,
		dc + side,
		two(hw+side, dw),
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
		three(hw, dt, w[dl]),
		two(dw, w[dl]),
		two(ht, wt[dl]),
		three(ht, dt, t[dr]),
		three(ht, dt, rel[dl]),
		three(ht, dt, dk),
		two(dw, dk),
		two(dk, ht),
		three(hw+side, dt, dk),

		three(ht, dt, hk),
		two(hw+side, hk),
		three(ht, dw, hk),
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
		three(dt, ht, p.before[d]),
		three(dt, ht, p.before[min(d+1, n)]),
		three(dt, ht, p.before[h]),
	}
	seal(hashes[:])
}

// below is the word under the top of the stack once the arc is made.
func (s *Sentence) below() int32 {
	if k := len(s.parse.stack); k > 0 {
		return s.parse.stack[k-1]
	}
	return int32(s.parse.n)
}
