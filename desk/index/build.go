package index

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/whosaid/whosaid/output"
)

var (
	//go:embed schema.sql
	schemaSQL string
	//go:embed indices.sql
	indicesSQL string
)

// version is the version of the index's own tables: another one is built anew.
const version = "3"

// Progress is told how far a build is: articles and statements so far.
type Progress func(articles, statements int64)

// builder fills a new index.
type builder struct {
	tx       *sql.Tx
	insert   inserts
	outlets  map[string]*outlet
	people   *people
	counts   map[countKey]int64
	members  *members
	articles int64
	quotes   int64
	sets     setWriter
	facets   []string // of the statement at hand
	words    wordSample
	first    *output.Timestamp // dates of publication there are
	last     *output.Timestamp
}

// inserts are the statements that run once an article or more.
type inserts struct{ article, doc, statement, text *sql.Stmt }

// outlet counts what an outlet has.
type outlet struct{ n, articles, statements, named int64 }

// build makes an index of t at path, which appears there whole or not at all.
func build(ctx context.Context, t *tables, path string, progress Progress) (err error) {
	temp := fmt.Sprintf("%s.building-%d", path, os.Getpid())
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("build %s: %w", path, err), remove(temp))
		}
	}()
	if err := remove(temp); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dsn(temp, "_pragma=page_size(8192)", "_pragma=journal_mode(off)", "_pragma=synchronous(off)",
		"_pragma=locking_mode(exclusive)", "_pragma=cache_size(-131072)", "_pragma=temp_store(file)"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if err := fill(ctx, db, t, progress); err != nil {
		return errors.Join(err, db.Close())
	}
	if err := db.Close(); err != nil {
		return err
	}
	return settle(temp, path)
}

// settle syncs a file and gives it its final name.
func settle(temp, path string) error {
	f, err := os.OpenFile(temp, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	if d, err := os.Open(filepath.Dir(path)); err == nil {
		_ = d.Sync() // not every system can; the index can be built again
		_ = d.Close()
	}
	return nil
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// fill makes all rows.
func fill(ctx context.Context, db *sql.DB, t *tables, progress Progress) error {
	if _, err := db.ExecContext(ctx, schemaSQL); err != nil {
		return err
	}
	// Runs of the full-text index are written when this many bytes wait.
	if _, err := db.ExecContext(ctx, `INSERT INTO texts (texts, rank) VALUES ('hashsize', 33554432)`); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	b := &builder{
		tx: tx, outlets: map[string]*outlet{}, counts: map[countKey]int64{},
		sets: setWriter{members: map[string][]uint16{}}, words: wordSample{statements: map[string]int{}},
	}
	if err := b.prepare(ctx, t); err != nil {
		return err
	}
	for p, err := range stream(ctx, t.units) {
		if err == nil {
			err = b.add(p)
		}
		if err != nil {
			return err
		}
		if b.articles%1024 == 0 && progress != nil {
			progress(b.articles, b.quotes)
		}
	}
	if err := b.finish(ctx, t); err != nil {
		return err
	}
	if progress != nil {
		progress(b.articles, b.quotes)
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO texts (texts) VALUES ('optimize')`); err != nil {
		return err
	}
	if err := addCommon(ctx, db, b.words.common()); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, indicesSQL)
	return err
}

func (b *builder) prepare(ctx context.Context, t *tables) (err error) {
	for _, p := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&b.insert.article, `INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)`},
		{&b.insert.doc, `INSERT INTO docs VALUES (?, ?)`},
		{&b.insert.statement, `INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&b.insert.text, `INSERT INTO texts (rowid, words) VALUES (?, ?)`},
		{&b.sets.insert, insertSet},
	} {
		if *p.to, err = b.tx.PrepareContext(ctx, p.sql); err != nil {
			return err
		}
	}
	if b.people, err = newPeople(ctx, b.tx, t); err != nil {
		return err
	}
	b.members, err = newMembers(ctx, b.tx, t, b.people)
	return err
}

