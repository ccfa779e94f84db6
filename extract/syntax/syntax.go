// Package syntax finds the parts of speech and the dependency tree of every
// sentence of a document.
//
// What goes in: a news.Document with sentences and tokens. What comes out:
// the Tag, Head and Rel of its tokens, filled in place. It never changes
// tokens or sentences, performs no I/O, and does not panic on any text.
package syntax
