package index

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// group is what a statement must have, or must not: one of some tokens, whose
// sets say at once which statements have them, or what an expression of the
// full-text index finds.
type group struct {
	tokens     []string
	expression string
	not        bool
}

// plan is a query taken apart: a statement matches that has of every group one.
type plan struct{ groups []group }

// plan takes q apart; some is false where nothing can match.
func (x *Index) plan(ctx context.Context, q *Query) (p plan, some bool, err error) {
	terms, err := parseWords(q.Words)
	if err != nil {
		return p, false, err
	}
	if err := x.planWords(ctx, &p, terms); err != nil {
		return p, false, err
	}
	oneOf := func(tokens []string, err error) bool {
		p.groups = append(p.groups, group{tokens: tokens})
		return err == nil && len(tokens) > 0
	}
	if q.Key != "" || q.Person != "" {
		people, err := x.whoIs(ctx, q)
		if !oneOf(people, err) {
			return p, false, err
		}
	}
	if len(q.Outlets) > 0 {
		outlets, err := x.outletsNamed(ctx, q.Outlets)
		if !oneOf(outlets, err) {
			return p, false, err
		}
	}
	for _, c := range choices {
		if values := *c.of(q); len(values) > 0 {
			tokens := make([]string, len(values))
			for i, v := range values {
				tokens[i] = c.Facet + v
			}
			oneOf(tokens, nil)
		}
	}
	if !q.Since.IsZero() || !q.Until.IsZero() {
		days, err := x.days(ctx, q)
		if !oneOf(days, err) {
			return p, false, err
		}
	}
	if q.MinConfidence > 0 || q.BelowConfidence > 0 {
		if !oneOf(stepsFrom(facetConfidence, q.MinConfidence, q.BelowConfidence), nil) {
			return p, false, nil
		}
	}
	if q.MinSure > 0 {
		oneOf(stepsFrom(facetSure, q.MinSure, 0), nil)
	}
	// What only the full-text index knows comes last, for what is left.
	slices.SortStableFunc(p.groups, func(a, b group) int {
		return cmp.Compare(min(len(a.expression), 1), min(len(b.expression), 1))
	})
	return p, true, nil
}

// planWords takes terms apart. Those that the full-text index alone knows are
// looked up together.
func (x *Index) planWords(ctx context.Context, p *plan, terms []term) error {
	var all []group
	var phrases [][]string // of each group, words that it must have besides
	for _, t := range terms {
		tokens, expression, err := x.lookUp(ctx, t)
		if err != nil {
			return err
		}
		if n := len(all); t.or && n > 0 && !all[n-1].not {
			all[n-1].tokens = append(all[n-1].tokens, tokens...)
			all[n-1].expression = joined(all[n-1].expression, " OR ", expression)
			phrases[n-1] = nil
			continue
		}
		all = append(all, group{tokens, expression, t.exclude})
		phrases = append(phrases, nil)
		if !t.exclude && !t.prefix && len(tokens) == 0 {
			phrases[len(all)-1] = strings.Fields(strings.ToLower(t.text))
		}
	}
	var with, without string
	for i, g := range all {
		switch {
		case len(g.tokens) > 0:
			p.groups = append(p.groups, g)
		case g.not:
			without = joined(without, " OR ", g.expression)
		default:
			with = joined(with, " AND ", "("+g.expression+")")
		}
		for _, w := range phrases[i] {
			if x.common[w] {
				p.groups = append(p.groups, group{tokens: []string{wordToken + w}})
			}
		}
	}
	if with != "" {
		p.groups = append(p.groups, group{expression: with})
	}
	if without != "" {
		p.groups = append(p.groups, group{expression: without, not: true})
	}
	return nil
}

func joined(a, between, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + between + b
}

// maxBegun is the most rare words that are looked up for one beginning, and
// largeCorpus the statements from which more are refused: the full-text index
// would be busy for seconds.
const (
	maxBegun    = 1000
	largeCorpus = 1_000_000
)

