package train

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
)

// FindNames finds the names of a document.
type FindNames func(*news.Document) *entity.Found

// attributionCase is one article with gold statements and sources fed in.
type attributionCase struct {
	SpeakerCase
	outlet string
	set    string
	fold   int
	found  *entity.Found
	weight float32
}

// detectedCase is the case with the statements that a detector finds instead of
// the gold's: histories, groups and the edges of sources are then as they are
// in use. Each statement has the gold's speaker where it shares half of the
// words of a gold one, and its source with that one's where both have one; the
// others have none, and are context.
func (c *attributionCase) detectedCase(detect func(*news.Document) []news.Quote) attributionCase {
	out := *c
	out.set = "detected"
	out.Quotes = detect(c.Doc)
	out.Gold = make([]eval.Attribution, len(out.Quotes))
	for q := range out.Quotes {
		best, k := 0.5, -1
		for g := range c.Quotes {
			a, b := out.Quotes[q].Source, c.Quotes[g].Source
			if o := overlap(out.Quotes[q].Parts, c.Quotes[g].Parts); o >= best && (a.Empty() || b.Empty() || a.Overlaps(b)) {
				best, k = o, g
			}
		}
		if k >= 0 {
			out.Gold[q] = c.Gold[k]
		}
	}
	return out
}

// overlap is the bytes that two contents share to those of both.
func overlap(a, b []news.Part) float64 {
	shared, all := 0, 0
	for _, x := range a {
		all += x.Span.Len()
		for _, y := range b {
			shared += max(0, int(min(x.Span.End, y.Span.End)-max(x.Span.Start, y.Span.Start)))
		}
	}
	for _, y := range b {
		all += y.Span.Len()
	}
	return float64(shared) / float64(max(1, all-shared))
}

// outletIn is the outlet in an article's name: what stands before its date or
// number.
func outletIn(doc string) string {
	if k := strings.Index(doc, "_20"); k > 0 {
		return doc[:k]
	}
	if k := strings.LastIndexByte(doc, '_'); k > 0 {
		return doc[:k]
	}
	return doc
}

// attributionCases makes cases of gold articles that have labelled speakers.
func attributionCases(golds []eval.Gold, annotate Annotate, names FindNames, weight float32, set string) []attributionCase {
	var out []attributionCase
	for _, g := range golds {
		if !slices.ContainsFunc(g.Attributions, func(a eval.Attribution) bool { return a.Kind != "" }) {
			continue
		}
		c := attributionCase{SpeakerCase: SpeakerCaseOf(g, annotate(&news.Article{ID: g.Doc, Body: g.Text})), outlet: outletIn(g.Doc), weight: weight, set: set}
		c.found = names(c.Doc)
		out = append(out, c)
	}
	return out
}

// foldByOutlet gives each case a fold so that no outlet stands in two: outlets
// by falling size, each to the smallest fold so far.
func foldByOutlet(cases []attributionCase, folds int) {
	size := map[string]int{}
	var outlets []string
	for i := range cases {
		c := &cases[i]
		if size[c.outlet] == 0 {
			outlets = append(outlets, c.outlet)
		}
		size[c.outlet] += len(c.Quotes)
	}
	slices.SortStableFunc(outlets, func(a, b string) int {
		if size[a] != size[b] {
			return size[b] - size[a]
		}
		return strings.Compare(a, b)
	})
	full := make([]int, folds)
	fold := map[string]int{}
	for _, o := range outlets {
		k := 0
		for f := range full {
			if full[f] < full[k] {
				k = f
			}
		}
		fold[o] = k
		full[k] += size[o]
	}
	for i := range cases {
		cases[i].fold = fold[cases[i].outlet]
	}
}

// sameName reports whether a name is the gold's or one of its aliases.
func sameName(g *eval.Attribution, name string) bool {
	n := NormName(name)
	return n != "" && (n == NormName(g.Name) || slices.ContainsFunc(g.Aliases, func(a string) bool { return NormName(a) == n }))
}

// rightChoice is the index of the candidate that the gold names; -1 when the
// quotation has no label or its speaker is not among the candidates.
func rightChoice(c *SpeakerCase, q int, choices []attribution.Choice) int {
	g := &c.Gold[q]
	find := func(ok func(*attribution.Choice) bool) int {
		return slices.IndexFunc(choices, func(c attribution.Choice) bool { return ok(&c) })
	}
	nobody := find((*attribution.Choice).IsNobody)
	switch {
	case g.Kind == "":
		return -1
	case Named(g):
		k := find(func(c *attribution.Choice) bool {
			return c.Entity >= 0 && (c.Kind == news.Person || c.Kind == news.Organization) && sameName(g, c.Name)
		})
		if k < 0 {
			k = find(func(c *attribution.Choice) bool {
				return c.IsOwn() && c.Kind == news.Organization && sameName(g, c.Name)
			})
		}
		return k
	case g.Kind == "author":
		return find((*attribution.Choice).IsAuthor)
	case g.Kind == "unknown":
		return nobody
	}
	return unnamedChoice(c, q, choices, find, nobody)
}

// unnamedChoice is the candidate for a group, document or unnamed speaker: the
// source's own words, or who was described so before.
func unnamedChoice(c *SpeakerCase, q int, choices []attribution.Choice, find func(func(*attribution.Choice) bool) int, nobody int) int {
	name := NormName(c.Gold[q].Name)
	own := find(func(c *attribution.Choice) bool { return c.IsOwn() && c.Kind != news.Organization && c.Name != "" })
	form := SourceForm(c, q)
	if form == "none" || form == "pronoun" {
		k := find(func(c *attribution.Choice) bool {
			return c.Entity >= 0 && c.Kind != news.Person && c.Kind != news.Organization && c.Name != "" && sameHead(NormName(c.Name), name)
		})
		switch {
		case k >= 0:
			return k
		case form == "none" && own >= 0 && sameHead(NormName(choices[own].Name), name):
			return own
		}
		return nobody
	}
	return own // -1 behind a name, which leaves no room for a description
}
