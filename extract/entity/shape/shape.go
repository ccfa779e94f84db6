// Package shape finds the names of an article by their shape and by word lists,
// corrected by a trained recognizer.
//
// In go a tokenized and tagged document; out come its names and the entities that
// they name (entity.Found). It does no I/O, never edits the document, and knows no
// person's name in advance: its lexicon holds first names, places, offices and
// trades.
//
// The steps, each linear in the article's length:
//
//  1. Names (names.go): runs of capitalised words with particles, initials,
//     suffixes and the "of" of institutions; offices before a name are cut off and
//     kept as titles (titles.go).
//  2. Where the recognizer is more likely right than wrong, its edges and kinds
//     replace those, and names that shape misses are added, all those of headings
//     among them (recognized.go).
//  3. Kinds and entities (kinds.go, cluster.go, single.go): points for person,
//     organization and place from the name's words and neighbours; full names
//     gather surnames, first names, nicknames, acronyms and short forms; titles and
//     first names tell namesakes apart.
//
// Its rules were written against United States political news, where they gather
// more than the recognizer does by itself; on outlets held out they find less. What
// changed no speaker of three sets when it was switched off is gone; the rest goes
// when the recognizer's own clusters are as good.
package shape

import (
	"fmt"
	"sync"

	names "github.com/whosaid/whosaid/extract/entity"
)

// Finder finds names. It is safe for concurrent use.
type Finder struct {
	lex        *lexicon
	recognizer *names.Recognizer
	scratch    *sync.Pool
}

// New reads the lexicon. An error means that the embedded one is broken.
func New(r *names.Recognizer) (*Finder, error) {
	lex, err := sharedLexicon()
	if err != nil {
		return nil, fmt.Errorf("load lexicon of names: %w", err)
	}
	return &Finder{lex: lex, recognizer: r, scratch: &sync.Pool{New: func() any { return &scratch{} }}}, nil
}

// sharedLexicon is read once: nothing changes it.
var sharedLexicon = sync.OnceValues(newLexicon)
