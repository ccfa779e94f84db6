package correct

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/whosaid/whosaid/extract/eval"
)

// maxWords bounds what is looked for: the longest statements have some thousand
// characters, and looking takes the longer the more they repeat.
const maxWords = 20_000

// Locate finds words in a text, white space aside, and gives the place nearest
// to `near`; a negative one is the first place there is. Offsets are code
// points.
func Locate(text, words string, near int) (eval.Range, error) {
	want := fold(words)
	if len(want) == 0 || len(want) > maxWords {
		return eval.Range{}, fmt.Errorf("a statement has words, up to %d characters of them in a piece", maxWords)
	}
	t := []rune(text)
	best, found := eval.Range{}, false
	for i := range t {
		if t[i] != want[0] {
			continue
		}
		end, ok := match(t, i, want)
		if !ok {
			continue
		}
		if !found || distance(i, near) < distance(best[0], near) {
			best, found = eval.Range{i, end}, true
		}
		if near < 0 {
			break
		}
	}
	if !found {
		return eval.Range{}, fmt.Errorf("these words are not in the article: %s", strings.Join(strings.Fields(words), " "))
	}
	return best, nil
}

// LocateAll finds fragments in their order, one a line, the first near a place
// and each next behind the one before.
func LocateAll(text, lines string, near int) ([]eval.Range, error) {
	var out []eval.Range
	from := 0
	t := []rune(text)
	for line := range strings.Lines(lines) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		at := near
		if from > 0 {
			at = 0
		} else if near < 0 {
			at = -1
		}
		r, err := Locate(string(t[from:]), line, at)
		if err != nil && from > 0 {
			return nil, fmt.Errorf("%w (behind the line before)", err)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, eval.Range{r[0] + from, r[1] + from})
		from += r[1]
	}
	return out, nil
}

// fold is words with runs of white space as one space, and none around them.
func fold(words string) []rune { return []rune(strings.Join(strings.Fields(words), " ")) }

// match compares from t[i] on; a space of the words is any white space of the
// text.
func match(t []rune, i int, want []rune) (end int, ok bool) {
	for k := 0; k < len(want); k++ {
		if want[k] == ' ' {
			if i >= len(t) || !unicode.IsSpace(t[i]) {
				return 0, false
			}
			for i < len(t) && unicode.IsSpace(t[i]) {
				i++
			}
			continue
		}
		if i >= len(t) || t[i] != want[k] {
			return 0, false
		}
		i++
	}
	return i, true
}

func distance(a, b int) int {
	if a < b {
		return b - a
	}
	return a - b
}
