package index

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Limits of what may be asked for: far above any question, far below what
// would keep the index busy.
const (
	maxWordsBytes = 1000
	maxTerms      = 32
)

// ErrQuery is wrapped by what is wrong with a query.
var ErrQuery = errors.New("the search cannot be understood")

// term is one word or phrase of a search.
type term struct {
	text    string
	prefix  bool // whatever begins so
	exclude bool
	or      bool // stands behind OR
}

// parseWords reads what people type: words that must all be there, "phrases",
// -words that must not be, begin* for what begins so, and OR between two.
// Nothing is a mistake but too much of it.
func parseWords(s string) ([]term, error) {
	if len(s) > maxWordsBytes {
		return nil, fmt.Errorf("%w: more than %d characters of words", ErrQuery, maxWordsBytes)
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, " "), "\x00", " ") // which end a string to the index
	var terms []term
	or := false
	for {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
		if s == "" {
			return terms, nil
		}
		var t term
		if rest, ok := strings.CutPrefix(s, "-"); ok {
			t.exclude, s = true, rest
		}
		t.text, s = nextTerm(s)
		if rest, ok := strings.CutPrefix(s, "*"); ok { // behind a phrase
			t.prefix, s = true, rest
		}
		if text, ok := strings.CutSuffix(t.text, "*"); ok {
			t.text, t.prefix = text, true
		}
		if t.text == "OR" && !t.exclude && !t.prefix {
			or = len(terms) > 0
			continue
		}
		if strings.IndexFunc(t.text, isWordRune) < 0 {
			continue
		}
		t.or, or = or && !t.exclude, false
		if terms = append(terms, t); len(terms) > maxTerms {
			return nil, fmt.Errorf("%w: more than %d words", ErrQuery, maxTerms)
		}
	}
}

// nextTerm cuts the first word or phrase off.
func nextTerm(s string) (text, rest string) {
	for _, marks := range [][2]string{{`"`, `"`}, {"“", "”"}} {
		if inner, ok := strings.CutPrefix(s, marks[0]); ok {
			text, rest, _ = strings.Cut(inner, marks[1])
			return text, rest
		}
	}
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// isWordRune is what the index takes for a part of a word.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

// expression is t for the full-text index.
func (t term) expression() string {
	e := `"` + escapeQuotes(t.text) + `"`
	if t.prefix {
		e += " *"
	}
	return e
}
