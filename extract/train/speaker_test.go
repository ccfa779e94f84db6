package train_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/speaker"
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
	m, err := speaker.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := speaker.New(speaker.Options{Model: m})
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
	devFloors   = map[string]float64{"full": 96.5, "surname": 95, "pronoun": 87, "nominal": 63, "none": 40, "all": 90, "abstain": 91.5}
	worldFloors = map[string]float64{"all": 89, "abstain": 86}
)

// inventedCases are small articles made of a few patterns, enough to train
// on.
func inventedCases(t *testing.T) []train.SpeakerCase {
	rng := rand.New(rand.NewPCG(3, 4))
	people := []string{"Anna Marl", "Boris Tann", "Clara Wick", "David Orr"}
	var golds []eval.Gold
	for i := range 60 {
		p, o := people[rng.IntN(4)], people[rng.IntN(4)]
		text := p + " met " + o + " on the bridge. It rained, "
		src := eval.Range{len(text), 0}
		pronoun := "he"
		if p[0] == 'A' || p[0] == 'C' {
			pronoun = "she"
		}
		if rng.IntN(2) == 0 {
			pronoun = p[strings.IndexByte(p, ' ')+1:]
		}
		text += pronoun
		src[1] = len(text)
		text += " said."
		golds = append(golds, eval.Gold{Doc: string(rune('a'+i%26)) + string(rune('a'+i/26)), Text: text, Attributions: []eval.Attribution{{
			ID: "E1", Type: "indirect", Content: []eval.Range{{len(p) + len(o) + 20, len(p) + len(o) + 29}}, Cue: []eval.Range{{src[1] + 1, src[1] + 5}},
			Source: []eval.Range{src}, Kind: "person", Name: p,
		}}})
	}
	return train.SpeakerCases(golds, annotator(t))
}

// TestTrainSpeakersTwice checks that training is a function of data and seed
// and that its model survives its file.
func TestTrainSpeakersTwice(t *testing.T) {
	cases := inventedCases(t)
	o := train.SpeakerOptions{Seed: 5, Folds: 2, Trees: 8, Depth: 3}
	a, _, err := train.TrainSpeakers(context.Background(), cases, o)
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := train.TrainSpeakers(context.Background(), cases, o)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Fatal("same data and seed, two models")
	}
	file, err := a.File()
	if err != nil {
		t.Fatal(err)
	}
	back, err := speaker.DecodeModel(file)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a.Trees, back.Trees) {
		t.Fatal("the file changes the trees")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := train.TrainSpeakers(ctx, cases, o); err == nil {
		t.Fatal("a cancelled training gives a model")
	}
}

// TestSpeakerLexicon checks that the embedded lexicon is what its sources
// give.
func TestSpeakerLexicon(t *testing.T) {
	dir := sharedData(t)
	got, err := train.SpeakerLexicon(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "speaker", "lexicon.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("lexicon.txt is %d bytes, compiling it gives %d others", len(want), len(got))
	}
}
