package train

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/news"
)

// clusterCase is a text of whose names the gold tells whom they name.
type clusterCase struct {
	set, outlet string
	doc         *news.Document
	label       func(news.Span) string // whom the name there names; empty where unknown
	fullest     bool                   // labels are fullest names; else every name has one
	weight      float32                // of its decisions; 0 means 1
}

// clusterGrow are the settings of the ranker of entities.
func clusterGrow(seed, n uint64) growOptions {
	return growOptions{Trees: 60, Depth: 4, Rate: 0.1, Lambda: 8, MinHess: 6, RowShare: 0.7, FeatShare: 0.6, Seed: seed*1000 + n}
}

const clusterFolds = 4

// ClusterRanker trains the ranker that gives names to entities on the named
// entities of GUM's coreference and on the sources of PolNeAR train and world
// news, whose fullest names are known. Its figures are of forests that have not
// seen the text.
func ClusterRanker(ctx context.Context, dataDir string, annotate Annotate, r *entity.Recognizer, seed uint64) (*forest.Model, []CorefFigure, error) {
	cases, err := clusterCases(dataDir, annotate)
	if err != nil {
		return nil, nil, fmt.Errorf("train entities: %w", err)
	}
	var m *forest.Model
	var figures []CorefFigure
	for range 2 { // names without a label go with none the first time, then with the forest
		var groups []rankGroup
		var of []corefDecision
		for i := range cases {
			g, d := collectClusters(r.WithRanker(m), &cases[i])
			for k := range g {
				g[k].fold = foldOf(cases[i].outlet, clusterFolds)
			}
			groups, of = append(groups, g...), append(of, d...)
		}
		folds, err := growFolds(ctx, groups, clusterFolds, entity.NumMeasures, func(n uint64) growOptions { return clusterGrow(seed, n) })
		if err != nil {
			return nil, nil, err
		}
		figures = judgeCoref(groups, of, folds)
		trees, err := grow(ctx, groups, entity.NumMeasures, clusterGrow(seed, 99))
		if err != nil {
			return nil, nil, err
		}
		m = newForest(trees, entity.NumMeasures)
	}
	return m, figures, nil
}

// collectClusters gathers the names of a text, as the gold has it where it
// tells, and the candidates of each decision that it tells.
func collectClusters(r *entity.Recognizer, c *clusterCase) (groups []rankGroup, of []corefDecision) {
	var spans []news.Span
	label := func(names []int32) string {
		for _, n := range names {
			if l := c.label(spans[n]); l != "" {
				return l
			}
		}
		return ""
	}
	r.Train(c.doc, func(found []entity.Name) {
		for i := range found {
			spans = append(spans, found[i].Span(c.doc))
		}
	}, func(names []int32, candidates [][]int32, rows []float32) int {
		gold := label(names)
		if gold == "" {
			return -1
		}
		text := NormName(spans[names[0]].Of(c.doc.Text))
		right := slices.IndexFunc(candidates, func(x []int32) bool {
			l := label(x)
			return l == gold || l == "" && slices.ContainsFunc(x, func(n int32) bool {
				s := NormName(spans[n].Of(c.doc.Text))
				return s == gold || s == text
			})
		})
		if right < 0 {
			if c.fullest && text != gold {
				return -1
			}
			right = len(candidates)
		}
		form := "several words"
		if !strings.Contains(spans[names[0]].Of(c.doc.Text), " ") {
			form = "one word"
			if entity.Namesakes(rows) > 1 {
				form = "surname of several"
			}
		}
		weight := clusterWeight(rows)
		if c.weight > 0 {
			weight *= c.weight
		}
		groups = append(groups, rankGroup{rows: slices.Clone(rows), n: len(candidates) + 1, right: right, weight: weight})
		of = append(of, corefDecision{c.set, form, right == len(candidates)})
		return right
	})
	return groups, of
}

// clusterWeight is the weight of a decision: of namesakes there are few, and they
// are what is hard.
func clusterWeight(rows []float32) float32 {
	if entity.Namesakes(rows) > 1 {
		return 5
	}
	return 1
}