// add puts one article in.
func (b *builder) add(p *packed) error {
	b.articles++
	a := &p.doc.Article
	out := b.outlet(a.Outlet)
	if a.Published != nil {
		b.first, b.last = earlier(b.first, a.Published), later(b.last, a.Published)
	}
	first, count := b.quotes+1, int64(len(p.doc.Quotes))
	if _, err := b.insert.article.Exec(b.articles, a.ArticleID, a.Title, out.n, micros(a.Published), first, count, a.Status); err != nil {
		return err
	}
	if _, err := b.insert.doc.Exec(b.articles, p.rows); err != nil {
		return err
	}
	out.articles++
	out.statements += count
	b.countArticle(a)
	speakers, err := b.people.of(p.doc, out.n)
	if err != nil {
		return err
	}
	for i := range p.doc.Quotes {
		q := &p.doc.Quotes[i]
		s := speakers[q.SpeakerID]
		if err := b.statement(q, out, s); err != nil {
			return err
		}
		b.countStatement(q, s.basis)
	}
	return nil
}

// statement puts one statement in.
func (b *builder) statement(q *output.QuoteRow, out *outlet, s speaker) error {
	b.quotes++
	if isNamed(q.SpeakerKind) {
		out.named++
	}
	_, err := b.insert.statement.Exec(b.quotes, b.articles, q.Ordinal, s.person, out.n, q.Type, q.SpeakerKind, float64(q.DetectConfidence), float64(q.SpeakerConfidence))
	if err != nil {
		return err
	}
	if _, err := b.insert.text.Exec(b.quotes, q.Text); err != nil {
		return err
	}
	b.words.add(q.Text)
	b.facets = facetsOf(b.facets[:0], q, out.n, s.person, s.basis)
	for _, f := range b.facets {
		if err := b.sets.add(b.quotes, f); err != nil {
			return err
		}
	}
	return b.members.add(q.QuoteID, b.quotes)
}

// isNamed reports whether a kind of speaker has a name.
func isNamed(kind string) bool { return kind == "person" || kind == "organization" }

// outlet gives the counter of an outlet; that of articles without one has the
// number 0.
func (b *builder) outlet(name string) *outlet {
	o := b.outlets[name]
	if o == nil {
		o = new(outlet)
		if name != "" {
			o.n = int64(len(b.outlets)) + 1
		}
		b.outlets[name] = o
	}
	return o
}

// finish writes what was counted.
func (b *builder) finish(ctx context.Context, t *tables) error {
	if err := errors.Join(b.people.flush(), b.sets.flush()); err != nil {
		return err
	}
	for name, o := range b.outlets {
		if _, err := b.tx.Exec(`INSERT INTO outlets VALUES (?, ?, ?, ?, ?)`, o.n, name, o.articles, o.statements, o.named); err != nil {
			return err
		}
	}
	for k, n := range b.counts {
		if _, err := b.tx.Exec(`INSERT INTO counts VALUES (?, ?, ?, ?)`, k.what, k.key, k.sub, n); err != nil {
			return err
		}
	}
	if err := b.members.finish(ctx, b.tx, t); err != nil {
		return err
	}
	about, err := json.Marshal(About{
		Built: time.Now().UTC().Truncate(time.Second), Finished: t.finished, Linked: b.people.linked,
		Quotations: b.members.linked, Articles: b.articles, Statements: b.quotes, Entities: t.units[0].entities != "",
	})
	if err != nil {
		return err
	}
	meta := map[string]any{"version": version, "fingerprint": t.fingerprint, "about": string(about)}
	if b.first != nil {
		meta["first"], meta["last"] = int64(*b.first), int64(*b.last)
	}
	for key, value := range meta {
		if _, err := b.tx.Exec(`INSERT INTO meta VALUES (?, ?)`, key, value); err != nil {
			return err
		}
	}
	return nil
}
