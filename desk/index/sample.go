package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Place is where a statement stands, with what samples are stratified by.
type Place struct {
	N          int64
	Type       string
	Outlet     int64 // 0 for none
	Confidence float64
}

// Places visits every statement, in the tables' order.
func (x *Index) Places(ctx context.Context, visit func(Place)) error {
	err := x.each(ctx, func(rows *sql.Rows) error {
		var p Place
		err := rows.Scan(&p.N, &p.Type, &p.Outlet, &p.Confidence)
		visit(p)
		return err
	}, `SELECT n, type, outlet, confidence FROM statements ORDER BY n`)
	if err = errors.Join(err, ctx.Err()); err != nil {
		return fmt.Errorf("visit statements: %w", err)
	}
	return nil
}

// ArticlePlaces visits the number and id of every article that went through all
// stages.
func (x *Index) ArticlePlaces(ctx context.Context, visit func(n int64, id string)) error {
	err := x.each(ctx, func(rows *sql.Rows) error {
		var n int64
		var id string
		err := rows.Scan(&n, &id)
		visit(n, id)
		return err
	}, `SELECT n, article_id FROM articles WHERE status = 'ok' ORDER BY n`)
	if err = errors.Join(err, ctx.Err()); err != nil {
		return fmt.Errorf("visit articles: %w", err)
	}
	return nil
}

// OutletNumbers are the numbers of the outlets with most statements, with their
// names.
func (x *Index) OutletNumbers(ctx context.Context, limit int) (map[int64]string, error) {
	out := map[int64]string{}
	err := x.each(ctx, func(rows *sql.Rows) error {
		var n int64
		var name string
		err := rows.Scan(&n, &name)
		out[n] = name
		return err
	}, `SELECT n, name FROM outlets ORDER BY statements DESC, name LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("list outlets: %w", err)
	}
	return out, nil
}

// Hits reads statements by their numbers, in their order.
func (x *Index) Hits(ctx context.Context, ns []int64) (out []Hit, err error) {
	for h, err := range x.hits(ctx, ns) {
		if err != nil {
			return nil, err
		}
		out = append(out, *h)
	}
	return out, nil
}
