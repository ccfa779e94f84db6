package entity

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/idle"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// word is what the recognizer sees of a token by itself.
type word struct {
	hash    uint64 // in lower case
	entry   syntax.Entry
	gazette Gazette
	shape   uint64 // runs of capitals, small letters, digits and marks: Xx, X., X-X
	suffix  [3]uint64
	prefix  uint64
	grams   [2]int32 // its trigrams among those of its share of the text
	doc     int32    // index into the words of the document
	capital bool     // holds a capital letter
	letters bool
	first   bool  // of its sentence
	opens   bool  // stands at the start of a sentence, or of a quotation or clause in it
	style   uint8 // of its sentence
}

// The ways a sentence uses capitals.
const (
	plain    uint8 = iota
	titled         // Most Words Have Capitals
	shouting       // MOST WORDS ARE CAPITALS
)

// docWord is what the whole article shows of a word.
type docWord struct {
	lower, capital int32          // uses in small letters, and with a capital inside plain sentences
	runs           int32          // uses in a run of several capitalised words
	first, last    Gazette        // of the longest run that the word stands in
	longest        int32          // its length
	kinds          [Classes]int32 // pass one's labels of the word in plain sentences
}

// Classes is how many classes of labels ClassOf tells apart: nothing, then first
// or only words and later words of the kinds.
const Classes = 2*int(numKinds) - 1

// ClassOf is the class of a label.
func ClassOf(y uint8) int {
	k := kindOf(y)
	switch {
	case k == NoKind:
		return 0
	case starts(y) || k == Nationality:
		return 2*int(k) - 1
	}
	return 2 * int(k)
}

// text is an article under the recognizer's eyes.
type text struct {
	doc   *news.Document
	words []word
	seen  []docWord
	index map[uint64]int32
	whole map[uint64]int32 // how often a run of capitals stands in plain sentences
	first []uint8          // labels of the first pass
	grams [][]uint64       // of each share: trigrams of capitalised words
}

// read fills t from a document.
func (t *text) read(d *news.Document, p *syntax.Parser, g *Gazetteer, cores *idle.Cores) {
	t.doc = d
	t.seen = t.seen[:0]
	if t.index == nil {
		t.index, t.whole = map[uint64]int32{}, map[uint64]int32{}
	}
	clear(t.index)
	clear(t.whole)
	t.words = slices.Grow(t.words[:0], len(d.Tokens))[:len(d.Tokens)]
	n := shares(d)
	for len(t.grams) < n {
		t.grams = append(t.grams, nil)
	}
	cores.Each(n, func(k int) {
		t.grams[k] = t.grams[k][:0]
		for _, s := range shareOf(d, k) {
			for i := s.First; i < s.End; i++ {
				w := &t.words[i]
				*w = word{}
				w.read(d.Word(i), p, g)
				w.first = i == s.First
				w.opens = w.first || w.afterBreak(d, i)
				t.grams[k] = w.trigrams(d.Word(i), t.grams[k])
			}
			t.style(t.words[s.First:s.End])
		}
	})
	for i := range t.words {
		t.note(i)
	}
	t.noteRuns()
}

// share is how many sentences of a long document go to one of the goroutines that
// work on it: a few milliseconds.
const share = 256

func shares(d *news.Document) int { return (len(d.Sentences) + share - 1) / share }

func shareOf(d *news.Document, k int) []news.TokenRange {
	return d.Sentences[k*share : min((k+1)*share, len(d.Sentences))]
}

// read fills w from the text of a token.
func (w *word) read(s string, p *syntax.Parser, g *Gazetteer) {
	w.hash, w.entry = p.Known(s)
	var prev, class byte
	shape, n := uint64(1), 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			class = 1
			w.capital, w.letters = true, true
		case unicode.IsLetter(r):
			class = 2
			w.letters = true
		case unicode.IsDigit(r):
			class = 3
		case r == '.':
			class = 4
		case r == '-' || r == '‑':
			class = 5
		case r == '\'' || r == '’':
			class = 6
		default:
			class = 7
		}
		if (class != prev || n < 2 && class == 1) && n < 12 {
			shape = shape<<3 | uint64(class)
		}
		prev = class
		n++
	}
	if n > 4 { // short words differ from long ones
		shape |= 1 << 62
	}
	w.shape = shape
	for k, size := range [3]int{2, 3, 4} {
		w.suffix[k] = linear.HashLower(tail(s, size))
	}
	w.prefix = linear.HashLower(head(s, 3))
	if w.letters {
		w.gazette = g.Word(w.hash) & (1<<sexBits - 1)
	}
}

