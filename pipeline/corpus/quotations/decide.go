package quotations

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// Evidence is what speaks for and against two statements being versions of
// one utterance.
type Evidence struct {
	Contained float64 // share of the shorter one's words, by weight, that stand in the longer one in order
	Covered   float64 // share of the longer one's
	Matched   float64 // weight of the words they share
	Longest   float64 // weight of the longest run of words they share
	Runs      float64 // runs of shared words
	// What it tells that they share these words: the rarer, the more; and those
	// of the run that tells most.
	Information, Telling float64
	Told                 float64 // Information as a share of what the words of the less telling one tell
	Short                float64 // weight of the shorter one
	Common               float64 // statements with the rarest words they share, among those known
	Voices               float64 // speakers of these
	Spread               float64 // days between the first and the last of these
	Days                 float64 // days between the two; -1 unknown
	Speakers             agreement
	Direct               float64 // how many of the two are in quotation marks
	OneText              bool    // they stand in two versions of one article
	OneRecord            bool    // they stand in one article
}

// agreement of two speakers.
type agreement uint8

const (
	speakersUnknown  agreement = iota // one or both are not known
	speakersEqual                     // the same person
	speakersConflict                  // two persons
)

// features are the names of what the model weighs, in order.
var features = [...]string{
	"bias", "contained", "contained_all", "covered", "matched", "longest", "longest_all", "scattered", "short",
	"common", "voices", "spread", "common_long", "days", "same_day", "days_unknown", "far", "same_speaker", "other_speaker",
	"same_speaker_common", "direct", "both_direct", "copies", "one_article", "information", "telling", "indirect_telling", "mean", "told", "untold_direct",
}

// vector is what the model sees of e.
func (e *Evidence) vector() (x [len(features)]float64) {
	yes := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	matched, longest := math.Log1p(e.Matched/contentWeight), math.Log1p(e.Longest/contentWeight)
	common := math.Log2(math.Max(e.Common, 2)) - 1
	days := 0.0
	if e.Days > 0 {
		days = math.Log1p(e.Days)
	}
	return [...]float64{
		1,
		e.Contained,
		yes(e.Contained > 0.95),
		e.Covered,
		matched,
		longest,
		e.Longest / math.Max(e.Short, 1),
		(e.Runs - 1) / math.Max(1, e.Matched/contentWeight),
		math.Log1p(e.Short / contentWeight),
		common,
		math.Log2(math.Max(e.Voices, 1)),
		math.Log1p(e.Spread),
		common / (1 + longest),
		days,
		yes(e.Days == 0),
		yes(e.Days < 0),
		yes(e.Days > 60),
		yes(e.Speakers == speakersEqual),
		yes(e.Speakers == speakersConflict),
		yes(e.Speakers == speakersEqual) * common,
		yes(e.Direct > 0),
		yes(e.Direct > 1),
		yes(e.OneText),
		yes(e.OneRecord),
		math.Log1p(e.Information),
		math.Log1p(e.Telling),
		yes(e.Direct == 0) * math.Log1p(e.Telling),
		e.Information / math.Max(1, e.Matched/contentWeight),
		e.Told,
		yes(e.Direct > 1) * (1 - e.Told),
	}
}

// Model decides on pairs: logistic regression over what Evidence tells.
type Model struct {
	weights [len(features)]float64
}

//go:embed model.tsv
var modelFile string

var defaultModel = mustModel(modelFile)

// ModelHash names the model that comes with the program.
func ModelHash() string { return FormatID(xxhash.Sum64String(modelFile)) }

func mustModel(file string) *Model {
	m, err := ParseModel(file)
	if err != nil {
		panic(err) // an embedded file, held by a test
	}
	return m
}

// ParseModel reads a model as String writes it: feature, tab, weight.
func ParseModel(file string) (*Model, error) {
	m := &Model{}
	given := map[string]float64{}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, number, _ := strings.Cut(line, "\t")
		w, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return nil, fmt.Errorf("read model of quotations: weight of %s: %w", name, err)
		}
		given[name] = w
	}
	for i, name := range features {
		w, ok := given[name]
		if !ok {
			return nil, fmt.Errorf("read model of quotations: no weight for %s", name)
		}
		m.weights[i] = w
	}
	if len(given) != len(features) {
		return nil, fmt.Errorf("read model of quotations: %d weights for %d features", len(given), len(features))
	}
	return m, nil
}

func (m *Model) String() string {
	var b strings.Builder
	for i, name := range features {
		fmt.Fprintf(&b, "%s\t%.4f\n", name, m.weights[i])
	}
	return b.String()
}

// Probability that two statements are versions of one utterance.
func (m *Model) Probability(e *Evidence) float64 {
	x := e.vector()
	sum := 0.0
	for i := range x {
		sum += m.weights[i] * x[i]
	}
	return 1 / (1 + math.Exp(-sum))
}
