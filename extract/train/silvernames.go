package train

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/news"
)

// polnearNames are names of PolNeAR's training articles, without their texts: a line
// an article, its name, a tab, and names set apart by commas. A name is how far it
// begins behind the one before it, its length (both in code points), its kind (p
// person, o organization, l place) and the number of its entity in the article, if
// known. lists/README.md tells how they were made.
//
//go:embed lists/polnearnames.txt.gz
var polnearNames []byte

// silverText is an article with automatic names and the entities that they name.
type silverText struct {
	eval.NamedText
	entity []int // of each name; -1 where unknown
}

// readSilverNames reads the automatic names of PolNeAR's training articles, whose
// texts lie in dir.
func readSilverNames(dir string) ([]silverText, error) {
	z, err := gzip.NewReader(bytes.NewReader(polnearNames))
	if err != nil {
		return nil, fmt.Errorf("read automatic names: %w", err)
	}
	var out []silverText
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, maxLine)
	for scan.Scan() {
		doc, names, _ := strings.Cut(scan.Text(), "\t")
		text, err := os.ReadFile(filepath.Join(dir, doc+".txt"))
		if err != nil {
			return nil, fmt.Errorf("read automatic names: %w", err)
		}
		t := silverText{NamedText: eval.NamedText{Doc: doc, Text: string(text)}}
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
	kinds := map[byte]string{'p': "Person", 'o': "Organization", 'l': "Location"}
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
