package train

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/news"
)

// AttributionOptions are the settings of the attribution ranker's training.
// Zero values take the defaults.
type AttributionOptions struct {
	Seed     uint64
	Folds    int                               // groups of outlets held out, for histories and calibration; 0: 5
	Trees    int                               // 0: 320
	Depth    int                               // 0: 5
	Rate     float64                           // shrinking of each tree; 0: 0.07
	World    float32                           // weight of a statement of world news to one of PolNeAR; 0: 1.5
	Own      string                            // folder with our own stories: layouts/tune.jsonl, dialogue/tune.jsonl; empty: none
	Detect   func(*news.Document) []news.Quote // finds statements to learn from beside the gold's; nil: none
	Name     float32                           // weight of a named speaker whom the source does not name; 0: 1.75
	Progress func(string)
}

func (o *AttributionOptions) fill() {
	if o.Folds == 0 {
		o.Folds = 5
	}
	if o.Trees == 0 {
		o.Trees = 320
	}
	if o.Depth == 0 {
		o.Depth = 5
	}
	if o.Rate == 0 {
		o.Rate = 0.07
	}
	if o.World == 0 {
		o.World = 1.5
	}
	if o.Name == 0 {
		o.Name = 1.75
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
}

func (o *AttributionOptions) grow(n uint64) growOptions {
	return growOptions{Trees: o.Trees, Depth: o.Depth, Rate: o.Rate, Lambda: 2, MinHess: 2, RowShare: 0.7, FeatShare: 0.5, Seed: o.Seed*1000 + n}
}

// attributionTrainer is what one training works with.
type attributionTrainer struct {
	o     AttributionOptions
	cases []attributionCase
	coref *coref.Model
}

// ownWeight is the weight of a statement of our own stories.
var ownWeight = float32(2.5)

// newAttributionTrainer reads the articles that the ranker learns from:
// PolNeAR train with speakers, world news.
func newAttributionTrainer(dataDir string, annotate Annotate, names FindNames, c *coref.Model, o AttributionOptions) (*attributionTrainer, error) {
	o.fill()
	dir := filepath.Join(dataDir, "polnear")
	polnear, err := eval.ReadPolnear(filepath.Join(dir, "train"), filepath.Join(dir, "speakers-train.tsv"))
	if err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	world, err := readGoldFile(filepath.Join(dataDir, "worldnews-train", "gold.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	t := &attributionTrainer{o: o, coref: c}
	t.cases = append(attributionCases(polnear, annotate, names, 1, "polnear"), attributionCases(world, annotate, names, o.World, "world")...)
	for _, set := range []string{"layouts", "dialogue"} {
		if o.Own == "" {
			break
		}
		own, err := readGoldFile(filepath.Join(o.Own, set, "tune.jsonl"))
		if err != nil {
			return nil, fmt.Errorf("train attribution: %w", err)
		}
		cases := attributionCases(own, annotate, names, ownWeight, "own")
		for i := range cases {
			cases[i].outlet = set + cases[i].Name // each story is an outlet of its own
		}
		t.cases = append(t.cases, cases...)
	}
	foldByOutlet(t.cases, o.Folds)
	if o.Detect != nil {
		for i := range t.cases {
			c := t.cases[i].detectedCase(o.Detect)
			c.weight *= detectedWeight
			t.cases = append(t.cases, c)
		}
	}
	return t, nil
}

// detectedWeight is the weight of a detected statement to that of a gold one.
const detectedWeight = 0.7

func readGoldFile(path string) ([]eval.Gold, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return eval.ReadGold(f)
}

// train goes three times over the cases: first each decision is the gold's;
// then forests that have not seen the outlet decide, so that the histories met
// in training hold the mistakes met in use; then the same again with the
// forests of the second time, whose answers also give the calibration and the
// figures of outlets held out.
func (t *attributionTrainer) train(ctx context.Context) (*forest.Model, []*forest.Model, error) {
	groups, err := t.collect(nil)
	if err != nil {
		return nil, nil, err
	}
	var folds []*forest.Model
	for pass := range 2 {
		t.o.Progress(fmt.Sprintf("pass %d: %d statements", pass+1, len(groups)))
		if folds, err = t.growFolds(ctx, groups); err != nil {
			return nil, nil, err
		}
		if groups, err = t.collect(folds); err != nil {
			return nil, nil, err
		}
	}
	cal, err := t.calibrate(folds)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range folds {
		f.Calibration = cal
	}
	trees, err := grow(ctx, groups, attribution.NumFeatures, t.o.grow(99))
	if err != nil {
		return nil, nil, err
	}
	m := newForest(trees, attribution.NumFeatures)
	m.Calibration = cal
	return m, folds, nil
}

func newForest(trees []forest.Tree, width int) *forest.Model {
	m := &forest.Model{Width: width, Trees: trees}
	m.Lay()
	return m
}

func (t *attributionTrainer) growFolds(ctx context.Context, groups []rankGroup) ([]*forest.Model, error) {
	return growFolds(ctx, groups, t.o.Folds, attribution.NumFeatures, t.o.grow)
}

// growFolds grows for each fold a forest of the others.
func growFolds(ctx context.Context, groups []rankGroup, folds, width int, o func(uint64) growOptions) ([]*forest.Model, error) {
	out := make([]*forest.Model, folds)
	for f := range out {
		var rest []rankGroup
		for _, g := range groups {
			if g.fold != f {
				rest = append(rest, g)
			}
		}
		trees, err := grow(ctx, rest, width, o(uint64(f)))
		if err != nil {
			return nil, err
		}
		out[f] = newForest(trees, width)
	}
	return out, nil
}

// collect resolves all cases and gathers the candidates of every labelled
// quotation. Without models the gold decides as the walk goes on; with them,
// the model of the article's fold.
func (t *attributionTrainer) collect(folds []*forest.Model) ([]rankGroup, error) {
	var out []rankGroup
	for i := range t.cases {
		c := &t.cases[i]
		r := t.resolver(folds, c.fold)
		r.Train(c.Doc, c.Quotes, hideGenders(c.found, t.o.Seed+uint64(i)), func(q int, choices []attribution.Choice, rows []float32) int {
			right := rightChoice(&c.SpeakerCase, q, choices)
			if right < 0 {
				return -1
			}
			weight := c.weight * t.o.weightOf(&choices[right], rows[right*attribution.NumFeatures:])
			out = append(out, rankGroup{rows: append([]float32(nil), rows...), n: len(choices), right: right, fold: c.fold, weight: weight})
			if folds == nil {
				return right
			}
			return -1
		})
	}
	return out, nil
}

// hidden is the share of people whose gender is hidden while training.
const hidden = 0.25

// hideGenders is the names with the gender of some people unknown: the articles
// to learn from have first names that the lexicon knows far oftener than those
// of the world's outlets, and would teach that whose gender is unknown is not
// meant.
func hideGenders(f *entity.Found, seed uint64) *entity.Found {
	rng := rand.New(rand.NewPCG(seed, 11))
	out := *f
	out.Entities = slices.Clone(f.Entities)
	for i := range out.Entities {
		if rng.Float64() < hidden {
			out.Entities[i].Gender, out.Entities[i].GenderBasis = news.GenderUnknown, news.BasisNone
		}
	}
	return &out
}

// weightOf is the weight of a quotation by who speaks it: a named speaker whom
// the source does not name is rarer than a source that names nobody, and worth
// more.
func (o *AttributionOptions) weightOf(right *attribution.Choice, row []float32) float32 {
	if right.Kind != news.Person && right.Kind != news.Organization || row[attribution.NamedBy] >= 2 {
		return 1
	}
	return o.Name
}

func (t *attributionTrainer) resolver(folds []*forest.Model, fold int) *attribution.Resolver {
	o := attribution.Options{Coref: t.coref}
	if folds != nil {
		o.Ranker = folds[fold]
	}
	return attribution.New(o)
}

// calibrate fits, for each form of source, a table from raw to observed
// probability on answers of forests that have not seen the outlet.
func (t *attributionTrainer) calibrate(folds []*forest.Model) ([]forest.Table, error) {
	points := make([][]calPoint, attribution.Calibrations)
	for i := range t.cases {
		c := &t.cases[i]
		r := t.resolver(folds, c.fold)
		res := r.Train(c.Doc, c.Quotes, c.found, nil)
		for q := range c.Quotes {
			if c.Gold[q].Kind == "" {
				continue
			}
			k := int(res.Attributions[q].Form)
			if c.Quotes[q].Source.Empty() && c.Quotes[q].Cue.Empty() {
				k = 4
			}
			points[k] = append(points[k], calPoint{float64(res.Attributions[q].Confidence), rightAnswer(&c.Gold[q], &res, q)})
		}
	}
	out := make([]forest.Table, len(points))
	for k := range out {
		out[k] = isotonic(points[k])
	}
	return out, nil
}

// rightAnswer reports whether a result gives a statement the gold's name, or no
// name where the gold has none.
func rightAnswer(g *eval.Attribution, res *news.Result, q int) bool {
	at := &res.Attributions[q]
	got := ""
	if at.Entity >= 0 && (at.Kind == news.Person || at.Kind == news.Organization) {
		got = res.Entities[at.Entity].Name
	}
	if !Named(g) {
		return got == ""
	}
	return sameName(g, got)
}
