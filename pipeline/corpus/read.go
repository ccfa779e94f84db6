package corpus

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// corpus reads inputs, one behind the other. It is a step.Corpus.
type corpus struct {
	inputs []Input
	first  int64  // number of its first article
	part   int    // of its first part, in the order of the whole corpus
	links  string // the part of person_links of its entities, once there is one
}

// Columns of the tables that the steps see.
type (
	articleRow struct {
		ArticleID  string            `parquet:"article_id"`
		Outlet     string            `parquet:"outlet,optional"`
		Published  *output.Timestamp `parquet:"published,timestamp(microsecond)"`
		TextSHA256 string            `parquet:"text_sha256"`
		NWords     int32             `parquet:"n_words"`
		Status     string            `parquet:"status"`
	}
	textRow struct {
		Text *string `parquet:"text,optional"`
	}
	quoteRow struct {
		QuoteID   string `parquet:"quote_id"`
		ArticleID string `parquet:"article_id"`
		Type      string `parquet:"type"`
		Text      string `parquet:"text"`
		SpeakerID string `parquet:"speaker_id,optional"`
	}
)

var errStop = errors.New("enough")

// rows yields the rows of a part with the columns of T. What went wrong is in
// err once it ends.
func rows[T any](path string, err *error) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		_, rerr := output.ReadColumns(path, func(row *T) error {
			if !yield(row) {
				return errStop
			}
			return nil
		})
		if rerr != nil && !errors.Is(rerr, errStop) {
			*err = rerr
		}
	}
}

// cursor is where a reader of articles is.
type cursor struct {
	number int64 // of the next article
	part   int
}

func (c *corpus) start() *cursor { return &cursor{c.first, c.part} }

// placeBits are the bits of a place that say which row of its part.
const placeBits = 32

// At are the articles at some places.
func (c *corpus) At(ctx context.Context, places []step.Place) iter.Seq2[*step.Article, error] {
	return func(yield func(*step.Article, error) bool) {
		var units []unit
		for i := range c.inputs {
			units = append(units, c.inputs[i].units...)
		}
		for len(places) > 0 {
			part := places[0] >> placeBits
			if i := int(part) - c.part; i < 0 || i >= len(units) {
				yield(nil, fmt.Errorf("the corpus has no part %d", part))
				return
			}
			var at []int64
			for len(places) > len(at) && places[len(at)]>>placeBits == part {
				at = append(at, int64(places[len(at)]&(1<<placeBits-1)))
			}
			i := 0
			err := output.ReadTexts(units[int(part)-c.part].articles, []string{"article_id", "text"}, at, func(texts []string) error {
				a := &step.Article{Place: places[i], ID: texts[0], Text: texts[1]}
				i++
				if !yield(a, nil) {
					return errStop
				}
				return ctx.Err()
			})
			if errors.Is(err, errStop) {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			places = places[len(at):]
		}
	}
}

// Articles are the articles of status ok.
func (c *corpus) Articles(ctx context.Context, text bool) iter.Seq2[*step.Article, error] {
	return func(yield func(*step.Article, error) bool) {
		at := c.start()
		for i := range c.inputs {
			in := &c.inputs[i]
			for _, u := range in.units {
				more, err := c.unit(ctx, in, u.articles, text, at, func(a *step.Article) bool { return yield(a, nil) })
				if err != nil {
					yield(nil, err)
				}
				if err != nil || !more {
					return
				}
			}
		}
	}
}

// unit visits the articles of one part; more is false when the visitor has
// enough.
func (c *corpus) unit(ctx context.Context, in *Input, path string, text bool, at *cursor, visit func(*step.Article) bool) (more bool, err error) {
	var texts func() (*textRow, bool)
	if text {
		var terr error
		next, stop := iter.Pull(rows[textRow](path, &terr))
		defer stop()
		texts = next
		defer func() {
			if err == nil {
				err = terr
			}
		}()
	}
	place := step.Place(at.part) << placeBits
	at.part++
	for row := range rows[articleRow](path, &err) {
		place++
		var body *textRow
		if texts != nil {
			body, _ = texts()
		}
		if row.Status != string(output.StatusOK) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return false, context.Cause(ctx)
		}
		a := &step.Article{
			Number: at.number, Place: place - 1, ID: row.ArticleID, Partition: in.Partition, Outlet: row.Outlet,
			Published: row.Published, Words: row.NWords, TextHash: row.TextSHA256,
		}
		at.number++
		if body != nil && body.Text != nil {
			a.Text = *body.Text
		}
		if !visit(a) {
			return false, nil
		}
	}
	return true, err
}

