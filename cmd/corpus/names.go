package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// names writes for each attribution of a list of identities (article,
// attribution, kind, name) the person of the entity that bears that name in
// that article: article, attribution, person. It says how well people are found
// in raw texts, whether or not their statements are. An entity who is linked to
// nobody is somebody of that article alone; names that no entity bears are left
// out.
func names(w io.Writer, tables, identities string) error {
	person, err := personOf(tables)
	if err != nil {
		return err
	}
	bearers, err := bearersOf(tables)
	if err != nil {
		return err
	}
	f, err := os.Open(identities)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		c := strings.Split(lines.Text(), "\t")
		if len(c) < 4 {
			return fmt.Errorf("read %s: %q is not article, attribution, kind, name", identities, lines.Text())
		}
		b := bearers[[2]string{c[0], plain(c[3])}]
		if e := b.best(c[2]); e != "" {
			fmt.Fprintf(w, "%s\t%s\t%s\n", c[0], c[1], person(&extracted{ArticleID: c[0], SpeakerID: e}))
		}
	}
	return lines.Err()
}

// bearers are the entities of an article that have one name: by how they have
// it (their name, an alias, a mention), then as the names were found.
type bearers [3][]bearer

type bearer struct{ id, kind string }

// best is the first entity, of the kind before others; "" none.
func (b *bearers) best(kind string) string {
	if b == nil {
		return ""
	}
	for _, list := range b {
		for _, e := range list {
			if e.kind == kind {
				return e.id
			}
		}
		if len(list) > 0 {
			return list[0].id
		}
	}
	return ""
}

// bearersOf are the bearers of each name of each article.
func bearersOf(tables string) (map[[2]string]*bearers, error) {
	of := map[[2]string]*bearers{}
	add := func(article, name string, how int, e bearer) {
		key := [2]string{article, plain(name)}
		if of[key] == nil {
			of[key] = &bearers{}
		}
		of[key][how] = append(of[key][how], e)
	}
	kinds := map[[2]string]string{}
	type entity struct {
		ArticleID string   `parquet:"article_id"`
		EntityID  string   `parquet:"entity_id"`
		Name      string   `parquet:"name"`
		Kind      string   `parquet:"kind"`
		Aliases   []string `parquet:"aliases,list"`
	}
	err := each(tables, string(output.Entities), func(r *entity) error {
		e := bearer{r.EntityID, r.Kind}
		kinds[[2]string{r.ArticleID, r.EntityID}] = r.Kind
		add(r.ArticleID, r.Name, 0, e)
		for _, a := range r.Aliases {
			add(r.ArticleID, a, 1, e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	type mention struct {
		ArticleID string `parquet:"article_id"`
		EntityID  string `parquet:"entity_id,optional"`
		Text      string `parquet:"text"`
	}
	err = each(tables, string(output.Mentions), func(r *mention) error {
		if kind, ok := kinds[[2]string{r.ArticleID, r.EntityID}]; ok {
			add(r.ArticleID, r.Text, 2, bearer{r.EntityID, kind})
		}
		return nil
	})
	return of, err
}

// plain is a name without what tells no two apart: case, marks, "the",
// honorifics and possessives.
func plain(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), "’", "'")
	name = strings.TrimSuffix(strings.ReplaceAll(name, "'s ", " "), "'s")
	words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" \t\n.,'-\"", r) })
	for len(words) > 1 && strings.Contains(" the mr mrs ms dr ", " "+words[0]+" ") {
		words = words[1:]
	}
	return strings.Join(words, " ")
}
