package syntax

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// Perceptron is prose's part-of-speech tagger: the averaged perceptron
// weights that come with prose, read by a tagger of our own. It differs from
// prose's code on purpose in this: it is deterministic and safe for
// concurrent use; tags belong to a token, not to a word of the document;
// sentences are tagged by themselves; quotation marks are told to be opening
// or closing; numbers with a point are not taken for links, nor "0" for an
// empty element.
type Perceptron struct {
	index   *linear.Index
	first   []uint32 // first[row] to first[row+1] are the row's entries
	entries []entry
}

// entry is one weight of a sparse row.
type entry struct {
	weight float32
	tag    news.Tag
}

// LoadPerceptron reads prose's weights, once (about 0.2 s), and returns the
// shared tagger.
func LoadPerceptron() (*Perceptron, error) { return loadPerceptron() }

var loadPerceptron = sync.OnceValues(func() (*Perceptron, error) {
	var weights map[string]map[string]float64
	if err := decodeAsset("weights", &weights); err != nil {
		return nil, err
	}
	var dictionary map[string]string
	if err := decodeAsset("tags", &dictionary); err != nil {
		return nil, err
	}
	return newPerceptron(weights, dictionary)
})

func decodeAsset(name string, into any) error {
	data, err := prose.Asset("model/AveragedPerceptron/" + name + ".gob")
	if err != nil {
		return fmt.Errorf("load prose's tagger: %w", err)
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(into); err != nil {
		return fmt.Errorf("load prose's tagger: read %s: %w", name, err)
	}
	return nil
}

// The templates of prose's features, in its order. Each is the seed of its
// features' hashes.
const (
	pBias = iota + 1
	pSuffix
	pFirst
	pTag1
	pTag2
	pTags
	pWord
	pTagWord
	pWordPrev
	pSuffixPrev
	pWordPrev2
	pWordNext
	pSuffixNext
	pWordNext2
	pDictionary
)

// templateNames are the names under which prose's weights list the features.
var templateNames = [...]string{
	pBias: "bias", pSuffix: "i suffix", pFirst: "i pref1", pTag1: "i-1 tag",
	pTag2: "i-2 tag", pTags: "i tag+i-2 tag", pWord: "i word",
	pTagWord: "i-1 tag+i word", pWordPrev: "i-1 word", pSuffixPrev: "i-1 suffix",
	pWordPrev2: "i-2 word", pWordNext: "i+1 word", pSuffixNext: "i+1 suffix",
	pWordNext2: "i+2 word",
}

// Tags before the sentence, beside news's.
const (
	startTag  = news.Tag(news.NumTags)
	startTag2 = startTag + 1
)

func newPerceptron(weights map[string]map[string]float64, dictionary map[string]string) (*Perceptron, error) {
	p := &Perceptron{first: []uint32{0, 0}}
	var hashes []uint64
	for _, name := range slices.Sorted(maps.Keys(weights)) {
		hash, err := featureHash(name)
		if err != nil {
			return nil, fmt.Errorf("load prose's tagger: %w", err)
		}
		hashes = append(hashes, hash)
		row := weights[name]
		for _, label := range slices.Sorted(maps.Keys(row)) {
			tag, err := penn(label)
			if err != nil {
				return nil, fmt.Errorf("load prose's tagger: %w", err)
			}
			p.entries = append(p.entries, entry{float32(row[label]), tag})
		}
		p.first = append(p.first, uint32(len(p.entries)))
	}
	for _, word := range slices.Sorted(maps.Keys(dictionary)) {
		tag, err := penn(dictionary[word])
		if err != nil {
			return nil, fmt.Errorf("load prose's tagger: %w", err)
		}
		hashes = append(hashes, linear.Join(linear.Hash(word), pDictionary))
		p.entries = append(p.entries, entry{1, tag})
		p.first = append(p.first, uint32(len(p.entries)))
	}
	index, err := linear.NewIndex(hashes)
	if err != nil {
		return nil, fmt.Errorf("load prose's tagger: %w", err)
	}
	p.index = index
	return p, nil
}

// featureHash is the hash of a feature from its name in prose's weights: a
// template's name, then tags or words.
func featureHash(name string) (uint64, error) {
	template := 0
	for t := pBias; t < pDictionary; t++ {
		if rest, ok := strings.CutPrefix(name, templateNames[t]); ok && (rest == "" || rest[0] == ' ') && len(templateNames[t]) > len(templateNames[template]) {
			template = t
		}
	}
	value := strings.TrimPrefix(strings.TrimPrefix(name, templateNames[template]), " ")
	switch template {
	case 0:
		return 0, fmt.Errorf("feature %q is of no known template", name)
	case pTag1, pTag2:
		tag, err := penn(value)
		return linear.Join(uint64(tag), uint64(template)), err
	case pTags:
		one, two, _ := strings.Cut(value, " ")
		tag1, err := penn(one)
		if err != nil {
			return 0, err
		}
		tag2, err := penn(two)
		return linear.Join(linear.Join(uint64(tag1), uint64(tag2)), pTags), err
	case pTagWord:
		one, word, _ := strings.Cut(value, " ")
		tag, err := penn(one)
		return linear.Join(linear.Join(linear.Hash(word), uint64(tag)), pTagWord), err
	}
	return linear.Join(linear.Hash(value), uint64(template)), nil
}

// penn reads the tags as prose's model writes them.
func penn(name string) (news.Tag, error) {
	switch name {
	case "(":
		return news.TagLRB, nil
	case ")":
		return news.TagRRB, nil
	case "-START-":
		return startTag, nil
	case "-START2-":
		return startTag2, nil
	}
	tag, ok := news.ParseTag(name)
	if !ok {
		return news.NoTag, fmt.Errorf("unknown tag %q", name)
	}
	return tag, nil
}

// pToken is what the features see of one token.
type pToken struct {
	word   uint64 // of the normalised word
	suffix uint64 // of its last three bytes
}

// Annotate sets the tag of every token of d, and no head or relation.
func (p *Perceptron) Annotate(d *news.Document) {
	start, start2 := pTokenOf("-START-"), pTokenOf("-START2-")
	end, end2 := pTokenOf("-END-"), pTokenOf("-END2-")
	for _, s := range d.Sentences {
		quoted := false
		prev2, prev := start, start2
		tag1, tag2 := startTag, startTag2
		look := func(i int32, beyond pToken) pToken {
			if i < s.End {
				return pNormal(d.Word(i))
			}
			return beyond
		}
		this, next := look(s.First, end), look(s.First+1, end)
		for i := s.First; i < s.End; i++ {
			next2 := look(i+2, end)
			if i+2 > s.End {
				next2 = end2
			}
			t := &d.Tokens[i]
			word := d.Word(i)
			tag, ok := p.fixed(word, &quoted)
			if !ok {
				tag = p.predict(word, tag1, tag2, prev2, prev, this, next, next2)
			}
			t.Tag, t.Head, t.Rel = tag, news.NoHead, news.NoRel
			tag1, tag2 = tag, tag1
			prev2, prev, this, next = prev, this, next, next2
		}
	}
}

// fixed is the tag of tokens that need no context. Straight quotation marks
// open and close in turn.
func (p *Perceptron) fixed(word string, quoted *bool) (news.Tag, bool) {
	switch word {
	case "-", "–", "—":
		return news.TagCOLON, true
	case "“", "„", "«", "``":
		*quoted = true
		return news.TagOpenQuote, true
	case "”", "»", "''":
		*quoted = false
		return news.TagCloseQuote, true
	case `"`:
		*quoted = !*quoted
		if *quoted {
			return news.TagOpenQuote, true
		}
		return news.TagCloseQuote, true
	}
	if strings.HasPrefix(word, "@") && len(word) > 1 || strings.Contains(word, "://") || strings.HasPrefix(word, "www.") {
		return news.TagNN, true
	}
	var buf [maxWord]byte
	row := p.index.Row(linear.Join(linear.Hash(string(ascii(buf[:0], word, false))), pDictionary))
	if row == 0 {
		return news.NoTag, false
	}
	return p.entries[p.first[row]].tag, true
}

func (p *Perceptron) predict(word string, tag1, tag2 news.Tag, prev2, prev, this, next, next2 pToken) news.Tag {
	var buf [maxWord]byte
	raw := ascii(buf[:0], word, false)
	t1, t2 := uint64(tag1), uint64(tag2)
	features := [...]uint64{
		linear.Join(linear.Hash(""), pBias),
		linear.Join(linear.Hash(string(raw[len(raw)-min(3, len(raw)):])), pSuffix),
		linear.Join(linear.Hash(string(raw[:min(1, len(raw))])), pFirst),
		linear.Join(t1, pTag1),
		linear.Join(t2, pTag2),
		linear.Join(linear.Join(t1, t2), pTags),
		linear.Join(this.word, pWord),
		linear.Join(linear.Join(this.word, t1), pTagWord),
		linear.Join(prev.word, pWordPrev),
		linear.Join(prev.suffix, pSuffixPrev),
		linear.Join(prev2.word, pWordPrev2),
		linear.Join(next.word, pWordNext),
		linear.Join(next.suffix, pSuffixNext),
		linear.Join(next2.word, pWordNext2),
	}
	var scores [news.NumTags + 2]float32
	for _, f := range features {
		row := p.index.Row(f)
		for _, e := range p.entries[p.first[row]:p.first[row+1]] {
			scores[e.tag] += e.weight
		}
	}
	best := news.TagNN // where no feature is known
	for tag := news.Tag(1); int(tag) < news.NumTags; tag++ {
		if scores[tag] > scores[best] {
			best = tag
		}
	}
	return best
}

func pTokenOf(word string) pToken {
	return pToken{linear.Hash(word), linear.Hash(word[len(word)-min(3, len(word)):])}
}

// maxWord bounds the bytes of a word that count; no real word is longer.
const maxWord = 96

// pNormal is prose's normalisation: hyphenated words, years and numbers are
// one word each, the rest is lower-cased.
func pNormal(word string) pToken {
	var buf [maxWord]byte
	w := ascii(buf[:0], word, true)
	switch {
	case len(w) == 0:
	case w[0] != '-' && bytes.IndexByte(w, '-') >= 0:
		return pTokenOf("!HYPHEN")
	case len(w) == 4 && digits(w):
		return pTokenOf("!YEAR")
	case '0' <= w[0] && w[0] <= '9':
		return pTokenOf("!DIGITS")
	}
	return pToken{linear.Hash(string(w)), linear.Hash(string(w[len(w)-min(3, len(w)):]))}
}

// ascii appends word to buf with curly marks made straight, as prose has
// them, lower-cased if asked for, cut to the buffer's size.
func ascii(buf []byte, word string, lower bool) []byte {
	for _, r := range word {
		switch r {
		case '‘', '’':
			r = '\''
		case '“', '”':
			r = '"'
		}
		if lower {
			r = unicode.ToLower(r)
		}
		if len(buf)+utf8.RuneLen(r) > cap(buf) {
			break
		}
		buf = utf8.AppendRune(buf, r)
	}
	return buf
}

func digits(w []byte) bool {
	for _, c := range w {
		if c < '0' || '9' < c {
			return false
		}
	}
	return true
}
