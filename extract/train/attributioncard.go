package train

import (
	"context"
	"fmt"

	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// CorefModel trains the coreference ranker and describes it.
func CorefModel(ctx context.Context, dataDir string, annotate Annotate, names FindNames, o CorefOptions) (*model.File, Card, error) {
	o.fill()
	m, figures, err := Coref(ctx, dataDir, annotate, names, o)
	if err != nil {
		return nil, Card{}, err
	}
	f := m.File(coref.Fingerprint(english.Language()))
	encoded, err := f.Encode()
	if err != nil {
		return nil, Card{}, fmt.Errorf("write card: %w", err)
	}
	table := CardTable{
		Title: "Per cent of mentions for which the ranker chooses the right antecedent, or rightly none, by forests that have not seen the text; the history of each is the gold's.",
		Head:  []string{"set", "mention", "right", "of"},
	}
	for _, x := range figures {
		table.Rows = append(table.Rows, []string{x.Set, x.Form, fmt.Sprintf("%.1f", 100*float64(x.Right)/float64(x.All)), fmt.Sprint(x.All)})
	}
	return f, Card{
		Title:   "Coreference ranker",
		Purpose: "Chooses the antecedent of a pronoun or definite description among the entities in mind, or a new entity: a forest of regression trees over some thirty measurements of syntax, salience, distance, agreement and role. No measurement knows a name.",
		Data: []CardData{
			{"GUM, genres with open licences", "coreference of 106 documents", "annotations CC BY 4.0, texts CC BY", "training, in folds for figures"},
			{"GAP, development and validation", "2,454 rows", "Apache 2.0", "training, in folds for figures"},
		},
		Seed:     o.Seed,
		Settings: []CardLine{{"trees", fmt.Sprint(o.Trees)}, {"depth", fmt.Sprint(o.Depth)}, {"rate", fmt.Sprint(o.Rate)}, {"folds", fmt.Sprint(o.Folds)}},
		Figures:  []CardTable{table},
		Weaknesses: []string{
			"GUM's conversations and interviews are no news, and GAP has he and she alone: it and they are the weakest.",
			"Descriptions are known by the words of the article and a list of heads of one sort; that a billionaire may be a candidate is known to neither.",
		},
		Hash: f.Hash(), Bytes: len(encoded),
	}, nil
}

// AttributionModel trains the attribution ranker, judges it on outlets held out
// and on what it never learns from, and describes it.
func AttributionModel(ctx context.Context, dataDir string, annotate Annotate, names FindNames, c *coref.Model, o AttributionOptions) (*model.File, Card, error) {
	t, err := newAttributionTrainer(dataDir, annotate, names, c, o)
	if err != nil {
		return nil, Card{}, err
	}
	m, folds, err := t.train(ctx)
	if err != nil {
		return nil, Card{}, err
	}
	t.o.Progress("measure")
	f := m.File(attribution.Fingerprint(english.Language()))
	encoded, err := f.Encode()
	if err != nil {
		return nil, Card{}, fmt.Errorf("write card: %w", err)
	}
	table, err := t.figures(dataDir, annotate, names, m, folds)
	if err != nil {
		return nil, Card{}, err
	}
	return f, Card{
		Title:   "Attribution ranker",
		Purpose: "Ranks the candidate speakers of a quotation: a forest of regression trees over some forty measurements of syntax, salience, agreement, roles, the coreference ranker's answer and who has spoken. No measurement knows a name.",
		Data: []CardData{
			{"PolNeAR train with speakers", "192 articles, 4,175 statements", "no data licence stated; speakers' labels ours", "training; outlets in folds for histories, calibration and figures"},
			{"world news, train", "110 articles, 1,555 statements", "texts CC BY-NC-SA; labels ours", "training; outlets in folds likewise"},
			{"testdata/layouts and testdata/dialogue, tune", "our own stories", "ours", "training; stories in folds likewise"},
			{"PolNeAR dev, world news, testdata/gold, judge halves", "", "as above", "figures, never training"},
		},
		Seed: o.Seed,
		Settings: []CardLine{{"trees", fmt.Sprint(t.o.Trees)}, {"depth", fmt.Sprint(t.o.Depth)}, {"rate", fmt.Sprint(t.o.Rate)}, {"folds", fmt.Sprint(t.o.Folds)},
			{"weight of world news", fmt.Sprint(t.o.World)}, {"weight of our stories", fmt.Sprint(ownWeight)}, {"weight of named speakers", fmt.Sprint(t.o.Name)}},
		Figures: []CardTable{table},
		Weaknesses: []string{
			"A description without any word that the article uses for the person elsewhere is often kept as it is.",
			"A statement that names no source, not even by its syntax, and has a cue (was rated, the pledge) is mostly left without a speaker.",
			"A bare surname that two people of the article share is given to the one named last.",
			"The names are taken as they are found; a wrong name is a wrong speaker.",
		},
		Hash: f.Hash(), Bytes: len(encoded),
	}, nil
}

// figures judges the forests of the folds on the outlets that they have not
// seen, and the final one on what nobody learned from.
func (t *attributionTrainer) figures(dataDir string, annotate Annotate, names FindNames, m *forest.Model, folds []*forest.Model) (CardTable, error) {
	table := CardTable{
		Title: "Per cent of speakers given the right full name, by the form of the source, with gold statements and sources fed in; then per cent of groups, documents, unnamed and unknown speakers given no name; then the expected calibration error. The ranker has seen no statement of the outlet; the names are found by the embedded program.",
		Head:  []string{"set", "full name", "surname", "pronoun", "description", "no source", "all", "abstain", "calibration error"},
	}
	row := func(name string, f *SpeakerFigures) {
		table.Rows = append(table.Rows, append([]string{name}, speakerRow("", "", f)[2:]...))
	}
	held := func(c *attributionCase) *attribution.Resolver { return t.resolver(folds, c.fold) }
	row("PolNeAR train, outlets held out", judgeAttribution(t.cases, func(c *attributionCase) bool { return c.set == "polnear" }, held))
	row("world news train, outlets held out", judgeAttribution(t.cases, func(c *attributionCase) bool { return c.set == "world" }, held))
	row("our stories for training, held out", judgeAttribution(t.cases, func(c *attributionCase) bool { return c.set == "own" }, held))
	dev, world, err := SpeakerSets(dataDir)
	if err != nil {
		return table, err
	}
	sets := []struct {
		name  string
		golds []eval.Gold
	}{{"PolNeAR dev", dev}, {"world news", world}}
	if t.o.Own != "" {
		for _, s := range []struct{ name, path string }{{"our stories", "gold/gold.jsonl"}, {"layouts, judging half", "layouts/judge.jsonl"}, {"dialogue, judging half", "dialogue/judge.jsonl"}} {
			g, err := readGoldFile(t.o.Own + "/" + s.path)
			if err != nil {
				return table, fmt.Errorf("write card: %w", err)
			}
			sets = append(sets, struct {
				name  string
				golds []eval.Gold
			}{s.name, g})
		}
	}
	final := t.resolver([]*forest.Model{m}, 0)
	for _, s := range sets {
		cases := attributionCases(s.golds, annotate, names, 1, s.name)
		row(s.name, judgeAttribution(cases, nil, func(*attributionCase) *attribution.Resolver { return final }))
	}
	return table, nil
}

// judgeAttribution counts the right answers on the cases that which picks, nil
// for all.
func judgeAttribution(cases []attributionCase, which func(*attributionCase) bool, resolver func(*attributionCase) *attribution.Resolver) *SpeakerFigures {
	f := &SpeakerFigures{Right: map[string]int{}, All: map[string]int{}}
	for i := range cases {
		c := &cases[i]
		if which != nil && !which(c) {
			continue
		}
		var res news.Result = resolver(c).Train(c.Doc, c.Quotes, c.found, nil)
		for q := range c.Quotes {
			f.add(&c.SpeakerCase, q, &res)
		}
	}
	return f
}
