package source

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestPages holds the text that is found in pages of our own against the right
// one, which lies beside them in testdata/pages. The pages of judge were
// written after the steps before the main text is looked for, and nothing of these
// was changed for them; the names of furniture came later.
func TestPages(t *testing.T) {
	for _, part := range []struct {
		name              string
		precision, recall float64 // the least
	}{{"tune", 0.995, 0.995}, {"judge", 0.99, 0.99}} {
		files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "pages", part.name, "*.txtar"))
		if err != nil || len(files) < 15 {
			t.Fatal(len(files), err)
		}
		var common, found, right int
		for _, file := range files {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := readAll(t, Options{}, write(t, "page.html", a.Files[0].Data))
			text := ""
			if len(got.articles) == 1 {
				text = got.articles[0].Body
			}
			c, f, r := overlap(text, string(a.Files[1].Data))
			if c < f || c < r {
				t.Logf("%s/%s: %d of %d shingles found, %d right; got %q", part.name, filepath.Base(file), c, r, f, text)
			}
			common, found, right = common+c, found+f, right+r
		}
		p, r := float64(common)/float64(max(found, 1)), float64(common)/float64(right)
		t.Logf("%s: %d pages, precision %.3f, recall %.3f", part.name, len(files), p, r)
		if p < part.precision || r < part.recall {
			t.Errorf("%s: precision %.3f and recall %.3f, want at least %.2f and %.2f", part.name, p, r, part.precision, part.recall)
		}
	}
}

// overlap counts the runs of three words that both texts have, each as often
// as it comes, and those of each.
func overlap(got, want string) (common, found, right int) {
	left := map[string]int{}
	for _, s := range shingles(want) {
		left[s]++
		right++
	}
	for _, s := range shingles(got) {
		found++
		if left[s] > 0 {
			left[s]--
			common++
		}
	}
	return common, found, right
}

func shingles(text string) (out []string) {
	words := strings.Fields(text)
	for i := 0; i+3 <= len(words); i++ {
		out = append(out, strings.Join(words[i:i+3], " "))
	}
	return out
}
