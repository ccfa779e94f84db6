package train

import (
	"context"
	"fmt"
	"math/rand/v2"

	"whosaid/extract/linear"
	"whosaid/extract/news"
	"whosaid/extract/syntax"
)

// trainParser learns transitions with a dynamic oracle and exploration
// (Goldberg and Nivre 2013), and relations at the moment an arc is made.
func trainParser(ctx context.Context, trees []Tree, predicted [][]news.Tag, lexicon *syntax.Lexicon, o SyntaxOptions) (*parserLearner, error) {
	l := &parserLearner{random: rand.New(rand.NewPCG(o.Seed, 2))}
	arcs, rels := linear.NewCensus(o.ArcSlots), linear.NewCensus(o.RelSlots)
	for _, see := range [][2]func([]uint64){{arcs.Count, rels.Count}, {arcs.Bid, rels.Bid}} {
		for i, t := range trees {
			if t.Heads != nil {
				l.seeArc, l.seeRel = see[0], see[1]
				l.walk(&t, predicted[i], lexicon)
			}
		}
	}
	l.arcChecks, l.relChecks = arcs.Checks(leastSeen, linear.MaxRows-1), rels.Checks(leastSeen, linear.MaxRows-1)
	l.arcSlots, l.relSlots = linear.NewSlots(l.arcChecks), linear.NewSlots(l.relChecks)
	l.arcs = linear.NewAveraged(1+taken(l.arcChecks), syntax.NumActions)
	l.rels = linear.NewAveraged(1+taken(l.relChecks), syntax.RelColumns)
	order := l.random.Perm(len(trees))
	for epoch := range o.Epochs {
		l.explore = 0.9
		if epoch == 0 {
			l.explore = 0
		}
		l.heads, l.labels, l.all = 0, 0, 0
		l.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, at := range order {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if trees[at].Heads != nil {
				l.learn(&trees[at], predicted[at], lexicon)
			}
		}
		o.Progress(fmt.Sprintf("parser: pass %d of %d, %.2f%% heads right, %.2f%% with relation", epoch+1, o.Epochs, 100*float64(l.heads)/float64(l.all), 100*float64(l.labels)/float64(l.all)))
	}
	return l, nil
}

type parserLearner struct {
	arcChecks, relChecks []uint16
	arcSlots, relSlots   *linear.Slots
	arcs, rels           *linear.Averaged
	seeArc, seeRel       func([]uint64)
	random               *rand.Rand
	explore              float64
	s                    syntax.Sentence
	gold                 oracle
	arcHashes            [syntax.ArcFeatures]uint64
	relHashes            [syntax.RelFeatures]uint64
	arcRows              [syntax.ArcFeatures]uint32
	relRows              [syntax.RelFeatures]uint32
	arcScores            [syntax.NumActions]float32
	relScores            [syntax.RelColumns]float32
	heads, labels, all   int
}

func (l *parserLearner) start(t *Tree, tags []news.Tag, lexicon *syntax.Lexicon) *syntax.Sentence {
	s := &l.s
	s.Reset(len(t.Words))
	for _, w := range t.Words {
		s.Add(w)
	}
	s.Ready(lexicon)
	copy(s.Tags, tags)
	s.StartParse()
	l.gold.of(t, s)
	return s
}

// walk builds the gold tree, or the nearest that can be built, and shows
// the features on the way.
func (l *parserLearner) walk(t *Tree, tags []news.Tag, lexicon *syntax.Lexicon) {
	s := l.start(t, tags, lexicon)
	gold := &l.gold
	for !s.Done() {
		action, forced := s.Forced()
		if !forced {
			s.ArcFeatures(&l.arcHashes)
			l.seeArc(l.arcHashes[:])
			costs := gold.costs(s)
			action = syntax.Shift
			for a := range syntax.NumActions {
				if s.Legal(a) && costs[a] < costs[action] {
					action = a
				}
			}
		}
		if h, d := s.Apply(action); d >= 0 {
			s.RelFeatures(h, d, &l.relHashes)
			l.seeRel(l.relHashes[:])
			s.SetRel(d, gold.rels[d])
		}
	}
}

