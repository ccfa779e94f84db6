package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/whosaid/whosaid/output"
)

// Counted is as far as matches are counted: beyond it a page says "more than". So
// it does after countTime, once it has enough to show.
const (
	Counted   = 10_000
	countTime = 150 * time.Millisecond
)

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
	// Total is how many match, as far as they were counted, and More that there
	// may be others; both only on the first page.
	Total int64
	More  bool
}

// Search gives up to limit matches of q behind statement `after`, 0 for the
// start.
func (x *Index) Search(ctx context.Context, q Query, after int64, limit int) (*Page, error) {
	ask := limit + 1
	if after == 0 && !q.empty() {
		ask = max(ask, Counted+1)
	}
	ns, cut, err := x.match(ctx, q, after, ask, limit+1)
	if err != nil {
		return nil, err
	}
	p := &Page{Total: int64(len(ns)), More: cut}
	switch {
	case q.empty():
		p.Total, p.More = x.About.Statements, false
	case p.Total > Counted:
		p.Total, p.More = Counted, true
	}
	if len(ns) > limit {
		ns = ns[:limit]
		p.Next = ns[limit-1]
	}
	for h, err := range x.hits(ctx, ns) {
		if err != nil {
			return nil, err
		}
		p.Hits = append(p.Hits, *h)
	}
	return p, nil
}

// Each visits all matches of q, at most limit of them.
func (x *Index) Each(ctx context.Context, q Query, limit int64) iter.Seq2[*Hit, error] {
	const step = 1000
	return func(yield func(*Hit, error) bool) {
		after := int64(0)
		for limit > 0 {
			most := int(min(step, limit))
			ns, _, err := x.match(ctx, q, after, most, most)
			if err != nil {
				yield(nil, err)
				return
			}
			for h, err := range x.hits(ctx, ns) {
				if !yield(h, err) || err != nil {
					return
				}
			}
			if len(ns) < most {
				return
			}
			after = ns[len(ns)-1]
			limit -= int64(len(ns))
		}
	}
}

func (q *Query) empty() bool { return len(q.Values()) == 0 }

// match gives the numbers of up to limit statements that match, in order. Once
// it has enough of them, it ends after the time for counting: cut.
func (x *Index) match(ctx context.Context, q Query, after int64, limit, enough int) (ns []int64, cut bool, err error) {
	query, args := `SELECT n FROM statements WHERE n > ? ORDER BY n LIMIT ?`, []any{after, limit}
	if !q.empty() {
		e, some, err := x.expression(ctx, &q)
		if err != nil || !some {
			return nil, false, err
		}
		query, args = `SELECT rowid FROM texts WHERE texts MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?`, []any{e, after, limit}
	}
	start := time.Now()
	rows, err := x.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, false, fmt.Errorf("search: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, false, fmt.Errorf("search: %w", err)
		}
		ns = append(ns, n)
		if len(ns) >= enough && len(ns)%64 == 0 && len(ns) < limit && time.Since(start) > x.countTime {
			return ns, true, nil
		}
	}
	if err := errors.Join(rows.Err(), ctx.Err()); err != nil {
		return nil, false, fmt.Errorf("search: %w", err)
	}
	return ns, false, nil
}

// expression is q for the full-text index; some is false where nothing can
// match.
func (x *Index) expression(ctx context.Context, q *Query) (e string, some bool, err error) {
	terms, err := parseWords(q.Words)
	if err != nil {
		return "", false, err
	}
	var all []string
	oneOf := func(tokens []string) {
		for i, t := range tokens {
			tokens[i] = `facets : "` + t + `"`
		}
		all = append(all, "("+strings.Join(tokens, " OR ")+")")
	}
	with, without := matchWords(terms)
	if with != "" {
		all = append(all, with)
	}
	if q.Key != "" || q.Person != "" {
		people, err := x.whoIs(ctx, q)
		if err != nil || len(people) == 0 {
			return "", false, err
		}
		oneOf(people)
	}
	if len(q.Outlets) > 0 {
		outlets, err := x.outletsNamed(ctx, q.Outlets)
		if err != nil || len(outlets) == 0 {
			return "", false, err
		}
		oneOf(outlets)
	}
	for _, c := range choices {
		if values := *c.of(q); len(values) > 0 {
			tokens := make([]string, len(values))
			for i, v := range values {
				tokens[i] = c.Facet + tokenOf(v)
			}
			oneOf(tokens)
		}
	}
	if !q.Since.IsZero() || !q.Until.IsZero() {
		days, err := x.days(ctx, q)
		if err != nil || len(days) == 0 {
			return "", false, err
		}
		oneOf(days)
	}
	if q.MinConfidence > 0 || q.BelowConfidence > 0 {
		steps := stepsFrom(facetConfidence, q.MinConfidence, q.BelowConfidence)
		if len(steps) == 0 {
			return "", false, nil
		}
		oneOf(steps)
	}
	if q.MinSure > 0 {
		oneOf(stepsFrom(facetSure, q.MinSure, 0))
	}
	if len(all) == 0 { // only words that must not be there
		oneOf([]string{facetType + "direct", facetType + "indirect", facetType + "mixed"})
	}
	e = strings.Join(all, " AND ")
	if without != "" {
		e = "(" + e + ") NOT (" + without + ")"
	}
	return e, true, nil
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
