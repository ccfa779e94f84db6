package train

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
)

// Lists of automatic names: a line a text, its name, a tab, and names set apart by
// commas. A name is how far it begins behind the one before it, its length (both in
// code points), its kind (p person, o organization, l place, n nationality, m another)
// and the number of its entity in the text, if known. lists/README.md tells how they
// were made.
var (
	//go:embed lists/polnearnames.txt.gz
	polnearNames []byte // of PolNeAR's training articles
	//go:embed lists/othernames.txt.gz
	otherNames []byte // of these, the Groningen Meaning Bank and Wikigold
)

// silverText is an article with automatic names and the entities that they name.
type silverText struct {
	eval.NamedText
	entity []int // of each name; -1 where unknown
}

// readSilverNames reads a list of automatic names in texts that text returns.
func readSilverNames(list []byte, text func(doc string) (string, error)) ([]silverText, error) {
	z, err := gzip.NewReader(bytes.NewReader(list))
	if err != nil {
		return nil, fmt.Errorf("read automatic names: %w", err)
	}
	var out []silverText
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, maxLine)
	for scan.Scan() {
		doc, names, _ := strings.Cut(scan.Text(), "\t")
		body, err := text(doc)
		if err != nil {
			return nil, fmt.Errorf("read automatic names: %w", err)
		}
		t := silverText{NamedText: eval.NamedText{Doc: doc, Text: body}}
		if err := t.readNames(names); err != nil {
			return nil, fmt.Errorf("read automatic names of %s: %w", doc, err)
		}
		out = append(out, t)
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read automatic names: %w", err)
	}
	return out, nil
}

func (t *silverText) readNames(names string) error {
	kinds := map[byte]string{'p': "Person", 'o': "Organization", 'l': "Location", 'n': "NORP", 'm': "Misc"}
	at := byteOffsets(t.Text)
	start := 0
	for f := range strings.SplitSeq(names, ",") {
		if f == "" {
			continue
		}
		var skip, n int
		var rest string
		if _, err := fmt.Sscanf(f, "%d %d%s", &skip, &n, &rest); err != nil {
			return fmt.Errorf("name %q: %w", f, err)
		}
		start += skip
		if skip < 0 || n <= 0 || start+n >= len(at) || kinds[rest[0]] == "" {
			return fmt.Errorf("name %q: no place or kind in a text of %d", f, len(at)-1)
		}
		e := -1
		if len(rest) > 1 {
			var err error
			if e, err = strconv.Atoi(rest[1:]); err != nil {
				return fmt.Errorf("name %q: %w", f, err)
			}
		}
		t.Names = append(t.Names, eval.MarkedName{Span: news.Span{Start: at[start], End: at[start+n]}, Kind: kinds[rest[0]]})
		t.entity = append(t.entity, e)
	}
	return nil
}
