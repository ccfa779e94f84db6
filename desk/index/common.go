package index

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Words that stand in one statement of commonShare or more are common: they
// have sets as the facets do, since lists of rows that long take too much time
// to walk. Which they are is told from a sample, for nothing but time hangs on it.
const (
	commonShare = 64
	maxCommon   = 1000
	leastCommon = 16 // statements of the sample
	// The first statements are all in the sample, then every sampleStep-th, until
	// there are enough.
	sampleWhole = 4096
	sampleStep  = 64
	sampleMost  = 200_000
)

// wordSample counts in how many statements of a sample words stand.
type wordSample struct {
	seen, sampled int
	statements    map[string]int
}

func (s *wordSample) add(text string) {
	s.seen++
	if s.seen > sampleWhole && s.seen%sampleStep != 0 || s.sampled == sampleMost {
		return
	}
	s.sampled++
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isWordRune(r) }) {
		if isPlain(w) {
			words[w] = true
		}
	}
	for w := range words {
		s.statements[w]++
	}
}

// isPlain reports whether every tokenizer makes one token of a word: small
// letters of ASCII and digits.
func isPlain(w string) bool {
	for i := range len(w) {
		if c := w[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return w != ""
}

// common are the common words, the commonest first.
func (s *wordSample) common() (words []string) {
	least := max(s.sampled/commonShare, leastCommon)
	for w, n := range s.statements {
		if n >= least {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		if d := s.statements[b] - s.statements[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return words[:min(len(words), maxCommon)]
}

// addCommon makes the sets of common words, from the full-text index itself.
func addCommon(ctx context.Context, db *sql.DB, words []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	find, err := tx.PrepareContext(ctx, `SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid`)
	if err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, insertSet)
	if err != nil {
		return err
	}
	for _, word := range words {
		sets, err := setsOf(ctx, find, word)
		if err != nil {
			return fmt.Errorf("find %q: %w", word, err)
		}
		for chunk, stored := range sets {
			if _, err := insert.Exec(chunk, wordToken+word, stored); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`INSERT INTO common VALUES (?)`, word); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// setsOf are the statements that have a word, by chunk.
func setsOf(ctx context.Context, find *sql.Stmt, word string) (map[int64][]byte, error) {
	rows, err := find.QueryContext(ctx, `"`+word+`"`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sets := map[int64][]byte{}
	var members []uint16
	at := int64(0)
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		if c := chunkOf(n); c != at {
			if len(members) > 0 {
				sets[at] = packSet(members)
			}
			at, members = c, members[:0]
		}
		members = append(members, uint16(n&(1<<chunkBits-1)))
	}
	if len(members) > 0 {
		sets[at] = packSet(members)
	}
	return sets, rows.Err()
}