// learn parses a sentence and learns from what goes wrong.
func (l *parserLearner) learn(t *Tree, tags []news.Tag, lexicon *syntax.Lexicon) {
	s := l.start(t, tags, lexicon)
	gold := &l.gold
	for !s.Done() {
		action, forced := s.Forced()
		if !forced {
			action = l.learnArc(s, gold)
		}
		h, d := s.Apply(action)
		if d < 0 {
			continue
		}
		l.all++
		s.RelFeatures(h, d, &l.relHashes)
		rows := l.relRows[:l.relSlots.Rows(l.relHashes[:], l.relRows[:])]
		l.rels.Score(rows, l.relScores[:])
		rel := news.RelRoot + 1 + news.Rel(linear.Largest(l.relScores[news.RelRoot+1:news.NumRels]))
		if gold.heads[d] == h {
			l.heads++
			l.rels.Step()
			if want := gold.rels[d]; rel == want {
				l.labels++
			} else if want > news.RelRoot {
				l.rels.Update(rows, int(want), int(rel), 1)
			}
		}
		s.SetRel(d, rel)
	}
}

// learnArc learns one transition and returns the one to go on with.
func (l *parserLearner) learnArc(s *syntax.Sentence, gold *oracle) int {
	s.ArcFeatures(&l.arcHashes)
	rows := l.arcRows[:l.arcSlots.Rows(l.arcHashes[:], l.arcRows[:])]
	l.arcs.Score(rows, l.arcScores[:])
	costs := gold.costs(s)
	least := costs[syntax.Shift]
	for a := range syntax.NumActions {
		if s.Legal(a) {
			least = min(least, costs[a])
		}
	}
	guess, good := -1, -1
	for a := range syntax.NumActions {
		if !s.Legal(a) {
			continue
		}
		if guess < 0 || l.arcScores[a] > l.arcScores[guess] {
			guess = a
		}
		if costs[a] == least && (good < 0 || l.arcScores[a] > l.arcScores[good]) {
			good = a
		}
	}
	l.arcs.Step()
	if costs[guess] > least {
		l.arcs.Update(rows, good, guess, 1)
	}
	if l.random.Float64() < l.explore {
		return guess
	}
	return good
}

func taken(checks []uint16) (n int) {
	for _, c := range checks {
		if c != 0 {
			n++
		}
	}
	return n
}

// oracle tells what each transition costs in arcs of the gold tree that can
// no longer be made. It numbers words as the transitions do, without marks.
type oracle struct {
	heads    []int32 // the root's is the number of words: it comes after all
	rels     []news.Rel
	children [][]int32
	index    []int32 // of each word of the sentence; -1: a mark
}

// of makes the oracle of a sentence. A word whose head is tagged as a mark
// hangs on the next head that is none.
func (o *oracle) of(t *Tree, s *syntax.Sentence) {
	n := s.Len()
	o.heads, o.rels, o.index = o.heads[:0], o.rels[:0], o.index[:0]
	for range t.Words {
		o.index = append(o.index, -1)
	}
	for k := range int32(n) {
		o.index[s.At(k)] = k
	}
	for len(o.children) < n {
		o.children = append(o.children, nil)
	}
	for k := range n {
		o.children[k] = o.children[k][:0]
	}
	for k := range int32(n) {
		i := s.At(k)
		h := t.Heads[i]
		for h >= 0 && o.index[h] < 0 {
			h = t.Heads[h]
		}
		o.rels = append(o.rels, t.Rels[i])
		if h < 0 {
			o.heads = append(o.heads, int32(n))
			continue
		}
		o.heads = append(o.heads, o.index[h])
		o.children[o.index[h]] = append(o.children[o.index[h]], k)
	}
}

func (o *oracle) costs(s *syntax.Sentence) (costs [syntax.NumActions]int) {
	stack, next := s.Stack(), s.Next()
	top := stack[len(stack)-1]
	// Popping the top loses its children that are still to come.
	for _, c := range o.children[top] {
		if c >= next {
			costs[syntax.Left]++
			costs[syntax.Right]++
		}
	}
	h := o.heads[top]
	if h > next || len(stack) > 1 && h == stack[len(stack)-2] {
		costs[syntax.Left]++
	}
	if h >= next {
		costs[syntax.Right]++
	}
	// Pushing the next word loses its arcs with the stack, but for a head on
	// top.
	for _, w := range stack {
		if o.heads[w] == next {
			costs[syntax.Shift]++
		}
		if w != top && o.heads[next] == w {
			costs[syntax.Shift]++
		}
	}
	return costs
}
