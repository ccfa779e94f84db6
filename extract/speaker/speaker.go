// Package speaker finds out who speaks each quotation of an article.
//
// In go a tokenized document, with part-of-speech tags and, if there are any,
// dependency heads, and its quotations. Out come the article's mentions,
// entities and, for each quotation, an attribution: the entity that speaks,
// how sure that is, who else it might be, and how it was found. It does no
// I/O, never edits the document or the quotations, and knows no person's name
// in advance: its lexicons hold first names, places, offices and trades.
//
// The steps, each linear in the article's length:
//
//  1. Names (names.go): runs of capitalised words with particles, initials,
//     suffixes and the "of" of institutions; offices before a name are cut
//     off and kept as titles; headings are read last, with what the text
//     has shown.
//  2. Kinds and entities (kinds.go, cluster.go): points for person,
//     organization and place from the name's words and neighbours; full
//     names gather surnames, first names, nicknames, acronyms and short
//     forms; titles and first names tell namesakes apart.
//  3. Descriptions and pronouns (nominals.go).
//  4. A walk in text order (walk.go): what was mentioned last, in which
//     grammatical place, who spoke last. Pronouns and descriptions of the
//     narration are resolved by rule on the way. At each quotation the
//     candidates (what the source names, what is talked about, who spoke,
//     who is named next, the source's own words, nobody, the author) are
//     measured (features.go) and ranked by rules (rules.go, decide.go). Bare turns of a dialogue
//     (dialogue.go), interviews (interview.go) and letters (letters.go) are
//     for the rules.
//
// Ties go to the candidate listed first; nothing depends on map order.
package speaker

import (
	"fmt"
	names "github.com/whosaid/whosaid/extract/entity"
	"sync"

	"github.com/whosaid/whosaid/extract/news"
)

// Options says how speakers are to be found. The zero value gives no reasons.
type Options struct {
	Explain bool // fill Attribution.Why
	// Recognizer tells Find where names begin and end and what they name; nil:
	// shape and word lists alone do.
	Recognizer *names.Recognizer
}

// Resolver finds the speakers of quotations. It is safe for concurrent use.
type Resolver struct {
	lex     *lexicon
	options Options
	scratch *sync.Pool
}

// New reads the lexicons. An error means that the embedded lexicon is broken.
func New(o Options) (*Resolver, error) {
	lex, err := sharedLexicon()
	if err != nil {
		return nil, fmt.Errorf("load speaker lexicon: %w", err)
	}
	return &Resolver{lex: lex, options: o, scratch: &sync.Pool{New: func() any { return &scratch{} }}}, nil
}

// sharedLexicon is read once: nothing changes it.
var sharedLexicon = sync.OnceValues(newLexicon)

// Resolve finds mentions, entities and speakers of one article. Quotes are
// kept as given: Result.Attributions[i] belongs to quotes[i].
func (r *Resolver) Resolve(d *news.Document, quotes []news.Quote) news.Result {
	s := r.scratch.Get().(*scratch)
	defer r.scratch.Put(s)
	a := newAnalysis(r.lex, s, d, quotes)
	a.findNames()
	a.cluster()
	a.findNominals()
	a.describe()
	a.readTitle()
	w := newWalker(a, quotes)
	w.wantWhy = r.options.Explain
	if len(a.toks) > 0 {
		w.run()
	}
	res := w.result()
	s.keep(a, w)
	return res
}
