// Package tree is the one view of a document's syntax that all stages share: who
// does what a verb says, what hangs below a word, where its phrase ends.
//
// In goes a document whose tokens have tags, heads and relations; nothing of it
// is changed. Of a document that was not parsed every token is a root: there are
// no subjects then, and a phrase is its token. A Tree is filled anew for each
// document (Read) and keeps its memory; it is not safe for concurrent use while
// it is filled, and is afterwards.
//
// How. One pass over the tokens links every token to its children, in text
// order, and to its subject. Extents are relaxed from children to heads until
// they are stable: trees are shallow, and one deeper than maxDepth only loses
// some of its words. Where a walk goes up, maxDepth bounds it, so that a damaged
// tree, with a circle in it, costs time but no more.
package tree

import (
	"iter"
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// None stands for no token.
const None int32 = -1

// maxDepth is more than the depth of any sentence of news that was met, which
// was 31.
const maxDepth = 60

// Tree is the syntax of one document.
type Tree struct {
	d        *news.Document
	lo, hi   []int32 // first and last token of the subtree
	subjects []int32 // the token's own subject, or None
	first    []int32 // its first child, or None
	next     []int32 // the next child of its head, or None
}

// Of is the tree of d.
func Of(d *news.Document) *Tree {
	t := new(Tree)
	t.Read(d)
	return t
}

// Read fills t with the syntax of d.
func (t *Tree) Read(d *news.Document) {
	t.d = d
	n := len(d.Tokens)
	for _, s := range []*[]int32{&t.lo, &t.hi, &t.subjects, &t.first, &t.next} {
		*s = slices.Grow((*s)[:0], n)[:n]
	}
	for i := range d.Tokens {
		t.lo[i], t.hi[i] = int32(i), int32(i)
		t.subjects[i], t.first[i], t.next[i] = None, None, None
	}
	for _, s := range d.Sentences {
		t.extents(s)
	}
	for i := int32(n) - 1; i >= 0; i-- {
		h := d.Tokens[i].Head
		if h == news.NoHead {
			continue
		}
		t.next[i], t.first[h] = t.first[h], i
		if d.Tokens[i].Rel.Subject() {
			t.subjects[h] = i // the first in the text, as we come from behind
		}
	}
}

// extents finds how far the subtrees of a sentence reach.
func (t *Tree) extents(s news.TokenRange) {
	for changed, rounds := true, 0; changed && rounds < maxDepth; rounds++ {
		changed = false
		for i := s.First; i < s.End; i++ {
			if h := t.d.Tokens[i].Head; h >= 0 {
				if t.lo[i] < t.lo[h] {
					t.lo[h], changed = t.lo[i], true
				}
				if t.hi[i] > t.hi[h] {
					t.hi[h], changed = t.hi[i], true
				}
			}
		}
	}
}

// Children goes through what hangs on token i itself, in text order.
func (t *Tree) Children(i int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for c := t.first[i]; c != None; c = t.next[c] {
			if !yield(c) {
				return
			}
		}
	}
}

// Child is the first child of token i with relation r, or None.
func (t *Tree) Child(i int32, r news.Rel) int32 {
	for c := t.first[i]; c != None; c = t.next[c] {
		if t.d.Tokens[c].Rel == r {
			return c
		}
	}
	return None
}

// Heads goes from token i's head up to the root.
func (t *Tree) Heads(i int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for range maxDepth {
			if i = t.d.Tokens[i].Head; i == news.NoHead || !yield(i) {
				return
			}
		}
	}
}

// Extent is the tokens from the first to the last of the subtree of token i.
func (t *Tree) Extent(i int32) news.TokenRange {
	return news.TokenRange{First: t.lo[i], End: t.hi[i] + 1}
}

// Begins and Ends report whether token i is the first, or the last, of the
// subtree of token top.
func (t *Tree) Begins(i, top int32) bool { return t.lo[top] == i }

// Ends is Begins for the last token.
func (t *Tree) Ends(i, top int32) bool { return t.hi[top] == i }

// Phrase is the subtree of token i up to the relative clause or the aside that
// hangs behind it: Ana Reyes, of "Ana Reyes, who met him in May".
func (t *Tree) Phrase(i int32) news.TokenRange {
	r := t.Extent(i)
	for k := i + 1; k < r.End; k++ {
		if w := &t.d.Tokens[k]; w.Tag == news.TagCOMMA || w.Rel == news.RelAclRelcl && w.Head == i {
			r.End = k
		}
	}
	return r
}

// Head is the token of r that hangs on none of r: the first such, and of those
// the first verb where there is one. None for an empty range.
func (t *Tree) Head(r news.TokenRange) int32 {
	top := None
	for i := r.First; i < r.End; i++ {
		if h := t.d.Tokens[i].Head; h == news.NoHead || !r.Contains(h) {
			if t.d.Tokens[i].Tag.Verb() {
				return i
			}
			if top == None {
				top = i
			}
		}
	}
	return top
}

// Subject is the subject that hangs on token v itself, or None.
func (t *Tree) Subject(v int32) int32 { return t.subjects[v] }

// Actor is who does what verb v says, as far as the tree tells: its own subject,
// or that of the verb it is joined to (X made a speech and pledged …; X spoke,
// promising …; X forced Y to admit …), or the name that it describes (X,
// speaking in …). None where the tree does not tell.
func (t *Tree) Actor(v int32) int32 {
	for range maxJoins {
		if s := t.subjects[v]; s != None {
			return s
		}
		w := &t.d.Tokens[v]
		if w.Head == news.NoHead {
			return None
		}
		switch w.Rel {
		case news.RelConj, news.RelXcomp, news.RelAdvcl, news.RelParataxis, news.RelAux, news.RelCop:
			v = w.Head
		case news.RelAcl:
			if h := t.d.Tokens[w.Head].Tag; h == news.TagNNP || h == news.TagPRP {
				return w.Head
			}
			return None
		default:
			return None
		}
	}
	return None
}

// maxJoins verbs at most lie between one and the subject that it shares.
const maxJoins = 5

// Passive reports whether verb v is in the passive: its subject is not who acts.
func (t *Tree) Passive(v int32) bool {
	if s := t.subjects[v]; s != None && t.d.Tokens[s].Rel == news.RelNsubjPass {
		return true
	}
	return t.Child(v, news.RelAuxPass) != None
}

// Agent is who does what the passive verb v says (asked by reporters), or None.
func (t *Tree) Agent(v int32) int32 { return t.Child(v, news.RelOblAgent) }

// Addressee is who verb v speaks to where it is one of telling or asking: the
// subject of its passive, else its indirect object, else its object, or None.
func (t *Tree) Addressee(v int32) int32 {
	if s := t.subjects[v]; s != None && t.d.Tokens[s].Rel == news.RelNsubjPass {
		return s
	}
	if c := t.Child(v, news.RelIobj); c != None {
		return c
	}
	return t.Child(v, news.RelObj)
}