// grouped reads rows of a part that stand in the order of their articles.
type grouped[T any] struct {
	next func() (*T, bool)
	stop func()
	key  func(*T) string
	row  *T
	ok   bool
	err  error
}

func group[T any](path string, key func(*T) string) *grouped[T] {
	g := &grouped[T]{key: key}
	g.next, g.stop = iter.Pull(rows[T](path, &g.err))
	g.row, g.ok = g.next()
	return g
}

// of visits the rows of an article, provided that they come next.
func (g *grouped[T]) of(articleID string, visit func(*T)) {
	for g.ok && g.key(g.row) == articleID {
		visit(g.row)
		g.row, g.ok = g.next()
	}
}

// rest is an error when rows are left that no article claimed.
func (g *grouped[T]) rest(path string) error {
	if g.err == nil && g.ok {
		return fmt.Errorf("read %s: rows of article %q stand where no article is (whosaid verify tells more)", path, g.key(g.row))
	}
	return g.err
}

// Entities are the entities of each article that has any.
func (c *corpus) Entities(ctx context.Context) iter.Seq2[[]step.Entity, error] {
	return func(yield func([]step.Entity, error) bool) {
		at := c.start()
		var batch []step.Entity
		for i := range c.inputs {
			for _, u := range c.inputs[i].units {
				g := group(u.entities, func(e *output.EntityRow) string { return e.ArticleID })
				more, err := c.unit(ctx, &c.inputs[i], u.articles, false, at, func(a *step.Article) bool {
					batch = batch[:0]
					g.of(a.ID, func(e *output.EntityRow) {
						batch = append(batch, step.Entity{
							Article: a, EntityID: e.EntityID, Name: e.Name, Kind: e.Kind, Titles: e.Titles, Aliases: e.Aliases,
							Gender: e.Gender, GenderBasis: e.GenderBasis, NMentions: e.NMentions, NQuotes: e.NQuotes, NWords: e.NWordsQuoted,
						})
					})
					return len(batch) == 0 || yield(batch, nil)
				})
				if err == nil && more {
					err = g.rest(u.entities)
				}
				g.stop()
				if err != nil {
					yield(nil, err)
				}
				if err != nil || !more {
					return
				}
			}
		}
	}
}

// Statements are the statements of each article that has any.
func (c *corpus) Statements(ctx context.Context) iter.Seq2[[]step.Statement, error] {
	return func(yield func([]step.Statement, error) bool) {
		at := c.start()
		var batch []step.Statement
		links := c.openLinks()
		defer links.stop()
		for i := range c.inputs {
			for _, u := range c.inputs[i].units {
				g := group(u.quotes, func(q *quoteRow) string { return q.ArticleID })
				more, err := c.unit(ctx, &c.inputs[i], u.articles, false, at, func(a *step.Article) bool {
					batch = batch[:0]
					persons := map[string]string{}
					links.of(a.ID, func(l *output.PersonLinkRow) { persons[l.EntityID] = l.PersonID })
					g.of(a.ID, func(q *quoteRow) {
						batch = append(batch, step.Statement{Article: a, QuoteID: q.QuoteID, Type: q.Type, Text: q.Text, PersonID: persons[q.SpeakerID]})
					})
					return len(batch) == 0 || yield(batch, nil)
				})
				if err == nil && more {
					err = errors.Join(g.rest(u.quotes), links.err)
				}
				g.stop()
				if err != nil {
					yield(nil, err)
				}
				if err != nil || !more {
					return
				}
			}
		}
	}
}

// openLinks opens the links of the corpus's entities to people, which stand in
// the order of the articles; none before the step people has run.
func (c *corpus) openLinks() *grouped[output.PersonLinkRow] {
	g := &grouped[output.PersonLinkRow]{key: func(l *output.PersonLinkRow) string { return l.ArticleID }}
	g.next, g.stop = iter.Pull(func(yield func(*output.PersonLinkRow) bool) {
		if c.links != "" {
			rows[output.PersonLinkRow](c.links, &g.err)(yield)
		}
	})
	g.row, g.ok = g.next()
	return g
}
