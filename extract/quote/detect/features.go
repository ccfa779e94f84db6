package detect

import (
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// Features are numbered by template; a template's number and its parts are
// joined into one hash, as the sum of their products with odd numbers. The
// products do not wait for each other, as those of linear.Join would.
func f1(t, a uint64) uint64       { return seal(t*by1 + a*by2) }
func f2(t, a, b uint64) uint64    { return seal(t*by1 + a*by2 + b*by3) }
func f3(t, a, b, c uint64) uint64 { return seal(t*by1 + a*by2 + b*by3 + c*by4) }

// seal spreads a sum over all bits: tables are indexed by the upper ones and
// check the lowest.
func seal(h uint64) uint64 {
	h = (h ^ h>>32) * by1
	return h ^ h>>29
}

// The golden ratio's, and those of xxHash (Collet 2012).
const (
	by1 = 0x9e3779b97f4a7c15
	by2 = 0xc2b2ae3d27d4eb4f
	by3 = 0x165667b19e3779f9
	by4 = 0x85ebca77c2b2ae63
)

// bucket makes few of many distances; negative ones have their own.
func bucket(n int32) uint64 {
	switch {
	case n < 0:
		return 16 + bucket(-n)
	case n < 4:
		return uint64(n)
	case n < 6:
		return 4
	case n < 10:
		return 5
	case n < 20:
		return 6
	}
	return 7
}

// at reads the atoms of token i, or those of the world outside the range.
func (f *Featurizer) at(p news.TokenRange, i int32) *atoms {
	if p.Contains(i) {
		return &f.a[i]
	}
	return &nowhere
}

var nowhere = atoms{word: 7, lemma: 7, tag: 99, shape: 7, suffix: 7, rel: 99, state: 9}

// paragraph is what holds for all tokens of a paragraph: whether it begins
// with an opening mark, how the one before it ended, whether it is the first.
func (f *Featurizer) paragraph(d *news.Document, k int) (start, place uint64) {
	p := d.Paragraphs[k]
	if !p.Empty() && f.a[p.First].state == opens {
		start = 1
	}
	if k > 0 && !d.Paragraphs[k-1].Empty() {
		switch f.a[d.Paragraphs[k-1].End-1].state {
		case inside:
			start |= 2
		case closes:
			start |= 4
		}
	}
	return start, uint64(min(k, 2))
}

// surroundings are the atoms of a token, of its neighbours and of its head.
type surroundings struct {
	a, p1, p2, n1, n2 *atoms
	head              *atoms
	edge              uint64
}

// headless is what a token without a head sees in its place.
var headless = atoms{cluster: 500}

// First appends the features of every token of paragraph k of d, whose
// sentences are given, for the first tagger.
func (f *Featurizer) First(d *news.Document, k int, sentences []news.TokenRange, seq *linear.Sequence) {
	p := d.Paragraphs[k]
	start, number := f.paragraph(d, k)
	for _, s := range sentences {
		first, last := &f.a[s.First], &f.a[max(s.First, s.End-1)]
		for i := s.First; i < s.End; i++ {
			x := surroundings{&f.a[i], f.at(p, i-1), f.at(p, i-2), f.at(p, i+1), f.at(p, i+2), &headless, uint64(f.edge[i])}
			if h := d.Tokens[i].Head; h >= 0 {
				x.head = &f.a[h]
			}
			r := f.reportsOf(i)
			features := seq.Features()
			n := x.words(features)
			n = x.states(features, n, start, number)
			n = x.syntax(features, n)
			n = x.near(features, n, &r)
			n = x.place(features, n, first, last, bucket(i-s.First)|bucket(s.End-1-i)<<4)
			n = x.rules(features, n, around(f.ruled, p, i, 0, 2))
			n = x.senses(features, n, &r)
			seq.Add(features[:n], class(x.a, x.p1))
		}
	}
}

// words are the words, clusters and tags around the token.
func (x *surroundings) words(features *[1 << 8]uint64) (n uint8) {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a, p1, p2, n1, n2 := x.a, x.p1, x.p2, x.n1, x.n2
	add(f1(1, a.word))
	add(f1(2, p1.word))
	add(f1(3, n1.word))
	add(f1(4, p2.word))
	add(f1(5, n2.word))
	add(f2(6, p1.word, a.word))
	add(f2(7, a.word, n1.word))
	add(f2(8, p1.word, n1.word))
	add(f1(9, a.lemma))
	add(f2(11, p1.lemma, a.tag))
	add(f2(12, n1.lemma, a.tag))
	add(f1(14, a.suffix))
	add(f2(80, a.cluster, a.tag))
	add(f2(82, a.cluster, n1.cluster))
	add(f3(83, a.rel, a.group, x.head.cluster))
	add(f3(85, a.group, p1.group, n1.group|p2.group<<8|n2.group<<16))
	add(f2(19, p1.tag, a.tag))
	add(f3(22, p1.tag, a.tag, n1.tag))
	add(f3(23, a.tag, n1.tag, n2.tag))
	add(f3(25, p1.tag, a.tag, n1.lemma))
	return n
}

// states are the token between marks and in its paragraph.
func (x *surroundings) states(features *[1 << 8]uint64, n uint8, start, number uint64) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a := x.a
	add(f2(29, start, a.state))
	add(f2(30, number, a.state))
	add(f3(32, a.quotation, a.state, a.tag))
	return n
}

