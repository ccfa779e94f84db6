package train

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// conllu is a treebank of our own sentences, in the short form word/tag,
// head, relation.
func conllu(t *testing.T, sentences ...string) []Tree {
	t.Helper()
	var b strings.Builder
	for _, s := range sentences {
		for i, f := range strings.Fields(s) {
			part := strings.Split(f, "|")
			b.WriteString(strings.Join([]string{strconv.Itoa(i + 1), part[0], "_", "_", part[1], "_", part[2], part[3], "_", "_"}, "\t") + "\n")
		}
		b.WriteByte('\n')
	}
	trees, err := ReadCoNLLU(strings.NewReader(b.String()), "own")
	if err != nil {
		t.Fatal(err)
	}
	return trees
}

func TestReadCoNLLU(t *testing.T) {
	text := "# newdoc id = a\n# text = Don't\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n" +
		"1\tDo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t1\tadvmod:neg\t_\t_\n" +
		"2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n\n1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_"
	trees, err := ReadCoNLLU(strings.NewReader(text), "x")
	if err != nil || len(trees) != 2 {
		t.Fatal(len(trees), err)
	}
	if a := trees[0]; a.Doc != "a" || a.Words[1] != "n't" || a.Heads[1] != 0 || a.Rels[1] != news.RelAdvmod || a.Heads[0] != -1 ||
		a.Glued[0] || !a.Glued[1] {
		t.Errorf("%+v", a)
	}
	for _, bad := range []string{
		"1\tx\n", "1\tx\t_\t_\tNN\t_\t1\troot\t_\t_\n", "2\tx\t_\t_\tNN\t_\t0\troot\t_\t_\n",
		"1\tx\t_\t_\tZZ\t_\t0\troot\t_\t_\n", "1\tx\t_\t_\tNN\t_\t0\tnone\t_\t_\n", "1\tx\t_\t_\tNN\t_\ty\troot\t_\t_\n",
		"1\tx\t_\t_\tNN\t_\t2\tobj\t_\t_\n2\ty\t_\t_\tNN\t_\t1\tobj\t_\t_\n",
		"1\tx\t_\t_\tNN\t_\t0\troot\t_\t_\n2\ty\t_\t_\tNN\t_\t0\troot\t_\t_\n",
	} {
		if _, err := ReadCoNLLU(strings.NewReader(bad), "x"); err == nil || !strings.Contains(err.Error(), "read x:") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

func TestReadSilver(t *testing.T) {
	text := "Mr. Ole Quill was praised by Ann and Bob, he said."
	rows := []string{
		"0 3 mr. NNP O 3 compound", "4 7 Ole NNP PERSON 3 compound", "8 13 Quill NNP PERSON 5 nsubjpass",
		"14 17 be VBD O 5 auxpass", "18 25 praise VBN O 12 ccomp", "26 28 by IN O 7 case", "29 32 Ann NNP PERSON 5 nmod",
		"33 36 and CC O 7 cc", "37 40 Bob NNP PERSON 7 conj", "40 41 , , O 12 punct", "42 44 he PRP O 12 nsubj", "45 49 say VBD O 0 root", "49 50 . . O 12 punct",
	}
	in := "# doc d\n"
	for i, r := range rows {
		in += strconv.Itoa(i+1) + "\t" + strings.ReplaceAll(r, " ", "\t") + "\n"
	}
	trees, err := ReadSilver(strings.NewReader(in), "s", func(string) (string, error) { return text, nil })
	if err != nil || len(trees) != 1 {
		t.Fatal(len(trees), err)
	}
	var got []string
	for i, w := range trees[0].Words {
		got = append(got, w+"/"+trees[0].Rels[i].String()+">"+strconv.Itoa(int(trees[0].Heads[i])+1))
	}
	want := "Mr./nmod:desc>2 Ole/nsubj:pass>5 Quill/flat>2 was/aux:pass>5 praised/ccomp>12 by/case>7 Ann/obl:agent>5 " +
		"and/cc>9 Bob/conj>7 ,/punct>5 he/nsubj>12 said/root>0 ./punct>12"
	for i, w := range trees[0].Words {
		if mark := w == "," || w == "."; trees[0].Glued[i] != mark {
			t.Errorf("word %d, %q: glued %v", i, w, !mark)
		}
	}
	if g := strings.Join(got, " "); g != want {
		t.Errorf("got  %s\nwant %s", g, want)
	}
}

func TestRewrite(t *testing.T) {
	tree := conllu(t, "The|DT|2|det mayor|NN|3|nsubj quit|VBD|0|root over|IN|7|case a|DT|7|det US|NNP|7|compound loan|NN|3|obl .|.|3|punct")[0]
	for writing, want := range []string{"THE MAYOR QUIT OVER A US LOAN", "The Mayor Quit Over a US Loan", "the mayor quit over a us loan ."} {
		got := tree.rewrite(writing)
		if s := strings.Join(got.Words, " "); s != want || got.check() != nil || len(got.Tags) != len(got.Words) || len(got.Rels) != len(got.Words) {
			t.Errorf("got %q, want %q: %+v", s, want, got)
		}
	}
	if s := strings.Join(tree.Words, " "); s != "The mayor quit over a US loan ." || len(tree.Heads) != 8 {
		t.Errorf("the original has changed: %+v", tree)
	}
}

var ownTrees = []string{
	"The|DT|2|det mayor|NN|3|nsubj said|VBD|0|root nothing|NN|3|obj .|.|3|punct",
	"The|DT|2|det bridge|NN|4|nsubj:pass was|VBD|4|aux:pass closed|VBN|0|root .|.|4|punct",
	"Nobody|NN|2|nsubj told|VBD|0|root the|DT|4|det mayor|NN|2|obj .|.|2|punct",
	"She|PRP|2|nsubj said|VBD|0|root the|DT|4|det bridge|NN|6|nsubj:pass was|VBD|6|aux:pass closed|VBN|2|ccomp .|.|2|punct",
}

func trainOwn(t *testing.T) ([]byte, *syntax.Parser) {
	t.Helper()
	var trees []Tree
	for i := range 12 {
		more := conllu(t, ownTrees...)
		for k := range more {
			more[k].Doc = strconv.Itoa(i)
		}
		trees = append(trees, more...)
	}
	var plain [][]string
	for _, tr := range trees {
		plain = append(plain, tr.Words)
	}
	o := SyntaxOptions{Seed: 3, Epochs: 4, Folds: 2, TagSlots: 1 << 12, BackSlots: 1 << 12, RelSlots: 1 << 12, ArcSlots: 1 << 12}
	o.fill()
	f, p, err := trainSyntax(context.Background(), factsOf(plain, 3), trees, o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if s := ScoreSyntax(p, trees); s.All.Labels != s.All.Words || s.Tags != s.All.Words {
		t.Errorf("does not learn four sentences by heart: %v", s)
	}
	return b, p
}

func TestTrainSyntaxAgain(t *testing.T) {
	a, _ := trainOwn(t)
	b, _ := trainOwn(t)
	if !bytes.Equal(a, b) {
		t.Error("same data and seed, another model")
	}
}

func TestTrainSyntaxStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o := SyntaxOptions{TagSlots: 1 << 12, BackSlots: 1 << 12, RelSlots: 1 << 12, ArcSlots: 1 << 12}
	o.fill()
	if _, _, err := trainSyntax(ctx, nil, conllu(t, ownTrees...), o); err == nil {
		t.Error("goes on after it was cancelled")
	}
}

func TestFolds(t *testing.T) {
	seen := map[int]bool{}
	for i := range 40 {
		seen[foldOf("article-"+strconv.Itoa(i), 3)] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d of 3 folds in use", len(seen))
	}
	// An article stays in its fold from one training, and one program, to the next.
	for name, want := range map[string]int{"a": 0, "article-1": 1, "article-7": 0} {
		if got := foldOf(name, 3); got != want {
			t.Errorf("%s is in fold %d, was in %d", name, got, want)
		}
	}
}

// The figures that the embedded model must keep; see docs/models.
func TestSyntaxFloor(t *testing.T) {
	root := os.Getenv("WHOSAID_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	data := filepath.Join(root, "data")
	if _, err := os.Stat(data); err != nil {
		t.Skipf("needs ../shared data: %v", err)
	}
	p, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	web, err := readTreebank(filepath.Join(data, "ud/ewt/test.conllu"))
	if err != nil {
		t.Fatal(err)
	}
	silver, err := readSilver(filepath.Join(data, "polnear"), "dev")
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		name           string
		trees          []Tree
		tags, uas, las float64
	}{
		{"EWT test", web, 95.4, 84.4, 80.9},
		{"PolNeAR dev (silver)", silver, 96.8, 84.0, 81.0},
	} {
		s := ScoreSyntax(p, set.trees)
		t.Logf("%s: %v", set.name, s)
		if n := s.All.Words; percent(s.Tags, n) < set.tags || percent(s.All.Heads, n) < set.uas || percent(s.All.Labels, n) < set.las {
			t.Errorf("%s: %v; want at least %v, %v, %v", set.name, s, set.tags, set.uas, set.las)
		}
	}
}

// A small training run on sentences of the project's own, held to sentences that
// it has not seen: the twin of TestSyntaxFloor for those without ../shared.
func TestSyntaxFloorOwn(t *testing.T) {
	_, p := trainOwn(t)
	s := ScoreSyntax(p, conllu(t,
		"The|DT|2|det mayor|NN|4|nsubj:pass was|VBD|4|aux:pass told|VBN|0|root .|.|4|punct",
		"Nobody|NN|2|nsubj said|VBD|0|root the|DT|4|det mayor|NN|6|nsubj:pass was|VBD|6|aux:pass closed|VBN|2|ccomp .|.|2|punct",
		"She|PRP|2|nsubj told|VBD|0|root the|DT|4|det mayor|NN|2|obj nothing|NN|2|obj .|.|2|punct",
		"The|DT|2|det bridge|NN|3|nsubj said|VBD|0|root nothing|NN|3|obj .|.|3|punct",
	))
	t.Log(s)
	if n := s.All.Words; percent(s.Tags, n) < 95 || percent(s.All.Heads, n) < 78 || percent(s.All.Labels, n) < 78 {
		t.Errorf("%v; want at least 95, 78, 78", s)
	}
}
