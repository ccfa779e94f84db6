package train

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/speaker"
)

// SpeakerModel trains the ranker as Speaker does, judges it on PolNeAR dev and
// the world news, which it never learns from, and describes it.
func SpeakerModel(ctx context.Context, dataDir string, annotate Annotate, o SpeakerOptions) (*model.File, Card, error) {
	o.fill()
	f, heldOut, err := Speaker(ctx, dataDir, annotate, o)
	if err != nil {
		return nil, Card{}, err
	}
	o.Progress("measure")
	card, err := speakerCard(dataDir, f, heldOut, annotate, o)
	return f, card, err
}

// SpeakerSets reads the articles that the ranker is judged on: PolNeAR dev
// with its speakers, and the world news.
func SpeakerSets(dataDir string) (dev, world []eval.Gold, err error) {
	dir := filepath.Join(dataDir, "polnear")
	if dev, err = eval.ReadPolnear(filepath.Join(dir, "dev"), filepath.Join(dir, "speakers-dev.tsv")); err != nil {
		return nil, nil, fmt.Errorf("read speakers: %w", err)
	}
	file, err := os.Open(filepath.Join(dataDir, "worldnews", "gold.jsonl"))
	if err != nil {
		return nil, nil, fmt.Errorf("read speakers: %w", err)
	}
	defer file.Close()
	if world, err = eval.ReadGold(file); err != nil {
		return nil, nil, fmt.Errorf("read speakers: %w", err)
	}
	return dev, world, nil
}

// speakerCard judges a ranker and describes it.
func speakerCard(dataDir string, f *model.File, heldOut *SpeakerFigures, annotate Annotate, o SpeakerOptions) (Card, error) {
	encoded, err := f.Encode()
	if err != nil {
		return Card{}, fmt.Errorf("write card: %w", err)
	}
	m, err := speaker.DecodeModel(f)
	if err != nil {
		return Card{}, fmt.Errorf("write card: %w", err)
	}
	dev, world, err := SpeakerSets(dataDir)
	if err != nil {
		return Card{}, err
	}
	table := CardTable{
		Title: "Per cent of speakers given the right full name, by the form of the source, with gold statements and sources fed in; then per cent of groups, documents, unnamed and unknown speakers given no name; then the expected calibration error. The model ranks; rules are the same program without it.",
		Head:  []string{"set", "by", "full name", "surname", "pronoun", "description", "no source", "all", "abstain", "calibration error"},
	}
	for _, set := range []struct {
		name  string
		golds []eval.Gold
	}{{"PolNeAR dev", dev}, {"world news", world}} {
		cases := SpeakerCases(set.golds, annotate)
		for _, by := range []struct {
			name  string
			model *speaker.Model
		}{{"rules", nil}, {"model", m}} {
			r, err := speaker.New(speaker.Options{Model: by.model})
			if err != nil {
				return Card{}, fmt.Errorf("write card: %w", err)
			}
			figures := MeasureSpeakers(r, cases)
			table.Rows = append(table.Rows, speakerRow(set.name, by.name, &figures))
		}
	}
	table.Rows = append(table.Rows, speakerRow("PolNeAR train", "models of the other folds", heldOut))
	return Card{
		Title:   "Speaker ranker",
		Purpose: "Ranks the candidate speakers of a quotation: a forest of regression trees over some seventy measurements of syntax, salience, agreement, roles and the course of the dialogue. No measurement knows a name.",
		Data: []CardData{
			{"PolNeAR train with speakers", "192 articles, 4,175 statements", "no data licence stated; speakers' labels ours", "training, in five folds for histories and calibration"},
			{"PolNeAR dev with speakers", fmt.Sprintf("%d articles", len(dev)), "no data licence stated; speakers' labels ours", "tuning and figures, never training"},
			{"world news", fmt.Sprintf("%d articles", len(world)), "texts CC BY-NC-SA; labels ours", "tuning and figures, never training"},
		},
		Seed: o.Seed,
		Settings: []CardLine{
			{"trees", fmt.Sprint(len(m.Trees))}, {"depth", fmt.Sprint(o.Depth)}, {"rate", fmt.Sprint(o.Rate)}, {"folds", fmt.Sprint(o.Folds)},
		},
		Figures: []CardTable{table},
		Weaknesses: []string{
			"A description without any word that the article uses for the person elsewhere (the billionaire, her father) is often kept as it is.",
			"He and she among several of one gender, and it and they for a body among several, are the commonest wrong names.",
			"A statement that names no source, not even by its syntax, and has a cue (was rated, the pledge) is decided by a fitted formula: of the names that it gives, more are wrong than right.",
			"A bare surname that two people of the article share is given to the one named more often or again just before; a third of such cases go wrong.",
			"Bare quotations without cue, turns of a dialogue, interviews set as Q and A and letters are decided by rules: the training data has none.",
			"speaker-mistakes.md counts the mistakes by kind and tells what was tried.",
		},
		Hash:  f.Hash(),
		Bytes: len(encoded),
	}, nil
}

// speakerRow is a row of figures as the card has them.
func speakerRow(set, by string, f *SpeakerFigures) []string {
	row := []string{set, by}
	for _, form := range []string{"full", "surname", "pronoun", "nominal", "none", "all"} {
		row = append(row, fmt.Sprintf("%.1f", f.Accuracy(form)))
	}
	return append(row, fmt.Sprintf("%.1f", f.Abstain()), fmt.Sprintf("%.3f", f.CalibrationError()))
}
