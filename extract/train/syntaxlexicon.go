package train

import (
	"encoding/binary"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// Thresholds of the lexicon.
const (
	minSeen       = 3     // a word seen less often has no class
	minShare      = 0.05  // a tag that the word takes less often is not part of its class
	minSeenFixed  = 40    // a word has one fixed tag from this number on
	minShareFixed = 0.998 // if it has it this often
)

// lexiconOf counts the tags of words.
func lexiconOf(trees []Tree, known map[uint64]wordFacts) (hashes []uint64, entries []syntax.Entry, allowed []uint64) {
	type counts struct {
		all    [news.NumTags]int
		writes [2][news.NumTags]int // by syntax.Shape
	}
	seen := map[uint64]*counts{}
	for _, t := range trees {
		if t.rewritten {
			continue // tells nothing that its original does not
		}
		for i, w := range t.Words {
			h := syntax.WordHash(w)
			c := seen[h]
			if c == nil {
				c = new(counts)
				seen[h] = c
			}
			c.all[t.Tags[i]]++
			if k := syntax.Shape(w); k < 2 {
				c.writes[k][t.Tags[i]]++
			}
		}
	}
	classes := map[string]uint16{}
	met := [][news.NumTags]int{{}} // by class
	for h := range known {
		if seen[h] == nil {
			seen[h] = new(counts)
		}
	}
	for _, h := range slices.Sorted(maps.Keys(seen)) {
		c := seen[h]
		n := 0
		for _, k := range c.all {
			n += k
		}
		k := known[h]
		e := syntax.Entry{Cluster: k.cluster, Group: k.group, Capital: k.capital}
		if n < minSeen {
			if e != (syntax.Entry{}) {
				hashes, entries = append(hashes, h), append(entries, e)
			}
			continue
		}
		var key []byte // the tags, most frequent first
		for tag, k := range c.all {
			if float64(k) >= minShare*float64(n) {
				key = append(key, byte(tag))
			}
		}
		slices.SortStableFunc(key, func(a, b byte) int { return c.all[b] - c.all[a] })
		if classes[string(key)] == 0 {
			classes[string(key)] = uint16(len(classes) + 1)
			met = append(met, [news.NumTags]int{})
		}
		e.Class = classes[string(key)]
		for tag, k := range c.all {
			met[e.Class][tag] += k
		}
		e.Fixed = [2]news.Tag{fixedTag(&c.writes[0]), fixedTag(&c.writes[1])}
		hashes, entries = append(hashes, h), append(entries, e)
	}
	for class := range met {
		counts := make([]int, syntax.Columns)
		for tag := 1; tag < news.NumTags && class > 0; tag++ {
			counts[syntax.TagColumn(news.Tag(tag))] = met[class][tag]
		}
		allowed = append(allowed, allow(counts, syntax.AllTags))
	}
	return hashes, entries, allowed
}

// allow is the columns that were met in a situation often enough to be no
// slip; all of them where too little was seen.
func allow(counts []int, all uint64) uint64 {
	n := 0
	for _, k := range counts {
		n += k
	}
	if n < 50 {
		return all
	}
	var mask uint64
	for c, k := range counts {
		if k > 1 && 4000*k >= n {
			mask |= 1 << c
		}
	}
	return mask
}

// wordFacts are what plain text tells of a word.
type wordFacts struct {
	cluster uint16
	group   uint8
	capital uint8
}

// factsOf learns about words from plain sentences.
func factsOf(sentences [][]string, seed uint64) map[uint64]wordFacts {
	facts := map[uint64]wordFacts{}
	for h, c := range clustersOf(sentences, seed) {
		facts[h] = wordFacts{cluster: c[0], group: uint8(c[1])}
	}
	for h, capital := range capitalsOf(sentences) {
		f := facts[h]
		f.capital = capital
		facts[h] = f
	}
	return facts
}

// capitalsOf tells how words seen three times or more inside sentences are
// written: 1 for always in lower case to 6 for always with a capital first
// letter alone, in fifths, 7 where most are other, such as all capitals.
func capitalsOf(sentences [][]string) map[uint64]uint8 {
	seen := map[uint64]*[3]int{}
	for _, words := range sentences {
		if !syntax.PlainCase(words) {
			continue
		}
		started := false
		for _, w := range words {
			letters := strings.ContainsFunc(w, unicode.IsLetter)
			if started && letters {
				h := syntax.WordHash(w)
				if seen[h] == nil {
					seen[h] = new([3]int)
				}
				seen[h][syntax.Shape(w)]++
			}
			started = started || letters
		}
	}
	out := map[uint64]uint8{}
	for h, c := range seen {
		n := c[0] + c[1] + c[2]
		switch {
		case n < minSeen:
		case 2*c[2] > n:
			out[h] = 7
		default:
			out[h] = uint8(1 + (5*(n-c[0])+n-1)/n) // rounded up: 1 is always
			if c[0] > 0 {
				out[h] = min(out[h], 5)
			}
		}
	}
	return out
}

// fixedTag is the only tag of a word often seen, NoTag where there is none.
func fixedTag(counts *[news.NumTags]int) news.Tag {
	n, most := 0, news.NoTag
	for tag, k := range counts {
		n += k
		if k > counts[most] {
			most = news.Tag(tag)
		}
	}
	if n >= minSeenFixed && float64(counts[most]) >= minShareFixed*float64(n) {
		return most
	}
	return news.NoTag
}

// foldOf puts a document into one of k folds, by its name alone.
func foldOf(doc string, k int) int {
	h := fnv.New64a()
	h.Write([]byte(doc))
	return int(binary.BigEndian.Uint64(h.Sum(nil)) >> 33 % uint64(k))
}

// limitOf is the size that one weight in a hundred thousand of those that
// are not zero exceeds.
func limitOf(weights []float32) float32 {
	var sizes []float32
	for _, w := range weights {
		if w != 0 {
			sizes = append(sizes, max(w, -w))
		}
	}
	if len(sizes) == 0 {
		return 0
	}
	slices.Sort(sizes)
	return sizes[len(sizes)-1-len(sizes)/100000]
}
