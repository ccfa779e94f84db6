package detect

import (
	"cmp"
	"slices"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// Candidate is one attribution as the second tagger reads it, and as Complete
// makes it whole.
type Candidate struct {
	Anchor  Anchor
	P       float32 // probability that the anchor is in a cue
	Cue     news.TokenRange
	Source  news.TokenRange
	Content []news.TokenRange // in text order, at least one

	inside, begin, end, sourced float32              // mean and least probabilities (sure)
	forced                      bool                 // the best labelling had no content
	origin                      origin               // of Source, once Complete has run
	proposal                    int32                // the one that Source is from, -1
	ranked                      [NumRoles][2]float32 // probability of its spans, and of the next best
	content                     SpanMeasures
	measures                    Measures
	score                       float32
}

// Decode reads one anchor's window, whose emissions are in l. ok is false when
// there is no content. Where the best labelling has no cue at the anchor, the
// best one that has is taken, and where it has no content, one that begins
// where a content does most probably; probabilities say how unlikely they are.
func Decode(trans *linear.Transitions, s *linear.Sequence, l *linear.Lattice, window news.TokenRange, a Anchor) (f Candidate, ok bool) {
	h := a.Token - window.First
	l.Marginals(trans, s.Classes)
	f = Candidate{Anchor: a, P: l.Post[h][LabelBC] + l.Post[h][LabelIC]}
	was := l.Emit[h]
	forbid(&l.Emit[h], func(y uint8) bool { return y != LabelBC && y != LabelIC })
	labels := l.Viterbi(trans, s.Classes, nil)
	if !slices.ContainsFunc(labels, func(y uint8) bool { return y >= LabelBQ }) {
		i := likeliest(l.Post, LabelBQ)
		if i == int(h) || l.Post[i][LabelBQ] < leastBegin {
			return f, false
		}
		begin := l.Emit[i]
		forbid(&l.Emit[i], func(y uint8) bool { return y != LabelBQ })
		labels = l.Viterbi(trans, s.Classes, labels[:0])
		l.Emit[i] = begin
		f.forced = true
	}
	l.Emit[h] = was
	for i := 0; i < len(labels); i++ {
		b := labels[i]
		if b == LabelO {
			continue
		}
		b -= 1 - b%2
		j := i + 1
		for j < len(labels) && labels[j] == b+1 {
			j++
		}
		r := news.TokenRange{First: window.First + int32(i), End: window.First + int32(j)}
		switch b {
		case LabelBQ:
			f.Content = append(f.Content, r)
		case LabelBC:
			if f.Cue.Empty() || r.Contains(a.Token) {
				f.Cue = r
			}
		case LabelBS:
			if f.Source.Empty() || nearer(r, f.Source, a.Token) {
				f.Source = r
			}
		}
		i = j - 1
	}
	f.sure(l, window)
	return f, len(f.Content) > 0
}

// leastBegin is the least probability with which a content must begin somewhere
// to be read where the best labelling has none: the judges (calibration.go)
// decide whether that is enough. It raises F1 of contents by half a point, of
// pairs by 0.2 (PolNeAR train, held out).
const leastBegin = 0.05

// forbid makes the labels that are not allowed impossible.
func forbid(emit *linear.Row, not func(label uint8) bool) {
	for y := range emit {
		if not(uint8(y)) {
			emit[y] -= 1e4
		}
	}
}

// likeliest is the first position where a label is most probable.
func likeliest(post []linear.Row, label uint8) (best int) {
	for i := range post {
		if post[i][label] > post[best][label] {
			best = i
		}
	}
	return best
}

// nearer reports whether r is nearer to token i than s.
func nearer(r, s news.TokenRange, i int32) bool {
	gap := func(r news.TokenRange) int32 { return max(r.First-i, i-r.End) }
	return gap(r) < gap(s)
}

// Settle keeps the attributions that stand side by side, of those that were
// Measured: best first, one whose score is high enough and whose content is not
// mostly another's. Tokens that two contents claim stay with the better one.
// taken tells for every token whose content it is, 1 + index into found, 0 for
// nobody's.
func (c *Calibration) Settle(d *news.Document, taken *[]int32, found *[]Candidate) {
	for i := range *found {
		f := &(*found)[i]
		f.score = (1-pairShare)*c.Content.of(f) + pairShare*c.Pair.of(f)
	}
	*taken = slices.Grow((*taken)[:0], len(d.Tokens))[:len(d.Tokens)]
	clear(*taken)
	slices.SortStableFunc(*found, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.Anchor.Token, b.Anchor.Token))
	})
	kept := (*found)[:0]
	for _, f := range *found {
		if f.score < leastScore && !(f.score >= leastMarked && f.content[spanMarked] == 1) {
			continue
		}
		words, lost := 0, 0
		for _, r := range f.Content {
			words += r.Len()
			for i := r.First; i < r.End; i++ {
				if (*taken)[i] != 0 {
					lost++
				}
			}
		}
		if 2*lost > words {
			continue
		}
		f.Content = free(f.Content, *taken)
		if len(f.Content) == 0 {
			continue
		}
		kept = append(kept, f)
		for _, r := range f.Content {
			for i := r.First; i < r.End; i++ {
				(*taken)[i] = int32(len(kept))
			}
		}
	}
	*found = kept
}

// An attribution's score is the mean of the probabilities of its pair and of
// its content, weighed so; reported are those from leastScore on. At 0.42, 0.44,
// 0.45 and 0.5 F1 of pairs is 71.3, 71.4, 71.2 and 71.1 on PolNeAR dev, 79.9, 80.3,
// 79.9 and 80.5 on world news, that of indirect contents 67.2, 67.1, 66.8 and 66.0, and
// 75.1, 75.5, 74.8 and 75.0.
const (
	pairShare  = 0.7
	leastScore = 0.44
	// leastMarked is leastScore where all that is said stands in marks.
	leastMarked = 0.38
)

// free is what of the ranges nobody has taken.
func free(ranges []news.TokenRange, taken []int32) []news.TokenRange {
	var out []news.TokenRange
	for _, r := range ranges {
		for i := r.First; i < r.End; i++ {
			if taken[i] != 0 {
				continue
			}
			j := i
			for j < r.End && taken[j] == 0 {
				j++
			}
			out = append(out, news.TokenRange{First: i, End: j})
			i = j
		}
	}
	return out
}
