package entity

import (
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
	buf []uint64
}

// Prepare reads a document.
func (f *Featurizer) Prepare(d *news.Document) {
	f.t.read(d, f.Words, f.Gazetteer)
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
	x := &f.x
	x.t, x.g, x.bare, x.second, x.own = &f.t, f.Gazetteer, f.Bare, second, f.own
	s := 0
	d := f.t.doc
	f.t.windows(func(r news.TokenRange) {
		for d.Sentences[s].End <= r.First {
			s++
		}
		x.r, x.s = r, d.Sentences[s]
		x.findRuns()
		x.findJoins()
		x.findPhrases()
		begin(r)
		for i := r.First; i < r.End; i++ {
			f.buf = x.features(i, f.buf[:0])
			add(f.buf)
		}
		end(r)
	})
}
