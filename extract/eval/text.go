package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// isWord: letters, numbers of every script, and the underscore. Combining
// marks are not word characters; each is a token of its own.
func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// isSpace is Unicode white space and the four separators of ASCII, which
// unicode.IsSpace leaves out.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

func compareRange(a, b Range) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// page is a text made ready for counting.
type page struct {
	text   []rune
	tokens []Range
}

func newPage(text string) *page {
	p := &page{text: []rune(text)}
	for i := 0; i < len(p.text); {
		j := i + 1
		switch {
		case isWord(p.text[i]):
			for j < len(p.text) && isWord(p.text[j]) {
				j++
			}
			p.tokens = append(p.tokens, Range{i, j})
		case !isSpace(p.text[i]):
			p.tokens = append(p.tokens, Range{i, j})
		}
		i = j
	}
	return p
}

// tokensOf lists the indexes of the tokens that share a character with spans,
// sorted, each once.
func (p *page) tokensOf(spans []Range) []int {
	var out []int
	for _, s := range spans {
		i, _ := slices.BinarySearchFunc(p.tokens, s[0], func(t Range, at int) int {
			if t[1] > at {
				return 1
			}
			return -1
		})
		for ; i < len(p.tokens) && p.tokens[i][0] < s[1]; i++ {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fragments cuts spans at line breaks, trims white space, drops what is empty,
// and sorts.
func (p *page) fragments(spans []Range) []Range {
	var out []Range
	for _, s := range spans {
		a, end := p.clamp(s)
		for a <= end {
			b := a
			for b < end && p.text[b] != '\n' {
				b++
			}
			l, r := a, b
			for l < r && isSpace(p.text[l]) {
				l++
			}
			for l < r && isSpace(p.text[r-1]) {
				r--
			}
			if l < r {
				out = append(out, Range{l, r})
			}
			a = b + 1
		}
	}
	slices.SortFunc(out, compareRange)
	return slices.Compact(out)
}

func (p *page) clamp(r Range) (int, int) {
	return min(max(r[0], 0), len(p.text)), min(max(r[1], 0), len(p.text))
}

// words is the text of spans on one line, fragments joined by " … ".
func (p *page) words(spans []Range) string {
	var out []string
	for _, f := range p.fragments(spans) {
		out = append(out, squeeze(string(p.text[f[0]:f[1]])))
	}
	return strings.Join(out, " … ")
}

// overlap counts the members two sorted sets share.
func overlap(a, b []int) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// squeeze makes every run of white space one space.
func squeeze(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if isSpace(r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// normName is a name as names are compared: compatibility forms unified,
// straight apostrophes, single spaces, lower case, without a leading "the", a
// final "'s" or final full stops and commas.
func normName(s string) string {
	s = strings.ReplaceAll(norm.NFKC.String(s), "’", "'")
	s = cases.Lower(language.Und).String(strings.TrimFunc(squeeze(s), isSpace))
	s = strings.TrimPrefix(s, "the ")
	s = strings.TrimSuffix(s, "'s")
	return strings.Trim(s, " .,")
}
