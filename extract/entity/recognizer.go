package entity

import (
	"fmt"
	"slices"
	"sync"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/idle"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// Recognizer finds names and their entities. It is safe for concurrent use.
//
// A linear-chain conditional random field labels the tokens of every stretch
// with capitals (words.go, features.go). A second one does so again, told what
// the first found: what the same words and names mostly are in the article
// (passes.go). Offices are parted from the names of people (titles.go), and
// names are gathered into entities by a ranker (cluster.go, measure.go).
type Recognizer struct {
	Cores *idle.Cores // that help with long documents; nil: none

	passes    [2]*weights
	gazetteer *Gazetteer
	ranker    *forest.Model // of the entities that a name may belong to
	words     *syntax.Parser
	lex       *lexicon
	scratch   *sync.Pool // *worker
}

// worker is the scratch memory of one Find.
type worker struct {
	f      Featurizer
	labels []uint8
	sure   []float32
	lanes  sync.Pool // *lane
}

// lane is the scratch memory of one goroutine in a pass.
type lane struct {
	x       sight
	asked   [2]asked // of a token, and of the one before
	lattice Lattice
}

// Load makes a recognizer of the embedded English model.
func Load() (*Recognizer, error) { return LoadFrom(nil, english.Language()) }

// LoadFrom makes a recognizer of a set of models for a language; nil is the
// embedded set, which is for English: for any other it is an error.
func LoadFrom(models *model.Set, l *lang.Language) (*Recognizer, error) {
	words, err := syntax.LoadFrom(models)
	if err != nil {
		return nil, err
	}
	trusted := models == nil && l.Code == model.EmbeddedLanguage // held to it by a test
	f, err := models.Get("entity")
	if err != nil {
		return nil, err
	}
	if !trusted {
		p, err := Fingerprint(words, l)
		if err != nil {
			return nil, err
		}
		if err := f.Check(p); err != nil {
			return nil, fmt.Errorf("entity model: %w", err)
		}
	}
	return New(f, words, l)
}

// New makes a recognizer of a model file as train.Entity makes it with the same
// parser and language.
func New(f *model.File, words *syntax.Parser, l *lang.Language) (*Recognizer, error) {
	r := &Recognizer{words: words, lex: lang.Bind[lexicon](l), scratch: new(sync.Pool)}
	var err error
	if r.gazetteer, err = decodeGazetteer(f); err != nil {
		return nil, err
	}
	if slices.Contains(f.Sections(), rankerPrefix+"layout") { // none while it is being trained
		if r.ranker, err = forest.Get(f, rankerPrefix, NumMeasures); err != nil {
			return nil, fmt.Errorf("names: %w", err)
		}
	}
	for i, name := range passNames {
		if r.passes[i], err = decodeWeights(f, name); err != nil {
			return nil, fmt.Errorf("names: %w", err)
		}
	}
	r.scratch.New = func() any {
		w := &worker{f: Featurizer{Words: words, Gazetteer: r.gazetteer}}
		w.lanes.New = func() any { return new(lane) }
		return w
	}
	return r, nil
}

// leastSure is the probability below which a name is no name: of outlets held out
// more than two thirds of those are wrong.
const leastSure = 0.35

// rankerPrefix begins the names of the ranker's sections in a model file.
const rankerPrefix = "cluster."

// PutRanker puts the ranker of entities into a model file.
func PutRanker(f *model.File, m *forest.Model) { m.Put(f, rankerPrefix) }

// WithRanker is r with another ranker of entities; nil for none, as training
// begins.
func (r *Recognizer) WithRanker(m *forest.Model) *Recognizer {
	x := *r
	x.ranker = m
	return &x
}

// passNames are the passes' names in a model file.
var passNames = [2]string{"first", "second"}

// Find finds the names of a tagged document and the entities that they name.
func (r *Recognizer) Find(d *news.Document) *Found { return r.Train(d, nil, nil) }

// Train finds like Find, with the choices of entities overruled by pick, which
// gets indexes into what names has got before.
func (r *Recognizer) Train(d *news.Document, names func([]Name), pick Pick) *Found {
	w := r.scratch.Get().(*worker)
	defer r.scratch.Put(w)
	w.find(r, d)
	a := &analysis{r: r, d: d, t: &w.f.t}
	a.take(w.labels, w.sure)
	a.mendNames()
	if names != nil {
		names(a.names)
	}
	a.cluster(pick)
	w.f.t.doc = nil
	return &Found{Names: a.names, Entities: a.entities}
}

// take notes the names that the labels make and that are likely enough. sure is
// the probability of each token's label.
func (a *analysis) take(labels []uint8, sure []float32) {
	EachName(a.d, labels, func(t news.TokenRange, k Kind) {
		least := float32(1)
		for i := t.First; i < t.End; i++ {
			least = min(least, sure[i])
		}
		if least >= leastSure {
			a.names = append(a.names, Name{Tokens: t, Kind: k, Confidence: least, Entity: -1})
		}
	})
}

// Label labels all tokens of a document: for judging the passes by themselves.
func (r *Recognizer) Label(d *news.Document) []uint8 {
	w := r.scratch.Get().(*worker)
	defer r.scratch.Put(w)
	w.find(r, d)
	return append([]uint8(nil), w.labels...)
}

// find labels all tokens, twice.
func (w *worker) find(r *Recognizer, d *news.Document) {
	w.f.prepare(d, r.Cores)
	w.pass(r.passes[0], 0, r.Cores)
	w.f.First(w.labels)
	w.pass(r.passes[1], 1, r.Cores)
}

// pass labels all tokens.
func (w *worker) pass(m *weights, pass int, cores *idle.Cores) {
	n := len(w.f.t.words)
	w.labels = append(w.labels[:0], make([]uint8, n)...)
	w.sure = append(w.sure[:0], make([]float32, n)...)
	cores.Each(shares(w.f.t.doc), func(k int) {
		l := w.lanes.Get().(*lane)
		defer w.lanes.Put(l)
		w.share(l, m, pass, k)
	})
}

// share labels the tokens of share k of the document.
func (w *worker) share(l *lane, m *weights, pass, k int) {
	at := int32(0)
	w.f.windows(&l.x, k, pass > 0, func(r news.TokenRange) {
		l.lattice.Resize(r.Len())
		at = 0
	}, func(features []uint64) {
		m.ask(features, &l.asked[at&1])
		if at++; at > 1 { // by now its weights have come
			m.sum(&l.asked[at&1], &l.lattice.Emit[at-2])
		}
	}, func(r news.TokenRange) {
		m.sum(&l.asked[(at-1)&1], &l.lattice.Emit[at-1])
		labels := w.labels[r.First:r.End]
		l.lattice.Viterbi(&m.moves, labels)
		if pass == 0 || allO(labels) {
			return
		}
		l.lattice.Marginals(m.exp)
		for i, y := range labels {
			w.sure[int(r.First)+i] = l.lattice.Post[i][y]
		}
	})
}

func allO(labels []uint8) bool {
	for _, y := range labels {
		if y != labelO {
			return false
		}
	}
	return true
}
