package eval

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// PRF is precision, recall and their harmonic mean, in percent, with the
// numbers of gold and predicted things they rest on.
type PRF struct {
	P, R, F1   float64
	Gold, Pred int
}

// Figures is what a comparison comes to. The package comment tells what each
// figure counts.
type Figures struct {
	Missing         int           // articles without predictions
	Exact, Token    [numRoles]PRF // source, cue, content
	Triple          PRF
	Pair            PRF
	Content         PRF    // content@0.5
	ByType          [3]PRF // content@0.5 of direct, mixed, indirect: recall by gold type, precision by predicted type
	SpeakerAccuracy float64
	SpeakerEndToEnd PRF
	Abstain         float64
}

// prf rounds as it divides, so that printed figures never depend on who adds
// them up.
func prf(t tally) PRF {
	p, r := ratio(t.right, t.pred), ratio(t.right, t.gold)
	f := 0.0
	if p+r != 0 {
		f = 2 * p * r / (p + r)
	}
	return PRF{round1(p), round1(r), round1(f), t.gold, t.pred}
}

// typePRF is prf with recall and precision over different bags.
func typePRF(gold, pred [2]int) PRF {
	var p, r, f float64
	if gold[1] > 0 {
		r = float64(gold[0]) / float64(gold[1])
	}
	if pred[1] > 0 {
		p = float64(pred[0]) / float64(pred[1])
	}
	if p+r != 0 {
		f = 200 * p * r / (p + r)
	}
	return PRF{round1(100 * p), round1(100 * r), round1(f), gold[1], pred[1]}
}

func percent(right, all int) float64 { return round1(ratio(right, all)) }

// ratio is a share in percent, 0 of nothing.
func ratio(right, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(100*right) / float64(all)
}

// round1 rounds to one decimal, half to even on the exact value: what a
// correctly rounded "%.1f" does, where adding 0.05 and cutting does not.
func round1(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 1, 64), 64)
	return y
}

// rows lists the figures in the order they are shown.
func (f *Figures) rows() []figureRow {
	rows := []figureRow{{name: "articles_without_predictions", count: &f.Missing}}
	for k := range f.Exact {
		rows = append(rows, figureRow{name: "exact " + roleNames[k], prf: &f.Exact[k]})
	}
	for k := range f.Token {
		rows = append(rows, figureRow{name: "token " + roleNames[k], prf: &f.Token[k]})
	}
	rows = append(rows,
		figureRow{name: "triple", prf: &f.Triple},
		figureRow{name: "pair", prf: &f.Pair},
		figureRow{name: "content@0.5", prf: &f.Content})
	for k := range f.ByType {
		rows = append(rows, figureRow{name: "content@0.5 " + typeNames[k], prf: &f.ByType[k]})
	}
	return append(rows,
		figureRow{name: "speaker accuracy", share: &f.SpeakerAccuracy},
		figureRow{name: "speaker end to end", prf: &f.SpeakerEndToEnd},
		figureRow{name: "abstain", share: &f.Abstain})
}

// figureRow is one figure: exactly one of its pointers is set.
type figureRow struct {
	name  string
	prf   *PRF
	share *float64
	count *int
}

// String is one line a figure.
func (f Figures) String() string {
	var b strings.Builder
	for _, r := range f.rows() {
		switch {
		case r.prf != nil:
			fmt.Fprintf(&b, "%-22s P %5.1f  R %5.1f  F1 %5.1f   (gold %d, predicted %d)\n", r.name, r.prf.P, r.prf.R, r.prf.F1, r.prf.Gold, r.prf.Pred)
		case r.share != nil:
			fmt.Fprintf(&b, "%-22s %.1f\n", r.name, *r.share)
		default:
			fmt.Fprintf(&b, "%-22s %d\n", r.name, *r.count)
		}
	}
	return b.String()
}

// MarshalJSON is one object: {"articles_without_predictions": 0,
// "exact source": {"p": 75.0, "r": …, "f1": …, "gold": …, "pred": …}, …,
// "speaker accuracy": 85.0, …}.
func (f Figures) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, r := range f.rows() {
		sep := ", "
		if i == 0 {
			sep = "{"
		}
		fmt.Fprintf(&b, "%s%q: ", sep, r.name)
		switch {
		case r.prf != nil:
			fmt.Fprintf(&b, `{"p": %.1f, "r": %.1f, "f1": %.1f, "gold": %d, "pred": %d}`, r.prf.P, r.prf.R, r.prf.F1, r.prf.Gold, r.prf.Pred)
		case r.share != nil:
			fmt.Fprintf(&b, "%.1f", *r.share)
		default:
			fmt.Fprintf(&b, "%d", *r.count)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
