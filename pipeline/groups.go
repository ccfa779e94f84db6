package pipeline

import (
	"errors"
	"fmt"
	"iter"

	"github.com/whosaid/whosaid/output"
)

// groups reads the rows of a part article by article.
type groups[T output.Row] struct {
	key  func(*T) string
	next func() (T, bool)
	stop func()
	row  T // the first row of the next group
	ok   bool
	err  error
}

var errStop = errors.New("enough")

// group opens a part whose rows stand in the order of their articles.
func group[T output.Row](name string, key func(*T) string) *groups[T] {
	g := &groups[T]{key: key}
	g.next, g.stop = iter.Pull(func(yield func(T) bool) {
		_, err := output.ReadFile(name, func(row *T) error {
			if !yield(*row) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			g.err = err
		}
	})
	g.row, g.ok = g.next()
	return g
}

// of is the rows of an article, provided that they come next.
func (g *groups[T]) of(articleID string) (rows []T) {
	for g.ok && g.key(&g.row) == articleID {
		rows = append(rows, g.row)
		g.row, g.ok = g.next()
	}
	return rows
}

// rest reports rows that no article claimed, or what ended the reading.
func (g *groups[T]) rest() error {
	if g.err != nil {
		return g.err
	}
	if g.ok {
		return fmt.Errorf("rows of article %q stand where no article is", g.key(&g.row))
	}
	return nil
}
