package desk

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/whosaid/whosaid/desk/correct"
	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/output"
)

// Corrections is the layer of corrections over the tables of an index.
func Corrections(x *index.Index) *correct.Store {
	return correct.NewStore(filepath.Join(x.Dir, "corrections.jsonl"))
}

// Gold lays corrections over the articles that they are of and gives those that
// somebody called right, as gold, in the order of their first correction. open
// is how many others have corrections.
func Gold(ctx context.Context, x *index.Index, all []correct.Correction) (golds []eval.Gold, open int, err error) {
	order, of := byArticle(all)
	for _, k := range order {
		a, err := x.Article(ctx, k.id, 0)
		if errors.Is(err, index.ErrNotFound) {
			continue // of tables that were here before
		}
		if err != nil {
			return nil, 0, err
		}
		s := correct.Lay(&a.Doc.Article, a.Quotes, of[k])
		switch {
		case s.Done && a.Doc.Article.Text != nil:
			golds = append(golds, s.Gold(&a.Doc.Article))
		case s.Corrections > 0:
			open++
		}
	}
	return golds, open, nil
}

// articleKey is what a correction says of its article.
type articleKey struct{ id, hash string }

// byArticle sorts corrections by their articles, in the order of the first of
// each.
func byArticle(all []correct.Correction) (order []articleKey, of map[articleKey][]correct.Correction) {
	of = map[articleKey][]correct.Correction{}
	for _, c := range all {
		k := articleKey{c.ArticleID, c.TextHash}
		if of[k] == nil {
			order = append(order, k)
		}
		of[k] = append(of[k], c)
	}
	return order, of
}

// calledRight counts the articles that somebody called right, without reading
// them.
func calledRight(all []correct.Correction) (n int) {
	order, of := byArticle(all)
	for _, k := range order {
		if correct.Lay(&output.ArticleRow{ArticleID: k.id, TextSHA256: k.hash}, nil, of[k]).Done {
			n++
		}
	}
	return n
}
