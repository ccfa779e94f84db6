package token

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// line is one line of the text without its break and without white space at
// its ends. An empty one separates paragraphs.
type line struct {
	start, end int
	width      int // runes
	first      int // runes of the first word
	indent     bool
}

// splitLines cuts text at LF, CR, CRLF, vertical tab, form feed, NEL, and
// Unicode's line and paragraph separators.
func splitLines(text string, lines []line) []line {
	for start := 0; start < len(text); {
		end, next := start, start
		for next < len(text) && end == next {
			n := breakLen(text[next:])
			if n == 0 {
				next++
				end++
			} else {
				next += n
			}
		}
		lines = append(lines, trimLine(text, start, end))
		start = next
	}
	return lines
}

// breakLen is the length of the line break that s starts with, or 0.
func breakLen(s string) int {
	switch s[0] {
	case '\n', '\v', '\f':
		return 1
	case '\r':
		if len(s) > 1 && s[1] == '\n' {
			return 2
		}
		return 1
	case 0xC2:
		if strings.HasPrefix(s, "\u0085") {
			return 2
		}
	case 0xE2:
		if strings.HasPrefix(s, "\u2028") || strings.HasPrefix(s, "\u2029") {
			return 3
		}
	}
	return 0
}

func trimLine(text string, start, end int) line {
	l := line{start: start, end: end}
	for l.start < l.end {
		r, n := utf8.DecodeRuneInString(text[l.start:l.end])
		if !blank(r) {
			break
		}
		l.start += n
	}
	for l.start < l.end {
		r, n := utf8.DecodeLastRuneInString(text[l.start:l.end])
		if !blank(r) {
			break
		}
		l.end -= n
	}
	l.indent = l.start-start >= 2 || l.start > start && text[start] == '\t'
	s := text[l.start:l.end]
	l.width = utf8.RuneCountInString(s)
	if i := strings.IndexByte(s, ' '); i >= 0 {
		l.first = utf8.RuneCountInString(s[:i])
	} else {
		l.first = l.width
	}
	return l
}

func (l line) empty() bool { return l.end <= l.start }

// paragraphs joins lines to paragraphs. In most news a line is a paragraph;
// where the article was wrapped to a column, a paragraph is a run of full
// lines.
func paragraphs(text string, lines []line) []news.Span {
	column := wrapColumn(lines)
	var out []news.Span
	open := false // the last paragraph of out goes on with the next line
	for i, l := range lines {
		if l.empty() {
			open = false
			continue
		}
		if open {
			out[len(out)-1].End = int32(l.end)
		} else {
			out = append(out, news.Span{Start: int32(l.start), End: int32(l.end)})
		}
		open = column > 0 && i+1 < len(lines) && !lines[i+1].empty() && !startsItem(text, lines[i+1]) &&
			(l.width+1+lines[i+1].first > column || startsLower(text, lines[i+1]))
	}
	return out
}

// Limits of a column that a person or a mail program wraps text to.
const (
	minColumn = 45
	maxColumn = 100
	// minWrapped pairs of lines must speak before a whole article is rejoined:
	// fewer may be an address or a list.
	minWrapped = 4
	// wrapSlack allows a line to end some runes before the word that did not
	// fit, as ragged wrapping at hyphens and wide characters does.
	wrapSlack = 4
)

// wrapColumn is the width the whole article was wrapped to, or 0 when its
// lines are paragraphs. A wrapped text shows itself by lines that end just
// where the next line's first word would not have fit.
func wrapColumn(lines []line) int {
	var widths []int
	for i := 0; i+1 < len(lines); i++ {
		if !lines[i].empty() && !lines[i+1].empty() {
			widths = append(widths, lines[i].width)
		}
	}
	if len(widths) < minWrapped {
		return 0
	}
	sort.Ints(widths)
	column := widths[len(widths)*95/100]
	if column < minColumn || column > maxColumn {
		return 0
	}
	column -= wrapSlack
	full := 0
	for i := 0; i+1 < len(lines); i++ {
		if l := lines[i]; !l.empty() && !lines[i+1].empty() && l.width+1+lines[i+1].first > column {
			full++
		}
	}
	// Without blank lines every paragraph's last line is short: three or four
	// full lines of five is what such text has; lists and verse have fewer.
	if full*3 < len(widths)*2 {
		return 0
	}
	return column
}

// startsItem reports a line that begins a list item or is indented, which
// opens a paragraph in wrapped text.
func startsItem(text string, l line) bool {
	if l.indent {
		return true
	}
	s := text[l.start:l.end]
	return strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "* ") || strings.HasPrefix(s, "•")
}

func startsLower(text string, l line) bool {
	c := text[l.start]
	return 'a' <= c && c <= 'z'
}
