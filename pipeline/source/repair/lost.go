package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lostMarks gives back curly marks that became U+FFFD or ?, where each one's
// place tells which it was: an apostrophe inside a word, and opening and
// closing marks by turns.
func lostMarks(s string) string {
	if strings.Contains(s, "\ufffd") {
		if t, ok := restore(s, utf8.RuneError); ok {
			return t
		}
	}
	if strings.Contains(s, "?") && contraction(s) {
		if t, ok := restore(s, '?'); ok {
			return t
		}
	}
	return s
}

// endings stand behind an apostrophe.
var endings = []string{"s", "t", "re", "ve", "ll", "d", "m"}

// apostrophe reports whether behind an apostrophe rest would end a word.
func apostrophe(before rune, rest string) bool {
	if !unicode.IsLetter(before) {
		return false
	}
	for _, e := range endings {
		if tail, ok := strings.CutPrefix(rest, e); ok {
			if r, _ := utf8.DecodeRuneInString(tail); tail == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("=&/_-?", r) {
				return true
			}
		}
	}
	return false
}

// contraction reports whether a ? stands where only an apostrophe can, and not
// in an address.
func contraction(s string) bool {
	for i := range len(s) {
		if s[i] != '?' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		word := s[strings.LastIndexAny(s[:i], " \n\t")+1 : i]
		if apostrophe(before, s[i+1:]) && !strings.ContainsAny(word, "/.:@") {
			return true
		}
	}
	return false
}

// restore replaces every lost mark; false when one's place does not tell, or
// opening and closing marks do not take turns.
func restore(s string, mark rune) (string, bool) {
	var out strings.Builder
	open, marks := false, 0
	before := rune(0)
	for i, r := range s {
		if r != mark {
			out.WriteRune(r)
			if r == '\n' && strings.HasPrefix(s[i:], "\n\n") {
				open = false // a statement may run on without a closing mark
			}
			before = r
			continue
		}
		_, width := utf8.DecodeRuneInString(s[i:]) // a byte that is no UTF-8 reads as a lost mark too, and is one byte long
		rest := s[i+width:]
		next, _ := utf8.DecodeRuneInString(rest)
		starts := before == 0 || unicode.IsSpace(before) || strings.ContainsRune("([—–", before)
		ends := rest == "" || unicode.IsSpace(next) || strings.ContainsRune(")].,;—–", next)
		put := mark
		switch {
		case apostrophe(before, rest):
			put = '’'
		case starts && (unicode.IsLetter(next) || unicode.IsDigit(next)):
			if open {
				return s, false
			}
			put, open = '“', true
		case ends && open && (mark != '?' || !unicode.IsLetter(before)):
			put, open = '”', false
		case mark == '?' && (ends || next == mark):
			// A question.
		default:
			return s, false
		}
		if put != mark {
			marks++
		}
		out.WriteRune(put)
		before = put
	}
	return out.String(), marks > 0 && !open
}
