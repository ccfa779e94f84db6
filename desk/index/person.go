package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/whosaid/whosaid/output"
)

// Person is somebody who speaks.
type Person struct {
	N                                        int64
	Key, Name, Kind                          string
	Gender, GenderBasis                      string
	Articles, Outlets, Statements, WordCount int64
	First, Last                              *output.Timestamp
	About                                    PersonAbout // where link was run
}

// PersonPage is a person with what is known over the whole corpus.
type PersonPage struct {
	Person
	ByOutlet   []Count
	ByMonth    []Count
	Titles     []TitleCount
	CoQuoted   []PersonCount
	Quotations []Quotation
}

// Count is a number with its name.
type Count struct {
	Name string
	Sub  string
	N    int64
}

// TitleCount is a title, how often it is given, and when.
type TitleCount struct {
	Title       string
	N           int64
	First, Last *output.Timestamp
}

// PersonCount is a person and in how many articles.
type PersonCount struct {
	Person
	N int64
}

const personColumns = `SELECT n, key, name, kind, female, male, basis, articles, outlets, statements, n_words, first, last, about`

func scanPerson(scan func(...any) error, p *Person, more ...any) error {
	var female, male int64
	var first, last sql.NullInt64
	var about string
	err := scan(append([]any{&p.N, &p.Key, &p.Name, &p.Kind, &female, &male, &p.GenderBasis, &p.Articles, &p.Outlets, &p.Statements, &p.WordCount, &first, &last, &about}, more...)...)
	if err != nil {
		return err
	}
	p.First, p.Last = timestamp(first), timestamp(last)
	switch {
	case female > 0 && female >= 9*male:
		p.Gender = "female"
	case male > 0 && male >= 9*female:
		p.Gender = "male"
	default:
		p.GenderBasis = ""
	}
	if about != "" {
		if err := json.Unmarshal([]byte(about), &p.About); err != nil {
			return fmt.Errorf("read person %q: %w", p.Key, err)
		}
		p.Gender, p.GenderBasis = p.About.Gender, p.About.GenderBasis
	}
	return nil
}

// whoIs are the facets of the people that q asks for.
func (x *Index) whoIs(ctx context.Context, q *Query) (tokens []string, err error) {
	visit := func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		tokens = append(tokens, facetPerson+strconv.FormatInt(n, 10))
		return err
	}
	if q.Key != "" {
		return tokens, x.each(ctx, visit, `SELECT n FROM people WHERE key = ?`, q.Key)
	}
	if err := x.each(ctx, visit, `SELECT n FROM people WHERE name = ? COLLATE NOCASE ORDER BY statements DESC LIMIT 100`, q.Person); err != nil || len(tokens) > 0 {
		return tokens, err
	}
	match, ok := nameWords(q.Person)
	if !ok {
		return nil, nil
	}
	return tokens, x.each(ctx, visit, `SELECT rowid FROM names WHERE names MATCH ? LIMIT 100`, match)
}

// nameWords is the expression for names that hold all words of s, the last of
// which may have only begun.
func nameWords(s string) (string, bool) {
	terms, err := parseWords(s)
	if err != nil || len(terms) == 0 {
		return "", false
	}
	e := ""
	for _, t := range terms {
		e += ` AND "` + escapeQuotes(t.text) + `"`
	}
	return e[len(" AND "):] + " *", true
}

// People lists people of a kind, or whose names hold words, by how much they
// speak; at most limit, behind the first `skip`.
func (x *Index) People(ctx context.Context, kind, words string, skip, limit int) (out []Person, err error) {
	visit := func(rows *sql.Rows) error {
		var p Person
		err := scanPerson(rows.Scan, &p)
		out = append(out, p)
		return err
	}
	if words == "" {
		err = x.each(ctx, visit, personColumns+` FROM people WHERE kind = ? AND statements > 0 ORDER BY statements DESC, n LIMIT ? OFFSET ?`, kind, limit, skip)
	} else if match, ok := nameWords(words); ok {
		err = x.each(ctx, visit, personColumns+` FROM people WHERE kind = ? AND statements > 0 AND n IN (SELECT rowid FROM names WHERE names MATCH ? LIMIT 5000) ORDER BY statements DESC, n LIMIT ? OFFSET ?`, kind, match, limit, skip)
	}
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return out, nil
}