// syntax is the token in the parse.
func (x *surroundings) syntax(features *[1 << 8]uint64, n uint8) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a, p1, n1 := x.a, x.p1, x.n1
	add(f2(40, a.rel, a.headLemma))
	add(f3(41, a.rel, a.headTag, a.dist))
	add(f2(43, a.lemma, a.kids))
	add(f1(44, a.path))
	add(f1(45, a.pathLemma))
	add(f2(47, a.path, a.tag))
	add(f2(48, a.pathSide, a.state))
	add(f3(49, a.path, a.word, x.edge))
	add(f3(50, a.pathLemma, x.edge, a.tag))
	add(f3(53, p1.pathLemma, a.pathLemma, a.tag))
	add(f3(54, p1.path, a.path, n1.path))
	return n
}

// reportsAround are the reporting words next to a token on its left and right.
type reportsAround struct {
	left, right struct{ lemma, distance, sense uint64 }
}

func (f *Featurizer) reportsOf(i int32) (r reportsAround) {
	r.left.lemma, r.left.distance = 3, 31
	r.right.lemma, r.right.distance = 3, 31
	if k := f.left[i]; k >= 0 {
		r.left.lemma, r.left.distance, r.left.sense = f.a[k].lemma, bucket(i-k), f.a[k].sense
	}
	if k := f.right[i]; k >= 0 {
		r.right.lemma, r.right.distance, r.right.sense = f.a[k].lemma, bucket(k-i), f.a[k].sense
	}
	return r
}

// near is the token between the reporting words next to it.
func (x *surroundings) near(features *[1 << 8]uint64, n uint8, r *reportsAround) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a := x.a
	ll, ld := r.left.lemma, r.left.distance
	rl, rd := r.right.lemma, r.right.distance
	add(f2(60, ll, ld))
	add(f2(61, rl, rd))
	add(f3(64, ld, rd, a.state))
	add(f2(65, ll, rl))
	add(f3(66, ll, a.word, a.state))
	add(f3(67, rl, a.word, a.state))
	add(f3(68, ll, a.rel, a.state))
	add(f3(70, uint64(a.report), a.tag, a.rel))
	add(f3(71, uint64(a.report), a.kids, a.rel))
	return n
}

// place is the token in its sentence, between its first and its last word.
func (x *surroundings) place(features *[1 << 8]uint64, n uint8, first, last *atoms, place uint64) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a := x.a
	add(f2(72, first.word, a.state))
	add(f2(74, last.word, a.state))
	add(f2(76, place, a.tag))
	return n
}

// rules are what the rules find there.
func (x *surroundings) rules(features *[1 << 8]uint64, n uint8, ruled uint64) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a, n1 := x.a, x.n1
	add(f2(190, ruled, a.state))
	add(f3(191, ruled, a.tag, n1.tag))
	add(f2(192, ruled, a.lemma))
	add(f3(193, ruled, a.rel, uint64(a.report)))
	return n
}

// senses are the meanings of the words around.
func (x *surroundings) senses(features *[1 << 8]uint64, n uint8, r *reportsAround) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a, p1, n1 := x.a, x.p1, x.n1
	add(f2(200, a.sense, a.tag))
	add(f3(201, a.sense, a.kids, a.rel))
	add(f3(202, p1.sense, a.sense, n1.sense))
	add(f3(203, a.rel, a.sense, x.head.sense))
	add(f3(204, a.pathSense, x.edge, a.tag))
	add(f3(205, p1.pathSense, a.pathSense, a.word))
	add(f3(206, r.left.sense, a.tag, r.left.distance))
	add(f3(207, r.right.sense, a.tag, r.right.distance))
	add(f3(208, a.sense, p1.word, n1.word))
	add(f3(209, a.rel, a.headLemma, a.sense))
	return n
}

// class is that of the transition into token i: transitions behave differently at
// marks and punctuation.
func class(a, p1 *atoms) uint8 {
	c := uint8(0)
	switch {
	case a.state == opens:
		c = 1
	case p1.state == closes:
		c = 2
	case a.state == closes:
		c = 3
	case p1.state == opens:
		c = 4
	case news.Tag(p1.tag-1) == news.TagCOMMA:
		c = 5
	case news.Tag(a.tag-1) == news.TagCOMMA:
		c = 6
	case news.Tag(a.tag-1) == news.TagPERIOD:
		c = 7
	case p1.word == 7:
		c = 8
	case a.state == inside:
		c = 9
	}
	return c
}

// Classes is the number of transition classes.
const Classes = 10
