package train

import (
	"fmt"

	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/syntax"
)

// syntaxCard judges a parser on the test sets and describes it.
func syntaxCard(d *SyntaxData, f *model.File, p *syntax.Parser, o SyntaxOptions) (Card, error) {
	encoded, err := f.Encode()
	if err != nil {
		return Card{}, fmt.Errorf("write card: %w", err)
	}
	prose, err := syntax.LoadPerceptron()
	if err != nil {
		return Card{}, fmt.Errorf("write card: %w", err)
	}
	table := CardTable{
		Title: "Per cent right. UAS: heads; LAS: heads with their relation; plain: without punctuation. The silver set is what CoreNLP says, changed to the Web Treebank's scheme: agreement, not truth.",
		Head:  []string{"set", "words", "tags", "tags by prose", "UAS", "LAS", "plain UAS", "plain LAS"},
	}
	share := func(k, n int) string { return fmt.Sprintf("%.2f", percent(k, n)) }
	for _, set := range d.Sets {
		s := ScoreSyntax(p, set.Trees)
		doc := Document(set.Trees)
		prose.Annotate(doc)
		other := compare(doc, set.Trees)
		table.Rows = append(table.Rows, []string{
			set.Name, fmt.Sprint(s.All.Words), share(s.Tags, s.All.Words), share(other.Tags, s.All.Words),
			share(s.All.Heads, s.All.Words), share(s.All.Labels, s.All.Words),
			share(s.Plain.Heads, s.Plain.Words), share(s.Plain.Labels, s.Plain.Words),
		})
	}
	writings := CardTable{
		Title: "The same words in other writings: capitals or title case without the full stop, as in headlines, and lower case. Tags, and LAS.",
		Head:  []string{"set", "capitals", "title case", "lower case"},
	}
	for _, set := range d.Sets {
		row := []string{set.Name}
		for writing := range numWritings {
			trees := make([]Tree, len(set.Trees))
			for i, t := range set.Trees {
				trees[i] = t.rewrite(writing)
			}
			s := ScoreSyntax(p, trees)
			row = append(row, share(s.Tags, s.All.Words)+", "+share(s.All.Labels, s.All.Words))
		}
		writings.Rows = append(writings.Rows, row)
	}
	return Card{
		Title:   "syntax.model: parts of speech and dependency trees",
		Purpose: "Gives every word its Penn Treebank tag, its head and its relation of Universal Dependencies v2 (package extract/syntax). A linear tagger from left to right, which decides close decisions again by another from right to left; then arc-hybrid transitions with a dynamic oracle; marks get their heads by rule.",
		Data: []CardData{
			{"Universal Dependencies English EWT, train", sizeOf(d.Web), "CC BY-SA 4.0", "trained on, twice"},
			{"GUM, genres with open licences", sizeOf(d.Gum), "annotations CC BY 4.0, texts CC BY", "trained on, twice"},
			{"PolNeAR train, parsed by CoreNLP, in the scheme of EWT", sizeOf(d.Silver), "no licence stated for the texts; parses automatic", "trained on"},
			{"Groningen Meaning Bank", fmt.Sprintf("%d sentences", len(d.News)), "public domain texts", "word clusters and capitals only"},
		},
		Seed: o.Seed,
		Settings: []CardLine{
			{"passes", fmt.Sprint(o.Epochs)},
			{"parts for the tags of the parser's training", fmt.Sprint(o.Folds)},
			{"slots for tags, tags from right to left, relations, transitions", fmt.Sprintf("%d, %d, %d, %d", o.TagSlots, o.BackSlots, o.RelSlots, o.ArcSlots)},
			{"features", fmt.Sprintf("of %d times as many, those with the largest weights after %d passes", candidates, selectPasses)},
			{"sentences learned in capitals, in title case and in lower case too", fmt.Sprintf("1 in %d each", rewriteEvery*numWritings)},
			{"weights", "averaged perceptron, int8"},
			{"tags", fmt.Sprintf("margin %d for both directions, weights of their own for CoreNLP's manner thrown away (%.1f of the step), %d runs merged", margin, silverShare, tagRuns)},
		},
		Figures: []CardTable{table, writings},
		Weaknesses: []string{
			"Trees are projective: a few in a hundred sentences of English are not.",
			"Semicolons, dashes and dots have the tag of a comma, as in the Web Treebank.",
			"The news it learned from is US politics of 2015 and 2016, parsed by machine: its mistakes were learned with it.",
			"Sentences of more than 500 words are parsed in pieces.",
		},
		Hash: f.Hash(), Bytes: len(encoded),
	}, nil
}

func sizeOf(trees []Tree) string {
	n := 0
	for _, t := range trees {
		n += len(t.Words)
	}
	return fmt.Sprintf("%d sentences, %d words", len(trees), n)
}
