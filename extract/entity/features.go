package entity

import (
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// Templates of features begin at these numbers; each value is hashed with the
// template's own.
const (
	tWord = iota + 1
	tWordShape
	tBigram
	tShape
	tShapes
	tAffix
	tCluster
	tTag
	tList
	tPrior
	tPlace
	tDoc
	tRun
	tAround
	tPhrase
	tOwn
	tMajority
	tMajorityShape
	tPhraseDoc
	tGram
	tJoin
	tRepeat
	tLine
)

// MaxFeatures bounds the features of a token.
const MaxFeatures = 128

// maker collects the features of one token.
type maker struct {
	out []uint64
}

func (m *maker) add(template int, offset int, value uint64) {
	m.out = append(m.out, linear.Join(uint64(template)<<8|uint64(offset+8), value))
}

func (m *maker) two(template int, offset int, a, b uint64) {
	m.add(template, offset, linear.Join(a+1, b))
}

// run is a stretch of capitalised words with the particles between them.
type run struct{ first, end int32 }

// sight is what the features of the tokens of one window have in common.
type sight struct {
	t      *text
	g      *Gazetteer
	r      news.TokenRange
	s      news.TokenRange // the sentence
	bare   bool            // without what external annotations say: for training on these
	second bool            // in the second pass
	runs   []run           // of each token of the window: the capitalised run it stands in
	joined []join          // of each token of the window: what small words join its run to
	phrase []uint8         // of each token: kind of the known name it stands in, and where
	doc    []uint8         // the same by the article's own names
	own    map[uint64]*phraseCount
	grams  []uint64 // trigrams of the share of the text
	buf    []uint64 // features of one token
}

var none = word{hash: 0x1234567}

func (x *sight) word(i int32) *word {
	if i < x.s.First || i >= x.s.End {
		return &none
	}
	return &x.t.words[i]
}

func (x *sight) tag(i int32) uint64 {
	if i < x.s.First || i >= x.s.End {
		return 63
	}
	return uint64(x.t.doc.Tokens[i].Tag)
}

// features appends the features of token i.
func (x *sight) features(i int32, out []uint64) []uint64 {
	m := maker{out}
	w := x.word(i)
	style := uint64(w.style)
	for d := -2; d <= 2; d++ {
		n := x.word(i + int32(d))
		m.add(tWord, d, n.hash)
		m.two(tShape, d, n.shape, style)
		m.add(tCluster, d, uint64(n.entry.Group))
		if d >= -1 && d <= 1 {
			m.two(tWordShape, d, n.hash, n.shape<<2|style)
			m.add(tCluster, d+5, uint64(n.entry.Cluster))
			m.two(tAffix, d+5, n.suffix[1], uint64(boolBit(n.capital)))
			m.two(tTag, d, x.tag(i+int32(d)), style)
		}
	}
	prev, next := x.word(i-1), x.word(i+1)
	m.two(tBigram, -1, prev.hash, w.hash)
	m.two(tBigram, 0, w.hash, next.hash)
	m.two(tBigram, 1, prev.hash, next.hash)
	m.two(tShapes, -1, prev.shape, w.shape)
	m.two(tShapes, 0, w.shape, next.shape)
	m.two(tShapes, 1, linear.Join(prev.shape, w.shape), next.shape)
	m.two(tShapes, 2, prev.hash, w.shape)
	m.two(tShapes, 3, w.shape, next.hash)
	m.add(tAffix, 0, w.suffix[0])
	m.add(tAffix, 1, w.suffix[2])
	m.add(tAffix, 2, w.prefix)
	m.two(tCluster, 3, uint64(prev.entry.Group), uint64(w.entry.Group))
	m.two(tCluster, 7, uint64(w.entry.Group), uint64(next.entry.Group))
	m.two(tTag, 2, x.tag(i-1)<<6|x.tag(i), x.tag(i+1))
	for _, g := range x.grams[w.grams[0]:w.grams[1]] {
		m.add(tGram, 0, g)
	}
	x.lists(&m, i, w, prev, next)
	x.document(&m, i, w)
	x.runFeatures(&m, i, w)
	x.joinFeatures(&m, i, w)
	x.lineFeatures(&m, i, w)
	if x.second {
		x.majority(&m, i)
	}
	return m.out
}

func boolBit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// lists are features of what gazetteers know.
func (x *sight) lists(m *maker, i int32, w, prev, next *word) {
	lists := func(n *word) uint64 {
		return uint64(n.gazette&(1<<listBits-1))<<2 | uint64(boolBit(n.capital))<<1 | uint64(boolBit(n.opens))
	}
	m.add(tList, 0, lists(w))
	m.two(tList, -1, lists(prev), lists(w))
	m.two(tList, 1, lists(w), lists(next))
	m.two(tList, 2, lists(w), uint64(w.entry.Capital))
	m.two(tPlace, 0, uint64(boolBit(w.opens))<<2|uint64(w.style), w.shape)
	if x.bare {
		return
	}
	prior := func(n *word) uint64 { return uint64(n.gazette.Prior())<<1 | uint64(boolBit(n.capital)) }
	m.add(tPrior, 0, prior(w))
	m.two(tPrior, -1, prior(prev), prior(w))
	m.two(tPrior, 1, prior(w), prior(next))
	m.two(tPrior, 2, linear.Join(prior(prev), prior(w)), prior(next))
	m.two(tPrior, 3, prior(w), lists(w))
	m.add(tPrior, 4, prior(prev))
	m.add(tPrior, 5, prior(next))
	if p := x.phrase[i-x.r.First]; p != 0 {
		m.add(tPhrase, 0, uint64(p))
		m.two(tPhrase, 1, uint64(p), prior(w))
	}
}

// document are features of what the article shows of the word.
func (x *sight) document(m *maker, i int32, w *word) {
	d := &x.t.seen[w.doc]
	uses := uint64(bucket(d.lower))<<4 | uint64(bucket(d.capital))
	m.two(tDoc, 0, uses, uint64(boolBit(w.opens))<<1|uint64(boolBit(w.capital)))
	m.two(tDoc, 1, uses, uint64(w.entry.Capital))
	m.two(tDoc, 2, uint64(bucket(d.runs)), uint64(min(d.longest, 5)))
	if d.longest > 1 && !x.bare {
		m.two(tDoc, 3, uint64(d.first), uint64(min(d.longest, 5)))
		m.two(tDoc, 4, uint64(d.last), uint64(min(d.longest, 5)))
		m.two(tDoc, 5, uint64(d.first), uint64(d.last))
	}
}

// bucket is a count as a small number.
func bucket(n int32) int {
	switch {
	case n < 3:
		return int(n)
	case n < 6:
		return 3
	}
	return 4
}

// runFeatures are features of the run of capitalised words around token i.
func (x *sight) runFeatures(m *maker, i int32, w *word) {
	r := x.runs[i-x.r.First]
	if r.end == r.first {
		return
	}
	a, z := x.word(r.first), x.word(r.end-1)
	left, right := x.word(r.first-1), x.word(r.end)
	from, to, n := uint64(min(i-r.first, 4)), uint64(min(r.end-1-i, 4)), uint64(min(r.end-r.first, 6))
	m.two(tRun, 0, from<<8|to<<4|n, uint64(w.style))
	m.two(tRun, 1, a.hash, from)
	m.two(tRun, 2, z.hash, to)
	m.two(tRun, 3, z.hash, from)
	m.two(tRun, 4, z.suffix[1], n)
	m.two(tRun, 5, a.shape, z.shape)
	m.two(tAround, 0, left.hash, from)
	m.two(tAround, 1, right.hash, to)
	m.two(tAround, 2, uint64(left.entry.Cluster), from<<4|n)
	m.two(tAround, 3, uint64(right.entry.Cluster), to<<4|n)
	m.two(tAround, 4, left.hash, right.hash)
	m.two(tAround, 5, x.tag(r.first-1)<<6|x.tag(r.end), n)
	m.two(tAround, 6, uint64(x.word(r.first-2).hash), left.hash)
	m.two(tAround, 7, right.hash, uint64(x.word(r.end+1).hash))
	if !x.bare {
		m.two(tRun, 6, uint64(a.gazette), from<<4|n)
		m.two(tRun, 7, uint64(z.gazette), to<<4|n)
		m.two(tRun, 8, uint64(a.gazette), uint64(z.gazette))
	}
}

// findRuns fills runs for the window: capitals with what may stand between two
// parts of a name.
func (x *sight) findRuns() {
	n := x.r.Len()
	x.runs = append(x.runs[:0], make([]run, n)...)
	for i := x.r.First; i < x.r.End; {
		if !x.t.words[i].capital {
			i++
			continue
		}
		j := i + 1
		for j < x.r.End && (x.t.words[j].capital || j+1 < x.r.End && x.t.words[j+1].capital && x.joins(j)) {
			j++
		}
		for k := i; k < j; k++ {
			x.runs[k-x.r.First] = run{i, j}
		}
		i = j
	}
}

// joins reports whether token j is a mark inside names: a hyphen, an ampersand,
// an apostrophe.
func (x *sight) joins(j int32) bool {
	switch x.t.doc.Word(j) {
	case "-", "&", "'", "’", "/":
		return true
	}
	return false
}
