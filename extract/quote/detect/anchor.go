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
