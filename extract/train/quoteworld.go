package train

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
)

// allQuoteCases are the cases of PolNeAR, of what the caller added, and of
// world news.
//
// World news marks what was said or written, PolNeAR beliefs, wishes and
// intentions too. Learned from as they stand, the one would teach that the
// other's attitudes are nothing. So a detector is trained without world news
// first, and the attitudes that it finds there stand for those that the
// annotators left out: by outlets held out that adds a point to pairs, and
// takes nothing from PolNeAR (docs/models/README.md).
func allQuoteCases(ctx context.Context, d *QuoteData, annotate Annotate, o QuoteOptions) ([]QuoteCase, error) {
	o.fill()
	o.Progress("annotate articles")
	cases := quoteCases(d.Train, annotate)
	if len(d.World) == 0 {
		return cases, nil
	}
	o.Progress("detector without world news")
	o.Runs, o.Part, o.Held = 1, nil, nil
	o.fill()
	f, err := Quote(ctx, cases, o)
	if err != nil {
		return nil, fmt.Errorf("train quotations: %w", err)
	}
	detector, err := detect.New(f, o.Words, english.Language())
	if err != nil {
		return nil, fmt.Errorf("train quotations: %w", err)
	}
	for i := range d.World {
		g := &d.World[i]
		doc := annotate(&news.Article{ID: g.Doc, Body: g.Text})
		c := NewQuoteCase(g, doc)
		c.addAttitudes(detector.Detect(doc))
		cases = append(cases, c)
	}
	return cases, nil
}

// sureAttitude is the least confidence of an attitude that stands for one that
// annotators would have marked.
const sureAttitude = 0.5

// addAttitudes adds the attitudes among quotes that share no word of cue or
// content with the gold.
func (c *QuoteCase) addAttitudes(quotes []news.Quote) {
	var taken []news.Span
	for _, g := range c.Gold {
		taken = append(append(taken, g.Content...), g.Cue...)
	}
	free := func(s news.Span) bool {
		return !slices.ContainsFunc(taken, s.Overlaps)
	}
	for i := range quotes {
		q := &quotes[i]
		if q.Act != news.Attitude || q.Confidence < sureAttitude || q.Cue.Empty() || !free(q.Cue) {
			continue
		}
		g := QuoteGold{Cue: []news.Span{q.Cue}}
		clear := true
		for _, p := range q.Parts {
			clear = clear && free(p.Span)
			g.Content = append(g.Content, p.Span)
		}
		if !q.Source.Empty() {
			g.Source = []news.Span{q.Source}
		}
		if clear {
			c.Gold = append(c.Gold, g)
		}
	}
}

func quoteCases(golds []eval.Gold, annotate Annotate) []QuoteCase {
	cases := make([]QuoteCase, len(golds))
	for i := range golds {
		g := &golds[i]
		cases[i] = NewQuoteCase(g, annotate(&news.Article{ID: g.Doc, Body: g.Text}))
	}
	return cases
}

// outlets are the outlets of PolNeAR's articles with their articles, by name.
func (d *QuoteData) outlets() []QuoteSet {
	var sets []QuoteSet
	at := map[string]int{}
	for _, g := range d.Train[:len(d.Train)-d.Own] {
		name := outletOf(g.Doc)
		i, ok := at[name]
		if !ok {
			i = len(sets)
			at[name] = i
			sets = append(sets, QuoteSet{Name: name})
		}
		sets[i].Golds = append(sets[i].Golds, g)
	}
	slices.SortFunc(sets, func(x, y QuoteSet) int { return cmp.Compare(x.Name, y.Name) })
	return sets
}

// holdOutlets parts the articles by outlet: one of PolNeAR's and a few of world
// news' in each part, other articles by a hash of their names. What the forests see
// of held-out articles is then what they will see of outlets that nobody read. With
// fewer than two outlets it leaves the parts as they are.
func (o *QuoteOptions) holdOutlets(d *QuoteData) {
	sets := d.outlets()
	if len(sets) < 2 {
		return
	}
	_, world := worldGroups(d.World, len(sets))
	at := map[string]int{}
	for i, s := range sets {
		at[s.Name] = i
	}
	o.Folds = len(sets)
	o.Part = func(article string) int {
		if part, ok := world[worldOutlet(article)]; ok {
			return part
		}
		if part, ok := at[outletOf(article)]; ok {
			return part
		}
		return foldOf(article, len(sets))
	}
}

// CardRow is one row of a table.
type CardRow = []string

// worldGroups parts the outlets of world news into n groups, in turn by name;
// partOf tells each outlet's.
func worldGroups(world []eval.Gold, n int) (groups []QuoteSet, partOf map[string]int) {
	groups, partOf = make([]QuoteSet, n), map[string]int{}
	var outlets []string
	for _, g := range world {
		outlets = append(outlets, worldOutlet(g.Doc))
	}
	slices.Sort(outlets)
	names := make([][]string, n)
	for i, o := range slices.Compact(outlets) {
		partOf[o] = i % n
		names[i%n] = append(names[i%n], o)
	}
	for part := range groups {
		groups[part] = QuoteSet{Name: strings.Join(names[part], ", "), Act: "statement"}
	}
	for _, g := range world {
		set := &groups[partOf[worldOutlet(g.Doc)]]
		set.Golds = append(set.Golds, g)
	}
	return groups, partOf
}

// outletOf is the outlet in the name of one of PolNeAR's articles:
// OUTLET_DATE_TITLE.
func outletOf(article string) string {
	outlet, _, _ := strings.Cut(article, "_")
	return outlet
}

// worldNumber is the number behind the outlet in the name of an article of
// world news: OUTLET_NUMBER.
var worldNumber = regexp.MustCompile(`_+[0-9]+$`)

func worldOutlet(article string) string { return worldNumber.ReplaceAllString(article, "") }
