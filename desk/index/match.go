package index

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// group are tokens one of which a statement must have, or none of which.
type group struct {
	tokens []string
	not    bool
}

// plan is a query taken apart: groups whose sets say at once which statements
// have them, and what only the full-text index knows.
type plan struct {
	groups []group
	with   string // expression of the full-text index; "" for none
	not    string // what must not match, where there is no expression
}

// plan takes q apart; some is false where nothing can match.
func (x *Index) plan(ctx context.Context, q *Query) (p plan, some bool, err error) {
	terms, err := parseWords(q.Words)
	if err != nil {
		return p, false, err
	}
	x.planWords(&p, terms)
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
	return p, true, nil
}

// planWords takes terms apart. Common words have sets; a phrase has the words in
// it, which leaves less to be looked for.
func (x *Index) planWords(p *plan, terms []term) {
	var all, not [][]term // each: one of them
	for _, t := range terms {
		switch {
		case t.exclude:
			not = append(not, []term{t})
		case t.or && len(all) > 0:
			all[len(all)-1] = append(all[len(all)-1], t)
		default:
			all = append(all, []term{t})
		}
	}
	var with, without []string
	for _, alternatives := range all {
		if tokens, ok := x.commonTokens(alternatives); ok {
			p.groups = append(p.groups, group{tokens: tokens})
			continue
		}
		var parts []string
		for _, t := range alternatives {
			parts = append(parts, t.expression())
		}
		with = append(with, "("+strings.Join(parts, " OR ")+")")
		if len(alternatives) == 1 && !alternatives[0].prefix {
			for w := range strings.FieldsSeq(alternatives[0].text) {
				if tokens, ok := x.commonTokens([]term{{text: w}}); ok {
					p.groups = append(p.groups, group{tokens: tokens})
				}
			}
		}
	}
	for _, alternatives := range not {
		if tokens, ok := x.commonTokens(alternatives); ok {
			p.groups = append(p.groups, group{tokens: tokens, not: true})
			continue
		}
		without = append(without, alternatives[0].expression())
	}
	p.with, p.not = strings.Join(with, " AND "), strings.Join(without, " OR ")
	if p.with != "" && p.not != "" {
		p.with, p.not = "("+p.with+") NOT ("+p.not+")", ""
	}
}

// commonTokens are the tokens of terms that are all common words.
func (x *Index) commonTokens(terms []term) (tokens []string, ok bool) {
	for _, t := range terms {
		w := strings.ToLower(t.text)
		if t.prefix || !x.common[w] {
			return nil, false
		}
		tokens = append(tokens, wordToken+w)
	}
	return tokens, true
}

// matcher finds the statements of a plan, chunk by chunk.
type matcher struct {
	x       *Index
	p       plan
	sets    []*sql.Stmt // of each group
	stream  *sql.Stmt
	probe   *sql.Stmt
	closers []func() error
}

// newMatcher prepares a plan on a connection of its own.
func (x *Index) newMatcher(ctx context.Context, p plan) (m *matcher, err error) {
	m = &matcher{x: x, p: p}
	defer func() {
		if err != nil {
			err = errors.Join(err, m.close())
		}
	}()
	conn, err := x.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	m.closers = append(m.closers, conn.Close)
	prepare := func(query string) *sql.Stmt {
		if err != nil {
			return nil
		}
		var s *sql.Stmt
		if s, err = conn.PrepareContext(ctx, query); err == nil {
			m.closers = append(m.closers, s.Close)
		}
		return s
	}
	for _, g := range p.groups {
		m.sets = append(m.sets, prepare(`SELECT members FROM sets WHERE chunk = ? AND token IN (?`+strings.Repeat(", ?", len(g.tokens)-1)+`)`))
	}
	if p.with+p.not != "" {
		m.stream = prepare(`SELECT rowid FROM texts WHERE texts MATCH ? AND rowid BETWEEN ? AND ?`)
		m.probe = prepare(`SELECT rowid FROM texts WHERE texts MATCH ? AND rowid = ?`)
	}
	return m, err
}

func (m *matcher) close() (err error) {
	for i := len(m.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, m.closers[i]())
	}
	m.closers = nil
	return err
}

// in leaves in b the statements of a chunk that match.
func (m *matcher) in(ctx context.Context, chunk int64, b *bitset) error {
	for i, g := range m.p.groups {
		if *b == (bitset{}) {
			return nil
		}
		args := []any{chunk}
		for _, t := range g.tokens {
			args = append(args, t)
		}
		var some bitset
		var stored sql.RawBytes
		if err := visit(ctx, m.sets[i], func() error { return some.or(stored) }, &stored, args...); err != nil {
			return err
		}
		if g.not {
			b.without(&some)
		} else {
			b.and(&some)
		}
	}
	if m.stream == nil || *b == (bitset{}) {
		return nil
	}
	var matching bitset
	if err := m.search(ctx, chunk, b, &matching); err != nil {
		return err
	}
	if m.p.with != "" {
		b.and(&matching)
	} else {
		b.without(&matching)
	}
	return nil
}

// probed is the most statements of a chunk that are asked after one by one.
const probed = 32

// search puts into matching what the full-text index has of the statements in b,
// and maybe others.
func (m *matcher) search(ctx context.Context, chunk int64, b, matching *bitset) error {
	expression := m.p.with + m.p.not
	base := chunk << chunkBits
	var n int64
	add := func() error {
		matching.add(n - base)
		return nil
	}
	if b.count() > probed {
		first, last := b.bounds()
		return visit(ctx, m.stream, add, &n, expression, base+first, base+last)
	}
	for i := range b.all {
		if err := visit(ctx, m.probe, add, &n, expression, base+i); err != nil {
			return err
		}
	}
	return nil
}

// visit calls f for every row, once its value is in to.
func visit(ctx context.Context, s *sql.Stmt, f func() error, to any, args ...any) error {
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err = rows.Scan(to); err == nil {
			err = f()
		}
		if err != nil {
			break
		}
	}
	return errors.Join(err, rows.Err(), rows.Close())
}
