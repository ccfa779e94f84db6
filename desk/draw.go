package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whosaid/whosaid/desk/audit"
	"github.com/whosaid/whosaid/desk/index"
)

// ownStrata is how many outlets are strata of their own; the others are one.
const ownStrata = 9

// Draw draws a sample of a corpus. The same design gives the same sample from
// the same tables.
func Draw(ctx context.Context, x *index.Index, name string, d audit.Design, now time.Time) (*audit.Sample, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	outlets, err := x.OutletNumbers(ctx, ownStrata)
	if err != nil {
		return nil, err
	}
	statements := audit.NewDrawer[int64](d.Seed, d.Size)
	err = x.Places(ctx, func(p index.Place) {
		stratum := "all"
		switch d.By {
		case "type":
			stratum = p.Type
		case "confidence":
			stratum = audit.Band(p.Confidence)
		case "outlet":
			var own bool
			if stratum, own = outlets[p.Outlet]; !own {
				stratum = "other outlets"
			} else if stratum == "" {
				stratum = "no outlet"
			}
		}
		statements.Add(stratum, strconv.FormatInt(p.N, 10), p.N)
	})
	if err != nil {
		return nil, err
	}
	d.Total = statements.Total()
	s := &audit.Sample{Name: name, Drawn: now.UTC().Truncate(time.Second), Design: d}
	if s.Items, err = itemsOf(ctx, x, statements.Draw(d.Size)); err != nil {
		return nil, err
	}
	type article struct {
		n  int64
		id string
	}
	articles := audit.NewDrawer[article](d.Seed, d.Articles)
	err = x.ArticlePlaces(ctx, func(n int64, id string) {
		articles.Add("all", strconv.FormatInt(n, 10), article{n, id})
	})
	if err != nil {
		return nil, err
	}
	for _, c := range articles.Draw(d.Articles) {
		a, err := x.Article(ctx, c.Value.id, c.Value.n)
		if err != nil {
			return nil, err
		}
		if a.Doc.Article.Text != nil { // without a text there is nothing to read
			s.Readings = append(s.Readings, readingOf(a))
		}
	}
	if len(s.Items)+len(s.Readings) == 0 {
		return nil, fmt.Errorf("%w: these tables hold nothing to draw", errBadRequest)
	}
	return s, nil
}

// itemsOf reads the statements that were drawn, in the order of the draw.
func itemsOf(ctx context.Context, x *index.Index, chosen []audit.Chosen[int64]) ([]audit.Item, error) {
	place := map[int64]int{}
	var ns []int64
	for i, c := range chosen {
		place[c.Value] = i
		ns = append(ns, c.Value)
	}
	slices.Sort(ns) // statements of one article are read together
	hits, err := x.Hits(ctx, ns)
	if err != nil {
		return nil, err
	}
	items := make([]audit.Item, len(chosen))
	for i := range hits {
		h := &hits[i]
		q := &h.Row
		c := chosen[place[h.N]]
		items[place[h.N]] = audit.Item{
			ID: q.QuoteID, ArticleID: q.ArticleID, Article: h.Article.N, Ordinal: int(q.Ordinal), Title: h.Article.Title, Outlet: q.Outlet, Published: day(q.Published),
			Before: q.ContextBefore, Text: q.Text, After: q.ContextAfter, Type: q.Type, Cue: q.Cue, Source: q.Source, Speaker: q.Speaker,
			Confidence: float64(q.DetectConfidence), Sure: float64(q.SpeakerConfidence), Stratum: c.Stratum, Size: c.Size,
		}
	}
	return items, nil
}

// readingOf is an article to read in full, statements marked [1 …].
func readingOf(a *index.Article) audit.Reading {
	r := audit.Reading{ID: a.Head.ID, Article: a.Head.N, Title: a.Head.Title}
	for i := range a.Quotes {
		r.Statements = append(r.Statements, a.Quotes[i].QuoteID)
		r.Words = append(r.Words, a.Quotes[i].Text)
	}
	text := *a.Doc.Article.Text
	opens, closes := map[int]string{}, map[int]string{}
	for _, m := range marksOf(text, a.Quotes) {
		if m.role == "st" {
			opens[m.start] += "[" + strconv.Itoa(m.statement+1) + " "
			closes[m.end] += "]"
		}
	}
	var b strings.Builder
	for i := 0; i <= len(text); i++ {
		b.WriteString(closes[i])
		b.WriteString(opens[i])
		if i < len(text) {
			b.WriteByte(text[i])
		}
	}
	r.Text = b.String()
	return r
}
