package index

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Overview is the corpus in numbers.
type Overview struct {
	About   About
	Counts  map[string][]Count // by what is counted, in the order of the table
	People  []Person           // who speaks most
	Bodies  []Person           // organizations
	Outlets []Outlet
	Many    int64 // outlets in all
	// Travelled are the quotations that went furthest.
	Travelled []Quotation
}

// Outlet is an outlet with its counts; the name is empty for articles without.
type Outlet struct {
	Name                        string
	Articles, Statements, Named int64
}

// Overview gives the numbers, all of which were made with the index.
func (x *Index) Overview(ctx context.Context) (*Overview, error) {
	o := &Overview{About: x.About, Counts: map[string][]Count{}}
	err := x.each(ctx, func(rows *sql.Rows) error {
		var what string
		var c Count
		err := rows.Scan(&what, &c.Name, &c.Sub, &c.N)
		o.Counts[what] = append(o.Counts[what], c)
		return err
	}, `SELECT what, key, sub, count FROM counts ORDER BY what, key, sub`)
	if err == nil {
		o.Outlets, err = x.Outlets(ctx, 20)
	}
	if err == nil {
		err = x.db.QueryRowContext(ctx, `SELECT count(*) FROM outlets WHERE n > 0`).Scan(&o.Many)
	}
	if err == nil {
		o.People, err = x.People(ctx, "person", "", 0, 15)
	}
	if err == nil {
		o.Bodies, err = x.People(ctx, "organization", "", 0, 15)
	}
	if err == nil {
		o.Travelled, err = x.Travelled(ctx, 0, 10)
	}
	if err != nil {
		return nil, fmt.Errorf("read overview: %w", err)
	}
	return o, nil
}

// Outlets lists the outlets with most statements.
func (x *Index) Outlets(ctx context.Context, limit int) (out []Outlet, err error) {
	err = x.each(ctx, func(rows *sql.Rows) error {
		var o Outlet
		err := rows.Scan(&o.Name, &o.Articles, &o.Statements, &o.Named)
		out = append(out, o)
		return err
	}, `SELECT name, articles, statements, named FROM outlets ORDER BY statements DESC, name LIMIT ?`, limit)
	return out, err
}

func escapeQuotes(s string) string { return strings.ReplaceAll(s, `"`, `""`) }
