package eval

import (
	"cmp"
	"slices"
)

// Report is a comparison of gold and predicted statements, ready to be read in
// several ways.
type Report struct {
	Articles int // articles of the gold
	Missing  int // of these, articles without any prediction
	docs     []docReport
}

// docReport is one article's comparison.
type docReport struct {
	name, outlet string
	page         *page
	gold         []goldItemReport
	pred         []predItemReport
}

// sides are the three roles of an attribution, as exact fragments and tokens.
type sides struct {
	frags  [numRoles][]Range
	tokens [numRoles][]int
}

type role int

const (
	roleSource role = iota
	roleCue
	roleContent
	numRoles
)

var roleNames = [numRoles]string{"source", "cue", "content"}

type goldItemReport struct {
	sides
	a     *Attribution
	match int  // index of the prediction matched; -1: none
	pair  bool // matched, and the sources overlap or both have none
}

type predItemReport struct {
	sides
	p     *Prediction
	match int // index of the gold attribution matched; -1: none
}

// Compare lines predictions up with gold. Gold attributions without content
// are left out. The predictions of articles that are not in the gold do not
// count.
func Compare(golds []Gold, preds Predictions) *Report {
	r := &Report{Articles: len(golds)}
	for i := range golds {
		g := &golds[i]
		ps, ok := preds[Key(g.Doc)]
		if !ok {
			r.Missing++
		}
		r.docs = append(r.docs, compareDoc(g, ps))
	}
	return r
}

func compareDoc(g *Gold, preds []Prediction) docReport {
	d := docReport{name: g.Doc, outlet: g.OutletOf(), page: newPage(g.Text)}
	for i := range g.Attributions {
		a := &g.Attributions[i]
		if len(a.Content) > 0 {
			d.gold = append(d.gold, goldItemReport{sides: d.sides(a.Source, a.Cue, a.Content), a: a, match: -1})
		}
	}
	for j := range preds {
		p := &preds[j]
		d.pred = append(d.pred, predItemReport{sides: d.sides(p.Source, p.Cue, p.Content), p: p, match: -1})
	}
	d.align()
	return d
}

func (d *docReport) sides(source, cue, content []Range) sides {
	var s sides
	for k, spans := range [numRoles][]Range{source, cue, content} {
		s.frags[k] = d.page.fragments(spans)
		s.tokens[k] = d.page.tokensOf(spans)
	}
	return s
}

// align matches gold and predicted contents one to one, best overlap first.
func (d *docReport) align() {
	type candidate struct {
		iou          float64
		sourcesApart int // 0 or 1
		gold, pred   int
	}
	var cands []candidate
	for i := range d.gold {
		g := &d.gold[i]
		for j := range d.pred {
			p := &d.pred[j]
			if iou := g.iou(&p.sides); iou >= 0.5 {
				c := candidate{iou: iou, gold: i, pred: j}
				if !g.sourcesMeet(&p.sides) {
					c.sourcesApart = 1
				}
				cands = append(cands, c)
			}
		}
	}
	slices.SortFunc(cands, func(a, b candidate) int {
		return cmp.Or(-cmp.Compare(a.iou, b.iou), cmp.Compare(a.sourcesApart, b.sourcesApart),
			cmp.Compare(a.gold, b.gold), cmp.Compare(a.pred, b.pred))
	})
	for _, c := range cands {
		g, p := &d.gold[c.gold], &d.pred[c.pred]
		if g.match < 0 && p.match < 0 {
			g.match, p.match = c.pred, c.gold
			g.pair = c.sourcesApart == 0
		}
	}
}

// iou is the intersection over union of two contents' tokens.
func (s *sides) iou(o *sides) float64 {
	a, b := s.tokens[roleContent], o.tokens[roleContent]
	n := overlap(a, b)
	if n == 0 {
		return 0
	}
	return float64(n) / float64(len(a)+len(b)-n)
}

// sourcesMeet: the sources share a token, or neither has any.
func (s *sides) sourcesMeet(o *sides) bool {
	a, b := s.tokens[roleSource], o.tokens[roleSource]
	return len(a) == 0 && len(b) == 0 || overlap(a, b) > 0
}

// exact: everything of both attributions agrees at every edge.
func (s *sides) exact(o *sides) bool {
	for k := range s.frags {
		if !slices.Equal(s.frags[k], o.frags[k]) {
			return false
		}
	}
	return true
}

