package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/whosaid/whosaid/output"
)

// ErrNotFound says that there is no such article, person or quotation.
var ErrNotFound = errors.New("not found")

// ArticleHead is what is shown of an article beside a statement.
type ArticleHead struct {
	N         int64
	ID        string
	Title     string
	Outlet    string
	Published *output.Timestamp
}

// Article is an article with its rows and who of the people table speaks them.
type Article struct {
	Doc
	Head    ArticleHead
	First   int64   // number of its first statement
	Persons []int64 // of each statement; 0 for none
	// Copies are other articles with nearly the same text, where copies were
	// looked for.
	Copies []ArticleHead
	// Quotations of each statement that is one of several; 0 for none.
	Quotations []int64
}

func (d *Doc) head(n int64) ArticleHead {
	a := &d.Article
	return ArticleHead{n, a.ArticleID, a.Title, a.Outlet, a.Published}
}

// doc reads the rows of an article by its number.
func (x *Index) doc(ctx context.Context, n int64) (*Doc, error) {
	var rows []byte
	if err := x.db.QueryRowContext(ctx, `SELECT rows FROM docs WHERE n = ?`, n).Scan(&rows); err != nil {
		return nil, err
	}
	return unpack(rows)
}

// Article gives an article by its id; of several with one id the first, or
// the one that has the number n.
func (x *Index) Article(ctx context.Context, id string, n int64) (*Article, error) {
	query, args := `SELECT n, first, count FROM articles WHERE article_id = ? ORDER BY n LIMIT 1`, []any{id}
	if n > 0 {
		query, args = `SELECT n, first, count FROM articles WHERE article_id = ? AND n = ?`, []any{id, n}
	}
	a := &Article{}
	var count int64
	err := x.db.QueryRowContext(ctx, query, args...).Scan(&n, &a.First, &count)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("article %q: %w", id, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("read article %q: %w", id, err)
	}
	d, err := x.doc(ctx, n)
	if err != nil {
		return nil, fmt.Errorf("read article %q: %w", id, err)
	}
	a.Doc, a.Head = *d, d.head(n)
	a.Persons, a.Quotations = make([]int64, len(d.Quotes)), make([]int64, len(d.Quotes))
	err = x.each(ctx, func(rows *sql.Rows) error {
		var at, person, quotation int64
		if err := rows.Scan(&at, &person, &quotation); err != nil {
			return err
		}
		if i := at - a.First; i >= 0 && i < int64(len(a.Persons)) {
			a.Persons[i], a.Quotations[i] = person, quotation
		}
		return nil
	}, `SELECT s.n, s.person, coalesce((SELECT m.quotation FROM quotation_members m JOIN quotations q ON q.n = m.quotation WHERE m.statement = s.n AND q.statements > 1), 0)
		FROM statements s WHERE s.n BETWEEN ? AND ?`, a.First, a.First+count-1)
	if err == nil {
		err = x.each(ctx, func(rows *sql.Rows) error {
			var h ArticleHead
			err := scanHead(rows, &h)
			a.Copies = append(a.Copies, h)
			return err
		}, headColumns+` FROM copies c JOIN copies o ON o.copy_id = c.copy_id AND o.article_id <> c.article_id
			JOIN articles a ON a.article_id = o.article_id LEFT JOIN outlets u ON u.n = a.outlet AND u.n > 0 WHERE c.article_id = ? ORDER BY o.earliest DESC, a.n LIMIT 20`, id)
	}
	if err != nil {
		return nil, fmt.Errorf("read article %q: %w", id, err)
	}
	return a, nil
}

// headColumns are what scanHead reads, of articles a and outlets u.
const headColumns = `SELECT a.n, a.article_id, a.title, coalesce(u.name, ''), a.published`

func scanHead(rows *sql.Rows, h *ArticleHead, more ...any) error {
	var published sql.NullInt64
	err := rows.Scan(append([]any{&h.N, &h.ID, &h.Title, &h.Outlet, &published}, more...)...)
	h.Published = timestamp(published)
	return err
}

func timestamp(n sql.NullInt64) *output.Timestamp {
	if !n.Valid {
		return nil
	}
	t := output.Timestamp(n.Int64)
	return &t
}

// dayOf is the day of a number of microseconds.
func dayOf(micros int64) time.Time {
	return output.Timestamp(micros).Time().Truncate(24 * time.Hour)
}

// each visits the rows of a query.
func (x *Index) each(ctx context.Context, visit func(*sql.Rows) error, query string, args ...any) error {
	rows, err := x.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
