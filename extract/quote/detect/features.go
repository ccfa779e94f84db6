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

// First appends the features of every token of paragraph k of d, whose
// sentences are given, for the first tagger.
func (f *Featurizer) First(d *news.Document, k int, sentences []news.TokenRange, seq *linear.Sequence) {
	p := d.Paragraphs[k]
	start, number := f.paragraph(d, k)
	var features *[1 << 8]uint64
	n := uint8(0)
	add := func(h uint64) {
		features[n] = h
		n++
	}
	for _, s := range sentences {
		first, lastTok := &f.a[s.First], &f.a[max(s.First, s.End-1)]
		for i := s.First; i < s.End; i++ {
			a := &f.a[i]
			p1, p2 := f.at(p, i-1), f.at(p, i-2)
			n1, n2 := f.at(p, i+1), f.at(p, i+2)
			features, n = seq.Features(), 0
			// words
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
			// clusters
			hc, hs := uint64(500), uint64(0)
			if h := d.Tokens[i].Head; h >= 0 {
				hc, hs = f.a[h].cluster, f.a[h].sense
			}
			add(f2(80, a.cluster, a.tag))
			add(f2(82, a.cluster, n1.cluster))
			add(f3(83, a.rel, a.group, hc))
			add(f3(85, a.group, p1.group, n1.group|p2.group<<8|n2.group<<16))
			// tags
			add(f2(19, p1.tag, a.tag))
			add(f3(22, p1.tag, a.tag, n1.tag))
			add(f3(23, a.tag, n1.tag, n2.tag))
			add(f3(25, p1.tag, a.tag, n1.lemma))
			// quotation state
			add(f2(29, start, a.state))
			add(f2(30, number, a.state))
			add(f3(32, a.quotation, a.state, a.tag))
			// syntax
			add(f2(40, a.rel, a.headLemma))
			add(f3(41, a.rel, a.headTag, a.dist))
			add(f2(43, a.lemma, a.kids))
			add(f1(44, a.path))
			add(f1(45, a.pathLemma))
			add(f2(47, a.path, a.tag))
			add(f2(48, a.pathSide, a.state))
			add(f3(49, a.path, a.word, uint64(f.edge[i])))
			add(f3(50, a.pathLemma, uint64(f.edge[i]), a.tag))
			add(f3(53, p1.pathLemma, a.pathLemma, a.tag))
			add(f3(54, p1.path, a.path, n1.path))
			// nearest reporting words
			l, r := f.left[i], f.right[i]
			ll, rl := uint64(3), uint64(3)
			ld, rd := uint64(31), uint64(31)
			ls, rs := uint64(0), uint64(0)
			if l >= 0 {
				ll, ld, ls = f.a[l].lemma, bucket(i-l), f.a[l].sense
			}
			if r >= 0 {
				rl, rd, rs = f.a[r].lemma, bucket(r-i), f.a[r].sense
			}
			add(f2(60, ll, ld))
			add(f2(61, rl, rd))
			add(f3(64, ld, rd, a.state))
			add(f2(65, ll, rl))
			add(f3(66, ll, a.word, a.state))
			add(f3(67, rl, a.word, a.state))
			add(f3(68, ll, a.rel, a.state))
			add(f3(70, uint64(a.report), a.tag, a.rel))
			add(f3(71, uint64(a.report), a.kids, a.rel))
			// the sentence
			add(f2(72, first.word, a.state))
			add(f2(74, lastTok.word, a.state))
			place := bucket(i-s.First) | bucket(s.End-1-i)<<4
			add(f2(76, place, a.tag))
			// what the rules find
			ruled := around(f.ruled, p, i, 0, 2)
			add(f2(190, ruled, a.state))
			add(f3(191, ruled, a.tag, n1.tag))
			add(f2(192, ruled, a.lemma))
			add(f3(193, ruled, a.rel, uint64(a.report)))
			// senses
			add(f2(200, a.sense, a.tag))
			add(f3(201, a.sense, a.kids, a.rel))
			add(f3(202, p1.sense, a.sense, n1.sense))
			add(f3(203, a.rel, a.sense, hs))
			add(f3(204, a.pathSense, uint64(f.edge[i]), a.tag))
			add(f3(205, p1.pathSense, a.pathSense, a.word))
			add(f3(206, ls, a.tag, ld))
			add(f3(207, rs, a.tag, rd))
			add(f3(208, a.sense, p1.word, n1.word))
			add(f3(209, a.rel, a.headLemma, a.sense))
			seq.Add(features[:n], class(a, p1))
		}
	}
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
