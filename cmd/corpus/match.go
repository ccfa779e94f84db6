package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"unicode"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/output"
)

// extracted is a row of quotes, as far as matching needs it.
type extracted struct {
	QuoteID   string           `parquet:"quote_id"`
	ArticleID string           `parquet:"article_id"`
	SpeakerID string           `parquet:"speaker_id"`
	Parts     []output.PartRow `parquet:"parts,list"`
}

// match writes for each attribution of a PolNeAR folder the quotation of the
// statement that was extracted in its place, or with people its speaker's
// person: article, attribution, quotation or person. A speaker who is linked to
// nobody is somebody of that article alone. Statements and attributions are
// matched by the tokens of their contents: best overlap first, at least half of
// both together.
func match(w io.Writer, tables, polnear string, people bool) error {
	group, err := quotationOf(tables)
	if people {
		group, err = personOf(tables)
	}
	if err != nil {
		return err
	}
	statements := map[string][]extracted{}
	err = each(tables, "quotes", func(r *extracted) error {
		statements[r.ArticleID] = append(statements[r.ArticleID], *r)
		return nil
	})
	if err != nil {
		return err
	}
	for _, split := range []string{"train", "dev"} {
		golds, err := eval.ReadPolnear(filepath.Join(polnear, split), "")
		if err != nil {
			return err
		}
		for _, g := range golds {
			number := numbered([]rune(g.Text))
			var found []tokens
			for _, s := range statements[g.Doc] {
				of := tokens{}
				for _, p := range s.Parts {
					of.add(number, int(p.Start), int(p.End))
				}
				found = append(found, of)
			}
			for k, i := range matched(&g, number, found) {
				if i >= 0 {
					fmt.Fprintf(w, "%s\t%s\t%s\n", g.Doc, g.Attributions[k].ID, group(&statements[g.Doc][i]))
				}
			}
		}
	}
	return nil
}

// quotationOf tells which quotation a statement is of.
func quotationOf(tables string) (func(*extracted) string, error) {
	of := map[string]string{}
	err := each(tables, "quotation_links", func(r *output.QuotationLinkRow) error {
		of[r.QuoteID] = r.QuotationID
		return nil
	})
	return func(r *extracted) string { return of[r.QuoteID] }, err
}

// personOf tells who a statement's speaker is.
func personOf(tables string) (func(*extracted) string, error) {
	of := map[[2]string]string{}
	err := each(tables, "person_links", func(r *output.PersonLinkRow) error {
		of[[2]string{r.ArticleID, r.EntityID}] = r.PersonID
		return nil
	})
	return func(r *extracted) string {
		if id := of[[2]string{r.ArticleID, r.SpeakerID}]; id != "" {
			return id
		}
		return r.ArticleID + " " + cmp.Or(r.SpeakerID, r.QuoteID)
	}, err
}

// tokens are the numbers of tokens of a text.
type tokens map[int]bool

// numbered gives every character the number of its token: a word, or a mark;
// white space has -1.
func numbered(text []rune) []int {
	out := make([]int, len(text))
	n := -1
	for i, c := range text {
		word := unicode.IsLetter(c) || unicode.IsDigit(c)
		switch {
		case unicode.IsSpace(c):
			out[i] = -1
			continue
		case !word || i == 0 || !(unicode.IsLetter(text[i-1]) || unicode.IsDigit(text[i-1])):
			n++
		}
		out[i] = n
	}
	return out
}

func (t tokens) add(number []int, start, end int) {
	for i := start; i < min(end, len(number)); i++ {
		if number[i] >= 0 {
			t[number[i]] = true
		}
	}
}

// overlap is the share of the tokens of both that both have.
func (t tokens) overlap(o tokens) float64 {
	both := 0
	for i := range t {
		if o[i] {
			both++
		}
	}
	return float64(both) / float64(max(1, len(t)+len(o)-both))
}

// matched gives each attribution the statement in its place, -1 for none.
func matched(g *eval.Gold, number []int, found []tokens) []int {
	type pair struct {
		k, i    int
		overlap float64
	}
	var pairs []pair
	out := make([]int, len(g.Attributions))
	for k, a := range g.Attributions {
		out[k] = -1
		content := tokens{}
		for _, r := range a.Content {
			content.add(number, r[0], r[1])
		}
		for i := range found {
			if o := content.overlap(found[i]); o >= 0.5 {
				pairs = append(pairs, pair{k, i, o})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.overlap, a.overlap) })
	used := make([]bool, len(found))
	for _, p := range pairs {
		if out[p.k] < 0 && !used[p.i] {
			out[p.k], used[p.i] = p.i, true
		}
	}
	return out
}
