package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/output"
)

// PersonAbout is what link knows of a person beyond counts.
type PersonAbout struct {
	Aliases     []string          `json:"aliases"`
	Titles      []output.TitleRow `json:"titles"`
	Gender      string            `json:"gender"`
	GenderBasis string            `json:"gender_basis"`
	WikidataID  string            `json:"wikidata_id"`
	Confidence  float32           `json:"confidence"`
}

// load brings the people of link and who of each article they are.
func (p *people) load(ctx context.Context, tx *sql.Tx, t *tables) error {
	if _, err := tx.ExecContext(ctx, `CREATE TEMP TABLE links (entity INTEGER PRIMARY KEY, person INTEGER NOT NULL)`); err != nil {
		return err
	}
	add, err := tx.PrepareContext(ctx, `INSERT OR IGNORE INTO people VALUES (?, ?, ?, ?, 0, 0, '', 0, 0, 0, 0, NULL, NULL, ?)`)
	if err != nil {
		return err
	}
	for _, file := range t.across["people"] {
		for row, err := range rowsOf[output.PersonRow](file) {
			if err != nil {
				return err
			}
			if row.NQuotes == 0 {
				continue
			}
			about, err := json.Marshal(PersonAbout{row.Aliases, row.Titles, row.Gender, row.GenderBasis, row.WikidataID, row.Confidence})
			if err != nil {
				return err
			}
			if _, err := add.Exec(p.next, row.PersonID, row.Name, row.Kind, string(about)); err != nil {
				return err
			}
			p.next++
		}
	}
	link, err := tx.PrepareContext(ctx, `INSERT OR IGNORE INTO links SELECT ?, n FROM people WHERE key = ?`)
	if err != nil {
		return err
	}
	for _, file := range t.across["person_links"] {
		for row, err := range rowsOf[output.PersonLinkRow](file) {
			if err != nil {
				return err
			}
			if _, err := link.Exec(id64(row.EntityID), row.PersonID); err != nil {
				return err
			}
		}
	}
	return nil
}

// id64 is an id of 16 hex digits as the number it is; of any other text, a hash.
func id64(id string) int64 {
	if n, err := strconv.ParseUint(id, 16, 64); err == nil && len(id) == 16 {
		return int64(n)
	}
	return int64(xxhash.Sum64String(id))
}

// members gathers the statements that are one quotation.
type members struct {
	linked       bool
	find, insert *sql.Stmt
}

func newMembers(ctx context.Context, tx *sql.Tx, t *tables, p *people) (*members, error) {
	m := &members{linked: len(t.across["quotations"]) > 0 && len(t.across["quotation_links"]) > 0}
	if !m.linked {
		return m, nil
	}
	if err := m.load(ctx, tx, t); err != nil {
		return nil, err
	}
	var err error
	if m.find, err = tx.PrepareContext(ctx, `SELECT quotation, relation, similarity FROM quote_links WHERE quote = ?`); err != nil {
		return nil, err
	}
	m.insert, err = tx.PrepareContext(ctx, `INSERT OR IGNORE INTO quotation_members VALUES (?, ?, ?, ?)`)
	return m, err
}

func (m *members) load(ctx context.Context, tx *sql.Tx, t *tables) error {
	if _, err := tx.ExecContext(ctx, `CREATE TEMP TABLE quote_links (quote INTEGER PRIMARY KEY, quotation INTEGER NOT NULL, relation TEXT NOT NULL, similarity REAL NOT NULL)`); err != nil {
		return err
	}
	add, err := tx.PrepareContext(ctx, `INSERT OR IGNORE INTO quotations VALUES (?, ?, ?, ?, coalesce((SELECT n FROM people WHERE key = ?), 0), ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	n := 0
	for _, file := range t.across["quotations"] {
		for row, err := range rowsOf[output.QuotationRow](file) {
			if err != nil {
				return err
			}
			n++
			if _, err := add.Exec(n, row.QuotationID, row.Text, row.Type, row.PersonID, row.NQuotes, row.NArticles, row.NOutlets, micros(row.FirstSeen), micros(row.LastSeen)); err != nil {
				return err
			}
		}
	}
	link, err := tx.PrepareContext(ctx, `INSERT OR IGNORE INTO quote_links SELECT ?, n, ?, ? FROM quotations WHERE quotation_id = ?`)
	if err != nil {
		return err
	}
	for _, file := range t.across["quotation_links"] {
		for row, err := range rowsOf[output.QuotationLinkRow](file) {
			if err != nil {
				return err
			}
			if _, err := link.Exec(id64(row.QuoteID), row.Relation, float64(row.Similarity), row.QuotationID); err != nil {
				return err
			}
		}
	}
	return nil
}

// add notes that statement n is a quotation's, where it is.
func (m *members) add(quoteID string, n int64) error {
	if !m.linked {
		return nil
	}
	var quotation int64
	var relation string
	var similarity float64
	err := m.find.QueryRow(id64(quoteID)).Scan(&quotation, &relation, &similarity)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = m.insert.Exec(quotation, n, relation, similarity)
	return err
}

// finish brings the copies and drops what only a build needs.
func (m *members) finish(ctx context.Context, tx *sql.Tx, t *tables) error {
	add, err := tx.PrepareContext(ctx, `INSERT OR IGNORE INTO copies VALUES (?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for _, file := range t.across["copies"] {
		for row, err := range rowsOf[output.CopyRow](file) {
			if err != nil {
				return err
			}
			if _, err := add.Exec(row.ArticleID, row.CopyID, float64(row.Similarity), row.IsEarliest); err != nil {
				return err
			}
		}
	}
	return nil
}
