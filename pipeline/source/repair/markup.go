package repair

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	mdLink    = regexp.MustCompile(`!?\[([^\[\]\n]{1,300})\]\((?:https?://|mailto:|/)[^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?: "[^"\n]*")?\)`)
	mdBold    = regexp.MustCompile(`\*\*(\S(?:[^*\n]{0,1000}?[^\s*])?)\*\*`)
	mdItalic  = regexp.MustCompile(`(^|[^\w*\\])\*([^\s*](?:[^*\n]{0,1000}?[^\s*])?)\*($|[^\w*])`)
	mdLine    = regexp.MustCompile(`(?m)^(?:>[ \t]?)+|^#{1,6}[ \t]+`)
	mdEscaped = regexp.MustCompile(`\\([*_\[\]()#>.!&~` + "`" + `-])`)
)

// markdown takes off the marks of Markdown, where a link or words in bold show
// that it is one. Asterisks alone, such as those of footnotes, show nothing.
func markdown(s string) string {
	link := strings.Contains(s, "](") && mdLink.MatchString(s)
	bold := strings.Contains(s, "**") && mdBold.MatchString(s)
	if !link && !bold {
		return s
	}
	s = mdLink.ReplaceAllStringFunc(s, func(m string) string {
		if m[0] == '!' { // a picture
			return ""
		}
		return mdLink.FindStringSubmatch(m)[1]
	})
	s = mdBold.ReplaceAllString(s, "$1")
	s = mdItalic.ReplaceAllString(s, "$1$2$3")
	s = mdLine.ReplaceAllString(s, "")
	return mdEscaped.ReplaceAllString(s, "$1")
}

// starters begin sentences. Only before one of these is a full stop without a
// space a lost space: names of sites and programs hold other words.
var starters = map[string]bool{}

func init() {
	for w := range strings.FieldsSeq(`The He She It They We I You In On At A An And But For This That These Those There
		His Her Its Their Our My Mr Mrs Ms Dr As When While After Before If According Although However Some Many Most
		One Two Not No What Who Why How Where With From By Since So Yet Then Now Asked Both Each All Another Other
		Under Until During Despite Because Last Earlier Later Meanwhile Still Also Even Only`) {
		starters[w] = true
	}
}

// spacing puts a space where a full stop and the next sentence were joined.
func spacing(s string) string {
	var out strings.Builder
	from := 0
	for i := 1; i < len(s)-1; i++ {
		if s[i] == '.' && upper(s[i+1]) && lowerWord(s[:i]) && starts(s[i+1:]) {
			out.WriteString(s[from : i+1])
			out.WriteByte(' ')
			from = i + 1
		}
	}
	if from == 0 {
		return s
	}
	out.WriteString(s[from:])
	return out.String()
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
func lower(c byte) bool { return c >= 'a' && c <= 'z' }

// lowerWord reports whether s ends in a word of small letters, or one with a
// capital first, of three letters at least: not in an abbreviation.
func lowerWord(s string) bool {
	n := 0
	for n < len(s) && lower(s[len(s)-1-n]) {
		n++
	}
	if n < 3 {
		return false
	}
	if n == len(s) {
		return true
	}
	c := s[len(s)-1-n]
	if upper(c) {
		n++
		c = ' '
		if n < len(s) {
			c = s[len(s)-1-n]
		}
	}
	return c == ' ' || c == '\n' || c == '-' || c == '\'' || c >= utf8.RuneSelf || c == '('
}

// starts reports whether s begins with a word that begins sentences.
func starts(s string) bool {
	end := 0
	for end < len(s) && (lower(s[end]) || upper(s[end])) {
		end++
	}
	return end < len(s) && (s[end] == ' ' || s[end] == '\'' || s[end] == ',' || strings.HasPrefix(s[end:], "’")) && starters[s[:end]]
}
