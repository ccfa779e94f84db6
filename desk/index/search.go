package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/whosaid/whosaid/output"
)

// searchTime is how long a search may take before it gives what it has.
const searchTime = 150 * time.Millisecond

// Hit is a statement that a query found.
type Hit struct {
	N       int64 // its number in the index
	Row     output.QuoteRow
	Article ArticleHead
	Person  int64 // 0 for a speaker who is none of the table
}

// Page is some of the matches of a query, in the tables' order.
type Page struct {
	Hits []Hit
	Next int64 // go on behind this statement; 0 at the end
	// Total is how many match, as far as there was time to count them, and More
	// that there may be others; both only on the first page.
	Total int64
	More  bool
	// Searched says, where time was up before the page was full, how many
	// statements had been looked at; else 0.
	Searched int64
}

// Search gives up to limit matches of q behind statement `after`, 0 for the
// start.
func (x *Index) Search(ctx context.Context, q Query, after int64, limit int) (*Page, error) {
	p := &Page{}
	ns := make([]int64, 0, limit+1)
	start := time.Now()
	last, err := x.match(ctx, q, after, func(first int64, b *bitset) bool {
		p.Total += int64(b.count())
		for i := range b.all {
			if len(ns) > limit {
				break
			}
			ns = append(ns, first+i)
		}
		return after == 0 || len(ns) <= limit
	}, func() bool { return time.Since(start) < x.searchTime })
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	p.More = last < x.About.Statements
	if len(ns) > limit {
		ns = ns[:limit]
		p.Next = ns[limit-1]
	} else if p.More {
		p.Next, p.Searched = last, last
	}
	for h, err := range x.hits(ctx, ns) {
		if err != nil {
			return nil, err
		}
		p.Hits = append(p.Hits, *h)
	}
	return p, nil
}

// Each visits all matches of q, at most limit of them, however long it takes.
func (x *Index) Each(ctx context.Context, q Query, limit int64) iter.Seq2[*Hit, error] {
	return func(yield func(*Hit, error) bool) {
		for after := int64(0); after < x.About.Statements && limit > 0; {
			var ns []int64 // of a chunk
			last, err := x.match(ctx, q, after, func(first int64, b *bitset) bool {
				for i := range b.all {
					ns = append(ns, first+i)
				}
				return len(ns) == 0
			}, func() bool { return true })
			if err != nil {
				yield(nil, fmt.Errorf("search: %w", err))
				return
			}
			ns = ns[:min(int64(len(ns)), limit)]
			for h, err := range x.hits(ctx, ns) {
				if !yield(h, err) || err != nil {
					return
				}
			}
			after = last
			limit -= int64(len(ns))
		}
	}
}

// match visits the statements behind `after` that match, chunk by chunk: its
// first number and its set, until visit says that it has enough, or there is no
// time to go on. It gives the last statement that it looked at.
func (x *Index) match(ctx context.Context, q Query, after int64, visit func(first int64, b *bitset) bool, goOn func() bool) (last int64, err error) {
	end := x.About.Statements
	p, some, err := x.plan(ctx, &q)
	if err != nil || !some || after >= end {
		return end, err
	}
	m, err := x.newMatcher(ctx, p)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	for chunk := chunkOf(after + 1); last < end; chunk++ {
		first := chunk << chunkBits
		last = min(end, first+1<<chunkBits-1)
		var b bitset
		b.fill(max(after+1, first)-first, last+1-first)
		if err := m.in(ctx, chunk, &b); err != nil {
			return 0, err
		}
		if !visit(first, &b) || !goOn() {
			break
		}
	}
	return last, ctx.Err()
}

// stepsFrom are the facets of confidences from a least one to below another; 0
// for no upper edge.
func stepsFrom(facet string, least, below float64) (tokens []string) {
	end := Steps
	if below > 0 {
		end = int(below*Steps + 1e-9)
	}
	for s := min(int(least*Steps+1e-9), Steps-1); s < end; s++ {
		tokens = append(tokens, facet+strconv.Itoa(s))
	}
	return tokens
}

// days are the facets of the days asked for, within those that the corpus has.
func (x *Index) days(ctx context.Context, q *Query) ([]string, error) {
	var first, last sql.NullInt64
	err := x.db.QueryRowContext(ctx, `SELECT (SELECT value FROM meta WHERE key = 'first'), (SELECT value FROM meta WHERE key = 'last')`).Scan(&first, &last)
	if err != nil || !first.Valid {
		return nil, err
	}
	since, until := dayOf(first.Int64), dayOf(last.Int64)
	if q.Since.After(since) {
		since = q.Since
	}
	if !q.Until.IsZero() && q.Until.Before(until) {
		until = q.Until
	}
	return daysBetween(since, until), nil
}

// hits reads statements by their numbers, in order.
func (x *Index) hits(ctx context.Context, ns []int64) iter.Seq2[*Hit, error] {
	return func(yield func(*Hit, error) bool) {
		fail := func(err error) { yield(nil, fmt.Errorf("read statement: %w", err)) }
		place, err := x.db.PrepareContext(ctx, `SELECT article, ordinal, person FROM statements WHERE n = ?`)
		if err != nil {
			fail(err)
			return
		}
		defer place.Close()
		var doc *Doc
		var head ArticleHead
		for _, n := range ns {
			var article, person int64
			var ordinal int
			if err := place.QueryRowContext(ctx, n).Scan(&article, &ordinal, &person); err != nil {
				fail(err)
				return
			}
			if doc == nil || head.N != article {
				if doc, err = x.doc(ctx, article); err != nil {
					fail(err)
					return
				}
				head = doc.head(article)
			}
			if ordinal >= len(doc.Quotes) {
				fail(fmt.Errorf("article %q has no statement %d", doc.Article.ArticleID, ordinal))
				return
			}
			if !yield(&Hit{N: n, Row: doc.Quotes[ordinal], Article: head, Person: person}, nil) {
				return
			}
		}
	}
}
