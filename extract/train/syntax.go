package train

import (
	"context"
	"fmt"
	"math/rand/v2"

	"whosaid/extract/linear"
	"whosaid/extract/model"
	"whosaid/extract/news"
	"whosaid/extract/syntax"
)

// SyntaxOptions are the settings of the tagger's and the parser's training.
type SyntaxOptions struct {
	Seed     uint64
	Epochs   int // passes over the training sentences; 0: 10
	Folds    int // taggers that tag for the parser's training what they have not seen; 0: 5
	Progress func(string)

	// Sizes of the tables: slots for features, powers of two. 0: 1<<18 for
	// tags, 1<<17 for relations, 1<<20 for transitions. Larger tables gain
	// little and fall out of the processor's cache.
	TagSlots, RelSlots, ArcSlots int
}

func (o *SyntaxOptions) fill() {
	set := func(v *int, to int) {
		if *v == 0 {
			*v = to
		}
	}
	set(&o.Epochs, 10)
	set(&o.Folds, 5)
	set(&o.TagSlots, 1<<18)
	set(&o.RelSlots, 1<<17)
	set(&o.ArcSlots, 1<<20)
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
}

// leastSeen is how often a feature must be seen to get weights: those seen
// once or twice teach the model by heart.
const leastSeen = 3

// SyntaxTables trains a tagger and a parser on trees and returns their tables.
func SyntaxTables(ctx context.Context, trees []Tree, o SyntaxOptions) (*syntax.Tables, error) {
	o.fill()
	predicted := make([][]news.Tag, len(trees))
	for fold := range o.Folds {
		var rest []Tree
		for _, t := range trees {
			if foldOf(t.Doc, o.Folds) != fold {
				rest = append(rest, t)
			}
		}
		g, err := trainTagger(ctx, rest, o, max(1, o.Epochs/2), func(s string) { o.Progress(fmt.Sprintf("tagger without fold %d: %s", fold, s)) })
		if err != nil {
			return nil, err
		}
		for i, t := range trees {
			if foldOf(t.Doc, o.Folds) == fold {
				predicted[i] = g.tag(t.Words)
			}
		}
	}
	g, err := trainTagger(ctx, trees, o, o.Epochs, func(s string) { o.Progress("tagger: " + s) })
	if err != nil {
		return nil, err
	}
	l, err := trainParser(ctx, trees, predicted, g.lexicon, o)
	if err != nil {
		return nil, err
	}
	return &syntax.Tables{
		Hashes: g.words, Entries: g.entries,
		Tags: quantised(g.checks, g.weights, syntax.TagColumns),
		Rels: quantised(l.relChecks, l.rels, syntax.RelColumns),
		Arcs: planes(l.arcChecks, l.arcs.Average()),
	}, nil
}

// quantised cuts the largest weight in a hundred thousand.
func quantised(checks []uint16, weights *linear.Averaged, cols int) syntax.Weights {
	mean := weights.Average()
	return syntax.Weights{Checks: checks, Table: model.Quantise(mean, len(mean)/cols, cols, limitOf(mean))}
}

// planes lays the transitions' weights out as linear.NewFours reads them.
func planes(checks []uint16, weights []float32) []byte {
	t := model.Quantise(weights, len(weights)/syntax.NumActions, syntax.NumActions, limitOf(weights))
	n := len(checks)
	out := make([]byte, 4*n)
	row := 0
	for i, c := range checks {
		if c == 0 {
			continue
		}
		row++
		out[i] = byte(c)
		for a, cell := range t.Cells[row*syntax.NumActions:][:syntax.NumActions] {
			out[(a+1)*n+i] = cell
		}
	}
	return out
}

// trainedTagger is a tagger while it is trained.
type trainedTagger struct {
	words   []uint64 // hashes of the lexicon
	entries []syntax.Entry
	lexicon *syntax.Lexicon
	checks  []uint16
	slots   *linear.Slots
	weights *linear.Averaged
	s       syntax.Sentence
	hashes  [syntax.TagFeatures]uint64
	rows    [syntax.TagFeatures]uint32
	known   int // how many of rows are in use
	scores  [syntax.TagColumns]float32
}

