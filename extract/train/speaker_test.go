package train_test

import (
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/entity/shape"
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
	devFloors   = map[string]float64{"full": 96.5, "surname": 95, "pronoun": 91, "nominal": 65, "none": 15, "all": 91, "abstain": 94}
	ownFloors   = map[string]float64{"full": 95, "surname": 98, "pronoun": 88, "nominal": 60, "all": 90, "abstain": 86}
	worldFloors = map[string]float64{"all": 86, "abstain": 88}
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

// The twin of TestNameLexicon: lists of our own make the lexicon that the
// thresholds ask for.
func TestNameLexiconOwn(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("lexicons/first-names-us.tsv", "name\tmale\tfemale\nAda\t0\t2000\nKim\t1000\t2000\nRarely\t400\t499\n")
	put("lexicons/nicknames.csv", "name1,relationship,name2\nada,has_nickname,adie\nada,has_nickname,addy\nada,has_nickname,addy\nada mae,has_nickname,am\n")
	put("lexicons/country-codes.csv", "FIFA,official_name_en,Capital\nALD,The Republic of Alder (Island),Aldertown\nBRK,\"Birk, Kingdom of\",Bi\n")
	var conll strings.Builder
	name := func(n int, label string, words ...string) {
		for range n {
			for i, w := range words {
				prefix := "I-"
				if i == 0 {
					prefix = "B-"
				}
				conll.WriteString(w + "\tNNP\t" + prefix + label + "\n")
			}
			conll.WriteString(".\t.\tO\n\n")
		}
	}
	name(3, "geo", "Elm", "Bay")       // often enough
	name(2, "geo", "Fern", "Bay")      // too seldom
	name(4, "geo", "Hazel")            // as often a people's
	name(4, "gpe", "Hazel")            //
	name(3, "gpe", "Alderese")         //
	name(5, "per", "Iben", "Moor")     // a first name that is in no list
	name(3, "per", "Ada", "Moor")      // one that is
	name(3, "per", "Judge", "Moor")    // a title
	name(3, "geo", "Iben", "Heath")    // somebody labelled as a place
	name(3, "org", "Harbour", "Trust") //
	for range 6 {
		conll.WriteString("ferry\tNN\tO\nboat\tNN\tO\ntrust\tNN\tO\n\n")
	}
	// Two boats with a capital to six without are one too many.
	conll.WriteString("Boat\tNN\tO\nBoat\tNN\tO\n\n")
	if err := os.MkdirAll(filepath.Join(dir, "ner", "gmb"), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(dir, "ner", "gmb", "gmb.conll.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(conll.String())); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	got, err := train.NameLexicon(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(got)) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	want := "[first]|ada 9|kim 6|[nickname]|ada addy adie|[place]|aldertown|elm bay|republic of alder|[nation]|alderese|[given]|iben|[organization]|harbour|trust|[common]|ferry"
	if got := strings.Join(lines, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if err := os.Remove(filepath.Join(dir, "lexicons", "country-codes.csv")); err != nil {
		t.Fatal(err)
	}
	if _, err := train.NameLexicon(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "country-codes.csv") {
		t.Errorf("without a list: %v", err)
	}
}
