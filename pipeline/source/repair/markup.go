package repair

import (
	"regexp"
	"strings"
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
