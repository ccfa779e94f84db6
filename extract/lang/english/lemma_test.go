package english

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/news"
)

func TestLemma(t *testing.T) {
	for _, c := range []struct{ word, tag, want string }{
		{"said", "VBD", "say"}, {"Says", "VBZ", "say"}, {"saying", "VBG", "say"}, {"told", "VBN", "tell"},
		{"added", "VBD", "add"}, {"claimed", "VBD", "claim"}, {"claiming", "VBG", "claim"},
		{"stated", "VBD", "state"}, {"denies", "VBZ", "deny"}, {"denied", "VBD", "deny"},
		{"announced", "VBD", "announce"}, {"announcing", "VBG", "announce"}, {"arguing", "VBG", "argue"},
		{"admitted", "VBD", "admit"}, {"agreed", "VBD", "agree"}, {"acknowledged", "VBD", "acknowledge"},
		{"believes", "VBZ", "believe"}, {"insisted", "VBD", "insist"}, {"promised", "VBD", "promise"},
		{"tweeted", "VBD", "tweet"}, {"quipped", "VBD", "quip"}, {"called", "VBD", "call"},
		{"stressed", "VBD", "stress"}, {"suggesting", "VBG", "suggest"}, {"noted", "VBD", "note"},
		{"visited", "VBD", "visit"}, {"shouted", "VBD", "shout"}, {"conceded", "VBD", "concede"},
		{"appreciated", "VBN", "appreciate"}, {"required", "VBN", "require"}, {"defeated", "VBD", "defeat"},
		{"wrote", "VBD", "write"}, {"thought", "VBD", "think"}, {"Thinks", "VBZ", "think"}, {"lying", "VBG", "lie"},
		{"'s", "VBZ", "be"}, {"’re", "VBP", "be"}, {"’ve", "VBP", "have"}, {"'ll", "MD", "will"}, {"wo", "MD", "will"}, {"n’t", "RB", "not"},
		{"found", "VB", "found"}, {"found", "VBD", "find"}, {"saw", "VBD", "see"}, {"sing", "VBG", "sing"},
		{"officials", "NNS", "official"}, {"parties", "NNS", "party"}, {"spokesmen", "NNS", "spokesman"},
		{"wives", "NNS", "wife"}, {"politics", "NNS", "politics"}, {"churches", "NNS", "church"}, {"people", "NNS", "people"},
		{"The", "DT", "the"}, {"ÉLUS", "NN", "élus"}, {"", "NN", ""}, {"s", "NNS", "s"},
	} {
		tag, _ := news.ParseTag(c.tag)
		if got := Language().Lemma(c.word, tag); got != c.want {
			t.Errorf("Language().Lemma(%q, %s) = %q, want %q", c.word, c.tag, got, c.want)
		}
	}
}

func TestLemmaAllocates(t *testing.T) {
	n := testing.AllocsPerRun(100, func() {
		Language().Lemma("said", news.TagVBD)
		Language().Lemma("claimed", news.TagVBD)
		Language().Lemma("announced", news.TagVBD)
		Language().Lemma("insisting", news.TagVBG)
		Language().Lemma("officials", news.TagNNS)
		Language().Lemma("the", news.TagDT)
	})
	if n > 0 {
		t.Errorf("%v allocations for common words", n)
	}
}

// shared is a file of the shared data, for tests that compare with it.
func shared(t testing.TB, path string) string {
	t.Helper()
	root := os.Getenv("WHOSAID_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	path = filepath.Join(root, path)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("needs ../shared data: %v", err)
	}
	return path
}

// The lemmas of the English Web Treebank's test part, verbs and plural nouns.
func TestLemmaTreebank(t *testing.T) {
	f, err := os.Open(shared(t, "data/ud/ewt/test.conllu"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	right, all := 0, 0
	for scan := bufio.NewScanner(f); scan.Scan(); {
		col := strings.Split(scan.Text(), "\t")
		if len(col) != 10 || col[4][0] != 'V' && col[4] != "NNS" || strings.Contains(col[5], "Typo=Yes") {
			continue
		}
		tag, _ := news.ParseTag(col[4])
		all++
		if Language().Lemma(col[1], tag) == strings.ToLower(col[2]) {
			right++
		}
	}
	share := 100 * float64(right) / float64(all)
	t.Logf("%.2f%% of %d", share, all)
	if share < 98.5 {
		t.Errorf("%.2f%% of %d lemmas right, want 98.5", share, all)
	}
}

func FuzzLemma(f *testing.F) {
	f.Add("Saying", uint8(news.TagVBG))
	f.Fuzz(func(t *testing.T, word string, tag uint8) { Language().Lemma(word, news.Tag(tag)) })
}
