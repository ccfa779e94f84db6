package token

import (
	"strings"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

// splitter cuts words by prose's tokenizer and mends the cuts.
type splitter struct {
	words *Words
	model *prose.Model
	known map[string][]uint8 // ends of prose's tokens in a word, in bytes of the word
	copy  strings.Builder    // the aligned copy
	align []int              // align[k]: byte of the word that byte k of copy stands for
	ends  []int
}

const (
	// maxKnown words are remembered, then the table starts anew: a large
	// newspaper year has some 10^5 words with marks in them, and 30 bytes each.
	maxKnown = 1 << 15
	// maxWord bytes go to prose; its affix stripping is quadratic in the
	// length, and no word of a language is as long.
	maxWord = 120
)

func newSplitter(w *Words) splitter {
	return splitter{
		words: w,
		// An empty model keeps prose from loading its tagger and entities.
		model: &prose.Model{},
		known: make(map[string][]uint8),
	}
}

// split gives the ends, in text, of the tokens of the word text[i:k]; hi is
// the end of the paragraph. The slice is valid until the next call.
func (s *splitter) split(text string, i, k, hi int) []int {
	s.ends = s.ends[:0]
	word := text[i:k]
	if len(word) > maxWord {
		s.ends = append(s.ends, k)
		return s.ends
	}
	cuts, ok := s.known[word]
	if !ok {
		if len(s.known) >= maxKnown {
			clear(s.known)
		}
		cuts = s.mend(word, s.ask(word))
		s.known[strings.Clone(word)] = cuts
	}
	for _, c := range cuts {
		s.ends = append(s.ends, i+int(c))
	}
	s.ends = s.words.lastStop(s.ends, text, i, k, hi)
	return s.ends
}

// ask has prose cut word and gives the ends of its tokens, or the end of the
// word alone where prose fails or answers with other characters.
func (s *splitter) ask(word string) (cuts []uint8) {
	defer func() {
		if recover() != nil { // prose slices by the bytes of a lower-cased copy
			cuts = []uint8{uint8(len(word))}
		}
	}()
	whole := []uint8{uint8(len(word))}
	if !utf8.ValidString(word) {
		return whole
	}
	s.copy.Reset()
	s.align = s.align[:0]
	for i := 0; i < len(word); {
		n := apostropheAt(word, i)
		if n > 0 {
			s.copy.WriteByte('\'')
			s.align = append(s.align, i)
			i += n
			continue
		}
		_, n = utf8.DecodeRuneInString(word[i:])
		for b := range n {
			s.align = append(s.align, i+b)
		}
		s.copy.WriteString(word[i : i+n])
		i += n
	}
	s.align = append(s.align, len(word))
	plain := s.copy.String()
	doc, err := prose.NewDocument(plain, prose.UsingModel(s.model), prose.WithSegmentation(false),
		prose.WithTagging(false), prose.WithExtraction(false))
	if err != nil {
		return whole
	}
	at := 0
	for _, tok := range doc.Tokens() {
		if !strings.HasPrefix(plain[at:], tok.Text) {
			return whole
		}
		at += len(tok.Text)
		cut := s.align[at]
		if cut < len(word) && !utf8.RuneStart(word[cut]) {
			return whole
		}
		cuts = append(cuts, uint8(cut))
	}
	if at != len(plain) || len(cuts) == 0 {
		return whole
	}
	return cuts
}
