package train

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/speaker"
)

// SpeakerOptions are the settings of the speaker ranker's training. Zero
// values take the defaults.
type SpeakerOptions struct {
	Seed     uint64
	Folds    int     // forests that judge what they have not seen, for histories and calibration; 0: 5
	Trees    int     // 0: 180
	Depth    int     // 0: 5
	Rate     float64 // shrinking of each tree; 0: 0.09
	Progress func(string)
}

func (o *SpeakerOptions) fill() {
	if o.Folds == 0 {
		o.Folds = 5
	}
	if o.Trees == 0 {
		o.Trees = 180
	}
	if o.Depth == 0 {
		o.Depth = 5
	}
	if o.Rate == 0 {
		o.Rate = 0.09
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
}

// Speaker trains the ranker of extract/speaker on the labelled articles of
// PolNeAR train under dataDir (polnear/train, polnear/speakers-train.tsv) and
// returns its model file and its figures on articles held out. annotate is the
// engine's tokenizer, tagger and parser. Same data and seed, same file.
func Speaker(ctx context.Context, dataDir string, annotate Annotate, o SpeakerOptions) (*model.File, *SpeakerFigures, error) {
	dir := filepath.Join(dataDir, "polnear")
	golds, err := eval.ReadPolnear(filepath.Join(dir, "train"), filepath.Join(dir, "speakers-train.tsv"))
	if err != nil {
		return nil, nil, fmt.Errorf("train speakers: %w", err)
	}
	golds = slices.DeleteFunc(golds, func(g eval.Gold) bool {
		return !slices.ContainsFunc(g.Attributions, func(a eval.Attribution) bool { return a.Kind != "" })
	})
	m, heldOut, err := TrainSpeakers(ctx, SpeakerCases(golds, annotate), o)
	if err != nil {
		return nil, nil, err
	}
	f, err := m.File()
	return f, heldOut, err
}

// TrainSpeakers fits a ranker to cases. It goes three times over them: first
// each decision is the gold's; then forests trained on the other folds decide,
// so that the histories met in training hold the mistakes met in use; then
// the same again with the forests of the second time, whose answers also give
// the calibration and the figures of articles held out.
func TrainSpeakers(ctx context.Context, cases []SpeakerCase, o SpeakerOptions) (*speaker.Model, *SpeakerFigures, error) {
	o.fill()
	groups, err := collect(cases, nil, o)
	if err != nil {
		return nil, nil, err
	}
	for pass := range 2 {
		o.Progress(fmt.Sprintf("pass %d: %d quotations", pass+1, len(groups)))
		folds := make([]*speaker.Model, o.Folds)
		for f := range folds {
			var rest []speakerGroup
			for _, g := range groups {
				if g.article%o.Folds != f {
					rest = append(rest, g)
				}
			}
			trees, err := boost(ctx, rest, o.boost(uint64(f)))
			if err != nil {
				return nil, nil, err
			}
			folds[f] = &speaker.Model{Trees: trees}
		}
		if groups, err = collect(cases, folds, o); err != nil {
			return nil, nil, err
		}
		if pass == 1 {
			cal, figures, err := calibration(cases, folds)
			if err != nil {
				return nil, nil, err
			}
			trees, err := boost(ctx, groups, o.boost(99))
			if err != nil {
				return nil, nil, err
			}
			return &speaker.Model{Trees: trees, Calibration: cal}, figures, nil
		}
	}
	return nil, nil, fmt.Errorf("train speakers: no pass")
}

func (o *SpeakerOptions) boost(n uint64) boostOptions {
	return boostOptions{Trees: o.Trees, Depth: o.Depth, Rate: o.Rate, Lambda: 2, MinHess: 2, RowShare: 0.7, FeatShare: 0.6, Seed: o.Seed*1000 + n}
}

// collect resolves all cases and gathers the candidates of every labelled
// quotation. Without models the gold decides as the walk goes on; with them,
// the model of the article's fold.
func collect(cases []SpeakerCase, folds []*speaker.Model, o SpeakerOptions) ([]speakerGroup, error) {
	var out []speakerGroup
	for i := range cases {
		c := &cases[i]
		var m *speaker.Model
		if folds != nil {
			m = folds[i%len(folds)]
		}
		r, err := speaker.New(speaker.Options{Model: m})
		if err != nil {
			return nil, err
		}
		r.Train(c.Doc, c.Quotes, func(q int, choices []speaker.Choice) int {
			right := RightChoice(c, q, choices)
			if right < 0 {
				return -1
			}
			if choices[0].ByRules() {
				if m == nil {
					return right
				}
				return -1
			}
			g := speakerGroup{right: right, article: i, weight: 1}
			for k := range choices {
				g.rows = append(g.rows, choices[k].Features)
			}
			out = append(out, g)
			if m == nil {
				return right
			}
			return -1
		})
	}
	return out, nil
}

// RightChoice is the index of the candidate that the gold names; -1 when the
// quotation has no label or its named speaker is not among the candidates.
func RightChoice(c *SpeakerCase, q int, choices []speaker.Choice) int {
	g := &c.Gold[q]
	find := func(ok func(*speaker.Choice) bool) int {
		return slices.IndexFunc(choices, func(c speaker.Choice) bool { return ok(&c) })
	}
	nobody := find(func(c *speaker.Choice) bool { return c.Entity == -2 })
	switch {
	case g.Kind == "":
		return -1
	case Named(g):
		name := NormName(g.Name)
		return find(func(c *speaker.Choice) bool {
			return (c.Kind == news.Person || c.Kind == news.Organization) && NormName(c.Name) == name
		})
	case g.Kind == "author":
		return find(func(c *speaker.Choice) bool { return c.Entity == -3 })
	case g.Kind == "unknown":
		return nobody
	}
	// a group, document or unnamed speaker: the source's own words, or the
	// antecedent of a pronoun
	source := NormName(c.Quotes[q].Source.Of(c.Doc.Text))
	switch SourceForm(c, q) {
	case "none", "pronoun":
		name := NormName(g.Name)
		k := find(func(c *speaker.Choice) bool {
			return c.Entity >= 0 && c.Kind != news.Person && c.Kind != news.Organization && c.Name != "" && sameHead(NormName(c.Name), name)
		})
		if k < 0 && SourceForm(c, q) == "none" {
			k = find(func(c *speaker.Choice) bool {
				return c.Entity == -1 && c.Name != "" && sameHead(NormName(c.Name), name)
			})
		}
		if k >= 0 {
			return k
		}
		return nobody
	}
	if source != "" {
		return find(func(c *speaker.Choice) bool { return c.Entity == -1 })
	}
	return nobody
}

// sameHead reports whether two descriptions are the same or one ends the
// other.
func sameHead(a, b string) bool {
	if a == b {
		return true
	}
	long, short := a, b
	if len(long) < len(short) {
		long, short = short, long
	}
	return short != "" && len(short) > 3 && (len(long) > len(short)+1 && (long[:len(short)+1] == short+" " || long[len(long)-len(short)-1:] == " "+short))
}

// calibration fits, for each form of source, a table from raw to observed
// probability on answers of forests that have not seen the article. It
// returns the figures of those answers too.
func calibration(cases []SpeakerCase, folds []*speaker.Model) ([4]speaker.Table, *SpeakerFigures, error) {
	var points [4][]calPoint
	f := &SpeakerFigures{Right: map[string]int{}, All: map[string]int{}}
	for i := range cases {
		c := &cases[i]
		r, err := speaker.New(speaker.Options{Model: folds[i%len(folds)]})
		if err != nil {
			return [4]speaker.Table{}, nil, err
		}
		res := r.Resolve(c.Doc, c.Quotes)
		for q := range c.Quotes {
			n := len(f.Confidence)
			f.add(c, q, &res)
			if len(f.Confidence) > n {
				p := f.Confidence[n]
				form := int(res.Attributions[q].Form)
				points[form] = append(points[form], calPoint{float64(p.Confidence), p.Right})
			}
		}
	}
	var out [4]speaker.Table
	for form := range out {
		out[form] = isotonic(points[form])
	}
	return out, f, nil
}

type calPoint struct {
	p     float64
	right bool
}

// leastPool is how many answers a step of the calibration rests on at least.
const leastPool = 40

// isotonic fits a rising step function by pooling adjacent violators and
// returns the middle of each step.
func isotonic(points []calPoint) speaker.Table {
	slices.SortStableFunc(points, func(a, b calPoint) int {
		switch {
		case a.p < b.p:
			return -1
		case a.p > b.p:
			return 1
		}
		return 0
	})
	type pool struct{ n, right, sum float64 }
	var pools []pool
	for i := 0; i < len(points); {
		var cur pool
		for ; i < len(points) && cur.n < leastPool; i++ {
			cur.n++
			cur.sum += points[i].p
			if points[i].right {
				cur.right++
			}
		}
		pools = append(pools, cur)
		for k := len(pools) - 1; k > 0 && pools[k-1].right/pools[k-1].n >= pools[k].right/pools[k].n; k-- {
			pools[k-1].n += pools[k].n
			pools[k-1].right += pools[k].right
			pools[k-1].sum += pools[k].sum
			pools = pools[:k]
		}
	}
	var t speaker.Table
	for _, p := range pools {
		at, to := float32(p.sum/p.n), float32((p.right+1)/(p.n+2))
		if n := len(t.At); n > 0 && at-t.At[n-1] < 1e-4 {
			t.To[n-1] = float32(math.Max(float64(t.To[n-1]), float64(to)))
			continue
		}
		t.At, t.To = append(t.At, at), append(t.To, to)
	}
	return t
}
