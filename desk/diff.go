package desk

import (
	"strings"
	"unicode"
)

// diffWord is a word of two texts laid beside each other.
type diffWord struct {
	Text string
	Op   string // "" in both, "del" in the first alone, "ins" in the second alone
}

// maxDiff is the most words that are laid beside each other: the table of a
// longer pair would grow too large.
const maxDiff = 400

// diff lays the words of b beside those of a: the longest common subsequence
// of words, case and marks aside.
func diff(a, b string) []diffWord {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) > maxDiff || len(y) > maxDiff {
		return []diffWord{{b, ""}}
	}
	same := func(i, k int) bool { return bare(x[i]) == bare(y[k]) }
	long := make([][]int, len(x)+1)
	for i := range long {
		long[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for k := len(y) - 1; k >= 0; k-- {
			if same(i, k) {
				long[i][k] = long[i+1][k+1] + 1
			} else {
				long[i][k] = max(long[i+1][k], long[i][k+1])
			}
		}
	}
	var out []diffWord
	add := func(word, op string) {
		if n := len(out); n > 0 && out[n-1].Op == op {
			out[n-1].Text += " " + word
			return
		}
		out = append(out, diffWord{word, op})
	}
	i, k := 0, 0
	for i < len(x) || k < len(y) {
		switch {
		case i < len(x) && k < len(y) && same(i, k):
			add(y[k], "")
			i, k = i+1, k+1
		case k == len(y) || i < len(x) && long[i+1][k] >= long[i][k+1]:
			add(x[i], "del")
			i++
		default:
			add(y[k], "ins")
			k++
		}
	}
	return out
}

// bare is a word without marks around it, in lower case.
func bare(w string) string {
	t := strings.TrimFunc(strings.ToLower(w), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if t == "" {
		return w
	}
	return t
}