// PersonByN gives a person by its number.
func (x *Index) PersonByN(ctx context.Context, n int64) (p Person, err error) {
	err = scanPerson(x.db.QueryRowContext(ctx, personColumns+` FROM people WHERE n = ?`, n).Scan, &p)
	return p, err
}

// Person gives what is known of a person by its key.
func (x *Index) Person(ctx context.Context, key string) (*PersonPage, error) {
	p := &PersonPage{}
	err := scanPerson(x.db.QueryRowContext(ctx, personColumns+` FROM people WHERE key = ?`, key).Scan, &p.Person)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("person %q: %w", key, ErrNotFound)
	}
	if err == nil {
		err = x.personCounts(ctx, p)
	}
	if err == nil {
		err = x.coQuoted(ctx, p)
	}
	if err == nil {
		p.Quotations, err = x.quotations(ctx, `WHERE q.person = ? AND q.articles > 1 ORDER BY q.articles DESC, q.n LIMIT 20`, p.N)
	}
	if err != nil {
		return nil, fmt.Errorf("read person %q: %w", key, err)
	}
	return p, nil
}

func (x *Index) personCounts(ctx context.Context, p *PersonPage) error {
	counted := func(to *[]Count) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var c Count
			err := rows.Scan(&c.Name, &c.N)
			*to = append(*to, c)
			return err
		}
	}
	if err := x.each(ctx, counted(&p.ByOutlet), `SELECT u.name, o.count FROM person_outlets o JOIN outlets u ON u.n = o.outlet WHERE o.person = ? ORDER BY o.count DESC, u.name LIMIT 30`, p.N); err != nil {
		return err
	}
	if err := x.each(ctx, counted(&p.ByMonth), `SELECT month, count FROM person_months WHERE person = ? ORDER BY month`, p.N); err != nil {
		return err
	}
	return x.each(ctx, func(rows *sql.Rows) error {
		var t TitleCount
		var first, last sql.NullInt64
		err := rows.Scan(&t.Title, &t.N, &first, &last)
		t.First, t.Last = timestamp(first), timestamp(last)
		p.Titles = append(p.Titles, t)
		return err
	}, `SELECT title, count, first, last FROM person_titles WHERE person = ? ORDER BY first, count DESC, title LIMIT 50`, p.N)
}

// coQuotedOf is how many of a person's statements coQuoted looks at.
const coQuotedOf = 2000

// coQuoted finds who speaks in the same articles as the person's first statements.
func (x *Index) coQuoted(ctx context.Context, p *PersonPage) error {
	var mine []int64
	_, err := x.match(ctx, Query{Key: p.Key}, 0, func(first int64, b *bitset) bool {
		for i := range b.all {
			mine = append(mine, first+i)
		}
		return len(mine) < coQuotedOf
	}, func() bool { return true })
	if err != nil {
		return err
	}
	list, err := json.Marshal(mine[:min(len(mine), coQuotedOf)])
	if err != nil {
		return err
	}
	return x.each(ctx, func(rows *sql.Rows) error {
		var c PersonCount
		err := scanPerson(rows.Scan, &c.Person, &c.N)
		p.CoQuoted = append(p.CoQuoted, c)
		return err
	}, `WITH a AS MATERIALIZED (SELECT DISTINCT s.article FROM json_each(?) mine JOIN statements s ON s.n = mine.value),
		with_me AS MATERIALIZED (SELECT s.person AS other, count(DISTINCT s.article) AS together
			FROM a JOIN articles r ON r.n = a.article JOIN statements s ON s.n BETWEEN r.first AND r.first + r.count - 1
			WHERE s.person NOT IN (0, ?) GROUP BY s.person ORDER BY together DESC, other LIMIT 12)
		`+personColumns+`, together FROM with_me JOIN people ON people.n = other ORDER BY together DESC, n`, string(list), p.N)
}

// outletsNamed are the facets of outlets.
func (x *Index) outletsNamed(ctx context.Context, names []string) (tokens []string, err error) {
	for _, name := range names {
		err := x.each(ctx, func(rows *sql.Rows) error {
			var n int64
			err := rows.Scan(&n)
			tokens = append(tokens, facetOutlet+strconv.FormatInt(n, 10))
			return err
		}, `SELECT n FROM outlets WHERE name = ? AND n > 0`, name)
		if err != nil {
			return nil, err
		}
	}
	return tokens, nil
}
