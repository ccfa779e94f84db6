package copies

import (
	"context"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/generate"
	"github.com/whosaid/whosaid/pipeline/corpus/internal/steptest"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// written is a corpus of articles alone, from first on.
type written struct {
	step.Corpus
	articles []Article
	first    int
	read     *int // texts that were asked for by their place
}

func (c written) row(i int) *step.Article {
	a := &c.articles[i]
	return &step.Article{
		Number: int64(i), Place: step.Place(3 * i), ID: a.ID, Text: a.Text, TextHash: a.TextHash, Words: int32(a.Words), Published: (*output.Timestamp)(a.Published),
	}
}

func (c written) Articles(context.Context, bool) iter.Seq2[*step.Article, error] {
	return func(yield func(*step.Article, error) bool) {
		for i := c.first; i < len(c.articles); i++ {
			if !yield(c.row(i), nil) {
				return
			}
		}
	}
}

func (c written) At(_ context.Context, places []step.Place) iter.Seq2[*step.Article, error] {
	return func(yield func(*step.Article, error) bool) {
		for _, p := range places {
			if *c.read++; !yield(c.row(int(p/3)), nil) {
				return
			}
		}
	}
}

// TestGrowth: a corpus that grows has the copies that it has when all articles
// come at once, ids aside, which stay: versions of all kinds that come later,
// or before what they are cut of.
func TestGrowth(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	w := generate.New(generate.Options{Articles: 600, Seed: 6})
	var articles []Article
	for i := range 600 {
		result, truth := w.Article(i)
		articles = append(articles, article(truth.ID, result.Doc.Text, result.Doc.Article.Published.UnixMicro()))
	}
	// Chains: each shares much with the one before, and little with the first.
	for i := range 20 {
		words := strings.Fields(articles[r.IntN(600)].Text + " " + articles[r.IntN(600)].Text)
		for k := range 5 {
			from := min(k*len(words)/8, len(words)/2)
			articles = append(articles, article(string(rune('A'+i))+string(rune('a'+k)), strings.Join(words[from:from+len(words)/2], " "), r.Int64N(1e15)))
		}
	}
	articles = append(articles, Article{ID: "untold", TextHash: "00", Words: 300}, Article{ID: "untold2", TextHash: "00", Words: 300})
	r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	n := len(articles)
	var before *steptest.Made
	id := map[string]string{} // of an article in the run before
	for k, end := range []int{n / 2, n / 2, n * 4 / 5, n - 1, n} {
		start, read := []int{0, n / 2, n / 2, n * 4 / 5, n - 1}[k], 0
		part := written{articles: articles[:end], first: start, read: &read}
		made := steptest.Run(t, Step{}, step.Input{New: part, At: part.At, Memory: 1 << 20, Workers: 3}, before)
		var got []output.CopyRow
		if err := step.Rows(made.Tables, func(r *output.CopyRow) error { got = append(got, *r); return nil }); err != nil {
			t.Fatal(err)
		}
		want := find(t, Options{}, articles[:end])
		ids := map[string]string{} // the ids of groups that come at once, by those that grew
		for i := range got {
			if i < len(want) {
				if ids[got[i].CopyID] == "" {
					ids[got[i].CopyID] = want[i].CopyID
				}
				got[i].CopyID = ids[got[i].CopyID]
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("run %d: other copies:\n%s", k, d)
		}
		if start >= end-1 && read > 50 {
			t.Errorf("run %d: %d texts were read again", k, read)
		}
		if k > 0 && !slices.ContainsFunc(got, func(r output.CopyRow) bool { return ids[id[r.ArticleID]] == r.CopyID }) {
			t.Errorf("run %d: no id stayed", k)
		}
		clear(id)
		if err := step.Rows(made.Tables, func(r *output.CopyRow) error { id[r.ArticleID] = r.CopyID; return nil }); err != nil {
			t.Fatal(err)
		}
		t.Logf("run %d: %d copies, %d texts read again", k, len(got), read)
		before = made
	}
}