// isNamed: a kind whose speakers have proper names.
func isNamed(kind string) bool { return kind == "person" || kind == "organization" }

// named is the proper name predicted; empty for none.
func (p *Prediction) named() string {
	if !isNamed(p.Kind) {
		return ""
	}
	return p.Name
}

// speakerRight judges the speaker of a matched attribution whose gold kind is
// known: the same name for a person or organization, no such name otherwise.
func speakerRight(a *Attribution, p *Prediction) bool {
	if !isNamed(a.Kind) {
		return p.named() == ""
	}
	return p.named() != "" && normName(p.named()) == normName(a.Name)
}

// Figures counts what the report holds.
func (r *Report) Figures() Figures {
	var f Figures
	var n counts
	for i := range r.docs {
		n.add(&r.docs[i])
	}
	f.Missing = r.Missing
	for k := range f.Exact {
		f.Exact[k] = prf(n.exact[k])
		f.Token[k] = prf(n.token[k])
	}
	f.Triple = prf(tally{n.triple, n.pred, n.gold})
	f.Pair = prf(tally{n.pair, n.pred, n.gold})
	f.Content = prf(tally{n.match, n.pred, n.gold})
	for k := range f.ByType {
		f.ByType[k] = typePRF(n.goldType[k], n.predType[k])
	}
	f.SpeakerAccuracy = percent(n.namedRight, n.namedMatched)
	f.SpeakerEndToEnd = prf(tally{n.namedRight, n.namedPred, n.namedGold})
	f.Abstain = percent(n.otherRight, n.otherMatched)
	return f
}

// tally is right, predicted and gold.
type tally struct{ right, pred, gold int }

type counts struct {
	exact, token                                   [numRoles]tally
	triple, pair, match, pred, gold                int
	goldType, predType                             [3][2]int // matched, all
	namedGold, namedPred, namedMatched, namedRight int
	otherMatched, otherRight                       int
}

var typeNames = [3]string{"direct", "mixed", "indirect"}

func (n *counts) add(d *docReport) {
	n.gold += len(d.gold)
	n.pred += len(d.pred)
	for k := range numRoles {
		var gf, pf []Range
		var gt, pt []int
		for i := range d.gold {
			gf, gt = append(gf, d.gold[i].frags[k]...), append(gt, d.gold[i].tokens[k]...)
		}
		for j := range d.pred {
			pf, pt = append(pf, d.pred[j].frags[k]...), append(pt, d.pred[j].tokens[k]...)
		}
		n.exact[k].count(rangeKeys(gf), rangeKeys(pf))
		n.token[k].count(gt, pt)
	}
	used := make([]bool, len(d.pred))
	for i := range d.gold {
		g := &d.gold[i]
		for j := range d.pred {
			if !used[j] && g.exact(&d.pred[j].sides) {
				used[j] = true
				n.triple++
				break
			}
		}
		t := slices.Index(typeNames[:], g.a.Type)
		if t >= 0 {
			n.goldType[t][1]++
		}
		if isNamed(g.a.Kind) {
			n.namedGold++
		}
		if g.match < 0 {
			continue
		}
		n.match++
		if t >= 0 {
			n.goldType[t][0]++
		}
		if g.pair {
			n.pair++
		}
		if g.a.Kind == "" {
			continue
		}
		right := 0
		if speakerRight(g.a, d.pred[g.match].p) {
			right = 1
		}
		if isNamed(g.a.Kind) {
			n.namedMatched++
			n.namedRight += right
		} else {
			n.otherMatched++
			n.otherRight += right
		}
	}
	for j := range d.pred {
		p := &d.pred[j]
		if p.p.named() != "" {
			n.namedPred++
		}
		if t := slices.Index(typeNames[:], p.p.Type); t >= 0 {
			n.predType[t][1]++
			if p.match >= 0 {
				n.predType[t][0]++
			}
		}
	}
}

// count adds the members of two bags to t, each member once.
func (t *tally) count(gold, pred []int) {
	slices.Sort(gold)
	slices.Sort(pred)
	gold, pred = slices.Compact(gold), slices.Compact(pred)
	t.right += overlap(gold, pred)
	t.gold += len(gold)
	t.pred += len(pred)
}

// rangeKeys gives every range a number of its own.
func rangeKeys(rs []Range) []int {
	out := make([]int, len(rs))
	for i, r := range rs {
		out[i] = r[0]<<32 | r[1]
	}
	return out
}