func trainTagger(ctx context.Context, trees []Tree, o SyntaxOptions, epochs int, progress func(string)) (*trainedTagger, error) {
	g := &trainedTagger{}
	g.words, g.entries = lexiconOf(trees)
	var err error
	if g.lexicon, err = syntax.NewLexicon(g.words, g.entries); err != nil {
		return nil, err
	}
	census := linear.NewCensus(o.TagSlots)
	for _, see := range []func([]uint64){census.Count, census.Bid} {
		for _, t := range trees {
			g.ready(t.Words)
			for i, tag := range t.Tags {
				if g.s.Fixed(i) == news.NoTag {
					g.s.TagFeatures(i, &g.hashes)
					see(g.hashes[:])
				}
				g.s.Tags[i] = tag
			}
		}
	}
	g.checks = census.Checks(leastSeen, linear.MaxRows-1)
	g.slots = linear.NewSlots(g.checks)
	g.weights = linear.NewAveraged(1+taken(g.checks), syntax.TagColumns)
	random := rand.New(rand.NewPCG(o.Seed, 1))
	order := random.Perm(len(trees))
	for epoch := range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, all := 0, 0
		for _, at := range order {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			w, n := g.learn(&trees[at])
			wrong, all = wrong+w, all+n
		}
		progress(fmt.Sprintf("pass %d of %d, %.2f%% right", epoch+1, epochs, 100-100*float64(wrong)/float64(all)))
	}
	return g, nil
}

func (g *trainedTagger) ready(words []string) {
	g.s.Reset(len(words))
	for _, w := range words {
		g.s.Add(w)
	}
	g.s.Ready(g.lexicon)
}

// learn makes one pass over a sentence and counts wrong tags.
func (g *trainedTagger) learn(t *Tree) (wrong, all int) {
	g.ready(t.Words)
	for i, gold := range t.Tags {
		if fixed := g.s.Fixed(i); fixed != news.NoTag {
			g.s.Tags[i] = fixed
			if fixed != gold {
				wrong++
			}
			continue
		}
		guess := g.best(i)
		g.weights.Step()
		if guess != gold {
			g.weights.Update(g.rows[:g.known], int(gold), int(guess), 1)
			wrong++
		}
		g.s.Tags[i] = guess
	}
	return wrong, len(t.Tags)
}

func (g *trainedTagger) best(i int) news.Tag {
	g.s.TagFeatures(i, &g.hashes)
	g.known = g.slots.Rows(g.hashes[:], g.rows[:])
	g.weights.Score(g.rows[:g.known], g.scores[:])
	return news.Tag(1 + linear.Largest(g.scores[1:news.NumTags]))
}

// tag tags a sentence with the averaged weights.
func (g *trainedTagger) tag(words []string) []news.Tag {
	g.weights.Freeze()
	g.ready(words)
	for i := range words {
		if g.s.Tags[i] = g.s.Fixed(i); g.s.Tags[i] == news.NoTag {
			g.s.Tags[i] = g.best(i)
		}
	}
	return append([]news.Tag(nil), g.s.Tags...)
}

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
	return s
}

// walk builds the gold tree, or the nearest that can be built, and shows
// the features on the way.
func (l *parserLearner) walk(t *Tree, tags []news.Tag, lexicon *syntax.Lexicon) {
	s := l.start(t, tags, lexicon)
	gold := newOracle(t.Heads)
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
			s.SetRel(d, t.Rels[d])
		}
	}
}

// learn parses a sentence and learns from what goes wrong.
func (l *parserLearner) learn(t *Tree, tags []news.Tag, lexicon *syntax.Lexicon) {
	s := l.start(t, tags, lexicon)
	gold := newOracle(t.Heads)
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
		if t.Heads[d] == h {
			l.heads++
			l.rels.Step()
			if rel == t.Rels[d] {
				l.labels++
			} else {
				l.rels.Update(rows, int(t.Rels[d]), int(rel), 1)
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
// no longer be made.
type oracle struct {
	heads    []int32 // the root's is the number of words: it comes after all
	children [][]int32
}

func newOracle(heads []int32) *oracle {
	o := &oracle{heads: make([]int32, len(heads)), children: make([][]int32, len(heads))}
	for i, h := range heads {
		if o.heads[i] = h; h < 0 {
			o.heads[i] = int32(len(heads))
		} else {
			o.children[h] = append(o.children[h], int32(i))
		}
	}
	return o
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
