package desk

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/whosaid/whosaid/desk/correct"
	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/extract/eval"
)

// Corrections is the layer of corrections over the tables of an index.
func Corrections(x *index.Index) *correct.Store {
	return correct.NewStore(filepath.Join(x.Dir, "corrections.jsonl"))
}

// Gold lays corrections over the articles that they are of and gives those that
// somebody called right, as gold, in the order of their first correction. open
// is how many others have corrections.
func Gold(ctx context.Context, x *index.Index, all []correct.Correction) (golds []eval.Gold, open int, err error) {
	type key struct{ id, hash string }
	of := map[key][]correct.Correction{}
	var order []key
	for _, c := range all {
		k := key{c.ArticleID, c.TextHash}
		if of[k] == nil {
			order = append(order, k)
		}
		of[k] = append(of[k], c)
	}
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
