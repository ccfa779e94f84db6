package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// closest is the word among these that was probably meant by a mistyped one;
// "" when none is near.
func closest(word string, among []string) string {
	word = strings.ToLower(word)
	best, least := "", 1+max(1, len(word)/3) // one letter in three may be wrong
	for _, w := range among {
		lower := strings.ToLower(w)
		d := edits(word, lower)
		if len(word) > 2 && (strings.HasPrefix(lower, word) || strings.HasPrefix(word, lower) && len(lower) > 2) {
			d = min(d, 1)
		}
		if d < least {
			best, least = w, d
		}
	}
	return best
}

// didYouMean is the end of a message about a mistyped word; "" when no other is
// near.
func didYouMean(word string, among []string) string {
	if w := closest(word, among); w != "" {
		return fmt.Sprintf("; did you mean %s?", w)
	}
	return ""
}

// edits is how many letters must be put in, taken out, changed or swapped with
// their neighbour to make b of a.
func edits(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		now, last, before := rows[i%3], rows[(i+2)%3], rows[(i+1)%3]
		now[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
	}
	return rows[len(a)%3][len(b)]
}

// flagError is what the flag package says of a flag, in our words.
func flagError(cmd *cli.Command, err error) error {
	const undefined = "flag provided but not defined: -"
	s := err.Error()
	if name, ok := strings.CutPrefix(s, undefined); ok {
		var names []string
		for _, f := range flagsOf(cmd) {
			names = append(names, f.name)
		}
		slices.SortFunc(names, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
		hint := fmt.Sprintf("; whosaid %s --help lists the flags", cmd.Name)
		if w := closest(strings.TrimLeft(name, "-"), names); w != "" {
			hint = fmt.Sprintf("; did you mean --%s?", w)
		}
		return fmt.Errorf("%s has no flag --%s%s", cmd.Name, strings.TrimLeft(name, "-"), hint)
	}
	s = strings.Replace(s, "for flag -", "for --", 1)
	s = strings.Replace(s, "flag needs an argument: -", "a value is missing behind --", 1)
	return fmt.Errorf("%s (whosaid %s --help lists the flags)", s, cmd.Name)
}
