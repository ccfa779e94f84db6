package audit

import (
	"math"
	"strings"
)

// Report is what an audit found.
type Report struct {
	Design   Design
	Judges   []string
	Items    int // drawn
	Judged   int // by at least one judge
	Readings int // articles read in full

	// Statements is the share of statements that are there, whatever their
	// edges; Exact those with the right edges, too.
	Statements, Exact Proportion
	// Speakers is the share of right speakers among statements that are there,
	// have one in the tables, and of which the article tells. Pairs is the share
	// of statements that are there with the right speaker.
	Speakers, Pairs Proportion
	Recall          Proportion
	Missed          int

	Calibration, SpeakerCalibration Calibration
	Thresholds                      []Threshold
	OfStatements, OfSpeakers        Agreement
	ByStratum                       []StratumResult
}

// StratumResult is one stratum's share of statements that are there.
type StratumResult struct {
	Name string
	Size int64
	Proportion
}

// value is what the judges of an item say: shares of them.
type value struct {
	item                   *Item
	weight                 float64 // statements of the corpus that it stands for
	there, exact           float64
	speaker, pair          float64
	hasSpeaker, pairJudged bool
}

// NewReport sums up judgements of a sample.
func NewReport(d Design, items []Item, readings []Reading, judgements []Judgement) *Report {
	r := &Report{Design: d, Items: len(items), Readings: 0}
	judgements = Latest(judgements)
	of, read := map[string][]Judgement{}, map[string][]Judgement{}
	names := map[string]string{}
	for _, j := range judgements {
		key := strings.ToLower(strings.TrimSpace(j.Judge))
		if names[key] == "" {
			names[key] = strings.TrimSpace(j.Judge)
		}
		j.Judge = key
		if j.Item != "" {
			of[j.Item] = append(of[j.Item], j)
		} else {
			read[j.Reading] = append(read[j.Reading], j)
		}
	}
	for _, key := range sortedKeys(names) {
		r.Judges = append(r.Judges, names[key])
	}
	var values []value
	var statements, speakers []map[string]string
	for i := range items {
		js := of[items[i].ID]
		if len(js) == 0 {
			continue
		}
		values = append(values, valueOf(&items[i], js))
		s, p := map[string]string{}, map[string]string{}
		for _, j := range js {
			s[names[j.Judge]] = j.Statement
			if j.Speaker != "" {
				p[names[j.Judge]] = j.Speaker
			}
		}
		statements, speakers = append(statements, s), append(speakers, p)
	}
	r.Judged = len(values)
	weigh(values)
	r.precision(values)
	r.recall(readings, read)
	r.Calibration = calibration(values, func(v *value) (float64, float64, bool) { return v.item.Confidence, v.there, true })
	r.SpeakerCalibration = calibration(values, func(v *value) (float64, float64, bool) { return v.item.Sure, v.speaker, v.hasSpeaker })
	r.Thresholds = thresholds(values)
	r.OfStatements, r.OfSpeakers = agreement(statements), agreement(speakers)
	return r
}

// valueOf takes the mean of an item's judgements.
func valueOf(item *Item, js []Judgement) value {
	v := value{item: item}
	var speakers, pairs float64
	for _, j := range js {
		if j.Statement != None {
			v.there++
		}
		if j.Statement == Right {
			v.exact++
		}
		if item.Speaker == "" {
			continue
		}
		switch {
		case j.Statement == None:
			pairs++
		case j.Speaker == Right:
			v.speaker++
			v.pair++
			speakers++
			pairs++
		case j.Speaker == Wrong:
			speakers++
			pairs++
		}
	}
	n := float64(len(js))
	v.there /= n
	v.exact /= n
	if v.hasSpeaker = speakers > 0; v.hasSpeaker {
		v.speaker /= speakers
	}
	if v.pairJudged = pairs > 0; v.pairJudged {
		v.pair /= pairs
	}
	return v
}

// weigh gives every value its weight: the size of its stratum over how many of
// it were judged.
func weigh(values []value) {
	judged := map[string]float64{}
	for _, v := range values {
		judged[v.item.Stratum]++
	}
	for i := range values {
		v := &values[i]
		v.weight = float64(max(v.item.Size, 1)) / judged[v.item.Stratum]
	}
}

// share is the estimate of a value over those items that have it.
func share(values []value, of func(*value) (float64, bool)) Proportion {
	var items []weighted
	for i := range values {
		if x, ok := of(&values[i]); ok {
			items = append(items, weighted{values[i].weight, x})
		}
	}
	return estimate(items)
}

func there(v *value) (float64, bool) { return v.there, true }

func (r *Report) precision(values []value) {
	r.Statements = share(values, there)
	r.Exact = share(values, func(v *value) (float64, bool) { return v.exact, true })
	r.Speakers = share(values, func(v *value) (float64, bool) { return v.speaker, v.hasSpeaker })
	r.Pairs = share(values, func(v *value) (float64, bool) { return v.pair, v.pairJudged })
	by := map[string][]value{}
	for _, v := range values {
		by[v.item.Stratum] = append(by[v.item.Stratum], v)
	}
	for _, name := range sortedKeys(by) {
		r.ByStratum = append(r.ByStratum, StratumResult{name, by[name][0].item.Size, share(by[name], there)})
	}
}

// recall sums up the articles read in full; of several judges of one, the mean.
func (r *Report) recall(readings []Reading, read map[string][]Judgement) {
	var found, all []float64
	missed := 0.0
	for _, a := range readings {
		js := read[a.ID]
		if len(js) == 0 {
			continue
		}
		r.Readings++
		var f, m float64
		for _, j := range js {
			f += float64(max(len(a.Statements)-len(j.Wrong), 0))
			m += float64(len(j.Missed))
		}
		n := float64(len(js))
		found, all = append(found, f/n), append(all, (f+m)/n)
		missed += m / n
	}
	r.Missed = int(math.Round(missed))
	r.Recall = clusters(found, all)
}
