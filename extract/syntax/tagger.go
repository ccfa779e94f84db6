package syntax

import (
	"fmt"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// tagger assigns parts of speech by a linear model from left to right. Words
// whose tag was a close decision are decided again from right to left, where
// the tags after them are known: a second model of the same features, turned
// round, adds its scores to those of the first.
type tagger struct {
	lexicon *Lexicon
	weights *weights
	back    *weights // from right to left, in the same units
}

// closeCall are tags that another came close to.
type closeCall struct {
	word          int32
	first, second uint8 // columns
	lead          int32 // of the first one's score
}

// clearLead is by how much a tag must lead the second best to need no second
// look, in units of the int8 weights. One word in twenty falls short of it;
// tags get no better if more are looked at.
const clearLead = 60

// Sentence is the scratch space for one sentence: what the models read of
// its words, and what they have decided. It grows to the longest sentence
// seen and is used again. Not safe for concurrent use.
type Sentence struct {
	words []word // with two beyond either end
	Tags  []news.Tag
	Heads []int32
	Rels  []news.Rel
	n     int

	closeCalls []closeCall
	quoted     bool    // a straight mark has opened a quotation
	style      int     // how its words use capitals: caseNormal, …
	atoms      []atoms // as words, with two beyond either end
	parse      parse
	steps      steps
	pairs      []int32
}

// The words that stand beyond the ends of a sentence.
var before2, before1, after1, after2 = outside("-b2-"), outside("-b1-"), outside("-a1-"), outside("-a2-")

func outside(name string) (w word) {
	w.read(name, false)
	w.shape, w.front, w.back = 0, w.lower, w.lower
	return w
}

// Reset makes s ready for a sentence of n words, which Word then fills.
func (s *Sentence) Reset(n int) {
	s.n = n
	s.quoted = false
	s.words = append(s.words[:0], before2, before1)
	s.Tags = resize(s.Tags, n)
	s.Heads = resize(s.Heads, n)
	s.Rels = resize(s.Rels, n)
}

func resize[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, n+n/2)
	}
	return list[:n]
}

// Add appends the next word; glued tells whether it stands right after the word
// before it, without a space.
func (s *Sentence) Add(text string, glued bool) {
	s.words = append(s.words, word{glued: glued})
	s.words[len(s.words)-1].read(text, s.quoted)
	if text == `"` {
		s.quoted = !s.quoted
	}
}

// Forget makes s take word i, which has been added, for one that was never
// seen with a tag: training does so now and then, to learn from the endings
// of rare words too.
func (s *Sentence) Forget(i int) { s.words[i+2].alien = true }

// alien is the hash of words that are taken for unknown.
const alien = 0xb5ad4eceda1ce2a9

// atoms are the hashes that features of a word are made of.
type atoms struct {
	lower, lowerShape            uint64
	suffix2, suffix3             uint64
	suffix4, suffix5             uint64
	suffix1Shape, suffix3Shape   uint64
	prefix1Shape                 uint64
	prefix2, prefix3, prefix4    uint64
	shape                        uint64 // in its sentence
	bare                         uint64 // shape by itself
	class, cluster, clusterShape uint64
	group, capital               uint64
}

// of fills a from a word; style is what its sentence adds to its shape, spaces
// what the spaces around it add to a mark's: a dash may have some, a hyphen has
// none.
func (a *atoms) of(w *word, style, spaces uint64) {
	bare := uint64(w.shape)
	if w.shape&(shapeCapital|shapeLower|shapeUpper|shapeDigit) == 0 {
		bare |= spaces << 16
	}
	shape := linear.Join(bare|style<<8, 1)
	a.shape, a.bare = shape, linear.Join(bare, 2)
	a.lower, a.lowerShape = w.lower, linear.Join(w.lower, shape)
	a.suffix2, a.suffix3 = linear.Join(w.suffix(2), 3), linear.Join(w.suffix(3), 3)
	a.suffix4, a.suffix5 = linear.Join(w.suffix(4), 3), linear.Join(w.suffix(5), 3)
	a.suffix1Shape, a.suffix3Shape = linear.Join(w.suffix(1), shape), linear.Join(w.suffix(3), shape)
	a.prefix1Shape = linear.Join(w.prefix(1), shape)
	a.prefix2, a.prefix3, a.prefix4 = linear.Join(w.prefix(2), 4), linear.Join(w.prefix(3), 4), linear.Join(w.prefix(4), 4)
	a.class, a.cluster = linear.Join(uint64(w.entry.Class), 5), linear.Join(uint64(w.entry.Cluster), 6)
	a.group, a.capital = linear.Join(uint64(w.entry.Group), 7), linear.Join(uint64(w.entry.Capital), shape)
	a.clusterShape = linear.Join(uint64(w.entry.Cluster), shape)
}

// Ready finishes a sentence that has all its words: it looks them up.
func (s *Sentence) Ready(x *Lexicon) {
	s.words = append(s.words, after1, after2)
	words := s.words[2 : 2+s.n]
	for i := range words {
		words[i].entry = x.entry(words[i].lower)
		if words[i].alien {
			words[i].lower = alien
			words[i].entry.Class, words[i].entry.Fixed = 0, [2]news.Tag{}
		}
	}
	s.style = caseOf(words)
	style := uint64(s.style)
	s.atoms = resize(s.atoms, len(s.words))
	start := uint64(4) // a capital means less after nothing but marks
	for i := range s.words {
		w := &s.words[i]
		spaces := uint64(0) // bit 0: none before the word, bit 1: none after it
		if w.glued {
			spaces = 1
		}
		if i+1 < len(s.words) && s.words[i+1].glued {
			spaces |= 2
		}
		s.atoms[i].of(w, style|start, spaces)
		if w.shape&(shapeCapital|shapeLower|shapeUpper|shapeDigit) != 0 {
			start = 0
		}
	}
}

