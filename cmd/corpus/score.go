package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// scores holds the tables of a link against the truth, by pairs: of two quotes
// (articles, entities) that share a quotation (copy, person), how many do so in
// truth, and the other way around.
func scores(w io.Writer, tables string) error {
	if err := scoreQuotations(w, tables); err != nil {
		return err
	}
	if err := scorePeople(w, tables); err != nil {
		return err
	}
	return scoreCopies(w, tables)
}

// pairs counts things by their group in truth, in the tables, and in both.
type pairs struct {
	truth, found map[string]int64
	both         map[[2]string]int64
}

func newPairs() *pairs {
	return &pairs{map[string]int64{}, map[string]int64{}, map[[2]string]int64{}}
}

// add counts one thing; an empty group is a group of its own.
func (p *pairs) add(truth, found string) {
	if truth != "" {
		p.truth[truth]++
	}
	if found != "" {
		p.found[found]++
	}
	if truth != "" && found != "" {
		p.both[[2]string{truth, found}]++
	}
}

func (p *pairs) print(w io.Writer, what string) {
	count := func(n int64) float64 { return float64(n) * float64(n-1) / 2 }
	var truth, found, both float64
	for _, n := range p.truth {
		truth += count(n)
	}
	for _, n := range p.found {
		found += count(n)
	}
	for _, n := range p.both {
		both += count(n)
	}
	precision, recall := both/max(1, found), both/max(1, truth)
	fmt.Fprintf(w, "%-11s pairwise precision %.2f, recall %.2f, F1 %.2f (%.0f pairs in truth)\n", what,
		100*precision, 100*recall, 200*precision*recall/max(1e-9, precision+recall), truth)
}

func scoreQuotations(w io.Writer, tables string) error {
	of := map[string]string{}
	err := each(tables, "quotation_links", func(r *output.QuotationLinkRow) error {
		of[r.QuoteID] = r.QuotationID
		return nil
	})
	if err != nil {
		return err
	}
	truth := map[string]string{}
	err = lines(tables, "quotations", func(f []string) { truth[f[0]+" "+f[1]] = f[2] })
	if err != nil {
		return err
	}
	p := newPairs()
	type row struct {
		QuoteID   string `parquet:"quote_id"`
		ArticleID string `parquet:"article_id"`
		Ordinal   int32  `parquet:"ordinal"`
	}
	err = each(tables, "quotes", func(r *row) error {
		p.add(truth[r.ArticleID+" "+strconv.Itoa(int(r.Ordinal))], of[r.QuoteID])
		return nil
	})
	p.print(w, "quotations")
	return err
}

func scorePeople(w io.Writer, tables string) error {
	type key struct{ article, id string }
	of := map[key]string{}
	err := each(tables, "person_links", func(r *output.PersonLinkRow) error {
		of[key{r.ArticleID, r.EntityID}] = r.PersonID
		return nil
	})
	if err != nil {
		return err
	}
	truth := map[key]string{}
	if err := lines(tables, "people", func(f []string) { truth[key{f[0], f[2] + " " + f[1]}] = f[3] }); err != nil {
		return err
	}
	p := newPairs()
	type row struct {
		ArticleID string `parquet:"article_id"`
		EntityID  string `parquet:"entity_id"`
		Name      string `parquet:"name"`
		Kind      string `parquet:"kind"`
	}
	err = each(tables, "entities", func(r *row) error {
		p.add(truth[key{r.ArticleID, r.Kind + " " + r.Name}], of[key{r.ArticleID, r.EntityID}])
		return nil
	})
	p.print(w, "people")
	return err
}

func scoreCopies(w io.Writer, tables string) error {
	of, truth := map[string]string{}, map[string]string{}
	err := each(tables, "copies", func(r *output.CopyRow) error {
		of[r.ArticleID] = r.CopyID
		return nil
	})
	if err != nil {
		return err
	}
	if err := lines(tables, "copies", func(f []string) { truth[f[1]] = f[0] }); err != nil {
		return err
	}
	p := newPairs()
	for id, t := range truth {
		p.add(t, of[id])
	}
	for id, c := range of {
		if truth[id] == "" {
			p.add("", c)
		}
	}
	p.print(w, "copies")
	return nil
}

// each visits the rows of all parts of a table, partitions too.
func each[T any](tables, table string, visit func(*T) error) error {
	err := filepath.WalkDir(filepath.Join(tables, table), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !output.IsPart(d.Name()) {
			return err
		}
		_, err = output.ReadColumns(path, visit)
		return err
	})
	if err != nil {
		return fmt.Errorf("score %s: %w", table, err)
	}
	return nil
}

// lines visits a table of truth.
func lines(tables, name string, visit func([]string)) error {
	f, err := os.Open(filepath.Join(tables, "truth", name+".tsv"))
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for s.Scan() {
		visit(strings.Split(s.Text(), "\t"))
	}
	return s.Err()
}
