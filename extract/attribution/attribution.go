// Package attribution finds out who speaks each quotation of an article.
//
// In go a tagged and parsed document, its quotations, and the names that
// extract/entity has found. Out come the article's mentions, entities and, for
// each quotation, an attribution: the entity that speaks, how sure that is, who
// else it might be, and how it was found. It does no I/O, never edits the
// document or the quotations, and knows no person's name in advance.
//
// For each quotation, in text order:
//
//  1. Its source is taken apart (source.go), its cue too (cue.go); where no
//     source stands, syntax may imply one.
//  2. Candidates are listed (candidates.go): whom the source names, who is in
//     mind, who spoke before, who is named next, who asks in an interview or
//     signs a letter (turns.go), the source's own words, nobody, the author.
//  3. Each is measured (features.go); the measurements are syntax, salience,
//     agreement, roles, what the coreference ranker says, and who has spoken.
//  4. One trained ranker decides (decide.go). Its probability is calibrated on
//     outlets held out. When nobody wins, the speaker is null.
//
// Ties go to the candidate listed first; nothing depends on map order.
package attribution

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// Finder finds the names of a document and their entities.
type Finder interface {
	Find(*news.Document) *entity.Found
}

// Options says how speakers are to be found.
type Options struct {
	Names   Finder
	Coref   *coref.Model
	Ranker  *forest.Model
	Explain bool // fill Attribution.Why

	Language *lang.Language // nil: English
}

// Resolver finds the speakers of quotations. It is safe for concurrent use.
type Resolver struct {
	lex     *coref.Lexicon
	options Options
	scratch sync.Pool // *scratch
}

// scratch is the memory that one article's analysis leaves to the next.
type scratch struct {
	words coref.Words
	rows  []float32
}

// New makes a resolver.
func New(o Options) *Resolver {
	if o.Language == nil {
		o.Language = english.Language()
	}
	r := &Resolver{lex: coref.Of(o.Language), options: o}
	r.scratch.New = func() any { return &scratch{} }
	return r
}

// LoadFrom makes a resolver of the models of a set for a language; nil is the
// embedded set, which is for English: for any other it is an error.
func LoadFrom(s *model.Set, names Finder, l *lang.Language, explain bool) (*Resolver, error) {
	o := Options{Names: names, Explain: explain, Language: l}
	var err error
	if o.Coref, err = coref.LoadFrom(s, l); err != nil {
		return nil, err
	}
	f, err := s.Get("attribution")
	if err != nil {
		return nil, fmt.Errorf("load attribution model: %w", err)
	}
	if o.Ranker, err = DecodeRanker(f, l); err != nil {
		return nil, err
	}
	return New(o), nil
}

// DecodeRanker reads a ranker from its file.
func DecodeRanker(f *model.File, l *lang.Language) (*forest.Model, error) {
	m, err := forest.Decode(f, Fingerprint(l), NumFeatures)
	if err != nil {
		return nil, fmt.Errorf("attribution model: %w", err)
	}
	return m, nil
}

// Fingerprint tells the measurements that a ranker was trained with, those of
// coref and its word lists among them.
func Fingerprint(l *lang.Language) model.Fingerprint {
	p := coref.Fingerprint(l)
	h := fnv.New64a()
	fmt.Fprint(h, strings.Join(featureNames[:], " "), p["features"])
	p["features"] = h.Sum64()
	return p
}

// Resolve finds mentions, entities and speakers of one article. Quotes are
// kept as given: Result.Attributions[i] belongs to quotes[i].
func (r *Resolver) Resolve(d *news.Document, quotes []news.Quote) news.Result {
	return r.Train(d, quotes, r.options.Names.Find(d), nil)
}

// Pick overrules the choice at a quotation while training: it gets the
// quotation's index, its candidates and their rows, and answers with the index
// of one of them, or -1 to let the ranker decide. What it gets is good only
// during the call.
type Pick func(q int, c []Choice, rows []float32) int

// Train resolves like Resolve, with the names given and the choices overruled.
func (r *Resolver) Train(d *news.Document, quotes []news.Quote, found *entity.Found, pick Pick) news.Result {
	s := r.scratch.Get().(*scratch)
	defer r.scratch.Put(s)
	w := r.walk(s, d, quotes, found, nil, pick)
	return w.result()
}

// walk goes through an article, and where its pronouns tell the gender of people
// whose names do not, once more: genders is what the walk before has told.
func (r *Resolver) walk(s *scratch, d *news.Document, quotes []news.Quote, found *entity.Found, genders []int8, pick Pick) *walker {
	a := coref.Read(r.lex, s.words, d, quotes, found)
	s.words = a.Words()
	a.SetGenders(genders)
	w := newWalker(a, &r.options, quotes, s.rows)
	first := r.options.Ranker != nil && genders == nil
	if !first {
		w.pick = pick
	}
	if len(a.Toks) > 0 {
		w.run()
	}
	s.rows = w.rows
	if !first {
		return w
	}
	genders = a.VotedGenders(len(found.Entities))
	if pick == nil && !slices.ContainsFunc(genders, func(g int8) bool { return g != 0 }) {
		return w
	}
	return r.walk(s, d, quotes, found, genders, pick)
}
