package train_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
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
	_, annotate := train.Annotator(t)
	return annotate
}

// resolver is the native engine's, with the embedded models.
func resolver(t testing.TB) train.SpeakerResolver {
	t.Helper()
	names, err := entity.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := attribution.LoadFrom(nil, names, english.Language(), false)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func hold(t *testing.T, set string, figures *train.SpeakerFigures, floors map[string]float64) {
	t.Helper()
	for form, floor := range floors {
		got := figures.Accuracy(form)
		if form == "abstain" {
			got = figures.Abstain()
		}
		if got < floor {
			t.Errorf("%s: %s %.1f, floor %.1f", set, form, got, floor)
		}
	}
}

// TestSpeakerFloors holds the figures with gold statements and sources fed
// in, so that a change that loses some shows.
func TestSpeakerFloors(t *testing.T) {
	dir := sharedData(t)
	r := resolver(t)
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
		hold(t, set.name, &figures, set.floors)
		if e := figures.CalibrationError(); set.name == "polnear dev" && e > 0.05 {
			t.Errorf("%s: calibration error %.3f, at most 0.05 promised", set.name, e)
		}
	}
}

// The floors stand a point or so under what was measured.
var (
	devFloors   = map[string]float64{"full": 96, "surname": 95, "pronoun": 89, "nominal": 60, "none": 15, "all": 90, "abstain": 94}
	ownFloors   = map[string]float64{"full": 93, "surname": 98, "pronoun": 88, "nominal": 55, "all": 89, "abstain": 86}
	worldFloors = map[string]float64{"all": 83, "abstain": 88}
)

// TestSpeakerFloorsOwn is the twin of TestSpeakerFloors on our own stories.
func TestSpeakerFloorsOwn(t *testing.T) {
	golds, err := eval.ReadGoldFile(filepath.Join("..", "..", "testdata", "gold", "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	figures := train.MeasureSpeakers(resolver(t), train.SpeakerCases(golds, annotator(t)))
	t.Logf("own stories\n%s", figures.String())
	hold(t, "own stories", &figures, ownFloors)
	if e := figures.CalibrationError(); e > 0.06 {
		t.Errorf("calibration error %.3f, at most 0.06 on so few", e)
	}
}
