package extract

import (
	"context"

	"github.com/whosaid/whosaid/extract/nearest"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/rules"
	"github.com/whosaid/whosaid/extract/syntax"
)

// prose is the engine of prose's tags and entities, hand-made rules for
// quotations, and the nearest name for a speaker. It has no use for models.
var prose = engine{
	name: Prose,
	tagger: func(Options) (Tagger, error) {
		p, err := syntax.LoadPerceptron()
		if err != nil {
			return nil, err
		}
		return TaggerFunc(func(_ context.Context, d *news.Document) error {
			p.Annotate(d)
			return nil
		}), nil
	},
	detector: func(o Options) (Detector, error) {
		r := rules.New(o.Language)
		return DetectorFunc(func(_ context.Context, d *news.Document) ([]news.Quote, error) {
			return r.Detect(d), nil
		}), nil
	},
	resolver: func(o Options) (Resolver, error) {
		r, err := nearest.New(o.Language)
		if err != nil {
			return nil, err
		}
		return ResolverFunc(func(_ context.Context, d *news.Document, quotes []news.Quote) (news.Result, error) {
			return r.Resolve(d, quotes), nil
		}), nil
	},
}
