package detect

import (
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// fromAnchor is a token as it is seen from an anchor: its surroundings, the
// anchor, and where the token stands to it.
type fromAnchor struct {
	a, p1, n1 *atoms
	anchor    *atoms

	side, sentence, distance uint64 // left or right of it or itself, sentences between, tokens between
	commas, cues, marks      uint64 // what stands between
	context                  uint64 // side, cues and sentence
	rank                     uint64 // of its span among those of its role
	label, before, behind    uint64 // the first tagger's, of the token and its neighbours
}

// Anchored appends to seq the features of every token of a window w (whole
// sentences) for the cue headed by anchors[k].
func (f *Featurizer) Anchored(d *news.Document, t *FirstPass, w news.TokenRange, sentences []news.TokenRange, anchors []Anchor, k int, seq *linear.Sequence) {
	h := anchors[k].Token
	own := 0 // the anchor's sentence
	for si, s := range sentences {
		if s.Contains(h) {
			own = si
		}
	}
	f.ranks(t, w, h)
	f.ruledFor(w, h)
	for si, s := range sentences {
		if si == own {
			f.relate(d, s, h)
		}
		for i := s.First; i < s.End; i++ {
			var v fromAnchor
			f.see(&v, t, w, h, i, uint64(si-own+8))
			features := seq.Features()
			n := v.labels(features, t, w, i)
			n = v.words(features, n)
			if si == own {
				n = f.branches(&v, features, n, s, i)
			}
			n = v.rules(features, n, around(f.seen, w, i, 15, 4), uint64(f.seen[i]), level(anchors[k].P))
			seq.Add(features[:n], class(v.a, v.p1))
		}
	}
}

// see fills v with how token i of window w, in that sentence, looks from the
// anchor h.
func (f *Featurizer) see(v *fromAnchor, t *FirstPass, w news.TokenRange, h, i int32, sentence uint64) {
	v.a, v.p1, v.n1, v.anchor = &f.a[i], f.at(w, i-1), f.at(w, i+1), &f.a[h]
	v.side = 1
	if i < h {
		v.side = 0
	} else if i == h {
		v.side = 2
	}
	v.sentence, v.distance = sentence, bucket(i-h)
	v.commas, v.cues, v.marks = f.between(i)
	v.context = v.side | min(v.cues, 3)<<2 | sentence<<4
	v.rank = uint64(f.rank[i])
	v.label, v.before, v.behind = uint64(t.Labels[i]), 9, 9
	if i > w.First {
		v.before = uint64(t.Labels[i-1])
	}
	if i+1 < w.End {
		v.behind = uint64(t.Labels[i+1])
	}
}

// labels are what the first tagger says there, seen from the anchor.
func (v *fromAnchor) labels(features *[1 << 8]uint64, t *FirstPass, w news.TokenRange, i int32) (n uint8) {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a, p1, n1, ha := v.a, v.p1, v.n1, v.anchor
	side, ds, ctx, y := v.side, v.sentence, v.context, v.label
	lv := t.levels[i]
	add(f3(101, v.distance, ds, a.tag))
	add(f3(102, ha.lemma, side, a.tag))
	add(f3(103, side, ds, y))
	add(f3(104, ctx, y, v.before))
	add(f3(105, ctx, y, v.behind))
	add(f3(106, ctx, a.state, p1.state|n1.state<<4))
	add(f3(107, ctx, min(v.commas, 3), v.marks))
	add(f3(108, ctx, v.rank, y))
	add(f3(109, ha.lemma, ctx, y))
	add(f3(110, ha.lemma, v.rank, y))
	add(f3(111, ctx, lv.of(LabelBQ), lv.of(LabelIQ)))
	add(f3(112, ctx, lv.of(LabelBS), lv.of(LabelIS)))
	if i+1 < w.End {
		nx := t.levels[i+1]
		add(f3(115, side, nx.of(LabelBQ)|nx.of(LabelO)<<4, y))
		add(f3(116, side, nx.of(LabelIQ), nx.of(LabelIS)|y<<4))
	}
	if i > w.First {
		nx := t.levels[i-1]
		add(f3(117, side, nx.of(LabelIQ)|nx.of(LabelO)<<4, y))
	}
	add(f3(161, ha.cluster, ctx, y))
	add(f3(162, ha.cluster, v.rank, y))
	add(f3(210, ha.sense, ctx, y))
	add(f3(211, ha.sense, ha.kids, side|ds<<4))
	add(f3(212, a.sense, ctx, y))
	return n
}

// words are the words and tags there.
func (v *fromAnchor) words(features *[1 << 8]uint64, n uint8) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a, p1, n1 := v.a, v.p1, v.n1
	side, ctx := v.side, v.context
	add(f3(120, ctx, a.word, 0))
	add(f3(121, ctx, p1.word, 1))
	add(f3(122, ctx, n1.word, 2))
	add(f3(123, ctx, p1.tag, a.tag))
	add(f3(124, ctx, a.tag, n1.tag))
	add(f3(125, p1.word, a.word, side))
	add(f3(126, a.word, n1.word, side))
	add(f3(129, a.lemma, side, v.distance))
	add(f2(130, a.shape, side))
	return n
}

