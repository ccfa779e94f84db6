// Package entity finds the names of an article and whom they name.
//
// In goes a tokenized and tagged document; out come its names, each with its
// kind, the office or honour before it kept apart, and the entities that they
// name: one cluster of names each, with the fullest proper name, the titles, the
// other names and the gender that the article gives it. It never edits the
// document, performs no I/O, and knows nothing of quotations, pronouns or
// descriptions: those are coref's.
package entity

import "github.com/whosaid/whosaid/extract/news"

// Kind is the kind of thing that a name names.
type Kind uint8

// The kinds of names. A facility (an airport, a stadium) is a place.
const (
	NoKind Kind = iota
	Person
	Organization
	Place
	Nationality // a nation's, religion's or party's people: French, Muslims, Republican
	Other       // an event, a work, a law, a product
	numKinds
)

// String is the kind's word, as BIO files have it.
func (k Kind) String() string {
	return [...]string{"", "Person", "Organization", "Location", "NORP", "Misc"}[k]
}

// Name is one place of the text that names something.
type Name struct {
	Tokens     news.TokenRange // the name alone: Ilse Okonkwo of "Prize Winner Ilse Okonkwo"
	Title      news.TokenRange // the office or honour right before it: Foreign Secretary, Dato' Sri; empty where none
	Kind       Kind
	Confidence float32 // probability that the words are a name of this kind, 0 to 1
	Entity     int32   // index into Found.Entities; -1 for a nationality
	noun       int32   // tokens at its end that are a common noun: government of "Saudi government"
	of         Kind    // of the words before these
}

// Proper is the proper noun of a name alone, as people mark names: Saudi, a
// nationality, of "Saudi government"; otherwise all of it.
func (n *Name) Proper() (news.TokenRange, Kind) {
	if n.noun == 0 {
		return n.Tokens, n.Kind
	}
	return news.TokenRange{First: n.Tokens.First, End: n.Tokens.End - n.noun}, n.of
}

// Entity is what some names of an article name.
type Entity struct {
	// Entity is what the tables get. Its Kind is news.Person for a person,
	// news.Organization for a body and for a place that acts or speaks, and
	// news.Unknown for other places and things.
	news.Entity
	Type    Kind
	Names   []int32 // indexes into Found.Names, in text order
	Given   string  // of a person, as the text has it; empty where only a surname is known
	Surname string  // of a person, as the text has it; empty where only a given name is known
}

// Found is all names of an article, in text order, and their entities in order
// of first mention. No two names share a token.
type Found struct {
	Names    []Name
	Entities []Entity
}

// Span is the bytes of a name in its document.
func (n *Name) Span(d *news.Document) news.Span { return d.Span(n.Tokens) }
