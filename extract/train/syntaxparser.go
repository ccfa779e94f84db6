package train

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// trainParser learns transitions with a dynamic oracle and exploration
// (Goldberg and Nivre 2013), and relations at the moment an arc is made.
func trainParser(ctx context.Context, trees []Tree, predicted [][]news.Tag, lexicon *syntax.Lexicon, o SyntaxOptions) (*parserLearner, error) {
	l := &parserLearner{random: rand.New(rand.NewPCG(o.Seed, 2))}
	walk := func(seeArc, seeRel func([]uint64)) {
		l.seeArc, l.seeRel = seeArc, seeRel
		for i := range trees {
			l.walk(&trees[i], predicted[i], lexicon)
		}
	}
	arcDemand, relDemand := linear.NewDemand(syntax.ArcFeatures), linear.NewDemand(syntax.RelFeatures)
	l.met = make([][syntax.Columns]int, syntax.RelSituations)
	walk(arcDemand.See, relDemand.See)
	for k := range l.met {
		l.allowed = append(l.allowed, allow(l.met[k][:], syntax.AllRels))
	}
	l.columns = columnsOf(l.allowed)
	l.arcNeeds, l.relNeeds = arcDemand.Needs(candidates*o.ArcSlots), relDemand.Needs(candidates*o.RelSlots)
	l.arcLayout, l.relLayout = linear.NewLayout(l.arcNeeds), linear.NewLayout(l.relNeeds)
	arcs, rels := linear.NewCensus(candidates*o.ArcSlots), linear.NewCensus(candidates*o.RelSlots)
	placed := func(layout *linear.Layout, see func([]uint64)) func([]uint64) {
		return func(values []uint64) {
			layout.Place(values)
			see(values)
		}
	}
	walk(placed(l.arcLayout, arcs.Count), placed(l.relLayout, rels.Count))
	walk(placed(l.arcLayout, arcs.Claim), placed(l.relLayout, rels.Claim))
	l.start(arcs.Checks(leastSeen, linear.MaxRows-1), rels.Checks(leastSeen, linear.MaxRows-1))
	if err := l.pass(ctx, trees, predicted, lexicon, selectPasses, o.Progress); err != nil {
		return nil, err
	}
	l.start(linear.Select(l.arcChecks, o.ArcSlots, l.arcs.Spread()), linear.Select(l.relChecks, o.RelSlots, l.rels.Spread()))
	return l, l.pass(ctx, trees, predicted, lexicon, o.Epochs, o.Progress)
}

// start gives weights to the features of checks.
func (l *parserLearner) start(arcs, rels []uint16) {
	l.arcChecks, l.relChecks = arcs, rels
	l.arcSlots, l.relSlots = linear.NewSlots(arcs), linear.NewSlots(rels)
	l.arcs = linear.NewAveraged(1+taken(arcs), syntax.NumActions)
	l.rels = linear.NewAveraged(1+taken(rels), syntax.Columns)
}

// pass learns all trees several times, each time in another order; from the
// second time on it follows its own mistakes.
func (l *parserLearner) pass(ctx context.Context, trees []Tree, predicted [][]news.Tag, lexicon *syntax.Lexicon, times int, progress func(string)) error {
	order := l.random.Perm(len(trees))
	for i := range times {
		l.explore = 0.9
		if i == 0 {
			l.explore = 0
		}
		l.heads, l.labels, l.all = 0, 0, 0
		l.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, at := range order {
			if err := ctx.Err(); err != nil {
				return err
			}
			l.learn(&trees[at], predicted[at], lexicon)
		}
		progress(fmt.Sprintf("parser: pass %d of %d, %.2f%% heads right, %.2f%% with relation", i+1, times, 100*float64(l.heads)/float64(l.all), 100*float64(l.labels)/float64(l.all)))
	}
	return nil
}

type parserLearner struct {
	arcChecks, relChecks []uint16
	met                  [][syntax.Columns]int // relations by situation
	allowed              []uint64
	columns              [][]uint8 // as allowed
	arcNeeds, relNeeds   []uint32
	arcLayout, relLayout *linear.Layout
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
	relScores            [syntax.Columns]float32
	heads, labels, all   int
}

func (l *parserLearner) begin(t *Tree, tags []news.Tag, lexicon *syntax.Lexicon) *syntax.Sentence {
	s := &l.s
	s.Reset(len(t.Words))
	for i, w := range t.Words {
		s.Add(w, t.Glued[i])
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
	s := l.begin(t, tags, lexicon)
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
			if r := gold.rels[d]; r > news.RelRoot && gold.heads[d] == h {
				l.met[s.RelSituation(h, d)][syntax.RelColumn(r)]++
			}
			s.SetRel(d, gold.rels[d])
		}
	}
}

// learn parses a sentence and learns from what goes wrong.
func (l *parserLearner) learn(t *Tree, tags []news.Tag, lexicon *syntax.Lexicon) {
	s := l.begin(t, tags, lexicon)
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
		l.relLayout.Place(l.relHashes[:])
		rows := l.relRows[:l.relSlots.Rows(l.relHashes[:], l.relRows[:])]
		columns := l.columns[s.RelSituation(h, d)]
		clear(l.relScores[:])
		l.rels.AddColumns(rows, columns, l.relScores[:])
		rel := syntax.ColumnRel(largest(l.relScores[:], columns, -1))
		if gold.heads[d] == h {
			l.heads++
			l.rels.Step()
			if want := gold.rels[d]; rel == want {
				l.labels++
			} else if c := syntax.RelColumn(want); want > news.RelRoot && slices.Contains(columns, uint8(c)) {
				l.rels.Update(rows, c, syntax.RelColumn(rel), 1)
			}
		}
		s.SetRel(d, rel)
	}
}

// learnArc learns one transition and returns the one to go on with.
func (l *parserLearner) learnArc(s *syntax.Sentence, gold *oracle) int {
	s.ArcFeatures(&l.arcHashes)
	l.arcLayout.Place(l.arcHashes[:])
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
