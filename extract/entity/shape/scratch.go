package shape

import "strings"

// scratch is the memory that one article's analysis leaves to the next: tables
// of the size of the text, and what has been looked up about words. It serves
// one Resolve at a time and changes no answer.
type scratch struct {
	words   map[string]*word // by spelling
	article uint32           // number of the present one
	numbers int32            // folded words met in it

	toks     []tok
	uses     []usage
	mentions []mention
	ahead    []int32
}

// word is what one spelling alone tells.
type word struct {
	low    string // folded
	lists  list
	flags  uint16
	folded *word // the folded spelling's, whose number counts

	article uint32 // in which number was given
	number  int32
}

// Bounds of what is kept from one article to the next.
const (
	maxWords = 1 << 14
	maxToks  = 1 << 17
)

// next makes ready for an article of n tokens.
func (s *scratch) next(n int) {
	if s.words == nil || len(s.words) > maxWords {
		s.words = make(map[string]*word, 1<<10)
	}
	s.article++
	s.numbers = 0
	s.toks = resize(s.toks, n)
	s.ahead = resize(s.ahead, n)
}

// keep takes back what the analysis has grown; a book's tables are let go.
func (s *scratch) keep(a *analysis) {
	s.mentions = a.mentions
	if len(s.toks) > maxToks {
		*s = scratch{article: s.article, words: s.words}
	}
}

// resize is n zero values, in the memory of s where it suffices.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// word looks up a spelling and numbers its folded form within the article.
// Nothing kept holds on to the article's text.
func (s *scratch) word(lex *lexicon, spelling string) *word {
	w := s.words[spelling]
	if w == nil {
		w = s.add(lex, strings.Clone(spelling))
	}
	if f := w.folded; f.article != s.article {
		f.article, f.number = s.article, s.numbers
		s.numbers++
	}
	return w
}

func (s *scratch) add(lex *lexicon, spelling string) *word {
	low := fold(spelling)
	w := &word{low: low, lists: lex.lists[low], flags: shape(spelling)}
	s.words[spelling] = w
	w.folded = w
	if low != spelling {
		if w.folded = s.words[low]; w.folded == nil {
			f := &word{low: low, lists: w.lists, flags: shape(low)}
			f.folded = f
			s.words[low], w.folded = f, f
		}
	}
	return w
}

// numberOf is the number of a folded word in the present article; -1 when it
// does not stand there.
func (s *scratch) numberOf(low string) int32 {
	if w := s.words[low]; w != nil && w.article == s.article {
		return w.number
	}
	return -1
}
