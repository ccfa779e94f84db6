package train

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// SyntaxOptions are the settings of the tagger's and the parser's training.
// The zero value takes those that the shipped model was made with.
type SyntaxOptions struct {
	Seed     uint64
	Epochs   int // passes over the training sentences; 0: 5, more gain nothing
	Folds    int // taggers that tag for the parser's training what they have not seen; 0: 3
	Parallel int // parts trained at once, without effect on the result; 0: 2
	Progress func(string)

	// Sizes of the tables: slots for features, powers of two. 0: 1<<17 for
	// tags and for tags from right to left, 1<<16 for relations, 1<<19 for
	// transitions. The tables of twice that size fall out of the processor's
	// cache more often than not.
	TagSlots, BackSlots, RelSlots, ArcSlots int
}

func (o *SyntaxOptions) fill() {
	set := func(v *int, to int) {
		if *v == 0 {
			*v = to
		}
	}
	set(&o.Epochs, 5)
	set(&o.Folds, 3)
	set(&o.Parallel, 2)
	set(&o.TagSlots, 1<<17)
	set(&o.BackSlots, 1<<17)
	set(&o.RelSlots, 1<<16)
	set(&o.ArcSlots, 1<<19)
	report := o.Progress
	var one sync.Mutex
	o.Progress = func(s string) {
		one.Lock()
		defer one.Unlock()
		if report != nil {
			report(s)
		}
	}
}

// leastSeen is how often a feature must be seen to get weights: those seen
// once or twice teach the model by heart.
const leastSeen = 3

// Of candidates times as many features as there are slots, those get them
// that have the largest weights after selectPasses passes.
const (
	candidates   = 2
	selectPasses = 2
)

// Syntax trains the tagger and the parser of extract/syntax on the treebanks
// under dataDir and returns their model file with its card. Same data and
// options, same file.
func Syntax(ctx context.Context, dataDir string, o SyntaxOptions) (*model.File, Card, error) {
	o.fill()
	d, err := ReadSyntaxData(dataDir)
	if err != nil {
		return nil, Card{}, fmt.Errorf("train syntax: %w", err)
	}
	f, p, err := trainSyntax(ctx, factsOf(d.Plain(), o.Seed), d.Train(), o)
	if err != nil {
		return nil, Card{}, fmt.Errorf("train syntax: %w", err)
	}
	card, err := syntaxCard(d, f, p, o)
	return f, card, err
}

// trainSyntax trains a tagger and a parser on trees.
func trainSyntax(ctx context.Context, facts map[uint64]wordFacts, trees []Tree, o SyntaxOptions) (*model.File, *syntax.Parser, error) {
	hashes, entries, _ := lexiconOf(trees, facts)
	lexicon, err := syntax.NewLexicon(hashes, entries)
	if err != nil {
		return nil, nil, err
	}
	// The parser must learn from tags with mistakes in them.
	predicted := make([][]news.Tag, len(trees))
	parts, part := errgroup.WithContext(ctx)
	parts.SetLimit(o.Parallel)
	for fold := range o.Folds {
		parts.Go(func() error {
			var rest []Tree
			for _, t := range trees {
				if foldOf(t.Doc, o.Folds) != fold {
					rest = append(rest, t)
				}
			}
			g, err := trainTagger(part, rest, facts, -1, o, 0, func(s string) { o.Progress(fmt.Sprintf("tagger without part %d of %d: %s", fold+1, o.Folds, s)) })
			if err != nil {
				return err
			}
			for i, t := range trees {
				if foldOf(t.Doc, o.Folds) == fold {
					predicted[i] = g.tag(t.Words, t.Glued)
				}
			}
			return nil
		})
	}
	if err := parts.Wait(); err != nil {
		return nil, nil, err
	}
	var g, back *trainedTagger
	var l *parserLearner
	parts, part = errgroup.WithContext(ctx)
	parts.SetLimit(o.Parallel)
	parts.Go(func() (err error) {
		l, err = trainParser(part, trees, predicted, lexicon, o)
		return err
	})
	parts.Go(func() (err error) {
		g, err = trainTagger(part, trees, facts, -1, o, o.Epochs, func(s string) { o.Progress("tagger: " + s) })
		return err
	})
	parts.Go(func() (err error) {
		o := o
		o.TagSlots = o.BackSlots
		back, err = trainTagger(part, trees, facts, 1, o, o.Epochs, func(s string) { o.Progress("tagger from the right: " + s) })
		return err
	})
	if err := parts.Wait(); err != nil {
		return nil, nil, err
	}
	limit := limitOf(g.weights.Average())
	tables := &syntax.Tables{
		Hashes: g.words, Entries: g.entries,
		Tags: quantised(g.needs, g.checks, g.allowed, g.weights, limit),
		// Their scores are added up: one unit for both.
		Back:     quantised(back.needs, back.checks, nil, back.weights, limit),
		Rels:     quantised(l.relNeeds, l.relChecks, l.allowed, l.rels, limitOf(l.rels.Average())),
		ArcNeeds: l.arcNeeds, Arcs: planes(l.arcChecks, l.arcs.Average()),
	}
	f, err := tables.File()
	if err != nil {
		return nil, nil, err
	}
	p, err := syntax.New(f)
	return f, p, err
}

// quantised cuts weights beyond limit.
func quantised(needs []uint32, checks []uint16, allowed []uint64, weights *linear.Averaged, limit float32) syntax.Weights {
	mean := weights.Average()
	return syntax.Weights{Needs: needs, Checks: checks, Table: model.Quantise(mean, len(mean)/syntax.Columns, syntax.Columns, limit), Allowed: allowed}
}

// planes lays the transitions' weights out as linear.NewTriples reads them.
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
