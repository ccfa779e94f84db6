package quotations

import (
	_ "embed"
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/whosaid/whosaid/pipeline/corpus/near"
)

//go:embed functionwords.txt
var functionWordList string

var functionWords = readFunctionWords(functionWordList)

func readFunctionWords(list string) map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(list) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			set[w] = true
		}
	}
	return set
}

// word is a normalized token: the upper 31 bits are a hash of its stem, the
// lowest bit is set for a content word.
type word uint32

const contentBit word = 1

// Weights of words in an alignment.
const (
	contentWeight  = 3
	functionWeight = 1
)

func (w word) content() bool { return w&contentBit != 0 }

func (w word) weight() int {
	if w.content() {
		return contentWeight
	}
	return functionWeight
}

// contractions are the words behind an apostrophe; those that are missing
// ("s", "d") are ambiguous and dropped.
var contractions = map[string]string{"re": "are", "ll": "will", "ve": "have", "m": "am", "t": "not"}

// reader cuts texts into words. Its buffers are used again: one a worker.
type reader struct {
	words []word
	raw   []byte // the last word, lower case
	exact xxhash.Digest
}

// read gives the words of a text as they are compared (lower case, without
// accents, marks, possessives and editors' brackets; contractions spelled out;
// parted at hyphens; stemmed), at most limit, and a hash of the unstemmed ones.
// The slice is good until the next call.
func (r *reader) read(text string, limit int) (words []word, exact uint64) {
	r.words = r.words[:0]
	r.exact.Reset()
	for i := 0; i < len(text) && len(r.words) < limit; {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case c == '[':
			if end := inserted(text[i:]); end > 0 {
				r.flush()
				i += end
				continue
			}
		case c < utf8.RuneSelf && asciiWord[c]:
			r.raw = append(r.raw, asciiLower[c])
		case c == '\'' || c == '’' || c == 'ʼ':
			if len(r.raw) > 0 && i+size < len(text) && isLetter(text[i+size:]) {
				r.contraction(text[i+size:])
			}
		case c >= utf8.RuneSelf && isWordRune(c):
			r.raw = appendFolded(r.raw, text[i:i+size])
		case c == ']' || c == '\u00AD' || c == '\u200B' || c == ',' && insideNumber(r.raw, text[i+1:]):
		default:
			r.flush()
		}
		i += size
	}
	r.flush()
	if len(r.words) > limit {
		r.words = r.words[:limit]
	}
	return r.words, r.exact.Sum64()
}

// contraction ends the word before an apostrophe and turns what stands behind
// it into a word of its own where it is one: don't is "do not".
func (r *reader) contraction(rest string) {
	n := 0
	for n < len(rest) && rest[n] < utf8.RuneSelf && asciiWord[rest[n]] {
		n++
	}
	if strings.EqualFold(rest[:n], "t") && r.raw[len(r.raw)-1] == 'n' {
		switch stem := string(r.raw[:len(r.raw)-1]); stem {
		case "wo":
			r.raw = append(r.raw[:0], "will"...)
		case "ca":
			r.raw = append(r.raw[:0], "can"...)
		default:
			r.raw = r.raw[:len(r.raw)-1]
		}
	}
	r.flush()
}

// flush ends a word.
func (r *reader) flush() {
	if len(r.raw) == 0 {
		return
	}
	w := string(r.raw)
	r.raw = r.raw[:0]
	if full, ok := contractions[w]; ok {
		w = full
	} else if w == "s" || w == "d" {
		return
	}
	_, _ = r.exact.WriteString(w)
	_, _ = r.exact.WriteString(" ")
	r.words = append(r.words, toWord(w))
}

func toWord(w string) word {
	if functionWords[w] {
		return word(xxhash.Sum64String(w)) &^ contentBit
	}
	return word(xxhash.Sum64String(stem(w))) | contentBit
}

// stem cuts the endings that differ between a statement and its report: tense,
// number, adverbs. It is no dictionary's stem, only the same for both.
func stem(w string) string {
	if len(w) < 4 || w[0] >= '0' && w[0] <= '9' {
		return w
	}
	for _, suffix := range [...]string{"ing", "ies", "ied", "es", "ed", "ly", "s", "e"} {
		if rest, ok := strings.CutSuffix(w, suffix); ok && len(rest) >= 3 {
			if (suffix == "ies" || suffix == "ied") && len(rest) > 2 {
				return rest + "y"
			}
			if n := len(rest); (suffix == "ing" || suffix == "ed") && rest[n-1] == rest[n-2] && n > 3 {
				rest = rest[:n-1] // planned, running
			}
			return strings.TrimSuffix(rest, "e")
		}
	}
	return w
}

// inserted is the length of an editor's insertion in square brackets that
// text begins with, 0 for a bracket around letters of a word ("[W]e").
func inserted(text string) int {
	const longest = 60 // bytes: beyond that it is no insertion, or not closed
	end := strings.IndexByte(text[:min(len(text), longest)], ']')
	if end < 0 || end == 2 && end+1 < len(text) && isLetter(text[end+1:]) {
		return 0
	}
	return end + 1
}

func isLetter(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(c)
}

func isWordRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c)
}

// insideNumber tells whether a comma parts thousands.
func insideNumber(raw []byte, rest string) bool {
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	return len(raw) > 0 && digit(raw[len(raw)-1]) && rest != "" && digit(rest[0])
}

// appendFolded adds a letter in lower case without its accents.
func appendFolded(dst []byte, letter string) []byte {
	for _, c := range norm.NFKD.String(letter) {
		if !unicode.Is(unicode.Mn, c) {
			dst = utf8.AppendRune(dst, unicode.ToLower(c))
		}
	}
	return dst
}

var asciiWord, asciiLower = asciiTables()

func asciiTables() (isWord [utf8.RuneSelf]bool, lower [utf8.RuneSelf]byte) {
	for c := range byte(utf8.RuneSelf) {
		lower[c] = c
		switch {
		case c >= 'A' && c <= 'Z':
			lower[c] = c + 'a' - 'A'
			isWord[c] = true
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			isWord[c] = true
		}
	}
	return isWord, lower
}

// key is a hash of an identifier that does not depend on the input's order.
func key(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p))
		_, _ = h.Write([]byte{0})
	}
	return near.Mix(h.Sum64())
}