// TagFeatures is the number of features of a tagging decision.
const TagFeatures = 51

// TagFeatures fills values with the features of word i, given the tags of
// the words before it, or, with step 1 instead of -1, of those after it.
func (s *Sentence) TagFeatures(i, step int, values *[TagFeatures]uint64) {
	a := s.atoms[i : i+5]
	p2, p1, w, n1, n2 := &a[0], &a[1], &a[2], &a[3], &a[4]
	ahead := &a[2-step] // the word on the side whose tags are not known
	t1, t2 := small[news.NumTags], small[news.NumTags]
	if j := i + step; uint(j) < uint(s.n) {
		t1 = small[s.Tags[j]]
	}
	if j := i + 2*step; uint(j) < uint(s.n) {
		t2 = small[s.Tags[j]]
	}
	t12 := two(t1, t2)
	verb, verbTag := s.nearestVerb(i, step)
	*values = [TagFeatures]uint64{
		w.lower,
		w.lowerShape,
		w.suffix1Shape,
		w.suffix2,
		w.suffix3,
		w.suffix4,
		w.suffix5,
		w.suffix3Shape,
		w.prefix1Shape,
		w.prefix2,
		w.prefix3,
		w.prefix4,
		w.shape,
		two(w.class, w.shape),
		w.clusterShape,

		p1.lower,
		p2.lower,
		n1.lower,
		n2.lower,
		two(n1.suffix3, n1.bare),
		two(n1.suffix2, w.class),
		p1.suffix3,
		two(n1.class, w.class),
		two(n2.class, n1.class),
		two(p1.class, w.class),
		two(n1.bare, w.shape),
		n1.cluster,
		p1.cluster,

		t1,
		t12,
		two(t1, w.lower),
		two(t1, w.suffix3),
		three(t1, ahead.class, w.class),
		two(t12, w.class),
		two(t1, ahead.lower),
		two(t1, w.shape),
		two(t12, ahead.class),

		w.capital,
		two(w.capital, w.suffix3),
		two(w.capital, n1.capital),
		two(p1.capital, w.capital),
		two(p1.group, w.suffix3),
		two(w.suffix3, n1.group),
		three(p1.group, w.class, n1.group),
		two(w.cluster, n1.cluster),
		two(p1.cluster, w.cluster),
		three(t1, w.cluster, ahead.group),

		two(verb, w.class),
		two(verb, w.suffix2),
		three(verbTag, t1, w.class),
		three(verbTag, t1, w.suffix2),
	}
}

// nearestVerb finds the nearest verb, modal or "to" among the five words
// before word i (step -1) or after it (1): it rules the form of a verb,
// wherever adverbs and subjects stand between.
func (s *Sentence) nearestVerb(i, step int) (word, tag uint64) {
	for j := i + step; uint(j) < uint(s.n) && uint(j-i+5) <= 10; j += step {
		switch t := s.Tags[j]; t {
		case news.TagMD, news.TagTO, news.TagVB, news.TagVBD, news.TagVBG, news.TagVBN, news.TagVBP, news.TagVBZ:
			return s.words[j+2].lower, small[t]
		}
	}
	return small[250], small[249]
}

// Odd numbers with well-spread bits, those of package linear's hashes.
const (
	mulFeature  = 0xa0761d6478bd642f
	mulTemplate = 0x9e3779b97f4a7c15
)

// mostlyLower is the largest Entry.Capital of words that are rarely names.
const mostlyLower = 2

// Fixed is the only tag of word i where the lexicon knows one. It was learned
// from running text: where capitals mean nothing, or are missing, it holds
// for words alone that running text has in lower case.
func (s *Sentence) Fixed(i int) news.Tag {
	w := &s.words[i+2]
	switch {
	case w.shape&(shapeCapital|shapeUpper) == 0:
		if s.style == caseLower && w.entry.Capital > mostlyLower {
			return news.NoTag
		}
		return w.entry.Fixed[0]
	case s.style != caseTitle && w.shape&shapeCapital != 0 && w.shape&shapeUpper == 0 && w.shape&shapeLower != 0:
		return w.entry.Fixed[1]
	}
	return news.NoTag
}

// WordHash is the hash under which a Lexicon knows a word.
func WordHash(text string) uint64 {
	var w word
	w.read(text, false)
	return w.lower
}

// Shape tells apart the writings of a word that a Lexicon has tags for: 0 in
// lower case or without letters, 1 with a capital first letter alone, 2
// anything else.
func Shape(text string) int {
	var w word
	w.read(text, false)
	switch {
	case w.shape&(shapeCapital|shapeUpper) == 0:
		return 0
	case w.shape&shapeCapital != 0 && w.shape&shapeUpper == 0 && w.shape&shapeLower != 0:
		return 1
	}
	return 2
}

func decodeTagger(f *model.File) (*tagger, error) {
	lexicon, err := decodeLexicon(f)
	if err != nil {
		return nil, err
	}
	w, err := decodeWeights(f, "tagger", TagFeatures, AllTags)
	if err != nil {
		return nil, err
	}
	for _, e := range lexicon.entries {
		if int(e.Class) >= len(w.allowed) {
			return nil, fmt.Errorf("%w: class %d of %d", model.ErrDamaged, e.Class, len(w.allowed))
		}
	}
	back, err := decodeRows(f, "tagger.back", TagFeatures)
	if err != nil {
		return nil, err
	}
	return &tagger{lexicon, w, back}, nil
}
