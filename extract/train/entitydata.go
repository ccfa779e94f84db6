package train

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
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
	case "Person", "per":
		return entity.Person
	case "Organization", "org":
		return entity.Organization
	case "Location", "Facility", "geo":
		return entity.Place
	case "NORP", "gpe":
		return entity.Nationality
	case "Misc", "Product", "art", "eve", "nat":
		return entity.Other
	}
	return entity.NoKind
}

// chunk is how many sentences of GMB and Wikigold, whose articles follow one
// another unmarked, are taken together.
const chunk = 12

// readGMBNames reads the names of the Groningen Meaning Bank's news. Titles,
// which it counts among a person's name, are left out of it; what it calls gpe
// is a nationality unless it is tagged as a proper noun, then a place.
func readGMBNames(path string, titles map[string]bool) ([]eval.NamedText, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var b strings.Builder
	n, last := 0, ""
	fmt.Fprintf(&b, "# doc gmb_0\n")
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, maxLine)
	for scan.Scan() {
		col := strings.Split(scan.Text(), "\t")
		if len(col) < 3 {
			if last != "" {
				b.WriteByte('\n')
				if n++; n%chunk == 0 {
					fmt.Fprintf(&b, "# doc gmb_%d\n", n/chunk)
				}
			}
			last = ""
			continue
		}
		word, tag, label := strings.TrimSpace(col[0]), col[1], col[2]
		if word == "" {
			continue
		}
		if label == "B-gpe" || label == "I-gpe" {
			if tag == "NNP" {
				label = label[:2] + "geo"
			}
		}
		if label == "O" || strings.HasSuffix(label, "tim") {
			label = "O"
		} else if strings.HasSuffix(label, "-per") && (label[0] == 'B' || last == "title") && titles[strings.ToLower(strings.Trim(word, "."))] {
			label = "title"
		} else if last == "title" && label == "I-per" {
			label = "B-per"
		}
		last = label
		out := label
		if label == "title" {
			out = "O"
		}
		fmt.Fprintf(&b, "%s\t%s\n", word, out)
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return eval.ReadNames(strings.NewReader(b.String()), path)
}

// readWikigold reads Wikigold: `word I-KIND` or `word O` a line.
func readWikigold(path string) ([]eval.NamedText, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	kinds := map[string]string{"I-PER": "Person", "I-ORG": "Organization", "I-LOC": "Location", "I-MISC": "Misc"}
	var b strings.Builder
	b.WriteString("# doc wikigold_0\n")
	n, last := 0, "O"
	for line := range strings.Lines(string(data)) {
		word, label, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			b.WriteByte('\n')
			if n++; n%chunk == 0 {
				fmt.Fprintf(&b, "# doc wikigold_%d\n", n/chunk)
			}
			last = "O"
			continue
		}
		out := "O"
		if k := kinds[label]; k != "" {
			out = "B-" + k
			if label == last {
				out = "I-" + k
			}
		}
		last = label
		fmt.Fprintf(&b, "%s\t%s\n", word, out)
	}
	return eval.ReadNames(strings.NewReader(b.String()), path)
}

// readCoreNLPNames reads the names that CoreNLP found in PolNeAR's articles,
// whose texts lie in dir. Its kind MISC is left to others.
func readCoreNLPNames(path, dir string) ([]eval.NamedText, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return parseSilverNames(z, path, dir)
}

func parseSilverNames(r io.Reader, path, dir string) ([]eval.NamedText, error) {
	var out []eval.NamedText
	var at []int32
	kinds := map[string]string{"PERSON": "Person", "ORGANIZATION": "Organization", "LOCATION": "Location", "MISC": "Misc"}
	last := ""
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, maxLine)
	line := 0
	for scan.Scan() {
		line++
		if doc, ok := strings.CutPrefix(scan.Text(), "# doc "); ok {
			text, err := os.ReadFile(filepath.Join(dir, doc+".txt"))
			if err != nil {
				return nil, fmt.Errorf("read %s:%d: %w", path, line, err)
			}
			out = append(out, eval.NamedText{Doc: doc, Text: string(text)})
			at, last = byteOffsets(string(text)), ""
			continue
		}
		col := strings.Split(scan.Text(), "\t")
		if len(col) != 8 || len(out) == 0 {
			last = ""
			continue
		}
		start, err1 := strconv.Atoi(col[1])
		end, err2 := strconv.Atoi(col[2])
		if err1 != nil || err2 != nil || start < 0 || end < start || end >= len(at) {
			return nil, fmt.Errorf("read %s:%d: offsets %s to %s of %d", path, line, col[1], col[2], len(at))
		}
		t := &out[len(out)-1]
		k := kinds[col[5]]
		if k == "Misc" && (col[4] == "JJ" || col[4] == "NNPS") {
			k = "NORP"
		}
		switch {
		case k == "":
		case k == last:
			t.Names[len(t.Names)-1].Span.End = at[end]
		default:
			t.Names = append(t.Names, eval.MarkedName{Span: news.Span{Start: at[start], End: at[end]}, Kind: k})
		}
		last = k
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return out, nil
}
