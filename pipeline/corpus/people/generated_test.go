package people

import (
	"os"
	"strconv"
	"testing"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/generate"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// generated is a corpus of package generate, with who its entities are.
func generated(articles int, seed uint64) (c entities, truth map[[2]string]string, namesakes map[[2]string]string) {
	w := generate.New(generate.Options{Articles: articles, Seed: seed})
	m := output.NewMapper(output.MapOptions{NoText: true})
	truth, namesakes = map[[2]string]string{}, map[[2]string]string{}
	for i := range articles {
		r, is := w.Article(i)
		rows := m.Map(r, output.StatusOK)
		a := &step.Article{Number: int64(i), ID: rows.Article.ArticleID, Outlet: rows.Article.Outlet, Published: rows.Article.Published}
		var list []step.Entity
		for k, e := range rows.Entities {
			list = append(list, step.Entity{
				Article: a, EntityID: e.EntityID, Name: e.Name, Kind: e.Kind, Titles: e.Titles, Aliases: e.Aliases,
				Gender: e.Gender, GenderBasis: e.GenderBasis, NMentions: e.NMentions, NQuotes: e.NQuotes, NWords: e.NWordsQuoted,
			})
			key := [2]string{a.ID, e.EntityID}
			truth[key] = is.Entities[k].Is
			if is.Entities[k].Namesake {
				namesakes[key] = is.Entities[k].Is
			}
		}
		c.list = append(c.list, list)
	}
	return c, truth, namesakes
}

func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("has no goroutines of its own, and takes its time")
	}
	n := 3000
	if s := os.Getenv("GENERATED"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	c, truth, namesakes := generated(n, 3)
	m := run(t, theStep(t), c, nil, 1<<28)
	links := m.links(t)
	found, itself := map[[2]string]string{}, map[[2]string][2]string{}
	for key, l := range links {
		found[key], itself[key] = l.PersonID, key
	}
	calibration(t, truth, itself, links)
	s := bcubed(truth, found)
	t.Logf("%d articles, %d entities, %d linked, %d people: %v; namesakes %v; pairs %v", n, len(truth), len(found), len(m.people(t)), s, bcubed(namesakes, found), pairwise(truth, found))
	if s.p < 98 || s.r < 95 {
		t.Errorf("%v is below P 98, R 95", s)
	}
}

// pairwise is precision and recall of pairs.
func pairwise[K comparable](truth, found map[K]string) scores {
	gold, pred, both := map[string]float64{}, map[string]float64{}, map[[2]string]float64{}
	for k, g := range truth {
		gold[g]++
		if c, ok := found[k]; ok {
			pred[c]++
			both[[2]string{g, c}]++
		}
	}
	pairs := func(n float64) float64 { return n * (n - 1) / 2 }
	var g, p, b float64
	for _, n := range gold {
		g += pairs(n)
	}
	for _, n := range pred {
		p += pairs(n)
	}
	for _, n := range both {
		b += pairs(n)
	}
	return scores{100 * b / max(1, p), 100 * b / max(1, g), 200 * b / max(1, p+g)}
}
