package index

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/whosaid/whosaid/output"
)

// Quotation is one utterance, as several articles may have it.
type Quotation struct {
	N                             int64
	ID, Text, Type                string
	Person                        int64
	Speaker, SpeakerKey           string
	Statements, Articles, Outlets int64
	First, Last                   *output.Timestamp
}

// Variant is the quotation as one article has it.
type Variant struct {
	Hit
	Relation   string
	Similarity float64
}

// maxVariants bounds a quotation's page.
const maxVariants = 200

// quotations reads quotations, chosen by a clause.
func (x *Index) quotations(ctx context.Context, clause string, args ...any) (out []Quotation, err error) {
	err = x.each(ctx, func(rows *sql.Rows) error {
		var q Quotation
		var first, last sql.NullInt64
		err := rows.Scan(&q.N, &q.ID, &q.Text, &q.Type, &q.Person, &q.Speaker, &q.SpeakerKey, &q.Statements, &q.Articles, &q.Outlets, &first, &last)
		q.First, q.Last = timestamp(first), timestamp(last)
		out = append(out, q)
		return err
	}, `SELECT q.n, q.quotation_id, q.text, q.type, q.person, coalesce(p.name, ''), coalesce(p.key, ''), q.statements, q.articles, q.outlets, q.first, q.last
		FROM quotations q LEFT JOIN people p ON p.n = q.person `+clause, args...)
	return out, err
}

// Quotation gives a quotation by its id, or by its number where that is not 0,
// with the statements that are it.
func (x *Index) Quotation(ctx context.Context, id string, n int64) (*Quotation, []Variant, error) {
	found, err := x.quotations(ctx, `WHERE q.quotation_id = ? OR q.n = ? LIMIT 1`, id, n)
	if err != nil {
		return nil, nil, fmt.Errorf("read quotation %q: %w", id, err)
	}
	if len(found) == 0 {
		return nil, nil, fmt.Errorf("quotation %q: %w", id, ErrNotFound)
	}
	q := &found[0]
	var ns []int64
	var variants []Variant
	err = x.each(ctx, func(rows *sql.Rows) error {
		var at int64
		var v Variant
		err := rows.Scan(&at, &v.Relation, &v.Similarity)
		ns, variants = append(ns, at), append(variants, v)
		return err
	}, `SELECT statement, relation, similarity FROM quotation_members WHERE quotation = ? ORDER BY statement LIMIT ?`, q.N, maxVariants)
	if err != nil {
		return nil, nil, fmt.Errorf("read quotation %q: %w", id, err)
	}
	i := 0
	for h, err := range x.hits(ctx, ns) {
		if err != nil {
			return nil, nil, err
		}
		variants[i].Hit = *h
		i++
	}
	return q, variants, nil
}

// Travelled lists the quotations that went furthest, by outlets and articles.
func (x *Index) Travelled(ctx context.Context, skip, limit int) ([]Quotation, error) {
	out, err := x.quotations(ctx, `WHERE q.articles > 1 ORDER BY q.outlets DESC, q.articles DESC, q.n LIMIT ? OFFSET ?`, limit, skip)
	if err != nil {
		return nil, fmt.Errorf("list quotations: %w", err)
	}
	return out, nil
}
