package train

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// EntityData are the annotations that the recognizer learns from.
type EntityData struct {
	World []NameCase // world news, whose convention counts
	Tune  []NameCase // for choosing settings
	Wide  []NameCase // automatic names of other texts
	Lists map[uint64]entity.Gazette

	Rewritten []NameCase // of World, with other capitals
}

// ReadEntityData reads ner/worldnews, ner/gmb, ner/wikigold, polnear/train and
// lexicons under dataDir.
func ReadEntityData(dataDir string, annotate Annotate) (*EntityData, error) {
	ner := filepath.Join(dataDir, "ner")
	d := &EntityData{}
	read := func(to *[]NameCase, read func() ([]eval.NamedText, error)) error {
		texts, err := read()
		if err != nil {
			return err
		}
		for i := range texts {
			*to = append(*to, NameCaseOf(&texts[i], annotate(&news.Article{Body: texts[i].Text})))
		}
		return nil
	}
	for _, part := range []struct {
		to   *[]NameCase
		read func() ([]eval.NamedText, error)
	}{
		{&d.World, func() ([]eval.NamedText, error) {
			return eval.ReadNamesFile(filepath.Join(ner, "worldnews", "train.tsv"))
		}},
		{&d.Tune, func() ([]eval.NamedText, error) {
			return eval.ReadNamesFile(filepath.Join(ner, "worldnews", "tune.tsv"))
		}},
		{&d.Wide, func() ([]eval.NamedText, error) { return readOtherNames(dataDir) }},
	} {
		if err := read(part.to, part.read); err != nil {
			return nil, err
		}
	}
	texts, err := eval.ReadNamesFile(filepath.Join(ner, "worldnews", "train.tsv"))
	if err != nil {
		return nil, err
	}
	d.Rewritten = rewritten(texts, annotate)
	d.Lists, err = entityLists(filepath.Join(dataDir, "lexicons"))
	return d, err
}

// readOtherNames reads the automatic names of other texts than the world news.
func readOtherNames(dataDir string) (out []eval.NamedText, err error) {
	text, err := otherTexts(dataDir)
	if err != nil {
		return nil, err
	}
	silver, err := readSilverNames(otherNames, text)
	for i := range silver {
		out = append(out, silver[i].NamedText)
	}
	return out, err
}

// rewritten are copies of the beginnings of world news articles with other
// capitals, as headlines and some agencies write them: every fourth in CAPITALS,
// every fourth With Capitals. They weigh half.
func rewritten(texts []eval.NamedText, annotate Annotate) (out []NameCase) {
	const size = 1200 // bytes of each
	for i := range texts {
		if i%2 != 0 {
			continue
		}
		t := texts[i]
		end := len(t.Text)
		if k := strings.Index(t.Text[min(size, end):], "\n\n"); k >= 0 {
			end = size + k
		}
		b := []byte(t.Text[:end])
		for k, c := range b {
			start := k == 0 || b[k-1] == ' ' || b[k-1] == '\n' || b[k-1] == '"'
			if c >= 'a' && c <= 'z' && (i%4 == 0 || start) {
				b[k] = c - 'a' + 'A'
			}
		}
		t.Text = string(b)
		t.Names = slices.DeleteFunc(slices.Clone(t.Names), func(n eval.MarkedName) bool { return int(n.Span.End) > end })
		c := NameCaseOf(&t, annotate(&news.Article{Body: t.Text}))
		c.Name += "/rewritten"
		c.Weight = 0.5
		out = append(out, c)
	}
	return out
}

// entityLists are the lists of single words: first names, words of countries
// and capitals, offices and forms of address.
func entityLists(dir string) (map[uint64]entity.Gazette, error) {
	lists := map[uint64]entity.Gazette{}
	names, err := firstNames(filepath.Join(dir, "first-names-us.tsv"))
	if err != nil {
		return nil, err
	}
	for w, female := range names {
		h := syntax.WordHash(w)
		lists[h] |= entity.ListGiven
		switch {
		case female >= sharesOfName-1:
			lists[h] = lists[h].WithSex(1)
		case female <= 1:
			lists[h] = lists[h].WithSex(2)
		}
	}
	countries, err := countryNames(filepath.Join(dir, "country-codes.csv"))
	if err != nil {
		return nil, err
	}
	for name := range countries {
		for w := range strings.FieldsSeq(name) {
			if len(w) > 3 {
				lists[syntax.WordHash(w)] |= entity.ListCountry
			}
		}
	}
	for _, w := range entity.Titles(english.Language()) {
		lists[syntax.WordHash(w)] |= entity.ListTitle
	}
	return lists, worldLists(lists)
}

// worldNames are names of people and cities: sources and licences stand in
// their comment lines.
//
//go:embed lists/worldnames.txt.gz
var worldNames []byte

// worldLists adds the names of the world to lists: single words, and cities of
// several words as whole names.
func worldLists(lists map[uint64]entity.Gazette) error {
	z, err := gzip.NewReader(bytes.NewReader(worldNames))
	if err != nil {
		return fmt.Errorf("read names of the world: %w", err)
	}
	bits := map[string]entity.Gazette{"[given]": entity.ListForeign, "[surname]": entity.ListSurname, "[city]": entity.ListCity}
	bit := entity.Gazette(0)
	scan := bufio.NewScanner(z)
	for scan.Scan() {
		line := scan.Text()
		switch {
		case line[0] == '#':
		case line[0] == '[':
			bit = bits[line]
		default:
			words := strings.Fields(line)
			if len(words) == 1 {
				lists[syntax.WordHash(line)] |= bit
				continue
			}
			var hashes []uint64
			for _, w := range words {
				hashes = append(hashes, syntax.WordHash(w))
			}
			lists[entity.PhraseHash(hashes)] = entity.Gazette(entity.Place)
		}
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("read names of the world: %w", err)
	}
	return nil
}
