// Package coref reads who is meant: the mentions of an article and the
// antecedents of its pronouns and descriptions.
//
// In go a tagged and parsed document, its quotations, and the names that
// extract/entity has found with the entities they belong to. Out comes an
// Article: all mentions in text order (names, pronouns, descriptions) with
// class, number, gender and grammatical place; what the text calls each entity
// (titles, appositions, predicates); and a State that walks the text, keeps
// what is talked about, and resolves the narration's pronouns and definite
// descriptions by a trained ranker (Model) among the entities in mind and "a
// new entity". It never edits the document, does no I/O, and knows no name in
// advance; the words of its language are data (extract/lang/english/coref.txt).
//
// The steps, each linear in the article's length:
//
//  1. Tokens (article.go): word lists, sentence, paragraph, marks; children in
//     the tree (syntax.go).
//  2. Mentions (mentions.go): the names as given; pronouns; noun phrases headed
//     by a role, group, body or document.
//  3. What entities are called (describe.go).
//  4. The walk (state.go): candidates are measured (features.go) and ranked.
//
// Ties go to the entity mentioned last; nothing depends on map order.
package coref

import (
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// Class is the kind of noun phrase that a mention is.
type Class uint8

// The classes.
const (
	NoClass  Class = iota
	One            // one person by role: the senator, her husband
	Several        // several: critics, two officials
	ABody          // a body: the company, the ministry
	Paper          // a document: the report, polls
	HeShe          // he, she and their forms
	They           // they and its forms
	It             // it, its
	First          // I, we and their forms
	You            // you
	Relative       // who, which, that
	That           // one, another, this, that used alone
	Other          // any other noun
	Asker          // Q of an interview
	Answerer       // A of an interview
)

// Gram is the grammatical place of a mention, as far as it matters for who is
// talked about next.
type Gram uint8

// The places.
const (
	OtherPlace Gram = iota
	Subject
	Object
	Possessor
	Agent // after "by" or "according to"
)

// Named is a named entity with what is asked of its name.
type Named struct {
	news.Entity
	Place   bool     // a place, which speaks only as an actor
	Words   []string // words of the fullest name, folded
	Given   string   // folded; empty where there is none
	Surname string   // folded; empty for what is no person
}

func named(e *entity.Entity) Named {
	n := Named{Entity: e.Entity, Place: e.Type == entity.Place, Words: splitWords(e.Name), Given: Fold(e.Given), Surname: Fold(e.Surname)}
	if n.Kind == news.Person && n.Surname == "" && len(n.Words) > 0 {
		n.Surname = n.Words[len(n.Words)-1]
	}
	return n
}

// Model ranks antecedents.
type Model struct{ ranker *forest.Model }

// LoadFrom reads the model of a set for a language; nil is the embedded set,
// which is for English: for any other it is an error.
func LoadFrom(s *model.Set, l *lang.Language) (*Model, error) {
	f, err := s.Get("coref")
	if err != nil {
		return nil, fmt.Errorf("load coreference model: %w", err)
	}
	return DecodeModel(f, l)
}

// DecodeModel reads a model from its file.
func DecodeModel(f *model.File, l *lang.Language) (*Model, error) {
	m, err := forest.Decode(f, Fingerprint(l), NumFeatures)
	if err != nil {
		return nil, fmt.Errorf("coreference model: %w", err)
	}
	return &Model{m}, nil
}

// Fingerprint tells the measurements and word lists that a model was trained
// with, in a language.
func Fingerprint(l *lang.Language) model.Fingerprint {
	return model.Fingerprint{"features": hash(strings.Join(featureNames[:], " ")), "words": fingerprint(l)}
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}
