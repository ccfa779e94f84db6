package repair

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

var (
	unicodeEscape = regexp.MustCompile(`\\u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?`)
	lostEscape    = regexp.MustCompile(`u(?:20(?:1[3489cd]|26|22)|00(?:a[0-9a-f]|[b-f][0-9a-f]))`)
	lostMark      = regexp.MustCompile(`u20(?:1[89cd])`)
)

// escapes undoes escapes of JSON and of programs that stand in the text as
// letters, with their backslash or, where several show it, without.
func escapes(s string) string {
	if strings.IndexByte(s, '\\') >= 0 {
		s = backslashes(s)
	}
	if strings.Contains(s, "u201") && len(lostMark.FindAllStringIndex(s, 2)) == 2 {
		s = lostEscape.ReplaceAllStringFunc(s, func(e string) string { return string(rune(hex(e[1:]))) })
	}
	return s
}

func hex(s string) uint64 {
	n, _ := strconv.ParseUint(s, 16, 32) // the patterns let nothing else through
	return n
}

func backslashes(s string) string {
	known := false
	if strings.Contains(s, `\u`) {
		t := unicodeEscape.ReplaceAllStringFunc(s, unescape)
		known, s = t != s, t
	}
	marks := strings.Count(s, `\"`)
	if marks >= 2 || marks == 1 && known {
		s, known = strings.ReplaceAll(s, `\"`, `"`), true
	}
	if apostrophes := escapedApostrophe.FindAllStringIndex(s, 2); len(apostrophes) == 2 || len(apostrophes) == 1 && known {
		s, known = strings.ReplaceAll(s, `\'`, `'`), true
	}
	// Paths hold a backslash and an n too; two in a row, or one at a sentence's
	// end in a text that has other escapes, are line ends.
	if strings.Contains(s, `\n\n`) || strings.Contains(s, `\r\n`) || known {
		s = lineEscape.ReplaceAllStringFunc(s, func(e string) string {
			i := strings.IndexByte(e, '\\')
			return e[:i] + strings.NewReplacer(`\r\n`, "\n", `\n`, "\n").Replace(e[i:])
		})
	}
	if known {
		s = strings.ReplaceAll(s, `\/`, `/`)
	}
	return s
}

var (
	escapedApostrophe = regexp.MustCompile(`\p{L}\\'\p{L}`)
	lineEscape        = regexp.MustCompile(`[.!?,:;”’"')\]\s](?:(?:\\r)?\\n)+|(?:(?:\\r)?\\n){2,}`)
)

// unescape reads \u201c, or two of them that are a surrogate pair.
func unescape(e string) string {
	first := rune(hex(e[2:6]))
	second := ""
	if len(e) > 6 {
		if r := utf16.DecodeRune(first, rune(hex(e[8:12]))); r != '\ufffd' {
			return string(r)
		}
		second = unescape(e[6:])
	}
	if utf16.IsSurrogate(first) || first < 0x20 && first != '\n' && first != '\t' {
		return e[:6] + second
	}
	return string(first) + second
}

var entity = regexp.MustCompile(`&(?:amp;)*(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}[0-9]{0,2});`)

// entities undoes character references of HTML, encoded once or more.
func entities(s string) string {
	if strings.IndexByte(s, '&') < 0 || !entity.MatchString(s) {
		return s
	}
	return entity.ReplaceAllStringFunc(s, func(e string) string {
		for range maxLayers {
			t := html.UnescapeString(e)
			if t == e {
				break
			}
			e = t
		}
		if e == "\u00a0" {
			return " "
		}
		return strings.ReplaceAll(e, "\x00", "\ufffd")
	})
}

// doubled halves straight quotation marks where every one stands twice.
func doubled(s string) string {
	n := strings.Count(s, `""`)
	if n < 2 || n%2 != 0 || strings.Count(s, `"`) != 2*n {
		return s
	}
	return strings.ReplaceAll(s, `""`, `"`)
}
