package train

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/whosaid/whosaid/extract/eval"
)

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

// speakerRow is a row of figures as the card has them.
func speakerRow(set, by string, f *SpeakerFigures) []string {
	row := []string{set, by}
	for _, form := range []string{"full", "surname", "pronoun", "nominal", "none", "all"} {
		row = append(row, fmt.Sprintf("%.1f", f.Accuracy(form)))
	}
	return append(row, fmt.Sprintf("%.1f", f.Abstain()), fmt.Sprintf("%.3f", f.CalibrationError()))
}
