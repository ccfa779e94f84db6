// Package syntax finds the parts of speech and the dependency tree of every
// sentence of a document.
//
// What goes in: a news.Document with sentences and tokens. What comes out:
// the Tag, Head and Rel of its tokens, filled in place. It never changes
// tokens or sentences, performs no I/O, and does not panic on any text. The
// cost is linear in the length of the text: a sentence of more than 500
// tokens is parsed in pieces.
//
// Every word is hashed once (word.go), with its suffixes, prefixes and shape,
// and looked up in a lexicon of word clusters and of words with one tag
// alone. Features are hashes of hashes, and lead straight to rows of weights
// in one byte each (package linear). Tags are decided from left to right,
// each seeing those before it, and close decisions made again from right to
// left, seeing those after it (tagger.go); of marks it counts whether spaces
// stand around them. Trees are built by the arc-hybrid transitions, greedily; a
// relation is chosen at the moment an arc is made (parse.go, features.go). Marks
// take no part in that: they are features of their neighbours, and get their
// heads by rule (marks.go). Of tags and relations only those are weighed that
// training met for such a word or such a pair of tags (columns.go). Ties go to
// the first column or action. A few sentences are worked on in turn, while the
// weights of the others are on their way from memory (steps.go).
//
// The weights come from package train, which walks through the same
// Sentence: its exported methods are for that.
//
// Beside the parser there is the tagger of prose's weights (Perceptron), which is
// the prose engine's.
package syntax
