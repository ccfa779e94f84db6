package extract

import (
	"context"

	"github.com/whosaid/whosaid/extract/news"
)

// The stages after the tokenizer can be changed for others, one by one, by
// Options. Whatever takes a stage's place must be safe for concurrent use, must
// give the same answer for the same article every time, and keeps to what its
// interface says. An error ends the article, not the run: the article is counted
// as failed, with the error's words. A stage that takes long over an article
// should look at ctx now and then; between the stages that is done for it.

// Tagger annotates the tokens of a document.
type Tagger interface {
	// Tag sets Tag, Head and Rel of the tokens of d and nothing else. Without
	// heads (NoHead everywhere) the stages after it work by tags alone.
	Tag(ctx context.Context, d *news.Document) error
}

// Detector finds the statements of a tagged document. It fills the token ranges
// of each (CueTokens, SourceTokens, Part.Tokens) beside the bytes: polarity and
// modality are read off CueTokens, and a quotation without them has no cue.
type Detector interface {
	// Detect gives the statements of d in text order, with spans that slice
	// its text, and leaves d as it is.
	Detect(ctx context.Context, d *news.Document) ([]news.Quote, error)
}

// Resolver finds out who made the statements of a document.
type Resolver interface {
	// Resolve gives mentions, entities and, for each of the quotes, an
	// attribution: Result.Attributions[i] belongs to quotes[i]. Result.Doc is d
	// and Result.Quotes are the quotes as they came.
	Resolve(ctx context.Context, d *news.Document, quotes []news.Quote) (news.Result, error)
}

// TaggerFunc is a function as a Tagger.
type TaggerFunc func(context.Context, *news.Document) error

// Tag calls f.
func (f TaggerFunc) Tag(ctx context.Context, d *news.Document) error { return f(ctx, d) }

// DetectorFunc is a function as a Detector.
type DetectorFunc func(context.Context, *news.Document) ([]news.Quote, error)

// Detect calls f.
func (f DetectorFunc) Detect(ctx context.Context, d *news.Document) ([]news.Quote, error) {
	return f(ctx, d)
}

// ResolverFunc is a function as a Resolver.
type ResolverFunc func(context.Context, *news.Document, []news.Quote) (news.Result, error)

// Resolve calls f.
func (f ResolverFunc) Resolve(ctx context.Context, d *news.Document, quotes []news.Quote) (news.Result, error) {
	return f(ctx, d, quotes)
}
