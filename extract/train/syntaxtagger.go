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
	checks  []uint16
	slots   *linear.Slots
	weights *linear.Averaged
	s       syntax.Sentence
	hashes  [syntax.TagFeatures]uint64
	rows    [syntax.TagFeatures]uint32
	random  *rand.Rand
	counts  map[string]int // of the training words; nil once trained
	known   int            // how many of rows are in use
	scores  [syntax.TagColumns]float32
}

func trainTagger(ctx context.Context, trees []Tree, facts map[uint64]wordFacts, o SyntaxOptions, epochs int, progress func(string)) (*trainedTagger, error) {
	g := &trainedTagger{random: rand.New(rand.NewPCG(o.Seed, 1))}
	g.words, g.entries = lexiconOf(trees, facts)
	var err error
	if g.lexicon, err = syntax.NewLexicon(g.words, g.entries); err != nil {
		return nil, err
	}
	g.counts = map[string]int{}
	for _, t := range trees {
		for _, w := range t.Words {
			g.counts[w]++
		}
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
	order := g.random.Perm(len(trees))
	for epoch := range epochs {
		g.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
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
	g.counts = nil
	return g, nil
}

func (g *trainedTagger) ready(words []string) {
	g.s.Reset(len(words))
	for i, w := range words {
		g.s.Add(w)
		if g.counts != nil && g.random.Float64() < 1/(1+forget*float64(g.counts[w])) {
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
