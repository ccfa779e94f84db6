package train

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
)

// NameCase is one article to learn names from, annotated.
type NameCase struct {
	Name, Outlet string
	Doc          *news.Document
	Labels       []uint8 // of every token
	Gold         []eval.MarkedName
	Weight       float32 // of its sequences; 0 means 1

	firstPass []uint8 // labels by a field that has not learned from it
}

// NameCaseOf pairs a document with its marked names. A name that does not
// begin and end with tokens is left out.
func NameCaseOf(t *eval.NamedText, d *news.Document) NameCase {
	c := NameCase{Name: t.Doc, Outlet: t.Outlet(), Doc: d, Labels: make([]uint8, len(d.Tokens)), Gold: t.Names}
	i := 0
	for _, n := range t.Names {
		k := kindOfName(n.Kind)
		for i < len(d.Tokens) && d.Tokens[i].Span.Start < n.Span.Start {
			i++
		}
		j := i
		for j < len(d.Tokens) && (d.Tokens[j].Span.End <= n.Span.End || d.Tokens[j].Span.Start < n.Span.End && pointed(d, j, n.Span.End)) {
			j++
		}
		if k == entity.NoKind || j == i || d.Tokens[i].Span.Start != n.Span.Start || d.Tokens[j-1].Span.End != n.Span.End && !pointed(d, j-1, n.Span.End) {
			continue
		}
		entity.LabelsOf(k, j-i, c.Labels[i:j])
	}
	return c
}

// pointed reports whether token i goes on after end with a point alone: Ltd.
func pointed(d *news.Document, i int, end int32) bool {
	s := d.Tokens[i].Span
	return s.Start < end && s.End == end+1 && d.Text[end] == '.'
}

// kindOfName is the kind that a BIO file's word means: facilities are places,
// products other names; dates and sums of money are no names.
func kindOfName(s string) entity.Kind {
	switch s {
	case "Person":
		return entity.Person
	case "Organization":
		return entity.Organization
	case "Location", "Facility":
		return entity.Place
	case "NORP":
		return entity.Nationality
	case "Misc", "Product":
		return entity.Other
	}
	return entity.NoKind
}

// chunk is how many sentences of GMB and Wikigold, whose articles follow one
// another unmarked, are taken together.
const chunk = 12

// otherTexts are the texts that lists/othernames.txt.gz marks names in: pieces of
// the Groningen Meaning Bank and Wikigold, and PolNeAR's training articles.
func otherTexts(dataDir string) (func(doc string) (string, error), error) {
	gmb, err := readGMB(filepath.Join(dataDir, "ner", "gmb", "gmb.conll.gz"))
	if err != nil {
		return nil, err
	}
	wikigold, err := readWikigold(filepath.Join(dataDir, "ner", "wikigold", "wikigold.conll.txt"))
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for name, sentences := range map[string][][]string{"gmb": gmb, "wikigold": wikigold} {
		if err := pieces(name, sentences, texts); err != nil {
			return nil, err
		}
	}
	polnear := polnearText(dataDir)
	return func(doc string) (string, error) {
		if t, ok := texts[doc]; ok {
			return t, nil
		}
		return polnear(doc)
	}, nil
}

// polnearText reads training articles of PolNeAR.
func polnearText(dataDir string) func(doc string) (string, error) {
	return func(doc string) (string, error) {
		b, err := os.ReadFile(filepath.Join(dataDir, "polnear", "train", "text", doc+".txt"))
		return string(b), err
	}
}

// pieces adds the texts that sentences of words make, chunk by chunk.
func pieces(name string, sentences [][]string, texts map[string]string) error {
	var b strings.Builder
	n := 0
	for s := range slices.Chunk(sentences, chunk) {
		fmt.Fprintf(&b, "# doc %s_%d\n", name, n)
		for _, words := range s {
			for _, w := range words {
				fmt.Fprintf(&b, "%s\tO\n", w)
			}
			b.WriteByte('\n')
		}
		n++
	}
	named, err := eval.ReadNames(strings.NewReader(b.String()), name)
	for i := range named {
		texts[named[i].Doc] = named[i].Text
	}
	return err
}

// readWikigold reads the words of Wikigold's sentences: a word and a label a line.
func readWikigold(path string) (sentences [][]string, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	for s := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		var words []string
		for line := range strings.Lines(s) {
			if word, _, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
				words = append(words, word)
			}
		}
		sentences = append(sentences, words)
	}
	return sentences, nil
}
