package detect

import (
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// The labels of both taggers: outside, then begin and inside of source, cue
// and content.
const (
	LabelO uint8 = iota
	LabelBS
	LabelIS
	LabelBC
	LabelIC
	LabelBQ
	LabelIQ
	NumLabels
)

// Anchor is a token that may head a cue.
type Anchor struct {
	Token int32
	P     float32 // probability, by the first tagger, that the token is part of a cue
}

// FirstPass is what the first tagger says of every token of a document.
type FirstPass struct {
	Post   []linear.Row // probability of each label
	Labels []uint8      // best labels

	levels []levels
}

// Reset empties t and keeps its memory.
func (t *FirstPass) Reset() { t.Post, t.Labels, t.levels = t.Post[:0], t.Labels[:0], t.levels[:0] }

// Append decodes the next paragraph, whose emissions are in l.
func (t *FirstPass) Append(trans *linear.Transitions, s *linear.Sequence, l *linear.Lattice) {
	t.Labels = l.Viterbi(trans, s.Classes, t.Labels)
	l.Marginals(trans, s.Classes)
	for i := range s.Len() {
		t.Post = append(t.Post, l.Post[i])
		t.levels = append(t.levels, levelsOf(&l.Post[i]))
	}
}

// The least probability of standing in a cue that makes a token an anchor. The
// second tagger learns from more of them than it reads, to have seen many that
// are none. On PolNeAR's dev articles 0.12 covers 88% of all cues with one and a
// half anchors each. Read from 0.3, 0.35 or 0.4 on, F1 of pairs is 68.7, 68.8
// and 68.7 there, 77.2, 77.1 and 77.4 on world news, and each step is faster.
const (
	LearnAnchors = 0.12
	readAnchors  = 0.35
)

// Anchors appends the candidate cue heads of tokens p: in every run of tokens
// that may stand in a cue the most probable verb, else the most probable
// token. A run is cut where a new cue begins. floor is the least probability.
func (f *Featurizer) Anchors(d *news.Document, t *FirstPass, p news.TokenRange, floor float32, out []Anchor) []Anchor {
	cue := func(i int32) float32 { return t.Post[i][LabelBC] + t.Post[i][LabelIC] }
	for i := p.First; i < p.End; i++ {
		if !(cue(i) >= floor) { // nor what is no number
			continue
		}
		best, score := i, float32(0)
		j := i
		for ; j < p.End && cue(j) >= LearnAnchors*0.6 && (j == i || t.Post[j][LabelBC] <= t.Post[j][LabelIC]); j++ {
			s := cue(j)
			if d.Tokens[j].Tag.Verb() {
				s += 0.5
			}
			if s > score+1e-6 {
				best, score = j, s
			}
		}
		out = append(out, Anchor{best, cue(best)})
		i = j - 1
	}
	return out
}

// relative holds, for each token of a window, how it stands to the anchor in
// the parse.
type relative struct {
	top   uint8 // relation of the branch below the meeting node that holds the token; 0: on the anchor's own path
	chain uint8 // relation of the anchor's branch below the meeting node; 0: the anchor itself is the meeting node
	up    uint8 // steps from the token up to the meeting node, 15: another sentence
	down  uint8 // steps from the meeting node down to the anchor
	edge  uint8 // bit 0: first token of its branch, bit 1: last
}

// relate fills f.rel for the tokens of sentence s seen from anchor h.
func (f *Featurizer) relate(d *news.Document, s news.TokenRange, h int32) {
	for i := s.First; i < s.End; i++ {
		f.rel[i] = relative{up: 255}
	}
	steps, last := uint8(0), uint8(0)
	for at := h; at != news.NoHead && steps < 40; at = d.Tokens[at].Head {
		f.rel[at] = relative{chain: last, down: steps}
		last = uint8(d.Tokens[at].Rel)
		steps++
	}
	for i := s.First; i < s.End; i++ {
		f.climb(d, i, 0)
	}
}

// climb resolves one token's relation to the anchor through its head's.
func (f *Featurizer) climb(d *news.Document, i int32, depth int) relative {
	r := &f.rel[i]
	if r.up != 255 {
		return *r
	}
	h := d.Tokens[i].Head
	if h == news.NoHead || depth > 100 {
		*r = relative{up: 14, down: 15}
		return *r
	}
	q := f.climb(d, h, depth+1)
	switch {
	case q.up == 0:
		*r = relative{top: uint8(d.Tokens[i].Rel), chain: q.chain, up: 1, down: q.down}
		f.branch[i] = i
	case q.up == 14: // another tree of the sentence
		*r = q
		return q
	default:
		*r = q
		r.up = min(q.up+1, 13)
		f.branch[i] = f.branch[h]
	}
	b := f.branch[i]
	r.edge = 0
	if f.tree.Begins(i, b) {
		r.edge |= 1
	}
	if f.tree.Ends(i, b) {
		r.edge |= 2
	}
	return *r
}

// reach is how far, in tokens, the second tagger looks to either side of an
// anchor, whole sentences of its paragraph; it bounds the work an anchor
// makes.
const reach = 120

// Window is what the second tagger looks at for an anchor: those of the
// paragraph's sentences that come within reach.
func Window(sentences []news.TokenRange, anchor int32) (news.TokenRange, []news.TokenRange) {
	a, b := 0, len(sentences)
	for sentences[a].End <= anchor-reach {
		a++
	}
	for sentences[b-1].First > anchor+reach {
		b--
	}
	return news.TokenRange{First: sentences[a].First, End: sentences[b-1].End}, sentences[a:b]
}

// levels are the levels of a token's labels, four bits each.
type levels uint32

func levelsOf(post *linear.Row) (l levels) {
	for y := range NumLabels {
		l |= levels(level(post[y])) << (4 * y)
	}
	return l
}

func (l levels) of(label uint8) uint64 { return uint64(l >> (4 * label) & 15) }

// level makes few of many probabilities.
func level(p float32) uint64 {
	switch {
	case p < 0.01:
		return 0
	case p < 0.05:
		return 1
	case p < 0.2:
		return 2
	case p < 0.5:
		return 3
	case p < 0.8:
		return 4
	case p < 0.95:
		return 5
	}
	return 6
}

// Anchored appends to seq the features of every token of a window w (whole
// sentences) for the cue headed by anchors[k].
func (f *Featurizer) Anchored(d *news.Document, t *FirstPass, w news.TokenRange, sentences []news.TokenRange, anchors []Anchor, k int, seq *linear.Sequence) {
	h := anchors[k].Token
	ha := &f.a[h]
	var features *[1 << 8]uint64
	n := uint8(0)
	add := func(h uint64) {
		features[n] = h
		n++
	}
	hs := 0
	for si, s := range sentences {
		if s.Contains(h) {
			hs = si
		}
	}
	// order of first-level spans seen from the anchor: counted outwards
	f.ranks(t, w, h)
	f.ruledFor(w, h)
	for si, s := range sentences {
		same := si == hs
		if same {
			f.relate(d, s, h)
		}
		ds := uint64(si - hs + 8)
		for i := s.First; i < s.End; i++ {
			a := &f.a[i]
			p1, n1 := f.at(w, i-1), f.at(w, i+1)
			side := uint64(1)
			if i < h {
				side = 0
			} else if i == h {
				side = 2
			}
			dist := bucket(i - h)
			commas, cues, marks := f.between(i)
			lv := t.levels[i]
			y := uint64(t.Labels[i])
			py, ny := uint64(9), uint64(9)
			if i > w.First {
				py = uint64(t.Labels[i-1])
			}
			if i+1 < w.End {
				ny = uint64(t.Labels[i+1])
			}
			features, n = seq.Features(), 0
			add(f3(101, dist, ds, a.tag))
			add(f3(102, ha.lemma, side, a.tag))
			add(f3(103, side, ds, y))
			ctx := side | min(cues, 3)<<2 | ds<<4
			add(f3(104, ctx, y, py))
			add(f3(105, ctx, y, ny))
			add(f3(106, ctx, a.state, p1.state|n1.state<<4))
			add(f3(107, ctx, min(commas, 3), marks))
			add(f3(108, ctx, uint64(f.rank[i]), y))
			add(f3(109, ha.lemma, ctx, y))
			add(f3(110, ha.lemma, uint64(f.rank[i]), y))
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
			add(f3(162, ha.cluster, uint64(f.rank[i]), y))
			add(f3(210, ha.sense, ctx, y))
			add(f3(211, ha.sense, ha.kids, side|ds<<4))
			add(f3(212, a.sense, ctx, y))
			// words
			add(f3(120, ctx, a.word, 0))
			add(f3(121, ctx, p1.word, 1))
			add(f3(122, ctx, n1.word, 2))
			add(f3(123, ctx, p1.tag, a.tag))
			add(f3(124, ctx, a.tag, n1.tag))
			add(f3(125, p1.word, a.word, side))
			add(f3(126, a.word, n1.word, side))
			add(f3(129, a.lemma, side, dist))
			add(f2(130, a.shape, side))
			if same {
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
				add(f3(149, uint64(r.top)|uint64(r.chain)<<8|side<<16, min(commas, 3), marks))
				add(f3(213, key, ha.sense, e))
				add(f3(214, key, a.sense, e))
			}
			// what the rules find
			ruled := around(f.seen, w, i, 15, 4)
			add(f3(190, ruled, side, y))
			add(f3(191, ruled, a.tag, n1.tag))
			add(f3(192, uint64(f.seen[i]), ctx, a.state))
			add(f3(193, ruled, ha.lemma, side))
			add(f3(153, uint64(ha.report), level(anchors[k].P), side))
			add(f3(154, ha.lemma, ha.kids, side|ds<<4))
			seq.Add(features[:n], class(a, p1))
		}
	}
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
