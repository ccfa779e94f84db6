package train

import (
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// forget rules how often a training word is taken for an unknown one: with
// probability 1/(1+forget*count). It keeps the tagger from learning rare
// words by heart instead of by their endings.
const forget = 0.5

// margin is by how much the right tag's score must lead the next one's in
// training, in units of an update: more than 0 makes it learn from decisions
// that were right by chance too.
const margin = 60

// CoreNLP tags in another manner than people did the Web Treebank: "that",
// "about", "Republicans". Weights of its own learn that, silverShare as fast as
// those for all trees, count where it is to be guessed what CoreNLP says, and
// are thrown away (Daumé 2007, with the treebanks of people as the target).
// The smaller the share, the more the tagger follows CoreNLP.
const silverShare = 0.2

// tagRuns is how many times the tagger is trained, each time on the trees in
// another order, to be merged.
const tagRuns = 3

// trainedTagger is a tagger while it is trained.
type trainedTagger struct {
	step    int      // -1: from left to right, 1: from right to left
	words   []uint64 // hashes of the lexicon
	entries []syntax.Entry
	lexicon *syntax.Lexicon
	allowed []uint64 // columns by class
	checks  []uint16
	needs   []uint32
	layout  *linear.Layout
	slots   *linear.Slots
	weights *linear.Averaged
	silver  *linear.Averaged // what CoreNLP does otherwise
	columns [][]uint8        // as allowed
	s       syntax.Sentence
	hashes  [syntax.TagFeatures]uint64
	rows    [syntax.TagFeatures]uint32
	random  *rand.Rand
	counts  map[uint64]int // of the training words, by hash; nil once trained
	known   int            // how many of rows are in use
	scores  [syntax.Columns]float32
}

// trainTagger learns the tags of trees, from left to right with step -1, from
// right to left with step 1. With 0 epochs it stops short of choosing
// the best features: such a tagger is larger, and good enough to tag for the
// parser's training.
func trainTagger(ctx context.Context, trees []Tree, facts map[uint64]wordFacts, step int, o SyntaxOptions, epochs int, progress func(string)) (*trainedTagger, error) {
	g := &trainedTagger{step: step, random: rand.New(rand.NewPCG(o.Seed, 1))}
	g.words, g.entries, g.allowed = lexiconOf(trees, facts)
	g.columns = columnsOf(g.allowed)
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
	for _, see := range []func([]uint64){census.Count, census.Claim} {
		g.walk(trees, func(values []uint64) {
			g.layout.Place(values)
			see(values)
		})
	}
	g.start(census.Checks(leastSeen, linear.MaxRows-1))
	if err := g.pass(ctx, trees, selectPasses, progress); err != nil || epochs == 0 {
		return g, err
	}
	checks := linear.Select(g.checks, o.TagSlots, g.weights.Spread())
	var runs []*linear.Averaged
	for range tagRuns {
		g.start(checks)
		if err := g.pass(ctx, trees, epochs, progress); err != nil {
			return g, err
		}
		runs = append(runs, g.weights)
	}
	g.weights = linear.Merge(runs)
	return g, nil
}

// start gives weights to the features of checks.
func (g *trainedTagger) start(checks []uint16) {
	g.checks, g.slots = checks, linear.NewSlots(checks)
	g.weights = linear.NewAveraged(1+taken(checks), syntax.Columns)
	g.silver = linear.NewAveraged(1+taken(checks), syntax.Columns)
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
		g.ready(t.Words, t.Glued)
		for k := range t.Tags {
			i := g.at(k)
			if g.s.Fixed(i) == news.NoTag {
				g.s.TagFeatures(i, g.step, &g.hashes)
				see(g.hashes[:])
			}
			g.s.Tags[i] = t.Tags[i]
		}
	}
}

// at is the word of the sentence that is tagged after k others.
func (g *trainedTagger) at(k int) int {
	if g.step > 0 {
		return len(g.s.Tags) - 1 - k
	}
	return k
}

func (g *trainedTagger) ready(words []string, glued []bool) {
	g.s.Reset(len(words))
	for i, w := range words {
		g.s.Add(w, glued[i])
		if g.counts != nil && g.random.Float64() < 1/(1+forget*float64(g.counts[syntax.WordHash(w)])) {
			g.s.Forget(i)
		}
	}
	g.s.Ready(g.lexicon)
}

// learn makes one pass over a sentence and counts wrong tags.
func (g *trainedTagger) learn(t *Tree) (wrong, all int) {
	g.ready(t.Words, t.Glued)
	for k := range t.Tags {
		i := g.at(k)
		gold := t.Tags[i]
		if fixed := g.s.Fixed(i); fixed != news.NoTag {
			g.s.Tags[i] = fixed
			if fixed != gold {
				wrong++
			}
			continue
		}
		g.score(i)
		columns := g.columns[g.s.TagSituation(i)]
		if t.silver {
			g.silver.AddColumns(g.rows[:g.known], columns, g.scores[:])
		}
		guess := largest(g.scores[:], columns, -1)
		want := syntax.TagColumn(gold)
		rival := guess
		if guess == want {
			rival = largest(g.scores[:], columns, want)
		} else {
			wrong++
		}
		g.weights.Step()
		if slices.Contains(columns, uint8(want)) && rival >= 0 && g.scores[want]-g.scores[rival] < margin {
			g.weights.Update(g.rows[:g.known], want, rival, 1)
			if t.silver {
				g.silver.Update(g.rows[:g.known], want, rival, silverShare)
			}
		}
		g.s.Tags[i] = syntax.ColumnTag(guess)
	}
	return wrong, len(t.Tags)
}

// score sets the scores of the tags allowed for word i, by the weights for all
// trees.
func (g *trainedTagger) score(i int) {
	g.s.TagFeatures(i, g.step, &g.hashes)
	g.layout.Place(g.hashes[:])
	g.known = g.slots.Rows(g.hashes[:], g.rows[:])
	clear(g.scores[:])
	g.weights.AddColumns(g.rows[:g.known], g.columns[g.s.TagSituation(i)], g.scores[:])
}

// tag tags a sentence with the averaged weights: no more is learned then.
func (g *trainedTagger) tag(words []string, glued []bool) []news.Tag {
	g.weights.Freeze()
	g.counts = nil
	g.ready(words, glued)
	for k := range words {
		i := g.at(k)
		if g.s.Tags[i] = g.s.Fixed(i); g.s.Tags[i] == news.NoTag {
			g.score(i)
			g.s.Tags[i] = syntax.ColumnTag(largest(g.scores[:], g.columns[g.s.TagSituation(i)], -1))
		}
	}
	return append([]news.Tag(nil), g.s.Tags...)
}

// columnsOf lists the columns of masks.
func columnsOf(masks []uint64) [][]uint8 {
	lists := make([][]uint8, len(masks))
	for i, rest := range masks {
		for ; rest != 0; rest &= rest - 1 {
			lists[i] = append(lists[i], uint8(bits.TrailingZeros64(rest)))
		}
	}
	return lists
}

// largest is the first of the columns with the largest score; one, but, is
// passed over. -1: there is none.
func largest(scores []float32, columns []uint8, but int) int {
	best := -1
	for _, c := range columns {
		if int(c) != but && (best < 0 || scores[c] > scores[best]) {
			best = int(c)
		}
	}
	return best
}