// branches are where token i of the anchor's sentence s hangs in the parse, seen
// from the anchor.
func (f *Featurizer) branches(v *fromAnchor, features *[1 << 8]uint64, n uint8, s news.TokenRange, i int32) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a, p1, n1, ha := v.a, v.p1, v.n1, v.anchor
	side, y := v.side, v.label
	r := f.rel[i]
	key := uint64(r.top) | uint64(r.chain)<<8 | uint64(min(r.up, 3))<<16 | uint64(min(r.down, 3))<<20 | side<<24
	e := uint64(r.edge)
	add(f2(140, key, e))
	add(f3(141, key, e, a.tag))
	add(f3(143, key, ha.lemma, e))
	add(f3(144, key, e, y))
	add(f3(148, uint64(r.top)|uint64(r.chain)<<8|side<<16, a.state, e))
	if i > s.First {
		q := f.rel[i-1]
		add(f3(150, uint64(r.top)|uint64(r.chain)<<8, uint64(q.top)|uint64(q.chain)<<8, side|e<<4|uint64(q.edge)<<8))
	}
	if i+1 < s.End {
		q := f.rel[i+1]
		add(f3(151, uint64(r.top)|uint64(r.chain)<<8, uint64(q.top)|uint64(q.chain)<<8, side|e<<4|uint64(q.edge)<<8))
	}
	add(f3(145, key, e, p1.word))
	add(f3(146, key, e, n1.word))
	add(f3(147, key, a.rel, e))
	add(f3(163, key, e, a.cluster))
	add(f3(164, key, ha.cluster, e))
	add(f3(149, uint64(r.top)|uint64(r.chain)<<8|side<<16, min(v.commas, 3), v.marks))
	add(f3(213, key, ha.sense, e))
	add(f3(214, key, a.sense, e))
	return n
}

// rules are what the rules find there, and how likely the anchor is one.
func (v *fromAnchor) rules(features *[1 << 8]uint64, n uint8, ruled, seen, probability uint64) uint8 {
	add := func(h uint64) {
		features[n] = h
		n++
	}
	a, n1, ha := v.a, v.n1, v.anchor
	side, ds, ctx, y := v.side, v.sentence, v.context, v.label
	add(f3(190, ruled, side, y))
	add(f3(191, ruled, a.tag, n1.tag))
	add(f3(192, seen, ctx, a.state))
	add(f3(193, ruled, ha.lemma, side))
	add(f3(153, uint64(ha.report), probability, side))
	add(f3(154, ha.lemma, ha.kids, side|ds<<4))
	return n
}

// ranks numbers the first tagger's spans of each role outwards from the
// anchor: 0 for none, 1 to 3 for the nearest, the next and all others to the
// right, 5 to 7 to the left. It also counts what stands between.
func (f *Featurizer) ranks(t *FirstPass, w news.TokenRange, h int32) {
	f.rank[h], f.cues[h], f.commas[h], f.signs[h] = 0, 0, 0, 0
	f.outwards(t, w, h, 1, 0)
	f.outwards(t, w, h, -1, 4)
}

// outwards is ranks in one direction; side is added to what is not 0.
func (f *Featurizer) outwards(t *FirstPass, w news.TokenRange, h, step int32, side uint8) {
	var n [4]uint8 // spans met, by role
	var cues, commas, signs uint8
	for i := h + step; w.Contains(i); i += step {
		r := role(t.Labels[i])
		// A new span: another role, or a first label on the way.
		if r != 0 && (r != role(t.Labels[i-step]) || t.Labels[max(i, i-step)]%2 == 1) {
			if r == 2 && cues < 200 {
				cues++
			}
			n[r]++
		}
		f.rank[i] = 0
		if r != 0 {
			f.rank[i] = side + min(n[r], 3)
		}
		f.cues[i], f.commas[i], f.signs[i] = cues, commas, signs
		a := &f.a[i]
		if news.Tag(a.tag-1) == news.TagCOMMA && commas < 200 {
			commas++
		}
		switch a.state {
		case opens:
			signs |= 1
		case closes:
			signs |= 2
		}
	}
}

// role is what a label stands for: 0 nothing, 1 source, 2 cue, 3 content.
func role(label uint8) uint8 { return (label + 1) / 2 }

// between is what ranks counted between token i and the anchor.
func (f *Featurizer) between(i int32) (commas, cues, marks uint64) {
	return uint64(f.commas[i]), uint64(f.cues[i]), uint64(f.signs[i])
}
