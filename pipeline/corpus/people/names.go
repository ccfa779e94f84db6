package people

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// name is a name taken apart for comparison. All words are folded.
type name struct {
	key    string   // words without spaces: equal for spellings that differ in marks and case alone
	words  []string // of an organization: without "the", "of" and forms of company
	given  string   // of a person; an initial is one letter; "" where only one word is known
	middle string   // the words between, with spaces
	last   string   // of a person: the last word
	suffix string   // jr, ii and so on; "" none
}

// Words that are no part of what tells two names apart.
var (
	honorifics = set("mr mrs ms miss mister dr sir dame madam")
	suffixes   = set("jr sr ii iii iv")
	fillers    = set("the of for and on in at to a")
	companies  = set("inc corp corporation co company ltd limited plc llc gmbh ag sa")
	// heads may stand before or behind what they are of: Justice Department,
	// Department of Justice.
	heads = set("department dept ministry office embassy government")
	alike = map[string]string{"dept": "department", "camp": "campaign", "team": "campaign"}
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// fold makes words of a name: lower case, without accents, apostrophes, dots
// and possessives; hyphens part words.
func fold(s string) []string {
	var b strings.Builder
	if !ascii(s) {
		s = norm.NFD.String(s)
	}
	for i, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '.':
		case r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`':
			// Clinton's, O'Malley: a possessive goes with its letter.
			if rest := s[i+utf8.RuneLen(r):]; strings.HasPrefix(rest, "s") && (len(rest) == 1 || rest[1] == ' ') {
				b.WriteByte('\x00')
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(strings.ReplaceAll(b.String(), "\x00s", ""))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// personName takes a person's name apart.
func personName(s string) name {
	words := fold(s)
	for len(words) > 1 && honorifics[words[0]] {
		words = words[1:]
	}
	var n name
	if len(words) > 1 && suffixes[words[len(words)-1]] {
		n.suffix, words = words[len(words)-1], words[:len(words)-1]
	}
	n.key = strings.Join(words, "") + n.suffix
	if len(words) == 0 {
		return n
	}
	n.last = words[len(words)-1]
	if len(words) > 1 {
		n.given = words[0]
		n.middle = strings.Join(words[1:len(words)-1], " ")
	}
	n.words = words
	return n
}

// bodyName takes the name of an organization or place apart.
func bodyName(s string) name {
	words := fold(s)
	kept := words[:0:0]
	for i, w := range words {
		if fillers[w] || i > 0 && companies[w] {
			continue
		}
		if a := alike[w]; a != "" {
			w = a
		}
		kept = append(kept, w)
	}
	if len(kept) == 0 {
		kept = words
	}
	if len(kept) == 2 && heads[kept[0]] {
		kept[0], kept[1] = kept[1], kept[0]
	}
	n := name{words: kept, key: strings.Join(kept, "")}
	if len(kept) > 0 {
		n.last = kept[len(kept)-1]
	}
	return n
}

// initials of an organization's name: fbi; "" where it is one word.
func (n *name) initials() string {
	if len(n.words) < 2 {
		return ""
	}
	var b strings.Builder
	for _, w := range n.words {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

//go:embed nicknames.txt
var nicknameList string

// formal is, for a short form, the names that it stands for.
var formal = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(nicknameList) {
		if f := strings.Fields(line); len(f) > 1 && f[0] != "#" {
			m[f[0]] = f[1:]
		}
	}
	return m
})

// How two given names go together.
type givenMatch uint8

const (
	givenConflict givenMatch = iota
	givenEqual
	givenInitial // one is the first letter of the other
	givenNick    // Bob, Robert
	givenAlike   // a slip, or a part: Rence, Reince; Sam, Samuel
	givenSecond  // one goes by the middle name: J. Edgar, Edgar
)

// matchGiven compares the names before the last one of two persons.
func matchGiven(a, b *name) givenMatch {
	x, y := a.given, b.given
	switch {
	case x == y:
		return givenEqual
	case x == "" || y == "":
		return givenConflict
	case len(x) == 1 || len(y) == 1:
		if x[0] == y[0] {
			return givenInitial
		}
		if second(a, y) || second(b, x) {
			return givenSecond
		}
		return givenConflict
	case nicknames(x, y):
		return givenNick
	case len(x) >= 3 && len(y) >= 3 && (strings.HasPrefix(x, y) || strings.HasPrefix(y, x)),
		len(x) >= 5 && len(y) >= 5 && oneSlip(x, y):
		return givenAlike
	case second(a, y) || second(b, x):
		return givenSecond
	}
	return givenConflict
}

// second reports whether a goes by the given name g in second place.
func second(a *name, g string) bool {
	return len(g) > 1 && len(a.given) == 1 && a.middle == g
}

func nicknames(x, y string) bool {
	f := formal()
	for _, v := range f[x] {
		if v == y {
			return true
		}
	}
	for _, w := range f[y] {
		if w == x {
			return true
		}
		for _, v := range f[x] {
			if v == w {
				return true
			}
		}
	}
	return false
}

// oneSlip reports whether one letter more, less, other or changed in place
// makes x of y.
func oneSlip(x, y string) bool {
	if len(x) < len(y) {
		x, y = y, x
	}
	if len(x)-len(y) > 1 {
		return false
	}
	i := 0
	for i < len(y) && x[i] == y[i] {
		i++
	}
	if len(x) > len(y) {
		return x[i+1:] == y[i:]
	}
	return i < len(y) && (x[i+1:] == y[i+1:] || i+1 < len(y) && x[i] == y[i+1] && x[i+1] == y[i] && x[i+2:] == y[i+2:])
}

// How two middle names go together.
func matchMiddle(a, b *name) (equal, one, conflict bool) {
	x, y := a.middle, b.middle
	switch {
	case x == "" && y == "":
		return false, false, false
	case x == "" || y == "":
		return false, true, false
	case x == y || len(x) == 1 && x[0] == y[0] || len(y) == 1 && x[0] == y[0]:
		return true, false, false
	case strings.HasPrefix(x, y) || strings.HasSuffix(x, y) || strings.HasPrefix(y, x) || strings.HasSuffix(y, x):
		return true, false, false
	}
	return false, false, true
}
