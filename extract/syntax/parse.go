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
	edge                   []int32  // leftmost word below each
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
	p.nLeft, p.nRight, p.edge = resize(p.nLeft, n), resize(p.nRight, n), resize(p.edge, n)
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
		p.nLeft[k], p.nRight[k], p.kinds[k], p.edge[k] = 0, 0, 0, int32(k)
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
		p.edge[h] = p.edge[d]
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
