package extract_test

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
)

// A long article has the same answer however many cores help with it, and whether
// others are at work beside it. It is cut in several pieces, one of them inside of a
// paragraph.
func TestCores(t *testing.T) {
	var articles []news.Article
	for _, s := range stories(t) {
		articles = append(articles, news.Article{Body: s})
	}
	text := long(articles, 25_000)
	text += strings.ReplaceAll(text[:24_000], "\n", " ")
	a := &news.Article{ID: "long", Body: text}
	var want *news.Result
	for _, cores := range []int{1, 2, 3, 8} {
		x, err := extract.New(extract.Options{Cores: cores})
		if err != nil {
			t.Fatal(err)
		}
		var beside sync.WaitGroup
		if cores == 2 { // now alone, now with an article beside
			beside.Go(func() {
				for _, b := range articles {
					if _, _, err := x.Run(context.Background(), &b); err != nil {
						t.Error(err)
					}
				}
			})
		}
		got, _, err := x.Run(context.Background(), a)
		beside.Wait()
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
			if n := len(got.Doc.Tokens); n < 2<<14 || len(got.Quotes) < 100 {
				t.Fatalf("%d tokens and %d statements are no long article", n, len(got.Quotes))
			}
			continue
		}
		if !reflect.DeepEqual(got.Doc, want.Doc) {
			t.Errorf("%d cores: other tags or trees", cores)
		}
		if !reflect.DeepEqual(got.Quotes, want.Quotes) {
			t.Errorf("%d cores: other statements: %d, want %d", cores, len(got.Quotes), len(want.Quotes))
		}
		if !reflect.DeepEqual(got.Mentions, want.Mentions) || !reflect.DeepEqual(got.Entities, want.Entities) || !reflect.DeepEqual(got.Attributions, want.Attributions) {
			t.Errorf("%d cores: other speakers", cores)
		}
	}
}