// tail is the last n letters of s, head the first.
func tail(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

func head(s string, n int) string {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at]
}

// afterBreak reports whether token i follows a mark after which English may
// write a capital: an opening quotation mark, a colon, a bullet.
func (w *word) afterBreak(d *news.Document, i int32) bool {
	switch d.Word(i - 1) {
	case `"`, "“", "‘", "``", "«", ":", "•", "*", "-", "–", "—", "(", "[", "...", "…", "?", "!", ".":
		return true
	}
	return false
}

// style tells how a sentence uses capitals. It takes four longer words to tell.
func (t *text) style(s []word) {
	long, capital, upper := 0, 0, 0
	for i := range s {
		if !s[i].letters || s[i].shape>>62 == 0 {
			continue
		}
		long++
		if s[i].capital {
			capital++
			if !hasLower(s[i].shape) {
				upper++
			}
		}
	}
	style := plain
	switch {
	case long >= 3 && 10*upper >= 7*long:
		style = shouting
	case long >= 4 && 10*capital >= 9*long:
		style = titled
	}
	for i := range s {
		s[i].style = style
	}
}

func hasLower(shape uint64) bool {
	for shape &^= 1 << 62; shape > 1; shape >>= 3 {
		if shape&7 == 2 {
			return true
		}
	}
	return false
}

// note counts word i in the words of the document.
func (t *text) note(i int) {
	w := &t.words[i]
	k, ok := t.index[w.hash]
	if !ok {
		k = int32(len(t.seen))
		t.index[w.hash] = k
		t.seen = append(t.seen, docWord{})
	}
	w.doc = k
	switch {
	case !w.letters || w.style != plain:
	case !w.capital:
		t.seen[k].lower++
	case !w.opens:
		t.seen[k].capital++
	}
}

// noteRuns notes for every word the longest run of capitalised words that it
// stands in.
func (t *text) noteRuns() {
	for _, s := range t.doc.Sentences {
		for i := s.First; i < s.End; {
			if !t.words[i].capital || t.words[i].style != plain {
				i++
				continue
			}
			j := i + 1
			for j < s.End && t.words[j].capital {
				j++
			}
			t.whole[t.hashOf(i, j)]++
			for k := i; k < j && j-i > 1; k++ {
				d := &t.seen[t.words[k].doc]
				d.runs++
				if j-i > d.longest {
					d.longest = j - i
					d.first, d.last = t.words[i].gazette, t.words[j-1].gazette
				}
			}
			i = j
		}
	}
}

// windows calls do for every stretch of the sentences of share k in which names may
// stand: tokens with a capital, at most three others between two of them.
func (t *text) windows(k int, do func(s, r news.TokenRange)) {
	for _, s := range shareOf(t.doc, k) {
		from, last := int32(-1), int32(-1)
		for i := s.First; i < s.End; i++ {
			if !t.words[i].capital {
				continue
			}
			if from >= 0 && i-last > 4 {
				do(s, news.TokenRange{First: from, End: last + 1})
				from = i
			}
			if from < 0 {
				from = i
			}
			last = i
		}
		if from >= 0 {
			do(s, news.TokenRange{First: from, End: last + 1})
		}
	}
}

// trigrams appends the trigrams of a capitalised word, in small letters, with its
// edges.
func (w *word) trigrams(s string, grams []uint64) []uint64 {
	w.grams[0] = int32(len(grams))
	if w.capital {
		a, b := uint64(1), uint64(1)
		for _, r := range s {
			c := uint64(unicode.ToLower(r))
			if b != 1 || a != 1 {
				grams = append(grams, a<<42|b<<21|c)
			}
			a, b = b, c
			if len(grams)-int(w.grams[0]) >= 16 {
				break
			}
		}
		grams = append(grams, a<<42|b<<21|2)
	}
	w.grams[1] = int32(len(grams))
	return grams
}
