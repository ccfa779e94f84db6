package desktest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// WriteAcross makes the tables across articles of the tables in dir: a person
// for every name of a person or organization, a quotation for all statements
// that begin with the same three words, and one text for every two articles.
func WriteAcross(dir string) error {
	var links []output.PersonLinkRow
	people := map[string]*output.PersonRow{}
	var members []output.QuotationLinkRow
	quotations := map[string]*output.QuotationRow{}
	var copies []output.CopyRow
	var failed error
	read := func(table output.Table, visit func(file string) error) {
		files, err := filepath.Glob(filepath.Join(dir, string(table), "*.parquet"))
		slices.Sort(files)
		for _, f := range files {
			if err == nil {
				err = visit(f)
			}
		}
		if failed == nil {
			failed = err
		}
	}
	read(output.Entities, func(file string) error {
		_, err := output.ReadFile(file, func(e *output.EntityRow) error {
			if e.Kind != "person" && e.Kind != "organization" {
				return nil
			}
			p := people[e.Name]
			if p == nil {
				p = &output.PersonRow{PersonID: id("person", e.Name), Name: e.Name, Kind: e.Kind, Gender: e.Gender, GenderBasis: e.GenderBasis, Aliases: []string{"alias of " + e.Name}, Titles: []output.TitleRow{}, Confidence: 0.9}
				people[e.Name] = p
			}
			p.NArticles++
			p.NQuotes += e.NQuotes
			links = append(links, output.PersonLinkRow{ArticleID: e.ArticleID, EntityID: e.EntityID, PersonID: p.PersonID, Probability: 0.9, Method: "name"})
			return nil
		})
		return err
	})
	read(output.Quotes, func(file string) error {
		_, err := output.ReadFile(file, func(q *output.QuoteRow) error {
			key := strings.Join(strings.Fields(strings.Trim(q.Text, "“”,"))[:3], " ")
			u := quotations[key]
			if u == nil {
				u = &output.QuotationRow{QuotationID: id("quotation", key), Text: q.Text, Type: q.Type, FirstArticleID: q.ArticleID, FirstSeen: q.Published, LastSeen: q.Published}
				if p := people[q.Speaker]; p != nil {
					u.PersonID = p.PersonID
				}
				quotations[key] = u
			}
			u.NQuotes++
			u.NArticles++
			u.NOutlets = min(u.NArticles, 40)
			members = append(members, output.QuotationLinkRow{QuoteID: q.QuoteID, QuotationID: u.QuotationID, Relation: "reworded", Similarity: 0.75})
			return nil
		})
		return err
	})
	read(output.Articles, func(file string) error {
		_, err := output.ReadFile(file, func(a *output.ArticleRow) error {
			copies = append(copies, output.CopyRow{ArticleID: a.ArticleID, CopyID: id("copy", a.SourceRecord/2), Similarity: 0.95, IsEarliest: a.SourceRecord%2 == 0})
			return nil
		})
		return err
	})
	if failed != nil {
		return failed
	}
	return firstError(
		writeTable(dir, sorted(people)), writeTable(dir, links), writeTable(dir, sorted(quotations)), writeTable(dir, members), writeTable(dir, copies))
}

func sorted[T any](m map[string]*T) (out []T) {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		out = append(out, *m[k])
	}
	return out
}

func writeTable[T output.Row](dir string, rows []T) error {
	folder := filepath.Join(dir, string(output.TableOf[T]()))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	w, err := output.Create[T](output.Parquet, filepath.Join(folder, output.Parquet.PartName("000001-0a0b0c0d")), output.Options{})
	if err != nil {
		return err
	}
	for i := range rows {
		if err := w.Write(&rows[i]); err != nil {
			return fmt.Errorf("write %s: %w", folder, err)
		}
	}
	_, err = w.Close()
	return err
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
