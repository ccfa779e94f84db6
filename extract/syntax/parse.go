package syntax

import (
	"math/bits"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
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
// and get their heads by rule at the end. Node n stands for a word that is not
// there.
type parse struct {
	n     int
	nodes []node // n+1
	stack []int32
	next  int32
}

// node is a word of the transitions.
type node struct {
	word, tag, wtag, group uint64 // hashes: of word, tag, both, cluster
	before                 uint64 // hash of the marks before it
	rel                    uint64 // hash of its relation, once attached
	kinds                  uint64 // the relations of its children so far, a bit each
	left, right            int32  // outermost children so far
	left2, right2          int32  // next to outermost
	edge                   int32  // leftmost word below it
	at                     int32  // where it stands in the sentence
	head                   int32
	marks, verbs           uint16 // how many before it
	nLeft, nRight          uint8  // numbers of children
	relation               news.Rel
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
	p.nodes = resize(p.nodes, s.n+1)
	p.n = 0
	var marks, verbs uint16
	seen := uint64(0) // the marks before the next word
	for i, t := range s.Tags {
		if Mark(t) {
			seen |= 1 << t
			marks++
			continue
		}
		w := &s.words[i+2]
		p.nodes[p.n] = node{
			word: w.lower, tag: small[t], wtag: bits.RotateLeft64(w.lower, 31) * (small[t] | 1),
			group: (uint64(w.entry.Cluster) + 1) * mulFeature,
			at:    int32(i), marks: marks, verbs: verbs, before: (seen + 1) * mulTemplate,
		}
		p.n++
		seen = 0
		switch t {
		case news.TagVB, news.TagVBD, news.TagVBZ, news.TagVBP, news.TagMD:
			verbs++
		}
	}
	n := int32(p.n)
	p.nodes = p.nodes[:n+1]
	p.nodes[n] = node{
		word: small[253], tag: small[254], wtag: small[252], group: small[251],
		marks: marks, verbs: verbs, before: (seen + 1) * mulTemplate,
	}
	for k := range p.nodes {
		x := &p.nodes[k]
		x.rel = small[255]
		x.left, x.right, x.left2, x.right2 = n, n, n, n
		x.edge, x.head, x.relation = int32(k), news.NoHead, news.NoRel
	}
	p.stack, p.next = p.stack[:0], 0
}

// FinishParse sets Heads and Rels of s: of words by the transitions made, of
// marks by rule.
func (s *Sentence) FinishParse() {
	p := &s.parse
	if len(p.stack) == 1 {
		p.nodes[p.stack[0]].relation = news.RelRoot
	}
	for i := range s.Heads {
		s.Heads[i], s.Rels[i] = news.NoHead, news.NoRel
	}
	for k := range p.nodes[:p.n] {
		x := &p.nodes[k]
		s.Rels[x.at] = x.relation
		if x.head >= 0 {
			s.Heads[x.at] = p.nodes[x.head].at
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
func (s *Sentence) At(k int32) int32 { return s.parse.nodes[k].at }

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
		x := &p.nodes[h]
		x.left2, x.left = x.left, d
		x.nLeft = min(x.nLeft+1, 100)
		x.edge = p.nodes[d].edge
		p.nodes[d].head = h
		return h, d
	case Right:
		d, h := p.stack[top], p.stack[top-1]
		p.stack = p.stack[:top]
		x := &p.nodes[h]
		x.right2, x.right = x.right, d
		x.nRight = min(x.nRight+1, 100)
		p.nodes[d].head = h
		return h, d
	}
	p.stack = append(p.stack, p.next)
	p.next++
	return -1, -1
}

// SetRel sets the relation of a word that has just got its head.
func (s *Sentence) SetRel(dependent int32, r news.Rel) {
	x := &s.parse.nodes[dependent]
	x.relation = r
	x.rel = small[64+int(r)]
	if x.head >= 0 {
		s.parse.nodes[x.head].kinds |= 1 << r
	}
}
