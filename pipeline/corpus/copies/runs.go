package copies

import (
	"encoding/binary"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/pipeline/corpus/near"
)

// runWords is the length of the runs of words that a text consists of.
const runWords = 5

// runsOf appends the hashes of a text's runs of words, and counts its words.
// Case, marks and white space do not count.
func runsOf(dst []uint64, text string) ([]uint64, int) {
	var last [runWords]uint64
	words := 0
	var buf [64]byte
	word := buf[:0]
	end := func() {
		if len(word) == 0 {
			return
		}
		last[words%runWords] = xxhash.Sum64(word)
		word = word[:0]
		if words++; words >= runWords && len(dst) < mostRuns {
			h := uint64(0)
			for i := range runWords {
				h = near.Mix(h ^ last[(words+i)%runWords])
			}
			dst = append(dst, h)
		}
	}
	for i := 0; i < len(text); {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			word = append(word, byte(c))
		case c >= 'A' && c <= 'Z':
			word = append(word, byte(c)+'a'-'A')
		case c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			word = utf8.AppendRune(word, unicode.ToLower(c))
		case c == '\'' || c == '’': // don't is one word, with any mark
		default:
			end()
		}
		i += size
	}
	end()
	return dst, words
}

func articleKey(id string) uint64 { return near.Mix(xxhash.Sum64String(id)) }

// shared is how many runs two articles have, and both.
type shared struct{ a, b, both int }

func (s shared) jaccard() float64 { return float64(share(s.both, s.a+s.b-s.both)) }

// contained is the share of the shorter one's.
func (s shared) contained() float64 { return float64(share(s.both, min(s.a, s.b))) }

func share(part, whole int) float32 {
	if whole == 0 {
		return 0
	}
	return float32(part) / float32(whole)
}

// comparer holds articles against each other; one a worker.
type comparer struct {
	f    *Finder
	a, b runBuffer
	last uint32
	read bool
}

type runBuffer struct {
	bytes []byte
	runs  []uint32
}

// oneText tells whether two articles have the same text.
func (x *meta) oneText(y *meta) bool { return x.Exact == y.Exact && x.Size == y.Size }

// shared is what two articles have in common, of which the runs that both have
// are known.
func (f *Finder) shared(a, b uint32, both int) shared {
	x, y := &f.metas[a], &f.metas[b]
	if x.oneText(y) { // without texts nothing else is known
		n := max(1, int(x.runs), leastShared)
		return shared{n, n, n}
	}
	return shared{int(x.runs), int(y.runs), both}
}

func (c *comparer) compare(a, b uint32) (shared, error) {
	x, y := &c.f.metas[a], &c.f.metas[b]
	if x.oneText(y) {
		return c.f.shared(a, b, 0), nil
	}
	if !c.read || c.last != a {
		if err := c.a.load(c.f, x); err != nil {
			return shared{}, err
		}
		c.last, c.read = a, true
	}
	if err := c.b.load(c.f, y); err != nil {
		return shared{}, err
	}
	s := c.f.shared(a, b, 0)
	for i, j := 0, 0; i < s.a && j < s.b; {
		switch p, q := c.a.runs[i], c.b.runs[j]; {
		case p == q:
			s.both++
			i++
			j++
		case p < q:
			i++
		default:
			j++
		}
	}
	return s, nil
}

func (b *runBuffer) load(f *Finder, m *meta) error {
	n := int(m.runs)
	b.bytes = slices.Grow(b.bytes[:0], 4*n)[:4*n]
	if _, err := f.files[runsFile].ReadAt(b.bytes, m.at); err != nil && n > 0 {
		return fmt.Errorf("find copies: %w", err)
	}
	b.runs = slices.Grow(b.runs[:0], n)[:n]
	for i := range b.runs {
		b.runs[i] = binary.LittleEndian.Uint32(b.bytes[4*i:])
	}
	return nil
}
