package syntax

import "github.com/whosaid/whosaid/extract/news"

// AttachMarks gives the marks among tags (those without a relation yet, and
// any relation punct) the heads that the guidelines of Universal
// Dependencies v2 ask for: paired marks hang on the head of what stands
// between them, a mark at an edge of the sentence on the root, any other on
// the unit that it sets apart. Without any word, the first mark is the root.
// The method is that of Udapi's ud.FixPunct (Popel, Žabokrtský and Vojtek
// 2017). Heads count from 0, -1 is the root's. scratch may be nil; it is
// returned for the next call.
func AttachMarks(tags []news.Tag, heads []int32, rels []news.Rel, scratch []int32) []int32 {
	root := int32(-1)
	for i, r := range rels {
		if r == news.RelRoot {
			root = int32(i)
		}
	}
	pairs := resize(scratch, 2*len(tags))
	others, open := pairs[:len(tags)], pairs[len(tags):len(tags)]
	for i, tag := range tags {
		others[i] = -1
		switch tag {
		case news.TagOpenQuote, news.TagLRB:
			open = append(open, int32(i))
		case news.TagCloseQuote, news.TagRRB:
			if len(open) == 0 {
				break
			}
			if o := open[len(open)-1]; (tags[o] == news.TagLRB) == (tag == news.TagRRB) {
				open = open[:len(open)-1]
				others[o], others[i] = int32(i), o
			}
		}
	}
	for i := range int32(len(tags)) {
		if rels[i] != news.NoRel && rels[i] != news.RelPunct {
			continue
		}
		if root < 0 {
			root, rels[i], heads[i] = i, news.RelRoot, news.NoHead
			continue
		}
		rels[i] = news.RelPunct
		h := int32(-1)
		if o := others[i]; o >= 0 {
			h = inside(min(i, o), max(i, o), heads, rels)
		}
		if h < 0 {
			h = beside(i, heads, rels)
		}
		if h < 0 || under(h, i, heads) {
			h = root
		}
		heads[i] = h
	}
	return pairs
}

// under reports whether token i hangs below token of, or is it: what is no
// mark but was given the relation of one may have words below it.
func under(i, of int32, heads []int32) bool {
	for steps := 0; i >= 0 && steps <= len(heads); steps++ {
		if i == of {
			return true
		}
		i = heads[i]
	}
	return false
}

func isMark(r news.Rel) bool { return r == news.NoRel || r == news.RelPunct }

// inside is the head of what stands between a pair of marks; -1 where that
// is not one unit.
func inside(first, last int32, heads []int32, rels []news.Rel) int32 {
	top := int32(-1)
	for j := first + 1; j < last; j++ {
		if h := heads[j]; (h <= first || h >= last) && !isMark(rels[j]) {
			if top >= 0 {
				return -1
			}
			top = j
		}
	}
	return top
}

// beside is the head of the unit next to mark i that the mark sets apart: of
// the units that end before it and start after it the one that hangs on the
// other. It is -1 at the edges of the sentence.
func beside(i int32, heads []int32, rels []news.Rel) int32 {
	left, right := i-1, i+1
	for left >= 0 && isMark(rels[left]) {
		left--
	}
	for int(right) < len(rels) && isMark(rels[right]) {
		right++
	}
	if left < 0 || int(right) == len(rels) {
		return -1
	}
	// Heads that make no tree must not hold this up.
	for steps := 0; heads[left] >= 0 && heads[left] < i && steps < len(heads); steps++ {
		left = heads[left]
	}
	for steps := 0; heads[right] > i && steps < len(heads); steps++ {
		right = heads[right]
	}
	switch {
	case heads[left] < 0:
		return right
	case heads[right] < 0 || heads[left]-left < right-heads[right]:
		return left
	}
	return right
}
