package detect

import (
	"strings"
	"sync"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// sense is the kind of report a word makes, or of source it names; 0 is none.
type sense uint8

const (
	senseSay sense = 1 + iota
	senseManner
	senseTell
	senseAsk
	senseOrder
	senseCommit
	sensePraise
	senseBlame
	senseDeny
	senseThink
	senseKnow
	senseWant
	senseFeel
	senseDecide
	senseShow
	sensePredict
	senseDescribe
	senseDiscuss
	senseWrite
	sensePerceive
	senseSeem
	senseAnnounce
	senseWarn
	sensePropose
	senseClaim
	senseFocus
	senseSorry
	sensePerson
	senseBody
)

// part is a part of speech that senses are told of.
type part uint8

const (
	noPart part = iota
	verbs
	nouns
	adjectives
	adverbs
)

func partOf(t news.Tag) part {
	switch {
	case t.Verb():
		return verbs
	case t.Noun():
		return nouns
	case t == news.TagJJ:
		return adjectives
	case t == news.TagRB:
		return adverbs
	}
	return noPart
}

// senses finds the first two senses of a word, eight bits each, by the hash of
// its lemma and its part of speech. Made when first asked for: most commands
// read no words.
var senses = sync.OnceValue(func() *senseTable {
	x := new(senseTable)
	rows := map[uint64]int{}
	x.rows = rows
	var keys []uint64
	x.of = []uint16{0}
	for _, g := range senseWords {
		for w := range strings.FieldsSeq(g.words) {
			k := senseKey(linear.Hash(w), g.part)
			row, ok := rows[k]
			if !ok {
				row = len(x.of)
				rows[k] = row
				keys, x.of = append(keys, k), append(x.of, 0)
			}
			switch was := x.of[row]; {
			case was == 0:
				x.of[row] = uint16(g.sense)
			case was < 256 && was != uint16(g.sense):
				x.of[row] |= uint16(g.sense) << 8
			}
		}
	}
	var err error
	if x.index, err = linear.NewIndex(keys); err != nil {
		panic(err) // TestSenseWords
	}
	return x
})

type senseTable struct {
	index *linear.Index
	of    []uint16 // by row of the index
	rows  map[uint64]int
}

func senseKey(lemma uint64, p part) uint64 { return lemma + uint64(p)*by2 }

// senseOf is the senses of a word with the hash of its lemma and its tag.
func senseOf(lemma uint64, t news.Tag) uint64 {
	p := partOf(t)
	if p == noPart {
		return 0
	}
	x := senses()
	return uint64(x.of[x.index.Row(senseKey(lemma, p))])
}

// evokes reports whether words of that sense (senseOf) report, rather than
// name who does.
func evokes(s uint64) bool { return s != 0 && sense(s) < sensePerson }

func wordSet(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
