package entity

import (
	"github.com/whosaid/whosaid/extract/idle"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// Featurizer makes the features of an article's tokens. It keeps scratch
// memory: one a worker.
type Featurizer struct {
	Words     *syntax.Parser
	Gazetteer *Gazetteer
	Bare      bool // leave out what annotations elsewhere say of words: for learning from these

	t   text
	x   sight
	own map[uint64]*phraseCount
}

// Prepare reads a document.
func (f *Featurizer) Prepare(d *news.Document) { f.prepare(d, nil) }

func (f *Featurizer) prepare(d *news.Document, cores *idle.Cores) {
	f.t.read(d, f.Words, f.Gazetteer, cores)
	if f.own == nil {
		f.own = map[uint64]*phraseCount{}
	}
}

// First tells the labels of all tokens that the first pass found.
func (f *Featurizer) First(labels []uint8) {
	f.t.first = append(f.t.first[:0], labels...)
	f.t.countFirst(f.own)
}

// Windows calls begin for every window of the document, then add for each of
// its tokens with its features, which are valid during the call, then end.
func (f *Featurizer) Windows(second bool, begin func(r news.TokenRange), add func(features []uint64), end func(r news.TokenRange)) {
	for k := range shares(f.t.doc) {
		f.windows(&f.x, k, second, begin, add, end)
	}
}

// windows is Windows for share k of the document; several goroutines may do so at
// a time, each with an x of its own.
func (f *Featurizer) windows(x *sight, k int, second bool, begin func(r news.TokenRange), add func(features []uint64), end func(r news.TokenRange)) {
	x.t, x.g, x.bare, x.second, x.own = &f.t, f.Gazetteer, f.Bare, second, f.own
	x.grams = f.t.grams[k]
	f.t.windows(k, func(s, r news.TokenRange) {
		x.r, x.s = r, s
		x.findRuns()
		x.findJoins()
		x.findPhrases()
		begin(r)
		for i := r.First; i < r.End; i++ {
			x.buf = x.features(i, x.buf[:0])
			add(x.buf)
		}
		end(r)
	})
}