// lookUp gives the sets and the expression of a term: that of a common word has
// no expression, that of a rare one no set, and that of a beginning may have both.
func (x *Index) lookUp(ctx context.Context, t term) (tokens []string, expression string, err error) {
	w := strings.ToLower(t.text)
	if !t.prefix && x.common[w] {
		return []string{wordToken + w}, "", nil
	}
	if !t.prefix || !isPlain(w) {
		return nil, t.expression(), nil
	}
	rare := 0
	err = x.each(ctx, func(rows *sql.Rows) error {
		var word string
		err := rows.Scan(&word)
		if x.common[word] {
			tokens = append(tokens, wordToken+word)
		} else {
			expression = joined(expression, " OR ", term{text: word}.expression())
			rare++
		}
		return err
	}, `SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?`, w, w+"\U0010FFFF", maxBegun+maxCommon)
	switch {
	case err != nil || rare <= maxBegun && len(tokens)+rare > 0:
		return tokens, expression, err
	case rare > 0 && x.About.Statements > largeCorpus:
		return nil, "", fmt.Errorf("%w: more than %d words begin with %q; more letters before * make them fewer", ErrQuery, maxBegun, t.text)
	}
	return nil, t.expression(), nil
}

// matcher finds the statements of a plan, chunk by chunk and in order.
type matcher struct {
	groups  []group
	tokens  []string  // of each group, as JSON; "" where it has none
	sets    *sql.Stmt // members of the sets of tokens in a chunk
	walks   []*walk   // of each group; nil where it has no expression
	closers []func() error
}

// walk goes through what an expression finds.
type walk struct {
	conn       *sql.Conn
	expression string
	rows       *sql.Rows
	next       int64 // the statement that was read and is not yet passed; 0 for none
	end        bool
}

// newMatcher prepares a plan on a connection of its own.
func (x *Index) newMatcher(ctx context.Context, p plan) (m *matcher, err error) {
	m = &matcher{groups: p.groups, tokens: make([]string, len(p.groups)), walks: make([]*walk, len(p.groups))}
	defer func() {
		if err != nil {
			err = errors.Join(err, m.close())
		}
	}()
	conn, err := x.db.Conn(ctx)
	if err != nil {
		return m, err
	}
	m.closers = append(m.closers, conn.Close)
	if m.sets, err = conn.PrepareContext(ctx, `SELECT members FROM sets WHERE chunk = ? AND token IN (SELECT value FROM json_each(?))`); err != nil {
		return m, err
	}
	m.closers = append(m.closers, m.sets.Close)
	for i, g := range p.groups {
		if len(g.tokens) > 0 {
			list, err := json.Marshal(g.tokens)
			if err != nil {
				return m, err
			}
			m.tokens[i] = string(list)
		}
		if g.expression != "" {
			m.walks[i] = &walk{conn: conn, expression: g.expression}
			m.closers = append(m.closers, m.walks[i].close)
		}
	}
	return m, nil
}

// close lets go of everything, the last first.
func (m *matcher) close() (err error) {
	for i := len(m.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, m.closers[i]())
	}
	m.closers = nil
	return err
}

// in leaves in b the statements of a chunk that match.
func (m *matcher) in(ctx context.Context, chunk int64, b *bitset) error {
	for i, g := range m.groups {
		if *b == (bitset{}) {
			return nil
		}
		var some bitset
		if m.tokens[i] != "" {
			if err := m.readSets(ctx, chunk, m.tokens[i], &some); err != nil {
				return err
			}
		}
		if m.walks[i] != nil {
			first, last := b.bounds()
			if err := m.walks[i].over(ctx, chunk<<chunkBits, first, last, &some); err != nil {
				return err
			}
		}
		if g.not {
			b.without(&some)
		} else {
			b.and(&some)
		}
	}
	return nil
}

// readSets puts the sets of tokens into some.
func (m *matcher) readSets(ctx context.Context, chunk int64, tokens string, some *bitset) error {
	rows, err := m.sets.QueryContext(ctx, chunk, tokens)
	if err != nil {
		return err
	}
	var stored sql.RawBytes
	for err == nil && rows.Next() {
		if err = rows.Scan(&stored); err == nil {
			err = some.or(stored)
		}
	}
	return errors.Join(err, rows.Err(), rows.Close())
}

// over puts into some what is found of a chunk, from its first to its last place
// that is asked for. Chunks come in order.
func (w *walk) over(ctx context.Context, base, first, last int64, some *bitset) (err error) {
	if w.rows == nil {
		w.rows, err = w.conn.QueryContext(ctx, `SELECT rowid FROM texts WHERE texts MATCH ? AND rowid >= ?`, w.expression, base+first)
		if err != nil {
			return err
		}
	}
	for !w.end && w.next <= base+last {
		if w.next >= base {
			some.add(w.next - base)
		}
		if w.end = !w.rows.Next(); !w.end {
			err = w.rows.Scan(&w.next)
		}
		if err = errors.Join(err, w.rows.Err()); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) close() error {
	if w.rows == nil {
		return nil
	}
	return w.rows.Close()
}
