package train

import (
	"context"
	"fmt"
	"math/rand/v2"

	"whosaid/extract/linear"
	"whosaid/extract/news"
	"whosaid/extract/syntax"
)

// forget rules how often a training word is taken for an unknown one: with
// probability 1/(1+forget*count). It keeps the tagger from learning rare
// words by heart instead of by their endings.
const forget = 0.5

// trainedTagger is a tagger while it is trained.
type trainedTagger struct {
	words   []uint64 // hashes of the lexicon
	entries []syntax.Entry
	lexicon *syntax.Lexicon
	allowed []uint64 // columns by class
	checks  []uint16
	needs   []uint32
	layout  *linear.Layout
	slots   *linear.Slots
	weights *linear.Averaged
	s       syntax.Sentence
	hashes  [syntax.TagFeatures]uint64
	rows    [syntax.TagFeatures]uint32
	random  *rand.Rand
	counts  map[uint64]int // of the training words, by hash; nil once trained
	known   int            // how many of rows are in use
	scores  [syntax.Columns]float32
}

// trainTagger learns the tags of trees. With 0 epochs it stops short of choosing
// the best features: such a tagger is larger, and good enough to tag for the
// parser's training.
func trainTagger(ctx context.Context, trees []Tree, facts map[uint64]wordFacts, o SyntaxOptions, epochs int, progress func(string)) (*trainedTagger, error) {
	g := &trainedTagger{random: rand.New(rand.NewPCG(o.Seed, 1))}
	g.words, g.entries, g.allowed = lexiconOf(trees, facts)
	var err error
	if g.lexicon, err = syntax.NewLexicon(g.words, g.entries); err != nil {
		return nil, err
	}
	g.counts = map[uint64]int{}
	for _, t := range trees {
		for _, w := range t.Words {
			g.counts[syntax.WordHash(w)]++
		}
	}
	demand := linear.NewDemand(syntax.TagFeatures)
	g.walk(trees, demand.See)
	g.needs = demand.Needs(candidates * o.TagSlots)
	g.layout = linear.NewLayout(g.needs)
	census := linear.NewCensus(candidates * o.TagSlots)
	for _, see := range []func([]uint64){census.Count, census.Bid} {
		g.walk(trees, func(values []uint64) {
			g.layout.Place(values)
			see(values)
		})
	}
	g.start(census.Checks(leastSeen, linear.MaxRows-1))
	if err := g.pass(ctx, trees, selectPasses, progress); err != nil || epochs == 0 {
		return g, err
	}
	g.start(linear.Select(g.checks, o.TagSlots, g.weights.Spread()))
	return g, g.pass(ctx, trees, epochs, progress)
}

// start gives weights to the features of checks.
func (g *trainedTagger) start(checks []uint16) {
	g.checks, g.slots = checks, linear.NewSlots(checks)
	g.weights = linear.NewAveraged(1+taken(checks), syntax.Columns)
}

// pass learns all trees several times, each time in another order.
func (g *trainedTagger) pass(ctx context.Context, trees []Tree, times int, progress func(string)) error {
	order := g.random.Perm(len(trees))
	for i := range times {
		g.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, all := 0, 0
		for _, at := range order {
			if err := ctx.Err(); err != nil {
				return err
			}
			w, n := g.learn(&trees[at])
			wrong, all = wrong+w, all+n
		}
		progress(fmt.Sprintf("pass %d of %d, %.2f%% right", i+1, times, 100-100*float64(wrong)/float64(all)))
	}
	return nil
}

// walk shows the features of all decisions, given the gold tags before them.
func (g *trainedTagger) walk(trees []Tree, see func(values []uint64)) {
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

func (g *trainedTagger) ready(words []string) {
	g.s.Reset(len(words))
	for i, w := range words {
		g.s.Add(w)
		if g.counts != nil && g.random.Float64() < 1/(1+forget*float64(g.counts[syntax.WordHash(w)])) {
			g.s.Forget(i)
		}
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
			wrong++
			if c := syntax.TagColumn(gold); g.allowed[g.s.TagSituation(i)]>>c&1 == 1 {
				g.weights.Update(g.rows[:g.known], c, syntax.TagColumn(guess), 1)
			}
		}
		g.s.Tags[i] = guess
	}
	return wrong, len(t.Tags)
}

func (g *trainedTagger) best(i int) news.Tag {
	g.s.TagFeatures(i, &g.hashes)
	g.layout.Place(g.hashes[:])
	g.known = g.slots.Rows(g.hashes[:], g.rows[:])
	g.weights.Score(g.rows[:g.known], g.scores[:])
	return syntax.ColumnTag(largest(g.scores[:], g.allowed[g.s.TagSituation(i)]))
}

// tag tags a sentence with the averaged weights: no more is learned then.
func (g *trainedTagger) tag(words []string) []news.Tag {
	g.weights.Freeze()
	g.counts = nil
	g.ready(words)
	for i := range words {
		if g.s.Tags[i] = g.s.Fixed(i); g.s.Tags[i] == news.NoTag {
			g.s.Tags[i] = g.best(i)
		}
	}
	return append([]news.Tag(nil), g.s.Tags...)
}

// largest is the first of the allowed columns with the largest score.
func largest(scores []float32, allowed uint64) int {
	best := -1
	for c, v := range scores {
		if allowed>>c&1 == 1 && (best < 0 || v > scores[best]) {
			best = c
		}
	}
	return best
}
