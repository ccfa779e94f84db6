package train_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/entity/shape"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
	"github.com/whosaid/whosaid/extract/train"
)

// sharedData is the folder of the data sets, which are no part of the project.
func sharedData(t testing.TB) string {
	dir := os.Getenv("WHOSAID_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "data")
	if _, err := os.Stat(filepath.Join(dir, "polnear")); err != nil {
		t.Skip("needs ../shared data: polnear, worldnews")
	}
	return dir
}

// annotator is the native engine's tokenizer, tagger and parser.
func annotator(t testing.TB) train.Annotate {
	parser, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	tokens := token.New(english.Language())
	return func(a *news.Article) *news.Document {
		d := tokens.Document(a)
		parser.Annotate(d)
		return d
	}
}

// TestSpeakerFloors holds the figures with gold statements and sources fed
// in, so that a change that loses some shows.
func TestSpeakerFloors(t *testing.T) {
	dir := sharedData(t)
	recognizer, err := entity.Load()
	if err != nil {
		t.Fatal(err)
	}
	names, err := shape.New(recognizer)
	if err != nil {
		t.Fatal(err)
	}
	r, err := attribution.LoadFrom(nil, names, english.Language(), false)
	if err != nil {
		t.Fatal(err)
	}
	dev, world, err := train.SpeakerSets(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		name   string
		golds  []eval.Gold
		floors map[string]float64
	}{
		{"polnear dev", dev, devFloors},
		{"worldnews", world, worldFloors},
	} {
		figures := train.MeasureSpeakers(r, train.SpeakerCases(set.golds, annotator(t)))
		t.Logf("%s\n%s", set.name, figures.String())
		for form, floor := range set.floors {
			got := figures.Accuracy(form)
			if form == "abstain" {
				got = figures.Abstain()
			}
			if got < floor {
				t.Errorf("%s: %s %.1f, floor %.1f", set.name, form, got, floor)
			}
		}
		if e := figures.CalibrationError(); set.name == "polnear dev" && e > 0.05 {
			t.Errorf("%s: calibration error %.3f, at most 0.05 promised", set.name, e)
		}
	}
}

// The floors stand a point or so under what was measured.
var (
	devFloors   = map[string]float64{"full": 96.5, "surname": 95, "pronoun": 87, "nominal": 60, "all": 90, "abstain": 93}
	worldFloors = map[string]float64{"all": 82.5, "abstain": 87}
)

// TestNameLexicon checks that the embedded lexicon is what its sources give.
func TestNameLexicon(t *testing.T) {
	dir := sharedData(t)
	got, err := train.NameLexicon(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "entity", "shape", "lexicon.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("lexicon.txt is %d bytes, compiling it gives %d others", len(want), len(got))
	}
}
