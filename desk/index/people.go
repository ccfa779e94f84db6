package index

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// people counts who speaks. Those being counted wait in memory, heldPeople at
// most, and go to the table together.
type people struct {
	linked bool // persons are those of link; else every name is one
	held   map[string]*person
	next   int64 // number of the next new person
	stmt   personStatements
}

// heldPeople bounds what waits in memory: some 40 MB.
const heldPeople = 50_000

type personStatements struct{ find, link, add, outlet, month, title *sql.Stmt }

// person is what was counted of somebody since the last flush.
type person struct {
	n                                        int64
	name, kind, basis                        string
	female, male, articles, statements, word int64
	first, last                              *output.Timestamp
	outlets                                  map[int64]int64
	months                                   map[string]int64
	titles                                   map[string]*title
}

// title is how often somebody has a title, and when.
type title struct {
	count       int64
	first, last *output.Timestamp
}

// speaker is what a statement needs to know of its speaker.
type speaker struct {
	person int64
	basis  string // of the gender
}

func newPeople(ctx context.Context, tx *sql.Tx, t *tables) (*people, error) {
	p := &people{held: map[string]*person{}, next: 1}
	if len(t.across["people"]) > 0 && len(t.across["person_links"]) > 0 {
		p.linked = true
		if err := p.load(ctx, tx, t); err != nil {
			return nil, err
		}
	}
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&p.stmt.find, `SELECT n FROM people WHERE key = ?`},
		{&p.stmt.add, `INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, '')
			ON CONFLICT (n) DO UPDATE SET female = female + excluded.female, male = male + excluded.male,
			basis = CASE basis WHEN '' THEN excluded.basis ELSE basis END,
			articles = articles + excluded.articles, statements = statements + excluded.statements, n_words = n_words + excluded.n_words,
			first = min(coalesce(first, excluded.first), coalesce(excluded.first, first)),
			last = max(coalesce(last, excluded.last), coalesce(excluded.last, last))`},
		{&p.stmt.outlet, `INSERT INTO person_outlets VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`},
		{&p.stmt.month, `INSERT INTO person_months VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`},
		{&p.stmt.title, `INSERT INTO person_titles VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count,
			first = min(coalesce(first, excluded.first), coalesce(excluded.first, first)),
			last = max(coalesce(last, excluded.last), coalesce(excluded.last, last))`},
	} {
		var err error
		if *s.to, err = tx.PrepareContext(ctx, s.sql); err != nil {
			return nil, err
		}
	}
	if p.linked {
		var err error
		if p.stmt.link, err = tx.PrepareContext(ctx, `SELECT p.n, p.key, p.name, p.kind FROM links l JOIN people p ON p.n = l.person WHERE l.entity = ?`); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// of counts the speakers of an article and gives them by the id of their
// entity; those that are nobody of the table have the number 0.
func (p *people) of(d *Doc, outlet int64) (map[string]speaker, error) {
	entities := make(map[string]*output.EntityRow, len(d.Entities))
	for i := range d.Entities {
		entities[d.Entities[i].EntityID] = &d.Entities[i]
	}
	out := map[string]speaker{}
	persons := map[string]*person{}
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if q.SpeakerID == "" {
			continue
		}
		who, met := persons[q.SpeakerID]
		if !met {
			var err error
			if who, err = p.find(q); err != nil {
				return nil, err
			}
			persons[q.SpeakerID] = who
			s := speaker{}
			if who != nil {
				s.person = who.n
				who.outlets[outlet]++
				who.articles++
			}
			if e := entities[q.SpeakerID]; e != nil {
				s.basis = e.GenderBasis
			}
			out[q.SpeakerID] = s
			who.note(q, s.basis)
		}
		who.speaks(q)
	}
	if len(p.held) >= heldPeople {
		return out, p.flush()
	}
	return out, nil
}

// find is the person that speaks q, nil for a speaker who is none.
func (p *people) find(q *output.QuoteRow) (*person, error) {
	var key, name, kind string
	var n int64
	if p.linked {
		err := p.stmt.link.QueryRow(id64(q.SpeakerID)).Scan(&n, &key, &name, &kind)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
	} else {
		if !isNamed(q.SpeakerKind) || q.Speaker == "" {
			return nil, nil
		}
		name, kind = q.Speaker, q.SpeakerKind
		key = kind + ":" + strings.ToLower(name)
	}
	if who := p.held[key]; who != nil {
		return who, nil
	}
	if n == 0 {
		err := p.stmt.find.QueryRow(key).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			n, err = p.next, nil
			p.next++
		}
		if err != nil {
			return nil, err
		}
	}
	who := &person{n: n, name: name, kind: kind, outlets: map[int64]int64{}, months: map[string]int64{}, titles: map[string]*title{}}
	p.held[key] = who
	return who, nil
}

// note takes in what an article says of somebody.
func (w *person) note(q *output.QuoteRow, basis string) {
	if w == nil {
		return
	}
	switch q.SpeakerGender {
	case "female":
		w.female++
	case "male":
		w.male++
	}
	if w.basis == "" {
		w.basis = basis
	}
	w.first, w.last = earlier(w.first, q.Published), later(w.last, q.Published)
}

// speaks counts a statement.
func (w *person) speaks(q *output.QuoteRow) {
	if w == nil {
		return
	}
	w.statements++
	w.word += int64(q.NWords)
	if m := monthOf(q.Published); m != "" {
		w.months[m]++
	}
	if q.SpeakerTitle != "" {
		t := w.titles[q.SpeakerTitle]
		if t == nil {
			t = new(title)
			w.titles[q.SpeakerTitle] = t
		}
		t.count++
		t.first, t.last = earlier(t.first, q.Published), later(t.last, q.Published)
	}
}

func earlier(a, b *output.Timestamp) *output.Timestamp {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

func later(a, b *output.Timestamp) *output.Timestamp {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

// flush adds what was counted to the tables.
func (p *people) flush() error {
	for key, w := range p.held {
		if _, err := p.stmt.add.Exec(w.n, key, w.name, w.kind, w.female, w.male, w.basis, w.articles, w.statements, w.word, micros(w.first), micros(w.last)); err != nil {
			return err
		}
		for o, n := range w.outlets {
			if _, err := p.stmt.outlet.Exec(w.n, o, n); err != nil {
				return err
			}
		}
		for m, n := range w.months {
			if _, err := p.stmt.month.Exec(w.n, m, n); err != nil {
				return err
			}
		}
		for name, t := range w.titles {
			if _, err := p.stmt.title.Exec(w.n, name, t.count, micros(t.first), micros(t.last)); err != nil {
				return err
			}
		}
	}
	clear(p.held)
	return nil
}

// micros is a time as it is stored; nil for none.
func micros(t *output.Timestamp) any {
	if t == nil {
		return nil
	}
	return int64(*t)
}