// clusterCases reads the texts.
func clusterCases(dataDir string, annotate Annotate) (out []clusterCase, err error) {
	texts, err := corefCases(dataDir)
	if err != nil {
		return nil, err
	}
	for i := range texts {
		if c := &texts[i]; c.set == "GUM" {
			out = append(out, clusterCase{set: c.set, outlet: c.name, doc: annotate(&news.Article{ID: c.name, Body: c.text}), label: c.nameLabel})
		}
	}
	dir := filepath.Join(dataDir, "polnear")
	polnear, err := eval.ReadPolnear(filepath.Join(dir, "train"), filepath.Join(dir, "speakers-train.tsv"))
	if err != nil {
		return nil, err
	}
	world, err := readGoldFile(filepath.Join(dataDir, "worldnews-train", "gold.jsonl"))
	if err != nil {
		return nil, err
	}
	for i, golds := range [][]eval.Gold{polnear, world} {
		for _, g := range golds {
			c := SpeakerCaseOf(g, annotate(&news.Article{ID: g.Doc, Body: g.Text}))
			out = append(out, clusterCase{set: [...]string{"PolNeAR", "world news"}[i], outlet: outletIn(g.Doc), doc: c.Doc, label: c.nameLabels(), fullest: true})
		}
	}
	silver, err := readSilverNames(polnearNames, polnearText(dataDir))
	if err != nil {
		return nil, err
	}
	for i := range silver {
		if t := &silver[i]; i%silverClusterShare == 1 {
			out = append(out, clusterCase{set: "PolNeAR, automatic", outlet: outletIn(t.Doc), doc: annotate(&news.Article{ID: t.Doc, Body: t.Text}), label: t.nameLabel(), weight: silverClusterWeight})
		}
	}
	return out, nil
}

// One in so many of the articles with entities made by rules is learned from, each
// decision with so much weight.
const (
	silverClusterShare  = 2
	silverClusterWeight = 0.3
)

// nameLabel tells the entity of a name that is marked with just these words.
func (t *silverText) nameLabel() func(news.Span) string {
	of := map[news.Span]string{}
	for i, n := range t.Names {
		if t.entity[i] >= 0 {
			of[n.Span] = fmt.Sprint(t.entity[i])
		}
	}
	return func(s news.Span) string { return of[s] }
}

// nameLabel is the cluster of the shortest mention that ends with a name and holds
// it.
func (c *corefCase) nameLabel(s news.Span) string {
	for start := s.Start; start >= max(0, s.Start-60); start-- {
		if k, ok := c.cluster[[2]int32{start, s.End}]; ok {
			return fmt.Sprint(k)
		}
	}
	return ""
}

// nameLabels tells, for names in sources and names that are written as the
// gold's fullest are, the fullest name.
func (c *SpeakerCase) nameLabels() func(news.Span) string {
	names := map[string]string{}
	for i := range c.Gold {
		if g := &c.Gold[i]; Named(g) {
			names[NormName(g.Name)] = NormName(g.Name)
		}
	}
	return func(s news.Span) string {
		text := NormName(s.Of(c.Doc.Text))
		if l := names[text]; l != "" && strings.Contains(text, " ") {
			return l
		}
		for i := range c.Gold {
			g := &c.Gold[i]
			if !c.Quotes[i].Source.Contains(s) || !Named(g) {
				continue
			}
			name := NormName(g.Name)
			if text == name || slices.ContainsFunc(g.Aliases, func(a string) bool { return NormName(a) == text }) || shareWord(text, name) || isInitials(text, name) {
				return name
			}
		}
		return ""
	}
}

// shareWord reports whether two names share their last word, or one is a word of
// the other.
func shareWord(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return x[len(x)-1] == y[len(y)-1] || len(x) == 1 && slices.Contains(y, a)
}

func isInitials(a, b string) bool {
	var all, main strings.Builder
	for _, w := range strings.Fields(b) {
		all.WriteByte(w[0])
		if len(w) > 3 {
			main.WriteByte(w[0])
		}
	}
	a = strings.ReplaceAll(a, ".", "")
	return len(a) > 1 && (a == all.String() || a == main.String())
}
