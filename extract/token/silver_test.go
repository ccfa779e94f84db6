package token

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
)

// TestSilver compares the tokens with CoreNLP's on PolNeAR's development
// articles: another tokenizer of the same convention, not a truth, so the
// bounds are those measured when both were read side by side.
func TestSilver(t *testing.T) {
	root := os.Getenv("WHOSAID_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(root, "data", "polnear", "silver", "dev.tsv.gz"))
	if err != nil {
		t.Skip("needs ../shared data: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	type span struct{ start, end int }
	var silver map[span]bool
	ours, theirs, both := 0, 0, 0
	doc := ""
	tok := New(english.Language())
	count := func() {
		if doc == "" {
			return
		}
		b, err := os.ReadFile(filepath.Join(root, "data", "polnear", "dev", "text", doc+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		d := tok.Document(&news.Article{Body: string(b)})
		point := make([]int, len(d.Text)+1) // code points before each byte
		n := 0
		for i := range d.Text {
			point[i] = n
			n++
		}
		point[len(d.Text)] = n
		ours += len(d.Tokens)
		theirs += len(silver)
		for _, k := range d.Tokens {
			if silver[span{point[k.Span.Start], point[k.Span.End]}] {
				both++
			}
		}
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		l := lines.Text()
		if name, ok := strings.CutPrefix(l, "# doc "); ok {
			count()
			doc, silver = name, make(map[span]bool)
			continue
		}
		field := strings.Split(l, "\t")
		if strings.HasPrefix(l, "#") || len(field) < 4 {
			continue
		}
		a, err1 := strconv.Atoi(field[1])
		b, err2 := strconv.Atoi(field[2])
		if err1 != nil || err2 != nil {
			t.Fatalf("silver line %q", l)
		}
		silver[span{a, b}] = true
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	count()
	p, r := 100*float64(both)/float64(ours), 100*float64(both)/float64(theirs)
	t.Logf("tokens: precision %.2f, recall %.2f of %d", p, r, theirs)
	if p < 99.6 || r < 99.8 {
		t.Errorf("precision %.2f and recall %.2f are below 99.6 and 99.8", p, r)
	}
}
